"""All lessons and all learners in one table: state, score, lateness, and exercise by exercise what is right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from classroom.mentor.grading.states import HandInState
from classroom.mentor.place.class_store import class_file
from classroom.points import whole_points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.mentor.classpage.progress_files import LearnersFile
    from classroom.mentor.classpage.whole import WholeClass

GOOD = 0.8
"""The share of a lesson's points from which a learner is said to have it."""


class LessonState(StrEnum):
    """How one learner stands with one lesson."""

    NOTHING = "nothing"
    WORKING = "working"
    """Tried, not handed in."""
    TO_GRADE = "to_grade"
    REFUSED = "refused"
    TO_MARK = "to_mark"
    GRADED = "graded"
    """Nothing waits; not given back as it now stands."""
    RETURNED = "returned"


@dataclass(frozen=True)
class LessonSquare:
    """One learner at one lesson."""

    student: str
    lesson: str
    state: LessonState
    right: int = 0
    """Exercises that are right: as marked, else as the learner's own file tells."""
    exercises: int = 0
    points: int | None = None
    """In whole ones; None unless what lies there is graded."""
    possible: int | None = None
    is_good: bool = False
    late: bool = False
    partner: str = ""
    """The id of whom it is handed in with."""


@dataclass(frozen=True)
class LessonColumn:
    """One lesson's head."""

    id: str
    title: str
    exercises: int
    released: bool
    due: str | None


@dataclass(frozen=True)
class Matrix:
    """The table; squares in which nothing is are left out."""

    lessons: tuple[LessonColumn, ...]
    squares: tuple[LessonSquare, ...]


def matrix(view: WholeClass) -> Matrix:
    """The table of the class."""
    lang, released = view.folder.lang, set(view.released)
    placed = {each.id: each.placed_ids(lang) for each in view.folder.course.lessons}
    columns = tuple(
        LessonColumn(each.id, each.record.title[lang], len(placed[each.id]), each.id in released, view.due.get(each.id))
        for each in view.folder.course.lessons
    )
    squares, partners = [], class_file(view.folder).partners()
    for learner in view.learners:
        done, tried = _own_work(view.files.get(learner.id))
        for lesson, exercises in placed.items():
            own, begun = len(done.intersection(exercises)), bool(tried.intersection(exercises))
            square = _square(view, learner.id, lesson, len(exercises), own, begun=begun)
            squares.append(replace(square, partner=partners.get((learner.id, lesson), "")))
    return Matrix(columns, tuple(each for each in squares if each.state is not LessonState.NOTHING))


def _own_work(file: LearnersFile | None) -> tuple[set[str], set[str]]:
    """The exercises that were right in the learner's own folder, and all that were tried."""
    if file is None:
        return set(), set()
    return {each.exercise for each in file.attempts if each.status == "accepted"}, {
        each.exercise for each in file.attempts
    }


def _square(view: WholeClass, student: str, lesson: str, exercises: int, own: int, *, begun: bool) -> LessonSquare:
    state = view.states.get(lesson, {}).get(student)
    mark = view.marks.get((lesson, student))
    if state is None or mark is None:
        found = LessonState(state.value) if state is not None else LessonState.WORKING if begun else LessonState.NOTHING
        return LessonSquare(student, lesson, found, own, exercises)
    found = LessonState.RETURNED if view.is_back(lesson, student) else LessonState(state.value)
    is_marked = state in (HandInState.TO_MARK, HandInState.GRADED)  # more time makes a row for who has no marks
    return LessonSquare(
        student,
        lesson,
        found,
        sum(each.is_full for each in mark.exercises.values()) if is_marked else own,
        exercises,
        whole_points(mark.total, mark.possible) if is_marked else None,
        whole_points(mark.possible, mark.possible) if is_marked else None,
        mark.possible > 0 and mark.total >= GOOD * mark.possible,
        mark.is_late,
    )


def good_at(table: Matrix) -> Iterator[LessonSquare]:
    """The squares whose lesson the learner has."""
    return (each for each in table.squares if each.is_good)
