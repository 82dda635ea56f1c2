"""How large the effect is, and through which events it comes about.

The size is drawn in standard errors of the plan that takes in the whole group, so that its power is known: a real effect is found by it
in 80 to 95 % of cases, a small one in 10 to 25 %. A plan for fewer guests meets the same relative lift, and finds it less often.
Whom the measure moves is a matter of chance, guest by guest: an estimate varies as it does in life.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from marketplace.interventions import Interventions
from marketplace.keys import chance
from marketplace.secondmonth.metrics import WINDOW
from marketplace.secondmonth.power import power_of_means, power_of_proportions, units_for

if TYPE_CHECKING:
    from marketplace.keys import I64, Dice, Flags
    from marketplace.secondmonth.traces import Trace, Traces
    from marketplace.secondmonth.units import Units

_STANDARD_ERRORS = {"none": (0, 0), "small": (678, 1286), "real": (2802, 3605), "harmful": (-3605, -2802)}
"""Between which thousandths of a standard error the effect lies: 0.678 has a power of 10 %, 1.286 of 25, 2.802 of 80, 3.605 of 95 %."""
_MOST_HARM = 0.9
"""More than so much of the metric no measure takes away."""
_ROUNDS = 5
"""After so many the lift has settled."""
_TIME_TO_ASK = 4 * 86_400
"""Seconds before the end of the 14 days from which on a talk is too late to bring a request within them."""
_TIME_TO_TALK = 600
"""The same for an impression and a talk."""


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
    """Return the effect on those who take part in the plan, sized by those who could; both must be some."""
    values = whole.values(_counted(traces, whole))
    lift = _lift(dice, traces, whole, values)
    moves, most = (_moves(dice, traces, units, values, lift) for units in (target, whole))
    return Effect(lift, _size(whole, values, most), _size(target, values, moves), moves.interventions)


def _lift(dice: Dice, traces: Traces, whole: Units, values: I64) -> float:
    """Return the relative lift of as many standard errors as were drawn; it decides itself how much the treatment arm varies."""
    plan, own = whole.plan, values[whole.is_counted]
    base, variance = _mean_and_variance(own)
    drawn = _standard_errors(dice, plan.effect, plan.seed)
    treated = len(own) * plan.treatment_percent / 100
    of_treatment, lift = variance, 0.0
    for _ in range(_ROUNDS if base > 0 else 0):
        error = sqrt(variance / (len(own) - treated) + of_treatment / treated)
        # Rounded, since sums of fractions differ between machines in their last digits.
        lift = max(-_MOST_HARM, round(drawn * error / base, 6))
        of_treatment = _moves(dice, traces, whole, values, lift).variance
    return lift


def _standard_errors(dice: Dice, effect: str, seed: int) -> float:
    least, most = _STANDARD_ERRORS[effect]
    draw = dice.one(f"second_month.size.{effect}.{seed}") >> 48
    return (least + ((most - least) * draw >> 16)) / 1000


def _counted(traces: Traces, units: Units) -> Trace:
    return traces.requests if units.plan.metric.is_of_requests else traces.talks


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
    trace, rows = _movable(traces, units, comes=lift > 0)
    unit = units.of(trace)[rows]
    if plan.metric.is_mean:
        can = len(rows)
        draw = dice.roll(f"second_month.moves.{plan.seed}", trace.key[rows])
    else:
        is_open = (values == 0) if lift > 0 else _untouched(traces, units, values)
        rows, unit = rows[is_open[unit]], unit[is_open[unit]]
        can = len(np.unique(unit))
        draw = dice.roll(f"second_month.moves.{plan.seed}", unit.astype(np.uint64))
    wanted = abs(lift) * float(own.sum())
    rate = min(1.0, wanted / can) if can else 0.0
    sign = 1 if lift > 0 else -1
    difference = sign * rate * can / len(own)
    variance = (share := float(own.mean()) + difference) * (1 - share)
    if plan.metric.is_mean:
        several = np.bincount(unit, minlength=len(values))[units.is_counted]
        # Each event comes or goes for itself: to what each unit can expect is added the variance of so many throws of a coin.
        variance = float((own + sign * rate * several).var() + rate * (1 - rate) * several.mean())
    moves = chance(draw, 0, rate * 1000.0) & units.is_treated[unit]
    rows, unit = rows[moves], unit[moves]
    if lift > 0 and not plan.metric.is_mean:
        rows = rows[_one_each(unit, trace.key[rows])]
    name = f"{'' if lift > 0 else 'no_'}{'requests' if plan.metric.is_of_requests else 'talks'}"
    return _Moves(Interventions(**{name: np.unique(trace.key[rows])}), difference, variance)


def _movable(traces: Traces, units: Units, *, comes: bool) -> tuple[Trace, I64]:
    """Return the events, and the positions of those that may bring what is counted, or may be kept from happening."""
    of_requests = units.plan.metric.is_of_requests
    source = traces.talks if of_requests else traces.shown
    trace = source if comes else _counted(traces, units)
    unit = units.of(trace)
    fits = units.within(trace) & units.is_counted[unit] & (trace.time >= units.exposed[unit])
    if comes:
        late = _TIME_TO_ASK if of_requests else _TIME_TO_TALK
        fits &= trace.may_follow & (trace.time < units.assigned[unit] + WINDOW - late)
    return trace, np.flatnonzero(fits)


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
