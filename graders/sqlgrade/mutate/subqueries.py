"""Operators on the forms of "there is none": NOT IN, NOT EXISTS, LEFT JOIN ... IS NULL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit
from sqlgrade.query.clause import Clause
from sqlgrade.query.surgery import add_condition, conjuncts, drop_condition, is_grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query


def anti_form(query: Query) -> Iterator[Edit]:
    """Exchange NOT IN, NOT EXISTS, LEFT JOIN ... IS NULL and a join by `<>`."""
    for node in query.find(exp.Not):
        inner = node.this.unnest()
        if isinstance(inner, exp.In) and inner.args.get("query") is not None:
            yield from _from_not_in(query, node, inner)
        elif isinstance(inner, exp.Exists):
            yield from _from_not_exists(query, node, inner)
    for select in query.selects():
        yield from _from_outer_join(query, select)


def _from_not_in(query: Query, node: exp.Not, inner: exp.In) -> Iterator[Edit]:
    block = inner.args["query"].unnest()
    if not isinstance(block, exp.Select) or is_grouped(block) or len(block.expressions) != 1:
        return
    value = block.expressions[0].unalias()
    for kind, code in ((exp.EQ, "E12"), (exp.NEQ, "E46")):
        changed = block.copy()
        add_condition(changed, "where", kind(this=value.copy(), expression=inner.this.copy()))
        exists: exp.Expr = exp.Exists(this=changed)
        yield edit(node, query.replace(node, exp.Not(this=exists) if kind is exp.EQ else exists), code)


def _from_not_exists(query: Query, node: exp.Not, inner: exp.Exists) -> Iterator[Edit]:
    block = inner.this.unnest()
    if not isinstance(block, exp.Select):
        return
    own = set(query.sources(block))
    where = block.args.get("where")
    for part in conjuncts(where.this) if where is not None else ():
        sides = _split(query, part, own)
        if sides is None:
            continue
        local, outer = sides
        changed, counterpart = _copied(block, part)
        counterpart.replace(exp.NEQ(this=local.copy(), expression=outer.copy()))
        yield edit(node, query.replace(node, exp.Exists(this=changed)), "E46")
        changed, counterpart = _copied(block, part)
        drop_condition(counterpart)
        changed.set("expressions", [local.copy()])
        listed = exp.In(this=outer.copy(), query=exp.Subquery(this=changed))
        yield edit(node, query.replace(node, exp.Not(this=listed)), "E12")


def _from_outer_join(query: Query, select: exp.Select) -> Iterator[Edit]:
    where = select.args.get("where")
    parts = conjuncts(where.this) if where is not None else []
    for join in select.args.get("joins") or ():
        alias, on = join.this.alias_or_name.lower(), conjuncts(join.args.get("on"))
        for part in parts:
            tested = part.this if isinstance(part, exp.Is) and isinstance(part.expression, exp.Null) else None
            if join.side != "LEFT" or not isinstance(tested, exp.Column) or tested.table.lower() != alias or not on:
                continue
            if isinstance(on[0], exp.EQ):
                tree, (target, equal, dropped) = query.copy_all(join, on[0], part)
                drop_condition(dropped)
                target.set("side", None)
                equal.replace(exp.NEQ(this=on[0].left.copy(), expression=on[0].right.copy()))
                yield edit(part, tree, "E46", Clause.FROM)


def _split(query: Query, part: exp.Expr, own: set[str]) -> tuple[exp.Column, exp.Column] | None:
    if not isinstance(part, exp.EQ) or not isinstance(part.left, exp.Column) or not isinstance(part.right, exp.Column):
        return None
    left, right = query.source_of(part.left), query.source_of(part.right)
    if left is None or right is None or (left.alias in own) == (right.alias in own):
        return None
    return (part.left, part.right) if left.alias in own else (part.right, part.left)


def _copied(block: exp.Select, part: exp.Expr) -> tuple[exp.Select, exp.Expr]:
    place = next(number for number, node in enumerate(block.walk()) if node is part)
    copied = block.copy()
    return copied, list(copied.walk())[place]
