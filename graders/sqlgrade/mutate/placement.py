"""Operators that move a condition to another clause or level."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit
from sqlgrade.query.clause import Clause
from sqlgrade.query.surgery import (
    add_condition,
    columns_in,
    conjuncts,
    drop_condition,
    has_aggregate,
    has_window,
    is_grouped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query, Source


def on_where(query: Query) -> Iterator[Edit]:
    """Move a condition on the outer-joined table from ON to WHERE, or from WHERE to ON."""
    for select in query.selects():
        for join in select.args.get("joins") or ():
            if join.side != "LEFT":
                continue
            alias = join.this.alias_or_name.lower()
            parts = conjuncts(join.args.get("on"))
            for part in parts if len(parts) > 1 else ():
                if _aliases(query, part) == {alias}:
                    tree, block, moved = query.copy_with(select, part)
                    condition = moved.copy()
                    drop_condition(moved)
                    add_condition(block, "where", condition)
                    yield edit(part, tree, "E29", Clause.FROM)
            for part in _where(select):
                if alias in _aliases(query, part) and not part.find(exp.Query):
                    tree, (target, moved) = query.copy_all(join, part)
                    condition = moved.copy()
                    drop_condition(moved)
                    target.set("on", exp.and_(tie_of(query, select, join), condition))
                    target.set("using", None)
                    yield edit(part, tree, "E29", Clause.WHERE)


def tie_of(query: Query, select: exp.Select, join: exp.Join) -> exp.Expr:
    """Copy what ties a join to the tables before it; USING is written with ON.

    Raises:
        KeyError: The join has neither.
    """
    if not join.args.get("using"):
        condition: exp.Expr = join.args["on"].copy()
        return condition
    alias = join.this.alias_or_name
    sources = query.sources(select)
    before = itertools.takewhile(lambda name: name != alias.lower(), sources)
    owners = [sources[name] for name in before]
    return exp.and_(*(_equal(owners, key.name, alias) for key in join.args["using"]))


def _equal(owners: list[Source], name: str, alias: str) -> exp.EQ:
    owner = {column: source.alias for source in reversed(owners) for column in source.families}
    return exp.EQ(this=exp.column(name, table=owner[name.lower()]), expression=exp.column(name, table=alias))


def pred_move(query: Query) -> Iterator[Edit]:
    """Move a condition between WHERE and HAVING, or between WHERE and QUALIFY."""
    for select in query.selects():
        for part in _where(select):
            if is_grouped(select):
                yield _moved(query, select, part, "having", "E20")
            if select.args.get("qualify") is not None:
                yield _moved(query, select, part, "qualify", "E20")
        for clause in ("having", "qualify"):
            holder = select.args.get(clause)
            for part in conjuncts(holder.this) if holder is not None else ():
                if not has_aggregate(part) and not has_window(part):
                    yield _moved(query, select, part, "where", "E20")


def pred_level(query: Query) -> Iterator[Edit]:
    """Move a condition one level in or out: into a sub-query or CTE of FROM, or out of it."""
    for select in query.selects():
        for source in query.sources(select).values():
            inner = _inner_block(query, select, source)
            if inner is not None:
                yield from _inwards(query, select, source, inner)
                yield from _outwards(query, select, source, inner)


def _inwards(query: Query, select: exp.Select, source: Source, inner: exp.Select) -> Iterator[Edit]:
    outputs = {
        **_passed_on(query, inner),
        **{item.alias_or_name.lower(): item.unalias() for item in inner.expressions},
    }
    for part in _where(select):
        columns = columns_in(part)
        if not columns or _aliases(query, part) != {source.alias} or part.find(exp.Query):
            continue
        origins = [outputs.get(column.name.lower()) for column in columns]
        if any(origin is None or has_aggregate(origin) or has_window(origin) for origin in origins):
            continue
        tree, block, moved = query.copy_with(inner, part)
        condition = moved.copy()
        drop_condition(moved)
        condition = condition.transform(lambda node: _origin(node, outputs))
        add_condition(block, "where", condition)
        yield edit(part, tree, "E37" if any(map(has_window, query.selects())) else "E21")


def _outwards(query: Query, select: exp.Select, source: Source, inner: exp.Select) -> Iterator[Edit]:
    names = {item.unalias().name.lower(): item.alias_or_name for item in inner.expressions if _is_column(item)}
    for part in _where(inner):
        columns = columns_in(part)
        if not columns or part.find(exp.Query) or any(column.name.lower() not in names for column in columns):
            continue
        tree, block, moved = query.copy_with(select, part)
        condition = moved.copy()
        drop_condition(moved)
        for column in columns_in(condition):
            column.set("this", exp.to_identifier(names[column.name.lower()]))
            column.set("table", exp.to_identifier(source.alias))
        add_condition(block, "where", condition)
        yield edit(part, tree, "E37" if any(map(has_window, query.selects())) else "E21")


def _passed_on(query: Query, inner: exp.Select) -> dict[str, exp.Expr]:
    """Map the columns that a star passes on."""
    if not any(item.is_star for item in inner.expressions):
        return {}
    sources = query.sources(inner).values()
    return {name: exp.column(name, table=source.alias) for source in sources for name in source.families}


def _moved(query: Query, select: exp.Select, part: exp.Expr, clause: str, code: str) -> Edit:
    tree, block, moved = query.copy_with(select, part)
    condition = moved.copy()
    drop_condition(moved)
    add_condition(block, clause, condition)
    return edit(part, tree, code)


def _where(select: exp.Select) -> list[exp.Expr]:
    where = select.args.get("where")
    return conjuncts(where.this) if where is not None else []


def _aliases(query: Query, part: exp.Expr) -> set[str]:
    sources = (query.source_of(column) for column in columns_in(part))
    return {source.alias if source else "" for source in sources}


def _inner_block(query: Query, select: exp.Select, source: Source) -> exp.Select | None:
    item = source.node
    inner: exp.Expr | None = item.this if isinstance(item, exp.Subquery) else None
    if isinstance(item, exp.Table):
        used = sum(table.name.lower() == item.name.lower() for table in query.tree.find_all(exp.Table))
        ctes = [cte for cte in query.tree.find_all(exp.CTE) if cte.alias.lower() == item.name.lower()]
        inner = ctes[0].this if len(ctes) == 1 and used == 1 else None
    return inner if isinstance(inner, exp.Select) and inner is not select else None


def _origin(node: exp.Expr, outputs: dict[str, exp.Expr]) -> exp.Expr:
    return outputs[node.name.lower()].copy() if isinstance(node, exp.Column) else node


def _is_column(item: exp.Expr) -> bool:
    return isinstance(item.unalias(), exp.Column) and not item.is_star
