"""A/B tests as they are in life: a coin decides who is treated, and outcomes vary by chance around an effect that is planted.

Nothing is done to a control arm: its guests do what they would do anyway, so no month's curve shows that a test ran. A treatment
moves single guests, each drawn for himself: so many in a thousand of those who come to the changed screen open a talk there and
then, whether they would have done so later or not. What a sample shows differs from what was planted as much as its interval says.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.columns import Column, Moments, Rows, Words, numbers
from marketplace.guests import NEVER, TOKYO
from marketplace.keys import below, chance
from marketplace.masters import CHANNELS, EXPERIMENTS, Experiment
from marketplace.sessions import month_visits

if TYPE_CHECKING:
    from marketplace.appointments import Appointments
    from marketplace.guests import Guests
    from marketplace.keys import I64, Dice, Flags
    from marketplace.talks import Talks

WINDOW = 14 * days.DAY
"""Seconds for which each guest is observed."""
VARIANTS = ("control", "treatment")
UNREACHED_CHANNELS = ("search_ad", "sns_ad")
"""Where guests of the mismatched experiment came from who are treated less often: they land on a page that the coupon's code forgot."""
EXPOSED_PER_MILLE = (970, 760)
"""In either arm, so many in a thousand come to the screen that the test is about: of guests who visit again within the 14 days, and of
those who don't. The latter talk less, which is why arms are compared by all who were assigned."""
PROMPTED_PER_MILLE = 150
"""Of a thousand guests who come to the screen with the suggested first lines, so many open a talk there and then."""
PUSHED_PER_MILLE = (280, 140)
"""The same for push notices at the new hour: of guests in Tokyo, and of others, of whom more would not have talked anyway."""
PUSH_SHARES = (250, 750)
"""Planned shares of the treatment in that test, in thousandths: in Tokyo and elsewhere."""
TOKYO_NOVEMBER = (300, 170)
"""November 2025 in Tokyo is a month of events: so many in a thousand of Tokyo's returning guests talk on their first visit in any case,
and so many of the others stay away from talks for two weeks. It has nothing to do with the test."""


@dataclass(frozen=True)
class Trial:
    """Who takes part in an experiment, and whom it moves."""

    experiment: Experiment
    guest: I64
    """Positions of the guests assigned."""
    treated: Flags
    assigned: I64
    since: I64
    """For every guest: UTC second of assignment, or NEVER."""
    planned: I64
    """Chance of treatment as it was planned, in percent."""
    exposed: I64
    """UTC second at which each reaches the screen that the test is about, in either arm; or NEVER."""
    moved: Flags
    """For every guest: opens a talk at the visit with which he was assigned because of the treatment."""
    drawn: Flags
    """For every guest: does so because of the season, in either arm."""
    away: Flags
    """For every guest: opens no talk within the 14 days because of the season, in either arm."""


def make_trials(
    dice: Dice, guests: Guests, end: int, experiments: tuple[Experiment, ...] = EXPERIMENTS
) -> tuple[Trial, ...]:
    """Return the trials of all experiments; guests with a part to play elsewhere in the data stay out of them."""
    taken = (guests.force != 0) | (guests.ring >= 0)
    return tuple(_trial(dice, guests, end, each, taken) for each in experiments)


def _trial(dice: Dice, guests: Guests, end: int, experiment: Experiment, taken: Flags) -> Trial:
    guest, assigned, again = _entrants(dice, guests, end, experiment, taken)
    bits = dice.roll(f"experiments.{experiment.code}", guests.key[guest])
    planned, actual, effect = _shares(experiment, guests, guest)
    treated = chance(bits, 0, actual)
    comes = chance(bits, 1, np.where(again, *EXPOSED_PER_MILLE))
    seen = assigned + 8 + below(dice.roll(f"experiments.{experiment.code}.exposed", guests.key[guest]), 0, 20)
    moved = treated & comes & chance(bits, 2, effect)
    drawn, away = _season(dice, guests, guest, experiment)
    return Trial(
        experiment,
        guest,
        treated,
        assigned,
        _of_all(guests, guest, assigned, NEVER),
        planned // 10,
        np.where(comes, seen, NEVER),
        *(_of_all(guests, guest, flags, False) for flags in (moved, drawn, away)),
    )


def _of_all(guests: Guests, guest: I64, values: I64 | Flags, otherwise: int) -> I64 | Flags:
    spread = np.full(guests.count, otherwise, values.dtype)
    spread[guest] = values
    return spread


def _entrants(dice: Dice, guests: Guests, end: int, experiment: Experiment, taken: Flags) -> tuple[I64, I64, Flags]:
    """Return the guests who registered before the experiment and come in it, when they first do, and whether they come again within 14 days."""
    months = range(experiment.month, min(experiment.last_month + 2, days.MONTHS))
    visits = [month_visits(dice, guests, month, 0, guests.count, end) for month in months]
    guest, start = (np.concatenate([getattr(each, name) for each in visits]) for name in ("guest", "start"))
    opens = days.instant(days.MONTH_STARTS[experiment.month])
    closes = days.instant(days.MONTH_STARTS[experiment.last_month + 1])
    fits = (guests.registered[guest] < opens) & (start >= opens) & ~taken[guest]
    order = np.flatnonzero(fits)[np.lexsort((start[fits], guest[fits]))]
    guest, start = guest[order], start[order]
    first = np.ones(len(guest), bool)
    first[1:] = guest[1:] != guest[:-1]
    again = np.zeros(len(guest), bool)
    again[:-1] = (guest[1:] == guest[:-1]) & (start[1:] < start[:-1] + WINDOW)
    part = first & (start < closes)
    return guest[part], start[part], again[part]


