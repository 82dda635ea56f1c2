"""Grouping, order and tables of the solution's put into the learner's query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.blocks import grouping_keys
from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause
from sqlgrade.query.surgery import conjuncts, has_aggregate, output_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.reading.lineage import Lineage
    from sqlgrade.diagnose.reading.query_pair import QueryPair


def limit_outside(pair: QueryPair) -> Iterator[Edit]:
    """Take the first rows at the very end, not in an inner block whose rows are filtered or joined afterwards."""
    outer = pair.learner.tree
    if not isinstance(outer, exp.Select) or outer.args.get("limit") is not None:
        return
    for limit in pair.learner.find(exp.Limit):
        if limit.parent is not outer:
            tree, counterpart = pair.learner.copy(limit)
            counterpart.pop()
            tree.set("limit", counterpart)
            yield Edit(limit, tree, "E47", Clause.ORDER_BY)


def change_grouping(pair: QueryPair) -> Iterator[Edit]:
    """Add a grouping column of the solution's, take one away, or take all of the solution's keys."""
    for block in pair.blocks():
        group = block.args.get("group")
        if isinstance(group, exp.Group):
            yield from _changed_keys(pair, block, group)
        if isinstance(group, exp.Group) or any(map(has_aggregate, block.expressions)):
            for other in pair.solution.selects():
                yield from _whole_grouping(pair, block, other)


def _changed_keys(pair: QueryPair, block: exp.Select, group: exp.Group) -> Iterator[Edit]:
    """Take one key away, add one that is nowhere in the learner's query, or put it in the place of another."""
    known = {origin for each in pair.learner.selects() for origin in _keys(pair.learner_lineage, each)}
    for place, key in enumerate(group.expressions if len(group.expressions) > 1 else ()):
        tree, counterpart = pair.learner.copy(group)
        counterpart.set("expressions", [k for n, k in enumerate(counterpart.expressions) if n != place])
        yield Edit(key, tree, "E26", Clause.GROUP_BY)
    for key in (key for other in pair.solution.selects() for key in grouping_keys(other)):
        if pair.solution_lineage.of(key) in known:
            continue
        for reading in pair.readings(key, block):
            tree, counterpart = pair.learner.copy(group)
            counterpart.append("expressions", reading)
            yield Edit(group, tree, "E26", Clause.GROUP_BY)
            for place, old in enumerate(group.expressions):
                tree, counterpart = pair.learner.copy(group)
                keys = counterpart.expressions
                counterpart.set("expressions", [*keys[:place], reading.copy(), *keys[place + 1 :]])
                yield Edit(old, tree, "E26", Clause.GROUP_BY)


def _whole_grouping(pair: QueryPair, block: exp.Select, other: exp.Select) -> Iterator[Edit]:
    """Take all grouping keys of one of the solution's blocks."""
    keys = grouping_keys(other)
    readings = [next(iter(pair.readings(key, block)), None) for key in keys]
    if not keys:
        return
    if any(reading is None for reading in readings):
        return
    tree, counterpart = pair.learner.copy(block)
    counterpart.set("group", exp.Group(expressions=[r.copy() for r in readings if r is not None]))
    yield Edit(block.args.get("group") or block, tree, "E26", Clause.GROUP_BY)


def change_order(pair: QueryPair) -> Iterator[Edit]:
    """Take the solution's ORDER BY, LIMIT and OFFSET, one by one and together."""
    learner, solution = pair.learner.tree, pair.solution.tree
    if not isinstance(learner, exp.Query) or not isinstance(solution, exp.Query):
        return
    order = order_by_place(solution)
    parts = {"order": order, "limit": solution.args.get("limit"), "offset": solution.args.get("offset")}
    for names in (("order",), ("limit",), ("offset",), ("order", "limit", "offset")):
        tree = learner.copy()
        for name in names:
            part = parts[name]
            tree.set(name, part.copy() if part is not None else None)
        node = next((learner.args[n] for n in names if learner.args.get(n) is not None), learner)
        yield Edit(node, tree, "E23" if "order" in names else "E47", Clause.ORDER_BY)


