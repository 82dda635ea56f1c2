"""The results of one query on many databases from a single run, their rows standing together in one set of tables."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlgrade.engine.together import lateral_query, numbers_statement, rows_by_database, table_writings
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

    def results(self, sql: str, names: Sequence[str], order: str | None, seconds: float) -> dict[str, Result]:
        """A result for each name; nothing where the query cannot be run so, or fails on one of them."""
        names = sorted(names)
        group, tables = self._together(tuple(names)), self._holding.mentioned(sql)
        missing = [table for table in tables if table.name not in group.present]
        self._connection.use("main")
        if missing:
            made = (each for table in missing for each in table_writings(group.schema, table, group.databases))
            self._connection.write_whole(made)
            group.present.update(table.name for table in missing)
        found = self._connection.run(lateral_query(sql, group.schema, tables, order), seconds)
        if isinstance(found, RunError):
            return {}
        rows = rows_by_database(found.rows, len(names), placed=order is not None)
        own = slice(1, None if order is None else -1)
        columns, types = found.columns[own], found.types[own]
        return {name: Result(columns, types, each) for name, each in zip(names, rows, strict=True)}

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
