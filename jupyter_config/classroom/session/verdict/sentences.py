"""The verdict's own sentences, by code and language."""

from __future__ import annotations

from classroom.messages import say_in

MESSAGES = "classroom.session.verdict"


def sentence(code: str, lang: str, **params: object) -> str:
    """A sentence of the verdict."""
    return say_in(MESSAGES, code, lang, **params)
