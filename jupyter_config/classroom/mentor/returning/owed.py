"""Who is owed a lesson's feedback: graded, and not given back as it now stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from classroom.mentor.collecting.collect import received_file
from classroom.mentor.grading.states import HandInState
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.returning.send import told_feedback

if TYPE_CHECKING:
    from pathlib import Path

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
    told = _told(folder, assignment)
    return tuple(
        student
        for student in graded
        if (mark := marks.get((assignment, student))) is not None and told.get(student) != _facts_of_marks(mark)
    )


_Facts = tuple[float, Mapping[str, tuple[float | None, str]]]
"""Points in all, and each exercise's points and comment."""
_known: dict[tuple[Path, str], dict[str, tuple[str, _Facts]]] = {}


def _told(folder: MentorFolder, assignment: str) -> dict[str, _Facts]:
    """What each learner was given back last. A letter has a whole page in it: one that was read is known by its digest."""
    digests = received_file(folder).told_digests(f"feedback {assignment}")
    known = _known.setdefault((folder.root, assignment), {})
    if any(known.get(learner, ("",))[0] != digest for learner, digest in digests.items()):
        found = told_feedback(folder, assignment)
        known.update({each: (digests[each], _facts(found[each])) for each in found.keys() & digests.keys()})
    return {learner: facts for learner, (digest, facts) in known.items() if digests.get(learner) == digest}


def _is_unwritten(folder: MentorFolder, assignment: str, student: str) -> bool:
    """Nbgrader's exchange does not tell what lies in it: the page that was made last speaks for it."""
    store = DeskStore(folder.store_path)
    made = store.feedback(assignment, student)
    graded = store.submissions(assignment, student)
    return bool(graded) and (not made or made[-1][0] < graded[-1].graded_at)


def _facts(told: Feedback) -> _Facts:
    return told.points, {each.exercise: (each.points, each.comment) for each in told.exercises}


def _facts_of_marks(marks: Marks) -> _Facts:
    return marks.total, {name: (each.points, each.comment) for name, each in marks.exercises.items()}
