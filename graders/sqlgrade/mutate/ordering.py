"""Operators on ORDER BY, LIMIT and OFFSET, and the clause that was forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query

_CLAUSES = (("where", "E20"), ("having", "E20"), ("qualify", "E20"), ("limit", "E47"), ("offset", "E47"))


def ord_drop(query: Query) -> Iterator[Edit]:
    """Leave out a sort key."""
    for order in _orders(query):
        for place, key in enumerate(order.expressions):
            tree, counterpart = query.copy(order)
            rest = [k for n, k in enumerate(counterpart.expressions) if n != place]
            counterpart.set("expressions", rest) if rest else counterpart.pop()
            yield edit(key, tree, "E23")


def ord_swap(query: Query) -> Iterator[Edit]:
    """Exchange two sort keys."""
    for order in _orders(query):
        for place in range(len(order.expressions) - 1):
            first, second = order.expressions[place : place + 2]
            tree, (left, right) = query.copy_all(first, second)
            left.replace(second.copy())
            right.replace(first.copy())
            yield edit(first, tree, "E23")


def ord_dir(query: Query) -> Iterator[Edit]:
    """Turn a sort key round."""
    for order in _orders(query):
        for key in order.expressions:
            tree, counterpart = query.copy(key)
            counterpart.set("desc", not key.args.get("desc"))
            yield edit(key, tree, "E23")


def ord_nulls(query: Query) -> Iterator[Edit]:
    """Put NULLs at the other end."""
    for order in _orders(query):
        for key in order.expressions:
            tree, counterpart = query.copy(key)
            counterpart.set("nulls_first", not key.args.get("nulls_first"))
            yield edit(key, tree, "E23")


def ord_key(query: Query) -> Iterator[Edit]:
    """Sort by another output column."""
    for order in _orders(query):
        select = order.parent
        names = [item.alias_or_name for item in select.expressions] if isinstance(select, exp.Select) else []
        for key in order.expressions:
            for name in [n for n in names if n and n.lower() != _sorted_by(key, names)][:3]:
                tree, counterpart = query.copy(key)
                counterpart.set("this", exp.column(name))
                yield edit(key, tree, "E23")


def _sorted_by(key: exp.Ordered, names: list[str]) -> str:
    """Name the output column that a sort key stands for."""
    inner = key.this
    if isinstance(inner, exp.Literal) and inner.is_int and 0 < int(inner.name) <= len(names):
        return names[int(inner.name) - 1].lower()
    return str(inner.name).lower()


def limit_step(query: Query) -> Iterator[Edit]:
    """Cut one row sooner or later."""
    for node in query.find(exp.Limit, exp.Offset):
        value = node.expression
        if isinstance(value, exp.Literal) and value.is_int:
            for step in (-1, 1):
                if int(value.name) + step >= 0:
                    moved = exp.Literal.number(int(value.name) + step)
                    yield edit(node, query.replace(value, moved), "E47")


def clause_drop(query: Query) -> Iterator[Edit]:
    """Forget a whole WHERE, HAVING, QUALIFY, LIMIT, OFFSET or ORDER BY."""
    for block in query.find(exp.Select, exp.Union):
        for name, code in _CLAUSES:
            clause = block.args.get(name)
            if clause is not None:
                tree, counterpart = query.copy(clause)
                counterpart.pop()
                yield edit(clause, tree, code)
    for order in _orders(query):
        tree, counterpart_order = query.copy(order)
        counterpart_order.pop()
        yield edit(order, tree, "E23")


def _orders(query: Query) -> Iterator[exp.Order]:
    """Yield the ORDER BYs of blocks, not those inside windows and aggregates."""
    for order in query.find(exp.Order):
        if isinstance(order.parent, exp.Query):
            yield order
