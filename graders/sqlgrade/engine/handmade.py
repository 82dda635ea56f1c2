"""Hand-made fillings: INSERT scripts run against the schema with every constraint enforced."""

from __future__ import annotations

import functools
import re
import threading
from typing import TYPE_CHECKING

import duckdb

from sqlgrade.engine.sealed import open_sealed
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.result import Database
from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    from sqlgrade.tables.model import SchemaModel

_RUNNING = threading.Lock()
"""Two threads' scripts on one connection would stand in one transaction."""
_TARGET = re.compile(r"\s*(?:--[^\n]*\n\s*)*INSERT\s+INTO\s+\"?(?P<name>\w+)", re.IGNORECASE)


@functools.lru_cache(maxsize=128)
def read_filling(schema: SchemaModel, script: str) -> Database:
    """The rows that a script inserts.

    Raises:
        ExerciseFault: the script does not run, or breaks a constraint.
    """
    with _RUNNING:
        connection = _constrained(schema)
        try:
            connection.execute("BEGIN")
            fill(connection, schema, script)
            tables = {}
            for table in schema.varied:
                columns = ", ".join("NULL" if c.generated else quoted(c.name) for c in table.columns)
                tables[table.name] = tuple(connection.execute(f"SELECT {columns} FROM {table.quoted}").fetchall())
        except duckdb.Error as error:
            raise ExerciseFault(f"a hand-made database does not load: {error}") from error
        finally:
            connection.execute("ROLLBACK")
    return Database(tables, ("handmade",))


def fill(connection: duckdb.DuckDBPyConnection, schema: SchemaModel, script: str) -> None:
    """Runs a filling's script on the schema's tables; it may repeat rows of fixed tables, but not add any.

    Raises:
        duckdb.Error: the script does not run, or breaks a constraint.
        ExerciseFault: the script adds rows to a fixed table.
    """
    for statement in connection.extract_statements(script):
        connection.execute(_repeatable(statement.query, schema))
    for name, rows in schema.fixed.items():
        found = connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()
        if found is None or found[0] != len(rows):
            raise ExerciseFault(f"a hand-made database changes the rows of {name}, which are fixed: leave them out")


def _repeatable(statement: str, schema: SchemaModel) -> str:
    """The statement, rows that stand in a fixed table already left out where it fills one."""
    target = _TARGET.match(statement)
    fixed = {name.casefold() for name in schema.fixed}
    if target is None or target["name"].casefold() not in fixed:
        return statement
    return f"INSERT OR IGNORE INTO {statement[target.start('name') :]}"


@functools.lru_cache(maxsize=4)
def _constrained(schema: SchemaModel) -> duckdb.DuckDBPyConnection:
    """A connection on which the fixed tables hold their rows and the others none; the scripts are rolled back on it."""
    connection = open_sealed()
    connection.execute(schema.ddl)
    for table in reversed(schema.varied):
        connection.execute(f"DELETE FROM {table.quoted}")
    return connection
