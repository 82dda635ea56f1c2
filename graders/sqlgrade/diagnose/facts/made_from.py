"""From which rows of the small data one wrong cell, or one row too many or too few, is made: found by taking rows away.

Said where no mistake has a name that says what was done. A row of the data belongs to a cell if the cell is another one, or is not there, without it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlgrade.compare.cells import canonical, rounded
from sqlgrade.diagnose.facts.rows_apart import rows_apart
from sqlgrade.tables.result import LIMIT_KINDS, TIMEOUT, Database, Result, RunError
from sqlgrade.tables.values import shortened
from sqlgrade.verdict import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.outcomes.submission import RunOutcome
    from sqlgrade.tables.model import SchemaModel, Table
    from sqlgrade.tables.result import Row

_MOST_ROWS, _MOST_NAMED = 12, 4
_SECONDS = 1.0
"""How long all runs together may take, as they pass for who waits: the data are small, and this comes last."""
_Rows: TypeAlias = "list[tuple[Table, Row]]"
_Side: TypeAlias = "tuple[str, Any, _Rows]"
"""A query, its cell, and the rows without each of which the cell is another one."""
_GONE = object()
_LATE = RunError(TIMEOUT, "no time is left")


@dataclass(frozen=True)
class _Target:
    """The row that is looked at: what it is known by, and its cell on both sides; `_GONE` where a side has no such row."""

    key: tuple[int, ...]
    known_by: Row
    column: int
    own: Any
    expected: Any

    def cell(self, result: Result) -> Any:
        """The cell in a result, as it compares."""
        found = [row for row in result.rows if _cells(row, self.key) == _cells(self.known_by, self.key)]
        return _value(found[0][self.column]) if len(found) == 1 else _GONE


def made_from(
    outcome: RunOutcome, database: Database, queries: tuple[str, str], schema: SchemaModel, runner: Runner
) -> Iterator[Remark]:
    """Say of one row what stands there, what should, and from which rows each is made; nothing if that takes too long.

    Args:
        outcome: How the answer fares on the data shown.
        database: That data.
        queries: The answer and the solution.
        schema: The schema of the data.
        runner: Runs both.
    """
    learner, expected = outcome.learner, outcome.reference.result
    if not isinstance(learner, Result) or len(learner.columns) != len(expected.columns):
        return
    target = _target(learner, expected)
    if target is None or database.total_rows > _MOST_ROWS:
        return
    found = _rows_of_both(target, database, queries, schema, runner)
    if found is not None:
        said = tuple(_said(target, expected.columns, *found))
        yield from said
        yield from rows_apart(database, queries, *found) if said else ()


def _rows_of_both(
    target: _Target, database: Database, queries: tuple[str, str], schema: SchemaModel, runner: Runner
) -> tuple[_Rows, _Rows] | None:
    """The rows that the answer's cell is made from, and those of the expected one; None where a run took too long, or a mean of equal values hides some."""
    mine: _Rows = []
    theirs: _Rows = []
    sides = ((queries[0], _value(target.own), mine), (queries[1], _value(target.expected), theirs))
    end = time.monotonic() + _SECONDS
    for table, row, without in _without_one(database, schema):
        with runner.loaded(without) as name:
            for sql, cell, rows in sides:
                left = end - time.monotonic()
                found = runner.run(sql, name, seconds=left) if left > 0 else _LATE
                if isinstance(found, RunError) and found.kind in LIMIT_KINDS:
                    return None  # the rows found so far would be called all of them
                if cell is not _GONE and (not isinstance(found, Result) or target.cell(found) != cell):
                    rows.append((table, row))
    left = end - time.monotonic()
    hidden = any(_hangs_on(side, database, other[2], target, runner, left) for side, other in (sides, sides[::-1]))
    return None if hidden else (mine, theirs)


def _hangs_on(
    side: _Side, database: Database, others: Sequence[tuple[Table, Row]], target: _Target, runner: Runner, left: float
) -> bool:
    """Whether a cell that is the same without any one row is another without all: a mean of two equal payments is made from both."""
    sql, cell, rows = side
    if rows or not others or cell is _GONE:
        return False
    with runner.loaded(_without(database, others)) as name:
        found = runner.run(sql, name, seconds=left) if left > 0 else _LATE
    return not isinstance(found, Result) or target.cell(found) != cell


