"""Columns whose values decide together: consecutive ones, ones so far apart, ones of the same day, ones run into one text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from sqlgrade.populate.neighbours import as_number, moments_beside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.populate.columns_used import ColumnFinder, ColumnId
    from sqlgrade.tables.sqltype import SqlType

COMPARED = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In)
_UNEQUAL = (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between)
_RANKS = (exp.RowNumber, exp.Rank, exp.DenseRank)
_DAY = dt.timedelta(days=1)
_UNITS = {
    "SECOND": dt.timedelta(seconds=1),
    "MINUTE": dt.timedelta(minutes=1),
    "HOUR": dt.timedelta(hours=1),
    "DAY": _DAY,
    "WEEK": dt.timedelta(weeks=1),
    "MONTH": dt.timedelta(days=31),
    "QUARTER": dt.timedelta(days=92),
    "YEAR": dt.timedelta(days=366),
}
_NEAR = (-_DAY, _DAY, -_UNITS["SECOND"], _UNITS["SECOND"])
_SAME_DAY = tuple(dt.timedelta(hours=hours) for hours in (0, 1, 12, 24, 36))
_TURNS = tuple(dt.timedelta(days=days) for days in (0, 1, 4, 7, 366))
_BIRTHDAYS = tuple(dt.timedelta(days=days) for days in (0, 365, 366, 364, 367, 28, 30, 31))
_NO_CALENDAR = (exp.AggFunc, exp.Cast, exp.Case, exp.If, exp.Coalesce, exp.Connector, exp.Predicate, exp.Window)
_LONGEST_INTERVAL = dt.timedelta(days=36_600)
_FURTHEST = dt.timedelta(days=4000)
_SHORTEST_RUN, _LONGEST_RUN = 4, 9
_MOST_BUNDLES = 12
_IN_STEP = (1.0, 1.0, 0.7)
STARTS = (dt.datetime(2024, 2, 27), dt.datetime(2024, 12, 29))  # noqa: DTZ001  (columns without a zone)
"""Days from which a leap day, the end of a month and the turn of a year and of a week are near."""


@dataclass(frozen=True)
class Bundle:
    """Columns of one query with values that decide together."""

    columns: tuple[ColumnId, ...]
    steps: tuple[dt.timedelta, ...] = ()
    """Distances from a common start; a number takes a day for one."""
    joint: str | None = None
    """What stands between the columns where they are run into one text."""
    mean: Decimal | None = None
    """What the mean of the column is compared with."""
    still: ColumnId | None = None
    """A column that keeps to the start, while the others are so far from it."""

    @property
    def run(self) -> int:
        """How many rows the values of a single column fill one after another."""
        return len(self.steps) if len(self.columns) == 1 else 0

    @property
    def in_step(self) -> tuple[float, ...]:
        """How often a row takes the value at its own place, so that values follow each other or belong together."""
        if self.joint is not None:
            return (1.0,)
        return _IN_STEP if len(self.columns) == 1 else (1.0, 0.7, 0.0)

    def apart(self) -> Iterator[Bundle]:
        """The columns as far apart as is asked for or nearly so, by as much in every row, each of them before the others."""
        length = self.steps[1] if len(self.columns) > 1 and len(self.steps) > 1 else dt.timedelta()
        for step in (length, *(length + near for near in _NEAR)) if abs(length) >= _UNITS["HOUR"] else ():
            for column in self.columns:
                yield Bundle(self.columns, (step,), still=column)

    def values(self, column: ColumnId, kind: SqlType, start: dt.datetime | Decimal) -> list[Any]:
        """The values for one of the columns, which has that type; for a column of time the start is a moment."""
        if self.joint is not None:
            return _alike_when_joined(self.columns.index(column), kind, self.joint)
        if self.mean is not None:
            return _around_mean(self.mean, kind)
        steps = (dt.timedelta(),) if column == self.still else self.steps
        if kind.temporal and isinstance(start, dt.datetime):
            return list(dict.fromkeys(moments_beside(start, steps, kind)))
        if kind.numeric and isinstance(start, Decimal):
            numbers = [start + step // _DAY for step in steps if not step % _DAY]
            return [as_number(number, kind) for number in dict.fromkeys(numbers) if kind.holds(number)]
        return []


def _alike_when_joined(place: int, kind: SqlType, joint: str) -> list[Any]:
    """The first and the second row's value of a column, so that both rows make the same text."""
    pair: tuple[str, str] = ("a", f"a{joint}a")
    if kind.numeric:
        pair = ("1", "1.01") if kind.family == "double" and not place else ("1", "11")
    if place:
        pair = (pair[1], pair[0]) if place == 1 else (pair[0], pair[0])
    if kind.family == "text":
        return list(pair)
    return [as_number(Decimal(each), kind) for each in pair] if kind.numeric and not joint else []


