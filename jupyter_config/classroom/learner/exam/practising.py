"""A practice test: drawn like one that counts, on the learner's own data, and judged by the room's own judge when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.exchange.exam_paper import ExamTask
from classroom.learner.exam.sittings import JudgedTask
from classroom.learner.state.desk import Desk
from coursebook.answer_cell import answer_alone
from coursebook.practice import draw_exam

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from classroom.language import Lang


def draw_practice(lang: Lang, practice: Path | None, level: int, seed: int) -> tuple[tuple[ExamTask, str], ...]:
    """The tasks of a practice test with their drills' ids.

    Raises:
        NoTask: the data has no instance of a task.
        KeyError: the course has no test of that level.
    """
    desk = Desk(lang=lang, practice=practice)
    try:
        record = {each.level: each for each in desk.drills.library.exams}[level]
        made = []
        for number, drill in enumerate(draw_exam(record, seed, desk.drills.drawn), start=1):
            made.append((ExamTask.of(number, drill.exercise, lang), drill.id))
        return tuple(made)
    finally:
        desk.close()


def judge_practice(
    lang: Lang, practice: Path | None, asked: Sequence[tuple[int, str, str, str]]
) -> tuple[JudgedTask, ...]:
    """What the answers of a practice test are worth.

    Args:
        lang: the learner's language.
        practice: the practice data.
        asked: number, drill's id, starter and answer of each task.
    """
    desk = Desk(lang=lang, practice=practice)
    try:
        return tuple(_judged(desk, *each) for each in asked)
    finally:
        desk.close()


def _judged(desk: Desk, number: int, drill_id: str, starter: str, answer: str) -> JudgedTask:
    exercise, skill_id = desk.marker.exercise(drill_id), desk.drills.skill(drill_id)
    names = {each.id: each.name[desk.lang] for each in desk.drills.library.skills}
    skill = names.get(skill_id, skill_id)
    if not answer.strip() or answer.strip() == starter.strip():
        return JudgedTask(number, skill, 0.0, exercise.points)
    judgement = desk.marker.mark(answer_alone(drill_id, answer))
    if judgement.outcome.is_open:  # ours, and so it counts neither way
        return JudgedTask(number, skill, 0.0, 0.0)
    return JudgedTask(number, skill, judgement.points, judgement.possible)
