"""Judges a query by its result and puts the authored hint to the near miss that was recognised."""

from dataclasses import replace

from coursebook.judgement import Judgement, Outcome
from coursebook.kinds.unwritten import refuse_unwritten
from coursebook.submission import Submission, with_points
from sqlgrade.verdict import Status

OUTCOMES = {
    Status.ACCEPTED: Outcome.ACCEPTED,
    Status.REFUTED: Outcome.REFUTED,
    Status.INVALID: Outcome.INVALID,
    Status.AUTHOR_FAULT: Outcome.AUTHOR_FAULT,
}


def judge_by_result(submission: Submission) -> Judgement:
    """The judge's verdict on the query, after the answer is known to be written."""
    if refusal := refuse_unwritten(submission):
        return refusal
    verdict = submission.verdict_of(submission.sql)
    known = {each.stem for each in submission.exercise.near_misses}
    stems = (finding.near_miss for finding in verdict.findings if finding.near_miss in known)
    recognised = tuple(submission.recognised(stem) for stem in dict.fromkeys(stems) if stem)
    judgement = replace(submission.judgement(OUTCOMES[verdict.status]), verdict=verdict, recognised=recognised)
    full = verdict.status is Status.ACCEPTED
    return with_points(judgement, submission.exercise.points if full else verdict.credit.points)
