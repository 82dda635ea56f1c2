"""CHECK constraints and assumptions, evaluated by DuckDB on constraint-free copies."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import duckdb

from sqlgrade.record import ExerciseFault
from sqlgrade.result import Database, Row
from sqlgrade.runner import Runner
from sqlgrade.schema import SchemaModel, Table, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


@functools.lru_cache(maxsize=16)
def checker_for(schema: SchemaModel) -> Checker:
    """The checker of a schema, made once per process."""
    return Checker(schema)


class Checker:
    """Holds one connection on which rows are tested against CHECKs and assumptions."""

    def __init__(self, schema: SchemaModel) -> None:
        self._schema = schema
        self._runner = Runner(schema)
        self._known: dict[tuple[str, Row], bool] = {}

    def violations(self, database: Database) -> list[Violation]:
        """Rows that break a CHECK, and assumptions that return rows."""
        return [*self._unchecked_rows(database), *self._broken_assumptions(database)]

    def passing(self, table: Table, rows: list[Row]) -> list[Row]:
        """The rows that pass the table's CHECKs, in order, tested in one query."""
        if not table.checks:
            return rows
        fresh = list({_key(row): row for row in rows if (table.name, _key(row)) not in self._known}.values())
        if fresh:
            self._learn(table, fresh)
        return [row for row in rows if self._known[table.name, _key(row)]]

    def _unchecked_rows(self, database: Database) -> Iterator[Violation]:
        for table in self._schema.tables:
            rows = list(database.tables.get(table.name, ()))
            good = self.passing(table, rows)
            if len(good) < len(rows):
                bad = next(row for row in rows if not self._known[table.name, _key(row)])
                yield Violation(table.name, "CHECK", bad)

    def _broken_assumptions(self, database: Database) -> Iterator[Violation]:
        if not self._schema.assume:
            return
        name = self._runner.load(database)
        for query in self._schema.assume:
            try:
                found = self._runner.fetch(f"SELECT 1 FROM ({query.rstrip().rstrip(';')}) LIMIT 1", name)
            except duckdb.Error as error:
                raise ExerciseFault(f"the assumption does not run: {query}: {error}") from error
            if found:
                yield Violation("", f"assume: {query}")
        self._runner.drop(name)

    def _learn(self, table: Table, rows: list[Row]) -> None:
        name = self._runner.load(Database({table.name: tuple(rows)}))
        tests = " AND ".join(f"COALESCE(({check}), TRUE)" for check in table.checks)
        try:
            results = self._runner.fetch(f"SELECT {tests} FROM {table.quoted}", name)
            verdicts = [bool(r[0]) for r in results]
        except duckdb.Error:
            verdicts = [self._passes_alone(table, row, tests) for row in rows]
        self._runner.drop(name)
        self._known.update({(table.name, _key(row)): good for row, good in zip(rows, verdicts, strict=True)})

    def _passes_alone(self, table: Table, row: Row, tests: str) -> bool:
        name = self._runner.load(Database({table.name: (row,)}))
        try:
            return bool(self._runner.fetch(f"SELECT {tests} FROM {table.quoted}", name)[0][0])
        except duckdb.Error:
            return False
        finally:
            self._runner.drop(name)


def _key(row: Row) -> Row:
    return tuple(repr(v) if isinstance(v, (list, dict)) else v for v in row)
