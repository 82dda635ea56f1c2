"""A right query's conditions put into the clause in which the learner asks the same: beside inner joins ON and WHERE say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sqlglot import exp

from sqlgrade.diagnose.reading.contrast import printed
from sqlgrade.diagnose.reading.trees import is_tie, joins_of
from sqlgrade.diagnose.repairs.condition_steps import conditions_of
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterable

    _Asked: TypeAlias = frozenset[str]


def put_where_asked(own: exp.Select, block: exp.Select) -> None:
    """Move conditions between the ON of inner joins and WHERE, to where the learner has conditions on the same columns and the right query has none.

    Args:
        own: the learner's block.
        block: the right query's, in the learner's names; it is changed.
    """
    joins = joins_of(block)
    if not joins or not all(map(_is_inner, (*joins, *joins_of(own)))):
        return
    in_where = {_columns(part) for part in conditions_of(own, "where")}
    in_on = {_columns(part): join.this.alias_or_name for join in joins_of(own) for part in _rest(join)}
    for join in joins:
        for part in (part for part in _rest(join) if _columns(part) in in_where - in_on.keys()):
            _take_from_on(join, part)
            _set_where(block, (*conditions_of(block, "where"), part))
    by_name = {join.this.alias_or_name: join for join in joins}
    for part in (part for part in conditions_of(block, "where") if _columns(part) in in_on.keys() - in_where):
        _bring_to_on(by_name.get(in_on[_columns(part)]), part, block)


def _bring_to_on(join: exp.Join | None, part: exp.Expr, block: exp.Select) -> None:
    if join is not None and _columns_known(part, block, join):
        _set_where(block, (each for each in conditions_of(block, "where") if each != part))
        join.set("on", exp.and_(join.args["on"].copy(), part.copy(), copy=False))


def _is_inner(join: exp.Join) -> bool:
    return (
        not any(join.args.get(name) for name in ("side", "using", "method"))
        and join.kind in {"", "INNER"}
        and "on" in join.args
    )


def _rest(join: exp.Join) -> list[exp.Expr]:
    """What ON asks besides what ties the tables."""
    return [part for part in conjuncts(join.args.get("on")) if not (isinstance(part, exp.EQ) and is_tie(part))]


def _columns(part: exp.Expr) -> _Asked:
    return frozenset(printed(column) for column in part.find_all(exp.Column))


def _columns_known(part: exp.Expr, block: exp.Select, last: exp.Join) -> bool:
    """Whether a join comes after all that a condition speaks of."""
    joins = block.args["joins"]
    known = [block.args["from_"].this, *(each.this for each in joins[: joins.index(last) + 1])]
    names = {item.alias_or_name.lower() for item in known}
    return part.find(exp.Select) is None and all(column.table.lower() in names for column in part.find_all(exp.Column))


def _take_from_on(join: exp.Join, part: exp.Expr) -> None:
    left = [each.copy() for each in conjuncts(join.args["on"]) if each != part]
    join.set("on", exp.and_(*left, copy=False) if left else exp.true())


def _set_where(block: exp.Select, parts: Iterable[exp.Expr]) -> None:
    copied = [each.copy() for each in parts]
    block.set("where", exp.Where(this=exp.and_(*copied, copy=False)) if copied else None)
