"""What the page asks for, read and bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class NotAsked(ValueError):  # noqa: N818  (told to the page)
    """A request lacks something, or has what is none of the page's."""


class NotHere(KeyError):  # noqa: N818  (told to the page)
    """There is no such learner, lesson or step."""


def text_of(asked: Mapping[str, Any], name: str, most: int = 20_000) -> str:
    """A text of a request; raises NotAsked where it is empty, too long or none."""
    found = asked.get(name)
    if not isinstance(found, str) or not found.strip() or len(found) > most:
        raise NotAsked(name)
    return found.strip()


def number_of(asked: Mapping[str, Any], name: str, most: float) -> float:
    """A number of a request, from 0; raises NotAsked where it is out of bounds or none."""
    found = asked.get(name)
    if isinstance(found, bool) or not isinstance(found, (int, float)) or not 0 <= found <= most:
        raise NotAsked(name)
    return float(found)
