"""Recognises a near miss whose result hangs on the order of rows: it gets the very verdict that the answer gets."""

from coursebook.submission import Submission
from sqlgrade.verdict import Status, Verdict

_ORDER_CODES = frozenset({"E23", "E38"})
"""Missing or incomplete ORDER BY; such answers have no one result by which the judge could know them."""


def judged_alike(submission: Submission, verdict: Verdict) -> str | None:
    """The stem of the near miss about order with the same verdict, difference and result shown."""
    if verdict.status is Status.ACCEPTED:
        return None
    in_order = sorted(submission.exercise.near_misses, key=lambda each: each.sql.split() != submission.sql.split())
    for near_miss in in_order:
        if submission.exercise.near_miss(near_miss.stem).code in _ORDER_CODES:
            other = submission.verdict_of(near_miss.sql)
            if _evidence(other) == _evidence(verdict):
                return near_miss.stem
    return None


def _evidence(verdict: Verdict) -> tuple[object, ...]:
    shown = verdict.counterexample
    return (verdict.status, verdict.reason, verdict.diff, shown and (shown.tables, shown.learner, shown.expected))
