"""A learner's SQL before it is run and after it gave nothing: how long it may be, that it only reads, what went wrong.

Cells, % lines and buttons all ask here, so that the same slip gets the same sentence wherever it is made.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from classroom.learner.state.dialects import in_own_words, keep_told, refusal_in, told_in_duckdb
from classroom.session.result import reading_only
from classroom.session.trouble import (
    Trouble,
    explain,
    no_data,
    of_own_schema,
    out_of_memory,
    out_of_time,
    refused,
    several,
    stopped,
    too_deep,
    too_long,
)
from coursebook.own_schema import mentions_own, query_in
from sqlgrade.dialect.heading import DUCKDB
from sqlgrade.engine.watchdog import Ending
from sqlgrade.nesting import MOST_NESTED, nesting
from sqlgrade.record import LONGEST_ANSWER
from sqlgrade.tables.result import RunError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.learner.state.desk import Desk
    from classroom.session.connection import CellStatement, Session

MOST_CHARACTERS = 1_000_000
"""Characters that are run at once: a list of some hundred thousand ids, which takes about a second."""

_MAKING = frozenset({"CREATE", "CREATE_FUNC", "DROP", "INSERT", "UPDATE", "DELETE", "ALTER", "MERGE_INTO"})
_BEFORE_RUNNING = ("Binder Error", "Catalog Error", "Parser Error")
_WRITES = "read-only mode"
"""What the engine says of a write in a transaction that only reads: behind EXPLAIN ANALYZE, or inside WITH."""
_LINE = re.compile(r"(\n\s*LINE )(\d+):")
_PLANNING_SECONDS = 5.0
_TOO_DEEP = "Max expression depth limit"
_NO_MEMORY = ("Out of Memory Error", "bad allocation", "std::bad_alloc", "realloc of size", "can't start new thread")


class NotRun(Exception):  # noqa: N818  (a value for the learner, told as a card)
    """A statement gave no result; the trouble says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.title)
        self.trouble = trouble


def statements_of(desk: Desk, sql: str, speaks: str = DUCKDB) -> list[CellStatement]:
    """The statements of a text, in DuckDB's dialect; each is to be checked before it is run.

    `speaks` is the dialect of a text that names none.

    Raises:
        NotRun: it is too long or no SQL, or there is no data.
    """
    import duckdb

    if len(sql) > MOST_CHARACTERS:
        raise NotRun(too_long("cell", len(sql), MOST_CHARACTERS, desk.lang))
    try:
        session = desk.session
    except duckdb.Error as fault:
        raise NotRun(no_data(desk.lang, sql)) from fault
    if nesting(sql) > MOST_NESTED:
        raise NotRun(too_deep(desk.lang, sql))
    if mentions_own(sql):
        session = _with_own(desk, sql)
    told = told_in_duckdb(desk, sql, speaks)
    if isinstance(told, RunError):
        raise NotRun(refusal_in(desk, told, sql))
    with explained(desk, sql), session.watch.over(session.limits.seconds):
        statements = session.statements(told.sql if told is not None else sql)
    if told is not None:
        for each in statements:
            keep_told(desk, each.sql, told)
    return statements


def _with_own(desk: Desk, sql: str) -> Session:
    """The session, with the learner's own schema where there is one."""
    try:
        with explained(desk, sql):
            desk.open_own()
    except (sqlite3.Error, OSError) as fault:  # held by another program, or broken
        raise NotRun(own_file_trouble(desk, fault, sql)) from fault
    return desk.session


def own_file_trouble(desk: Desk, fault: sqlite3.Error | OSError, sql: str) -> Trouble:
    """Why the file of the learner's own views and tables can't be used; a damaged one is put aside, and begun anew."""
    from classroom.learner.progress.opening import put_aside
    from classroom.unwritten import why_unwritten

    path = desk.own_objects.path
    if isinstance(fault, sqlite3.DatabaseError) and not isinstance(fault, sqlite3.OperationalError):
        return of_own_schema("broken", desk.lang, sql, file=put_aside(path))
    if reason := why_unwritten(desk.lang, path.parent, fault):
        return of_own_schema("unwritable_disk", desk.lang, sql, reason=reason)
    return of_own_schema("unusable", desk.lang, sql)


