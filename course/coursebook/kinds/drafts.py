"""Exercises about somebody else's draft: what their author writes of it, and what their files must hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from coursebook.answer_cell import words_of
from coursebook.exercise import LessonExercise
from coursebook.hand_over import judge_exercise
from coursebook.problem import Problem
from sqlgrade.record import Exercise, Solution

WITNESS = "witness"
"""The column of a review that names who or what shows the draft wrong."""


@dataclass(frozen=True)
class DraftRecord:
    """[draft]: what holds of the query in draft.ja.sql and draft.en.sql."""

    right: bool
    """Whether it does what the task asks: true where no rows can show it wrong."""
    needs: Mapping[str, str] = field(default_factory=dict)
    """Near miss -> query that finds a row as soon as an answer's rows have what that near miss lacks; the first unmet is told."""
    may_be_empty: bool = False
    """Whether tables without a row are an answer."""
    asks_result: bool = False
    """Whether an answer also says, by a SELECT of written values after its rows, what should come out of them (kind K)."""
    witnesses: tuple[str, ...] = ()
    """All that the column `WITNESS` may hold, where the practice data has more than the solution names (kind R)."""


def drafts_are_told(exercise: LessonExercise) -> Iterator[Problem]:
    """[draft] must be there, its needs must be near misses, and the draft must be one query in both languages."""
    path, record = exercise.folder / "exercise.toml", exercise.record.table(DraftRecord)
    if record is None:
        yield Problem(path, 1, "key_missing", {"key": "draft"})
        return
    for stem in record.needs:
        if stem not in exercise.record.near_misses:
            yield Problem(path, 1, "draft_need", {"stem": stem})
    if len({tuple(words_of(text)) for text in exercise.drafts.values()}) > 1:
        yield Problem(exercise.folder / "draft.en.sql", 1, "drafts_differ")


def task_of(exercise: LessonExercise) -> Exercise | None:
    """The task that a draft is for, as the judge takes any other: the draft is an answer to it. None where there is no draft."""
    if not exercise.drafts or not exercise.truth:
        return None
    solution = (Solution(exercise.truth),)
    return replace(judge_exercise(exercise), solutions=solution, alternatives=(), near_misses=(), draft=None)
