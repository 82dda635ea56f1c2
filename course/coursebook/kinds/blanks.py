"""Starters with blanks to fill in."""

from collections.abc import Iterator

from coursebook.answer_cell import count_blanks
from coursebook.exercise import LessonExercise
from coursebook.problem import Problem


def blanks_are_there(exercise: LessonExercise) -> Iterator[Problem]:
    """The starter must leave something to fill in."""
    if not count_blanks(exercise.starter):
        params = {"kind": exercise.kind.letter}
        yield Problem(exercise.folder / "starter.sql", 1, "starter_without_blanks", params)
