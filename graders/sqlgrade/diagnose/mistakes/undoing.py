"""What a place in the learner's query is once a mistake is undone in it, for names that are said only where that changes a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Callable


def every_value(total: exp.Expr) -> exp.Expr | None:
    """An aggregate without its DISTINCT."""
    if not isinstance(total.this, exp.Distinct) or len(total.this.expressions) != 1:
        return None
    other = total.copy()
    other.set("this", other.this.expressions[0])
    return other


def every_row(count: exp.Expr) -> exp.Expr | None:
    """COUNT(*) for a COUNT of something."""
    return exp.Count(this=exp.Star()) if isinstance(count, exp.Count) else None


def true_ones(count: exp.Expr) -> exp.Expr | None:
    """A COUNT of the rows in which the condition in its brackets holds."""
    if not isinstance(count, exp.Count) or not isinstance(count.this, exp.Condition) or count.find(exp.Distinct):
        return None
    return exp.Count(this=exp.Case(ifs=[exp.If(this=count.this.copy(), true=exp.Literal.number(1))]))


def otherwise(value: exp.Expr | None) -> Callable[[exp.Expr], exp.Expr | None]:
    """An aggregate of a CASE with another ELSE, or with none."""

    def changed(total: exp.Expr) -> exp.Expr | None:
        other = total.copy()
        if not isinstance(other.this, exp.Case):
            return None
        other.this.set("default", value.copy() if value is not None else None)
        return other

    return changed


def row_by_row(window: exp.Expr) -> exp.Expr | None:
    """A window that sees row after row, whatever is equal in what it sorts by."""
    if not isinstance(window, exp.Window) or window.args.get("spec") is not None or not window.args.get("order"):
        return None
    other = window.copy()
    ends = {"start": "UNBOUNDED", "start_side": "PRECEDING", "end": "CURRENT ROW"}
    other.set("spec", exp.WindowSpec(kind="ROWS", **ends))
    return other


def without_decimals(quotient: exp.Expr) -> exp.Expr | None:
    """A division that leaves its decimals off."""
    if not isinstance(quotient, exp.Div):
        return None
    return exp.IntDiv(this=quotient.left.copy(), expression=quotient.right.copy())


def turned(key: exp.Expr) -> exp.Expr | None:
    """A sort key in the other direction."""
    if not isinstance(key, exp.Ordered):
        return None
    other = key.copy()
    other.set("desc", not key.args.get("desc"))
    return other
