"""Hand-made fillings: INSERT scripts run against the schema with every constraint enforced."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import duckdb

from sqlgrade.engine.sealed import open_sealed
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.result import Database
from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    from sqlgrade.tables.model import SchemaModel


@functools.lru_cache(maxsize=128)
def read_filling(schema: SchemaModel, script: str) -> Database:
    """The rows that a script inserts.

    Raises:
        ExerciseFault: the script does not run, or breaks a constraint.
    """
    connection = _constrained(schema.ddl)
    try:
        connection.execute("BEGIN")
        connection.execute(script)
        tables = {}
        for table in schema.tables:
            columns = ", ".join("NULL" if c.generated else quoted(c.name) for c in table.columns)
            tables[table.name] = tuple(connection.execute(f"SELECT {columns} FROM {table.quoted}").fetchall())
    except duckdb.Error as error:
        raise ExerciseFault(f"a hand-made database does not load: {error}") from error
    finally:
        connection.execute("ROLLBACK")
    return Database(tables, ("handmade",))


@functools.lru_cache(maxsize=4)
def _constrained(ddl: str) -> duckdb.DuckDBPyConnection:
    """A connection with the schema's empty tables, every constraint in force; the scripts are rolled back on it."""
    connection = open_sealed()
    connection.execute(ddl)
    return connection
