"""The schema an exercise is set on: tables, types, keys, checks, and what a valid filling must keep (pass 4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlgrade.tables.result import Database, Row
    from sqlgrade.tables.sqltype import SqlType


@dataclass(frozen=True)
class Column:
    """One column as declared."""

    name: str
    type: SqlType
    nullable: bool
    expression: str = ""
    """Set when the engine computes the column; its value in a Database row is then None."""

    @property
    def generated(self) -> bool:
        """True if the engine computes the column."""
        return bool(self.expression)

    @property
    def computed(self) -> str:
        """The rest of the column's declaration, if the engine computes it."""
        return f" GENERATED ALWAYS AS ({self.expression})" if self.expression else ""


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table that name a row of another (or the same) table."""

    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table as declared; the first of its keys is the primary key if it has one."""

    name: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    uniques: tuple[tuple[str, ...], ...] = ()
    """All keys, the primary one included."""
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Of the name and the number of columns: tables of one schema differ in their names."""
        return hash((self.name, len(self.columns)))

    @property
    def quoted(self) -> str:
        """The name as SQL writes it."""
        return quoted(self.name)

    @cached_property
    def positions(self) -> dict[str, int]:
        """Column name to its place in a row."""
        return {column.name: place for place, column in enumerate(self.columns)}

    def column(self, name: str) -> Column:
        """The column of that name."""
        return self.columns[self.positions[name]]

    def refers_back(self, link: ForeignKey) -> bool:
        """True if a foreign key leads to rows of this table that stand before: DuckDB takes no row that names itself.

        One that is never NULL would leave the table empty; there a row may name itself.
        """
        return link.parent == self.name and any(self.column(name).nullable for name in link.columns)

    def pick(self, row: Row, names: Iterable[str]) -> Row:
        """The values of some columns of a row."""
        return tuple(row[self.positions[name]] for name in names)

    @cached_property
    def stored(self) -> tuple[tuple[int, Column], ...]:
        """The columns that are written, with their places; the engine computes the others."""
        return tuple((place, column) for place, column in enumerate(self.columns) if not column.generated)

    def create_statement(self, schema: str) -> str:
        """CREATE TABLE without constraints, for copies that search and shrinking change freely."""
        stored = ", ".join(f"{quoted(c.name)} {c.type.text}{c.computed}" for c in self.columns)
        return f"CREATE TABLE {quoted(schema)}.{quoted(self.name)} ({stored});"


@dataclass(frozen=True)
class Violation:
    """A row (or a database, for an assumption) that breaks a rule of the schema."""

    table: str
    rule: str
    row: Row | None = None


@dataclass(frozen=True)
class SchemaModel:
    """All tables in load order (parents first), and the assumptions that valid data meets."""

    ddl: str
    tables: tuple[Table, ...]
    prelude: tuple[str, ...] = ()
    """CREATE TYPE, VIEW and MACRO statements of the DDL, run in each copy after the tables."""
    types: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Of the texts alone: all else follows from them, and schemas are looked up often."""
        return hash((self.ddl, self.assume))

    @cached_property
    def by_name(self) -> dict[str, Table]:
        """Tables by name."""
        return {table.name: table for table in self.tables}

    def table(self, name: str) -> Table:
        """The table of that name."""
        return self.by_name[name]

    def structural_violations(self, database: Database) -> list[Violation]:
        """Broken NOT NULLs, keys and foreign keys, found without running SQL."""
        return [violation for table in self.tables for violation in self._broken(table, database)]

    def foreign_key_violations(self, database: Database) -> list[Violation]:
        """Rows that name a parent that is not there: all that deleting rows can break."""
        return [v for table in self.tables for v in self._orphans(table, database)]

    def _broken(self, table: Table, database: Database) -> Iterator[Violation]:
        rows = database.tables.get(table.name, ())
        for column, place in (
            (c, table.positions[c.name]) for c in table.columns if not c.nullable and not c.generated
        ):
            yield from (Violation(table.name, f"NOT NULL {column.name}", row) for row in rows if row[place] is None)
        for key in table.uniques:
            yield from _repeats(table, key, rows)
        yield from self._orphans(table, database)

    def _orphans(self, table: Table, database: Database) -> Iterator[Violation]:
        rows = database.tables.get(table.name, ())
        for link in table.foreign_keys:
            parent = self.by_name[link.parent]
            back = table.refers_back(link)
            parents = () if back else database.tables.get(link.parent, ())
            known = {parent.pick(row, link.parent_columns) for row in parents}
            for row in rows:
                value = table.pick(row, link.columns)
                if None not in value and value not in known:
                    yield Violation(table.name, f"FOREIGN KEY {', '.join(link.columns)}", row)
                if back:
                    known.add(parent.pick(row, link.parent_columns))


def _repeats(table: Table, key: tuple[str, ...], rows: tuple[Row, ...]) -> Iterator[Violation]:
    seen: set[Row] = set()
    for row in rows:
        value = table.pick(row, key)
        if None in value:
            continue
        if value in seen:
            yield Violation(table.name, f"UNIQUE {', '.join(key)}", row)
        seen.add(value)
