"""Dates that Python's own types cannot hold: before the year 1, after 9999, and the two infinities.

DuckDB hands the first two over as text, as it writes them, and an infinity as Python's last or first date, which a real
date may be as well; which of the two it is only the engine can tell.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.tables.result import Row

_LATEST = frozenset({dt.date.max, dt.datetime.max})  # noqa: DTZ901  (DuckDB gives its infinities no zone)
_EARLIEST = frozenset({dt.date.min, dt.datetime.min})  # noqa: DTZ901


class FarDate(str):
    """A date or moment as the engine writes it."""

    __slots__ = ()


def date_places(types: Sequence[str]) -> list[int]:
    """Where the columns of dates and moments stand."""
    return [place for place, name in enumerate(types) if name == "DATE" or name.startswith("TIMESTAMP")]


def may_be_infinite(rows: Sequence[Row], places: Sequence[int]) -> bool:
    """Whether a value is Python's last or first date."""
    edges = _LATEST | _EARLIEST
    return any(isinstance(row[place], dt.date) and row[place] in edges for row in rows for place in places)


def infinities_query(sql: str, width: int, places: Sequence[int]) -> str:
    """The same rows, and behind each whether its values in these places are infinite."""
    names = ", ".join(f"c{number}" for number in range(width))
    asked = ", ".join(f"isinf(c{place})" for place in places)
    return f"SELECT *, {asked} FROM ({sql.strip().rstrip(';')}\n) found({names})"


def with_infinities(rows: Sequence[Row], answered: Sequence[Row], places: Sequence[int]) -> tuple[Row, ...]:
    """The rows with their infinities named, from what infinities_query gave; as they are if that gave other rows."""
    width = len(rows[0])
    if [row[:width] for row in answered] != list(rows):
        return tuple(rows)
    named = (_named(row[:width], dict(zip(places, row[width:], strict=True))) for row in answered)
    return tuple(named)


def marked(rows: Sequence[Row], places: Sequence[int]) -> tuple[Row, ...]:
    """The rows with the texts among their dates told apart from texts."""
    if not any(isinstance(row[place], str) for row in rows for place in places):
        return tuple(rows)
    return tuple(
        tuple(FarDate(v) if place in places and isinstance(v, str) else v for place, v in enumerate(row))
        for row in rows
    )


def _named(row: Row, infinite: dict[int, bool | None]) -> Row:
    return tuple(
        FarDate("-infinity" if value in _EARLIEST else "infinity") if infinite.get(place) else value
        for place, value in enumerate(row)
    )
