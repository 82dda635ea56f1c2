"""What the gradebook says about one learner's assignment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from classroom.mentor.place.gradebook import NO_RESPONSE, open_gradebook

if TYPE_CHECKING:
    import datetime as dt

    from classroom.mentor.place.folder import MentorFolder


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
    def waiting(self) -> bool:
        """Whether something is still to be marked by a person."""
        return any(each.points is None for each in self.exercises.values())


def read_marks(folder: MentorFolder, assignment: str, student: str) -> Marks:
    """The marks of a learner; empty if nothing was handed in."""
    from nbgrader.api import MissingEntry

    with open_gradebook(folder) as gradebook:
        try:
            submission = gradebook.find_submission(assignment, student)
        except MissingEntry:
            return Marks()
        due = submission.assignment.duedate
        if due is not None and submission.extension is not None:
            due += submission.extension
        exercises: dict[str, ExerciseMark] = {}
        penalty = 0.0
        for notebook in submission.notebooks:
            penalty += notebook.late_submission_penalty or 0.0
            comments = {each.name.partition("-")[2]: each for each in notebook.comments}
            for grade in notebook.grades:
                name = grade.name.partition("-")[2]
                said = comments.get(name)
                points = None if grade.manual_score is None and grade.auto_score is None else float(grade.score)
                text = (said.manual_comment or "") if said is not None else ""
                untouched = said is not None and said.auto_comment == NO_RESPONSE
                exercises[name] = ExerciseMark(points, float(grade.max_score), text, untouched)
        total = sum(each.points or 0.0 for each in exercises.values())
        return Marks(
            total - penalty,
            sum(each.possible for each in exercises.values()),
            penalty,
            due,
            submission.timestamp,
            dict(sorted(exercises.items())),
        )