def _around_mean(mean: Decimal, kind: SqlType) -> list[Any]:
    """A number below and one above, of which the mean comes out exactly."""
    whole = mean == mean.to_integral_value()
    below = mean - 1 if whole or kind.family != "integer" else mean.to_integral_value(ROUND_FLOOR)
    pair = [below, 2 * mean - below]
    return [as_number(number, kind) for number in pair if kind.numeric and kind.holds(number)]


def bundles_of(tree: exp.Expr, finder: ColumnFinder) -> list[Bundle]:
    """The bundles of a query, each once."""
    found = dict.fromkeys(bundle for node in tree.walk() for bundle in _bundles(node, finder, tree) if bundle.columns)
    return list(found)[:_MOST_BUNDLES]


def _bundles(node: exp.Expr, finder: ColumnFinder, tree: exp.Expr) -> Iterator[Bundle]:
    if isinstance(node, (exp.Add, exp.Sub)):
        yield from _runs(node, finder, tree)
    elif isinstance(node, exp.Window):
        yield from _reaches(node, finder)
    elif isinstance(node, (exp.Concat, exp.ConcatWs, exp.DPipe)) and not isinstance(node.parent, exp.DPipe):
        yield from _joined(node, finder)
    if isinstance(node, COMPARED):
        yield from _distances(node, finder, tree)
        yield from _means(node, finder)
    elif isinstance(node, (exp.Func, exp.Sub)) and not isinstance(node, _NO_CALENDAR):
        yield from _calendar(node, finder)


def _runs(node: exp.Binary, finder: ColumnFinder, tree: exp.Expr) -> Iterator[Bundle]:
    """A column from which a row's number is taken: consecutive values."""
    for side, other in ((node.this, node.expression), (node.expression, node.this)):
        if any(_found(_meant(side, finder), *_RANKS)):
            yield Bundle(tuple(finder.columns(other)), tuple(n * _DAY for n in range(_run_length(tree))))


def _run_length(tree: exp.Expr) -> int:
    """Two more than the longest run that the query seems to ask for."""
    numbers = [int(n.this) for n in tree.find_all(exp.Literal) if n.is_int and len(n.this) == 1]
    return min(max(_SHORTEST_RUN, *numbers, 0) + 2, _LONGEST_RUN)


def _reaches(node: exp.Window, finder: ColumnFinder) -> Iterator[Bundle]:
    """The sort key of a window whose RANGE reaches some way: values as far apart."""
    spec = node.args.get("spec")
    for edge in (spec.args.get("start"), spec.args.get("end")) if isinstance(spec, exp.WindowSpec) else ():
        length = interval_length(edge) if isinstance(edge, exp.Expression) else None
        if length and node.args.get("order"):
            unit = _DAY if length >= _DAY else _UNITS["HOUR"]
            steps = (dt.timedelta(), length, length + unit, length - unit)
            yield Bundle(tuple(finder.columns(node.args["order"])), steps)


def _distances(node: exp.Expr, finder: ColumnFinder, tree: exp.Expr) -> Iterator[Bundle]:
    """Columns compared with each other or by their difference: values as far apart, or within one day and the next."""
    meant = _meant(node, finder)
    parts = {column for window in _found(meant, exp.Window) for column in _partition(window, finder)}
    columns = tuple(column for column in finder.columns(node) if column not in parts)
    spans = list(dict.fromkeys(_spans(node, meant)))
    run = [n * _DAY for n in range(_run_length(tree))] if len(columns) == 1 else []
    for length, unit in spans:
        steps = _steps(length, unit, run)
        yield Bundle(columns, tuple(step for step in dict.fromkeys(steps) if abs(step) < _FURTHEST))
    if not spans and isinstance(node, _UNEQUAL) and _between_columns(node):
        yield Bundle(columns, _SAME_DAY)


