"""Tables, columns and functions of the practice database, for completion and inspection."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from coursebook.given_views import SCHEMA as GIVEN
from coursebook.own_schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb


@dataclass(frozen=True)
class Column:
    """One column with its comment."""

    name: str
    type: str
    comment: str = ""


@dataclass(frozen=True)
class TableNames:
    """One table with its columns, by name."""

    name: str
    comment: str = ""
    columns: Mapping[str, Column] = field(default_factory=dict)


@dataclass(frozen=True)
class SchemaIndex:
    """All tables by name."""

    tables: Mapping[str, TableNames]

    def table(self, name: str) -> TableNames | None:
        """The table of that name, in any case of letters."""
        return self._by_lower_name.get(name.strip('"').lower())

    def holders(self, column: str) -> list[TableNames]:
        """The tables that have a column of that name."""
        return [table for table in self.tables.values() if column.lower() in table.columns]

    @cached_property
    def column_names(self) -> Mapping[str, tuple[str, ...]]:
        """Table -> its columns, as the error cards want it."""
        return {table.name: tuple(each.name for each in table.columns.values()) for table in self.tables.values()}

    @cached_property
    def column_types(self) -> Mapping[str, str]:
        """Lower-case column -> its type; a name of two types is left out."""
        types: dict[str, set[str]] = {}
        for table in self.tables.values():
            for name, column in table.columns.items():
                types.setdefault(name, set()).add(column.type)
        return {name: found.pop() for name, found in types.items() if len(found) == 1}

    @cached_property
    def _by_lower_name(self) -> Mapping[str, TableNames]:
        return {name.lower(): table for name, table in self.tables.items()}


@dataclass(frozen=True)
class Function:
    """One built-in function in its commonest form."""

    name: str
    parameters: tuple[str, ...]
    returns: str
    description: str


def read_schema(connection: duckdb.DuckDBPyConnection) -> SchemaIndex:
    """Read tables, views and their columns; those of the learner's own schema, and of lessons, with its name in front."""
    cursor = connection.cursor()
    own = f"CASE WHEN database_name IN ('{SCHEMA}', '{GIVEN}') THEN database_name || '.' ELSE '' END"
    named = cursor.execute(
        f"SELECT {own} || table_name, comment FROM duckdb_tables() WHERE NOT internal"
        f" UNION ALL SELECT {own} || view_name, comment FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    rows = cursor.execute(
        f"SELECT {own} || table_name, column_name, data_type, comment FROM duckdb_columns()"
        " WHERE NOT internal ORDER BY table_name, column_index"
    ).fetchall()
    columns: dict[str, dict[str, Column]] = {name: {} for name, _ in named}
    for table, name, data_type, comment in rows:
        columns.setdefault(table, {})[name.lower()] = Column(name, data_type, comment or "")
    return SchemaIndex({name: TableNames(name, comment or "", columns[name]) for name, comment in named})


def read_functions(connection: duckdb.DuckDBPyConnection) -> dict[str, Function]:
    """Read the functions that have a name a person would write."""
    rows = connection.cursor().execute(
        "SELECT function_name, parameters, return_type, description FROM duckdb_functions()"
        " WHERE function_type IN ('scalar', 'aggregate', 'macro') AND regexp_matches(function_name, '^[a-z][a-z0-9_]*$')"
        " AND NOT starts_with(function_name, '__') ORDER BY function_name, description IS NULL, len(parameters)"
    )
    found: dict[str, Function] = {}
    for name, parameters, returns, description in rows.fetchall():
        if name not in found:
            found[name] = Function(name, tuple(parameters or ()), returns or "", description or "")
    return found
