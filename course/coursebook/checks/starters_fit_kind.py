"""A starter is what its kind promises: blanks to fill, the bug to fix, the lines to arrange, a chart to choose."""

from collections.abc import Iterator

from coursebook.lesson import Lesson
from coursebook.problem import Problem


def starters_fit_kind(lesson: Lesson) -> Iterator[Problem]:
    """What the starters lack for their kinds."""
    for exercise in lesson.exercises:
        yield from exercise.kind.starter_faults(exercise)
