"""A restored notebook with its marks: the verdict under each answer, the points under each grade cell."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from classroom.mentor.grading.judged import judgement_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.mentor.grading.desk import MentorDesk
    from classroom.mentor.grading.judged import StoredJudgement
    from classroom.mentor.grading.questions import JudgingTask
    from coursebook import LessonExercise

_log = logging.getLogger(__name__)


def questions_of(answers: Mapping[str, str], desk: MentorDesk) -> dict[str, JudgingTask]:
    """The question of each answer by exercise; exercises that the course no longer has are left out."""
    questions = {}
    for exercise_id, source in answers.items():
        try:
            questions[exercise_id] = desk.rules.question(exercise_id, source)
        except KeyError:
            continue
    return questions


def mark(notebook: dict[str, Any], judged: Mapping[str, StoredJudgement], desk: MentorDesk) -> None:
    """Put the outputs into the notebook's answer and grade cells; `judged` is by exercise."""
    count = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        count += 1
        role, _, exercise_id = cell["id"].partition("-")
        kept = judged.get(exercise_id)
        if kept is None or role not in ("answer", "grade"):
            continue
        cell["execution_count"] = count
        if role == "grade":
            cell["outputs"] = [] if kept.score is None else [points_output(kept.score, count)]
        else:
            cell["outputs"] = [
                _card(kept, desk.folder.course.exercise(exercise_id).in_language(desk.folder.lang), desk.folder.lang)
            ]


def draw_ahead(kept: StoredJudgement, desk: MentorDesk) -> None:
    """Make the card of a judgement, which is known then when notebooks are marked; what stands in the way is told there, of that hand-in."""
    try:
        _card(kept, desk.folder.course.exercise(kept.exercise).in_language(desk.folder.lang), desk.folder.lang)
    except Exception:  # noqa: BLE001  (the others are graded)
        _log.info("the card of an answer to %s could not be drawn ahead", kept.exercise, exc_info=True)


def points_output(points: float, count: int) -> dict[str, Any]:
    """The value that %grade gives: the points as a plain number."""
    return {
        "output_type": "execute_result",
        "execution_count": count,
        "data": {"text/plain": repr(float(points))},
        "metadata": {},
    }


def _card(kept: StoredJudgement, exercise: LessonExercise, lang: str) -> dict[str, Any]:
    html, plain = _card_texts(kept, _ByIdentity(exercise), lang)
    return {"output_type": "display_data", "data": {"text/html": html, "text/plain": plain}, "metadata": {}}


class _ByIdentity:
    """An exercise as part of a cache's key."""

    def __init__(self, exercise: LessonExercise) -> None:
        self.exercise = exercise

    def __hash__(self) -> int:
        return id(self.exercise)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.exercise is self.exercise


@lru_cache(maxsize=4096)
def _card_texts(kept: StoredJudgement, exercise: _ByIdentity, lang: str) -> tuple[str, str]:
    from classroom.exchange.class_wishes import IN_CLASS
    from classroom.session.case import Case
    from classroom.session.verdict.card import verdict_card

    judgement = judgement_of(kept, exercise.exercise, lang)
    card = verdict_card(Case(judgement, exercise.exercise, kept.normal, lang, wishes=IN_CLASS), hints=True)
    return without_style(str(card.data["text/html"])), str(card.data["text/plain"])


def without_style(html: str) -> str:
    """A card's HTML without the style sheet in front."""
    return html.rpartition("</style>")[2]
