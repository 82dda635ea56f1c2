"""Scores as a table: one row a learner and exercise."""

from __future__ import annotations

import csv
from itertools import product
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import EXPO
from classroom.mentor.expo.expos import handed_in
from classroom.mentor.expo.outcome import outcome_of
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.expo_store import ExpoMarksStore
from classroom.mentor.place.gradebook import open_gradebook
from classroom.spreadsheet import harmless
from coursebook.expo import MOST_POINTS, load_expo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

COLUMNS = (
    "assignment student first_name last_name exercise points possible outcome error_code near_miss attempt"
    " submitted_at late_penalty comment".split()
)


def export_grades(folder: MentorFolder, path: Path) -> int:
    """Write all scores as CSV that Excel opens right, and give the number of rows.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in (*_rows(folder), *_expo_rows(folder)):
            writer.writerow([harmless(each) for each in row])
            count += 1
    return count


def _rows(folder: MentorFolder) -> Iterator[list[object]]:
    store = DeskStore(folder.store_path)
    with open_gradebook(folder) as gradebook:
        assignments = [each.name for each in gradebook.assignments]
        students = [(each.id, each.first_name, each.last_name) for each in gradebook.students]
    for assignment in assignments:
        answers = {(each.student, each.exercise): each for each in store.answers(assignment)}
        for student, first, last in students:
            marks = read_marks(folder, assignment, student)
            for exercise, mark in marks.exercises.items():
                answer = answers.get((student, exercise))
                judged = [answer.outcome, answer.code, answer.near_miss, answer.attempt] if answer else [None] * 4
                yield [
                    *(assignment, student, first, last, exercise, mark.points, mark.possible),
                    *judged,
                    *(marks.submitted, marks.penalty, mark.comment),
                ]


def _expo_rows(folder: MentorFolder) -> Iterator[list[object]]:
    """A row for each row of the rubric of each Expo that a mentor has marked."""
    store, texts = ExpoMarksStore(folder), load_expo(folder.course.root)
    with open_gradebook(folder) as gradebook:
        names = {each.id: (each.first_name, each.last_name) for each in gradebook.students}
    for each in handed_in(folder):
        marks = store.marks(each.learner, each.codes)
        outcome = outcome_of(folder, each, texts)
        final = outcome.final
        state = "open" if final is None else "passed" if final.passes else "not_passed"
        given = outcome.result.points.items() if outcome.result else ()
        for learner, (letter, points) in product(each.everybody, given):
            comments = "\n".join(mark.comment for mark in marks if mark.letter == letter and mark.comment)
            first, last = names.get(learner, (None, None))
            yield [
                *(EXPO, learner, first, last, letter, f"{points:g}", MOST_POINTS),
                *(state, None, None, None),
                *(each.at, None, comments),
            ]