def _without(database: Database, rows: Sequence[tuple[Table, Row]]) -> Database:
    for table in {table.name: table for table, _ in rows}.values():
        gone = [row for each, row in rows if each.name == table.name]
        left = tuple(row for row in database.tables[table.name] if row not in gone)
        database = database.replace(table.name, left)
    return database


def _value(cell: Any) -> Any:
    return cell if cell is _GONE else rounded(canonical(cell))


def _said(target: _Target, columns: Sequence[str], mine: _Rows, theirs: _Rows) -> Iterator[Remark]:
    known_by = shortened(target.known_by)
    row = ", ".join(f"{columns[at]} = {_written(known_by[at])}" for at in target.key)
    told = {"row": row, "own_rows": _named(mine), "expected_rows": _named(theirs)}
    if target.own is _GONE or target.expected is _GONE:
        found, code = (mine, "made_row_extra") if target.expected is _GONE else (theirs, "made_row_missing")
        if found and row:
            yield Remark(code, told)
        return
    if not mine and not theirs:
        return
    same = mine == theirs
    code = (
        "made_from_same" if same else "made_from" if mine and theirs else "made_from_own" if mine else "made_from_left"
    )
    stands, should = shortened((target.own, target.expected))
    told |= {"column": columns[target.column], "own": stands, "expected": should}
    yield Remark(code if row else f"{code}_alone", told)


def _target(own: Result, expected: Result) -> _Target | None:
    """The first expected row of which a cell is wrong; else one that is missing, or too many."""
    if len(own.rows) == len(expected.rows) == 1:
        return _wrong_cell((), own.rows[0], expected.rows[0])
    key = _key(expected.rows, own.rows)
    if not key:
        return None
    places, wanted = ({_cells(row, key): row for row in each.rows} for each in (own, expected))
    for cells, row in wanted.items():
        beside = places.get(cells)
        found = _wrong_cell(key, beside, row) if beside is not None else _Target(key, row, key[0], _GONE, row[key[0]])
        if found is not None:
            return found
    extra = next((row for cells, row in places.items() if cells not in wanted), None)
    return _Target(key, extra, key[0], extra[key[0]], _GONE) if extra is not None else None


def _wrong_cell(key: tuple[int, ...], own: Row, expected: Row) -> _Target | None:
    """The first cell in which two rows of the same key differ."""
    at = next((n for n, (one, two) in enumerate(zip(own, expected, strict=True)) if _value(one) != _value(two)), None)
    return _Target(key, expected, at, own[at], expected[at]) if at is not None else None


def _key(expected: Sequence[Row], own: Sequence[Row]) -> tuple[int, ...]:
    """The first columns by which no two rows of either result are alike; none where there are no such ones but all."""
    width = len((*expected, *own)[0]) if expected or own else 0
    for size in range(1, width + 1):
        key = tuple(range(size))
        if all(len({_cells(row, key) for row in rows}) == len(rows) for rows in (expected, own)):
            return key
    return ()


def _cells(row: Row, key: Sequence[int]) -> tuple[Any, ...]:
    return tuple(_value(row[at]) for at in key)


def _without_one(database: Database, schema: SchemaModel) -> Iterator[tuple[Table, Row, Database]]:
    """Each row that no other one refers to, and the data without it."""
    for table in schema.varied:
        rows = sorted(database.tables.get(table.name, ()), key=lambda row: repr(canonical(row[0])))
        links = [(child, link) for child in schema.varied for link in child.foreign_keys if link.parent == table.name]
        for n, row in enumerate(rows):
            referred = any(
                child.pick(each, link.columns) == table.pick(row, link.parent_columns)
                for child, link in links
                for each in database.tables.get(child.name, ())
            )
            if not referred:
                yield table, row, database.replace(table.name, (*rows[:n], *rows[n + 1 :]))


def _named(rows: Sequence[tuple[Table, Row]]) -> str:
    """The rows by their keys, table after table: orders (order_id 4, 7)."""
    found: dict[str, list[str]] = {}
    for table, row in rows:
        if len(table.primary_key) == 1:
            key = table.primary_key[0]
            found.setdefault(f"{table.name} ({key} ", []).append(_written(row[table.positions[key]]))
        else:
            found.setdefault(f"{table.name} (", []).append(" · ".join(map(_written, shortened(row[:3]))))
    return ", ".join(
        f"{head}{', '.join(keys[:_MOST_NAMED])}{', …' * (len(keys) > _MOST_NAMED)})" for head, keys in found.items()
    )


def _written(cell: Any) -> str:
    return "NULL" if cell is None else str(cell)
