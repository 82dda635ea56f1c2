"""A/B measures, planted by quota: so many guests of each arm reach the metric, neither more nor fewer.

With a coin for each guest the realised lift of a few hundred guests would often have the wrong sign; with quotas the
real effect is there and the null effect is absent with every seed. The quota of an arm goes to the guests with the
smallest hashes; for the others, what would count for the metric within 14 days of assignment does not happen.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.columns import Column, Moments, Rows, Words, numbers
from marketplace.guests import NEVER, TOKYO
from marketplace.keys import below
from marketplace.masters import CHANNELS, EXPERIMENTS, Experiment
from marketplace.sessions import month_visits

if TYPE_CHECKING:
    from marketplace.guests import Guests
    from marketplace.keys import I64, Dice, Flags

WINDOW = 14 * days.DAY
"""Seconds for which each guest is observed."""
VARIANTS = ("control", "treatment")
BASE = {"talk_14d": 360, "appointment_14d": 140}
"""Rate of the control arm in thousandths."""
UNREACHED_CHANNELS = ("search_ad", "sns_ad")
"""Where guests of the mismatched experiment came from who are treated less often: they land on a page that the coupon's code forgot."""
EXPOSED_PER_MILLE = 850
"""Guests of each arm in a thousand who reach the place where the measure is, or would be; of the others half as many reach the metric,
and just as many in either arm."""
_SIMPSON_SEGMENTS = ((True, 680, 160), (False, 200, 840))
"""Lives in Tokyo, rate of the control arm, share of the treatment arm, in thousandths."""


@dataclass(frozen=True)
class Trial:
    """Who takes part in an experiment, and for whom the metric comes true."""

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
    """UTC second at which each reaches the place where the measure is, or would be; or NEVER."""
    succeeds: Flags
    """For every guest: reaches the metric by quota."""
    mute: I64
    """Positions of guests who never open a talk at all, so that leaving them out would show."""


def make_trials(
    dice: Dice, guests: Guests, end: int, experiments: tuple[Experiment, ...] = EXPERIMENTS
) -> tuple[Trial, ...]:
    """Return the trials of all experiments, the null one first: who is mute there takes no part in the others."""
    trials: list[Trial] = []
    taken = (guests.force != 0) | (guests.ring >= 0)
    for experiment in experiments:
        trials.append(_trial(dice, guests, end, experiment, taken))
        taken[trials[-1].mute] = True
    return tuple(trials)


def _trial(dice: Dice, guests: Guests, end: int, experiment: Experiment, taken: Flags) -> Trial:
    guest, assigned = _entrants(dice, guests, end, experiment.month, taken)
    mixed = dice.roll(f"experiments.{experiment.code}", guests.key[guest])
    order = np.argsort(mixed, kind="stable")
    counted = order[~guests.is_test[guest][order]]
    treated = (mixed >> np.uint64(63)).astype(bool)
    success = np.zeros(len(guest), bool)
    planned, reaches = np.full(len(guest), 50), np.ones(len(guest), bool)
    for members, share, control_rate, treatment_rate in _cells(experiment, guests, guest, counted):
        # The guests with the smallest hashes are treated; within an arm the quota starts from the front again.
        many = len(members) * share // 1000
        treated[members] = np.arange(len(members)) < many
        up = experiment.nature == "simpson"
        if up:
            planned[members] = share // 10
        for arm, quota in (
            (members[:many], _quota(many, treatment_rate, 999 if up else 500)),
            (members[many:], _quota(len(members) - many, control_rate, 0 if up else 500)),
        ):
            success[arm[:quota]] = True
            reaches[_unexposed(arm, quota, control_rate)] = False
    since = np.full(guests.count, NEVER)
    since[guest[counted]] = assigned[counted]
    succeeds = np.zeros(guests.count, bool)
    succeeds[guest] = success
    failing = counted[~success[counted]] if experiment.nature == "null" else counted[:0]
    mute = np.concatenate([failing[treated[failing]][-2:], failing[~treated[failing]][-2:]])
    seen = assigned + 8 + below(dice.roll(f"experiments.{experiment.code}.exposed", guests.key[guest]), 0, 20)
    exposed = np.where(reaches, seen, NEVER)
    return Trial(experiment, guest, treated, assigned, since, planned, exposed, succeeds, guest[mute])


