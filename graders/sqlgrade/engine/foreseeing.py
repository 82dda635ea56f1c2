"""The results of one query on many databases from a single run, their rows standing together in one set of tables."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlgrade.engine.together import lateral_query, numbers_statement, rows_by_database, table_statement
from sqlgrade.tables.result import Database, Result, RunError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.engine.holding import Holding
    from sqlgrade.engine.reading import ReadingConnection


@dataclass
class _Group:
    """Databases whose rows stand in one set of tables, and which tables those are by now."""

    schema: str
    databases: tuple[Database, ...]
    present: set[str] = field(default_factory=set)


class Foreseeing:
    """Groups of held databases on one connection; the same ones together again cost less."""

    def __init__(self, connection: ReadingConnection, holding: Holding) -> None:
        self._connection, self._holding = connection, holding
        self._numbers = itertools.count()
        self._groups: dict[tuple[str, ...], _Group] = {}

    def results(self, sql: str, names: Sequence[str], order: str, seconds: float) -> dict[str, Result]:
        """A result for each name; nothing where the query cannot be run so, or fails on one of them."""
        names = sorted(names)
        group, tables = self._together(tuple(names)), self._holding.mentioned(sql)
        missing = [table for table in tables if table.name not in group.present]
        self._connection.use("main")
        if missing:
            self._connection.write("".join(table_statement(group.schema, t, group.databases) for t in missing))
            group.present.update(table.name for table in missing)
        found = self._connection.run(lateral_query(sql, group.schema, tables, order), seconds)
        if isinstance(found, RunError):
            return {}
        rows = rows_by_database(found.rows, len(names))
        columns, types = found.columns[1:-1], found.types[1:-1]
        return {name: Result(columns, types, own) for name, own in zip(names, rows, strict=True)}

    def drop(self, name: str) -> None:
        """Drops the groups that a database is in."""
        for names in [names for names in self._groups if name in names]:
            self._connection.drop_schema(self._groups.pop(names).schema)

    def _together(self, names: tuple[str, ...]) -> _Group:
        if names not in self._groups:
            databases = tuple(self._holding[name].database for name in names)
            group = self._groups[names] = _Group(f"g{next(self._numbers)}", databases)
            self._connection.write(numbers_statement(group.schema, len(names)))
        return self._groups[names]
