"""Where a range begins and ends: a bound that belongs or does not, the wrong side, a period by another clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.clocks import SHIFT_TURNED, clock, interval_hours, shifted, turned_interval
from sqlgrade.diagnose.mistakes.lacking import BOUND_MISSING_BEGINS, BOUND_MISSING_ENDS
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence
from sqlgrade.diagnose.mistakes.rule import condition_rule, rule
from sqlgrade.diagnose.reading.contrast import Difference, Part
from sqlgrade.diagnose.reading.trees import column_name, columns, kernel, number_of
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlgrade.diagnose.mistakes.scene import Scene

BOUND_EXCLUDED = Mistake("bound_excluded", "E22", Family.TIMES)
BOUND_INCLUDED = Mistake(
    "bound_included",
    "E22",
    Family.TIMES,
    before=(
        Before("condition_besides", "the end that is asked for lies within the one there is"),
        Before("equals_for_bound", "the day is compared as a whole"),
    ),
)
BETWEEN_TURNED = Mistake("between_turned", "E22", Family.TIMES)
SIDE_TURNED = Mistake("side_turned", "E22", Family.TIMES)
LAST_DAY_LOST = Mistake(
    "last_day_lost",
    "E36",
    Family.TIMES,
    before=(
        Before("clock_unshifted_behind", "only the end is wrong, by a whole day"),
        Before("moments_for_days", "it says which rows are lost"),
    ),
)
DAYS_EARLY = Mistake(
    "days_early",
    "E36",
    Family.TIMES,
    before=(Before("bound_excluded", "a day is another day, whether or not its end belongs"),),
)
DAYS_LATE = Mistake("days_late", "E36", Family.TIMES)
HOURS_EARLY = Mistake("hours_early", "E35", Family.TIMES, before=(Before("shift_turned", "one end alone is off"),))
HOURS_LATE = Mistake("hours_late", "E35", Family.TIMES, before=(Before("shift_turned", "one end alone is off"),))

_ORDERED = (exp.GT, exp.GTE, exp.LT, exp.LTE)
_TURNED: dict[type[exp.Expr], type[exp.Expr]] = {exp.GT: exp.LT, exp.GTE: exp.LTE, exp.LT: exp.GT, exp.LTE: exp.GTE}
"""How a comparison reads with its sides exchanged, which is also the wrong way to look."""
_LOOSER: dict[type[exp.Expr], type[exp.Expr]] = {exp.GT: exp.GTE, exp.LT: exp.LTE}
_STRICTER: dict[type[exp.Expr], type[exp.Expr]] = {exp.GTE: exp.GT, exp.LTE: exp.LT}
_LAST_SECOND = 59
_DAY, _NOTHING = dt.timedelta(days=1), dt.timedelta(0)
_SOME_DAY = dt.datetime(2000, 1, 1)  # noqa: DTZ001  (days counted from it, whatever it is)


@dataclass(frozen=True)
class End:
    """One end of a period, as a moment of the column itself."""

    lower: bool
    at: dt.datetime
    inclusive: bool
    condition: exp.Expr
    side: exp.Expr
    """The column with all that is done to it."""
    value: exp.Expr
    written: dt.datetime
    hours: float
    """By how much the column is moved before it is compared."""
    by_day: bool
    of: str = ""
    """The column that the bound is counted from, if it is no constant; its moments are then counted from some day."""


@rule
def periods(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A period that begins or ends at another moment than the one asked for, however it is written."""
    if difference.part not in (Part.WHERE, Part.HAVING, Part.ON, Part.QUALIFY):
        return
    where = difference.block.args.get("where") if difference.part is Part.WHERE and not difference.own else None
    beside = conjuncts(where.this) if where is not None else ()  # one end more, that lies within the end there is
    ours, theirs = (_ends(parts, scene) for parts in (difference.own or beside, difference.wanted))
    for name, own in ours.items():
        wanted = theirs.get(name, {})
        both = [(own[side], wanted[side]) for side in (True, False) if side in own and side in wanted]
        if both and not any(_another_year(*pair) for pair in both):
            kept = len(both) == 1 and _has_other_end(difference, name, scene)
            yield from _compared(both, difference.part, scene, kept=kept)


