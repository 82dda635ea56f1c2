"""What is announced beside the mistake in a query: the line of the chart, where one was chosen."""

from __future__ import annotations

import pytest

from classroom.session.case import Case
from classroom.session.verdict.further import further_of
from coursebook import Outcome, load_course
from coursebook.judging import judge_answer
from sqlgrade import Grader


@pytest.fixture(scope="module")
def grader():
    with Grader(workers=1) as judge:
        yield judge


@pytest.mark.parametrize(
    ("line", "announced"),
    [
        ("%chart scatter x=click_rate y=impressions", "x=click_rate"),
        ("%chart pie x=cast_id y=impressions", "pie"),
        ("%chart scatter x=impressions y=click_rate", ""),
        ("", ""),
    ],
)
def test_a_chart_that_was_chosen_wrongly_is_announced_beside_a_mistake_in_the_query(grader, line, announced):
    exercise = load_course().exercise("L10-06").in_language("en")
    solution = exercise.solutions[0].sql
    kept = "AND i.screen = 'list'"
    assert kept in solution
    answer = f"{solution.replace(kept, '')}\n{line}"
    judgement = judge_answer(exercise, answer, grader, "en")
    assert judgement.outcome is Outcome.REFUTED
    said = further_of(Case(judgement, exercise, answer, "en"))
    assert said.startswith("And one more") if announced else not said
    assert announced in said
