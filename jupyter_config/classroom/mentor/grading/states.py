"""How each learner's hand-in of a lesson stands at the desk."""

from __future__ import annotations

import datetime as dt
import os
from enum import StrEnum
from typing import TYPE_CHECKING

from classroom.mentor.collecting.handin import seen_of, submitted
from classroom.mentor.grading.store import UNKEPT, DeskStore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from classroom.mentor.grading.marks import Marks
    from classroom.mentor.grading.store import DeskSubmission
    from classroom.mentor.place.folder import MentorFolder


class HandInState(StrEnum):
    """What has become of a hand-in."""

    TO_GRADE = "to_grade"
    REFUSED = "refused"
    TO_MARK = "to_mark"
    """Graded, but for what a person has to mark."""
    GRADED = "graded"


def to_grade(folder: MentorFolder, assignment: str) -> tuple[str, ...]:
    """The learners whose hand-in has come since theirs was graded."""
    states = hand_in_states(folder, assignment, None)
    return tuple(student for student, state in states.items() if state is HandInState.TO_GRADE)


def hand_in_states(
    folder: MentorFolder, assignment: str, marks: Mapping[tuple[str, str], Marks] | None
) -> dict[str, HandInState]:
    """The state of each hand-in of a lesson; `marks` by assignment and learner, None where they are not looked at.

    What grading would take up is to be graded, and what it left as it was is not: grading notes what it has seen.
    """
    store = DeskStore(folder.store_path)
    rows, unjudged = store.submissions(assignment), store.unjudged(assignment)
    refused = {each.student: each for each in rows if each.state == "refused"}
    graded = {each.student: each for each in rows if each.state != "refused"}
    found, autograded = {}, os.fspath(folder.root / "autograded")
    for student, place in submitted(folder, assignment, None):
        last = refused.get(student) or graded.get(student)
        if last is None or not _is_as_it_was(place, last):
            found[student] = HandInState.TO_GRADE
        elif last.state == "refused":
            found[student] = HandInState.REFUSED
        elif not os.path.isdir(os.path.join(autograded, student, assignment)):  # noqa: PTH112, PTH118  (asked for every hand-in of a class)
            found[student] = HandInState.TO_GRADE
        elif marks is None:
            found[student] = HandInState.TO_GRADE if student in unjudged else HandInState.GRADED
        else:
            found[student] = _marked(marks.get((assignment, student)), is_judged=student not in unjudged)
    return found


def _is_as_it_was(place: Path, last: DeskSubmission) -> bool:
    """Whether what lies there is what was looked at last.

    Of what was graded before the desk kept what it saw, the disk is asked: a file that is written or copied later says so, whatever time it bears.
    """
    if last.seen != UNKEPT:
        return bool(last.seen) and seen_of(place) == last.seen
    try:
        changed = max((each.lstat().st_ctime for each in place.glob("*.ipynb")), default=0.0)
        return changed <= dt.datetime.fromisoformat(last.graded_at).timestamp()
    except (OSError, ValueError):
        return False


def _marked(mark: Marks | None, *, is_judged: bool) -> HandInState:
    """The state of what was graded; whoever was marked by a person waits for no judge."""
    if mark is None:
        return HandInState.TO_GRADE
    if not mark.waiting:
        return HandInState.GRADED
    return HandInState.TO_MARK if is_judged else HandInState.TO_GRADE
