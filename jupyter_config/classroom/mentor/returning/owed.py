"""Who is owed a lesson's feedback: graded, and not given back as it now stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.mentor.grading.states import HandInState
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.returning.send import told_feedback

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.exchange.records import Feedback
    from classroom.mentor.grading.marks import Marks
    from classroom.mentor.place.folder import MentorFolder


def owed(
    folder: MentorFolder,
    assignment: str,
    states: Mapping[str, HandInState],
    marks: Mapping[tuple[str, str], Marks],
) -> tuple[str, ...]:
    """The learners of a lesson who have still to get their page, or a newer one; whoever waits for a person's mark is not among them."""
    graded = [student for student, state in states.items() if state is HandInState.GRADED]
    if folder.has_stock_exchange:
        return tuple(student for student in graded if _is_unwritten(folder, assignment, student))
    told = told_feedback(folder, assignment)
    return tuple(
        student
        for student in graded
        if (mark := marks.get((assignment, student))) is not None
        and (student not in told or _differs(told[student], mark))
    )


def _is_unwritten(folder: MentorFolder, assignment: str, student: str) -> bool:
    """Nbgrader's exchange does not tell what lies in it: the page that was made last speaks for it."""
    store = DeskStore(folder.store_path)
    made = store.feedback(assignment, student)
    graded = store.submissions(assignment, student)
    return bool(graded) and (not made or made[-1][0] < graded[-1].graded_at)


def _differs(told: Feedback, marks: Marks) -> bool:
    known = {each.exercise: (each.points, each.comment) for each in told.exercises}
    now = {name: (each.points, each.comment) for name, each in marks.exercises.items()}
    return known != now or told.points != marks.total
