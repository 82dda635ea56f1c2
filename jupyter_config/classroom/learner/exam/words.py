"""The sentences of the level tests."""

from __future__ import annotations

from html import escape

from classroom.messages import say_in


def plain(code: str, lang: str, **params: object) -> str:
    """A sentence."""
    return say_in("classroom.learner.exam", code, lang, **params)


def told(code: str, lang: str, **params: object) -> str:
    """The same, ready for HTML."""
    return escape(plain(code, lang, **params))
