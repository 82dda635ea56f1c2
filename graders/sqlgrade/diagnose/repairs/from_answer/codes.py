"""Which error code a change of one expression into another stands for."""

from __future__ import annotations

from sqlglot import exp

from sqlgrade.diagnose.reading.trees import names_in


def code_of_condition(own: exp.Expr, wanted: exp.Expr) -> str:
    """Name the mistake of a condition that should read as another."""
    both = (own.unnest(), wanted.unnest())
    if _one_is(both, exp.Is) or _one_holds(both, exp.Null):
        return "E10"
    if _one_is(both, exp.Like, exp.ILike):
        return "E14"
    if _one_alone_is(both, exp.Or) and not _lists(both):
        return "E21"
    if _one_holds(both, exp.AtTimeZone):
        return "E35"
    if _one_alone_is(both, exp.Not):
        kinds = {type(part.this.unnest() if isinstance(part, exp.Not) else part) for part in both}
        return "E46" if len(kinds) == 1 else "E20"
    if _one_holds(both, exp.Query):
        return "E20"
    if _one_is(both, exp.Between) and _one_holds(both, exp.Cast):
        return "E36"
    return "E28" if _joins(own) and _joins(wanted) else "E22"


def _one_is(both: tuple[exp.Expr, exp.Expr], *kinds: type[exp.Expr]) -> bool:
    return any(isinstance(part, kinds) for part in both)


def _one_alone_is(both: tuple[exp.Expr, exp.Expr], kind: type[exp.Expr]) -> bool:
    return isinstance(both[0], kind) != isinstance(both[1], kind)


def _one_holds(both: tuple[exp.Expr, exp.Expr], kind: type[exp.Expr]) -> bool:
    return any(part.find(kind) for part in both)


def code_of_expression(own: exp.Expr, wanted: exp.Expr) -> str:
    """Name the mistake of an expression that should read as another."""
    if own.find(exp.Window) or wanted.find(exp.Window):
        ranks = [node.find(exp.RowNumber, exp.Rank, exp.DenseRank) for node in (own, wanted)]
        return "E38" if all(ranks) and type(ranks[0]) is not type(ranks[1]) else "E37"
    if function := _code_of_function(own, wanted):
        return function
    if _digits(own) and _digits(wanted) and _digits(own) != _digits(wanted):
        return "E48"
    different = [code for kinds, code in _KINDS if (own.find(*kinds) is None) != (wanted.find(*kinds) is None)]
    if len(different) == 1:
        return different[0]
    return "E43" if different else _code_of_argument(own, wanted)


_KINDS: tuple[tuple[tuple[type[exp.Expr], ...], str], ...] = (
    ((exp.Coalesce, exp.Case, exp.If, exp.Filter), "E33"),
    ((exp.Round,), "E48"),
    ((exp.AtTimeZone,), "E35"),
    ((exp.TimestampTrunc,), "E42"),
    ((exp.DateDiff,), "E42"),
    ((exp.IntDiv,), "E34"),
    ((exp.Div,), "E32"),
)


def _code_of_function(own: exp.Expr, wanted: exp.Expr) -> str:
    """Name a mistake in the choice of the aggregate; a sum of ones and zeros is a count."""
    ours, theirs = own.find(exp.AggFunc), wanted.find(exp.AggFunc)
    if ours is None or theirs is None or exp.Filter in (type(own), type(wanted)):
        return ""
    if type(ours) is not type(theirs):
        return "" if ours.find(exp.Case) or theirs.find(exp.Case) else "E45"
    distinct = [isinstance(node.this, exp.Distinct) for node in (ours, theirs)]
    if distinct[0] != distinct[1]:
        return "E24" if isinstance(ours, exp.Count) else "E13"
    return ""


def _code_of_argument(own: exp.Expr, wanted: exp.Expr) -> str:
    """Name a mistake in what is computed with, where the functions are the same."""
    quotients = own.find(exp.Div), wanted.find(exp.Div)
    if quotients[0] is not None and quotients[1] is not None:
        same_below = quotients[0].expression == quotients[1].expression
        return code_of_expression(quotients[0].this, quotients[1].this) if same_below else "E32"
    ours, theirs = own.find(exp.AggFunc), wanted.find(exp.AggFunc)
    if ours is None or theirs is None or names_in(own) == names_in(wanted) != set():
        return "E43"
    if isinstance(ours, exp.Count) and isinstance(theirs, exp.Count):
        stars = {isinstance(count.this, exp.Star) for count in (ours, theirs)}
        return "E30" if len(stars) == 2 else "E43" if True in stars else "E25"
    return "E25"


def _digits(node: exp.Expr) -> str:
    """The digits that a ROUND around the whole expression keeps."""
    return node.args["decimals"].sql() if isinstance(node, exp.Round) and node.args.get("decimals") else ""


def _lists(both: tuple[exp.Expr, exp.Expr]) -> bool:
    """Tell whether both sides compare the same one column, as a list of values written with OR does."""
    own, wanted = (names_in(part) for part in both)
    return own == wanted and len(own) == 1


def _joins(part: exp.Expr) -> bool:
    return isinstance(part, exp.EQ) and isinstance(part.left, exp.Column) and isinstance(part.right, exp.Column)
