"""Appointments: requests that follow from talks, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.cameos import FORCE
from marketplace.columns import Column, Ids, Moments, Rows, Tenths, Words, numbers
from marketplace.happenings import takes_place
from marketplace.interventions import among
from marketplace.keys import I64, U64, Flags, below, chance, key_of, part, pick, slots
from marketplace.masters import AREA_CODES, NEIGHBOURS
from marketplace.messages import reply_wait
from marketplace.rollouts import lift_percent

if TYPE_CHECKING:
    from marketplace.talks import Course, Talks
    from marketplace.world import World

STATUSES = ("requested", "accepted", "declined", "cancelled", "completed")
REQUESTED, ACCEPTED, DECLINED, CANCELLED, COMPLETED = range(5)
"""Positions in STATUSES."""
EVENT_TYPES = ("dinner", "bar", "party", "golf", "sightseeing", "online")
REASONS = ("guest_schedule", "cast_schedule", "no_reply", "illness", "other")
_NO_REPLY = 2
"""Position in REASONS of the one reason that only an unanswered request has."""
ACTORS = ("guest", "cast", "system")
LATER = 1 << 41
"""Of a change that never comes."""

_SETTLING = 400
"""Seconds before a closed day in which nobody answers any more, since a payment follows."""
SOON = 600
"""Seconds within which an answer counts as soon; after it a third more guests ask for an appointment than after a later one."""
AWAY_PER_MILLE = 120
"""Meetings that take place outside the cast's own area."""
_EVENT_SLOTS = slots((44, 22, 12, 6, 6, 10))
"""Weights of EVENT_TYPES."""
_HOURS = np.array([10, 15, 20, 25, 30, 40])
_HOUR_SLOTS = slots((12, 14, 38, 14, 16, 6))
"""Lengths of a meeting in tenths of an hour, and their weights."""
_START_SLOTS = slots((4, 5, 8, 9, 12, 11, 10, 9, 8, 7, 5, 4, 3, 2, 2, 1, 1))
"""Half hours from 17:00 to 25:00."""
_REASON_SLOTS = slots((46, 26, 0, 16, 12))
"""Weights of REASONS where the request was answered."""
_DECISION_SLOTS = slots((75, 13, 12))
"""Weights of accepting, declining and cancelling."""
_ACTOR_SLOTS = slots((68, 26, 6))
"""Weights of ACTORS, for who ended an appointment that did not take place."""
_RATINGS = np.stack([slots((2, 4, 14, 38, 42)), slots((24, 26, 28, 14, 8)), slots((60, 26, 10, 3, 1))])
"""By Casts.rated."""


@dataclass(frozen=True)
class Appointments:
    """Appointments of one block, ordered by guest and time of request."""

    talk: I64
    guest: I64
    cast: I64
    key: U64
    requested: I64
    decided: I64
    """When the cast accepts or declines, or the system gives up."""
    decision: I64
    """ACCEPTED, DECLINED or CANCELLED."""
    ended: I64
    """When an accepted one is cancelled or completed."""
    ending: I64
    scheduled: I64
    """UTC second."""
    area: I64
    """Index of AREAS: the cast's own, or one that she visits."""
    tenths: I64
    """Length in tenths of an hour."""
    points: I64

    def status_at(self, now: int) -> I64:
        """Return the latest status at a UTC second."""
        status = np.where(self.decided < now, self.decision, REQUESTED)
        return np.where((status == ACCEPTED) & (self.ended < now), self.ending, status)


