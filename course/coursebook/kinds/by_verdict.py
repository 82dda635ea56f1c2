"""Recognises a near miss whose result hangs on the order of rows: it gets the very verdict that the answer gets."""

from coursebook.answer import Answer
from sqlgrade.verdict import Status, Verdict

_ORDER_CODES = frozenset({"E23", "E38"})
"""Missing or incomplete ORDER BY; such answers have no one result by which the judge could know them."""


def judged_alike(answer: Answer, verdict: Verdict) -> str | None:
    """The stem of the near miss about order with the same verdict, difference and result shown.

    Two orders can put the few rows of a counterexample alike: as many databases must be right too, and where no
    rows are shown nothing but the near miss's own text will do.
    """
    if verdict.status is Status.ACCEPTED:
        return None
    in_order = sorted(answer.exercise.near_misses, key=lambda each: each.sql.split() != answer.sql.split())
    for near_miss in in_order:
        if answer.exercise.near_miss(near_miss.stem).code in _ORDER_CODES:
            own = near_miss.sql.split() == answer.sql.split()
            other = answer.verdict_of(near_miss.sql)
            if _evidence(other) == _evidence(verdict) and (own or _shows_rows(verdict)):
                return near_miss.stem
    return None


def _evidence(verdict: Verdict) -> tuple[object, ...]:
    shown = verdict.counterexample
    tables = shown and (shown.tables, shown.learner, shown.expected)
    return (verdict.status, verdict.reason, verdict.diff, tables, verdict.credit.share)


def _shows_rows(verdict: Verdict) -> bool:
    return verdict.counterexample is not None and verdict.counterexample.total_rows > 0
