"""How large the effect is, and through which events it comes about.

The size is drawn as a relative lift of the metric, of a size that measures have in life. It does not ask how many take part: a plan for
few meets the same lift as one for many, and finds it less often; how often, its power says.
Whom the measure moves is a matter of chance, guest by guest: an estimate varies as it does in life.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from marketplace.interventions import Interventions
from marketplace.keys import chance
from marketplace.secondmonth.power import power_of_means, power_of_proportions, units_for

if TYPE_CHECKING:
    from marketplace.keys import I64, U64, Dice, Flags
    from marketplace.secondmonth.plan import Plan
    from marketplace.secondmonth.traces import Trace, Traces
    from marketplace.secondmonth.units import Units

LIFTS = {"none": (0, 0), "small": (10, 30), "real": (50, 150), "harmful": (-150, -50)}
"""Between which thousandths of the metric the effect lies. Most changes that companies test move a metric by a few percent, if at all
(Kohavi, Tang and Xu, "Trustworthy Online Controlled Experiments", 2020, chapter 1); some ten percent is a large success."""


@dataclass(frozen=True)
class Size:
    """How the metric stands and how the measure moves it, among the guests or casts of a plan."""

    units: int
    """Who take part, test accounts left out."""
    base: float
    """The metric without the measure."""
    variance: float
    difference: float
    """By which the measure changes it on average, for all who are assigned to the treatment."""
    power: float
    """Of a two-sided test at 5 %."""
    units_for_80_percent: int | None
    """In each of two equal arms."""


@dataclass(frozen=True)
class Effect:
    """The truth of a second month."""

    lift: float
    """The relative change of the metric that was drawn."""
    whole: Size
    """For a plan that takes in everybody of the group."""
    target: Size
    """For the plan as it is."""
    interventions: Interventions


def make_effect(dice: Dice, traces: Traces, whole: Units, target: Units) -> Effect:
    """Return the effect on those who take part in the plan, and on all who could; both must be some."""
    values = whole.values(_counted(traces, whole))
    lift = _lift(dice, whole.plan)
    moves, most = (_moves(dice, traces, units, values, lift) for units in (target, whole))
    return Effect(lift, _size(whole, values, most), _size(target, values, moves), moves.interventions)


def _lift(dice: Dice, plan: Plan) -> float:
    """Return the relative lift that the plan's seed draws."""
    least, most = LIFTS[plan.effect]
    draw = dice.one(f"second_month.size.{plan.effect}.{plan.seed}") >> 48
    return (least + ((most - least) * draw >> 16)) / 1000


def _counted(traces: Traces, units: Units) -> Trace:
    trace: Trace = getattr(traces, units.plan.metric.counted.trace)
    return trace


def _mean_and_variance(values: I64) -> tuple[float, float]:
    """Return both, from sums of whole numbers, so that every machine gives the same."""
    count, total, squares = len(values), int(values.sum()), int((values * values).sum())
    return total / count, (count * squares - total * total) / count**2


@dataclass(frozen=True)
class _Moves:
    """What a lift changes, and what that makes of the metric in the treatment arm."""

    interventions: Interventions
    difference: float
    variance: float
    """Of the metric in that arm."""


def _size(units: Units, values: I64, moves: _Moves) -> Size:
    plan, own = units.plan, values[units.is_counted]
    base, variance = _mean_and_variance(own)
    treated = len(own) * plan.treatment_percent / 100
    controls, difference = len(own) - treated, moves.difference
    if plan.metric.is_mean:
        power = power_of_means(difference, (variance, moves.variance), controls, treated)
    else:
        power = power_of_proportions(base, min(1.0, max(0.0, base + difference)), controls, treated)
    needed = units_for(difference, variance)
    return Size(len(own), base, variance, difference, power, needed)


