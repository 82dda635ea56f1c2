"""Which of the shared hand-made fillings an exercise can use: those on which its assumptions hold."""

from functools import cache

import duckdb

from coursebook.schema import Schema


def usable_fillings(schema: Schema, assume: tuple[str, ...], of_lesson: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The fillings of the course and the lesson on which no query of `assume` returns a row, and those that can't be loaded."""
    shared = schema.fillings + of_lesson
    if not assume:
        return shared
    return tuple(script for script in shared if _holds(schema.ddl, script, assume))


def _holds(ddl: str, script: str, assume: tuple[str, ...]) -> bool:
    try:
        with _filled(ddl, script).cursor() as connection:
            return not any(connection.execute(query).fetchone() for query in assume)
    except duckdb.Error:
        return True


@cache
def _filled(ddl: str, script: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"enable_external_access": "false"})
    connection.execute(ddl)
    connection.execute(script)
    return connection
