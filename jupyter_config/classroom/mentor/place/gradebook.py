"""Writes a submission's scores into nbgrader's gradebook, in one transaction, as nbgrader's own steps would."""

from __future__ import annotations

import os
import sys
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from classroom.mentor.place.copies import is_gradebook_gone
from classroom.mentor.place.faults import DeskFault
from classroom.mentor.place.stores import GRADEBOOK
from classroom.mentor.place.template import Template, template_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from classroom.mentor.place.folder import MentorFolder

NO_RESPONSE = "No response."


class NoAssignment(LookupError):  # noqa: N818  (told to the mentor)
    """The gradebook has no such assignment: it was never generated."""


@contextmanager
def open_gradebook(folder: MentorFolder, *, anew: bool = False) -> Iterator[Any]:
    """The folder's gradebook, an nbgrader.api.Gradebook; an empty one is made where there was none, or with `anew`.

    Raises:
        DeskFault: it is gone; an empty one in its place would take everybody's marks away.
    """
    if not anew and is_gradebook_gone(folder):
        raise DeskFault("store_lost", files=GRADEBOOK)
    from nbgrader.api import Gradebook

    put_tools_on_path()
    gradebook: Any = Gradebook(folder.gradebook_url, folder.course_id)
    try:
        yield gradebook
    finally:
        gradebook.close()


def full_names(folder: MentorFolder) -> dict[str, str]:
    """The learners by id, as mentors know them: id, last and first name."""
    with open_gradebook(folder) as gradebook:
        return {
            each.id: f"{each.id} {each.last_name or ''} {each.first_name or ''}".strip() for each in gradebook.students
        }


def short_names(gradebook: Any) -> dict[str, str]:
    """The learners by id, as the class page names them: last and first name, the id where the list has neither."""
    return {
        each.id: " ".join(filter(None, (each.last_name, each.first_name))) or each.id for each in gradebook.students
    }


def names_of(folder: MentorFolder, students: Iterable[str]) -> list[str]:
    """Learners' names in that order, read at once; the id of who is not on the class list."""
    with open_gradebook(folder) as gradebook:
        names = short_names(gradebook)
    return [names.get(each, each) for each in students]


def name_of(folder: MentorFolder, student: str) -> str:
    """A learner's name; the id of who is not on the class list."""
    return names_of(folder, [student])[0]


def put_tools_on_path() -> None:
    """Let nbgrader find the commands that it calls, such as alembic, when the environment is not activated."""
    tools = str(Path(sys.executable).parent)
    if tools not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([tools, os.environ.get("PATH", "")])


@dataclass(frozen=True)
class Scores:
    """What grading found in one notebook, by cell name."""

    auto: Mapping[str, float | None]
    """Points of each grade cell; None where a person must mark it."""
    untouched: frozenset[str]
    """Solution cells that hold what was released."""


