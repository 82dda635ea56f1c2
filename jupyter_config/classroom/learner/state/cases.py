"""A judged answer with what its views need, taken from the state of the sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.session.case import Case
from coursebook import Outcome
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk
    from coursebook import Judgement


def case_of(judgement: Judgement, source: str, desk: Desk) -> Case:
    """A judged answer with what its views need, taken as the latest."""
    exercise = desk.marker.exercise(judgement.exercise_id)
    ran = judgement.outcome.is_marked and exercise.kind.answer is AnswerForm.QUERY
    result, reply = desk.last_result if ran else None, _reply(judgement, desk)
    ways = desk.colleagues_ways(exercise.id) if judgement.outcome is Outcome.ACCEPTED else ()
    return desk.open_case(Case(judgement, exercise, source, desk.lang, result, reply, desk.wishes, ways))


def _reply(judgement: Judgement, desk: Desk) -> tuple[str, str]:
    """What the lesson's colleague says to a right answer that gives what they asked for."""
    lesson_id = judgement.exercise_id.partition("-")[0]
    if judgement.outcome is not Outcome.ACCEPTED or lesson_id not in desk.marker.course.folder_of:
        return "", ""
    finish = desk.marker.course.lesson(lesson_id).record.finish
    if finish is None or finish.goal != judgement.exercise_id:
        return "", ""
    return finish.colleague[desk.lang], finish.reply[desk.lang]
