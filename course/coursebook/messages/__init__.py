"""The sentences of the coursebook, by code and language."""

import string
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
    return filled(sentences(lang)[code], params)


def filled(sentence: str, params: Mapping[str, object]) -> str:
    """A sentence with its parameters; `{rows:row/rows}` is a number with the form of the word that fits it.

    Raises:
        KeyError: a parameter is missing.
    """
    return _FORMATTER.vformat(sentence, (), params)


class _Formatter(string.Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        return counted(value, format_spec) if "/" in format_spec else format(value, format_spec)


_FORMATTER = _Formatter()


def counted(value: object, forms: str) -> str:
    """A number, which may have been written out before, and of the two forms `one/many` the one that fits it."""
    one, many = forms.split("/", 1)
    shown = f"{value:,}" if isinstance(value, int) else str(value)
    return f"{shown} {one if shown == '1' else many}"


def _flatten(table: Mapping[str, object], prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            pairs += _flatten(value, f"{prefix}{key}.")
        else:
            pairs.append((prefix + key, str(value)))
    return pairs
