"""What a query of an Expo gave, as a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.session.result import ResultTable

if TYPE_CHECKING:
    from classroom.exchange.expo.record import Shot


def table_of(shot: Shot | None) -> ResultTable | None:
    """What a query gave; None if it gave nothing, or what is kept of it can't be read."""
    if shot is None or shot.result is None:
        return None
    read = dict(shot.result)
    try:
        rows = tuple(tuple(row) for row in read.pop("rows"))
        return ResultTable(columns=tuple(read.pop("columns")), types=tuple(read.pop("types")), rows=rows, **read)
    except (KeyError, TypeError):
        return None
