"""The classroom's own sentences, by code and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.language import LANGS
from coursebook.messages import filled, sentences_in

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGS", "say", "say_in", "sentences"]


def sentences(lang: str) -> Mapping[str, str]:
    """All sentences of one language, keyed by dotted code."""
    return sentences_in("classroom", lang)


def say_in(package: str, code: str, lang: str, **params: object) -> str:
    """The sentence of a code among a package's own messages; raises as `say` does."""
    return filled(sentences_in(package, lang)[code], params)


def say(code: str, lang: str, **params: object) -> str:
    """The sentence of a code, filled with its parameters.

    Raises:
        KeyError: there is no such code, or a parameter is missing.
    """
    return filled(sentences(lang)[code], params)
