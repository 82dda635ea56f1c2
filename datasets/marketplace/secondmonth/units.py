"""The guests, casts or days that are split: when each is assigned, to which variant, and when it comes to where the measure is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.columns import Column, Dates, Moments, Rows, Words
from marketplace.experiments import VARIANTS
from marketplace.guests import NEVER
from marketplace.keys import chance
from marketplace.masters import AREA_CODES

if TYPE_CHECKING:
    from marketplace.keys import I64, Flags
    from marketplace.secondmonth.plan import Plan
    from marketplace.secondmonth.traces import Trace, Traces
    from marketplace.world import World

OPENS = days.instant(days.MONTH_STARTS[days.MONTHS])
"""UTC second from which on guests are assigned."""


def closes(plan: Plan) -> int:
    """Return the UTC second from which on nobody is assigned any more."""
    return days.instant(days.MONTH_STARTS[days.MONTHS + plan.months])


@dataclass(frozen=True)
class Units:
    """All guests, casts or days, by position, and which of them take part."""

    plan: Plan
    assigned: I64
    """UTC second, or NEVER for who takes no part."""
    exposed: I64
    """UTC second at which the measure is first to be seen, in either variant; or NEVER."""
    is_treated: Flags
    is_counted: Flags
    """Takes part and is no test account."""
    areas: I64
    """Area of each cast."""

    def of(self, trace: Trace) -> I64:
        """Return to which unit each event belongs."""
        if self.plan.is_of_days:
            return days.day_number(trace.time)
        return trace.cast if self.plan.is_of_casts else trace.guest

    def within(self, trace: Trace) -> Flags:
        """Return which events count: of one who takes part, in the window, and with a cast of the area if there is one."""
        there = _in_window(self.plan, self.assigned[self.of(trace)], trace.time)
        return there & _in_area(self.plan, self.areas, trace) if self.plan.metric.counted.has_cast else there

    def values(self, trace: Trace) -> I64:
        """Return the metric of every unit, where the trace holds what it counts."""
        within = self.within(trace)
        sums = np.zeros(len(self.assigned), np.int64)
        np.add.at(sums, self.of(trace)[within], self.worth(trace)[within])
        return sums if self.plan.metric.is_mean else np.minimum(sums, 1)

    def worth(self, trace: Trace) -> I64:
        """Return what each event adds to the metric: its yen, or 1."""
        return trace.value if self.plan.metric.is_money else np.minimum(trace.value, 1)

    def only(self, chosen: Flags) -> Units:
        """Return the units with some of them alone taking part."""
        assigned = np.where(chosen, self.assigned, NEVER)
        exposed = np.where(chosen, self.exposed, NEVER)
        return Units(self.plan, assigned, exposed, self.is_treated, self.is_counted & chosen, self.areas)

    def to_rows(self) -> Rows:
        """Return the rows of measure_units."""
        part = np.flatnonzero(self.assigned != NEVER)
        exposed = self.exposed[part]
        return Rows(
            {
                self.plan.key: Dates(part + days.DAY_ZERO)
                if self.plan.is_of_days
                else Column((part + 1).astype(np.int32)),
                "variant": Words(self.is_treated[part], pool=VARIANTS),
                "assigned_at_utc": Moments(self.assigned[part]),
                "exposed_at_utc": Moments(exposed, exposed == NEVER),
            }
        )


def units_of(world: World, plan: Plan, traces: Traces) -> Units:
    """Return the units of a plan's group, whomever its condition leaves out."""
    if plan.is_of_days:
        return _days(world, plan)
    people = world.casts if plan.is_of_casts else world.guests
    areas, shown = world.casts.area, traces.shown
    unit = shown.cast if plan.is_of_casts else shown.guest
    comes = _in_area(plan, areas, shown) & (shown.time < closes(plan))
    assigned = np.where(members(world, plan), _first(unit[comes], shown.time[comes], people.count), NEVER)
    if plan.is_of_casts:
        assigned = np.where(members(world, plan), OPENS, NEVER)
    seen = _in_area(plan, areas, shown) & shown.is_listed & _in_window(plan, assigned[unit], shown.time)
    exposed = _first(unit[seen], shown.time[seen], people.count)
    key = np.arange(people.count, dtype=np.uint64) if plan.is_of_casts else world.guests.key
    draw = world.dice.roll(f"second_month.variant.{plan.seed}", key)
    is_treated = chance(draw, 0, plan.treatment_percent * 10)
    return Units(plan, assigned, exposed, is_treated, (assigned != NEVER) & ~people.is_test, areas)


def _days(world: World, plan: Plan) -> Units:
    """Return the days of the plan, each with its begin: whoever comes on one meets the measure or doesn't."""
    belongs, begins = members(world, plan), days.instant(0) + np.arange(world.days) * days.DAY
    assigned = np.where(belongs, begins, NEVER)
    draw = world.dice.roll(f"second_month.variant.{plan.seed}", np.arange(world.days, dtype=np.uint64))
    is_treated = chance(draw, 0, plan.treatment_percent * 10)
    return Units(plan, assigned, assigned, is_treated, belongs, world.casts.area)


def members(world: World, plan: Plan) -> Flags:
    """Return which guests, casts or days belong to a plan's group, whether they come in time or not."""
    end = closes(plan)
    if plan.is_of_days:
        number = np.arange(world.days)
        return (number >= days.day_number(OPENS)) & (number < days.day_number(end))
    if plan.is_of_casts:
        return (world.casts.joined <= OPENS) & (world.casts.retired > end)
    registered = world.guests.registered
    if plan.group == "existing":
        return registered < OPENS
    if plan.group == "newcomers":
        return (registered >= OPENS) & (registered < end)
    return registered < end


def _in_area(plan: Plan, areas: I64, trace: Trace) -> Flags:
    return areas[trace.cast] == AREA_CODES.index(plan.area) if plan.area else np.ones(len(trace.cast), bool)


def _in_window(plan: Plan, since: I64, time: I64) -> Flags:
    return (time >= since) & (time < since + plan.metric.window)


def _first(unit: I64, time: I64, count: int) -> I64:
    """Return the earliest time of each of `count` units, or NEVER."""
    first = np.full(count, NEVER)
    np.minimum.at(first, unit, time)
    return first
