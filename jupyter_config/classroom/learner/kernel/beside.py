"""What stands beside a result: the chart that a line asks for comes before its table, which then shows less."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING
from uuid import uuid4

from classroom.learner.kernel.magics import find_magic
from classroom.learner.kernel.stage import blank_at
from classroom.session.cell_text import MagicLine, SqlBlock
from classroom.session.table_view import ROWS_BESIDE_CHART, SEEN_ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.session.display import Display

_DRAWN = frozenset({"chart", "kpi_tree"})


@dataclass(frozen=True)
class View:
    """How the results of a cell are shown."""

    at_work: Display | None
    """Of an answer, what says already that it is being graded: one that takes long says so in its place."""
    rows: int
    """Rows of a table that are seen before the others are brought out by a click, because something else stands with it; 0: all."""


def view_of(blocks: list[SqlBlock | MagicLine], at_work: Display | None) -> View:
    """How the results of a cell with these blocks are shown."""
    rows = ROWS_BESIDE_CHART if any(map(draws, blocks)) else SEEN_ROWS if at_work else 0
    return View(at_work, rows)


def draws(block: SqlBlock | MagicLine) -> bool:
    """Whether a line asks for a drawing, which shall be seen at once."""
    magic = find_magic(block.name) if isinstance(block, MagicLine) else None
    return magic is not None and magic.name in _DRAWN


def place_of_drawing(behind: list[SqlBlock | MagicLine], kept: str, publish: Callable[[Display], None]) -> str:
    """Where the chart of a query is to stand, above its table: in the place kept for it, else in one kept now; nothing if none is asked for."""
    of_query = takewhile(lambda block: isinstance(block, MagicLine), behind)
    if not any(map(draws, of_query)):
        return ""
    place = kept or uuid4().hex
    if not kept:
        publish(blank_at(place))
    return place