def _moves(dice: Dice, traces: Traces, units: Units, values: I64, lift: float) -> _Moves:
    """Return what changes for a relative lift, and the difference that it makes on average for who is treated.

    Of all who can be moved, or of all events that can come or go where their number counts, each is with the same chance.
    """
    plan, own = units.plan, values[units.is_counted]
    if lift == 0:
        return _Moves(Interventions(), 0.0, _mean_and_variance(own)[1])
    events = _movable(traces, units, comes=lift > 0)
    if not plan.metric.is_mean:
        is_open = (values == 0) if lift > 0 else _untouched(traces, units, values)
        events = events.chosen(is_open[events.unit])
    by_unit = not plan.metric.is_mean or (lift < 0 and plan.metric.counted.go_together)
    lots = events.by_unit(len(values), is_any=not plan.metric.is_mean) if by_unit else events
    can, draw = int(lots.worth.sum()), dice.roll(f"second_month.moves.{plan.seed}", lots.key)
    wanted = abs(lift) * float(own.sum())
    rate = min(1.0, wanted / can) if can else 0.0
    sign = 1 if lift > 0 else -1
    difference = sign * rate * can / len(own)
    variance = (share := float(own.mean()) + difference) * (1 - share)
    if plan.metric.is_mean:
        sums, squares = lots.sums(len(values))
        # Each lot comes or goes for itself: to what each unit can expect is added the variance of so many throws of a coin.
        expected = own + sign * rate * sums[units.is_counted]
        variance = float(expected.var() + rate * (1 - rate) * squares[units.is_counted].mean())
    drawn = np.zeros(len(values), bool)
    moves = chance(draw, 0, rate * 1000.0) & units.is_treated[lots.unit]
    if by_unit:
        drawn[lots.unit[moves]] = True
        moves = drawn[events.unit]
    moved = events.chosen(moves)
    if lift > 0 and not plan.metric.is_mean:
        moved = moved.chosen(_one_each(moved.unit, moved.key))
    ways = plan.metric.counted.comes if lift > 0 else plan.metric.counted.goes
    done = {way.intervention: np.unique(moved.key[moved.way == place]) for place, way in enumerate(ways)}
    return _Moves(Interventions(**done), difference, variance)


@dataclass(frozen=True)
class _Movables:
    """Events that may bring what is counted, or may be kept from happening; or lots of them that go together."""

    unit: I64
    key: U64
    worth: I64
    """What each adds to the metric."""
    way: I64
    """Position among the metric's ways."""

    def chosen(self, rows: I64 | Flags) -> _Movables:
        """Return some of them."""
        return _Movables(self.unit[rows], self.key[rows], self.worth[rows], self.way[rows])

    def by_unit(self, count: int, *, is_any: bool) -> _Movables:
        """Return one lot for each unit that has any, worth all of them together, or 1."""
        unit = np.unique(self.unit)
        worth = np.ones(len(unit), np.int64) if is_any else self.sums(count)[0][unit]
        return _Movables(unit, unit.astype(np.uint64), worth, np.zeros(len(unit), np.int64))

    def sums(self, count: int) -> tuple[I64, I64]:
        """Return for each of `count` units what its events add, and the sum of the squares of that."""
        sums, squares = np.zeros((2, count), np.int64)
        np.add.at(sums, self.unit, self.worth)
        np.add.at(squares, self.unit, self.worth * self.worth)
        return sums, squares


def _movable(traces: Traces, units: Units, *, comes: bool) -> _Movables:
    """Return the events that may bring what is counted, or may be kept from happening."""
    counted = units.plan.metric.counted
    found = []
    for place, way in enumerate(counted.comes if comes else counted.goes):
        trace: Trace = getattr(traces, way.trace)
        unit = units.of(trace)
        fits = units.within(trace) & units.is_counted[unit] & (trace.time >= units.exposed[unit])
        if comes:
            fits &= trace.may_follow & (trace.time < units.assigned[unit] + units.plan.metric.window - way.late)
        rows = np.flatnonzero(fits)
        found.append(_Movables(unit[rows], trace.key[rows], units.worth(trace)[rows], np.full(len(rows), place)))
    return _Movables(*(np.concatenate([getattr(each, column.name) for each in found]) for column in fields(_Movables)))


def _untouched(traces: Traces, units: Units, values: I64) -> Flags:
    """Return which units reach the metric, and do so only after the measure was to be seen."""
    trace = _counted(traces, units)
    unit = units.of(trace)
    before = units.within(trace) & (trace.time < units.exposed[unit])
    return (values > 0) & (np.bincount(unit[before], minlength=len(values)) == 0)


def _one_each(unit: I64, key: I64) -> I64:
    """Return the position of one event of each unit: the one with the smallest key, which is as good as chance."""
    order = np.lexsort((key, unit))
    first = np.ones(len(order), bool)
    first[1:] = unit[order][1:] != unit[order][:-1]
    return order[first]
