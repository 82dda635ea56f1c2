"""Operators on aggregates: function, argument, DISTINCT, form of COUNT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.columns import NUMBER
from sqlgrade.mutate.mutant import Edit, edit
from sqlgrade.mutate.surgery import columns_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.mutate.query import Query

_NUMERIC = (exp.Sum, exp.Avg, exp.Max, exp.Min)


def agg_fn(query: Query) -> Iterator[Edit]:
    """Exchange SUM, AVG, MAX, MIN and COUNT."""
    for node in query.find(*_NUMERIC):
        kinds = _NUMERIC if query.family(node.this) == NUMBER else (exp.Max, exp.Min)
        for kind in (*kinds, exp.Count):
            if kind is not type(node):
                yield edit(node, query.replace(node, kind(this=node.this.copy())), "E45")
    for node in query.find(exp.Count):
        if isinstance(node.this, exp.Column | exp.Distinct):
            argument = node.this.expressions[0] if isinstance(node.this, exp.Distinct) else node.this
            if query.family(argument) == NUMBER:
                yield edit(node, query.replace(node, exp.Sum(this=argument.copy())), "E45")


def agg_distinct(query: Query) -> Iterator[Edit]:
    """Add or drop DISTINCT inside an aggregate."""
    for node in query.find(exp.Sum, exp.Avg, exp.Count):
        inner = node.this
        if isinstance(inner, exp.Star | exp.Literal):
            continue
        code = "E24" if isinstance(node, exp.Count) else "E13"
        if isinstance(inner, exp.Distinct):
            if len(inner.expressions) == 1:
                yield edit(node, query.replace(inner, inner.expressions[0].copy()), code)
        else:
            yield edit(node, query.replace(inner, exp.Distinct(expressions=[inner.copy()])), code)


def count_form(query: Query) -> Iterator[Edit]:
    """Exchange COUNT(*), COUNT(column) and COUNT(DISTINCT column)."""
    for node in query.find(exp.Count):
        if isinstance(node.this, exp.Star):
            select = node.find_ancestor(exp.Select)
            for source in query.sources(select).values() if select else ():
                for name in source.families:
                    column = exp.column(name, table=source.alias)
                    if not query.holds_values(source, name):
                        yield edit(node, query.replace(node.this, column), "E30")
                    if name.endswith("_id") or name == "id":
                        yield edit(node, query.replace(node.this, exp.Distinct(expressions=[column])), "E24")
        else:
            code = "E24" if isinstance(node.this, exp.Distinct) else "E30"
            yield edit(node, query.replace(node.this, exp.Star()), code)


def agg_arg(query: Query) -> Iterator[Edit]:
    """Aggregate another column of the same family."""
    for node in query.find(*_NUMERIC, exp.Count, exp.ArgMax, exp.ArgMin):
        for column in columns_in(node)[:3]:
            source, family = query.source_of(column), query.family(column)
            for name, other in source.families.items() if source else ():
                if other == family and name != column.name.lower():
                    tree, counterpart = query.copy(column)
                    counterpart.set("this", exp.to_identifier(name))
                    yield edit(node, tree, "E25")
