"""The page's own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.messages import say_in

if TYPE_CHECKING:
    from classroom.language import Lang


def word(code: str, lang: Lang, **params: object) -> str:
    """A sentence of author/messages."""
    return say_in("classroom.author", code, lang, **params)
