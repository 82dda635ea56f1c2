"""Which error code a change of one expression into another stands for."""

from __future__ import annotations

from sqlglot import exp

_ORDERINGS = (exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Between)


def code_of_condition(own: exp.Expr, wanted: exp.Expr) -> str:
    """Name the mistake of a condition that should read as another."""
    both = (own.unnest(), wanted.unnest())
    if any(isinstance(part, exp.Is) for part in both) or any(part.find(exp.Null) for part in both):
        return "E10"
    if any(isinstance(part, exp.Like | exp.ILike) for part in both):
        return "E14"
    if any(isinstance(part, exp.Or) for part in both):
        return "E21"
    if any(part.find(exp.AtTimeZone) for part in both):
        return "E35"
    if any(isinstance(part, exp.Not | exp.Exists) for part in both):
        return "E46"
    if any(isinstance(part, exp.Between) for part in both) and any(part.find(exp.Cast) for part in both):
        return "E36"
    if _joins(own) and _joins(wanted):
        return "E28"
    return "E22"


def code_of_expression(own: exp.Expr, wanted: exp.Expr) -> str:
    """Name the mistake of an expression that should read as another."""
    if own.find(exp.Window) or wanted.find(exp.Window):
        ranks = [node.find(exp.RowNumber, exp.Rank, exp.DenseRank) for node in (own, wanted)]
        return "E38" if all(ranks) and type(ranks[0]) is not type(ranks[1]) else "E37"
    for found in (_difference(own, wanted, kind, code) for kind, code in _KINDS):
        if found:
            return found
    return _code_of_aggregate(own, wanted) or "E43"


_KINDS: tuple[tuple[type[exp.Expr], str], ...] = (
    (exp.Coalesce, "E33"),
    (exp.Case, "E33"),
    (exp.Round, "E48"),
    (exp.AtTimeZone, "E35"),
    (exp.TimestampTrunc, "E42"),
    (exp.DateDiff, "E42"),
    (exp.IntDiv, "E34"),
    (exp.Div, "E32"),
)


def _difference(own: exp.Expr, wanted: exp.Expr, kind: type[exp.Expr], code: str) -> str:
    ours, theirs = own.find(kind), wanted.find(kind)
    return code if (ours is None) != (theirs is None) else ""


def _code_of_aggregate(own: exp.Expr, wanted: exp.Expr) -> str:
    ours, theirs = own.find(exp.AggFunc), wanted.find(exp.AggFunc)
    if ours is None or theirs is None:
        return ""
    if type(ours) is not type(theirs):
        return "E45"
    distinct = [isinstance(node.this, exp.Distinct) for node in (ours, theirs)]
    if distinct[0] != distinct[1]:
        return "E24" if isinstance(ours, exp.Count) else "E13"
    if isinstance(ours, exp.Count):
        return "E30"
    return "E25"


def _joins(part: exp.Expr) -> bool:
    return isinstance(part, exp.EQ) and isinstance(part.left, exp.Column) and isinstance(part.right, exp.Column)
