"""nbgrader's Autograde with our steps: a submission is restored when it is read, and judged in place of being executed."""

# mypy: disable-error-code="no-untyped-call, no-any-return, union-attr"

from __future__ import annotations

import logging
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import finalize

import nbformat.v4
from nbconvert.exporters import NotebookExporter
from nbformat import from_dict
from nbgrader.preprocessors.base import NbGraderPreprocessor

from classroom.mentor.collecting.handin import Handin, read_handin
from classroom.mentor.collecting.reading import HandinRefused
from classroom.mentor.grading.desk import MentorDesk
from classroom.mentor.grading.grade import found_in, record, rules_stamp, scores_of
from classroom.mentor.grading.marked import mark, questions_of
from classroom.mentor.place.faults import patiently
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.gradebook import AssignmentBook, open_gradebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from classroom.mentor.grading.judged import StoredJudgement
    from classroom.mentor.grading.questions import JudgingTask

_log = logging.getLogger(__name__)


class CannotGrade(Exception):  # noqa: N818  (nbgrader reports it for this submission and goes on)
    """A submission was refused; the message says why."""


class RestoringExporter(NotebookExporter):
    """Reads a submitted notebook as text that is put into the released one; nbgrader's steps see only the result."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Convert the file at a path."""
        path, place = Path(filename), resources["nbgrader"]
        sitting = sitting_of(self.parent, place["assignment"])
        if path.parent != sitting.desk.folder.step("submitted", place["student"], place["assignment"]):
            notebook = nbformat.v4.reads(path.read_text(encoding="utf-8"))
            return self.from_notebook_node(notebook, resources=resources, **kw)
        restored = sitting.handin(place["student"]).restored[place["notebook"]]
        for remark in restored.remarks:
            self.log.warning("%s: %s %s", path, remark.code, dict(remark.params))
        return self.from_notebook_node(from_dict(restored.notebook), resources=resources, **kw)


class JudgeCells(NbGraderPreprocessor):
    """Puts the verdict under each answer and the points under each grade cell, and keeps the scores; nothing is executed.

    Stands for Execute, LimitOutput, SaveAutoGrades and AssignLatePenalties: one transaction for all scores of a hand-in.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Mark one notebook, write the scores into the gradebook, and keep the answers at the desk."""
        place = resources["nbgrader"]
        converter = self.parent.parent
        sitting = sitting_of(converter, place["assignment"])
        sitting.judge_ahead(converter.assignments)
        handin = sitting.handin(place["student"])
        asked = questions_of(handin.answers, sitting.desk)
        judged = sitting.desk.judgements(asked.values())
        found = found_in(handin, asked, judged)
        mark(nb, found, sitting.desk)
        sitting.save_scores(handin, found)
        earlier = sitting.desk.store.submissions(place["assignment"], place["student"])
        record(sitting.desk, place["assignment"], handin, asked, found, sitting.stamp, earlier=earlier)
        return from_dict(nb), resources


class Sitting:
    """What one command of nbgrader needs for one assignment, read once."""

    def __init__(self, folder: MentorFolder, assignment: str, config: Any) -> None:
        self.desk = MentorDesk(folder)
        self.assignment = assignment
        opened = ExitStack()
        finalize(self, opened.close)
        gradebook = opened.enter_context(open_gradebook(folder))
        self._book = AssignmentBook(gradebook, folder, assignment, config)
        self.templates = self._book.templates
        self.stamp = rules_stamp(self.desk, self.templates)
        self._last: Handin | None = None
        self._judged_ahead = False

    def handin(self, student: str) -> Handin:
        """A learner's hand-in, the last one read again without reading.

        Raises:
            CannotGrade: it was refused.
        """
        if self._last is None or self._last.student != student:
            place = self.desk.folder.step("submitted", student, self.assignment)
            try:
                self._last = read_handin(student, place, self.templates, self.desk.folder.course)
            except HandinRefused as refusal:
                raise CannotGrade(f"{refusal.remark.code} {dict(refusal.remark.params)}") from refusal
        return self._last

    def save_scores(self, handin: Handin, found: Mapping[str, StoredJudgement]) -> None:
        """Write a hand-in's scores and what lateness costs."""
        scores = scores_of(handin, self.templates, found)
        patiently(lambda: self._book.save(handin.student, handin.timestamp, scores))

    def judge_ahead(self, places: Iterable[str]) -> None:
        """Judge what all these submissions ask, on all cores, before the first of them is marked."""
        if self._judged_ahead:
            return
        self._judged_ahead = True
        questions: list[JudgingTask] = []
        for place in map(Path, places):
            try:
                handin = read_handin(place.parent.name, place, self.templates, self.desk.folder.course)
                questions += questions_of(handin.answers, self.desk).values()
            except HandinRefused:
                continue
            except Exception:  # noqa: BLE001  (nbgrader meets it again when its turn comes, and tells it)
                _log.exception("the hand-in in %s could not be read", place)
        self.desk.judgements(questions)


def sitting_of(converter: Any, assignment: str) -> Sitting:
    """The converter's own sitting for an assignment."""
    kept: dict[str, Sitting] = converter.__dict__.setdefault("_penguin_sittings", {})
    if assignment not in kept:
        kept[assignment] = Sitting(MentorFolder(Path(converter.coursedir.root)), assignment, converter.config)
    return kept[assignment]
