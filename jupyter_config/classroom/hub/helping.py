"""What helps on before the solution, made by the hub's service: the room is told the simpler form and the shape, never the query."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from classroom.learner.panel.offers import SHAPE_SECONDS, ladder_of
from classroom.learner.panel.simpler import Covered, make_simpler
from classroom.session.case import Case
from classroom.session.result import run_query
from coursebook import Judgement, Outcome
from coursebook.settings import settings_of
from sqlgrade.parameters import fill, is_template

if TYPE_CHECKING:
    from collections.abc import Collection

    from classroom.exchange.judge_line import JudgeRequest
    from classroom.session.connection import Session
    from coursebook import LessonExercise

ANSWER = "answer"
"""What is lacking where no answer has run yet; all else that may be lacking is the name of a hint."""


def did_run(judgement: Judgement) -> bool:
    """Whether an answer gave a result, right or not; an exercise that is at fault itself lets nobody's run."""
    outcome, verdict = judgement.outcome, judgement.verdict
    gave_rows = outcome is Outcome.INVALID and verdict is not None and verdict.error is None  # in no settled order
    return outcome.is_marked or outcome is Outcome.AUTHOR_FAULT or gave_rows


def lacking(rung: str, exercise: LessonExercise, judgement: Judgement, steps: Collection[str]) -> tuple[str, ...]:
    """What is to be opened before this rung of the ladder; a hint that this answer does not get is not waited for."""
    if (
        judgement.outcome is Outcome.INVALID
    ):  # it may never have been judged: its room shows what the exercise itself has
        judgement = replace(judgement, recognised=(), verdict=None, messages=())
    names = [each.name for each in ladder_of(Case(judgement, exercise, "", judgement.lang))]
    before = names[: names.index(rung)] if rung in names else [each for each in names if each in ("idea", "place")]
    left = tuple(each for each in before if each not in steps)
    return left if rung != "solution" or "ran" in steps else (ANSWER, *left)


def simpler_told(exercise: LessonExercise, judgement: Judgement, asked: JudgeRequest) -> dict[str, Any]:
    """The simpler form with its answers covered, or which of the words put into it are wrong; ValueError if they do not fit."""
    form = make_simpler(exercise, judgement)
    if form is None:
        return {"form": None}
    return {"wrong": form.wrong(asked.words)} if asked.words else {"form": Covered.of(form).plain()}


def shape_told(exercise: LessonExercise, session: Session) -> dict[str, Any]:
    """Columns, types and the number of rows on the practice data, with an exercise's own values for its parameters."""
    sql = exercise.solutions[0].sql
    example = is_template(sql)
    if example:
        sql = fill(sql, settings_of(exercise)[0]).sql
    with session.watch.over(SHAPE_SECONDS):
        result = run_query(session.connection, sql)
    return {"columns": result.columns, "types": result.types, "rows": result.row_count, "example": example}
