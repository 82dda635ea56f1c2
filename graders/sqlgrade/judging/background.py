"""Which rows of the fixed tables two results rest on: the others need not be shown beside a counterexample."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sqlgrade.tables.result import RunError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.tables.model import SchemaModel, Table
    from sqlgrade.tables.result import Database, Result, Row

_MOST_TESTS = 240
_MOST_SECONDS = 0.8


def background(
    database: Database, queries: Sequence[str], schema: SchemaModel, runner: Runner
) -> Mapping[str, tuple[Row, ...]]:
    """The rows of each fixed table that the queries name without which a result would be another, or a key lead nowhere.

    Rows are left out by halves, and halves of halves, as long as both results stay as they are. Where that takes too
    long, rows that were not looked at stay in.
    """
    named = [schema.table(name) for name in schema.fixed if any(name.casefold() in q.casefold() for q in queries)]
    if not named:
        return {}
    with runner.loaded(database) as name:
        search = _Search(queries, runner, name)
        gone = {table.name: search.spare(table, _kept(table, database, schema), schema) for table in named}
    return {
        table.name: tuple(row for n, row in enumerate(schema.fixed[table.name]) if n not in gone[table.name])
        for table in named
    }


def _kept(table: Table, database: Database, schema: SchemaModel) -> set[int]:
    """The numbers of the rows that some row of the database refers to."""
    found: set[int] = set()
    for child in schema.varied:
        for link in (link for link in child.foreign_keys if link.parent == table.name):
            keys = schema.fixed_keys(link)
            named = (child.pick(row, link.columns) for row in database.tables.get(child.name, ()))
            found |= {keys[value] for value in named if None not in value}
    return found


class _Search:
    """Runs the queries without some rows of the fixed tables, as long as the effort lasts."""

    def __init__(self, queries: Sequence[str], runner: Runner, name: str) -> None:
        self._queries, self._runner, self._name = queries, runner, name
        self._results = {query: _marked(runner.run(query, name)) for query in queries}
        self._gone: dict[str, set[int]] = {}
        self._left = _MOST_TESTS
        self._deadline = time.process_time() + _MOST_SECONDS

    def spare(self, table: Table, kept: set[int], schema: SchemaModel) -> set[int]:
        """The numbers of the rows of a table that both results can do without."""
        self._gone[table.name] = set()
        waiting = [[n for n in range(len(schema.fixed[table.name])) if n not in kept]]
        while waiting and self._left > 0 and time.process_time() < self._deadline:
            rows = waiting.pop()
            if self._same_without(table, rows):
                self._gone[table.name].update(rows)
            elif len(rows) > 1:
                waiting += [rows[len(rows) // 2 :], rows[: len(rows) // 2]]
        return self._gone[table.name]

    def _same_without(self, table: Table, rows: Sequence[int]) -> bool:
        self._left -= 1
        gone = {name: sorted(numbers) for name, numbers in self._gone.items()}
        gone[table.name] = sorted({*gone[table.name], *rows})
        self._runner.prune(self._name, self._queries, gone)
        try:  # most rows that are needed are so for the first query
            return all(_marked(self._runner.run(q, self._name)) == was for q, was in self._results.items())
        finally:
            self._runner.restore()


def _marked(found: Result | RunError) -> list[str] | str:
    """What results that show the same rows, or that fail in the same way, have in common."""
    return found.kind if isinstance(found, RunError) else sorted(map(repr, found.rows))