def _steps(length: dt.timedelta, unit: dt.timedelta, run: list[dt.timedelta]) -> list[dt.timedelta]:
    """How far from the first value others lie: some of a run if there is one, or on both sides of the length."""
    if run and not length % _DAY and length < _LONGEST_RUN * _DAY:
        return [*run, length + unit, length - unit]
    fine = [length + unit / 4, unit / 2] if unit < _DAY or length % _DAY else []
    return [dt.timedelta(), length, *fine, length + unit, length - unit, -unit, 2 * length]


def _meant(node: exp.Expr, finder: ColumnFinder) -> list[exp.Expr]:
    """An expression, and what the names in it stand for."""
    return [node, *(each for column in node.find_all(exp.Column) for each in finder.expressions(column))]


def _found(meant: list[exp.Expr], *kinds: type[exp.Expr]) -> Iterator[exp.Expr]:
    return (found for each in meant for found in each.find_all(*kinds))


def _partition(window: exp.Expr, finder: ColumnFinder) -> list[ColumnId]:
    """The columns by which a window is parted: they hold still while others run."""
    return [column for each in window.args.get("partition_by") or () for column in finder.columns(each)]


def _between_columns(node: exp.Expr) -> bool:
    """True if both sides of a comparison rest on columns."""
    sides = [node.args[key] for key in ("this", "expression", "low", "high") if node.args.get(key) is not None]
    return sum(side.find(exp.Column) is not None and side.find(exp.AggFunc) is None for side in sides) > 1


def _spans(node: exp.Expr, meant: list[exp.Expr]) -> Iterator[tuple[dt.timedelta, dt.timedelta]]:
    """The distances that a comparison, and what stands for names in it, asks for, each with the unit in which it is given."""
    for added in (side for sum_ in _found(meant, exp.Add, exp.Sub) for side in (sum_.this, sum_.expression)):
        if _is_small(added) and int(added.this) > 0:
            yield int(added.this) * _DAY, _DAY
    for length in map(interval_length, _found(meant, exp.Interval)):
        if length:
            yield length, next(unit for unit in reversed(_UNITS.values()) if not length % unit)
    numbers = [int(n.this) for n in node.find_all(exp.Literal) if _is_small(n)]
    for difference in _found(meant, exp.DateDiff, exp.TimestampDiff):
        unit = _UNITS.get(str(difference.args.get("unit") or "DAY").upper().strip("'"), _DAY)
        yield from ((number * unit, unit) for number in numbers)


def _is_small(node: exp.Expr) -> bool:
    return isinstance(node, exp.Literal) and node.is_int and 0 <= int(node.this) < 1000


def _means(node: exp.Expr, finder: ColumnFinder) -> Iterator[Bundle]:
    """A column whose mean is compared with a number: values of which it is the mean."""
    means = _found(_meant(node, finder), exp.Avg)
    columns = tuple(dict.fromkeys(column for mean in means for column in finder.columns(mean)))
    for literal in node.find_all(exp.Literal) if columns else ():
        if not literal.is_string:
            yield Bundle(columns, mean=Decimal(literal.this))


def _calendar(node: exp.Expr, finder: ColumnFinder) -> Iterator[Bundle]:
    """Moments of which parts are read or differences taken: on both sides of a week, a month, a year and a birthday."""
    columns = tuple(finder.temporal(node))
    if columns and (len(columns) > 1 or not isinstance(node, exp.Sub)):
        yield Bundle(columns, _BIRTHDAYS if len(columns) > 1 else _TURNS)


def _joined(node: exp.Expr, finder: ColumnFinder) -> Iterator[Bundle]:
    """Columns run into one text: values of which other pairs make the same text."""
    columns = tuple(finder.columns(node))
    marks = {literal.this for literal in node.find_all(exp.Literal) if literal.is_string}
    if len(columns) > 1 and len(marks) <= 1:
        yield Bundle(columns, joint="".join(marks))


def interval_length(node: exp.Expr | None) -> dt.timedelta | None:
    """The length of an interval with a plain number; none for one that leads out of the calendar or nearly so."""
    if not isinstance(node, exp.Interval) or node.this is None:
        return None
    unit, count = _UNITS.get(str(node.args.get("unit") or "").upper().rstrip("S")), node.this.unnest()
    if unit is None or not isinstance(count, exp.Literal) or not re.fullmatch(r"\d{1,4}", count.this):
        return None
    length = int(count.this) * unit
    return length if length < _LONGEST_INTERVAL else None