def _shares(experiment: Experiment, guests: Guests, guest: I64) -> tuple[I64, I64, I64]:
    """Return, for each guest, the planned and the actual share of the treatment and how many it moves, in thousandths."""
    half, none = np.full(len(guest), 500), np.zeros(len(guest), np.int64)
    in_tokyo = guests.prefecture[guest] == TOKYO
    match experiment.nature:
        case "real":
            return half, half, none + PROMPTED_PER_MILLE
        case "simpson":
            share = np.where(in_tokyo, *PUSH_SHARES)
            return share, share, np.where(in_tokyo, *PUSHED_PER_MILLE)
        case "mismatch":
            return half, _mismatched(guests.channel[guest]), none
    return half, half, none


def _mismatched(channel: I64) -> I64:
    """Return who is treated how often: fewer who came by advertising, and in a small data set others too, so that it can be seen there."""
    advertised = np.isin(channel, [CHANNELS.index(each) for each in UNREACHED_CHANNELS])
    lacking = len(channel) * min(330, max(60, 3300 // max(1, isqrt(len(channel)))))
    actual = np.full(len(channel), 500)
    for members in (advertised, ~advertised):
        many = int(members.sum())
        here = min(480, lacking // max(1, many))
        actual[members] -= here
        lacking -= here * many
    return actual


def _season(dice: Dice, guests: Guests, guest: I64, experiment: Experiment) -> tuple[Flags, Flags]:
    """Return whom November draws into a talk, and whom it keeps from one, in either arm of the test of that month."""
    if experiment.nature != "simpson":
        return np.zeros(len(guest), bool), np.zeros(len(guest), bool)
    bits = dice.roll("experiments.november", guests.key[guest])
    in_tokyo = guests.prefecture[guest] == TOKYO
    drawn, away = TOKYO_NOVEMBER
    return in_tokyo & chance(bits, 0, drawn), ~in_tokyo & chance(bits, 0, away)


def free_to_talk(trials: tuple[Trial, ...], guest: I64, time: I64) -> Flags:
    """Return which talks may begin: no guest's whom the season keeps away just then."""
    free = np.ones(len(guest), bool)
    for trial in trials:
        since = trial.since[guest]
        free &= ~trial.away[guest] | (time < since) | (time >= since + WINDOW)
    return free


def moved_visits(trials: tuple[Trial, ...], guest: I64, start: I64) -> Flags:
    """Return which visits bring a talk for certain, by a treatment or by the season."""
    must = np.zeros(len(guest), bool)
    for trial in trials:
        must |= (trial.moved | (trial.drawn & ~trial.away))[guest] & (start == trial.since[guest])
    return must


def reached(trials: tuple[Trial, ...], talks: Talks, appointments: Appointments) -> tuple[I64, ...]:
    """Return, for each trial, the guests who reach its metric by one of these events."""
    found = []
    for trial in trials:
        asks = trial.experiment.metric == "appointment_14d"
        guest, time = (appointments.guest, appointments.requested) if asks else (talks.guest, talks.opened)
        since = trial.since[guest]
        found.append(np.unique(guest[(time >= since) & (time < since + WINDOW)]))
    return tuple(found)


class Samples:
    """What the samples of the trials show, gathered block by block."""

    def __init__(self, trials: tuple[Trial, ...], count: int) -> None:
        self.reached = tuple(np.zeros(count, bool) for _ in trials)
        """For each trial and guest: reached the metric."""

    def add(self, found: tuple[I64, ...]) -> None:
        """Take in what `reached` found in a block."""
        for flags, guests in zip(self.reached, found, strict=True):
            flags[guests] = True


def planted_effect(experiment: Experiment) -> dict[str, int]:
    """Return how many in a thousand a treatment moves, of those who come to its screen and in each segment that differs."""
    match experiment.nature:
        case "real":
            return {"all": PROMPTED_PER_MILLE}
        case "simpson":
            return dict(zip(("tokyo", "elsewhere"), PUSHED_PER_MILLE, strict=True))
    return {"all": 0}


def assignment_rows(trials: tuple[Trial, ...]) -> Rows:
    """Return the rows of experiment_assignments."""
    number = np.concatenate([np.full(len(trial.guest), trial.experiment.number) for trial in trials])
    exposed = np.concatenate([trial.exposed for trial in trials])
    return Rows(
        {
            "experiment_id": numbers(number, np.int32),
            "guest_id": Column(np.concatenate([trial.guest + 1 for trial in trials]).astype(np.int32)),
            "variant": Words(np.concatenate([trial.treated for trial in trials]), pool=VARIANTS),
            "assigned_at_utc": Moments(np.concatenate([trial.assigned for trial in trials])),
            "treatment_percent": numbers(np.concatenate([trial.planned for trial in trials]), np.int8),
            "exposed_at_utc": Moments(exposed, exposed == NEVER),
        }
    )
