"""One sealed connection whose queries share a read-only transaction until something has to be written."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

import duckdb

from sqlgrade.engine.run_errors import as_run_error
from sqlgrade.engine.sealed import open_sealed
from sqlgrade.engine.statement_type import type_of
from sqlgrade.engine.watchdog import PATIENCE, Watchdog
from sqlgrade.tables import far_dates
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import Result, Row, RunError, cut_message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sqlgrade.engine.statements import Writing
    from sqlgrade.tables.values import Given

_MOST_PARSED = 256

DEFAULT_CAP = 20_000
"""Rows after which a result is given up as too large."""


class ReadingConnection:
    """Runs queries where names are looked up now, and the writing that goes between them."""

    def __init__(
        self, file: Path | None, *, memory_mb: int, timezone: str, now: dt.datetime | None, simply: bool
    ) -> None:
        self._connection = open_sealed(
            file, memory=f"{memory_mb}MB", timezone=timezone, now=now, simply=simply, errors_as_json=True
        )
        self._watchdog = Watchdog(self._connection, patience=PATIENCE)
        self._parsed = functools.lru_cache(maxsize=_MOST_PARSED)(self._connection.extract_statements)
        self._current = "main"
        self._reading = False
        self.changes: tuple[Writing, ...] = ()
        """What each transaction begins with while rows are lent or pruned; it is rolled back at its end."""
        self.runs = 0
        """Queries run so far."""

    def run(self, sql: str, seconds: float, cap: int = DEFAULT_CAP, given: Given = ()) -> Result | RunError:
        """The result of one query, read-only; a text that has parameters is one of our own."""
        self.runs += 1
        with self._watchdog.over(seconds):
            try:
                self._start()
                outcome = self._fetched(sql, cap, given)
            except duckdb.Error as error:
                outcome = as_run_error(error, sql, self._watchdog.ending)
            except (ValueError, OverflowError) as error:
                outcome = RunError(kinds.RUNTIME, cut_message(str(error)))
            except MemoryError:
                outcome = RunError(kinds.MEMORY, "out of memory")
        if isinstance(outcome, RunError):
            self.end()
            self._begin_changed()
        return outcome

    def seed(self, value: float) -> None:
        """Lets chance give the same from here on."""
        self._start()
        self._connection.execute(f"SELECT setseed({value})").fetchall()

    def fetch(self, sql: str, given: Given = ()) -> list[Row]:
        """All rows of a trusted query; errors are DuckDB's own."""
        self.end()
        return self._connection.execute(sql, given or None).fetchall()

    def write(self, sql: str) -> None:
        """Runs statements of our own outside of the reading transaction."""
        self.end()
        self._connection.execute(sql)

    def write_whole(self, writings: Iterable[Writing]) -> None:
        """As write, all of it or, where it fails, nothing."""
        self.end()
        try:
            self._do("BEGIN")
            for each in writings:
                self._connection.execute(each.sql, each.given or None)
            self._do("COMMIT")
        except duckdb.Error:
            self._connection.execute("ROLLBACK")
            raise

    def use(self, name: str) -> None:
        """Lets names be looked up in that schema."""
        if name == self._current:
            return
        try:
            self._do(f"USE {name}")
        except duckdb.TransactionException:
            self.end()
            self._do(f"USE {name}")
        self._current = name

    def drop_schema(self, name: str) -> None:
        """Drops a schema with all that is in it."""
        self.use("main")
        self.write(f"DROP SCHEMA {name} CASCADE")

    def change(self, writings: Iterable[Writing]) -> None:
        """Begins each transaction with these statements, until restore.

        Only for queries that have run in read-only transactions before: what follows runs in one that is rolled back.
        """
        self.end()
        self.changes = tuple(writings)
        self._begin_changed()

    def restore(self) -> None:
        """Takes back what change did."""
        self.changes = ()
        self.end()

    def end(self) -> None:
        """Ends the reading transaction, if one is open."""
        if not self._reading:
            return
        self._reading = False
        try:
            self._do("ROLLBACK")
        except duckdb.Error:
            self._current = ""

    def statements(self, sql: str, seconds: float) -> list[duckdb.Statement]:
        """The text's statements as DuckDB's parser sees them."""
        with self._watchdog.over(seconds):
            return self._connection.extract_statements(sql)

    def tree(self, sql: str, seconds: float) -> dict[str, Any]:
        """DuckDB's own parse tree of a SELECT."""
        with self._watchdog.over(seconds):
            self.end()
            rows = self._connection.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()
        tree: dict[str, Any] = json.loads(rows[0][0])
        return tree

    def close(self) -> None:
        """Ends the connection and its watchdog."""
        self._watchdog.close()
        self._connection.close()

    def _fetched(self, sql: str, cap: int, given: Given) -> Result | RunError:
        statements = self._parsed(sql)
        plain = len(statements) == 1 and type_of(statements[0]) == "SELECT"
        cursor = self._connection.execute(statements[0] if plain else sql, given or None)
        described = cursor.description or []
        rows = cursor.fetchmany(cap + 1)
        if len(rows) > cap:
            return RunError(kinds.TOO_LARGE, f"more than {cap} rows", subtype=str(cap))
        types = tuple(str(d[1]) for d in described)
        return Result(tuple(d[0] for d in described), types, self._with_far_dates(sql, types, rows))

    def _with_far_dates(self, sql: str, types: Sequence[str], rows: list[Row]) -> tuple[Row, ...]:
        """The rows with a text for each date that Python has none for; for infinities the query is run once more."""
        places = far_dates.date_places(types)
        if not places or not rows:
            return tuple(rows)
        known: Sequence[Row] = rows
        if far_dates.may_be_infinite(rows, places):
            asked = far_dates.infinities_query(sql, len(types), places)
            known = far_dates.with_infinities(rows, self._connection.execute(asked).fetchall(), places)
        return far_dates.marked(known, places)

    def _start(self) -> None:
        if not self._reading:
            self._do("BEGIN TRANSACTION READ ONLY")
            self._reading = True

    def _begin_changed(self) -> None:
        """Begins the changed transaction, again if an error has ended it; nothing if nothing is changed."""
        if self.changes:
            self._do("BEGIN")
            self._reading = True
            for each in self.changes:
                self._do(each.sql, each.given)

    def _do(self, sql: str, given: Given = ()) -> None:
        """Runs statements of our own, parsed once for all the times that they recur."""
        for statement in self._parsed(sql):
            self._connection.execute(statement, given or None)
