"""Which columns of a block have one value in each group, as the columns that it groups by, keys and equalities tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Named = tuple[str | None, str]
    """The alias of a table, and a column of it, both in lower case."""


def determined(
    grouped: set[Named], equalities: Iterable[tuple[Named, Named]], rows: Mapping[str, tuple[set[Named], set[Named]]]
) -> set[Named]:
    """The columns that these ones determine.

    Args:
        grouped: those that are known to have one value.
        equalities: pairs that a condition makes equal.
        rows: alias -> the columns of its table's key, all columns of it; for tables that have a key.
    """
    found, pairs, size = set(grouped), list(equalities), -1
    while len(found) != size:
        size = len(found)
        for key, columns in rows.values():
            if key and key <= found:
                found |= columns
        for left, right in pairs:
            if left in found or right in found:
                found |= {left, right}
    return found


def equalities_of(
    select: exp.Select, named: Callable[[exp.Column], Named]
) -> tuple[list[tuple[Named, Named]], set[Named]]:
    """The pairs of columns that a block's joins and WHERE make equal, and those that equal a constant."""
    pairs, constant = list[tuple["Named", "Named"]](), set["Named"]()
    for condition in _conditions(select):
        if not isinstance(condition, exp.EQ):
            continue
        match condition.left.unnest(), condition.right.unnest():
            case exp.Column() as left, exp.Column() as right:
                pairs.append((named(left), named(right)))
            case (exp.Column() as column, exp.Literal()) | (exp.Literal(), exp.Column() as column):
                constant.add(named(column))
    return pairs, constant


def tables_of(select: exp.Select) -> list[exp.Table]:
    """The tables that a block reads by name."""
    from_ = select.args.get("from_")
    items = [*([from_.this] if from_ is not None else []), *(each.this for each in select.args.get("joins") or ())]
    return [each for each in items if isinstance(each, exp.Table)]


def outside_aggregates(select: exp.Select) -> list[exp.Column]:
    """The columns of a block that stand in SELECT, HAVING or ORDER BY and in no aggregate."""
    parts = [*select.expressions, select.args.get("having"), select.args.get("order")]
    columns = (each for part in parts if part is not None for each in part.find_all(exp.Column))
    return [each for each in columns if each.find_ancestor(exp.AggFunc, exp.Query) is select]


def is_one_group(select: exp.Select) -> bool:
    """Whether a block without GROUP BY makes one row of all of its rows."""
    aggregates = (each for part in select.expressions for each in part.find_all(exp.AggFunc))
    return any(each.find_ancestor(exp.Window, exp.Query) is select for each in aggregates)


def _conditions(select: exp.Select) -> Iterator[exp.Expr]:
    where = select.args.get("where")
    held = [where.this] if where is not None else []
    held += [join.args["on"] for join in select.args.get("joins") or () if join.args.get("on") is not None]
    for each in held:
        yield from each.unnest().flatten() if isinstance(each.unnest(), exp.And) else [each.unnest()]
