"""Small cuts in a copied tree: conditions in, conditions out, columns replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HOLDERS = (exp.Where, exp.Having, exp.Qualify)
NEEDS_BRACKETS = (exp.Binary, exp.Not, exp.Neg, exp.Between, exp.In)
"""What another operator beside it might tear apart."""
BOUND_MOVED: dict[type[exp.Binary], type[exp.Binary]] = {
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
}
"""A comparison -> the one that takes in its bound, or leaves it out."""


def conditions(tree: exp.Expr) -> Iterator[exp.Expr]:
    """Yield every condition that stands as a whole: of WHERE, HAVING, QUALIFY and ON."""
    for holder in tree.find_all(*_HOLDERS, exp.Join, bfs=False):
        condition = holder.args.get("on") if isinstance(holder, exp.Join) else holder.this
        if isinstance(condition, exp.Expr):
            yield condition


def conjuncts(condition: exp.Expr | None) -> list[exp.Expr]:
    """Split a condition at its outer ANDs, looking through brackets."""
    parts: list[exp.Expr] = []
    left = [] if condition is None else [condition]
    while left:  # a pasted list of a thousand conditions is a tree as deep
        part = left.pop()
        inner = part.unnest()
        if isinstance(inner, exp.And):
            left += (inner.right, inner.left)
        else:
            parts.append(part)
    return parts


def drop_condition(condition: exp.Expr) -> None:
    """Take one operand out of its AND/OR, or the whole clause away if it was the only one."""
    parent = condition.parent
    if isinstance(parent, exp.Connector):
        parent.replace(parent.right if condition is parent.left else parent.left)
    elif isinstance(parent, exp.Paren):
        drop_condition(parent)
    elif isinstance(parent, exp.Join):
        condition.replace(exp.true())
    elif isinstance(parent, exp.Filter):
        parent.replace(parent.this)
    elif isinstance(parent, exp.Where) and isinstance(parent.parent, exp.Filter):
        parent.parent.replace(parent.parent.this)
    elif isinstance(parent, _HOLDERS):
        parent.pop()
    else:
        condition.replace(exp.true())


def add_condition(select: exp.Select, clause: str, condition: exp.Expr) -> None:
    """AND a condition to a block's `where`, `having` or `qualify`, opening the clause if there is none."""
    holder = select.args.get(clause)
    if holder is None:
        kind = {"where": exp.Where, "having": exp.Having, "qualify": exp.Qualify}[clause]
        select.set(clause, kind(this=condition))
        return
    holder.set("this", exp.and_(holder.this.copy(), condition, copy=False))


def columns_in(node: exp.Expr) -> list[exp.Column]:
    """List the column references below a node, itself included."""
    return list(node.find_all(exp.Column, bfs=False))


def has_aggregate(node: exp.Expr) -> bool:
    """Tell whether an aggregate, not a window, stands below a node outside its sub-queries."""
    for found in node.find_all(exp.AggFunc, bfs=False):
        if found.find_ancestor(exp.Window) is None and _same_block(found, node):
            return True
    return False


def has_window(node: exp.Expr) -> bool:
    """Tell whether a window function stands below a node outside its sub-queries."""
    return any(_same_block(found, node) for found in node.find_all(exp.Window))


def is_grouped(select: exp.Select) -> bool:
    """Tell whether a block aggregates: GROUP BY, or an aggregate among its expressions."""
    return select.args.get("group") is not None or any(has_aggregate(item) for item in select.expressions)


def _same_block(inner: exp.Expr, outer: exp.Expr) -> bool:
    node: exp.Expr | None = inner
    while node is not None and node is not outer:
        if isinstance(node, exp.Query):
            return False
        node = node.parent
    return True


def output_place(key: exp.Expr, outputs: Sequence[exp.Expr]) -> int:
    """Which output column a sort key is, from 0, by its number, its name or as written out; -1 where it is none."""
    if isinstance(key, exp.Literal) and key.is_int:
        return int(key.name) - 1
    name = key.name.lower() if isinstance(key, exp.Column) else None
    places = (n for n, each in enumerate(outputs) if each.alias_or_name.lower() == name or each.unalias() == key)
    return next(places, -1)
