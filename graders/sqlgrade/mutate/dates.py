"""Operators on time: end of range, unit, month arithmetic, zone and business day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit, edit
from sqlgrade.query.surgery import conditions, conjuncts, drop_condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query

_UNITS = ("DAY", "WEEK", "MONTH", "QUARTER", "YEAR")
_CLOCK_UNITS = {"HOUR", "HOURS", "MINUTE", "MINUTES"}


def ts_between(query: Query) -> Iterator[Edit]:
    """Exchange a half-open range of times and BETWEEN two days."""
    for condition in conditions(query.tree):
        parts = conjuncts(condition)
        for low in parts:
            for high in parts:
                if isinstance(low, exp.GTE) and isinstance(high, exp.LT) and low.left == high.left:
                    yield from _as_between(query, low, high)
    for node in query.find(exp.Between):
        if query.family(node.this) in {"timestamp", "date"}:
            low = exp.GTE(this=node.this.copy(), expression=node.args["low"].copy())
            high = exp.LT(this=node.this.copy(), expression=node.args["high"].copy())
            yield edit(node, query.replace(node, exp.and_(low, high)), "E36")


def trunc_unit(query: Query) -> Iterator[Edit]:
    """Truncate to the neighbouring unit."""
    for node in query.find(exp.TimestampTrunc, exp.DateTrunc):
        for unit in _other_units(node):
            yield edit(node, _with_unit(query, node, unit), "E42")


def diff_unit(query: Query) -> Iterator[Edit]:
    """Measure a span in another unit, or by boundaries crossed instead of time elapsed."""
    for call in query.find(exp.Anonymous):
        if call.name.lower() in {"date_sub", "datesub"}:
            arguments = [argument.copy() for argument in call.expressions]
            yield edit(call, query.replace(call, exp.Anonymous(this="date_diff", expressions=arguments)), "E42")
    for node in query.find(exp.DateDiff, exp.TimestampDiff, exp.DatetimeDiff):
        for unit in _other_units(node):
            yield edit(node, _with_unit(query, node, unit), "E42")
        unit_node = node.args.get("unit")
        if unit_node is not None:
            name = "date_sub" if node.args.get("date_part_boundary") else "date_diff"
            arguments = [exp.Literal.string(unit_node.name.lower()), node.expression.copy(), node.this.copy()]
            yield edit(node, query.replace(node, exp.Anonymous(this=name, expressions=arguments)), "E42")


def month_arith(query: Query) -> Iterator[Edit]:
    """Take a month for 30 days, a number of days for one more or less, the month's last day for its first."""
    for node in query.find(exp.Interval):
        unit, amount = node.args.get("unit"), node.this
        if unit is None or not isinstance(amount, exp.Literal) or not amount.name.isdigit():
            continue
        count, name = int(amount.name), unit.name.upper().rstrip("S")
        changes = {"MONTH": [(count * 30, "DAY")], "DAY": [(count + 1, "DAY"), (max(count - 1, 0), "DAY")]}
        changes["DAY"] += [(count // 30, "MONTH")] if count and count % 30 == 0 else []
        for value, other in changes.get(name, []):
            yield edit(node, query.replace(node, _interval(value, other)), "E42")
    for last in query.find(exp.LastDay):
        first = exp.TimestampTrunc(this=last.this.copy(), unit=exp.Var(this="MONTH"))
        yield edit(last, query.replace(last, first), "E42")


def tz_shift(query: Query) -> Iterator[Edit]:
    """Drop a shift of zone or day start, in one place or in all, or shift the wrong way."""
    shifts = [node for node in query.find(exp.AtTimeZone, exp.Add, exp.Sub) if _is_shift(node)]
    for node in shifts:
        yield edit(node, query.replace(node, node.this.copy()), "E35")
        if isinstance(node, exp.Add | exp.Sub):
            kind = exp.Sub if isinstance(node, exp.Add) else exp.Add
            turned = kind(this=node.left.copy(), expression=node.right.copy())
            yield edit(node, query.replace(node, turned), "E35")
    if len(shifts) > 1:
        tree = query.tree.transform(lambda node: node.this if _is_shift(node) else node)
        yield edit(shifts[0], tree, "E35")


def _is_shift(node: exp.Expr) -> bool:
    if isinstance(node, exp.AtTimeZone):
        return True
    interval = node.right if isinstance(node, exp.Add | exp.Sub) else None
    unit = interval.args.get("unit") if isinstance(interval, exp.Interval) else None
    return unit is not None and unit.name.upper() in _CLOCK_UNITS


def _as_between(query: Query, low: exp.GTE, high: exp.LT) -> Iterator[Edit]:
    for end in (high.right.copy(), _day_before(high.right)):
        if end is not None:
            tree, (first, last) = query.copy_all(low, high)
            drop_condition(last)
            first.replace(exp.Between(this=low.left.copy(), low=low.right.copy(), high=end))
            yield edit(high, tree, "E36")


def _day_before(node: exp.Expr) -> exp.Expr | None:
    literal = node.find(exp.Literal)
    if literal is None or not literal.is_string or node.find(exp.Interval):
        return None
    try:
        day = dt.date.fromisoformat(literal.name[:10]) - dt.timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    moved = exp.Literal.string(day.isoformat())
    if literal is node:
        return moved
    copied = node.copy()
    found = copied.find(exp.Literal)
    if found is not None:
        found.replace(moved)
    return copied


def _other_units(node: exp.Expr) -> list[str]:
    unit = node.args.get("unit")
    name = unit.name.upper().rstrip("S") if unit is not None else ""
    if name not in _UNITS:
        return ["DAY", "MINUTE"] if name == "HOUR" else []
    place = _UNITS.index(name)
    near = [u for n, u in enumerate(_UNITS) if abs(n - place) in (1, 2)]
    return near + (["HOUR"] if name == "DAY" else [])


def _with_unit(query: Query, node: exp.Expr, unit: str) -> exp.Expr:
    tree, counterpart = query.copy(node)
    counterpart.set("unit", exp.Var(this=unit))
    return tree


def _interval(value: int, unit: str) -> exp.Interval:
    return exp.Interval(this=exp.Literal.string(str(value)), unit=exp.Var(this=unit))
