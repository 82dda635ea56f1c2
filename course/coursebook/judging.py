"""Judges the answer to an exercise of any kind."""

from typing import Any, Protocol

from coursebook.exercise import LessonExercise
from coursebook.judgement import Judgement
from coursebook.kinds import kind_of
from coursebook.packs import pack_of
from coursebook.submission import take_in
from sqlgrade.verdict import Verdict


class Judge(Protocol):
    """Whoever can grade a query against a pack: sqlgrade's Grader."""

    def grade(self, pack: Any, sql: str) -> Verdict:
        """The verdict on one query."""
        ...


def judge_answer(
    exercise: LessonExercise, text: str, grader: Judge, lang: str, *, pack: Any | None = None
) -> Judgement:
    """The judgement of a cell's source (or of an answer without its first line).

    The pack is taken from the cache, or built, when it is not given; a kind that is not judged by its result needs none.
    """

    def verdict_of(sql: str) -> Verdict:
        return grader.grade(pack if pack is not None else pack_of(exercise), sql)

    submission = take_in(exercise, text, lang, verdict_of)
    return kind_of(exercise.kind).judge(submission)
