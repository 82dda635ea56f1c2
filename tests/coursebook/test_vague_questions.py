"""Each question of the day has several definitions, and they come to different numbers."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlglot import exp

from coursebook.location import course_root
from coursebook.practice.draw import Run
from coursebook.practice.sample_data import sample_runs
from coursebook.practice.vague import QuestionRecord, load_questions, question_of, questions_within
from coursebook.problem import Problem
from sqlgrade.parse import parsed

QUESTIONS = load_questions(course_root())
MONDAY = date(2025, 3, 3)


def test_the_questions_can_be_read() -> None:
    problems = list[Problem]()
    assert len(load_questions(course_root(), problems)) >= 60
    assert problems == []


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, Run]]:
    with sample_runs() as opened:
        yield opened


@pytest.mark.parametrize("question", QUESTIONS, ids=[each.id for each in QUESTIONS])
def test_the_definitions_of_a_question_come_to_different_numbers(
    question: QuestionRecord, runs: dict[str, Run]
) -> None:
    for run in runs.values():
        numbers = [float(str(run(reading.sql)[0][0])) for reading in question.readings]
        assert len(set(numbers)) == len(numbers) > 1


def test_questions_begin_with_the_first_lesson_and_become_more() -> None:
    lessons = [f"L{number}" for number in range(1, 15)]
    open_ones = [len(questions_within(QUESTIONS, lessons[:number])) for number in range(15)]
    assert open_ones[0] == 0
    assert open_ones[1] >= 9
    assert open_ones[2] >= 15
    assert open_ones[3] >= 40
    assert open_ones[14] == len(QUESTIONS)
    assert sorted(open_ones) == open_ones


@pytest.mark.parametrize(
    "question", [each for each in QUESTIONS if each.needs in ("L1", "L2")], ids=lambda question: question.id
)
def test_before_counting_is_taught_a_question_is_answered_by_sorting(question: QuestionRecord) -> None:
    assert question.of_one_row
    for reading in question.readings:
        tree = parsed(reading.sql)
        assert tree is not None
        assert tree.find(exp.Order) is not None
        assert tree.find(exp.AggFunc, exp.Join, exp.Subquery, exp.Group) is None


def test_every_weekday_has_its_question_and_the_weekend_none() -> None:
    asked = [question_of(QUESTIONS, MONDAY + timedelta(day)) for day in range(14)]
    assert [each is None for each in asked] == [False] * 5 + [True] * 2 + [False] * 5 + [True] * 2
    assert len({each.id for each in asked if each}) == 10
