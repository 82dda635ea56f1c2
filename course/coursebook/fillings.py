"""Which of the shared hand-made fillings an exercise can use: those on which its assumptions hold."""

import hashlib
import json
import logging
from functools import cache
from threading import Lock

import duckdb

from coursebook.cache import cache_folder
from coursebook.schema import Schema
from sqlgrade.engine.handmade import fill
from sqlgrade.engine.sealed import open_sealed
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.model import SchemaModel
from sqlgrade.whole_file import write_whole

_log = logging.getLogger(__name__)
_ONE_AT_A_TIME = Lock()
"""A kernel gets its next exercise ready in a thread, beside the one that is being answered."""


def usable_fillings(schema: Schema, assume: tuple[str, ...], of_lesson: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The fillings of the course and the lesson on which no query of `assume` returns a row, and those that can't be loaded."""
    shared = schema.fillings + of_lesson
    if not assume:
        return shared
    return tuple(script for script, holds in zip(shared, _kept(schema, shared, assume), strict=True) if holds)


def _kept(schema: Schema, scripts: tuple[str, ...], assume: tuple[str, ...]) -> tuple[bool, ...]:
    """Whether the assumptions hold on each filling, asked of a database once and then of the cache.

    Every kernel, every evening, and the desk for each assignment would ask the same again.
    """
    asked = repr((schema.ddl, schema.fixed_tables, scripts, assume))
    file = cache_folder() / f"fillings-{hashlib.sha256(asked.encode()).hexdigest()}.json"
    try:
        known = json.loads(file.read_bytes())
    except (OSError, ValueError):
        known = None
    if isinstance(known, list) and len(known) == len(scripts):
        return tuple(map(bool, known))
    found = tuple(_holds(schema.model, script, assume) for script in scripts)
    try:
        write_whole(file, json.dumps(found).encode())
    except OSError:
        _log.warning("which fillings can be used is not kept", exc_info=True)
    return found


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
