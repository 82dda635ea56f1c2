"""What the gradebook says about one learner's assignment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from classroom.mentor.place.gradebook import NO_RESPONSE, open_gradebook
from classroom.sqlite_file import stamp_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

_MOST_KNOWN = 4
"""So many folders' marks are kept in memory."""


@dataclass(frozen=True)
class ExerciseMark:
    """One exercise: points (None until a person has marked it) and the mentor's comment."""

    points: float | None
    possible: float
    comment: str = ""
    untouched: bool = False
    """The cell holds what was released."""

    @property
    def is_full(self) -> bool:
        """Whether all its points were given, by the judge or by a person."""
        return self.points is not None and self.points >= self.possible > 0


@dataclass(frozen=True)
class Marks:
    """An assignment's marks."""

    total: float = 0.0
    """After the late penalty."""
    possible: float = 0.0
    penalty: float = 0.0
    duedate: dt.datetime | None = None
    """With the learner's own extension."""
    submitted: dt.datetime | None = None
    exercises: dict[str, ExerciseMark] = field(default_factory=dict)

    @property
    def is_late(self) -> bool:
        """Whether it was handed in after its due date."""
        return self.submitted is not None and self.duedate is not None and self.submitted > self.duedate

    @property
    def waiting(self) -> bool:
        """Whether something is still to be marked by a person."""
        return any(each.points is None for each in self.exercises.values())


def read_marks(folder: MentorFolder, assignment: str, student: str) -> Marks:
    """The marks of a learner; empty if nothing was handed in."""
    return all_marks(folder, assignment, student).get((assignment, student), Marks())


def all_marks(
    folder: MentorFolder, assignment: str | None = None, student: str | None = None
) -> dict[tuple[str, str], Marks]:
    """The marks by assignment and learner, of all or of those named; read at once, however many there are.

    Those of a whole class are read anew once the gradebook was written to: it is looked at every minute, and thousands of hand-ins take half a second.
    """
    path = folder.own_gradebook if assignment is None and student is None else None
    stamp = stamp_of(path) if path is not None else ()  # before it is read: what is written meanwhile is another
    if path is None or not stamp:
        return _read(folder, assignment, student)
    known = _known.get(path)
    if known is None or known[0] != stamp:
        known = (stamp, _read(folder, None, None))
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[path] = known
    return dict(known[1])


_known: dict[Path, tuple[tuple[int, ...], dict[tuple[str, str], Marks]]] = {}


def _read(folder: MentorFolder, assignment: str | None, student: str | None) -> dict[tuple[str, str], Marks]:
    with open_gradebook(folder) as gradebook:
        submitted, written = _submitted(gradebook, assignment, student), _written(gradebook, assignment, student)
    return {(each.assignment, each.student): _marks(each, written.get(each.id, ())) for each in submitted.values()}


@dataclass
class _Submitted:
    """A row of the gradebook, with the penalties of its notebooks added up."""

    id: str
    assignment: str
    student: str
    duedate: dt.datetime | None
    timestamp: dt.datetime | None
    penalty: float = 0.0


def _named(query: Any, assignment: str | None, student: str | None) -> Any:
    from nbgrader.api import Assignment, SubmittedAssignment

    if assignment is not None:
        query = query.where(Assignment.name == assignment)
    return query if student is None else query.where(SubmittedAssignment.student_id == student)


def _submitted(gradebook: Any, assignment: str | None, student: str | None) -> dict[str, _Submitted]:
    from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import select

    query: Any = (
        select(
            *(SubmittedAssignment.id, Assignment.name, SubmittedAssignment.student_id, Assignment.duedate),
            *(SubmittedAssignment.extension, SubmittedAssignment.timestamp),
            SubmittedNotebook.late_submission_penalty,
        )
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
    )
    found: dict[str, _Submitted] = {}
    for key, name, who, due, extension, timestamp, penalty in gradebook.db.execute(_named(query, assignment, student)):
        until = due + extension if due is not None and extension is not None else due
        found.setdefault(key, _Submitted(key, name, who, until, timestamp)).penalty += penalty or 0.0
    return found


def _written(gradebook: Any, assignment: str | None, student: str | None) -> dict[str, list[tuple[str, ExerciseMark]]]:
    """Each exercise's mark by the id of the submission."""
    from nbgrader.api import Assignment, BaseCell, Comment, Grade, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import select

    def of(kind: Any, *columns: Any, only: Any = None) -> Any:
        query = (
            select(SubmittedAssignment.id, BaseCell.name, *columns)
            .join(SubmittedNotebook, SubmittedNotebook.id == kind.notebook_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .join(BaseCell, BaseCell.id == kind.cell_id)
        )
        query = query if only is None else query.where(only)
        return gradebook.db.execute(_named(query, assignment, student))

    is_said: Any = Comment.manual_comment.is_not(None) | (Comment.auto_comment == NO_RESPONSE)
    comments = {
        (key, name.partition("-")[2]): (manual or "", auto == NO_RESPONSE)
        for key, name, manual, auto in of(Comment, Comment.manual_comment, Comment.auto_comment, only=is_said)
    }
    found: dict[str, list[tuple[str, ExerciseMark]]] = {}
    columns = (Grade.auto_score, Grade.manual_score, Grade.score, Grade.max_score)
    for key, name, auto, manual, score, possible in of(Grade, *columns):
        exercise = name.partition("-")[2]
        points = None if manual is None and auto is None else float(score)
        said = comments.get((key, exercise), ("", False))
        found.setdefault(key, []).append((exercise, ExerciseMark(points, float(possible), *said)))
    return found


def _marks(row: _Submitted, exercises: Iterable[tuple[str, ExerciseMark]]) -> Marks:
    marked = dict(sorted(exercises, key=lambda each: each[0]))
    return Marks(
        sum(each.points or 0.0 for each in marked.values()) - row.penalty,
        sum(each.possible for each in marked.values()),
        row.penalty,
        row.duedate,
        row.timestamp,
        marked,
    )
