"""Operators on FROM: join type, join column, missing, wrong and extra tables, fan-out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit
from sqlgrade.query.clause import Clause
from sqlgrade.query.surgery import columns_in, conjuncts, drop_condition, has_aggregate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query, Source

_MOST_ADDED = 2
"""Child tables joined for nothing, per block: one more would say nothing new."""
_SIDES = ("LEFT", None, "RIGHT", "FULL")


def spine_drop(query: Query) -> Iterator[Edit]:
    """Lose the days without rows: an inner join to the series of dates."""
    for join in query.find(exp.Join):
        select = join.parent
        if join.side == "LEFT" and isinstance(select, exp.Select):
            first = select.args["from_"].this
            if _is_series(query, first):
                tree, counterpart = query.copy(join)
                counterpart.set("side", None)
                yield edit(join, tree, "E27")


def join_type(query: Query) -> Iterator[Edit]:
    """Exchange LEFT, INNER, RIGHT and FULL."""
    for join in query.find(exp.Join):
        if join.kind not in ("", "INNER") or join.args.get("method") or not _has_condition(join):
            continue
        for side in _SIDES:
            if side != (join.side or None):
                tree, counterpart = query.copy(join)
                counterpart.set("side", side)
                counterpart.set("kind", None)
                yield edit(join, tree, "E27")


def join_col(query: Query) -> Iterator[Edit]:
    """Join on another column of the same family."""
    for join in query.find(exp.Join):
        for part in conjuncts(join.args.get("on")):
            if not isinstance(part, exp.EQ):
                continue
            for column in (part.left, part.right):
                if isinstance(column, exp.Column):
                    yield from _other_columns(query, part, column)


def join_op(query: Query) -> Iterator[Edit]:
    """Join by >= or <> instead of =."""
    for join in query.find(exp.Join):
        for part in conjuncts(join.args.get("on")):
            if isinstance(part, exp.EQ) and isinstance(part.left, exp.Column) and isinstance(part.right, exp.Column):
                for kind in (exp.GTE, exp.NEQ):
                    changed = kind(this=part.left.copy(), expression=part.right.copy())
                    yield edit(part, query.replace(part, changed), "E28")


def on_drop(query: Query) -> Iterator[Edit]:
    """Forget the join condition."""
    for join in query.find(exp.Join):
        if join.args.get("on") is not None or join.args.get("using"):
            tree, counterpart = query.copy(join)
            counterpart.set("using", None)
            counterpart.set("on", exp.true())
            yield edit(join, tree, "E28")


def tab_drop(query: Query) -> Iterator[Edit]:
    """Leave out a joined table with everything in the block that names it."""
    for select in query.selects():
        for join in select.args.get("joins") or ():
            tree, (block, gone) = query.copy_all(select, join)
            replaced = _join_partners(join)
            gone.pop()
            if _forget(block, join.this.alias_or_name.lower(), replaced):
                yield edit(join, tree, "E27", Clause.FROM)


def tab_swap(query: Query) -> Iterator[Edit]:
    """Use another table that has the columns asked for."""
    for table in query.find(exp.Table):
        select = table.find_ancestor(exp.Select)
        source = query.sources(select).get(table.alias_or_name.lower()) if select else None
        if source is None or source.table is None or not source.families:
            continue
        used = {c.name.lower() for c in query.find(exp.Column) if query.source_of(c) is source}
        for other, families in query.schema.families.items():
            if other != source.table and used and used <= set(families):
                tree, counterpart = query.copy(table)
                counterpart.set("this", exp.to_identifier(other))
                if not counterpart.alias:
                    counterpart.set("alias", exp.TableAlias(this=exp.to_identifier(source.alias)))
                yield edit(table, tree, "E27")


def tab_add(query: Query) -> Iterator[Edit]:
    """Join a child table that nobody asked for."""
    for select in query.selects():
        if not any(has_aggregate(item) for item in select.expressions):
            yield from _child_joins(query, select)


def fanout(query: Query) -> Iterator[Edit]:
    """Join a child table before aggregating, so that rows are counted more than once."""
    for select in query.selects():
        if any(_counts_twice(node) for item in select.expressions for node in item.find_all(exp.AggFunc)):
            yield from _child_joins(query, select)


def _counts_twice(node: exp.AggFunc) -> bool:
    """Tell whether an aggregate changes when its rows come more than once."""
    return not isinstance(node, exp.Min | exp.Max) and not isinstance(node.this, exp.Distinct)


def _child_joins(query: Query, select: exp.Select) -> Iterator[Edit]:
    sources = query.sources(select)
    present = {source.table for source in sources.values()}
    from_ = select.args.get("from_")
    if (
        from_ is None
        or select.find_ancestor(exp.Exists, exp.In) is not None
        or (any(not c.table for c in columns_in(select)) and len(sources) > 1)
    ):
        return
    added = 0
    for source in sources.values():
        for key in query.schema.foreign_keys:
            unique = key.columns in query.schema.keys.get(key.table, ())
            if key.target != source.table or key.table in present or len(key.columns) != 1 or unique:
                continue
            if added >= _MOST_ADDED:
                break
            added += 1
            tree, block = query.copy(select)
            _qualify_single(block, sources)
            on = exp.EQ(
                this=exp.column(key.columns[0], table="extra"),
                expression=exp.column(key.target_columns[0], table=source.alias),
            )
            table = exp.to_table(key.table).as_("extra")
            block.append("joins", exp.Join(this=table, side="LEFT", on=on))
            yield edit(from_, tree, "E31", Clause.FROM)


def _qualify_single(block: exp.Select, sources: dict[str, Source]) -> None:
    if len(sources) != 1:
        return
    (source,) = sources.values()
    for column in columns_in(block):
        if not column.table and column.name.lower() in source.families and column.find_ancestor(exp.Select) is block:
            column.set("table", exp.to_identifier(source.alias))


def _other_columns(query: Query, part: exp.EQ, column: exp.Column) -> Iterator[Edit]:
    source, family = query.source_of(column), query.family(column)
    for name, other in source.families.items() if source else ():
        if other == family and name != column.name.lower():
            tree, counterpart = query.copy(column)
            counterpart.set("this", exp.to_identifier(name))
            yield edit(part, tree, "E28")


def _join_partners(join: exp.Join) -> dict[str, exp.Column]:
    """Map a joined table's key columns to the columns they are joined to."""
    alias = join.this.alias_or_name.lower()
    partners: dict[str, exp.Column] = {}
    for part in conjuncts(join.args.get("on")):
        if isinstance(part, exp.EQ) and isinstance(part.left, exp.Column) and isinstance(part.right, exp.Column):
            for own, other in ((part.left, part.right), (part.right, part.left)):
                if own.table.lower() == alias and other.table.lower() != alias:
                    partners[own.name.lower()] = other
    return partners


