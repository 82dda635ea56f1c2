"""Answer groups: equal behaviour read once, marked and commented on once for all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.cohort.store import ClassStore
from classroom.mentor.gradebook import open_gradebook
from classroom.mentor.judged import judgement_of
from classroom.mentor.store import DeskStore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.mentor.place import MentorFolder
    from classroom.mentor.store import DeskAnswer
    from coursebook import Judgement


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


def class_file(folder: MentorFolder) -> ClassStore:
    """The class's own file in a mentor's folder."""
    return ClassStore(folder.desk / "class.db")


def answer_groups(folder: MentorFolder, assignment: str, exercise: str) -> tuple[AnswerGroup, ...]:
    """The groups of an exercise, largest first, right answers last."""
    groups: dict[str, list[DeskAnswer]] = {}
    for answer in DeskStore(folder.store_path).answers(assignment, exercise):
        groups.setdefault(answer.fingerprint, []).append(answer)
    made = [_group(assignment, exercise, members) for members in groups.values()]
    return tuple(sorted(made, key=lambda each: (each.outcome == "accepted", -each.size, each.fingerprint)))


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
    """
    changed = 0
    with open_gradebook(folder) as gradebook:
        for student in students:
            submission = gradebook.find_submission(assignment, student)
            for notebook in submission.notebooks:
                changed += _write(notebook, exercise, comment, points)
        gradebook.db.commit()
    if comment and changed:
        class_file(folder).note_comment(exercise, comment, changed)
    return changed


def _write(notebook: object, exercise: str, comment: str, points: float | None) -> bool:
    touched = False
    for said in notebook.comments:  # type: ignore[attr-defined]
        if said.name.partition("-")[2] == exercise and comment:
            said.manual_comment, touched = comment, True
    for grade in notebook.grades:  # type: ignore[attr-defined]
        if grade.name.partition("-")[2] == exercise and points is not None:
            grade.manual_score = min(max(points, 0.0), float(grade.max_score))
            grade.needs_manual_grade, touched = False, True
    return touched
