"""The result of one statement, cut to what is shown."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from classroom.session.row_values import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

SHOWN_ROWS = 50
_BATCH = 50_000
_COUNTING_SECONDS = 5.0
_ROLLBACKS = 100


@dataclass(frozen=True)
class ResultTable:
    """Column names, DuckDB's type names, the first rows and how many rows there are."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    row_count: int
    """Rows of the whole result, or rows counted so far if not `counted_all`."""
    counted_all: bool
    seconds: float


@contextmanager
def reading_only(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let nothing be written in the block, wherever in a statement a write may stand."""
    _roll_back(connection)
    connection.execute("BEGIN TRANSACTION READ ONLY")
    try:
        yield
    finally:
        _roll_back(connection)


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    """End the transaction, if one is open; a late interrupt may hit this instead of the query."""
    import duckdb

    for _ in range(_ROLLBACKS):
        try:
            connection.execute("ROLLBACK")
        except duckdb.TransactionException:
            return
        except duckdb.InterruptException:
            continue


def run_query(connection: duckdb.DuckDBPyConnection, sql: str, shown: int = SHOWN_ROWS) -> ResultTable:
    """Run one reading statement; rows beyond `shown` are streamed past and only counted.

    Counting ends after a few seconds, so that a join without a condition does not hold the learner up.
    """
    with reading_only(connection):
        return _read(connection, sql, shown)


def _read(connection: duckdb.DuckDBPyConnection, sql: str, shown: int) -> ResultTable:
    began = time.perf_counter()
    relation = connection.sql(sql)
    if relation is None:
        return ResultTable((), (), (), 0, counted_all=True, seconds=time.perf_counter() - began)
    columns, types = tuple(relation.columns), tuple(str(each) for each in relation.types)
    reader = relation.to_arrow_reader(_BATCH)
    rows: list[tuple[Any, ...]] = []
    count, counted_all = 0, True
    ended = began
    try:
        for batch in reader:
            if len(rows) < shown and batch.num_rows:
                first = batch.slice(0, shown - len(rows))
                rows += rows_of(first, connection)
                ended = time.perf_counter()
            count += batch.num_rows
            if time.perf_counter() - began > _COUNTING_SECONDS and count > shown:
                counted_all = False
                break
    finally:
        reader.close()
    ended = time.perf_counter() if counted_all else ended
    return ResultTable(columns, types, tuple(rows), count, counted_all, ended - began)
