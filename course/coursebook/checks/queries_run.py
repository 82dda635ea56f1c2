"""Every query that a lesson offers to run does run."""

from collections.abc import Iterator
from dataclasses import replace

import duckdb

from coursebook.answer_cell import cut_chart
from coursebook.lesson import Lesson
from coursebook.messages import LANGUAGES
from coursebook.own_schema import SCHEMA
from coursebook.parameters import BadValue, ParameterKind, declared_in, filling, for_names
from coursebook.problem import Problem
from coursebook.schema import Schema
from sqlgrade.engine.sealed import open_sealed
from sqlgrade.parameters import BadTemplate, fill, is_template, names_in


def queries_run(lesson: Lesson) -> Iterator[Problem]:
    """Cells to run that DuckDB refuses; a query that is meant to fail belongs into an exercise or a `sql text` block."""
    if not lesson.exercises:
        return
    with _empty_database(lesson.exercises[0].schema) as connection:
        for lang in LANGUAGES:
            for segment in lesson.segments[lang]:
                if segment.kind != "query":
                    continue
                try:
                    connection.execute(_filled(segment.content, lesson.exercises[0].schema))
                except (duckdb.Error, BadTemplate, BadValue) as fault:
                    params = {"detail": str(fault).splitlines()[0]}
                    yield Problem(lesson.folder / f"lesson.{lang}.md", segment.line, "query_fails", params)


def _filled(cell: str, schema: Schema) -> str:
    """The query of a cell, its parameters with the values that they have at first."""
    sql = cut_chart(cell)[0]
    parameters = for_names(names_in(sql), declared_in(cell))
    known = [replace(each, kind=ParameterKind.TEXT) if each.query else each for each in parameters]
    return fill(sql, filling(known, {}, schema.today)).sql if is_template(sql) else sql


def _empty_database(schema: Schema) -> duckdb.DuckDBPyConnection:
    connection = open_sealed(own=SCHEMA)
    connection.execute(schema.ddl)
    return connection
