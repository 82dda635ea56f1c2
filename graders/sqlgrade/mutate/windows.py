"""Operators on window functions: partition, order, frame, rank, offset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query

_RANKS = (exp.RowNumber, exp.Rank, exp.DenseRank)
_MOST_ADDED = 4


def win_part(query: Query) -> Iterator[Edit]:
    """Drop, change or add a partition column."""
    for window in query.find(exp.Window):
        keys = window.args.get("partition_by") or []
        for place, key in enumerate(keys):
            tree, counterpart = query.copy(window)
            rest = [k for n, k in enumerate(counterpart.args["partition_by"]) if n != place]
            counterpart.set("partition_by", rest or None)
            yield edit(key, tree, "E37")
        select = window.find_ancestor(exp.Select)
        if select is None or (window.args.get("alias") is not None and not keys):
            continue
        present = {column.name.lower() for key in keys for column in key.find_all(exp.Column)}
        for alias, name in _columns(query, select, present)[:_MOST_ADDED]:
            tree, counterpart = query.copy(window)
            added = exp.column(name, table=alias)
            counterpart.set("partition_by", [*(counterpart.args.get("partition_by") or []), added])
            yield edit(window, tree, "E37")


def win_order(query: Query) -> Iterator[Edit]:
    """Drop, reverse or change a sort key of a window."""
    for window in query.find(exp.Window):
        order = window.args.get("order")
        if order is None:
            continue
        for place, key in enumerate(order.expressions):
            code = "E38" if place else "E37"
            tree, counterpart = query.copy(order)
            rest = [k for n, k in enumerate(counterpart.expressions) if n != place]
            counterpart.set("expressions", rest) if rest else counterpart.pop()
            yield edit(key, tree, code)
            tree, turned = query.copy(key)
            turned.set("desc", not key.args.get("desc"))
            turned.set("nulls_first", None)
            yield edit(key, tree, code)
            column = key.this
            source = query.source_of(column) if isinstance(column, exp.Column) else None
            for name in [n for n in (source.families if source else ()) if n != column.name.lower()][:_MOST_ADDED]:
                tree, counterpart_column = query.copy(column)
                counterpart_column.set("this", exp.to_identifier(name))
                yield edit(key, tree, "E37")


def win_frame(query: Query) -> Iterator[Edit]:
    """Move a bound of the frame, drop the frame, or put the whole partition or the running frame instead."""
    for spec in query.find(exp.WindowSpec):
        for bound in ("start", "end"):
            value = spec.args.get(bound)
            if isinstance(value, exp.Literal) and value.is_int:
                for step in (-1, 1):
                    moved = exp.Literal.number(max(int(value.name) + step, 0))
                    yield edit(value, query.replace(value, moved), "E37")
        tree, counterpart = query.copy(spec)
        counterpart.pop()
        yield edit(spec.parent or spec, tree, "E37")
        for key, value, side in (("end", "CURRENT ROW", None), ("end", "UNBOUNDED", "FOLLOWING")):
            if spec.args.get(key) != value:
                tree, counterpart = query.copy(spec)
                counterpart.set(key, value)
                counterpart.set(f"{key}_side", side)
                yield edit(spec.parent or spec, tree, "E37")
        if spec.args.get("start") != "UNBOUNDED":
            tree, counterpart = query.copy(spec)
            counterpart.set("start", "UNBOUNDED")
            counterpart.set("start_side", "PRECEDING")
            yield edit(spec.parent or spec, tree, "E37")


def rank_fn(query: Query) -> Iterator[Edit]:
    """Exchange ROW_NUMBER, RANK and DENSE_RANK."""
    for node in query.find(*_RANKS):
        for kind in _RANKS:
            if kind is not type(node):
                yield edit(node, query.replace(node, kind()), "E38")


def lag_lead(query: Query) -> Iterator[Edit]:
    """Exchange LAG and LEAD, or look one row further."""
    for node in query.find(exp.Lag, exp.Lead):
        kind = exp.Lead if isinstance(node, exp.Lag) else exp.Lag
        arguments = {key: value.copy() for key, value in node.args.items() if isinstance(value, exp.Expr)}
        yield edit(node, query.replace(node, kind(**arguments)), "E37")
        offset = node.args.get("offset")
        step = int(offset.name) if isinstance(offset, exp.Literal) and offset.is_int else 1
        further = type(node)(**{**arguments, "offset": exp.Literal.number(step + 1)})
        yield edit(node, query.replace(node, further), "E37")


def rows_range(query: Query) -> Iterator[Edit]:
    """Exchange ROWS and RANGE, or write the frame that ORDER BY implies as ROWS."""
    for window in query.find(exp.Window):
        spec = window.args.get("spec")
        if spec is not None:
            unit = "RANGE" if spec.args.get("kind") == "ROWS" else "ROWS"
            tree, counterpart = query.copy(spec)
            counterpart.set("kind", unit)
            yield edit(window, tree, "E37")
        elif window.args.get("order") is not None and isinstance(window.this, exp.Sum | exp.Avg | exp.Count):
            tree, counterpart_window = query.copy(window)
            frame = exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW")
            counterpart_window.set("spec", frame)
            yield edit(window, tree, "E37")


def touch_tie(query: Query) -> Iterator[Edit]:
    """Take the last instead of the first: arg_min and arg_max, first_value and last_value, min and max of a time."""
    pairs = {exp.ArgMin: exp.ArgMax, exp.ArgMax: exp.ArgMin, exp.FirstValue: exp.LastValue}
    for node in query.find(*pairs):
        arguments = {key: value.copy() for key, value in node.args.items() if isinstance(value, exp.Expr)}
        yield edit(node, query.replace(node, pairs[type(node)](**arguments)), "E38")
    for node in query.find(exp.Min, exp.Max):
        if query.family(node.this) in {"date", "timestamp"}:
            kind = exp.Max if isinstance(node, exp.Min) else exp.Min
            yield edit(node, query.replace(node, kind(this=node.this.copy())), "E38")


def _columns(query: Query, select: exp.Select, present: set[str]) -> list[tuple[str, str]]:
    sources = query.sources(select).values()
    return [(s.alias, name) for s in sources for name in s.families if name not in present]
