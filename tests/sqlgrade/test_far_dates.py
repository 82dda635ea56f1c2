"""Dates that Python has no type for are compared as what they are, and shown as the engine writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sqlgrade import Exercise, Solution, Status, build_pack
from sqlgrade.compare.cells import canonical
from sqlgrade.engine.runner import Runner
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import verdict_sentences
from sqlgrade.tables.far_dates import FarDate
from sqlgrade.tables.result import Result
from sqlgrade.verdict import DiffKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade import Verdict

DDL = "CREATE TABLE stays (id INTEGER PRIMARY KEY, left_on DATE);"
OPEN_END = "SELECT id, coalesce(left_on, DATE 'infinity') AS left_on FROM stays"


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.fixture
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


def verdict(judge: Judge, solution: str, answer: str) -> Verdict:
    return judge.grade(build_pack(Exercise("far", DDL, (Solution(solution),))), answer)


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("DATE '20260-01-01'", "20260-01-01"),
        ("DATE 'infinity'", "infinity"),
        ("TIMESTAMP '-infinity'", "-infinity"),
        ("TIMESTAMPTZ 'infinity'", "infinity"),
        ("DATE '0044-03-15 (BC)'", "0044-03-15 (BC)"),
    ],
)
def test_such_a_date_is_the_engine_s_own_text(runner: Runner, sql: str, value: str) -> None:
    found = runner.run(f"SELECT {sql} AS x", "main")
    assert isinstance(found, Result)
    assert (found.rows[0][0], type(found.rows[0][0])) == (value, FarDate)


def test_an_infinity_and_the_last_date_in_one_column_are_told_apart(runner: Runner) -> None:
    sql = "SELECT x FROM (VALUES (1, DATE '9999-12-31'), (2, 'infinity'), (3, NULL), (4, '0001-01-01')) t(n, x) ORDER BY n"
    found = runner.run(sql, "main")
    assert isinstance(found, Result)
    assert [str(row[0]) for row in found.rows] == ["9999-12-31", "infinity", "None", "0001-01-01"]


def test_a_far_date_equals_its_own_midnight_as_every_date_does() -> None:
    assert canonical(FarDate("20260-01-01")) == canonical(FarDate("20260-01-01 00:00:00"))
    assert canonical(FarDate("infinity")) != canonical("infinity")


def test_no_end_and_the_last_day_of_the_calendar_are_not_the_same_answer(judge: Judge) -> None:
    found = verdict(judge, OPEN_END, OPEN_END.replace("infinity", "9999-12-31"))
    assert (found.status, found.diff.kind) == (Status.REFUTED, DiffKind.VALUES)  # type: ignore[union-attr]
    assert "infinity" in found.to_json()


@pytest.mark.parametrize("answer", [OPEN_END, OPEN_END.replace("left_on,", "left_on::TIMESTAMP,")])
def test_a_right_answer_with_an_open_end_is_accepted(judge: Judge, answer: str) -> None:
    assert verdict(judge, OPEN_END, answer).status is Status.ACCEPTED


def test_a_date_far_ahead_is_another_value_not_another_kind_of_value(judge: Judge) -> None:
    found = verdict(judge, "SELECT id, left_on FROM stays", "SELECT id, DATE '20260-01-01' FROM stays")
    assert found.status is Status.REFUTED
    assert not any("kind" in each for each in verdict_sentences(found, "en"))


@pytest.mark.parametrize("shift", ["+ INTERVAL 9999 YEAR", "- INTERVAL 9999 YEAR", "+ INTERVAL 9999999 YEAR"])
def test_a_shift_out_of_the_calendar_accuses_nobody(judge: Judge, shift: str) -> None:
    shifted = f"SELECT id, left_on {shift} FROM stays"
    assert verdict(judge, "SELECT id, left_on FROM stays", shifted).status is Status.REFUTED


def test_an_exercise_may_shift_dates_out_of_the_calendar(judge: Judge) -> None:
    shifted = "SELECT id, left_on + INTERVAL 9999 YEAR FROM stays"
    assert verdict(judge, shifted, shifted).status is Status.ACCEPTED


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_calendar_s_first_and_last_day_have_neighbours_on_one_side_only(judge: Judge, day: str) -> None:
    sql = f"SELECT id FROM stays WHERE left_on >= '{day}' AND left_on < '{day}'"
    assert build_pack(
        Exercise("edge", DDL, (Solution(f"SELECT id FROM stays WHERE left_on <= '{day}'"),)), depth="full"
    )
    assert verdict(judge, "SELECT id FROM stays", sql).status is Status.REFUTED
