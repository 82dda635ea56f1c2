"""Every query that a lesson offers to run does run."""

from collections.abc import Iterator

import duckdb

from coursebook.answer_cell import cut_chart
from coursebook.lesson import Lesson
from coursebook.messages import LANGUAGES
from coursebook.problem import Problem
from coursebook.schema import Schema
from sqlgrade.engine.sealed import open_sealed


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
                    connection.execute(cut_chart(segment.content)[0])
                except duckdb.Error as fault:
                    params = {"detail": str(fault).splitlines()[0]}
                    yield Problem(lesson.folder / f"lesson.{lang}.md", segment.line, "query_fails", params)


def _empty_database(schema: Schema) -> duckdb.DuckDBPyConnection:
    connection = open_sealed()
    connection.execute(schema.ddl)
    return connection
