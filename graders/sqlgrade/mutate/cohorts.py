"""Analysts' operators: denominators, immature cohorts, survivors, leakage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit
from sqlgrade.query.clause import Clause
from sqlgrade.query.columns import NUMBER, TEMPORAL
from sqlgrade.query.surgery import BOUND_MOVED, add_condition, columns_in, conditions, conjuncts, drop_condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query

_BOUNDS = (exp.LT, exp.LTE, exp.GT, exp.GTE)


def denom_filter(query: Query) -> Iterator[Edit]:
    """Move a filter across the denominator: onto it, off it, or into WHERE."""
    for node in query.find(exp.Div):
        above, below = node.left.find(exp.Filter), node.right.find(exp.Filter)
        bare = node.right.find(exp.AggFunc)
        if below is not None:
            yield edit(below, query.replace(below, below.this.copy()), "E32")
        elif above is not None and bare is not None and bare.find_ancestor(exp.Window) is None:
            filtered = exp.Filter(this=bare.copy(), expression=above.expression.copy())
            yield edit(node, query.replace(bare, filtered), "E32")
        condition = _share_condition(node)
        select = node.find_ancestor(exp.Select)
        if condition is not None and select is not None:
            tree, block = query.copy(select)
            add_condition(block, "where", condition.copy())
            yield edit(node, tree, "E32", Clause.WHERE)


def denom_level(query: Query) -> Iterator[Edit]:
    """Take the denominator from another level: the group's total for the whole, or the other way round."""
    for node in query.find(exp.Div):
        window = node.right.find(exp.Window)
        select = node.find_ancestor(exp.Select)
        if window is None or select is None:
            continue
        keys = window.args.get("partition_by") or []
        if keys:
            tree, counterpart = query.copy(window)
            counterpart.set("partition_by", None)
            yield edit(node, tree, "E32", Clause.SELECT)
        group = select.args.get("group")
        for key in group.expressions if group is not None else ():
            if key not in keys and not isinstance(key, exp.Literal):
                tree, counterpart = query.copy(window)
                counterpart.set("partition_by", [*(k.copy() for k in keys), key.copy()])
                yield edit(node, tree, "E32", Clause.SELECT)


def cohort_denom(query: Query) -> Iterator[Edit]:
    """Divide by another count: the active instead of the cohort, events instead of people."""
    for node in query.find(exp.Div):
        for column in columns_in(node.right):
            if column.find_ancestor(exp.AggFunc) is not None:
                continue
            source = query.source_of(column)
            for name, family in source.families.items() if source else ():
                if family == NUMBER and name != column.name.lower():
                    tree, counterpart = query.copy(column)
                    counterpart.set("this", exp.to_identifier(name))
                    yield edit(node, tree, "E32")
        for count in node.right.find_all(exp.Count):
            if isinstance(count.this, exp.Distinct):
                yield edit(node, query.replace(count.this, count.this.expressions[0].copy()), "E32")


def mature_drop(query: Query) -> Iterator[Edit]:
    """Drop the condition that a cohort has been observed long enough."""
    for condition in conditions(query.tree):
        for part in conjuncts(condition):
            if isinstance(part, _BOUNDS) and part.find(exp.Interval) and len(columns_in(part)) == 1:
                tree, counterpart = query.copy(part)
                drop_condition(counterpart)
                yield edit(part, tree, "E39")


def asof_drop(query: Query) -> Iterator[Edit]:
    """Drop or loosen the bound that keeps what happened afterwards out of a feature."""
    for condition in conditions(query.tree):
        for part in conjuncts(condition):
            if not isinstance(part, _BOUNDS) or not _compares_times(query, part):
                continue
            tree, counterpart = query.copy(part)
            drop_condition(counterpart)
            yield edit(part, tree, "E41")
            changed = BOUND_MOVED[type(part)](this=part.left.copy(), expression=part.right.copy())
            yield edit(part, query.replace(part, changed), "E41")


def survivor(query: Query) -> Iterator[Edit]:
    """Keep only those who came back: an inner join under a rate."""
    for select in query.selects():
        rate = any(item.find(exp.Div, exp.Avg) for item in select.expressions)
        for join in select.args.get("joins") or ():
            if rate and join.side == "LEFT":
                tree, counterpart = query.copy(join)
                counterpart.set("side", None)
                yield edit(join, tree, "E40")


def _share_condition(node: exp.Div) -> exp.Expr | None:
    held = node.left.find(exp.Filter)
    if held is not None:
        return held.expression.this  # type: ignore[no-any-return]
    case = node.left.find(exp.Case)
    if case is not None and len(case.args["ifs"]) == 1 and case.find_ancestor(exp.AggFunc) is not None:
        return case.args["ifs"][0].this  # type: ignore[no-any-return]
    return None


def _compares_times(query: Query, part: exp.Expr) -> bool:
    columns = columns_in(part)
    sources = {source.alias for column in columns if (source := query.source_of(column))}
    return len(sources) > 1 and all(query.family(column) in TEMPORAL for column in columns)
