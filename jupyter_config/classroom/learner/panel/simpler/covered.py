"""A simpler form as it is shown: what belongs into it is left out, so that it may travel to whoever is to find it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from classroom.exchange.decoding import decoded
from classroom.learner.panel.simpler.fill_in import FillIn
from classroom.learner.panel.simpler.pieces import Pieces  # noqa: TC001  (read at run time, when a form is decoded)


@dataclass(frozen=True)
class Covered:
    """One of both."""

    fill_in: FillIn | None = None
    pieces: Pieces | None = None

    @classmethod
    def of(cls, form: FillIn | Pieces) -> Covered:
        """The form without its answers: as many blanks and lines, with nothing in them."""
        if isinstance(form, FillIn):
            return cls(fill_in=replace(form, blanks=("",) * len(form.blanks)))
        lines = (*form.lines[: form.given], *("",) * (len(form.lines) - form.given))
        return cls(pieces=replace(form, lines=lines))

    @classmethod
    def from_plain(cls, found: object) -> FillIn | Pieces | None:
        """The form that another process sent; raises ValueError where it is none."""
        if found is None:
            return None
        told = decoded(cls, found)
        return told.fill_in or told.pieces

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)
