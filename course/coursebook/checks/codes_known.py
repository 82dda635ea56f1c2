"""Error codes, skills and clauses are those of the curriculum."""

import re
from collections.abc import Iterator

from coursebook.exercise import LessonExercise
from coursebook.hand_over import CLAUSE_OF
from coursebook.lesson import Lesson
from coursebook.problem import Problem
from coursebook.records import line_of_key

CODE = re.compile(r"E(0[1-8]|1[0-9]|2[0-9]|3[0-9]|4[0-9]|5[0-3]|6[0-3])$")
SKILL = re.compile(r"S(0[1-9]|[12]\d|3[0-9])$")
"""The error codes and skills of the curriculum, which has gaps between its groups of codes."""


def codes_known(lesson: Lesson) -> Iterator[Problem]:
    """Codes E01 to E63, skills S01 to S39, and the clauses that a hint can mark."""
    for exercise in lesson.exercises:
        record = exercise.record
        for code in record.codes:
            if not CODE.match(code):
                yield _problem(exercise, ("codes",), "code_unknown", code)
        for skill in record.skills:
            if not SKILL.match(skill):
                yield _problem(exercise, ("skills",), "skill_unknown", skill)
        for stem, near_miss in record.near_misses.items():
            if near_miss.code and not CODE.match(near_miss.code):
                yield _problem(exercise, ("near_misses", stem, "code"), "code_unknown", near_miss.code)
            if near_miss.clause is not None and near_miss.clause not in CLAUSE_OF:
                yield _problem(exercise, ("near_misses", stem, "clause"), "clause_unknown", near_miss.clause)


def _problem(exercise: LessonExercise, key: tuple[str, ...], code: str, found: str) -> Problem:
    path = exercise.folder / "exercise.toml"
    line = line_of_key(path.read_text(encoding="utf-8"), key)
    return Problem(path, line, code, {"found": found, "clauses": ", ".join(CLAUSE_OF)})
