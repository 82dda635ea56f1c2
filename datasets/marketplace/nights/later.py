"""The world as it goes on after the end of a data set: the same guests and casts, new registrations, what happens on single nights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.devices import make_devices
from marketplace.guests import NEVER, Guests, in_order, taken, together
from marketplace.interventions import Interventions, among
from marketplace.masters import CHANNELS, NIGHT_CAMPAIGNS
from marketplace.nights.timetable import HORIZON, TIMETABLE
from marketplace.pools import NICKNAMES
from marketplace.registration import Season, make_guests
from marketplace.world import World, make_world

if TYPE_CHECKING:
    from marketplace.experiments import Trial
    from marketplace.keys import Dice, Flags
    from marketplace.settings import Settings

_NEWCOMERS_PER_MILLE = 290
"""Guests who come within the horizon, in thousandths of those who are there: growth goes on as before."""
_CALLED_PER_MILLE = 15
"""Guests whom a campaign brings, in thousandths of those who are there: about twice as many as come anyway."""


def later_world(settings: Settings, night: int, interventions: Interventions | None = None) -> World:
    """Return the world in which a number of nights have gone by, with what a measure does in them."""
    before, measure = make_world(settings), interventions or Interventions()
    usual, more = _newcomers(before.dice, settings.guests), candidates(before.dice, settings.guests)
    came = taken(usual, ~among(usual.key, measure.no_registrations))
    called = taken(more, among(more.key, measure.registrations))
    guests = together(before.guests, in_order(together(came, called)) if called.count else came)
    return replace(
        before,
        guests=guests,
        devices=make_devices(before.dice, guests),
        trials=tuple(_without(trial, guests.count) for trial in before.trials),
        end=days.instant(days.DAYS + night),
        foresight=before.end,
        happenings=before.happenings + TIMETABLE,
        interventions=measure,
    )


def candidates(dice: Dice, there: int) -> Guests:
    """Return who could register within the horizon and does so only if a measure brings it about: as many as come anyway."""
    several = max(10, there * _NEWCOMERS_PER_MILLE // 1000)
    first = there + several + max(4, there * _CALLED_PER_MILLE // 1000)
    return make_guests(dice, range(first, first + several), NICKNAMES, Season(days.DAYS, days.DAYS + HORIZON))


def _newcomers(dice: Dice, there: int) -> Guests:
    """Return who registers within the horizon, in order of registration."""
    several = max(10, there * _NEWCOMERS_PER_MILLE // 1000)
    called = max(4, there * _CALLED_PER_MILLE // 1000)
    usual = make_guests(dice, range(there, there + several), NICKNAMES, Season(days.DAYS, days.DAYS + HORIZON))
    campaign = NIGHT_CAMPAIGNS[0]
    first, last = (days.number_of(date.fromisoformat(text)) for text in campaign[4:6])
    numbers = range(there + several, there + several + called)
    extra = make_guests(dice, numbers, NICKNAMES, Season(first, last + 1))
    extra = replace(extra, channel=np.full(called, CHANNELS.index(campaign[2])))
    return in_order(together(usual, extra))


def _without(trial: Trial, count: int) -> Trial:
    """Return a trial in which the guests who came after it take no part."""
    since = np.full(count, NEVER)
    since[: len(trial.since)] = trial.since
    return replace(
        trial, since=since, **{name: _padded(getattr(trial, name), count) for name in ("moved", "drawn", "away")}
    )


def _padded(flags: Flags, count: int) -> Flags:
    padded = np.zeros(count, bool)
    padded[: len(flags)] = flags
    return padded
