"""Which of the shared hand-made fillings an exercise can use: those on which its assumptions hold."""

from functools import cache
from threading import Lock

import duckdb

from coursebook.schema import Schema
from sqlgrade.engine.handmade import fill
from sqlgrade.engine.sealed import open_sealed
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.model import SchemaModel

_ONE_AT_A_TIME = Lock()
"""A kernel gets its next exercise ready in a thread, beside the one that is being answered."""


def usable_fillings(schema: Schema, assume: tuple[str, ...], of_lesson: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The fillings of the course and the lesson on which no query of `assume` returns a row, and those that can't be loaded."""
    shared = schema.fillings + of_lesson
    if not assume:
        return shared
    return tuple(script for script in shared if _holds(schema.model, script, assume))


@cache
def _holds(schema: SchemaModel, script: str, assume: tuple[str, ...]) -> bool:
    with _ONE_AT_A_TIME:
        connection = _empty(schema)
        connection.execute("BEGIN")
        try:
            fill(connection, schema, script)
            return not any(connection.execute(query).fetchone() for query in assume)
        except (duckdb.Error, ExerciseFault):
            return True
        finally:
            connection.execute("ROLLBACK")


@cache
def _empty(schema: SchemaModel) -> duckdb.DuckDBPyConnection:
    """The schema's tables, into which a filling is put and taken out again."""
    connection = open_sealed()
    connection.execute(schema.ddl)
    return connection
