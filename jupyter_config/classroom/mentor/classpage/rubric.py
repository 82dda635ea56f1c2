"""Free-form answers: marks by criterion, two mentors' marks side by side, points into the gradebook."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

from classroom.mentor.classpage.groups import comment_on
from classroom.mentor.place.class_store import RubricMark, class_file
from classroom.mentor.place.wording import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.mentor.place.folder import MentorFolder
    from coursebook import LessonExercise

_MODELS = ("good", "over")
FAR_APART = 1.0
"""A difference in one criterion beyond which two mentors should talk."""


@dataclass(frozen=True)
class MarksCompared:
    """All mentors' marks for one answer."""

    student: str
    criterion: str
    points: Mapping[str, float]
    """By mentor."""

    @property
    def spread(self) -> float:
        """Largest minus smallest."""
        return max(self.points.values()) - min(self.points.values())


def model_texts(exercise: LessonExercise, lang: str) -> list[tuple[str, str]]:
    """A good answer in words, and one that claims too much, each with what it is; those that the exercise has."""
    found = ((kind, exercise.model_answers.get((kind, lang), "")) for kind in _MODELS)
    return [(told(f"rubric.model_{kind}", lang), text) for kind, text in found if text]


def mark_answer(
    folder: MentorFolder, assignment: str, exercise: str, student: str, mentor: str, points: Mapping[str, float]
) -> float:
    """Keep one mentor's marks and write the mentors' mean into the gradebook; give that mean.

    Raises:
        ValueError: a criterion is not the exercise's, or its points are out of range.
    """
    rubric = folder.course.exercise(exercise).rubric
    most = {each.id: each.points for each in rubric.criteria} if rubric else {}
    for criterion, given in points.items():
        if criterion not in most or not 0 <= given <= most[criterion]:
            raise ValueError(f"{criterion}: {given:g}")
    store = class_file(folder)
    for criterion, given in points.items():
        store.mark(assignment, RubricMark(student, exercise, mentor, criterion, given))
    totals: dict[str, float] = {}
    for mark in store.marks(assignment, exercise):
        if mark.student == student:
            totals[mark.mentor] = totals.get(mark.mentor, 0.0) + mark.points
    average = round(mean(totals.values()), 2)
    comment_on(folder, assignment, exercise, [student], points=average)
    return average


def compare_mentors(folder: MentorFolder, assignment: str, exercise: str) -> tuple[MarksCompared, ...]:
    """The criteria that two or more mentors have marked, those furthest apart first."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for mark in class_file(folder).marks(assignment, exercise):
        found.setdefault((mark.student, mark.criterion), {})[mark.mentor] = mark.points
    made = [MarksCompared(*key, points) for key, points in found.items() if len(points) > 1]
    return tuple(sorted(made, key=lambda each: (-each.spread, each.student, each.criterion)))