def change_order_of_pick(pair: QueryPair) -> Iterator[Edit]:
    """Let the rows that a block keeps, by DISTINCT ON or a LIMIT of its own, come first in the order of a window of the solution's."""
    orders = [window.args["order"] for window in pair.solution.find(exp.Window) if window.args.get("order")]
    for block in pair.blocks():
        distinct = block.args.get("distinct")
        on = distinct.args.get("on") if distinct is not None else None
        if on is None and (block.args.get("limit") is None or block is pair.learner.tree):
            continue
        for order in orders:
            reading = next(iter(pair.readings(order, block)), None)
            if reading is None:
                continue
            tree, counterpart = pair.learner.copy(block)
            first = [exp.Ordered(this=key.copy()) for key in on.expressions] if on is not None else []
            counterpart.set("order", exp.Order(expressions=[*first, *reading.copy().expressions]))
            yield Edit(block.args.get("order") or block, tree, "E23", Clause.ORDER_BY)


def add_join(pair: QueryPair) -> Iterator[Edit]:
    """Join a table that the learner left out, or exchange a join for the solution's."""
    for join in pair.solution.find(exp.Join):
        theirs = join.find_ancestor(exp.Select)
        table = join.this
        on = join.args.get("on")
        if theirs is None or not isinstance(table, exp.Table) or on is None:
            continue
        for block in pair.blocks():
            yield from _joined(pair, join, block)


def _joined(pair: QueryPair, join: exp.Join, block: exp.Select) -> Iterator[Edit]:
    """Add a join, alone and with the solution's conditions on its table."""
    alias = join.this.alias_or_name.lower()
    taken = set(pair.learner.sources(block))
    name = alias if alias not in taken else f"{alias}_added"
    first = block.args.get("from_")
    for reading in _join_conditions(pair, join, alias, name, block):
        tree, counterpart = pair.learner.copy(block)
        table = exp.to_table(join.this.name).as_(name)
        counterpart.append("joins", exp.Join(this=table, side=join.side or None, on=reading))
        yield Edit(first or block, tree, "E27", Clause.FROM)
        about = [part.copy() for part in pair.missing_conditions() if _only_of(part, alias)]
        for part in about:
            for column in part.find_all(exp.Column):
                column.set("table", exp.to_identifier(name))
        if about:
            wider, place = pair.learner.copy(block)
            place.append("joins", exp.Join(this=table.copy(), side=join.side or None, on=reading.copy()))
            place.where(*about, copy=False)
            yield Edit(first or block, wider, "E27", Clause.FROM)


def _only_of(part: exp.Expr, alias: str) -> bool:
    columns = list(part.find_all(exp.Column))
    return bool(columns) and all(column.table.lower() == alias for column in columns)


def _join_conditions(pair: QueryPair, join: exp.Join, alias: str, name: str, block: exp.Select) -> Iterator[exp.Expr]:
    parts: list[exp.Expr] = []
    sides: list[exp.Expr]
    for part in conjuncts(join.args["on"]):
        if not isinstance(part, exp.EQ):
            return
        sides = []
        for side in (part.left, part.right):
            if isinstance(side, exp.Column) and side.table.lower() == alias:
                sides.append(exp.column(side.name, table=name))
                continue
            reading = next(iter(pair.readings(side, block)), None)
            if reading is None:
                return
            sides.append(reading)
        parts.append(exp.EQ(this=sides[0], expression=sides[1]))
    yield exp.and_(*parts)


def _keys(lineage: Lineage, block: exp.Select) -> list[str]:
    return [lineage.of(key) for key in grouping_keys(block)]


def order_by_place(tree: exp.Query) -> exp.Order | None:
    """Write an ORDER BY with output columns named by their number."""
    order = tree.args.get("order")
    if order is None:
        return None
    outputs = _outputs(tree)
    copied: exp.Order = order.copy()
    for key in copied.expressions:
        place = output_place(key.this, outputs)
        if place >= 0:
            key.set("this", exp.Literal.number(place + 1))
    return copied


def _outputs(tree: exp.Expr) -> list[exp.Expr]:
    return list(tree.expressions) if isinstance(tree, exp.Select) else []
