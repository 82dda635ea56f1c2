"""What an action of the room has done."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass

_LONGEST = 200
Fields = Mapping[str, str]


@dataclass(frozen=True)
class Done:
    """What an action has done."""

    at: str
    """The place to show; empty to stay."""
    said: str = ""
    """What is told, as HTML."""
    file: Taken | None = None
    """A file to be taken along."""
    is_bad: bool = False
    """Whether what is told is that something has failed."""
    is_refused: bool = False
    """Whether nothing was done: the page stays as it is, with all that is written on it."""
    is_aside: bool = False
    """Whether what is told is an answer beside a page that stays as it is."""


@dataclass(frozen=True)
class Taken:
    """A file."""

    name: str
    type: str
    content: bytes

    def for_page(self) -> dict[str, str]:
        """What a page is sent to offer it: name, type, and the bytes as base64."""
        return {"name": self.name, "type": self.type, "base64": b64encode(self.content).decode("ascii")}


def short(text: str) -> str:
    """A line as it is kept: one blank between words, and no more than is read."""
    return " ".join(text.split())[:_LONGEST]