def request_appointments(world: World, talks: Talks, course: Course, forced: Flags) -> Appointments:
    """Return the appointments that follow from the talks; a forced talk leads to one for certain."""
    guests, casts = world.guests, world.casts
    bits = world.dice.roll("appointments.ask", talks.key)
    rate = 330 * guests.asks[talks.guest] * casts.quality[talks.cast] // 25_600
    rate = rate * casts.booked[talks.cast] // 256 * _pay_off(world, talks) // 256
    rate = rate * (100 + lift_percent(world.rollouts, casts.area[talks.cast], talks.opened)) // 100
    cancelled_only = (guests.force[talks.guest] & FORCE["cancel"]) != 0
    asks = (chance(bits, 0, np.minimum(rate, 900)) & course.is_answered & ~cancelled_only) | forced
    once = np.flatnonzero(asks)
    twice = once[chance(bits[once], 1, 120) & ~forced[once]]
    talk = np.concatenate([once, twice])
    ordinal = np.repeat(np.array([0, 1]), [len(once), len(twice)])
    key = key_of(talks.key[talk] ^ np.uint64(0x0A77), ordinal)
    lag = (
        2400
        + (part(bits[talk], 2) * part(bits[talk], 3) >> 16) * 15
        + ordinal * (2 * days.DAY + part(bits[talk], 3) * 12)
    )
    soon = (guests.force[talks.guest[talk]] & FORCE["meet"]) != 0
    lag = np.where(forced[talk], 2400 + part(bits[talk], 2) * np.where(soon, 0, 5), lag)
    requested = days.when_open(talks.opened[talk] + lag, since=talks.opened[talk])
    fine = takes_place(world.happenings, world.dice, key, casts.area[talks.cast[talk]], requested) | forced[talk]
    fine &= ~among(key, world.interventions.no_requests)
    keep = np.flatnonzero(fine & (requested < world.end))
    order = keep[np.lexsort((requested[keep], talks.guest[talk[keep]]))]
    return _outcomes(world, talks, talk[order], key[order], requested[order])


def _pay_off(world: World, talks: Talks) -> I64:
    """Return how readily guests ask after the wait that they had, in 256ths: more so if they were answered soon."""
    return np.where(reply_wait(world, talks) <= SOON, 306, 226)


