"""What a watching query says on each night, held against what was planted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import Result, RunError
from sqlgrade.tables.values import shortened
from sqlgrade.verdict import Flaw, NightMark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.record import Watch
    from sqlgrade.tables.result import Row
    from sqlgrade.watching.nights import Night, Nights

MOST_ROWS = 5_000
"""Rows that are fetched; an alert is asked for one, and a row for every day of a calendar is a common mistake."""
_REL_TOL = 1e-6


def observed(nights: Nights, sql: str) -> list[Result | RunError]:
    """The query's result on the morning after each night; where it fails for good, nothing after that."""
    found: list[Result | RunError] = []
    for night in nights.all:
        outcome = nights.runner.run(sql, night.schema, cap=MOST_ROWS)
        found.append(outcome)
        if isinstance(outcome, RunError) and outcome.kind != kinds.RUNTIME and outcome.kind != kinds.TOO_LARGE:
            break
    return found


def marked(
    night: Night, outcome: Result | RunError, expected: Row | None, watch: Watch, names: Sequence[str]
) -> NightMark:
    """One night's mark.

    Args:
        night: As it was planted.
        outcome: What the query gave.
        expected: The solution's row, in the order of the exercise's columns; None for the solution itself.
        watch: What has to be said.
        names: The columns that the exercise asks for.
    """

    def mark(flaw: Flaw, *, rang: bool = False, row: Row = (), columns: tuple[str, ...] = ()) -> NightMark:
        return NightMark(night.run, night.day, night.sort, night.rings, rang, flaw, columns, shortened(row))

    if isinstance(outcome, RunError):
        return mark(Flaw.ROWS if outcome.kind == kinds.TOO_LARGE else Flaw.FAILED)
    if not outcome.rows:
        return mark(Flaw.NO_ROW)
    row, places = outcome.rows[0], _places(outcome, names)
    said = {name: row[place] for name, place in places.items()}
    rang = _rang(said.get(watch.rings))
    flaw = Flaw.NONE
    if len(outcome.rows) > 1:
        flaw = Flaw.ROWS
    elif watch.rings not in said or rang is None:
        flaw = Flaw.SIGN
    elif str(said.get(watch.day))[:10] != night.day:
        flaw = Flaw.DAY
    elif expected is not None and any(
        not _equal(said.get(name), expected[list(names).index(name)]) for name in watch.exact
    ):
        flaw = Flaw.NUMBER
    return mark(flaw, rang=bool(rang), row=row, columns=outcome.columns)


def _places(outcome: Result, names: Sequence[str]) -> dict[str, int]:
    """The asked columns by name, or by place where they are as many and bear other names."""
    own = [each.casefold() for each in outcome.columns]
    found = {name: own.index(name.casefold()) for name in names if name.casefold() in own}
    if len(found) == len(names) or len(own) != len(names):
        return found
    return {name: place for place, name in enumerate(names)}


def _rang(value: Any) -> bool | None:
    """Whether the sign says ring; None for one that is neither yes nor no, a blank for example."""
    if isinstance(value, bool):
        return value
    try:
        return {0.0: False, 1.0: True}.get(float(value))
    except (TypeError, ValueError):
        return None


def _equal(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    try:
        return abs(float(one) - float(other)) <= _REL_TOL * max(1.0, abs(float(other)))
    except (TypeError, ValueError):
        return str(one) == str(other)
