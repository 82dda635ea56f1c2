"""What columns the views have that a task gives: asked of the engine, on its empty tables."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import duckdb

from sqlgrade.dialect.given import flat_name, written_out
from sqlgrade.engine.sealed import open_sealed
from sqlgrade.record import ExerciseFault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlgrade.tables.model import SchemaModel


def tables_with_given(schema: SchemaModel, given: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Table -> column -> DuckDB's type, the given views by their flat names among them.

    Raises:
        ExerciseFault: a view does not run.
    """
    tables = {table.name: {column.name: column.type.text for column in table.columns} for table in schema.tables}
    return tables | _columns(schema, tuple(given.items())) if given else tables


@functools.lru_cache(maxsize=32)
def _columns(schema: SchemaModel, given: tuple[tuple[str, str], ...]) -> dict[str, dict[str, str]]:
    views = dict(given)
    found = {}
    with open_sealed() as connection:
        for statement in (*schema.types, *(each.create_statement("main") for each in schema.tables), *schema.prelude):
            connection.execute(statement)
        for name in views:
            asked = written_out(f"SELECT * FROM {name}", views)
            try:
                rows = connection.execute(f"DESCRIBE {asked.sql if asked else name}").fetchall()
            except duckdb.Error as error:
                raise ExerciseFault(f"the view {name} does not run: {error}") from error
            found[flat_name(name)] = {str(row[0]): str(row[1]) for row in rows}
    return found