def _outcomes(world: World, talks: Talks, talk: I64, key: U64, requested: I64) -> Appointments:
    guest, cast = talks.guest[talk], talks.cast[talk]
    bits, more = world.dice.roll("appointments.answer", key), world.dice.roll("appointments.plan", key)
    must_cancel = (world.guests.force[guest] & FORCE["cancel"]) != 0
    decision = np.array([ACCEPTED, DECLINED, CANCELLED])[pick(_DECISION_SLOTS, bits, 0)]
    must_meet = (world.guests.force[guest] & FORCE["meet"]) != 0
    decision[must_cancel | must_meet] = ACCEPTED
    decision[(decision == ACCEPTED) & among(key, world.interventions.no_spendings)] = DECLINED
    answer_lag = 300 + (part(bits, 1) * part(bits, 2) >> 16) * 38_000 // 65_536
    decided = requested + np.where(decision == CANCELLED, 72 * days.HOUR, answer_lag)
    decided = days.when_open(decided, since=requested, notice=_SETTLING)
    asked_on = days.day_number(requested)
    day = days.open_day(asked_on + 1 + (part(more, 0) * part(more, 1) * 14 >> 32), asked_on)
    scheduled = days.instant(0) + day * days.DAY + 12 * days.HOUR + pick(_START_SLOTS, more, 2) * 1800
    tenths = _HOURS[pick(_HOUR_SLOTS, more, 3)]
    breaks = (chance(bits, 3, 180) | must_cancel) & ~must_meet
    broken = decided + ((scheduled - decided) // 16) * (1 + below(world.dice.roll("appointments.break", key), 0, 14))
    ended = days.at_reopening(np.where(breaks, broken, scheduled + tenths * 360))
    return Appointments(
        talk=talk,
        guest=guest,
        cast=cast,
        key=key,
        requested=requested,
        decided=decided,
        decision=decision,
        ended=np.where(decision == ACCEPTED, ended, LATER),
        ending=np.where(breaks, CANCELLED, COMPLETED),
        scheduled=scheduled,
        area=_areas(world, cast, key),
        tenths=tenths,
        points=world.casts.points[cast] * tenths // 10,
    )


def _areas(world: World, cast: I64, key: U64) -> I64:
    """Return where each meeting takes place: some casts of an area with neighbours go to one of them."""
    bits = world.dice.roll("appointments.area", key)
    own = world.casts.area[cast]
    away = NEIGHBOURS[own, below(bits, 1, NEIGHBOURS.shape[1])]
    return np.where(chance(bits, 0, AWAY_PER_MILLE), away, own)


def chosen(appointments: Appointments, rows: I64 | Flags) -> Appointments:
    """Return some of the appointments."""
    return Appointments(*(getattr(appointments, field.name)[rows] for field in fields(Appointments)))


def appointment_rows(world: World, talks: Talks, made: Appointments) -> Rows:
    """Return the rows of the table as they stand at the end of the data."""
    bits = world.dice.roll("appointments.after", made.key)
    status = made.status_at(world.end)
    unanswered = (status == CANCELLED) & (made.decision == CANCELLED)
    reason = np.where(unanswered, _NO_REPLY, pick(_REASON_SLOTS, bits, 0))
    silent = (status != CANCELLED) | (~unanswered & chance(bits, 1, 80))
    rating = _RATINGS[world.casts.rated[made.cast], part(bits, 2) >> 4] + 1
    rated = (status == COMPLETED) & chance(bits, 3, 620)
    old = talks.source[made.talk] < 0
    return Rows(
        {
            "appointment_id": Ids(np.arange(len(made.talk)), table="appointments"),
            "talk_id": Ids(made.talk, old & chance(world.dice.roll("appointments.old", made.key), 0, 500), "talks"),
            "guest_id": numbers(made.guest + 1, np.int32),
            "cast_id": numbers(made.cast + 1, np.int32),
            "event_type": Words(
                pick(_EVENT_SLOTS, world.dice.roll("appointments.type", made.key), 0), pool=EVENT_TYPES
            ),
            "area_code": Words(made.area, pool=AREA_CODES),
            "requested_at_utc": Moments(made.requested),
            "scheduled_start_jst": Moments(made.scheduled + days.JST),
            "hours": Tenths(made.tenths),
            "points": numbers(made.points, np.int32),
            "status": Words(status, pool=STATUSES),
            "cancel_reason": Words(reason, silent, REASONS),
            "guest_rating": Column(rating.astype(np.int8), ~rated),
        }
    )


def status_rows(world: World, made: Appointments) -> Rows:
    """Return the rows of the status log: a row for the request, the decision and the end, as far as they have come."""
    n = np.arange(len(made.talk))
    accepted = made.decision == ACCEPTED
    bits = world.dice.roll("appointments.actor", made.key)
    by_decision = np.where(made.decision == CANCELLED, 2, 1)
    by_ending = np.where(made.ending == COMPLETED, 2, pick(_ACTOR_SLOTS, bits, 0))
    decided, ended = n[made.decided < world.end], n[accepted & (made.ended < world.end)]
    appointment = np.concatenate([n, decided, ended])
    step = np.repeat(np.array([1, 2, 3]), [len(n), len(decided), len(ended)])
    status = np.concatenate([np.full(len(n), REQUESTED), made.decision[decided], made.ending[ended]])
    time = np.concatenate([made.requested, made.decided[decided], made.ended[ended]])
    actor = np.concatenate([np.zeros(len(n), np.int64), by_decision[decided], by_ending[ended]])
    order = np.argsort(appointment * 4 + step, kind="stable")
    return Rows(
        {
            "appointment_id": Ids(appointment[order], table="appointments"),
            "seq": numbers(step[order], np.int16),
            "status": Words(status[order], pool=STATUSES),
            "changed_at_utc": Moments(time[order]),
            "changed_by": Words(actor[order], pool=ACTORS),
        }
    )
