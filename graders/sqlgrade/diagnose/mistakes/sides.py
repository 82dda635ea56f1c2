"""Of conditions tied with OR, or with AND, the one that differs."""

from __future__ import annotations

from sqlglot import exp

from sqlgrade.diagnose.reading.contrast import lists_differ


def one_side(own: exp.Expr, wanted: exp.Expr) -> tuple[exp.Expr, exp.Expr]:
    """The one that differs, if it is the only one, or the first of patterns that all do."""
    if type(own) is type(wanted) and isinstance(own, exp.Or | exp.And) and isinstance(wanted, exp.Or | exp.And):
        ours, theirs = lists_differ(list(own.flatten()), list(wanted.flatten()))
        if len(ours) == len(theirs) and (len(ours) == 1 or (ours and all(map(_are_patterns, ours, theirs)))):
            return ours[0].unnest(), theirs[0].unnest()
    return own, wanted


def _are_patterns(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether two conditions hold one thing against a pattern each."""
    return isinstance(own, exp.Like) and isinstance(wanted, exp.Like) and own.this == wanted.this


def as_equalities(part: exp.Expr) -> list[exp.Expr]:
    """`x IN (1, 2)` as `x = 1` and `x = 2`."""
    if not isinstance(part, exp.In):
        return []
    return [exp.EQ(this=part.this.copy(), expression=value.copy()) for value in part.expressions]
