"""The Expo's sentences, and the labels of the fields that are filled in."""

from __future__ import annotations

from html import escape

from classroom.messages import say_in


def plain(code: str, lang: str, **params: object) -> str:
    """A sentence of the Expo."""
    return say_in("classroom.exchange.expo", code, lang, **params)


def told(code: str, lang: str, **params: object) -> str:
    """The same, ready for HTML."""
    return escape(plain(code, lang, **params))


def label_code(place: str) -> str:
    """The code of a place's label: `check.2.sql` is `check.sql`."""
    return ".".join(part for part in place.split(".") if not part.isdigit())
