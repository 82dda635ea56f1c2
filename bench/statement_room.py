"""A data set as a learner of its language meets it: what the course's queries give there, and what a lesson claims of it."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import duckdb

from coursebook.answer_cell import cut_chart
from coursebook.given_views import view_statement
from coursebook.own_schema import own_statement, query_in
from marketplace.checks.running import identity_of
from sqlgrade.dialect.spoken import spoken
from sqlgrade.parameters import fill
from sqlgrade.tables.result import RunError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coursebook import LessonExercise
    from coursebook.course import Course

Row: TypeAlias = "dict[str, Any]"
Proof: TypeAlias = "Callable[[Room], tuple[bool, str]]"
"""Says whether a statement holds on a data set, and the figures that show it."""


@dataclass(frozen=True)
class Statement:
    """What a lesson's text, a colleague's words or a model answer says about the data."""

    place: str
    """The lesson or exercise that says it: L12, L12-06."""
    claim: str
    proof: Proof
    least: float
    """The smallest scale at which it has to hold; below, its phenomenon is planted but too few rows show it."""


def said(statements: list[Statement], place: str, claim: str, least: float = 0.01) -> Callable[[Proof], Proof]:
    """Add a proof to the statements of a level."""

    def keep(proof: Proof) -> Proof:
        statements.append(Statement(place, claim, proof, least))
        return proof

    return keep


class Room:
    """One data set and the course in its language; nothing is written to the file."""

    def __init__(self, course: Course, data: Path) -> None:
        with closing(duckdb.connect(str(data), read_only=True)) as file:
            facts = identity_of(file, data)
        self.course, self.lang = course, facts["locale"]
        self.name = f"{facts['locale']} {facts['scale']} {facts['seed']}"
        self.scale = float(facts["scale"])
        key = data.with_suffix(".manifest.json")
        self.planted: dict[str, Any] = json.loads(key.read_text(encoding="utf-8"))["planted"] if key.exists() else {}
        """The answer key beside the file, if it is there."""
        self._connection = duckdb.connect(config={"threads": 1, "memory_limit": "3GB"})
        self._connection.execute(f"ATTACH '{data}' AS practice (READ_ONLY)")
        self._connection.execute("ATTACH ':memory:' AS my")
        self._connection.execute("ATTACH ':memory:' AS lesson")
        self._connection.execute("USE practice")
        for name, query in course.given_queries(self.lang).items():
            self._connection.execute(view_statement(name, query))
        self._known: dict[str, list[Row]] = {}

    @cached_property
    def tables(self) -> dict[str, dict[str, str]]:
        """Table -> column -> type: what a query in another dialect is read with."""
        found: dict[str, dict[str, str]] = {}
        columns = "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE database_name = 'practice'"
        for table, column, kind in self._connection.execute(columns).fetchall():
            found.setdefault(table, {})[column] = kind
        return found

    def rows(self, sql: str) -> list[Row]:
        """The rows of a query."""
        if sql not in self._known:
            result = self._connection.execute(sql)
            names = [column[0] for column in result.description or ()]
            self._known[sql] = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        return self._known[sql]

    def row(self, sql: str) -> Row:
        """The first row of a query."""
        return self.rows(sql)[0]

    def value(self, sql: str) -> Any:
        """The only value of a query."""
        return next(iter(self.row(sql).values()))

    def solution(self, exercise: str) -> list[Row]:
        """What the solution of an exercise gives."""
        return self.answer(exercise, self.exercise(exercise).solutions[0].sql)

    def starter(self, exercise: str) -> list[Row]:
        """What the query in an exercise's answer cell gives before anything is changed."""
        return self.answer(exercise, query_in(cut_chart(self.exercise(exercise).starter)[0]))

    def answer(self, exercise: str, sql: str) -> list[Row]:
        """What any answer to an exercise gives, its parameters at their first values."""
        defaults = {name: str(record.default) for name, record in self.exercise(exercise).record.parameters.items()}
        return self.rows(fill(sql, defaults).sql if defaults else sql)

    def examples(self, lesson: str) -> Iterator[str]:
        """The queries that a lesson's text shows, without the lines that are the kernel's own."""
        for segment in self.course.lesson(lesson).segments[self.lang]:
            if segment.kind == "query" and not segment.content.startswith("%"):
                yield cut_chart(segment.content)[0]

    def example(self, lesson: str, words: str) -> list[Row]:
        """What the first shown query that holds these words gives."""
        return self.rows(next(sql for sql in self.examples(lesson) if words in sql))

    def run(self, sql: str) -> int:
        """How many rows an example gives, read in the dialect that it names; one that makes something of the learner's own gives none.

        Raises:
            duckdb.Error: it does not run, or DuckDB has no words for it.
        """
        told = spoken(sql, self.tables)
        if isinstance(told, RunError):
            raise duckdb.Error(told.message)
        sql = sql if told is None else told.sql
        if own_statement(sql) is None:
            return len(self.rows(sql))
        self._connection.execute(sql)
        return 0

    def exercise(self, exercise: str) -> LessonExercise:
        """An exercise in the language of the data."""
        return self.course.exercise(exercise).in_language(self.lang)
