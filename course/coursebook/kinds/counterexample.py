"""Break it: the learner writes a few rows on which somebody else's draft is wrong, or approves the draft."""

from dataclasses import replace

from coursebook.answer import Answer, with_points
from coursebook.exercise import LessonExercise
from coursebook.judgement import Judgement, Message, Outcome
from coursebook.kind import AnswerForm, Kind
from coursebook.kinds.by_result import OUTCOMES
from coursebook.kinds.drafts import DraftRecord, drafts_are_told
from coursebook.kinds.unwritten import refuse_unwritten
from sqlgrade.errors import explain_error
from sqlgrade.messages import error_sentences
from sqlgrade.record import Draft, Exercise, Solution
from sqlgrade.verdict import Remark, RowsTried


def judge_rows(answer: Answer) -> Judgement:
    """Right if draft and solution differ on the rows; of a right draft, if it is approved."""
    if refusal := refuse_unwritten(answer):
        return refusal
    verdict = answer.verdict_of(answer.sql)
    outcome = OUTCOMES[verdict.status]
    known = {each.stem for each in answer.exercise.near_misses}
    stems = [each.near_miss for each in verdict.findings if each.near_miss in known]
    said = (_said(verdict.rows, outcome, answer),) if verdict.rows is not None else ()
    judgement = replace(
        answer.judgement(outcome, *said),
        verdict=verdict,
        recognised=tuple(answer.recognised(stem) for stem in stems if stem),
    )
    return with_points(judgement, answer.exercise.points if outcome is Outcome.ACCEPTED else 0.0)


_OF_QUERIES = frozenset({"engine", "not_sql"})
"""Explanations of errors that say nothing of rows."""
_BROKEN = {
    "app_event": ("rows_break_app_event", "rows_break_app_event_in"),
    "open_day": ("rows_break_open_day", "rows_break_open_day_in"),
    "refund": ("rows_break_refund", "rows_break_refund_in"),
    "resent": ("rows_break_resent", "rows_break_resent_in"),
    "same_person": ("rows_break_same_person", "rows_break_same_person_in"),
}
"""What a promise is about -> the sentences on rows that break it: on all of them, and on one of a table."""


def _refused(remark: Remark, answer: Answer) -> Message:
    """Why rows do not count: in words where the judge has only a promise's query, or the engine's message."""
    schema = answer.exercise.schema
    if remark.code == "rows_unreadable":
        detail = _explained(str(remark.params["detail"]), answer)
        return Message("rows_unreadable_for" if detail else remark.code, {"detail": detail})
    about = schema.promise_about(str(remark.params.get("rule", ""))) if remark.code == "rows_rule" else ""
    if remark.code == "rows_check":
        about = schema.promise_about(str(remark.params["check"]))
    place = {"table": remark.params.get("table", ""), "row": remark.params.get("row", "")}
    if not about:
        return Message(remark.code, remark.params)
    return Message(_BROKEN[about][bool(place["table"])], {**remark.params, **place})


def _explained(message: str, answer: Answer) -> str:
    """Why the text can't be read, and what to try; empty where all there is to say is how a query begins, for rows are no query."""
    if not message:
        return ""
    error = explain_error(message, answer.sql).as_sql_error("syntax", message)
    known = error.params.get("card") not in _OF_QUERIES
    return " ".join(error_sentences(error, answer.lang)) if known else ""


def _said(tried: RowsTried, outcome: Outcome, answer: Answer) -> Message:
    if tried.refused is not None:
        return _refused(tried.refused, answer)
    right = outcome is Outcome.ACCEPTED
    if tried.said_wrong:
        return Message("rows_result_as_draft" if tried.said_as_draft else "rows_result_wrong")
    if tried.approved:
        return Message("draft_approved" if right else "draft_approved_wrong")
    params = {"count": tried.count, "fewest": tried.fewest}
    if not right:
        return Message("rows_agree", params)
    if tried.by_order:
        return Message("rows_by_order", params)
    return Message("rows_differ" if tried.count <= tried.fewest else "rows_differ_more", params)


def with_draft(exercise: LessonExercise, judged: Exercise) -> Exercise:
    """The exercise with its draft; its solution is the right query, and what the author wrote are rows."""
    record = exercise.record.table(DraftRecord)
    if record is None or not exercise.drafts:
        return judged
    worded = exercise.schema.wording(exercise.schema.lang).sql
    draft = Draft(
        next(iter(exercise.drafts.values())),
        record.right,
        tuple((stem, worded(query)) for stem, query in record.needs.items()),
        tuple(each.sql for each in exercise.solutions),
        record.may_be_empty,
        record.asks_result,
        exercise.starter,
    )
    return replace(judged, solutions=(Solution(exercise.truth),), alternatives=(), databases=(), draft=draft)


DRAFT_FILES = ("draft.ja.sql", "draft.en.sql", "right.sql")
"""The draft with the comments of both languages, and a right query for the same task."""

KIND = Kind(
    "K",
    "counterexample",
    judge_rows,
    answer=AnswerForm.ROWS,
    required=("starter.sql", "solution.sql", *DRAFT_FILES),
    optional=("also-right/*.sql", "near-misses/*.sql", "solution-*.sql", "databases/*.sql"),
    table=("draft", DraftRecord),
    least_near_misses=1,
    starter_faults=drafts_are_told,
    simpler=None,
    handed_over=with_draft,
)
