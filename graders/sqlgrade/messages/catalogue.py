"""The message files, read once per process, and their sentences filled in."""

from __future__ import annotations

import functools
import string
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LANGUAGES = ("ja", "en")
"""Languages that every sentence exists in; the first is the course's own."""

_LONGEST_VALUE = 80


def render(code: str, params: Mapping[str, Any] | None = None, lang: str = "ja") -> str:
    """Give the sentence of a key such as `E29.idea` or `diff.values` with its parameters filled in.

    Args:
        code: Key of the sentence in the message files.
        params: Values of its placeholders; more than it needs is no error.
        lang: `ja` or `en`; a language without files reads English.

    Raises:
        KeyError: The key, or a parameter its sentence needs, does not exist.
    """
    sentence = _sentences(lang if lang in LANGUAGES else "en")[code]
    return _FORMATTER.vformat(sentence, (), dict(params or {}))


def has_sentence(code: str) -> bool:
    """Tell whether the key exists."""
    return code in _sentences("en")


def keys(lang: str) -> frozenset[str]:
    """All keys of one language."""
    return frozenset(_sentences(lang))


def placeholders(code: str, lang: str) -> frozenset[str]:
    """Names of the parameters that a sentence needs."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(_sentences(lang)[code]) if name)


@functools.cache
def _sentences(lang: str) -> Mapping[str, str]:
    text = files("sqlgrade").joinpath("messages", f"{lang}.toml").read_text(encoding="utf-8")
    return dict(_flattened(tomllib.loads(text), ""))


def _flattened(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flattened(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


class _Formatter(string.Formatter):
    """Fills in values as a reader writes them, and picks the form of a word that fits a number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write one value; `one/many` adds the word after a number, `whole` leaves a query's text uncut."""
        shown = str(value) if format_spec == "whole" else _shown(value)
        if "/" not in format_spec:
            return shown
        one, many = format_spec.split("/", 1)
        return f"{shown} {one if value == 1 else many}"


_FORMATTER = _Formatter()


def _shown(value: Any) -> str:
    """A value in a sentence: counts with thousands separated, NULL as SQL writes it, long texts cut."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.10g}"
    text = str(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
