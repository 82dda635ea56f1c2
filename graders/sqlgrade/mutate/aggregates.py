"""Operators on aggregates: function, argument, DISTINCT, form of COUNT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit
from sqlgrade.query.columns import NUMBER
from sqlgrade.query.surgery import columns_in, conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query, Source

_REJECTING = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Like, exp.Between, exp.In, exp.Is)
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
                    yield from _count_of(query, node, source, name)
        else:
            code = "E24" if isinstance(node.this, exp.Distinct) else "E30"
            yield edit(node, query.replace(node.this, exp.Star()), code)


def _count_of(query: Query, node: exp.Count, source: Source, name: str) -> Iterator[Edit]:
    """Count a column, or its different values, where that can make a difference."""
    select = node.find_ancestor(exp.Select)
    column = exp.column(name, table=source.alias)
    if not query.holds_values(source, name) and name not in _filtered(select):
        yield edit(node, query.replace(node.this, column), "E30")
    alone = select is not None and len(query.sources(select)) == 1
    key = (name,) in query.schema.keys.get(source.table or "", ())
    if (name.endswith("_id") or name == "id") and not (alone and key):
        yield edit(node, query.replace(node.this, exp.Distinct(expressions=[column])), "E24")


def _filtered(select: exp.Select | None) -> set[str]:
    """Name the columns whose NULLs WHERE leaves out."""
    where = select.args.get("where") if select is not None else None
    names: set[str] = set()
    for part in conjuncts(where.this) if where is not None else ():
        tested = part.this if isinstance(part, exp.Not) and isinstance(part.this, exp.Is) else part
        wanted = isinstance(tested, exp.Is) == (tested is not part)
        if wanted and isinstance(tested, _REJECTING) and isinstance(tested.this, exp.Column):
            names.add(tested.this.name.lower())
    return names


def agg_arg(query: Query) -> Iterator[Edit]:
    """Aggregate another column of the same family."""
    for node in query.find(*_NUMERIC, exp.Count, exp.ArgMax, exp.ArgMin):
        for column in columns_in(node)[:3]:
            source, family = query.source_of(column), query.family(column)
            for name, other in source.families.items() if source else ():
                if (
                    other == family
                    and name != column.name.lower()
                    and not _counts_alike(query, node, source, column, name)
                ):
                    tree, counterpart = query.copy(column)
                    counterpart.set("this", exp.to_identifier(name))
                    yield edit(node, tree, "E25")


def _counts_alike(query: Query, node: exp.Expr, source: Source | None, column: exp.Column, name: str) -> bool:
    """Tell whether COUNT gives the same for two columns of one table that hold a value in each of its rows."""
    if not isinstance(node, exp.Count) or isinstance(node.this, exp.Distinct) or source is None:
        return False
    not_null = query.schema.not_null
    return (source.table, name) in not_null and (source.table, column.name.lower()) in not_null
