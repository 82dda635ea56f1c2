"""The schema an exercise is set on: tables, types, keys, checks, and what a valid filling must keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from sqlgrade.tables.assumptions import Assumption
    from sqlgrade.tables.bonds import Bond, Dependency
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
    declared: bool = True
    """False if the DDL does not say so, but an assumption."""


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
    fixed: bool = False
    """True if every database holds the same rows, those that the schema's own script puts there."""

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
        return link.declared and link.parent == self.name and not self.may_name_itself(link)

    def may_name_itself(self, link: ForeignKey) -> bool:
        """True if a foreign key may lead to the very row that holds it."""
        return link.parent == self.name and not any(self.column(name).nullable for name in link.columns)

    def pick(self, row: Row, names: Iterable[str]) -> Row:
        """The values of some columns of a row."""
        return tuple(row[self.positions[name]] for name in names)

    def named(self, row: Row) -> dict[str, Any]:
        """The values of a row by their columns' names."""
        return {column.name: value for column, value in zip(self.columns, row, strict=True)}

    @cached_property
    def stored(self) -> tuple[tuple[int, Column], ...]:
        """The columns that are written, with their places; the engine computes the others."""
        return tuple((place, column) for place, column in enumerate(self.columns) if not column.generated)

    def create_statement(self, schema: str) -> str:
        """CREATE TABLE without constraints, for copies that search and shrinking change freely."""
        stored = ", ".join(f"{quoted(c.name)} {c.type.text}{c.computed}" for c in self.columns)
        return f"CREATE TABLE {quoted(schema)}.{quoted(self.name)} ({stored});"


@dataclass(frozen=True)
class LeftOut:
    """What a DDL script declares and the judge's databases do without."""

    kind: str
    """table, view, type, check, key or part: a sentence for each stands in the messages, under [schema]."""
    name: str
    """The table or view, of a type the column as well."""
    text: str = ""
    """What is left out, as it is written."""


@dataclass(frozen=True)
class Violation:
    """A row (or a database, for an assumption) that breaks a rule of the schema."""

    table: str
    rule: str
    row: Row | None = None


@dataclass(frozen=True, eq=False)
class SchemaModel:
    """All tables in load order (parents first), and the assumptions that valid data meets."""

    ddl: str
    tables: tuple[Table, ...]
    prelude: tuple[str, ...] = ()
    """CREATE TYPE, VIEW and MACRO statements of the DDL, run in each copy after the tables."""
    types: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()
    """The assumptions that are more than a CHECK of one table."""
    fixed: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """The rows of the fixed tables; databases do not list them."""
    assumptions: tuple[Assumption, ...] = ()
    """The same as assume, as far as their texts tell what they say."""
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The path, as the DDL writes it, of each table and view that it puts in a schema (see dialect.table_names)."""
    left_out: tuple[LeftOut, ...] = field(default=(), compare=False)
    """What the DDL says and no database here has or keeps."""

    def __eq__(self, other: object) -> bool:
        """Of the texts, of each table's CHECKs, among which assumptions on one table are, and of what is fixed by name: schemas are looked up often."""
        if not isinstance(other, SchemaModel):
            return NotImplemented
        return self is other or self._told == other._told

    def __hash__(self) -> int:
        return hash((self.ddl, self.assume))

    @cached_property
    def _told(self) -> tuple[Any, ...]:
        return self.ddl, self.assume, tuple(table.checks for table in self.tables), frozenset(self.fixed), self.paths

    @cached_property
    def by_name(self) -> dict[str, Table]:
        """Tables by name."""
        return {table.name: table for table in self.tables}

    @cached_property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """The primary key of each table that has one, by its name in lower case."""
        return {table.name.lower(): table.primary_key for table in self.tables if table.primary_key}

    def called(self, name: str) -> str:
        """A table's name as whoever wrote the DDL knows it: with its schema, where it has one."""
        return ".".join(self.paths.get(name, (name,)))

    @cached_property
    def bonds(self) -> tuple[Bond, ...]:
        """What the assumptions say of rows and the ones that they name."""
        return tuple(assumption.bond for assumption in self.assumptions if assumption.bond is not None)

    @cached_property
    def dependencies(self) -> tuple[Dependency, ...]:
        """What the assumptions say of rows with the same key."""
        return tuple(each.dependency for each in self.assumptions if each.dependency is not None)

    @cached_property
    def varied(self) -> tuple[Table, ...]:
        """The tables whose rows a database brings, in load order."""
        return tuple(table for table in self.tables if not table.fixed)

    def table(self, name: str) -> Table:
        """The table of that name."""
        return self.by_name[name]

    def column(self, named: tuple[str, str]) -> Column:
        """The column named by its table and itself."""
        return self.by_name[named[0]].column(named[1])

    def rows_of(self, name: str, database: Database) -> tuple[Row, ...]:
        """The rows that a table has in a database, fixed or brought by it."""
        return self.fixed[name] if name in self.fixed else database.tables.get(name, ())

    def fixed_keys(self, link: ForeignKey) -> Mapping[Row, int]:
        """What a foreign key may name in a fixed table, with the number of the row there."""
        if link not in self._fixed_keys:
            parent = self.by_name[link.parent]
            rows = self.fixed[link.parent]
            self._fixed_keys[link] = {parent.pick(row, link.parent_columns): n for n, row in enumerate(rows)}
        return self._fixed_keys[link]

    @cached_property
    def _fixed_keys(self) -> dict[ForeignKey, Mapping[Row, int]]:
        return {}

    def structural_violations(self, database: Database) -> list[Violation]:
        """Broken NOT NULLs, keys and foreign keys, found without running SQL."""
        return [violation for table in self.varied for violation in self._broken(table, database)]

    def foreign_key_violations(self, database: Database) -> list[Violation]:
        """Rows that name a parent that is not there: all that deleting rows can break."""
        return [v for table in self.varied for v in self._orphans(table, database)]

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
            before: set[Row] = set()
            known = before if back else self._known_keys(link, database)
            for row in rows:
                value = table.pick(row, link.columns)
                if None not in value and value not in known:
                    yield Violation(table.name, f"FOREIGN KEY {', '.join(link.columns)}", row)
                if back:
                    before.add(parent.pick(row, link.parent_columns))

    def _known_keys(self, link: ForeignKey, database: Database) -> Container[Row]:
        if link.parent in self.fixed:
            return self.fixed_keys(link)
        parent = self.by_name[link.parent]
        return {parent.pick(row, link.parent_columns) for row in database.tables.get(link.parent, ())}


def _repeats(table: Table, key: tuple[str, ...], rows: tuple[Row, ...]) -> Iterator[Violation]:
    seen: set[Row] = set()
    for row in rows:
        value = table.pick(row, key)
        if None in value:
            continue
        if value in seen:
            yield Violation(table.name, f"UNIQUE {', '.join(key)}", row)
        seen.add(value)
