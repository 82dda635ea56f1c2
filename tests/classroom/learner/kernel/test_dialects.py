"""Cells and answers in BigQuery's dialect: named by a line, chosen by the learner or by the class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from classroom.folder import Folder
from classroom.learner.export import to_bigquery
from classroom.learner.page.handed import answers_in_dialect
from classroom.learner.state.desk import Desk
from classroom.learner.state.dialects import VARIABLE, choose_dialect, chosen_dialect, dialect_in
from classroom.messages import say
from classroom.session.schema_index import read_schema
from coursebook import load_course
from coursebook.kind import AnswerForm
from sqlgrade.dialect.spoken import Spoken, spoken
from sqlgrade.parameters import is_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

LINE = "-- dialect: bigquery\n"
SUNDAY = "SELECT CAST(DATE_TRUNC(DATE '2025-12-03', WEEK) AS STRING) AS week"


@pytest.fixture
def home(in_folder: Path) -> Folder:
    folder = Folder(in_folder)
    folder.hidden.mkdir()
    return folder


@pytest.fixture
def desk(home: Folder, practice: Path) -> Iterator[Desk]:
    assert home.hidden.is_dir()
    desk = Desk(lang="ja", practice=practice)
    yield desk
    desk.close()


def rows(desk: Desk) -> tuple[tuple[Any, ...], ...]:
    assert desk.last_result is not None
    return desk.last_result.rows


def first_of(kind: str) -> str:
    return next(each.id for each in load_course().lesson("L1").exercises if each.kind.name == kind)


def test_a_cell_that_names_the_dialect_is_run_in_it(run: Callable[..., Any], desk: Desk) -> None:
    assert run(LINE + SUNDAY).trouble is None
    assert rows(desk) == (("2025-11-30",),)
    assert desk.last_written == LINE + SUNDAY
    assert run(LINE + "SELECT COUNTIF(is_test) AS tests FROM `shop.data.guests`\n%chart bar").trouble is None


def test_a_choice_holds_for_own_cells_and_not_for_those_of_a_lesson(run: Callable[..., Any], desk: Desk) -> None:
    assert say("dialect.bigquery", "ja") in run("%dialect BigQuery").plain
    run(SUNDAY)
    assert rows(desk) == (("2025-11-30",),)
    assert run("SELECT 7 % 4 AS rest", "run-L1-3").trouble is None
    assert run("SELECT 7 % 4 AS rest", "any").trouble is not None
    assert run("-- dialect: duckdb\nSELECT 7 % 4 AS rest", "any").trouble is None
    assert say("dialect.duckdb", "ja") in run("%dialect duckdb").plain
    assert run("SELECT 7 % 4 AS rest", "any").trouble is None


def test_an_unknown_dialect_is_told_with_those_there_are(run: Callable[..., Any], desk: Desk) -> None:
    assert "bigquery" in run("%dialect mysql").plain
    assert chosen_dialect(desk.folder) == "duckdb"


def test_a_class_may_choose_and_a_learner_goes_before_it(home: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "bigquery")
    assert chosen_dialect(home) == "bigquery"
    choose_dialect(home, "duckdb")
    assert chosen_dialect(home) == "duckdb"


def test_what_goes_wrong_is_placed_in_the_text_as_it_was_written(run: Callable[..., Any]) -> None:
    source = (
        LINE
        + "SELECT DATE_TRUNC(business_date, WEEK) AS week,\n  COUNT(*) AS days, 1 / (COUNT(*) - COUNT(*)) AS no\nFROM calendar GROUP BY week"
    )
    failed = run(source).trouble
    assert failed is not None
    assert failed.sql == source
    unknown = run(LINE + "SELECT area_cod FROM areas").trouble
    assert unknown is not None
    assert unknown.sql[unknown.start : unknown.end] == "area_cod"
    refused = run(LINE + "SELECT area_code FROM areas WHERE area_code = 1").trouble
    assert refused is not None
    assert refused.key == "dialect_types"


def test_a_view_of_ones_own_is_made_of_a_query_in_the_dialect(run: Callable[..., Any], desk: Desk) -> None:
    made = run(
        LINE
        + "CREATE OR REPLACE VIEW my.weeks AS SELECT DATE_TRUNC(business_date, WEEK) AS week, COUNT(*) AS days FROM calendar GROUP BY week"
    )
    assert made.trouble is None, made.trouble
    assert (
        run(LINE + "SELECT COUNTIF(EXTRACT(DAYOFWEEK FROM week) = 1) = COUNT(*) AS sundays FROM my.weeks").trouble
        is None
    )
    assert rows(desk) == ((True,),)


def test_an_answer_in_the_chosen_dialect_is_judged_in_it(run: Callable[..., Any]) -> None:
    run("%dialect bigquery")
    wrong = run(f"-- 解答 {first_of('write')}\nSELECT strftime(registered_at_utc, '%Y') FROM guests")
    assert wrong.trouble is not None
    assert wrong.trouble.key == "dialect_no_such_use"


def test_only_where_the_whole_query_is_ones_own_a_choice_holds() -> None:
    queries = [
        each for lesson in load_course().lessons for each in lesson.exercises if each.kind.answer is AnswerForm.QUERY
    ]
    spoken = {each.kind.name for each in queries if dialect_in(each, "bigquery") == "bigquery"}
    assert spoken == {"write", "chart", "alert"}
    assert dialect_in(None, "bigquery") == "duckdb"


def test_the_bigquery_form_of_a_solution_is_read_back(practice: Path) -> None:
    with duckdb.connect(str(practice), read_only=True) as connection:
        schema = read_schema(connection)
    tables = {
        each.name: {column.name: column.type for column in each.columns.values()} for each in schema.tables.values()
    }
    exercises = [each for lesson in load_course().lessons for each in lesson.exercises][::8]
    unread = []
    for exercise in exercises:
        solution = exercise.solutions[0].sql if exercise.kind.answer is AnswerForm.QUERY else ""
        handed = to_bigquery(solution, schema.column_types).sql if solution and not is_template(solution) else None
        if handed is not None and not isinstance(spoken(LINE + handed, tables), Spoken):
            unread.append(exercise.id)
    assert unread == []


def test_a_hand_in_says_in_which_dialect_its_answers_were_written() -> None:
    written, given = first_of("write"), first_of("fill_in")
    cells = [
        {
            "cell_type": "code",
            "metadata": {"penguin": {"role": "answer", "exercise": each}},
            "source": f"-- Answer {each}\nSELECT 1",
        }
        for each in (written, given)
    ]
    handed = answers_in_dialect({"cells": cells, "nbformat": 4}, "bigquery")["cells"]
    assert handed[0]["source"].endswith("SELECT 1\n-- dialect: bigquery")
    assert handed[1] == cells[1]
    assert answers_in_dialect({"cells": cells}, "duckdb")["cells"] == cells
