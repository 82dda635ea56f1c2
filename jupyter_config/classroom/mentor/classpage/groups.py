"""Answer groups: equal behaviour read once, marked and commented on once for all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from classroom.mentor.grading.judged import judgement_of
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.gradebook import open_gradebook

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from classroom.mentor.grading.marks import Marks
    from classroom.mentor.grading.store import DeskAnswer
    from classroom.mentor.place.folder import MentorFolder
    from coursebook import Judgement


FEWEST = 2
"""So many learners make a group that is worth a word to all of it."""
_WRONG = frozenset({"refuted", "partly", "invalid"})


@dataclass(frozen=True)
class AnswerGroup:
    """All answers to an exercise that behave alike."""

    assignment: str
    exercise: str
    fingerprint: str
    outcome: str
    near_miss: str | None
    code: str | None
    students: tuple[str, ...]
    texts: tuple[tuple[str, int], ...]
    """The different texts (normal forms) with how many learners wrote each, commonest first."""
    sample: DeskAnswer
    """One answer with the commonest text."""

    @property
    def size(self) -> int:
        """How many learners."""
        return len(self.students)


def answer_groups(folder: MentorFolder, assignment: str, exercise: str) -> tuple[AnswerGroup, ...]:
    """The groups of an exercise, largest first, right answers last."""
    groups: dict[str, list[DeskAnswer]] = {}
    for answer in DeskStore(folder.store_path).answers(assignment, exercise):
        groups.setdefault(answer.fingerprint, []).append(answer)
    made = [_group(assignment, exercise, members) for members in groups.values()]
    return tuple(sorted(made, key=lambda each: (each.outcome == "accepted", -each.size, each.fingerprint)))


def to_comment(folder: MentorFolder, assignment: str, marks: Mapping[tuple[str, str], Marks]) -> Counter[str]:
    """How many groups of wrong answers each exercise has that no author foresaw and no mentor has said anything to; that of the largest group first."""
    return Counter(
        each.exercise
        for each in DeskStore(folder.store_path).behaviours(assignment, _WRONG, FEWEST)
        if not any(_is_commented(marks.get((assignment, one)), each.exercise) for one in each.students)
    )


def _is_commented(marks: Marks | None, exercise: str) -> bool:
    mark = marks.exercises.get(exercise) if marks is not None else None
    return mark is not None and bool(mark.comment)


def _group(assignment: str, exercise: str, members: list[DeskAnswer]) -> AnswerGroup:
    counted = Counter(each.normal for each in members)
    texts = tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
    sample = next(each for each in members if each.normal == texts[0][0])
    students = tuple(sorted(each.student for each in members))
    return AnswerGroup(
        assignment, exercise, sample.fingerprint, sample.outcome, sample.near_miss, sample.code, students, texts, sample
    )


def judgement_on(folder: MentorFolder, answer: DeskAnswer, lang: str) -> Judgement | None:
    """What the learner was told about an answer."""
    kept = DeskStore(folder.store_path).judgement(answer.judgement_key)
    if kept is None:
        return None
    exercise = folder.course.exercise(answer.exercise).in_language(folder.lang)
    return judgement_of(kept, exercise, lang, answer.answer)


def comment_on(
    folder: MentorFolder,
    assignment: str,
    exercise: str,
    students: Iterable[str],
    *,
    comment: str = "",
    points: float | None = None,
) -> int:
    """Write one comment, and points if given, into the gradebook for all these learners; give how many there were.

    The scores of the judge stay beside the mentor's points, as nbgrader keeps them. An empty comment leaves comments alone.

    Raises:
        MissingEntry: one of them has handed nothing in; then nothing is written.
    """
    from nbgrader.api import Comment, Grade, MissingEntry

    wanted, touched = frozenset(students), set[str]()
    with open_gradebook(folder) as gradebook:
        if missing := wanted - {each.student_id for each in gradebook.assignment_submissions(assignment)}:
            raise MissingEntry(", ".join(sorted(missing)))
        if comment:
            for said, student in _of_exercise(gradebook, Comment, assignment, exercise, wanted):
                said.manual_comment = comment
                touched.add(student)
        if points is not None:
            for grade, student in _of_exercise(gradebook, Grade, assignment, exercise, wanted):
                grade.manual_score = min(max(points, 0.0), float(grade.max_score))
                grade.needs_manual_grade = False
                touched.add(student)
        gradebook.db.commit()
    if comment and touched:
        class_file(folder).note_comment(exercise, comment, len(touched))
    return len(touched)


def _of_exercise(
    gradebook: Any, kind: Any, assignment: str, exercise: str, students: Collection[str]
) -> list[tuple[Any, str]]:
    """These learners' comments or grades (nbgrader.api.Comment, Grade) at one exercise, each with the learner."""
    from nbgrader.api import Assignment, BaseCell, SubmittedAssignment, SubmittedNotebook

    found: list[tuple[Any, str]] = (
        gradebook.db.query(kind, SubmittedAssignment.student_id)
        .join(BaseCell, BaseCell.id == kind.cell_id)
        .join(SubmittedNotebook, SubmittedNotebook.id == kind.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .filter(Assignment.name == assignment, SubmittedAssignment.student_id.in_(students))
        .filter(BaseCell.name.in_([f"{role}-{exercise}" for role in ("answer", "grade", "task")]))
        .all()
    )
    return found
