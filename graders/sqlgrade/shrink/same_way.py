"""Whether an answer is wrong on a smaller database as it was on the larger one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.compare.totals import differ_on_nothing
from sqlgrade.tables.result import RunError
from sqlgrade.verdict import DiffKind

if TYPE_CHECKING:
    from sqlgrade.outcomes.submission import RunOutcome


_ROW_KINDS = frozenset(
    [DiffKind.MISSING_ROWS, DiffKind.EXTRA_ROWS, DiffKind.BOTH, DiffKind.VALUES, DiffKind.DUPLICATES_ONLY]
)


def same_way(outcome: RunOutcome, other: RunOutcome) -> bool:
    """Tell whether two outcomes are wrong in the same way: the kind of difference, or the kind of failure, agrees.

    A difference of both missing and extra rows may shrink to either of them; one that rows show, not to NULL for 0 where
    there are none.
    """
    if other.diff is None or outcome.diff is None or other.order_dependent != outcome.order_dependent:
        return False
    if isinstance(outcome.learner, RunError) or isinstance(other.learner, RunError):
        return _failure(outcome) == _failure(other)
    if (shows_rows(outcome) and not shows_rows(other)) or (on_nothing(other) and not on_nothing(outcome)):
        return False
    if outcome.diff.kind is DiffKind.BOTH:
        return other.diff.kind in _ROW_KINDS
    return other.diff.kind is outcome.diff.kind


def shows_rows(outcome: RunOutcome) -> bool:
    """Tell whether one of the two results has a row to look at."""
    learner = outcome.learner.rows if not isinstance(outcome.learner, RunError) else ()
    return bool(learner or outcome.reference.result.rows)


def on_nothing(outcome: RunOutcome) -> bool:
    """Tell whether an answer is wrong only in what it gives for no rows: NULL for 0, or 0 for NULL."""
    return not isinstance(outcome.learner, RunError) and differ_on_nothing(outcome.learner, outcome.reference.result)


def _failure(outcome: RunOutcome) -> str | None:
    return outcome.learner.kind if isinstance(outcome.learner, RunError) else None


def still_counts(outcome: RunOutcome, found: RunOutcome) -> bool:
    """Tell whether a smaller database may stand for the first one though the answer is wrong there in another way."""
    if found.order_dependent and not outcome.order_dependent:
        return False
    if (shows_rows(outcome) and not shows_rows(found)) or (on_nothing(found) and not on_nothing(outcome)):
        return False
    return not isinstance(found.learner, RunError) or isinstance(outcome.learner, RunError)
