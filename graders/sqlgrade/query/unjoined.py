"""Which tables of a query stand side by side with nothing that joins them: every row of one meets every row of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.parse import RULE_FAULTS, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator


def unjoined_tables(sql: str) -> tuple[str, ...]:
    """The tables of the first SELECT in which some are joined by no condition, as they are named there; none if all are.

    A condition whose columns name no table may join any, so it is taken to join all of them.
    """
    try:
        tree = parsed(sql)
        selects = tree.find_all(exp.Select) if tree is not None else ()
        return next((names for select in selects if (names := _apart(select))), ())
    except RULE_FAULTS:
        return ()


def _apart(select: exp.Select) -> tuple[str, ...]:
    source = select.args.get("from_") or select.args.get("from")
    joins = select.args.get("joins") or []
    if source is None or not joins:
        return ()
    tables = (source.this, *(join.this for join in joins))
    names = {each.alias_or_name.casefold(): " ".join(dict.fromkeys([each.name, each.alias_or_name])) for each in tables}
    if not all(isinstance(each, exp.Table) and each.name for each in tables) or any(map(_joins_by_name, joins)):
        return ()
    groups = [{name} for name in names]
    for condition in _conditions(select, joins):
        columns = list(condition.find_all(exp.Column))
        if any(not column.table for column in columns):
            return ()
        tied = {column.table.casefold() for column in columns} & set(names)
        touched = [group for group in groups if group & tied]
        groups = [group for group in groups if not group & tied] + ([set().union(*touched)] if touched else [])
    places = sorted(min(map(list(names).index, group)) for group in groups)
    return tuple(list(names.values())[place] for place in places) if len(places) > 1 else ()


def _joins_by_name(join: exp.Join) -> bool:
    return bool(join.args.get("using")) or join.args.get("method") in {"NATURAL", "ASOF", "POSITIONAL"}


def _conditions(select: exp.Select, joins: list[exp.Join]) -> Iterator[exp.Expr]:
    """What stands between AND in ON and WHERE."""
    where = select.args.get("where")
    for whole in (*(join.args.get("on") for join in joins), where.this if where is not None else None):
        if whole is not None:
            yield from (part.unnest() for part in (whole.flatten() if isinstance(whole, exp.And) else [whole]))
