"""The class page's own sentences."""

from __future__ import annotations

from classroom.messages import say_in


def told(code: str, lang: str, **params: object) -> str:
    """A sentence of the class page; raises as `classroom.messages.say` does."""
    return say_in("classroom.cohort", code, lang, **params)
