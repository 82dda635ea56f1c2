"""How each learner's hand-in of a lesson stands at the desk."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from classroom.mentor.collecting.handin import read_timestamp
from classroom.mentor.collecting.reading import HandinRefused
from classroom.mentor.grading.grade import submitted
from classroom.mentor.grading.store import DeskStore

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
    states = hand_in_states(folder, assignment, {})
    return tuple(student for student, state in states.items() if state is HandInState.TO_GRADE)


def hand_in_states(
    folder: MentorFolder, assignment: str, marks: Mapping[tuple[str, str], Marks]
) -> dict[str, HandInState]:
    """The state of each hand-in of a lesson; `marks` by assignment and learner."""
    rows = DeskStore(folder.store_path).submissions(assignment)
    refused = {each.student: each for each in rows if each.state == "refused"}
    graded = {each.student: each for each in rows if each.state != "refused"}
    found = {}
    for student, place in submitted(folder, assignment, None):
        mark = marks.get((assignment, student))
        if student in refused:
            is_new = _is_newer(place, refused[student])
            found[student] = HandInState.TO_GRADE if is_new else HandInState.REFUSED
        elif (last := graded.get(student)) is None or _is_another(place, last) or _is_newer(place, last):
            found[student] = HandInState.TO_GRADE
        else:
            found[student] = HandInState.TO_MARK if mark is not None and mark.waiting else HandInState.GRADED
    return found


def _is_another(place: Path, last: DeskSubmission) -> bool:
    """Whether what lies there says another time: a copy keeps the times of its files, so these alone tell nothing."""
    try:
        when, _ = read_timestamp(place)
    except HandinRefused:
        return False
    return when is not None and when.isoformat() != last.submitted_at


def _is_newer(place: Path, last: DeskSubmission) -> bool:
    """Whether a notebook was written since; the folder's own time is another whenever a file beside it is looked into."""
    graded = dt.datetime.fromisoformat(last.graded_at).timestamp()
    return any(each.lstat().st_mtime > graded for each in place.glob("*.ipynb"))
