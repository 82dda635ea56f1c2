"""The classroom's own sentences, by code and language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from classroom.language import LANGS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGS", "say", "say_in", "sentences"]


def sentences(lang: str) -> Mapping[str, str]:
    """All sentences of one language, keyed by dotted code."""
    return sentences_in("classroom", lang)


@cache
def sentences_in(package: str, lang: str) -> Mapping[str, str]:
    """All sentences of a package that keeps its own messages/."""
    text = (files(package) / "messages" / f"{lang}.toml").read_text(encoding="utf-8")
    return dict(_flatten(tomllib.loads(text), ""))


def say_in(package: str, code: str, lang: str, **params: object) -> str:
    """The sentence of a code among a package's own messages; raises as `say` does."""
    return sentences_in(package, lang)[code].format_map(params)


def say(code: str, lang: str, **params: object) -> str:
    """The sentence of a code, filled with its parameters.

    Raises:
        KeyError: there is no such code, or a parameter is missing.
    """
    return sentences(lang)[code].format_map(params)


def _flatten(table: Mapping[str, object], prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            pairs += _flatten(value, f"{prefix}{key}.")
        else:
            pairs.append((prefix + key, str(value)))
    return pairs
