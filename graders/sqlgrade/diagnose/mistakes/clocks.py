"""Times by another clock: hours not shifted, shifted too far or the wrong way, weeks from another day, and other units of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import condition_rule, rule
from sqlgrade.diagnose.reading.contrast import Difference, Part
from sqlgrade.diagnose.reading.trees import columns, kernel
from sqlgrade.query.columns import TEMPORAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene

CLOCK_UNSHIFTED_AHEAD = Mistake(
    "clock_unshifted_ahead",
    "E35",
    Family.TIMES,
    before=(Before("hours_early", "both ends are off by as much, so it is the column"),),
)
CLOCK_UNSHIFTED_BEHIND = Mistake(
    "clock_unshifted_behind",
    "E35",
    Family.TIMES,
    before=(Before("hours_late", "both ends are off by as much, so it is the column"),),
)
CLOCK_AHEAD = Mistake("clock_ahead", "E35", Family.TIMES, Tier.PART)
CLOCK_BEHIND = Mistake(
    "clock_behind",
    "E35",
    Family.TIMES,
    Tier.PART,
    before=(
        Before("numerator", "what is divided goes by another clock"),
        Before("value_other", "the hours are those of a clock"),
    ),
)
SHIFT_TURNED = Mistake("shift_turned", "E35", Family.TIMES)
CUT_BEFORE_SHIFT = Mistake(
    "cut_before_shift", "E35", Family.TIMES, before=(Before("function_takes_little", "it says what came too early"),)
)
WEEK_FROM_SUNDAY = Mistake("week_from_sunday", "E42", Family.TIMES)
WEEK_FROM_OTHER = Mistake("week_from_other", "E42", Family.TIMES)
MONTH_NUMBER = Mistake("month_number", "E42", Family.TIMES)
UNIT_OTHER = Mistake("unit_other", "E42", Family.TIMES, Tier.PART)
TEXT_FOR_DATE = Mistake("text_for_date", "E43", Family.TIMES)
WEEKDAY_FROM_SUNDAY = Mistake("weekday_from_sunday", "E42", Family.TIMES)
WEEKDAY_FROM_MONDAY = Mistake("weekday_from_monday", "E42", Family.TIMES)
BOUNDARIES_COUNTED = Mistake("boundaries_counted", "E42", Family.TIMES)
MINUTES_COUNTED = Mistake("minutes_counted", "E42", Family.TIMES)

_HOURS = {"HOUR": 1.0, "HOURS": 1.0, "MINUTE": 1 / 60, "MINUTES": 1 / 60, "DAY": 24.0, "DAYS": 24.0}
_CARRIED = (exp.Add, exp.Sub, exp.Paren, exp.Min, exp.Max)
"""What a column may be moved around: the first of all moments moves as each of them does."""
_COUNTED = ("MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "YEAR")
_CUT = (exp.TimestampTrunc, exp.DateTrunc)
_WEEKDAYS = {"DOW": "7", "ISODOW": "0"}
"""The two ways in which the days of the week are numbered, each with the number that only the other one has."""
_NUMBERED = (exp.Extract, exp.DayOfWeek, exp.DayOfWeekIso)
_UNITS = (exp.TimestampTrunc, exp.DateTrunc, exp.DateDiff, exp.Extract)


def other_clock(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """The same column, moved by another number of hours before it is used, and nothing else done to it.

    Whole days are no other clock, and where a CASE or a number added stands on one side only, the hours that are
    left out there may be made up for by it.
    """
    if _reckoned(own) != _reckoned(wanted):
        return
    ours, theirs = _shifts(own), _shifts(wanted)
    if ours.keys() - theirs.keys() and theirs.keys() - ours.keys():
        return  # another column may go by another clock
    spans, asked = _spans(own), _spans(wanted)
    offs = {
        name: hours - theirs[name][0] + spans.get(name, 0) - asked.get(name, 0) if name in theirs else 0
        for name, (hours, _) in ours.items()
    }
    if _moved_on_both_sides(own, offs):
        return
    for name, (hours, node) in ours.items():
        off = offs[name]
        if off % 24 == 0:
            continue
        if hours == 0 and (late := _moved_once_cut(own, name, -off)) is not None:
            yield CUT_BEFORE_SHIFT.at("", late, {"own": scene.quote(late)})
            continue
        told = {
            "own": scene.quote(node),
            "column": name,
            "shift": _tidy(abs(hours)),
            "hours": _tidy(abs(off)),
        }
        if (other := _in_another_unit(own, wanted, name)) is not None:
            yield UNIT_OTHER.at("", other, {"own": scene.quote(other), "unit": _unit(other.expression).lower()})
            continue
        if turned := turned_interval(own, wanted, name):
            yield SHIFT_TURNED.at("", node, {**told, "interval": turned})
            continue
        yield clock(ahead=off > 0, shifted=hours != 0 or node.find(exp.Interval) is not None).at("", node, told)


def _moved_on_both_sides(own: exp.Expr, off: dict[str, float]) -> bool:
    """Whether both sides of a comparison are off by as much: `a - 9 hours < b` says what `a < b + 9 hours` says.

    Whole days between them are another mistake than the clock. Of days it does not hold: `CAST(a AS DATE) = CAST(b AS DATE)`
    are the days of one clock.
    """
    if not isinstance(own, exp.Binary) or not isinstance(own, exp.Predicate):
        return False
    if len({hours % 24 for hours in off.values()}) != 1:
        return False
    moved = [_moved(side) for side in (own.left, own.right)]
    return all(isinstance(each, exp.Column) and each.name.lower() in off for each in moved)


def _moved(side: exp.Expr) -> exp.Expr:
    """What is moved by all that is added to it or taken away."""
    while isinstance(side, exp.Add | exp.Sub | exp.Paren):
        side = side.this
    return side


def clock(*, ahead: bool, shifted: bool) -> Mistake:
    """A clock that is ahead or behind, of a column that is moved too far or not at all."""
    if shifted:
        return CLOCK_AHEAD if ahead else CLOCK_BEHIND
    return CLOCK_UNSHIFTED_AHEAD if ahead else CLOCK_UNSHIFTED_BEHIND


@rule
def cut_first(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """An output column cut to its day or month first, and moved by the hours afterwards."""
    if difference.part is Part.SELECT and difference.changed is not None:
        found = other_clock(*difference.changed, scene)
        yield from (each.on(Part.SELECT) for each in found if each.mistake is CUT_BEFORE_SHIFT)


def _moved_once_cut(whole: exp.Expr, name: str, hours: float) -> exp.Expr | None:
    """The sum that moves a column by those hours when its time of day is cut off already."""
    for move in whole.find_all(exp.Add, exp.Sub):
        by = interval_hours(move.expression)
        signed = -by if by is not None and isinstance(move, exp.Sub) else by
        cuts = [
            each
            for each in move.this.find_all(exp.Cast, *_CUT)
            if not isinstance(each, exp.Cast) or each.is_type("date")
        ]
        if signed == hours and any(each.name.lower() == name for cut in cuts for each in columns(cut)):
            return move
    return None


def text_for_date(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A date written out as a text, where a date is asked for."""
    text = own.unnest()
    if (
        isinstance(text, exp.TimeToStr)
        and wanted.find(exp.TimeToStr) is None
        and scene.learner.family(wanted) in TEMPORAL
    ):
        yield TEXT_FOR_DATE.at("", text, {"own": scene.quote(text)})


