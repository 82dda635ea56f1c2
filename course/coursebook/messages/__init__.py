"""The sentences of the coursebook, by code and language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("ja", "en")
"""The languages of the course, the one it is authored in first."""


def sentences(lang: str) -> Mapping[str, str]:
    """All sentences of one language, keyed by dotted code."""
    return sentences_in("coursebook", lang)


@cache
def sentences_in(package: str, lang: str) -> Mapping[str, str]:
    """All sentences of a package that keeps its own messages/, keyed by dotted code."""
    text = (files(package) / "messages" / f"{lang}.toml").read_text(encoding="utf-8")
    return dict(_flatten(tomllib.loads(text), ""))


def render(code: str, params: Mapping[str, object], lang: str) -> str:
    """The sentence of a code, filled with its parameters.

    Raises:
        KeyError: there is no such code, or a parameter is missing.
    """
    return sentences(lang)[code].format_map(params)


def _flatten(table: Mapping[str, object], prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            pairs += _flatten(value, f"{prefix}{key}.")
        else:
            pairs.append((prefix + key, str(value)))
    return pairs
