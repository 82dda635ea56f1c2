"""All lessons and all learners in one table: state, score, lateness, and stretch by stretch what is done."""

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
    from classroom.mentor.grading.marks import Marks
    from coursebook import Lesson

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


class StretchState(StrEnum):
    """How one learner stands with one stretch of a lesson."""

    OPEN = "open"
    """Nothing of it was tried."""
    BEGUN = "begun"
    DONE = "done"
    """Each of its exercises is right, or written and for a person to mark."""


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
    stretches: tuple[StretchState, ...] = ()
    """In the lesson's order: as marked, else as the learner's own file tells."""


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


@dataclass(frozen=True)
class _Parts:
    """What a lesson consists of."""

    exercises: frozenset[str]
    stretches: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class _Work:
    """The exercises that a learner has right, has done (right, or for a person to mark), and has tried at all."""

    right: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    tried: frozenset[str] = frozenset()


def matrix(view: WholeClass) -> Matrix:
    """The table of the class."""
    lang, released = view.folder.lang, set(view.released)
    parts = {each.id: _parts(each, lang) for each in view.folder.course.lessons}
    columns = tuple(
        LessonColumn(
            each.id, each.record.title[lang], len(parts[each.id].exercises), each.id in released, view.due.get(each.id)
        )
        for each in view.folder.course.lessons
    )
    squares, partners = [], class_file(view.folder).partners()
    for learner in view.learners:
        own = _own_work(view.files.get(learner.id))
        for lesson, of in parts.items():
            square = _square(view, learner.id, lesson, of, own)
            if square.state is not LessonState.NOTHING:
                squares.append(replace(square, partner=partners.get((learner.id, lesson), "")))
    return Matrix(columns, tuple(squares))


def _parts(lesson: Lesson, lang: str) -> _Parts:
    stretches = (frozenset(each.id for each in stretch.exercises) for stretch in lesson.stretches)
    return _Parts(frozenset(lesson.placed_ids(lang)), tuple(stretches))


def _own_work(file: LearnersFile | None) -> _Work:
    """What was done in the learner's own folder, in all lessons."""
    by_status: dict[str, set[str]] = {}
    for each in file.attempts if file is not None else ():
        by_status.setdefault(each.status, set()).add(each.exercise)
    right = frozenset(by_status.get("accepted", ()))
    return _Work(right, right.union(by_status.get("for_mentor", ())), frozenset().union(*by_status.values()))


def _marked_work(marks: Marks) -> _Work:
    """What was handed in of one lesson."""
    touched = {name: each for name, each in marks.exercises.items() if not each.untouched}
    right = frozenset(name for name, each in marks.exercises.items() if each.is_full)
    waits = (name for name, each in touched.items() if each.points is None)
    return _Work(right, right.union(waits), right.union(touched))


def _stretches(of: _Parts, work: _Work) -> tuple[StretchState, ...]:
    return tuple(
        StretchState.DONE
        if each <= work.done
        else StretchState.OPEN
        if each.isdisjoint(work.tried)
        else StretchState.BEGUN
        for each in of.stretches
    )


def _square(view: WholeClass, student: str, lesson: str, of: _Parts, own: _Work) -> LessonSquare:
    state, mark = view.states.get(lesson, {}).get(student), view.marks.get((lesson, student))
    if state is None or mark is None:
        begun = LessonState.NOTHING if own.tried.isdisjoint(of.exercises) else LessonState.WORKING
        found = LessonState(state.value) if state is not None else begun
        return LessonSquare(student, lesson, found, *_counted(of, own), stretches=_stretches(of, own))
    found = LessonState.RETURNED if view.is_back(lesson, student) else LessonState(state.value)
    is_marked = state in (HandInState.TO_MARK, HandInState.GRADED)  # more time makes a row for who has no marks
    work = _marked_work(mark) if is_marked else own
    return LessonSquare(
        student,
        lesson,
        found,
        *_counted(of, work),
        whole_points(mark.total, mark.possible) if is_marked else None,
        whole_points(mark.possible, mark.possible) if is_marked else None,
        mark.possible > 0 and mark.total >= GOOD * mark.possible,
        mark.is_late,
        stretches=_stretches(of, work),
    )


def _counted(of: _Parts, work: _Work) -> tuple[int, int]:
    """How many exercises are right, of how many."""
    return len(work.right & of.exercises), len(of.exercises)


def good_at(table: Matrix) -> Iterator[LessonSquare]:
    """The squares whose lesson the learner has."""
    return (each for each in table.squares if each.is_good)
