"""The class's lessons as one row a learner, in the columns that a learning platform knows.

Moodle takes the columns of its own grade export (https://docs.moodle.org/en/Grade_import): people by e-mail address or ID number, then a column
an item. Its importer makes a new item of 0 to 100 points, refuses a file in which somebody has more, and reads `-` as no grade; an empty field
would become one. Google Classroom imports no file of grades: its form is for Google Sheets, in the order of the table that Classroom gives out.
"""

from __future__ import annotations

import csv
from enum import StrEnum
from typing import TYPE_CHECKING

from classroom.mentor.grading.states import HandInState
from classroom.mentor.place.gradebook import open_gradebook
from classroom.points import FULL, out_of_full
from classroom.spreadsheet import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from classroom.mentor.classpage.whole import WholeClass


class LmsForm(StrEnum):
    """For which platform."""

    MOODLE = "moodle"
    CLASSROOM = "classroom"


def export_for_lms(view: WholeClass, form: LmsForm, path: Path) -> int:
    """Write each learner's points in each released lesson, once nothing of it waits for a mark; gives the number of learners.

    UTF-8 with a mark and commas, as Moodle, Google Sheets and Excel read it.
    """
    rows = list(_moodle(view) if form is LmsForm.MOODLE else _classroom(view))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return len(view.learners)


def _moodle(view: WholeClass) -> Iterator[Sequence[object]]:
    yield ["First name", "Last name", "ID number", "Email address", *_titles(view)]
    for student, first, last, email in _people(view):
        yield [first, last, harmless(student), email, *_points(view, student, none="-")]


def _classroom(view: WholeClass) -> Iterator[Sequence[object]]:
    yield ["Last Name", "First Name", "Email Address", *_titles(view)]
    yield ["Points", "", "", *(FULL for _ in view.released)]
    for student, first, last, email in _people(view):
        yield [last, first, email, *_points(view, student, none="")]


def _titles(view: WholeClass) -> list[object]:
    course = view.folder.course
    return [harmless(f"{each} {course.lesson(each).record.title[view.folder.lang]}") for each in view.released]


def _people(view: WholeClass) -> Iterator[tuple[str, object, object, object]]:
    """Id, first name, last name and e-mail address, in the order of the class list."""
    with open_gradebook(view.folder) as gradebook:
        listed = {each.id: (each.first_name, each.last_name, each.email) for each in gradebook.students}
    for each in view.learners:
        first, last, email = (harmless(one or "") for one in listed[each.id])
        yield each.id, first or harmless(each.id), last, email


def _points(view: WholeClass, student: str, none: str) -> Iterator[str]:
    for lesson in view.released:
        mark = view.marks.get((lesson, student))
        is_final = view.states[lesson].get(student) is HandInState.GRADED
        yield f"{out_of_full(mark.total, mark.possible):g}" if mark and is_final and mark.possible else none
