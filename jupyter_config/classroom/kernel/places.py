"""Where the outputs of an answer cell stand: the verdict on top, further help under it, then whatever the answer gave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from classroom.desk.display import Display

if TYPE_CHECKING:
    from collections.abc import Callable

    Publish = Callable[[Display], None]

_NOTHING = Display({"text/html": "", "text/plain": ""})


class Place:
    """A place above what a cell shows later, to be filled once what belongs there is known."""

    def __init__(self, publish: Publish, waiting: Display = _NOTHING) -> None:
        self._publish = publish
        self._name = uuid4().hex
        self._is_open = True
        publish(replace(waiting, place=self._name))

    def fill(self, display: Display) -> None:
        """Show what belongs here; when it is taken, below everything."""
        if self._is_open:
            self._is_open = False
            display = replace(display, place=self._name, replaces=True)
        self._publish(display)

    def close(self) -> None:
        """Show nothing here, if nothing came."""
        if self._is_open:
            self.fill(_NOTHING)


@dataclass(frozen=True)
class Places:
    """The places of one answer."""

    verdict: Place
    panel: Place
    below: Publish

    def close(self) -> None:
        """Leave no place waiting."""
        self.verdict.close()
        self.panel.close()


def lay_places(publish: Publish, waiting: Display) -> Places:
    """Take the places, from top to bottom; `waiting` stands where the verdict will be."""
    return Places(Place(publish, waiting), Place(publish), publish)