def _forget(block: exp.Select, alias: str, partners: dict[str, exp.Column]) -> bool:
    for column in columns_in(block):
        if column.table.lower() == alias and column.name.lower() in partners:
            column.replace(partners[column.name.lower()].copy())
    for column in [c for c in columns_in(block) if c.table.lower() == alias]:
        condition = _condition_around(column, block)
        if condition is not None and condition.find_ancestor(exp.Select) is not None:
            drop_condition(condition)
        elif isinstance(column.parent, exp.Count):
            column.replace(exp.Star())
        elif isinstance(column.parent, exp.Group | exp.Ordered):
            return False
    return not any(c.table.lower() == alias for c in columns_in(block))


def _condition_around(column: exp.Column, block: exp.Select) -> exp.Expr | None:
    node: exp.Expr = column
    while node.parent is not None and node is not block:
        if isinstance(node.parent, exp.Where | exp.Having | exp.And) or node.arg_key == "on":
            return node
        node = node.parent
    return None


def _has_condition(join: exp.Join) -> bool:
    return bool(join.args.get("on") or join.args.get("using"))


def _is_series(query: Query, item: exp.Expr) -> bool:
    if item.find(exp.GenerateSeries, exp.GenerateDateArray) is not None:
        return True
    for cte in query.tree.find_all(exp.CTE):
        if cte.alias.lower() == item.name.lower():
            recursive = any(t.name.lower() == item.name.lower() for t in cte.find_all(exp.Table))
            return recursive or cte.find(exp.GenerateSeries) is not None
    return False
