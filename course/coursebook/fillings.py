"""Which of the shared hand-made fillings an exercise can use: those on which its assumptions hold."""

from functools import cache

import duckdb

from coursebook.schema import Schema


def usable_fillings(schema: Schema, assume: tuple[str, ...]) -> tuple[str, ...]:
    """The shared fillings on which every query of `assume` returns no row; one that can't be loaded is kept to be told."""
    if not assume:
        return schema.fillings
    return tuple(script for script in schema.fillings if _holds(schema.ddl, script, assume))


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
