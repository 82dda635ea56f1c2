"""Operators on GROUP BY."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query

_MOST_ADDED = 8


def grp_drop(query: Query) -> Iterator[Edit]:
    """Leave out a grouping column; in SELECT it becomes any of the group's values."""
    for group in query.find(exp.Group):
        keys = group.expressions
        for place, key in enumerate(keys):
            tree, counterpart = query.copy(group)
            if len(keys) == 1:
                counterpart.pop()
            else:
                counterpart.set("expressions", [k for n, k in enumerate(counterpart.expressions) if n != place])
            yield edit(key, tree, "E26" if not _is_selected(group, key) else "E06")
            if _is_selected(group, key):
                yield edit(key, _with_representative(query, group, place), "E26")


def grp_add(query: Query) -> Iterator[Edit]:
    """Group by one column more."""
    for group in query.find(exp.Group):
        select = group.find_ancestor(exp.Select)
        if select is None or not group.expressions:
            continue
        present = {key.sql() for key in group.expressions} | {key.name.lower() for key in group.expressions}
        added = 0
        for source in query.sources(select).values():
            for name in source.families:
                column = exp.column(name, table=source.alias)
                if column.sql() in present or name in present or added >= _MOST_ADDED:
                    continue
                added += 1
                tree, counterpart = query.copy(group)
                counterpart.append("expressions", column)
                yield edit(group, tree, "E26")


def _is_selected(group: exp.Group, key: exp.Expr) -> bool:
    select = group.parent
    return isinstance(select, exp.Select) and any(_plain(item, key) for item in select.expressions)


def _plain(item: exp.Expr, key: exp.Expr) -> bool:
    return item.unalias() == key or item.alias_or_name.lower() == key.name.lower()


def _with_representative(query: Query, group: exp.Group, place: int) -> exp.Expr:
    tree, counterpart = query.copy(group)
    select, key = counterpart.parent, counterpart.expressions[place]
    for item in select.expressions if isinstance(select, exp.Select) else ():
        if _plain(item, key):
            wrapped = exp.alias_(exp.Min(this=item.unalias().copy()), item.alias_or_name)
            item.replace(wrapped)
    rest = [k for n, k in enumerate(counterpart.expressions) if n != place]
    counterpart.set("expressions", rest) if rest else counterpart.pop()
    return tree
