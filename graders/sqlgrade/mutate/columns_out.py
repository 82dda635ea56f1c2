"""Operators on the list of output columns and on duplicates among the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit
from sqlgrade.query.surgery import is_grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query


def sel_distinct(query: Query) -> Iterator[Edit]:
    """Add or drop SELECT DISTINCT."""
    for select in query.selects():
        tree, block = query.copy(select)
        if select.args.get("distinct") is not None:
            block.set("distinct", None)
            yield edit(select.args["distinct"], tree, "E44")
        elif (select is query.tree or not is_grouped(select)) and not _gives_one_row(select):
            block.set("distinct", exp.Distinct())
            yield edit(select.expressions[0], tree, "E44")


def _gives_one_row(select: exp.Select) -> bool:
    """Tell whether a block aggregates everything into one row, or reads from nowhere."""
    return select.args.get("from_") is None or (is_grouped(select) and select.args.get("group") is None)


def union_all(query: Query) -> Iterator[Edit]:
    """Exchange UNION and UNION ALL; UNION, INTERSECT and EXCEPT."""
    for node in query.find(exp.Union, exp.Intersect, exp.Except):
        tree, counterpart = query.copy(node)
        counterpart.set("distinct", not node.args.get("distinct"))
        yield edit(node.right, tree, "E44")
        for kind in (exp.Union, exp.Intersect, exp.Except):
            if kind is not type(node):
                changed = kind(**{key: _copied(value) for key, value in node.args.items()})
                yield edit(node.right, query.replace(node, changed), "E46")


def col_drop(query: Query) -> Iterator[Edit]:
    """Leave out an output column."""
    for select in _outer_blocks(query):
        for place, item in enumerate(select.expressions if len(select.expressions) > 1 else ()):
            tree, block = query.copy(select)
            block.set("expressions", [e for n, e in enumerate(block.expressions) if n != place])
            yield edit(item, tree, "E43")


def col_add(query: Query) -> Iterator[Edit]:
    """Put out one column more."""
    for select in _outer_blocks(query):
        if is_grouped(select):
            continue
        shown = {item.name.lower() for item in select.expressions}
        candidates = ((s.alias, name) for s in query.sources(select).values() for name in s.families)
        for alias, name in [c for c in candidates if c[1] not in shown][:2]:
            tree, block = query.copy(select)
            block.append("expressions", exp.column(name, table=alias))
            yield edit(select.expressions[-1], tree, "E43")


def col_swap(query: Query) -> Iterator[Edit]:
    """Exchange two neighbouring output columns, or the values under two names."""
    for select in _outer_blocks(query):
        for place in range(len(select.expressions) - 1):
            first, second = select.expressions[place : place + 2]
            if query.family(first) == query.family(second):
                tree, (left, right) = query.copy_all(first, second)
                left.replace(exp.alias_(second.unalias().copy(), first.alias_or_name or "a"))
                right.replace(exp.alias_(first.unalias().copy(), second.alias_or_name or "b"))
                yield edit(first, tree, "E43")


def col_other(query: Query) -> Iterator[Edit]:
    """Put out another column of the same table and family."""
    for select in _outer_blocks(query):
        for item in select.expressions:
            column = item.unalias()
            source = query.source_of(column) if isinstance(column, exp.Column) else None
            for name, family in source.families.items() if source else ():
                if family == query.family(column) and name != column.name.lower():
                    tree, counterpart = query.copy(column)
                    counterpart.set("this", exp.to_identifier(name))
                    yield edit(item, tree, "E43")


def comma_drop(query: Query) -> Iterator[Edit]:
    """Forget a comma, so that the next column becomes the name of the one before."""
    for select in _outer_blocks(query):
        for place in range(1, len(select.expressions)):
            before, after = select.expressions[place - 1 : place + 1]
            if isinstance(after, exp.Column) and not after.table and not isinstance(before, exp.Alias):
                tree, block = query.copy(select)
                items = block.expressions
                merged = exp.alias_(items[place - 1].copy(), after.name)
                block.set("expressions", [*items[: place - 1], merged, *items[place + 1 :]])
                yield edit(after, tree, "E02")


def _outer_blocks(query: Query) -> list[exp.Select]:
    """Return the block whose columns the learner sees; a set operation has none that can change alone."""
    tree = query.tree
    return [tree] if isinstance(tree, exp.Select) else []


def _copied(value: object) -> object:
    return value.copy() if isinstance(value, exp.Expr) else value
