"""What an author says of the query as it was given is not said to whoever has mended a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from coursebook import judge_answer, load_course
from coursebook.answer_cell import words_of
from coursebook.own_schema import query_in
from sqlgrade.verdict import Finding, Level, Status, Verdict

if TYPE_CHECKING:
    from coursebook import LessonExercise


@dataclass
class Fixed:
    """A judge that says what it is told to."""

    verdict: Verdict

    def grade(self, pack: Any, sql: str, *, dialect: str = "duckdb") -> Verdict:  # noqa: ARG002  (the judge's signature)
        return self.verdict


def given_as_near_miss() -> tuple[LessonExercise, str, str]:
    """An exercise whose given query is a near miss, its stem, and that query."""
    for lesson in load_course().lessons:
        for exercise in lesson.exercises:
            given = query_in(exercise.starter)
            for each in exercise.near_misses:
                if given and words_of(each.sql) == words_of(given) and exercise.kind.letter == "F":
                    return exercise, each.stem, given
    raise AssertionError("no exercise gives a near miss")


@pytest.mark.parametrize(
    ("added", "mistake", "first", "said"),
    [
        ("", "bound_excluded", False, True),
        (" LIMIT 3", "bound_excluded", False, False),
        (" LIMIT 3", "", False, True),
        (" LIMIT 3", "condition_other", True, True),
    ],
)
def test_the_given_querys_hint_is_for_the_given_query(added: str, mistake: str, *, first: bool, said: bool) -> None:
    exercise, stem, given = given_as_near_miss()
    finding = Finding(Level.CERTAIN, "E22", "WHERE", near_miss=stem, mistake=mistake, author_first=first)
    verdict = Verdict(Status.REFUTED, findings=(finding,))
    judgement = judge_answer(exercise, given.rstrip("; \n") + added, Fixed(verdict), "en", pack=object())
    assert [each.stem for each in judgement.recognised] == [stem] * said
