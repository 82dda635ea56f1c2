"""The dialect in which a learner writes: what the text names, else what was chosen for this folder or by the class."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from classroom.folder import written_in
from classroom.session.trouble import Trouble, of_dialect
from coursebook.answer_cell import recognise
from coursebook.own_schema import Dropping, own_statement
from sqlgrade.dialect.heading import DIALECTS, DUCKDB, SYSTEMS, dialect_of, in_dialect, named_dialect, names_schemas
from sqlgrade.tables.result import RunError
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from classroom.folder import Folder
    from classroom.learner.state.desk import Desk
    from coursebook import LessonExercise
    from coursebook.practice.template import TemplateRecord
    from sqlgrade.dialect.spoken import Spoken

VARIABLE = "PENGUIN_DIALECT"
"""The dialect of a class or a company; what a learner chooses goes before it."""
_WHOLLY_WRITTEN = frozenset({"write", "chart", "alert"})
"""Kinds of exercises whose query is the learner's own from the first word; in any other a part of it is given, in DuckDB's SQL."""
_GIVEN_CELLS = ("run-", "answer-")
"""What the ids of a lesson's own cells begin with."""
_MOST_KEPT = 200


def chosen_dialect(folder: Folder | None) -> str:
    """The dialect that was chosen for a folder, else by the class; DuckDB's if none was."""
    written = written_in(folder.dialect) if folder is not None else ""
    wanted = (written or os.environ.get(VARIABLE, "")).lower()
    return wanted if wanted in DIALECTS else DUCKDB


def choose_dialect(folder: Folder, dialect: str) -> None:
    """Remember a dialect for a folder; raises OSError where it can't be kept."""
    write_whole(folder.dialect, f"{dialect}\n".encode())


def dialect_in(exercise: LessonExercise | TemplateRecord | None, chosen: str) -> str:
    """The dialect in which an answer that names none is written: the chosen one where all of it is the learner's own."""
    return chosen if exercise is not None and exercise.kind.name in _WHOLLY_WRITTEN else DUCKDB


def begin_in(desk: Desk, source: str, chosen: str) -> None:
    """Let the cell that runs now be read in the dialect that it names, else in the chosen one."""
    desk.speaks = named_dialect(source) or chosen


def chosen_for_cell(folder: Folder | None, cell_id: str | None) -> str:
    """The dialect of a cell that names none and is no answer: a lesson's own cells are in DuckDB's SQL."""
    return DUCKDB if (cell_id or "").startswith(_GIVEN_CELLS) else chosen_dialect(folder)


def told_in_duckdb(desk: Desk, sql: str, speaks: str = DUCKDB) -> Spoken | RunError | None:
    """A text in the dialect that it names, else in the one given, for DuckDB; None where it is in DuckDB's SQL.

    Of a view or table of the learner's own that is made, the query in it is in that dialect.
    """
    text = in_dialect(sql, speaks)
    made = own_statement(sql)
    dialect = dialect_of(text)
    if (dialect == DUCKDB and not names_schemas(text)) or isinstance(made, Dropping):
        return None
    from sqlgrade.dialect.spoken import Spoken, spoken

    tables = {
        each.name: {column.name: column.type for column in each.columns.values()}
        for each in desk.session.schema.tables.values()
    }
    if made is None:
        pasted = dialect in SYSTEMS and recognise(sql) is None
        return spoken(text, tables, keys=desk.marker.course.schema.model.keys if pasted else None, pasted=pasted)
    query = in_dialect(sql[made.start :], dialect)
    told = spoken(query, tables)
    if isinstance(told, Spoken):
        return Spoken(sql, f"{sql[: made.start]} {told.sql}")
    return replace(told, position=told.position + made.start) if told and told.position is not None else told


def in_duckdb(desk: Desk, sql: str) -> str:
    """A text that has run, as it has run."""
    told = told_in_duckdb(desk, sql)
    return sql if told is None or isinstance(told, RunError) else told.sql


def keep_told(desk: Desk, statement: str, told: Spoken) -> None:
    """Remember how a translated statement was written, to tell what goes wrong with it in its writer's words."""
    desk.told.pop(statement, None)
    desk.told[statement] = told
    while len(desk.told) > _MOST_KEPT:
        del desk.told[next(iter(desk.told))]


def as_written(desk: Desk, sql: str) -> str:
    """A statement as it was written."""
    told = desk.told.get(sql)
    return told.written if told is not None else sql


def in_own_words(desk: Desk, trouble: Trouble) -> Trouble:
    """What went wrong with a translated statement, placed in the text as it was written."""
    told = desk.told.get(trouble.sql)
    if told is None:
        return trouble
    if trouble.start is None:
        return replace(trouble, sql=told.written)
    shift = max(told.sql.find(trouble.sql), 0)
    end = trouble.end if trouble.end is not None else trouble.start + 1
    start, stop = told.places.span(trouble.start + shift, end + shift)
    return replace(trouble, sql=told.written, start=start, end=stop, line=told.written.count("\n", 0, start) + 1)


def refusal_in(desk: Desk, error: RunError, sql: str) -> Trouble:
    """Why a text in another dialect is not run."""
    return of_dialect(error, sql, desk.session.schema.column_names, desk.lang)