class AssignmentBook:
    """One assignment in the gradebook: its templates, and the writing of scores."""

    def __init__(self, gradebook: Any, folder: MentorFolder, assignment: str, config: Any = None) -> None:
        """`config` is the traitlets configuration that says what lateness costs; left out, the folder's own."""
        from nbgrader.api import MissingEntry

        try:
            self._assignment = gradebook.find_assignment(assignment)
        except MissingEntry as fault:
            raise NoAssignment(assignment) from fault
        if not self._assignment.notebooks:
            raise NoAssignment(assignment)  # known by its name alone, from when the folder was made
        self._session = gradebook.db
        release = folder.step("release", ".", assignment)
        notebooks = list(self._assignment.notebooks)
        self.templates: tuple[Template, ...] = tuple(
            template_of(each, release / f"{each.name}.ipynb") for each in notebooks
        )
        self._notebook_ids = {each.name: each.id for each in notebooks}
        # a free-form answer is a grade cell and a solution cell of one name
        self._graded_ids = {
            each.name: {cell.name: cell.id for cell in (*each.grade_cells, *each.task_cells)} for each in notebooks
        }
        self._commented_ids = {
            each.name: {cell.name: cell.id for cell in (*each.solution_cells, *each.task_cells)} for each in notebooks
        }
        self._assignment_id, self._duedate = self._assignment.id, self._assignment.duedate
        self._penalties = _Penalties(folder.config if config is None else config)
        self._session.commit()

    def graded(self) -> frozenset[str]:
        """The students who have scores."""
        from nbgrader.api import SubmittedAssignment as Submitted
        from sqlalchemy import select

        table = Submitted.__table__
        rows = self._session.execute(select(table.c.student_id).where(table.c.assignment_id == self._assignment_id))
        found = frozenset(row[0] for row in rows)
        self._session.commit()
        return found

    def save(
        self, student: str, timestamp: dt.datetime | None, scores: Mapping[str, Scores]
    ) -> dict[str, float | None]:
        """Write the scores of a submission, and give the automatic scores that stood there before, by cell name.

        Manual scores and comments are left alone; a score a person has given is marked for another look.
        """
        try:
            before = self._save(student, timestamp, scores)
            self._session.commit()
        except BaseException:
            self._session.rollback()
            raise
        return before

    def _save(
        self, student: str, timestamp: dt.datetime | None, scores: Mapping[str, Scores]
    ) -> dict[str, float | None]:
        from nbgrader.api import Student, SubmittedAssignment, SubmittedNotebook

        if not self._find(Student.__table__, id=student):
            self._session.execute(Student.__table__.insert().values(id=student))
        submitted = SubmittedAssignment.__table__
        key = {"assignment_id": self._assignment_id, "student_id": student}
        row = self._find(submitted, **key)
        if row is None:
            row_id = self._insert(submitted, timestamp=timestamp, **key)
            extension = None
        else:
            row_id, extension = row.id, row.extension
            if timestamp is None:
                timestamp = row.timestamp
            else:
                self._session.execute(submitted.update().where(submitted.c.id == row_id).values(timestamp=timestamp))
        before: dict[str, float | None] = {}
        for name, notebook_id in self._notebook_ids.items():
            table = SubmittedNotebook.__table__
            known = self._find(table, assignment_id=row_id, notebook_id=notebook_id)
            place = (
                known.id if known else self._insert(table, assignment_id=row_id, notebook_id=notebook_id, flagged=False)
            )
            found = scores.get(name)
            total = self._save_grades(name, place, found, before)
            self._save_comments(name, place, found)
            late = _seconds_late(timestamp, self._duedate, extension)
            penalty = self._penalties.penalty(student, total, late)
            self._session.execute(table.update().where(table.c.id == place).values(late_submission_penalty=penalty))
        return before

    def _save_grades(self, notebook: str, place: str, scores: Scores | None, before: dict[str, float | None]) -> float:
        from nbgrader.api import Grade
        from sqlalchemy import select

        table, total = Grade.__table__, 0.0
        rows = {row.cell_id: row for row in self._session.execute(select(table).where(table.c.notebook_id == place))}
        template = next(each for each in self.templates if each.name == notebook)
        for cell in template.cells:
            if cell.points is None:
                continue
            cell_id = self._graded_ids[notebook][cell.name]
            row = rows.get(cell_id)
            auto = scores.auto.get(cell.name) if scores is not None else 0.0
            manual = row.manual_score if row is not None else None
            values = {
                "auto_score": auto,
                "needs_manual_grade": scores is not None and (manual is not None or auto is None),
            }
            if row is None:
                self._insert(table, cell_id=cell_id, notebook_id=place, **values)
            else:
                before[cell.name] = row.auto_score
                self._session.execute(table.update().where(table.c.id == row.id).values(**values))
            given = manual if manual is not None else auto
            total += 0.0 if given is None else given + ((row.extra_credit or 0.0) if row is not None else 0.0)
        return total

    def _save_comments(self, notebook: str, place: str, scores: Scores | None) -> None:
        from nbgrader.api import Comment
        from sqlalchemy import select

        table = Comment.__table__
        rows = {row.cell_id: row for row in self._session.execute(select(table).where(table.c.notebook_id == place))}
        template = next(each for each in self.templates if each.name == notebook)
        for cell in template.cells:
            if not (cell.solution or cell.task):
                continue
            cell_id = self._commented_ids[notebook][cell.name]
            said = NO_RESPONSE if scores is not None and cell.name in scores.untouched else None
            if cell_id not in rows:
                self._insert(table, cell_id=cell_id, notebook_id=place, auto_comment=said)
            elif rows[cell_id].auto_comment != said:
                change = table.update().where(table.c.id == rows[cell_id].id).values(auto_comment=said)
                self._session.execute(change)

    def _find(self, table: Any, **key: object) -> Any:
        from sqlalchemy import select

        query = select(table).where(*(table.c[name] == value for name, value in key.items()))
        return self._session.execute(query).first()

    def _insert(self, table: Any, **values: object) -> str:
        row_id = uuid.uuid4().hex
        self._session.execute(table.insert().values(id=row_id, **values))
        return row_id


class _Penalties:
    """What nbgrader's configured plugin takes off for lateness."""

    def __init__(self, config: Any) -> None:
        from nbgrader.preprocessors import AssignLatePenalties

        step: Any = AssignLatePenalties
        self._step: Any = step(config=config)
        self._step.init_plugin()

    def penalty(self, student: str, score: float, seconds_late: float) -> float | None:
        """Points to take off, never more than there are; None in time."""
        if seconds_late <= 0:
            return None
        penalty = self._step.plugin_inst.late_submission_penalty(student, score, seconds_late)
        if penalty is None:
            return None
        return float(self._step._check_late_penalty(SimpleNamespace(score=score), penalty))  # noqa: SLF001  (nbgrader's own rule)


def _seconds_late(timestamp: dt.datetime | None, duedate: dt.datetime | None, extension: dt.timedelta | None) -> float:
    if timestamp is None or duedate is None:
        return 0.0
    return max(0.0, (timestamp - (duedate + extension if extension else duedate)).total_seconds())
