"""The months after a data set, with a measure in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.faults import MarketplaceError
from marketplace.happenings import INCIDENTS
from marketplace.masters import calendar_rows
from marketplace.nights.later import later_world
from marketplace.secondmonth.effect import make_effect
from marketplace.secondmonth.traces import traces_of
from marketplace.secondmonth.units import OPENS, members, units_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from marketplace.columns import Rows
    from marketplace.interventions import Interventions
    from marketplace.keys import Flags
    from marketplace.secondmonth.effect import Effect
    from marketplace.secondmonth.plan import Plan
    from marketplace.secondmonth.traces import Traces
    from marketplace.secondmonth.units import Units
    from marketplace.settings import Settings
    from marketplace.world import World

_WATCHED = 15
"""Days for which those who came last are watched."""
_FEWEST = 4
"""Guests, casts or days, test accounts left out, below which there is nothing to compare."""


@dataclass(frozen=True)
class SecondMonth:
    """A measure, and the world in which it has run."""

    plan: Plan
    world: World
    units: Units
    effect: Effect


def nights(months: int) -> int:
    """Return how many nights a plan of so many months takes, until whoever came last has been watched."""
    return days.MONTH_STARTS[days.MONTHS + months] - days.DAYS + _WATCHED


def quiet_month(settings: Settings, months: int = 1) -> tuple[World, Traces]:
    """Return the world without any measure, and what happens in it: the nights' 2026 without their mishaps."""
    world = replace(later_world(settings, nights(months)), happenings=INCIDENTS)
    return world, traces_of(world)


def with_measure(world: World, traces: Traces, plan: Plan, chosen: Callable[[Rows, Flags], Flags]) -> SecondMonth:
    """Return the month in which the measure of a plan has run; raises MarketplaceError where too few take part.

    Args:
        world: The quiet month, or as many as the plan has.
        traces: What happens in it.
        plan: The measure.
        chosen: From the rows of the plan's table and which of them belong to its group, those for whom the measure is.
    """
    whole = units_of(world, plan, traces)
    target = whole.only(chosen(_known_rows(world, plan), members(world, plan))) if plan.condition else whole
    counted = int(target.is_counted.sum())
    if counted < _FEWEST:
        raise MarketplaceError("too_few_units", count=counted, of=int(whole.is_counted.sum()), table=plan.table)
    effect = make_effect(world.dice, traces, whole, target)
    return SecondMonth(plan, _in_which(world, plan, effect.interventions), target, effect)


def _in_which(world: World, plan: Plan, done: Interventions) -> World:
    """Return the world in which a measure does this; where it moves registrations, others are there."""
    if len(done.registrations) or len(done.no_registrations):
        return replace(later_world(world.settings, nights(plan.months), done), happenings=world.happenings)
    return replace(world, interventions=done)


def _known_rows(world: World, plan: Plan) -> Rows:
    """Return the rows of guests, casts or days as the measure knows them: at its begin, or at the registration if that is later."""
    if plan.is_of_days:
        return calendar_rows(world.days)
    if plan.is_of_casts:
        return world.casts.to_rows(world.pools)
    return world.guests.to_rows(world.pools, np.maximum(OPENS, world.guests.registered + 1))
