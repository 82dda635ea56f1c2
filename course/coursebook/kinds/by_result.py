"""Judges a query by its result and puts the authored hint to the near miss that was recognised."""

from dataclasses import replace

from coursebook.answer_cell import words_of
from coursebook.judgement import Judgement, Outcome
from coursebook.kinds.by_error import failing_alike
from coursebook.kinds.by_verdict import judged_alike
from coursebook.kinds.unwritten import refuse_unwritten
from coursebook.submission import Submission, with_points
from sqlgrade.verdict import Reason, Status, Verdict

OUTCOMES = {
    Status.ACCEPTED: Outcome.ACCEPTED,
    Status.REFUTED: Outcome.REFUTED,
    Status.INVALID: Outcome.INVALID,
    Status.AUTHOR_FAULT: Outcome.AUTHOR_FAULT,
    Status.UNJUDGED: Outcome.UNJUDGED,
}


def judge_by_result(submission: Submission) -> Judgement:
    """The judge's verdict on the query, after the answer is known to be written.

    The query as it was given earns no points and no praise.
    """
    if refusal := refuse_unwritten(submission):
        return refusal
    verdict = submission.verdict_of(submission.sql)
    recognised = tuple(submission.recognised(stem) for stem in _stems(submission, verdict))
    points = submission.exercise.points if verdict.status is Status.ACCEPTED else verdict.credit.points
    if verdict.status is not Status.ACCEPTED and words_of(submission.sql) == words_of(submission.exercise.starter):
        verdict, points = replace(verdict, good=()), 0.0
    judgement = replace(submission.judgement(OUTCOMES[verdict.status]), verdict=verdict, recognised=recognised)
    return with_points(judgement, points)


def _stems(submission: Submission, verdict: Verdict) -> list[str]:
    known = {each.stem for each in submission.exercise.near_misses}
    found: list[str | None] = [finding.near_miss for finding in verdict.findings if finding.near_miss in known]
    if not found and verdict.reason is Reason.DOES_NOT_RUN and verdict.error:
        found = [failing_alike(submission, verdict.error)]
    elif not found:
        found = [judged_alike(submission, verdict)]
    return list(dict.fromkeys(stem for stem in found if stem))
