"""The rows of the BI room's file, from records and to them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from classroom.learner.bi.records import Alert, AlertState, Place, Run
from classroom.session.result import ResultTable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from classroom.learner.bi.records import Ran

Record = TypeVar("Record")
MOST_ANSWERS = 20
"""Results of one query that are kept, each with other values for its parameters."""


def of_query(query: int | None) -> tuple[str, tuple[int, ...]]:
    """The condition, with its values, for what hangs on one query; none for all."""
    return ("WHERE query_id = ?", (query,)) if query is not None else ("", ())


def run_of(
    query: int,
    night: int,
    at: str,
    by_itself: int,
    seconds: float,
    rows: int,
    problem: str,
    start: int | None,
    spot: str,
) -> Run:
    """A run from its row."""
    place = None if start is None else Place(start, spot)
    return Run(query, night, at, bool(by_itself), seconds, rows, problem, place)


def alert_of(
    number: int, name: str, query: int, column: str, operator: str, threshold: str, each_time: int, state: str
) -> Alert:
    """An alert from its row."""
    return Alert(number, name, query, column, operator, threshold, bool(each_time), AlertState(state))


def only(found: Sequence[Record], number: int) -> Record:
    """The one that was found; raises KeyError."""
    if not found:
        raise KeyError(number)
    return found[0]


def insert(connection: sqlite3.Connection, names: str, values: tuple[object, ...]) -> int:
    """Write a row and give its id; `names` is the table with its columns."""
    marks = ", ".join("?" * len(values))
    return int(connection.execute(f"INSERT INTO {names} VALUES ({marks})", values).lastrowid or 0)


def changed_one(cursor: sqlite3.Cursor, number: int) -> int:
    """The id of what was changed; raises KeyError where it is gone."""
    if not cursor.rowcount:
        raise KeyError(number)
    return number


def choices_text(chosen: Mapping[str, str]) -> str:
    """Choices as one text, whatever order they came in."""
    return json.dumps(dict(chosen), ensure_ascii=False, sort_keys=True)


def write_run(connection: sqlite3.Connection, ran: Ran) -> None:
    """Write down that a query ran, what it gave, and what its alerts said of it."""
    run = ran.run
    connection.execute(
        "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(run.query, run.night, run.at, run.by_itself, run.seconds, run.rows, run.problem),
            *((run.place.start, run.place.spot) if run.place else (None, "")),
        ),
    )
    if ran.result is not None:
        texts = (json.dumps(asdict(ran.result), ensure_ascii=False), json.dumps(dict(ran.choices), ensure_ascii=False))
        connection.execute(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)",
            (run.query, choices_text(ran.chosen), run.night, run.at, *texts),
        )
        connection.execute(
            "DELETE FROM answers WHERE query_id = ? AND rowid NOT IN "
            "(SELECT rowid FROM answers WHERE query_id = ? ORDER BY rowid DESC LIMIT ?)",
            (run.query, run.query, MOST_ANSWERS),
        )
    for look in ran.looks:
        connection.execute(
            "INSERT INTO looks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(look.alert, look.night, look.at, look.before.value, look.after.value),
                *(look.value, look.rang, look.condition),
            ),
        )
        connection.execute("UPDATE alerts SET state = ? WHERE id = ?", (look.after.value, look.alert))


def result_of(written: str) -> ResultTable:
    """A result from its text."""
    read = json.loads(written)
    rows = tuple(tuple(row) for row in read.pop("rows"))
    return ResultTable(columns=tuple(read.pop("columns")), types=tuple(read.pop("types")), rows=rows, **read)


def now_text() -> str:
    """This moment, as the file keeps it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