def other_week(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """Cut to weeks that begin on another day: `date_trunc('week', d + INTERVAL 1 DAY) - INTERVAL 1 DAY` is from Sunday."""
    asked = [begins for begins, _ in _weeks(wanted)]
    for begins, node in _weeks(own):
        if asked and begins not in asked:
            key = WEEK_FROM_SUNDAY if begins == _SUNDAY and asked[0] == 0 else WEEK_FROM_OTHER
            yield key.at("", node, {"own": scene.quote(node)})


_SUNDAY = 6


def _weeks(node: exp.Expr) -> Iterator[tuple[int, exp.Expr]]:
    """The first day, Monday being 0, of each week to which something is cut, and the expression that cuts it."""
    for cut in node.find_all(exp.DateTrunc, exp.TimestampTrunc):
        if _unit(cut) != "WEEK":
            continue
        whole = cut.find_ancestor(exp.Sub, exp.Add) if isinstance(cut.parent, exp.Sub | exp.Add | exp.Paren) else None
        before = [each for each in cut.this.find_all(exp.Add, exp.Sub) if _days(each)]
        days = sum(_days(each) if isinstance(each, exp.Add) else -_days(each) for each in before)
        back = _days(whole) if isinstance(whole, exp.Sub) else -_days(whole) if whole is not None else 0
        moved = days != 0 and days == back
        yield (-days % 7, whole) if moved and whole is not None else (0, cut)


def _days(move: exp.Expr) -> int:
    """The whole days of the INTERVAL that a sum adds or takes away."""
    interval = move.expression
    hours = (
        interval_hours(interval) if isinstance(interval, exp.Interval) and _unit(interval).startswith("DAY") else None
    )
    return int(hours or 0) // 24


def other_unit(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """Cut, counted or taken in another unit of time."""
    inner, other = kernel(own, wanted)
    if isinstance(inner, exp.Month) and other.find(exp.TimestampTrunc, exp.DateTrunc):
        yield MONTH_NUMBER.at("", inner, {"own": scene.quote(inner)})
    around = inner if isinstance(inner, _UNITS) else inner.find_ancestor(*_UNITS)
    beside = other if isinstance(other, _UNITS) else other.find_ancestor(*_UNITS)
    if around is None or type(around) is not type(beside):
        return
    units = _unit(around), _unit(beside)
    if set(units) == {"DOW", "ISODOW"}:
        yield from weekdays(around, beside, scene)
    elif units[0] != units[1]:
        yield UNIT_OTHER.at("", around, {"own": scene.quote(around), "unit": units[0].lower()})


@condition_rule
def weekdays(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """The days of the week numbered in another way, or asked for by a number that no day has in this one."""
    ours, theirs = (
        {_numbering(each): each for each in node.find_all(*_NUMBERED) if _numbering(each) in _WEEKDAYS}
        for node in (own, wanted)
    )
    for unit, node in ours.items() if len(ours) == len(theirs) == 1 else ():
        key = WEEKDAY_FROM_SUNDAY if unit == "DOW" else WEEKDAY_FROM_MONDAY
        if unit not in theirs:
            yield key.at("", node, {"own": scene.quote(node)})
        elif isinstance(node.parent, exp.In | exp.EQ):
            asked = [each for each in node.parent.find_all(exp.Literal) if each.name == _WEEKDAYS[unit]]
            yield from (key.at("", node, {"own": scene.quote(node)}) for _ in asked)


def _numbering(node: exp.Expr) -> str:
    """The unit of EXTRACT, also of the functions that are named after one."""
    if isinstance(node, exp.DayOfWeek | exp.DayOfWeekIso):
        return "DOW" if isinstance(node, exp.DayOfWeek) else "ISODOW"
    unit = _unit(node)
    return "DOW" if unit == "DAYOFWEEK" else unit


@condition_rule
def boundaries(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """date_diff, which counts the ends of hours or days that lie between, where a length of time is asked for."""
    asked = {_unit(each) for each in wanted.find_all(exp.DateDiff)}
    asked |= {"DAY"} if any(map(_is_of_dates, wanted.find_all(exp.Sub))) else set()
    for difference in own.find_all(exp.DateDiff):
        unit = _unit(difference)
        by_day = unit == "DAY" and all(scene.learner.family(each) == "date" for each in _sides(difference))
        longer = {*_COUNTED[_COUNTED.index(unit) :]} if unit in _COUNTED else asked  # their boundaries are asked for
        if not asked & longer and unit in _COUNTED and not by_day:
            told = {"own": scene.quote(difference), "unit": unit.lower()}
            key = MINUTES_COUNTED if unit == "MINUTE" else BOUNDARIES_COUNTED
            yield key.at("", difference, told)


def _is_of_dates(difference: exp.Sub) -> bool:
    """Whether days of the calendar are subtracted, which counts their boundaries as well."""
    return any(isinstance(each, exp.Cast) and each.to.this is exp.DataType.Type.DATE for each in _sides(difference))


def _sides(difference: exp.Binary | exp.DateDiff) -> tuple[exp.Expr, exp.Expr]:
    return difference.this, difference.expression


def _unit(node: exp.Expr) -> str:
    unit = node.this if isinstance(node, exp.Extract) else node.args.get("unit")
    return unit.name.upper() if isinstance(unit, exp.Expr) else ""


def shifted(column: exp.Column, whole: exp.Expr) -> tuple[float, exp.Expr]:
    """The hours by which a column is moved inside of an expression, and the sum that moves it."""
    moves = list(_moves(column, whole))
    return sum(hours for hours, _ in moves), moves[-1][1] if moves else column


def _moves(column: exp.Column, whole: exp.Expr) -> Iterator[tuple[float, exp.Binary]]:
    """Each INTERVAL by which a column is moved, in hours, with the sum that it stands in."""
    above: exp.Expr | None = column
    while above is not None and above is not whole and isinstance(above.parent, _CARRIED):
        above = above.parent
        moved = interval_hours(above.expression) if isinstance(above, exp.Add | exp.Sub) else None
        if moved is not None and isinstance(above, exp.Binary):
            yield (moved if isinstance(above, exp.Add) else -moved), above


def turned_interval(own: exp.Expr, wanted: exp.Expr, name: str) -> str:
    """The one INTERVAL that is added where it should be subtracted, or the other way round; empty if there is none."""
    odd, lacking = _moves_apart(own, wanted, name)
    if len(odd) != 1 or [hours for hours, _ in lacking] != [-odd[0][0]]:
        return ""
    interval = odd[0][1].expression
    return f"INTERVAL {interval.this.name} {interval.args['unit'].name}"


def _in_another_unit(own: exp.Expr, wanted: exp.Expr, name: str) -> exp.Binary | None:
    """The one sum whose INTERVAL has the right number and another unit: 14 hours for 14 days."""
    odd, lacking = _moves_apart(own, wanted, name)
    if len(odd) != 1 or len(lacking) != 1 or odd[0][0] * lacking[0][0] <= 0:
        return None
    mine, meant = odd[0][1].expression, lacking[0][1].expression
    return odd[0][1] if mine.this.name == meant.this.name and _unit(mine) != _unit(meant) else None


def _moves_apart(
    own: exp.Expr, wanted: exp.Expr, name: str
) -> tuple[list[tuple[float, exp.Binary]], list[tuple[float, exp.Binary]]]:
    """The sums by which one of the two alone moves a column, each with its hours."""
    ours, theirs = (
        next((list(_moves(each, node)) for each in columns(node) if each.name.lower() == name), [])
        for node in (own, wanted)
    )
    hours = [{each for each, _ in moves} for moves in (ours, theirs)]
    return (
        [(each, moved) for each, moved in ours if each not in hours[1]],
        [(each, moved) for each, moved in theirs if each not in hours[0]],
    )


def _shifts(node: exp.Expr) -> dict[str, tuple[float, exp.Expr]]:
    """Hours by which each column is moved where it first stands."""
    found: dict[str, tuple[float, exp.Expr]] = {}
    for column in columns(node):
        found.setdefault(column.name.lower(), shifted(column, node))
    return found


def _spans(node: exp.Expr) -> dict[str, float]:
    """Hours by which a column is moved as well where a span from it is held against an INTERVAL: `b - a < 36 hours` is `b < a + 36 hours`."""
    return {
        column.name.lower(): hours
        for comparison in node.find_all(exp.LT, exp.LTE, exp.GT, exp.GTE)
        if isinstance(span := comparison.this.unnest(), exp.Sub)
        and (hours := interval_hours(comparison.expression)) is not None
        for column in columns(span.expression)
    }


def _reckoned(node: exp.Expr) -> tuple[bool, list[str]]:
    """Whether there is a CASE, and the numbers that are reckoned with."""
    numbers = [each for each in node.find_all(exp.Literal) if isinstance(each.parent, exp.Add | exp.Sub | exp.Mul)]
    return node.find(exp.Case, exp.If) is not None, sorted(each.name for each in numbers if not each.is_string)


def interval_hours(node: exp.Expr) -> float | None:
    """The hours of an INTERVAL of minutes, hours or days."""
    if not isinstance(node, exp.Interval) or node.args.get("unit") is None or node.this is None:
        return None
    try:
        return float(node.this.name) * _HOURS[node.args["unit"].name.upper()]
    except (ValueError, KeyError):
        return None


def _tidy(hours: float) -> int | float:
    return int(hours) if float(hours).is_integer() else round(hours, 2)
