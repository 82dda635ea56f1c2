"""Every query that a lesson offers to run does run, and every right answer can be planned on the tables."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import duckdb

from coursebook.answer_cell import cut_chart
from coursebook.exercise import LessonExercise
from coursebook.given_views import SCHEMA as GIVEN
from coursebook.given_views import view_statement
from coursebook.kind import AnswerForm
from coursebook.lesson import Lesson
from coursebook.messages import LANGUAGES
from coursebook.own_schema import SCHEMA
from coursebook.parameters import BadValue, ParameterKind, declared_in, filling, for_names
from coursebook.problem import Problem
from coursebook.schema import Schema
from coursebook.settings import settings_of
from sqlgrade.dialect.spoken import spoken
from sqlgrade.engine.sealed import open_sealed
from sqlgrade.parameters import BadTemplate, fill, is_template, names_in
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.result import RunError

_LINE = re.compile(r"LINE (\d+):")


def queries_run(lesson: Lesson) -> Iterator[Problem]:
    """Cells to run that DuckDB refuses; a query that is meant to fail belongs into an exercise or a `sql text` block."""
    if not lesson.exercises:
        return
    try:
        empty = _empty_database(lesson.exercises[0].schema)
    except ExerciseFault:
        return  # schema_whole tells it
    with empty as connection:
        yield from _cells(lesson, connection)
        for exercise in lesson.exercises:
            if exercise.kind.answer is AnswerForm.QUERY:
                yield from _unplanned(exercise, connection)


def _cells(lesson: Lesson, connection: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
    tables = _tables(connection)
    for lang in LANGUAGES:
        for segment in lesson.segments[lang]:
            if segment.kind != "query":
                continue
            try:
                connection.execute(_in_duckdb(_filled(segment.content, lesson.exercises[0].schema), tables))
            except (duckdb.Error, BadTemplate, BadValue) as fault:
                params = {"detail": str(fault).splitlines()[0]}
                yield Problem(lesson.folder / f"lesson.{lang}.md", segment.line, "query_fails", params)


def _unplanned(exercise: LessonExercise, connection: duckdb.DuckDBPyConnection) -> Iterator[Problem]:
    """Solutions and other right answers that DuckDB can't plan: their line is known before any data is made for them."""
    for file in (*exercise.solutions, *exercise.also_right):
        try:
            values = next(iter(settings_of(exercise)), {})
            connection.execute(f"EXPLAIN {fill(file.sql, values).sql}")
        except (BadTemplate, BadValue):
            continue  # parameters_told tells it
        except duckdb.Error as fault:
            found = _LINE.search(str(fault))
            params = {"detail": str(fault).splitlines()[0]}
            yield Problem(file.path, int(found[1]) if found else 1, "query_fails", params)


def _filled(cell: str, schema: Schema) -> str:
    """The query of a cell, its parameters with the values that they have at first."""
    sql = cut_chart(cell)[0]
    parameters = for_names(names_in(sql), declared_in(cell))
    known = [replace(each, kind=ParameterKind.TEXT) if each.query else each for each in parameters]
    return fill(sql, filling(known, {}, schema.today)).sql if is_template(sql) else sql


def _in_duckdb(sql: str, tables: dict[str, dict[str, str]]) -> str:
    """A query in DuckDB's dialect; raises duckdb.Error if it can't be translated from the one that it names."""
    told = spoken(sql, tables)
    if isinstance(told, RunError):
        raise duckdb.Error(told.message)
    return sql if told is None else told.sql


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Table -> column -> type: what a query in BigQuery's dialect is read with."""
    tables: dict[str, dict[str, str]] = {}
    columns = "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    for table, column, kind in connection.sql(columns).fetchall():
        tables.setdefault(table, {})[column] = kind
    return tables


def _empty_database(schema: Schema) -> duckdb.DuckDBPyConnection:
    """The tables without a row, with the views of lessons that can be made: views_hold tells of any other."""
    connection = open_sealed(own=SCHEMA, given=GIVEN)
    connection.execute(schema.runnable)
    for name, query in schema.given.items():
        with suppress(duckdb.Error):
            connection.execute(view_statement(name, query))
    return connection
