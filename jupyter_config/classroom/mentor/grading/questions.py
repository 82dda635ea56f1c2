"""What is asked of the judge: one normal form of an answer to one exercise, under the rules of the day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from classroom.mentor.grading.normal import normal_form
from classroom.session.cell_text import hash_comments
from coursebook.answer_cell import recognise
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder
    from coursebook import LessonExercise
    from coursebook.kind import Kind
    from sqlgrade.pack.contents import Pack

_SHARE = 12
"""Questions that are handed to a worker at a time."""


@dataclass(frozen=True)
class JudgingTask:
    """A normal form to judge; equal keys have equal judgements."""

    key: str
    exercise: LessonExercise
    answer: str
    """The text of the learner who is asked for, without the first line."""
    normal: str


@dataclass(frozen=True)
class Share:
    """Questions about one exercise with all that judging them needs, on whatever machine."""

    exercise: LessonExercise
    pack: Pack | None
    """The exercise's pack; None for a kind that is not judged by its result."""
    questions: tuple[tuple[str, str], ...]
    """(key, normal form)."""
    lang: str
    practice: str | None = None
    """Path of the practice file."""


@dataclass
class JudgingRules:
    """The exercises, the mentor's seed and the judge as they are now."""

    folder: MentorFolder
    _stamps: dict[str, str] = field(default_factory=dict)

    def stamp(self, exercise: LessonExercise) -> str:
        """Changes with everything that can change a judgement of this exercise."""
        if exercise.id not in self._stamps:
            from coursebook.cache import cache_folder

            parts = [
                cache_folder().name,
                str(self.folder.seed),
                exercise.sqlgrade.fingerprint() if exercise.kind.answer.needs_pack else "",
                repr(exercise.record),
                *(each.text for each in (*exercise.solutions, *exercise.also_right, *exercise.near_misses)),
                _practice_stamp(self.folder.practice),
            ]
            self._stamps[exercise.id] = hashlib.sha256("\0".join(parts).encode()).hexdigest()
        return self._stamps[exercise.id]

    def question(self, exercise_id: str, cell_source: str) -> JudgingTask:
        """The question that an answer cell asks.

        Raises:
            KeyError: the course has no such exercise.
        """
        return self.question_on(self.folder.course.exercise(exercise_id), cell_source)

    def question_on(self, exercise: LessonExercise, cell_source: str) -> JudgingTask:
        """The question that an answer to an exercise asks, which need not stand in the course: a drill."""
        exercise = exercise.in_language(self.folder.lang)
        answer = answer_in(cell_source, exercise.kind)
        in_words = exercise.kind.answer is AnswerForm.WORDS
        normal = answer.strip() if in_words else normal_form(answer, by_line=exercise.kind.is_read_by_lines).text
        key = hashlib.sha256(f"{self.stamp(exercise)}\0{normal}".encode()).hexdigest()
        return JudgingTask(key, exercise, answer, normal)

    def shares(self, questions: Iterable[JudgingTask]) -> Iterator[Share]:
        """The questions in shares of one exercise each; missing packs are built first, on all cores."""
        from coursebook.packs import build_packs, pack_of

        by_exercise: dict[str, dict[str, JudgingTask]] = {}
        for each in questions:
            by_exercise.setdefault(each.exercise.id, {}).setdefault(each.key, each)
        exercises = [next(iter(each.values())).exercise for each in by_exercise.values()]
        build_packs(exercises, seed=self.folder.seed)
        practice = self.folder.practice
        for exercise in exercises:
            pack = pack_of(exercise, seed=self.folder.seed) if exercise.kind.answer.needs_pack else None
            asked = [(each.key, each.normal) for each in by_exercise[exercise.id].values()]
            for start in range(0, len(asked), _SHARE):
                part = tuple(asked[start : start + _SHARE])
                yield Share(exercise, pack, part, self.folder.lang, str(practice) if practice else None)


def answer_in(cell_source: str, kind: Kind) -> str:
    """What a learner hands in with an answer cell: its text without the first line."""
    if kind.answer is AnswerForm.WORDS:
        first, _, rest = cell_source.partition("\n")
        return rest if first.lstrip().startswith("<!--") else cell_source
    source = hash_comments(cell_source)
    written = recognise(source)
    return written.answer if written else source.strip("\n")


def _practice_stamp(practice: Path | None) -> str:
    return f"{practice.name} {practice.stat().st_size}" if practice and practice.is_file() else ""
