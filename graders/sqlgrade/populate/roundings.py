"""Where queries decide by rounded numbers: what they sort, compare, group and add up, rounded and as it is."""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.parse import all_parsed
from sqlgrade.populate.bundles import COMPARED
from sqlgrade.populate.columns_used import ColumnFinder
from sqlgrade.populate.questions import conjuncts_of, of_one_group, row_condition, scope_of, told_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.tables.model import SchemaModel

_FUNCTIONS = (exp.Round, exp.Floor, exp.Ceil, exp.Trunc)
_CALCULATED = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.AggFunc)
_COARSE = (*exp.DataType.INTEGER_TYPES, exp.DataType.Type.DECIMAL)


@dataclass(frozen=True)
class Rounding:
    """Something that a query decides by once it is rounded, over columns written as cell_of writes them."""

    rounded: str
    exact: str
    """The same with nothing rounded."""
    rows: tuple[tuple[str, tuple[ColumnId, ...]], ...]
    """Which rows count, as far as that can be told of each row by itself: conditions, with the columns of each."""
    columns: tuple[ColumnId, ...]
    of_row: bool
    """It rests on one row, not on a group of them."""
    condition: bool
    """It holds or doesn't; otherwise it is a value."""


@functools.lru_cache(maxsize=256)
def roundings_of(sql: str, schema: SchemaModel) -> frozenset[Rounding]:
    """What a query decides by rounded numbers; none for a text that cannot be read."""
    found = set()
    for tree in all_parsed(sql):
        finder = ColumnFinder(tree, schema)
        found |= {made for node in _deciding(tree) if (made := _rounding(node, finder)) is not None}
    return frozenset(found)


@functools.lru_cache(maxsize=256)
def roundings_near(sql: str, schema: SchemaModel) -> frozenset[Rounding]:
    """What a query would decide by rounded numbers if it rounded what it rounds before it adds up, sorts or compares."""
    found = set()
    for tree in all_parsed(sql):
        if shown := list(tree.find_all(*_FUNCTIONS)):
            finder = ColumnFinder(tree, schema)
            found |= {made for node in _rounded_early(tree, shown) if (made := _rounding(node, finder)) is not None}
    return frozenset(found)


def _rounded_early(tree: exp.Expr, shown: Sequence[exp.Expr]) -> Iterator[exp.Expr]:
    """What aggregates take, rounded as their result is, and what is decided by, with what is rounded elsewhere rounded there too."""
    for node in shown:
        for call in node.find_all(exp.AggFunc):
            if isinstance(call.this, exp.Expr) and not isinstance(call, exp.Count):
                yield _standing_for(call.this, _rounded_as(node, call.this))
    for decided, node in itertools.product(_deciding(tree), shown):
        if any(part == node.this for part in decided.walk()) and node not in decided.walk():
            yield _standing_for(
                decided,
                decided.copy().transform(
                    lambda part, like=node: _rounded_as(like, part) if part == like.this else part
                ),
            )


def _rounded_as(node: exp.Expr, value: exp.Expr) -> exp.Expr:
    rounded = node.copy()
    rounded.set("this", value.copy())
    return rounded


def _standing_for(node: exp.Expr, other: exp.Expr) -> exp.Expr:
    """The other expression, as if it stood in the node's place; the tree stays as it is."""
    other.parent = node.parent
    return other


def _deciding(tree: exp.Expr) -> Iterator[exp.Expr]:
    """What rows are sorted by, grouped by, told apart by, compared by and aggregated by."""
    for each in tree.find_all(exp.Ordered, exp.Group, exp.Window):
        keys = [each.this] if isinstance(each, exp.Ordered) else each.args.get("partition_by") or each.expressions
        yield from (_meant(key, each) for key in keys)
    for each in tree.find_all(exp.Distinct):
        yield from (key.unalias() for key in each.expressions or _outputs(each.parent))
    for test in tree.find_all(*COMPARED):
        sides = (test.this, test.expression) if isinstance(test, exp.Binary) else (test.this,)
        yield from (test,) if test.find(exp.Literal) else sides
    yield from (call.this for call in tree.find_all(exp.AggFunc) if isinstance(call.this, exp.Expr))


def _outputs(select: exp.Expr | None) -> list[exp.Expr]:
    return select.selects if isinstance(select, exp.Select) else []


def _meant(key: exp.Expr, place: exp.Expr) -> exp.Expr:
    """What an output's number or name stands for in ORDER BY and GROUP BY."""
    outputs = _outputs(place.find_ancestor(exp.Select))
    if place.find_ancestor(exp.Window) is None and not isinstance(place, exp.Window):
        if isinstance(key, exp.Literal) and key.is_int and 0 < int(key.this) <= len(outputs):
            return outputs[int(key.this) - 1].unalias()
        if isinstance(key, exp.Column) and not key.table:
            named = (o.this for o in outputs if isinstance(o, exp.Alias) and o.alias.lower() == key.name.lower())
            return next(named, key)
    return key


def _rounding(node: exp.Expr, finder: ColumnFinder) -> Rounding | None:
    """What is decided by, rounded and not; None if nothing is rounded, or it rests on more than a group's rows."""
    whole = finder.written_out(node).transform(of_one_group)
    if whole.find(exp.Select, exp.Window, exp.Placeholder) or not any(map(_rounds, whole.walk())):
        return None
    of_row, told = whole.find(exp.AggFunc) is None, dict["ColumnId", None]()
    exact = whole.copy().transform(_unrounded)
    parts = [told_of(part, finder, told) for part in (exact, whole)]
    if None in parts or not told:
        return None
    scope = node.find_ancestor(exp.Select) if of_row else scope_of(node, finder)
    rows = []
    for part in conjuncts_of(scope.args.get("where")) if scope is not None else ():
        named: dict[ColumnId, None] = {}
        if condition := row_condition(part, finder, named):
            rows.append((condition, tuple(named)))
    return Rounding(str(parts[1]), str(parts[0]), tuple(rows), tuple(told), of_row, isinstance(node, COMPARED))


def _rounds(node: exp.Expr) -> bool:
    if isinstance(node, exp.Cast):
        return node.to.this in _COARSE and node.this.find(*_CALCULATED) is not None
    return isinstance(node, (*_FUNCTIONS, exp.IntDiv))


def _unrounded(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.IntDiv):
        left = exp.cast(exp.paren(node.this.copy()), "DOUBLE")
        return exp.Div(this=left, expression=exp.paren(node.expression.copy())).transform(_unrounded)
    return exp.paren(node.this.copy()).transform(_unrounded) if _rounds(node) else node