def check_reads_only(desk: Desk, statement: CellStatement) -> None:
    """Raise NotRun for a statement that would do something else than read."""
    if not statement.reads_only and statement.kind in _MAKING and mentions_own(statement.sql):
        raise NotRun(of_own_schema("form", desk.lang, statement.sql))
    if not statement.reads_only:
        raise NotRun(refused(statement.act, desk.lang, statement.sql))


def read_query(desk: Desk, sql: str, line: str) -> CellStatement:
    """The one statement of a text that is taken apart for a % line; it only reads what the data has, and is not run.

    Raises:
        NotRun: as statements_of and check_reads_only, or it is no single statement, or the engine does not know a name.
    """
    if len(sql) > LONGEST_ANSWER:
        raise NotRun(too_long("line", len(sql), LONGEST_ANSWER, desk.lang, line))
    statements = statements_of(desk, sql)
    if len(statements) != 1:
        raise NotRun(several(len(statements), desk.lang, sql))
    check_reads_only(desk, statements[0])
    if statements[0].kind == "SELECT":
        session = desk.session
        with explained(desk, sql), session.watch.over(session.limits.seconds), reading_only(session.connection):
            session.connection.sql(statements[0].sql)  # a relation: planned, not run
    return statements[0]


@contextmanager
def explained(desk: Desk, sql: str) -> Iterator[None]:
    """Let whatever ends the running of `sql` in the block come out as NotRun, with its explanation."""
    import duckdb

    try:
        yield
    except (duckdb.Error, RuntimeError, MemoryError, OSError, KeyboardInterrupt) as fault:
        raise NotRun(why(desk, sql, fault)) from fault


def why(desk: Desk, sql: str, fault: BaseException) -> Trouble:
    """What ended a statement, and what can be done about it."""
    if ended := why_ended(desk, sql, fault):
        return in_own_words(desk, ended)
    message = str(fault) or type(fault).__name__
    if desk.practice is None and message.startswith("Catalog Error: Table"):
        return no_data(desk.lang, sql)
    if _WRITES in message and mentions_own(sql):
        return of_own_schema("form", desk.lang, sql)
    if message.startswith(_BEFORE_RUNNING) and not _LINE.search(message):
        message = _with_place(desk, sql) or message
    return in_own_words(desk, explain(message, sql, desk.session.schema.column_names, desk.lang))


def why_ended(desk: Desk, sql: str, fault: BaseException) -> Trouble | None:
    """As why, for what is no mistake in the SQL: Stop, time, memory, depth; None for anything else."""
    message = str(fault) or type(fault).__name__
    if isinstance(fault, KeyboardInterrupt) or "interrupted" in message.lower():
        session = desk.session
        ending = session.watch.ending
        if ending in (Ending.TIME, Ending.BUSY):
            return out_of_time(session.limits.seconds, desk.lang, sql, busy=ending is Ending.BUSY)
        return stopped(desk.lang, sql)
    if isinstance(fault, MemoryError) or any(mark in message for mark in _NO_MEMORY):
        return out_of_memory(desk.lang, sql, message)
    if isinstance(fault, RecursionError) or _TOO_DEEP in message:
        return too_deep(desk.lang, sql)
    return None


def _with_place(desk: Desk, sql: str) -> str:
    """The engine's message with its excerpt and caret, which a relation's own error lacks; the text is planned, not run."""
    import duckdb

    session = desk.session
    try:
        with session.watch.over(_PLANNING_SECONDS), reading_only(session.connection):
            session.connection.execute(f"EXPLAIN\n{query_in(sql)}")
    except duckdb.Error as fault:
        message = str(fault)
        return (
            _LINE.sub(lambda found: f"{found[1]}{int(found[2]) - 1}:", message) if session.watch.ending is None else ""
        )
    return ""
