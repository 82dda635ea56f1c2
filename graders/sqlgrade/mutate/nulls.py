"""Operators on missing values: COALESCE, ELSE, counts after an outer join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit
from sqlgrade.query.columns import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query


def coalesce_drop(query: Query) -> Iterator[Edit]:
    """Leave out COALESCE."""
    for node in query.find(exp.Coalesce):
        yield edit(node, query.replace(node, node.this.copy()), "E33")


def left_zero(query: Query) -> Iterator[Edit]:
    """Count rows instead of matches after LEFT JOIN."""
    for node in query.find(exp.Count):
        if isinstance(node.this, exp.Column):
            select = node.find_ancestor(exp.Select)
            outer = {j.this.alias_or_name.lower() for j in (select.args.get("joins") or () if select else ()) if j.side}
            source = query.source_of(node.this)
            if source is not None and source.alias in outer:
                yield edit(node, query.replace(node.this, exp.Star()), "E30")


def else_drop(query: Query) -> Iterator[Edit]:
    """Drop ELSE, add ELSE 0 where there is none, or turn NULL into 0 before AVG."""
    for node in query.find(exp.Case):
        if node.args.get("default") is not None:
            tree, counterpart = query.copy(node)
            counterpart.set("default", None)
            yield edit(node, tree, "E33")
        elif any(query.family(branch.args.get("true")) == NUMBER for branch in node.args["ifs"]):
            tree, counterpart = query.copy(node)
            counterpart.set("default", exp.Literal.number(0))
            yield edit(node, tree, "E33")
    for average in query.find(exp.Avg):
        if isinstance(average.this, exp.Column):
            zeroed = exp.Coalesce(this=average.this.copy(), expressions=[exp.Literal.number(0)])
            yield edit(average, query.replace(average.this, zeroed), "E33")
