"""What is done around a calculation, what is wrong within, and which column of a step stands for which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Exercise, Solution

if TYPE_CHECKING:
    from sqlgrade.verdict import Finding

DDL = """
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL, status VARCHAR NOT NULL, yen INTEGER, came_at TIMESTAMP NOT NULL,
  CHECK (status IN ('open', 'done', 'gone'))
)
"""


def told(solution: str, answer: str) -> tuple[Finding, ...]:
    return Judge().grade(build_pack(Exercise("around", DDL, (Solution(solution),))), answer, deep=True).findings


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        (
            "SELECT person_id, CASE WHEN person_id = 1 THEN 1.0 ELSE ROUND(AVG(yen), 1) END AS mean FROM visits GROUP BY person_id",
            ["branch_extra", "round_digits"],
        ),
        (
            "SELECT person_id, COALESCE(ROUND(AVG(yen), 1), 0) AS mean FROM visits GROUP BY person_id",
            ["blank_replaced", "round_digits"],
        ),
    ],
)
def test_what_is_done_around_a_calculation_and_what_is_wrong_within_are_two_mistakes(answer: str, names: list[str]):
    right = "SELECT person_id, ROUND(AVG(yen), 3) AS mean FROM visits GROUP BY person_id"
    assert sorted(each.mistake for each in told(right, answer)) == names


def test_a_when_for_what_else_should_catch_lacks_the_else_however_its_number_is_written():
    right = "SELECT AVG(CASE WHEN yen <= 60 THEN 1.0 ELSE 0 END) AS r FROM visits"
    answer = "SELECT AVG(CASE WHEN yen <= 60 THEN 1.0 WHEN yen > 60 THEN 0.0 END) AS r FROM visits"
    assert [each.mistake for each in told(right, answer)] == ["case_without_else"]


def test_columns_of_a_step_stand_for_those_of_one_function_wherever_they_stand():
    """A step's number and mean in another order than the solution's: what is wrong is the frame."""
    step = "WITH s AS (SELECT yen, {} FROM visits) SELECT SUM(yen - m) AS r FROM s WHERE {} > 2"
    number = "ROW_NUMBER() OVER (ORDER BY came_at, id) AS "
    mean = "AVG(yen) OVER (ORDER BY came_at, id ROWS BETWEEN {} PRECEDING AND 1 PRECEDING) AS m"
    right = step.format(f"{mean.format(3)}, {number}place", "place")
    answer = step.format(f"{number}rn, {mean.format(2)}", "rn").replace(" AS m", " AS f").replace("yen - m", "yen - f")
    assert [each.mistake for each in told(right, answer)] == ["frame_begins_late"]


def test_the_kind_of_a_division_is_told_and_not_what_it_divides_in_other_words():
    right = "SELECT person_id, SUM(CASE WHEN status = 'open' THEN 1 ELSE 0 END) * 1.0 / NULLIF(COUNT(*), 0) AS r FROM visits GROUP BY person_id"
    answer = "SELECT person_id, COUNT(CASE WHEN status = 'open' THEN 1 END) // NULLIF(COUNT(*), 0) AS r FROM visits GROUP BY person_id"
    assert [each.mistake for each in told(right, answer)] == ["division_whole"]
