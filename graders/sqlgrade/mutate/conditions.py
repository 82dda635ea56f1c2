"""Operators on whole conditions: connectives, brackets, NOT, missing conjuncts, the wrong column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit
from sqlgrade.query.surgery import conditions, conjuncts, drop_condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query

_COMPARED = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Like, exp.ILike, exp.In, exp.Between, exp.Is)


def conn_swap(query: Query) -> Iterator[Edit]:
    """Exchange AND and OR."""
    for node in query.find(exp.And, exp.Or):
        kind = exp.Or if isinstance(node, exp.And) else exp.And
        yield edit(node, query.replace(node, kind(this=node.left.copy(), expression=node.right.copy())), "E21")


def paren_drop(query: Query) -> Iterator[Edit]:
    """Drop the brackets around an OR inside an AND, so that AND binds first."""
    for node in query.find(exp.Paren):
        if isinstance(node.this, exp.Or) and isinstance(node.parent, exp.And):
            sql = _without_brackets(query, node)
            yield edit(node, sql, "E21")


def reassoc(query: Query) -> Iterator[Edit]:
    """Group `a AND b OR c` as `a AND (b OR c)`."""
    for node in query.find(exp.Or):
        for side, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(side, exp.And):
                grouped = exp.Paren(this=exp.Or(this=side.right.copy(), expression=other.copy()))
                yield edit(node, query.replace(node, exp.And(this=side.left.copy(), expression=grouped)), "E21")


def not_toggle(query: Query) -> Iterator[Edit]:
    """Take a NOT away, or put one before a predicate."""
    for node in query.find(exp.Not):
        yield edit(node, query.replace(node, node.this.copy()), "E46")
    for condition in conditions(query.tree):
        for conjunct in conjuncts(condition):
            if not isinstance(conjunct.unnest(), exp.Not) and conjunct.find_ancestor(exp.Join) is None:
                negated = exp.Not(this=exp.Paren(this=conjunct.unnest().copy()))
                yield edit(conjunct, query.replace(conjunct, negated), "E46")


def conj_drop(query: Query) -> Iterator[Edit]:
    """Leave out one operand of an AND or OR, or a clause's only condition."""
    for condition in conditions(query.tree):
        operands = _operands(condition)
        if isinstance(condition.parent, exp.Join) and len(operands) == 1:
            continue
        for operand in operands:
            tree, counterpart = query.copy(operand)
            drop_condition(counterpart)
            yield edit(operand, tree, "E20")
    for held in query.find(exp.Filter):
        yield edit(held, query.replace(held, held.this.copy()), "E20")


def pred_col(query: Query) -> Iterator[Edit]:
    """Compare another column of the same table and family."""
    for node in query.find(*_COMPARED):
        column = node.this
        if not isinstance(column, exp.Column) or _is_join_condition(node):
            continue
        for name in _siblings(query, column):
            tree, counterpart = query.copy(column)
            counterpart.set("this", exp.to_identifier(name))
            yield edit(node, tree, "E22")


def col_to_str(query: Query) -> Iterator[Edit]:
    """Write a column's name as a string."""
    for node in query.find(*_COMPARED):
        column = node.this
        if isinstance(column, exp.Column) and not _is_join_condition(node):
            yield edit(column, query.replace(column, exp.Literal.string(column.name)), "E04")


def _operands(condition: exp.Expr) -> list[exp.Expr]:
    inner = condition.unnest()
    if isinstance(inner, exp.Connector):
        return _operands(inner.left) + _operands(inner.right)
    return [condition]


def _without_brackets(query: Query, node: exp.Paren) -> exp.Expr:
    """Rebuild the chain of ANDs around a bracketed OR as the text without brackets reads."""
    top: exp.Expr = node
    while isinstance(top.parent, exp.And):
        top = top.parent
    parts = conjuncts_in_order(top)
    place = next(number for number, part in enumerate(parts) if part is node)
    alternatives = list(node.this.flatten())
    left = exp.and_(*(part.copy() for part in parts[:place]), alternatives[0].copy())
    right = exp.and_(alternatives[-1].copy(), *(part.copy() for part in parts[place + 1 :]))
    return query.replace(top, exp.or_(left, *(part.copy() for part in alternatives[1:-1]), right))


def conjuncts_in_order(condition: exp.Expr) -> list[exp.Expr]:
    """Split a chain of ANDs as written, brackets left in place."""
    if isinstance(condition, exp.And):
        return conjuncts_in_order(condition.left) + conjuncts_in_order(condition.right)
    return [condition]


def _is_join_condition(node: exp.Expr) -> bool:
    return isinstance(node, exp.EQ) and isinstance(node.left, exp.Column) and isinstance(node.right, exp.Column)


def _siblings(query: Query, column: exp.Column) -> list[str]:
    source, family = query.source_of(column), query.family(column)
    if source is None:
        return []
    return [name for name, other in source.families.items() if other == family and name != column.name.lower()]
