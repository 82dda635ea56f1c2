"""Who is owed a lesson's feedback: graded, and not given back as it now stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from classroom.mentor.collecting.collect import received_file
from classroom.mentor.grading.states import HandInState
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.returning.send import facts_of, taken_away, told_feedback

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from classroom.exchange.records import Feedback
    from classroom.mentor.grading.marks import Marks
    from classroom.mentor.place.folder import MentorFolder
    from classroom.mentor.returning.send import Facts


@dataclass(frozen=True)
class OwedPages:
    """Whom a lesson's page, or a newer one, has still to reach."""

    ready: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    """Whose page would take away a comment or points that they have: it isn't sent unless a person says so."""


def owed(
    folder: MentorFolder,
    assignment: str,
    states: Mapping[str, HandInState],
    marks: Mapping[tuple[str, str], Marks],
) -> OwedPages:
    """The learners of a lesson who have still to get their page; whoever waits for a person's mark is not among them."""
    graded = [student for student, state in states.items() if state is HandInState.GRADED]
    if folder.has_stock_exchange:
        return OwedPages(tuple(student for student in graded if _is_unwritten(folder, assignment, student)))
    told = lately_told(folder, assignment)
    found: dict[bool, list[str]] = {False: [], True: []}
    for student in graded:
        if (mark := marks.get((assignment, student))) is None:
            continue
        has = told.get(student)
        if has is None or not _says(has, mark):
            found[has is not None and bool(taken_away(facts_of(has), _facts_in(mark)))].append(student)
    return OwedPages(tuple(found[False]), tuple(found[True]))


_known: dict[tuple[Path, str], dict[str, tuple[str, Feedback]]] = {}


def lately_told(folder: MentorFolder, assignment: str) -> dict[str, Feedback]:
    """What each learner was given back last, without its page, which is long: a letter that was read is known by its digest."""
    digests = received_file(folder).told_digests(f"feedback {assignment}")
    known = _known.setdefault((folder.root, assignment), {})
    if any(known.get(learner, ("",))[0] != digest for learner, digest in digests.items()):
        found = told_feedback(folder, assignment)
        for each in found.keys() & digests.keys():
            known[each] = (digests[each], replace(found[each], page=""))
    return {learner: told for learner, (digest, told) in known.items() if digests.get(learner) == digest}


def _is_unwritten(folder: MentorFolder, assignment: str, student: str) -> bool:
    """Nbgrader's exchange does not tell what lies in it: the page that was made last speaks for it."""
    store = DeskStore(folder.store_path)
    made = store.feedback(assignment, student)
    graded = store.submissions(assignment, student)
    return bool(graded) and (not made or made[-1][0] < graded[-1].graded_at)


def _says(told: Feedback, marks: Marks) -> bool:
    """Whether it is what would be sent now."""
    return told.points == marks.total and facts_of(told) == _facts_in(marks)


def _facts_in(marks: Marks) -> Facts:
    return {name: (each.points, each.comment) for name, each in marks.exercises.items()}
