"""Operators on single comparisons: operator, constant, NULL test, LIKE pattern."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit
from sqlgrade.query.columns import BOOLEAN, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query

_OPERATORS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)


def cmp_op(query: Query) -> Iterator[Edit]:
    """Compare with every other operator; between two columns only with the neighbouring one."""
    for node in query.find(*_OPERATORS):
        columns = isinstance(node.left, exp.Column) and isinstance(node.right, exp.Column)
        if columns and isinstance(node, exp.EQ | exp.NEQ):
            continue
        kinds = (exp.EQ, exp.NEQ) if query.family(node.left) in {TEXT, BOOLEAN} else _OPERATORS
        for kind in kinds:
            if kind is not type(node):
                changed = kind(this=node.left.copy(), expression=node.right.copy())
                yield edit(node, query.replace(node, changed), _code(query, node))


def const_step(query: Query) -> Iterator[Edit]:
    """Move a compared constant by one, a date by one day, an IN list by one member."""
    for node in query.find(*_OPERATORS, exp.Between):
        for literal in node.find_all(exp.Literal):
            if literal.find_ancestor(exp.Interval, exp.Query, exp.TimestampTrunc) not in (None, _block(node)):
                continue
            for changed in _neighbours(literal):
                yield edit(node, query.replace(literal, changed), _code(query, node))
    for node in query.find(exp.In):
        members = node.expressions
        for place in range(len(members)) if len(members) > 1 else ():
            tree, counterpart = query.copy(node)
            counterpart.set("expressions", [m for n, m in enumerate(counterpart.expressions) if n != place])
            yield edit(members[place], tree, "E22")


def null_test(query: Query) -> Iterator[Edit]:
    """Test for NULL with `= NULL`, `= ''` or `= 0`."""
    for node in query.find(exp.Is):
        if not isinstance(node.expression, exp.Null):
            continue
        family = query.family(node.this)
        negated = isinstance(node.parent, exp.Not)
        target = node.parent if negated and node.parent is not None else node
        kind = exp.NEQ if negated else exp.EQ
        wrong: list[exp.Expr] = [exp.null()]
        wrong += [exp.Literal.string("")] if family == "text" else []
        wrong += [exp.Literal.number(0)] if family == "number" else []
        for value in wrong:
            yield edit(target, query.replace(target, kind(this=node.this.copy(), expression=value)), "E10")
        if negated and family == "number":
            more = exp.GT(this=node.this.copy(), expression=exp.Literal.number(0))
            yield edit(target, query.replace(target, more), "E10")


def like_eq(query: Query) -> Iterator[Edit]:
    """Exchange LIKE and =."""
    for node in query.find(exp.Like):
        yield edit(node, query.replace(node, exp.EQ(this=node.this.copy(), expression=node.expression.copy())), "E14")


def like_pos(query: Query) -> Iterator[Edit]:
    """Move or drop the % of a pattern."""
    for node in query.find(exp.Like, exp.ILike):
        pattern = node.expression
        if isinstance(pattern, exp.Literal) and pattern.is_string and "%" in pattern.name:
            word = pattern.name.strip("%")
            for text in (f"{word}%", f"%{word}", f"%{word}%", word):
                if text != pattern.name:
                    yield edit(node, query.replace(pattern, exp.Literal.string(text)), "E14")


def like_wild(query: Query) -> Iterator[Edit]:
    """Exchange _ and %."""
    for node in query.find(exp.Like, exp.ILike):
        pattern = node.expression
        if isinstance(pattern, exp.Literal) and pattern.is_string:
            for old, new in (("%", "_"), ("_", "%")):
                if old in pattern.name:
                    text = pattern.name.replace(old, new)
                    yield edit(node, query.replace(pattern, exp.Literal.string(text)), "E14")


def _block(node: exp.Expr) -> exp.Expr | None:
    return node.find_ancestor(exp.Query)


def _code(query: Query, node: exp.Expr) -> str:
    return "E36" if isinstance(node, exp.Between) and query.family(node.this) == "timestamp" else "E22"


def _neighbours(literal: exp.Literal) -> Iterator[exp.Expr]:
    if not literal.is_string:
        try:
            value = int(literal.name)
        except ValueError:
            return
        yield exp.Literal.number(value + 1)
        if value > 0:
            yield exp.Literal.number(value - 1)
        return
    text = literal.name
    try:
        day = dt.datetime.fromisoformat(text)
        both = (day - dt.timedelta(days=1), day + dt.timedelta(days=1))
    except (ValueError, OverflowError):  # no date, or the first or the last there is
        return
    for moved in both:
        yield exp.Literal.string(moved.date().isoformat() if len(text) == 10 else moved.isoformat(sep=" "))
