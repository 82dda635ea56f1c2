"""GoogleSQL's own analyzer takes what is handed over for BigQuery."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import platformdirs
import pytest

import marketplace
from classroom.learner.export.analyzer import Examined, examine, google_analyzer
from classroom.session.schema_index import SchemaIndex, read_schema
from coursebook import load_course
from coursebook.kind import AnswerForm
from coursebook.practice import load_library

if TYPE_CHECKING:
    from classroom.learner.export.analyzer import Analyze


@pytest.fixture(scope="module")
def schema() -> SchemaIndex:
    with duckdb.connect() as connection:
        connection.execute(marketplace.ddl())
        return read_schema(connection)


@pytest.fixture(scope="module")
def analyze(schema: SchemaIndex) -> Analyze:
    return google_analyzer(schema)


def test_the_analyzer_accepts_the_translation_of_every_solution(schema: SchemaIndex, analyze: Analyze) -> None:
    exercises = [
        each for lesson in load_course().lessons for each in lesson.exercises if each.kind.answer is AnswerForm.QUERY
    ]
    queries = [(each.id, each.written_out(each.solutions[0].sql)) for each in exercises]
    not_accepted = [each for each in examine(queries, schema.column_types, analyze) if not each.accepted]
    assert not_accepted == []


def test_the_analyzer_accepts_lengths_of_time_however_they_are_made(schema: SchemaIndex, analyze: Analyze) -> None:
    day, moment = "CAST(opened_at_utc AS DATE)", "opened_at_utc"
    moved = (
        f"{day} + talk_id * INTERVAL 1 DAY",
        f"{day} - (INTERVAL 1 MONTH)",
        f"{day} + INTERVAL (talk_id / 2) DAY",
        f"date_add({day}, talk_id * INTERVAL 1 WEEK)",
        f"{day} + CASE WHEN talk_id > 1 THEN INTERVAL 1 DAY ELSE INTERVAL 2 DAY END",
        f"{moment} + (INTERVAL 9 HOUR - INTERVAL 5 HOUR)",
        f"{moment} + to_hours(talk_id)",
    )
    queries = [(each, f"SELECT {each} AS x FROM talks") for each in moved]
    assert [each for each in examine(queries, schema.column_types, analyze) if not each.accepted] == []


def test_what_takes_half_a_minute_to_compile_is_kept_for_the_next_process(analyze: Analyze) -> None:
    assert analyze("SELECT 1 AS x") == ""
    kept = platformdirs.user_cache_path("second-penguin", appauthor=False) / "wasm" / "compiled"
    assert [each for each in kept.rglob("*") if each.is_file() and each.stat().st_size > 1_000_000]


def test_a_query_that_bigquery_does_not_take_is_told_with_its_reason(schema: SchemaIndex, analyze: Analyze) -> None:
    [examined] = examine([("x", "SELECT no_such_column FROM guests")], schema.column_types, analyze)
    assert "no_such_column" in examined.rejected


def test_a_construct_without_a_faithful_form_is_refused(schema: SchemaIndex, analyze: Analyze) -> None:
    assert list(examine([("x", "SELECT mode(prefecture) FROM guests")], schema.column_types, analyze)) == [
        Examined("x", refused=("mode()",))
    ]


@pytest.mark.parametrize("template", ["39a", "39b", "39c"])
def test_the_analyzer_accepts_what_opens_repeated_columns(schema: SchemaIndex, analyze: Analyze, template: str) -> None:
    solution = load_library().templates[template].solution.replace("{platform}", "ios")
    (found,) = examine([(template, solution)], schema.column_types, analyze)
    assert found.accepted, found