def _unexposed(arm: I64, succeed: int, rate: int) -> I64:
    """Return those of an arm who never come to the measure; the first ones of the arm reach the metric, at the given rate without it."""
    many = len(arm) * (1000 - EXPOSED_PER_MILLE) // 1000
    lucky = min(succeed, max(many * rate // 2000, many - (len(arm) - succeed)))
    return np.concatenate([arm[succeed - lucky : succeed], arm[len(arm) - (many - lucky) :]])


def _quota(count: int, rate: int, rounding: int) -> int:
    return (count * rate + rounding) // 1000


def _entrants(dice: Dice, guests: Guests, end: int, month: int, taken: Flags) -> tuple[I64, I64]:
    """Return the guests who registered before the month and come in it, and when they first do."""
    visits = month_visits(dice, guests, month, 0, guests.count, end)
    opens = days.instant(days.MONTH_STARTS[month])
    closes = days.instant(days.MONTH_STARTS[month + 1])
    fits = (guests.registered[visits.guest] < opens) & (visits.start >= opens) & (visits.start < closes)
    fits &= ~taken[visits.guest]
    guest, start = visits.guest[fits], visits.start[fits]
    first = np.ones(len(guest), bool)
    first[1:] = guest[1:] != guest[:-1]
    return guest[first], start[first]


def _cells(experiment: Experiment, guests: Guests, guest: I64, counted: I64) -> list[tuple[I64, int, int, int]]:
    """Return (positions in guest, treated share, control rate, treatment rate) of each cell, in thousandths."""
    count = max(1, len(counted))
    base = BASE[experiment.metric]
    if experiment.nature == "real":
        return [(counted, 500, base, base + lift_for(count, base))]
    if experiment.nature == "harmful":
        return [(counted, 500, base, max(0, base - lift_for(count, base)))]
    if experiment.nature == "small":
        return [(counted, 500, base, base + min(base * 4 // 100, lift_for(count, base) // 5))]
    if experiment.nature == "mismatch":
        return _mismatch(guests.channel[guest[counted]], counted, base)
    if experiment.nature == "simpson":
        lives = guests.prefecture[guest[counted]] == TOKYO
        return [
            (counted[lives == in_tokyo], share, rate, rate + max(60, 800 // max(1, isqrt(count))))
            for in_tokyo, rate, share in _SIMPSON_SEGMENTS
        ]
    return [(counted, 500, base, base)]


def _mismatch(channel: I64, counted: I64, base: int) -> list[tuple[I64, int, int, int]]:
    """Return cells in which fewer guests who came by advertising are treated than half; all others evenly, if there are enough guests."""
    advertised = np.isin(channel, [CHANNELS.index(each) for each in UNREACHED_CHANNELS])
    lacking = len(counted) * min(300, max(60, 2300 // max(1, isqrt(len(counted)))))
    cells = []
    for members in (counted[advertised], counted[~advertised]):
        here = min(500, lacking // max(1, len(members)))
        lacking -= here * len(members)
        cells.append((members, 500 - here, base, base))
    return cells


def lift_for(count: int, base: int) -> int:
    """Return the planted lift in thousandths: 15 % of the base, or as much as `count` guests need for z = 3.6."""
    middle = base + base * 15 // 200
    spread = isqrt(middle * (1000 - middle) * 4 // count)
    needed = 36 * spread // 10 + 1
    wider = min(900, base + needed)
    # The pooled spread grows with the lift itself, so it is taken once more at the middle of the wider lift.
    middle = (base + wider) // 2
    spread = isqrt(middle * (1000 - middle) * 4 // count)
    return min(950 - base, max(base * 15 // 100, 36 * spread // 10 + 1))


def allowed(trials: tuple[Trial, ...], metric: str, guest: I64, time: I64) -> Flags:
    """Return which events may happen, given the quotas of the trials with this metric."""
    fine = np.ones(len(guest), bool)
    for trial in trials:
        if trial.experiment.metric == metric:
            since = trial.since[guest]
            fine &= (time < since) | (time >= since + WINDOW) | trial.succeeds[guest]
    return fine


def mute_guests(trials: tuple[Trial, ...], count: int) -> Flags:
    """Return, for every guest, whether no talk may be opened."""
    mute = np.zeros(count, bool)
    for trial in trials:
        mute[trial.mute] = True
    return mute


def forced_visits(trials: tuple[Trial, ...], metrics: tuple[str, ...], guest: I64, start: I64) -> Flags:
    """Return which visits must bring the success that a quota asks for."""
    must = np.zeros(len(guest), bool)
    for trial in trials:
        if trial.experiment.metric in metrics:
            must |= trial.succeeds[guest] & (start == trial.since[guest])
    return must


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
