"""Judges a query by its result and puts the authored hint to the near miss that was recognised."""

from dataclasses import replace

from coursebook.answer import Answer, with_points
from coursebook.answer_cell import constructs_named, words_of
from coursebook.judgement import Judgement, Outcome
from coursebook.kinds.by_error import failing_alike
from coursebook.kinds.by_verdict import judged_alike
from coursebook.kinds.in_form import SHARE, out_of_form
from coursebook.kinds.unwritten import refuse_unwritten
from coursebook.own_schema import query_in
from sqlgrade.verdict import Finding, Reason, Status, Verdict

OUTCOMES = {
    Status.ACCEPTED: Outcome.ACCEPTED,
    Status.REFUTED: Outcome.REFUTED,
    Status.INVALID: Outcome.INVALID,
    Status.AUTHOR_FAULT: Outcome.AUTHOR_FAULT,
    Status.UNJUDGED: Outcome.UNJUDGED,
    Status.NOT_PROVED: Outcome.AUTHOR_FAULT,
}
"""The judge's word for a result -> the coursebook's."""
_IN_ANY_WORDS = frozenset({"AND", "NOT", "NULL"})
"""What is easily written in another way, so that a hint that names it can be true all the same."""


def judge_by_result(answer: Answer) -> Judgement:
    """The judge's verdict on the query, after the answer is known to be written.

    The query as it was given earns no points and no praise; a right result in another form than the task asks for is
    partly right.
    """
    if refusal := refuse_unwritten(answer):
        return refusal
    verdict = _without_foreign_hints(answer, answer.verdict_of(answer.sql))
    if verdict.status is Status.ACCEPTED and (said := out_of_form(answer, verdict)) is not None:
        judgement = replace(answer.judgement(Outcome.PARTLY, *said), verdict=verdict)
        return with_points(judgement, answer.exercise.points * SHARE)
    recognised = tuple(answer.recognised(stem) for stem in _stems(answer, verdict))
    points = answer.exercise.points if verdict.status is Status.ACCEPTED else verdict.credit.points
    if verdict.status is not Status.ACCEPTED and words_of(answer.sql) == words_of(query_in(answer.exercise.starter)):
        verdict, points = replace(verdict, good=()), 0.0
    judgement = replace(answer.judgement(OUTCOMES[verdict.status]), verdict=verdict, recognised=recognised)
    return with_points(judgement, points)


def _stems(answer: Answer, verdict: Verdict) -> list[str]:
    known = {each.stem for each in answer.exercise.near_misses}
    found: list[str | None] = [finding.near_miss for finding in verdict.findings if finding.near_miss in known]
    if not found and verdict.reason is Reason.DOES_NOT_RUN and verdict.error:
        found = [failing_alike(answer, verdict.error)]
    elif not found:
        found = [judged_alike(answer, verdict)]
    return list(dict.fromkeys(stem for stem in found if stem))


def _without_foreign_hints(answer: Answer, verdict: Verdict) -> Verdict:
    """The verdict without near misses whose hints speak of what the answer has not.

    Another text can behave as the near miss does. Of it "RANK lets ties share a place" is not to be said where no RANK stands,
    and what is said of the query as it was given speaks of all its mistakes: not to whoever has mended one, and left another
    that has a name.
    """
    known = {each.stem: each.sql for each in answer.exercise.near_misses}
    findings = (
        replace(each, near_miss=None)
        if each.near_miss in known and _is_foreign(answer, each, known[each.near_miss])
        else each
        for each in verdict.findings
    )
    return replace(verdict, findings=tuple(findings))


def _is_foreign(answer: Answer, finding: Finding, sql: str) -> bool:
    """Whether the hint of the near miss that a finding tells, which is this query, speaks of what the answer has not."""
    if _named_in(answer, str(finding.near_miss), sql):
        return True
    given = words_of(query_in(answer.exercise.starter))
    mended = words_of(sql) == given != words_of(answer.sql)
    return mended and bool(finding.mistake) and not finding.author_first


def _named_in(answer: Answer, stem: str, sql: str) -> set[str]:
    """The constructs in a near miss's hint that the near miss has and the answer has not."""
    named = constructs_named(answer.exercise.hint(stem, answer.lang)) - _IN_ANY_WORDS
    return named & constructs_named(sql.upper()) - constructs_named(answer.sql.upper())
