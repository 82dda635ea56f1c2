"""Databases held by name: their rows, which of their tables are in the engine by now, and results worth keeping."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

from sqlgrade.engine.statements import Writing, insertions, turn_statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.engine.reading import ReadingConnection
    from sqlgrade.tables.model import SchemaModel, Table
    from sqlgrade.tables.result import Database, Result

_MOST_LOOKED_UP = 256


class Held:
    """A database that is known by name."""

    def __init__(self, name: str, source: Database, seed: int | None) -> None:
        self.name, self.source, self.seed = name, source, seed
        self.database = source if seed is None else source.shuffled(seed)
        self.holders = 0
        self.present: set[str] = set()
        """The tables of its own that are in the engine by now."""
        self.turned: set[str] = set()
        """The fixed tables that stand in it in another order."""
        self.results: dict[tuple[str, tuple[Writing, ...]], Result] = {}
        """Results kept for the next answer, by query and by what was changed."""


class Holding:
    """The databases of one schema on one connection.

    A table of a database is made in the engine when a query first mentions it; names that a database's own schema
    lacks are looked up in "main", where the fixed tables stand with their rows and every other one empty.
    """

    def __init__(self, connection: ReadingConnection, schema: SchemaModel) -> None:
        self._connection, self._schema = connection, schema
        self._numbers = itertools.count()
        self._held: dict[str, Held] = {}
        self._same: dict[tuple[int, int | None], Held] = {}
        self.mentioned = functools.lru_cache(maxsize=_MOST_LOOKED_UP)(self._tables_in)
        """The tables that a text can mean, the fixed ones apart."""

    def get(self, name: str) -> Held | None:
        """The database of a name; None for "main"."""
        return self._held.get(name)

    def __getitem__(self, name: str) -> Held:
        return self._held[name]

    def same(self, database: Database, seed: int | None) -> Held | None:
        """The same object under the same seed, if it is held."""
        return self._same.get((id(database), seed))

    def take(self, database: Database, seed: int | None) -> Held:
        """Holds a database, once more if it is held; each wants its own give_back."""
        held = self.same(database, seed)
        if held is None:
            held = Held(f"d{next(self._numbers)}", database, seed)
            self._held[held.name] = self._same[id(database), seed] = held
            if self._schema.prelude:
                self._make(held, self._schema.varied)
                self._connection.end()
                self._connection.use(held.name)
                for statement in self._schema.prelude:
                    self._connection.write(statement)
        held.holders += 1
        return held

    def give_back(self, name: str) -> bool:
        """Lets go of a database; True once nobody holds it and it is forgotten."""
        held = self._held[name]
        held.holders -= 1
        if held.holders:
            return False
        del self._held[name], self._same[id(held.source), held.seed]
        if held.present or held.turned or self._schema.prelude:
            self._connection.drop_schema(name)
        return True

    def ready(self, sql: str, name: str) -> None:
        """Makes the tables that a query mentions, and the database the one that names are looked up in."""
        held = self._held.get(name)
        if held is None:
            self._connection.use(name)
            return
        rows = held.database.tables
        missing = [t for t in self.mentioned(sql) if t.name not in held.present and rows.get(t.name)]
        if missing:
            self._make(held, missing)
        if held.seed is not None:
            self._turn_fixed(held, sql)
        self._connection.use(name if held.present or held.turned else "main")

    def fixed_in(self, sql: str) -> list[Table]:
        """The fixed tables that a text can mean."""
        text = sql.casefold()
        return [self._schema.table(name) for name in self._schema.fixed if name.casefold() in text]

    def _tables_in(self, sql: str) -> tuple[Table, ...]:
        """Those whose names stand anywhere in the text."""
        text = sql.casefold()
        return tuple(t for t in self._schema.varied if t.name.casefold() in text)

    def _make(self, held: Held, tables: Sequence[Table]) -> None:
        writings = [Writing(f"CREATE SCHEMA IF NOT EXISTS {held.name}")]
        for table in tables:
            if rows := held.database.tables.get(table.name, ()):
                writings += (Writing(table.create_statement(held.name)), *insertions(held.name, table, rows))
        self._connection.write_whole(writings)
        held.present.update(t.name for t in tables)

    def _turn_fixed(self, held: Held, sql: str) -> None:
        """Gives a database whose rows stand in another order the fixed tables that a query mentions in that order too."""
        for table in self.fixed_in(sql):
            if table.name not in held.turned:
                self._connection.write(f"CREATE SCHEMA IF NOT EXISTS {held.name};{turn_statement(held.name, table)}")
                held.turned.add(table.name)
