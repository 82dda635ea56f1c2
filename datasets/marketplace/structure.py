"""The bare structure of a schema (tables, columns, keys, references), read from DDL by DuckDB itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb


_PART_NAME = re.compile(r'\s*("(?:[^"]|"")*"|\S+)')


@dataclass(frozen=True)
class ColumnShape:
    """A column's name, type as DuckDB writes it, and whether NULL is allowed."""

    name: str
    type: str
    nullable: bool


@dataclass(frozen=True)
class ForeignKey:
    """A reference from own columns to the columns of another table, position by position."""

    columns: tuple[str, ...]
    table: str
    referred: tuple[str, ...]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield (own column, referred column)."""
        return iter(zip(self.columns, self.referred, strict=True))


@dataclass(frozen=True)
class TableShape:
    """A table's columns in order, primary key, unique sets and references."""

    name: str
    columns: tuple[ColumnShape, ...]
    key: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]


def short_kind(kind: str) -> str:
    """Return a type's name with the names of a STRUCT's parts alone: STRUCT(key, value)[]."""
    if not kind.startswith("STRUCT("):
        return kind
    end, depth, names = 0, 0, []
    for end, letter in enumerate(kind):
        if (letter == "(" and not depth) or (letter == "," and depth == 1):
            names.append(_PART_NAME.match(kind, end + 1)[1].strip('"'))  # type: ignore[index]
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == ")" and not depth:
            break
    return f"STRUCT({', '.join(names)}){kind[end + 1 :]}"


def shapes_of(ddl: str) -> tuple[TableShape, ...]:
    """Return the tables a DDL script makes, in its order; raises duckdb.Error if DuckDB cannot run it."""
    import duckdb

    with duckdb.connect(":memory:") as con:
        con.execute(ddl)
        return _read(con)


def _read(con: duckdb.DuckDBPyConnection) -> tuple[TableShape, ...]:
    names = [row[0] for row in con.sql("SELECT table_name FROM duckdb_tables() ORDER BY table_oid").fetchall()]
    columns: dict[str, list[ColumnShape]] = {name: [] for name in names}
    for table, column, kind, nullable in con.sql(
        "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
        "WHERE schema_name = 'main' AND NOT internal ORDER BY table_oid, column_index"
    ).fetchall():
        if table in columns:
            columns[table].append(ColumnShape(column, kind, nullable))
    rules = con.sql(
        "SELECT table_name, constraint_type, constraint_column_names, referenced_table, referenced_column_names "
        "FROM duckdb_constraints() ORDER BY table_oid, constraint_index"
    ).fetchall()
    return tuple(_shape(name, columns[name], [rule[1:] for rule in rules if rule[0] == name]) for name in names)


def _shape(
    name: str,
    columns: list[ColumnShape],
    rules: Iterable[tuple[str, list[str], str | None, list[str]]],
) -> TableShape:
    rules = list(rules)
    keys = [tuple(own) for kind, own, _, _ in rules if kind == "PRIMARY KEY"]
    # the table referred to also lists a foreign key under its own name: only the referring side names a table
    references = [
        ForeignKey(tuple(own), table, tuple(theirs))
        for kind, own, table, theirs in rules
        if kind == "FOREIGN KEY" and table is not None
    ]
    return TableShape(
        name=name,
        columns=tuple(columns),
        key=keys[0] if keys else (),
        unique=tuple(tuple(own) for kind, own, _, _ in rules if kind == "UNIQUE"),
        foreign_keys=tuple(references),
    )
