"""Operators on arithmetic: division, rounding, averages of averages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query


def div_kind(query: Query) -> Iterator[Edit]:
    """Exchange / and //, drop NULLIF under a division, turn the division round, change a factor of 100."""
    for node in query.find(exp.Div, exp.IntDiv):
        kind = exp.IntDiv if isinstance(node, exp.Div) else exp.Div
        changed = kind(this=_whole(node.left), expression=_whole(node.right))
        yield edit(node, query.replace(node, changed), "E34")
        guard = node.right.unnest()
        if isinstance(guard, exp.Nullif):
            yield edit(node, query.replace(node.right, guard.this.copy()), "E34")
    for literal in query.find(exp.Literal):
        if isinstance(literal.parent, exp.Mul) and literal.name in {"100", "100.0"}:
            other = literal.parent.right if literal is literal.parent.left else literal.parent.left
            yield edit(literal, query.replace(literal.parent, other.copy()), "E32")


def arith_op(query: Query) -> Iterator[Edit]:
    """Exchange + and -, * and /, and the two sides of a difference or quotient."""
    for turned in query.find(exp.Sub, exp.Div):
        if not isinstance(turned.right, exp.Interval | exp.Literal):
            changed = type(turned)(this=_wrapped(turned.right), expression=_wrapped(turned.left))
            yield edit(turned, query.replace(turned, changed), "E45")
    pairs = {exp.Add: exp.Sub, exp.Sub: exp.Add, exp.Mul: exp.Div}
    for node in query.find(exp.Add, exp.Sub, exp.Mul):
        if query.family(node.left) == "number" and query.family(node.right) == "number":
            changed = pairs[type(node)](this=node.left.copy(), expression=node.right.copy())
            yield edit(node, query.replace(node, changed), "E45")


def avg_ratio(query: Query) -> Iterator[Edit]:
    """Exchange the average of ratios and the ratio of sums."""
    for node in query.find(exp.Avg):
        inner = node.this.unnest()
        if isinstance(inner, exp.Div):
            ratio = exp.Div(this=exp.Sum(this=inner.left.copy()), expression=exp.Sum(this=inner.right.copy()))
            yield edit(node, query.replace(node, exp.Paren(this=ratio)), "E32")
    for division in query.find(exp.Div):
        below = division.right.unnest()
        below = below.this if isinstance(below, exp.Nullif) else below
        above = division.left.find(exp.Sum)
        if above is not None and isinstance(below, exp.Sum) and above.find_ancestor(exp.Div) is division:
            ratio = exp.Div(this=_wrapped(above.this), expression=_wrapped(below.this))
            tree, (whole, numerator) = query.copy_all(division, above)
            numerator.replace(exp.Avg(this=ratio))
            whole.replace(whole.this.copy())
            yield edit(division, tree, "E32")


def round_early(query: Query) -> Iterator[Edit]:
    """Round inside the aggregate, before the arithmetic, or to one digit less."""
    for node in query.find(exp.Round):
        digits = node.args.get("decimals")
        inner = node.this.find(exp.AggFunc)
        if inner is not None and isinstance(inner.this, exp.Expr) and not isinstance(inner.this, exp.Star):
            tree, (whole, argument) = query.copy_all(node, inner.this)
            argument.replace(exp.Round(this=argument.copy(), decimals=digits.copy() if digits else None))
            whole.replace(whole.this.copy())
            yield edit(node, tree, "E48")
        if isinstance(digits, exp.Literal) and digits.is_int and int(digits.name) > 0:
            less = exp.Literal.number(int(digits.name) - 1)
            yield edit(node, query.replace(digits, less), "E48")


def _whole(node: exp.Expr) -> exp.Expr:
    """Copy an expression with constants such as 100.0 as whole numbers: `//` divides decimals as `/` does."""
    return node.copy().transform(_rounded_down)


def _rounded_down(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Literal) and not node.is_string and node.name.endswith(".0"):
        return exp.Literal.number(node.name.removesuffix(".0"))
    return node


def _wrapped(node: exp.Expr) -> exp.Expr:
    return exp.Paren(this=node.copy()) if isinstance(node, exp.Binary) else node.copy()