@rule
def ends_exchanged(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """BETWEEN with the larger value first, which no row passes."""
    ours, theirs = (
        [each for each in parts if isinstance(each, exp.Between)] for parts in (difference.own, difference.wanted)
    )
    for own in ours:
        ends = own.args["high"], own.args["low"]
        if any(each.this == own.this and (each.args["low"], each.args["high"]) == ends for each in theirs):
            yield BETWEEN_TURNED.at(difference.part, own, {"condition": scene.quote(own)})


@condition_rule
def bound(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A bound that belongs or does not, or the wrong direction."""
    if isinstance(own, exp.Between):
        yield from _between(own, wanted, scene)
    elif isinstance(own, _ORDERED) and isinstance(wanted, exp.Between):
        lower = isinstance(own, exp.GT | exp.GTE) != _is_constant(own.left)
        kind, end = (exp.GTE, "low") if lower else (exp.LTE, "high")
        one_end = kind(this=wanted.this.copy(), expression=wanted.args[end].copy())
        yield from _other_bound(own, one_end, scene, both_ends=True)
    elif isinstance(own, _ORDERED) and isinstance(wanted, _ORDERED):
        yield from _other_bound(own, wanted, scene, both_ends=False)


def _other_bound(own: exp.Binary, wanted: exp.Binary, scene: Scene, *, both_ends: bool) -> Iterator[Occurrence]:
    """One comparison for another one of the same thing, or for one end of a BETWEEN."""
    kind: type[exp.Expr] = type(wanted)
    left, right = wanted.left, wanted.right
    if own.left.sql() != left.sql() and own.right.sql() == left.sql():
        kind, left, right = _TURNED[kind], right, left
    constant = own.right if not _is_constant(own.left) else own.left
    told = {"condition": scene.quote(own), "value": scene.quote(constant), "column": column_name(own)}
    if own.left.sql() != left.sql():
        return
    if own.right.sql() != right.sql():
        if own.right.name.isdigit() and right.name.isdigit() and _whole(own.left, scene):
            yield from _number_moved(own, kind, float(right.name), told)
    elif _LOOSER.get(type(own)) is kind:
        yield BOUND_EXCLUDED.at("", own, told)
    elif _STRICTER.get(type(own)) is kind:
        yield BOUND_INCLUDED.at("", own, told)
    elif kind is not type(own):
        yield SIDE_TURNED.at("", own, told)
    elif both_ends and not _ends_beside(own):
        low = isinstance(own, exp.GT | exp.GTE) == bool(columns(own.left))
        yield (BOUND_MISSING_ENDS if low else BOUND_MISSING_BEGINS).at("", own, told)


def _ends_beside(own: exp.Binary) -> bool:
    """Whether another condition beside this one says where its range ends, or begins."""
    holder = own.find_ancestor(exp.Where, exp.Having, exp.Qualify)
    beside = [each.unnest() for each in conjuncts(holder.this)] if holder is not None else []
    others = [each for each in beside if each is not own and isinstance(each, _ORDERED)]
    return any(own.left.sql() in (each.left.sql(), each.right.sql()) for each in others)


@condition_rule
def bare_last_day(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """Moments compared with a day that is not written out, as its midnight: the last day is lost."""
    (side, last), (other, meant) = _upper(own), _upper(wanted)
    if side is None or last is None or other is None or meant is None or column_name(side) != column_name(other):
        return
    moments_only = scene.learner.family(side) == "timestamp" and not _by_day(side, scene)
    if moments_only and scene.learner.family(last) == "date" and other.find(exp.Cast) and last.name == meant.name:
        told = {"condition": scene.quote(own), "value": scene.quote(last), "column": column_name(side)}
        yield LAST_DAY_LOST.at("", own, told)


def _upper(condition: exp.Expr) -> tuple[exp.Expr | None, exp.Expr | None]:
    """What has an upper end that belongs, and that end."""
    if isinstance(condition, exp.Between):
        return condition.this, condition.args["high"]
    return (condition.left, condition.right) if isinstance(condition, exp.LTE) else (None, None)


def moved(node: exp.Expr, ours: dt.datetime, theirs: dt.datetime, scene: Scene) -> Iterator[Occurrence]:
    """A moment that lies before or after the one asked for."""
    off = abs(ours - theirs)
    late = ours > theirs
    told = {"value": scene.quote(node)}
    if off and off % _DAY == _NOTHING:
        yield (DAYS_LATE if late else DAYS_EARLY).at("", node, {**told, "days": off.days})
    elif off and off.total_seconds() % 1800 == 0:
        yield (HOURS_LATE if late else HOURS_EARLY).at("", node, {**told, "hours": _hours(off)})


def moment(node: exp.Expr | None) -> dt.datetime | None:
    """The date or moment that a constant stands for."""
    if isinstance(node, exp.Cast | exp.Paren):
        return moment(node.this)
    if isinstance(node, exp.Add | exp.Sub):
        first, hours = moment(node.left), interval_hours(node.right)
        sign = 1 if isinstance(node, exp.Add) else -1
        return first + sign * dt.timedelta(hours=hours) if first is not None and hours is not None else None
    if isinstance(node, exp.Literal) and node.is_string:
        try:
            return dt.datetime.fromisoformat(node.name.strip()).replace(tzinfo=None)
        except ValueError:
            return None
    return None


def _days_from(value: exp.Expr) -> tuple[str, dt.datetime] | None:
    """The column that a bound is counted from, and the bound as if that column were some day: `p.starts_on + 13`."""
    days, base = 0, value.unnest()
    while isinstance(base, exp.Add | exp.Sub):
        step, sign = base.right, 1 if isinstance(base, exp.Add) else -1
        hours = interval_hours(step)
        whole = (
            int(step.name)
            if number_of(step) is not None and step.name.isdigit()
            else hours / 24
            if hours is not None
            else 0.5
        )
        if not float(whole).is_integer():
            return None
        days, base = days + sign * int(whole), base.left.unnest()
    return (base.sql().lower(), _SOME_DAY + dt.timedelta(days=days)) if isinstance(base, exp.Column) else None


@condition_rule
def moments(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """Two dates or moments of which one stands in the other's place."""
    inner, other = kernel(own, wanted)
    while isinstance(inner.parent, exp.Cast) and inner is not own:
        inner = inner.parent
    while isinstance(other.parent, exp.Cast) and other is not wanted:
        other = other.parent
    ours, theirs = moment(inner), moment(other)
    if ours is not None and theirs is not None:
        yield from moved(inner, ours, theirs, scene)


def _another_year(own: End, wanted: End) -> bool:
    """Whether a year that is written as a number is not the one asked for: its bounds stand nowhere in the text."""
    return isinstance(own.condition, exp.EQ) and not own.by_day and abs(own.at - wanted.at) >= _DAY


def _has_other_end(difference: Difference, name: str, scene: Scene) -> bool:
    """Whether the block has a right end of the same column beside the one that differs."""
    holder = difference.block.args.get("where") if difference.part is Part.WHERE else None
    parts = conjuncts(holder.this) if holder is not None else []
    return len(_ends([part for part in parts if part not in difference.own], scene).get(name, {})) > 0


def _compared(both: list[tuple[End, End]], part: Part, scene: Scene, *, kept: bool) -> Iterator[Occurrence]:
    """What is wrong with the ends of a period; where the other end is right, they are by no other clock."""
    offs = [own.at - wanted.at for own, wanted in both]
    own = both[-1][0]
    last = offs[-1] - (offs[0] if len(offs) > 1 else _NOTHING)
    told = {"condition": scene.quote(own.condition), "value": scene.quote(own.value), "column": column_name(own.side)}
    if not own.lower and own.inclusive and not own.by_day and last == -_DAY and own.written.time() == dt.time(0):
        yield LAST_DAY_LOST.at(part, own.condition, told)
    elif _is_clock(offs) and not kept:
        yield from _by_another_clock(*both[0], offs[0], part, scene)
    else:
        for mine, other in both:
            about = {**told, "condition": scene.quote(mine.condition), "value": scene.quote(mine.value)}
            yield from _other_end(mine, other, about, part, scene)


def _other_end(own: End, wanted: End, told: dict[str, str], part: Part, scene: Scene) -> Iterator[Occurrence]:
    """One end of a period that is off by days or hours, or by whether it belongs."""
    off, key = own.at - wanted.at, BOUND_INCLUDED if own.inclusive else BOUND_EXCLUDED
    if abs(off) == _DAY and own.by_day and wanted.by_day and own.written == wanted.written:
        key = BOUND_EXCLUDED if (off > _NOTHING) == own.lower else BOUND_INCLUDED
    elif off:
        found = moved(own.value, own.written, own.written - off, scene)
        yield from (each.on(part, own.condition) for each in found)
        return
    if off or own.inclusive != wanted.inclusive:
        yield key.at(part, own.condition, told, code="E36")


def _is_clock(offs: list[dt.timedelta]) -> bool:
    """Whether all ends are off by the same hours, or halves of one."""
    return bool(offs[0]) and len(set(offs)) == 1 and abs(offs[0]) < _DAY and not offs[0].total_seconds() % 1800


def _by_another_clock(end: End, meant: End, off: dt.timedelta, part: Part, scene: Scene) -> Iterator[Occurrence]:
    """All ends are off by the same hours: the column was not moved, or moved too far."""
    if end.written.time() != dt.time(0) and not end.hours:
        told = {"value": scene.quote(end.value), "hours": _hours(abs(off))}
        yield (HOURS_LATE if off > _NOTHING else HOURS_EARLY).at(part, end.condition, told)
        return
    if turned := turned_interval(end.side, meant.side, column_name(end.side).lower()):
        told = {"own": scene.quote(end.side), "interval": turned}
        yield SHIFT_TURNED.at(part, end.condition, told)
        return
    key = clock(ahead=off < _NOTHING, shifted=bool(end.hours) or end.side.find(exp.Interval) is not None)
    yield key.at(part, end.condition, {"own": scene.quote(end.side), "hours": _hours(abs(off))})


def _ends(parts: Sequence[exp.Expr], scene: Scene) -> dict[str, dict[bool, End]]:
    """The ends that conditions set, by column and side."""
    found: dict[str, dict[bool, End]] = {}
    months = dict(filter(None, map(_month, parts)))
    for part in parts:
        for end in _ends_of(part.unnest(), months, scene):
            found.setdefault(f"{column_name(end.side).lower()} {end.of}", {}).setdefault(end.lower, end)
    return found


def _month(part: exp.Expr) -> tuple[str, int] | None:
    """What a condition asks the month of, and the month: with its year beside it, it is a period."""
    part = part.unnest()
    if not isinstance(part, exp.EQ) or number_of(part.right) is None or not part.right.name.isdigit():
        return None
    month = int(part.right.name)
    return (part.left.this.sql(), month) if isinstance(part.left, exp.Month) and 1 <= month <= 12 else None


def _ends_of(part: exp.Expr, months: Mapping[str, int], scene: Scene) -> Iterator[End]:
    if isinstance(part, exp.Between):
        yield from _end(part, part.this, part.args["low"], exp.GTE, scene)
        yield from _end(part, part.this, part.args["high"], exp.LTE, scene)
    elif isinstance(part, _ORDERED):
        turned = _is_constant(part.left)
        side, value = (part.right, part.left) if turned else (part.left, part.right)
        yield from _end(part, side, value, _TURNED[type(part)] if turned else type(part), scene)
    elif isinstance(part, exp.EQ) and isinstance(part.left, exp.Year) and number_of(part.right) is not None:
        year, month = int(part.right.name), months.get(part.left.this.sql())
        first, behind = (month, month + 1) if month is not None else (1, 13)
        for number, kind in ((first, exp.GTE), (behind, exp.LT)):
            day = f"{year + (number - 1) // 12:04}-{(number - 1) % 12 + 1:02}-01"
            yield from _end(part, part.left.this, exp.Literal.string(day), kind, scene)
    elif isinstance(part, exp.EQ) and _by_day(part.left, scene):
        yield from _end(part, part.left, part.right, exp.GTE, scene)
        yield from _end(part, part.left, part.right, exp.LTE, scene)


def _end(part: exp.Expr, side: exp.Expr, value: exp.Expr, kind: type[exp.Expr], scene: Scene) -> Iterator[End]:
    written, of = moment(value), ""
    named = columns(side)
    by_day = _by_day(side, scene)
    if written is None and by_day and (counted := _days_from(value)) is not None:
        of, written = counted
    if written is None or len(named) != 1:
        return
    hours = shifted(named[0], side)[0]
    if kind is exp.LTE and not by_day and written.second == _LAST_SECOND:  # to the last second: until the next minute
        kind, written = exp.LT, written.replace(microsecond=0) + dt.timedelta(seconds=1)
    lower = kind in (exp.GT, exp.GTE)
    at = written + (_DAY if by_day and kind in (exp.GT, exp.LTE) else _NOTHING) - dt.timedelta(hours=hours)
    inclusive = kind in (exp.GTE, exp.LTE) if not by_day else lower
    yield End(lower, at, inclusive, part, side, value, written, hours, by_day, of)


def _by_day(side: exp.Expr, scene: Scene) -> bool:
    """Whether times of day are cut off before the comparison."""
    cut = [each for each in side.find_all(exp.Cast) if each.is_type("date")]
    whole = isinstance(side, exp.Column) and scene.learner.family(side) == "date"
    return bool(cut) or whole or side.find(exp.TimestampTrunc, exp.DateTrunc) is not None


def _between(own: exp.Between, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """BETWEEN with numbers, where one end does not belong."""
    parts = [part.unnest() for part in wanted.flatten()] if isinstance(wanted, exp.And) else [wanted]
    upper = next((part for part in parts if isinstance(part, exp.LT)), None)
    high = own.args["high"]
    if upper is not None and high.sql() == upper.right.sql():
        yield BOUND_INCLUDED.at("", own, {"condition": scene.quote(own), "value": scene.quote(high)})


def _number_moved(own: exp.Binary, kind: type[exp.Expr], theirs: float, told: dict[str, str]) -> Iterator[Occurrence]:
    """A bound off by one is a bound that belongs or does not; of whole numbers `> 3` and `>= 4` are the same."""
    step: dict[type[exp.Expr], int] = {exp.GT: 1, exp.GTE: 0, exp.LT: -1, exp.LTE: 0}
    first, meant = float(own.right.name) + step[type(own)], theirs + step[kind]
    above = isinstance(own, exp.GT | exp.GTE)
    if above != (kind in (exp.GT, exp.GTE)):
        yield SIDE_TURNED.at("", own, told)
    elif abs(first - meant) == 1:
        key = BOUND_EXCLUDED if (first > meant) == above else BOUND_INCLUDED
        at = meant if key == BOUND_EXCLUDED else first
        yield key.at("", own, {**told, "value": f"{at:g}"})


def _whole(node: exp.Expr, scene: Scene) -> bool:
    """Whether something holds whole numbers, as far as can be told: then between 3 and 4 there is nothing."""
    if node.find(exp.Avg, exp.Div, exp.Median, exp.Quantile, exp.PercentileCont) is not None:
        return False
    for column in columns(node):
        table, _, name = scene.origin(column).lower().partition(".")
        if name in scene.learner.schema.columns(table) and (table, name) not in scene.learner.schema.whole:
            return isinstance(node, exp.Count | exp.Extract | exp.DateDiff | exp.Year | exp.Month)
        if "AVG(" in scene.origin(column).upper() or "/" in scene.origin(column):
            return False
    return True


def _is_constant(node: exp.Expr) -> bool:
    return not columns(node) and node.find(exp.AggFunc, exp.Window) is None


def _hours(off: dt.timedelta) -> int | float:
    hours = off.total_seconds() / 3600
    return int(hours) if hours.is_integer() else hours
