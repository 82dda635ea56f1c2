"""A block: everything that a range of guests does because of one month, from the visit to the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.app_events import event_rows
from marketplace.appointments import appointment_rows, request_appointments, status_rows
from marketplace.cameos import FORCE
from marketplace.experiments import moved_visits, reached
from marketplace.fraud import score_rows
from marketplace.happenings import logged, with_releases
from marketplace.impressions import impression_rows, show
from marketplace.interventions import among
from marketplace.ledger import ledger_rows
from marketplace.messages import message_rows
from marketplace.payments import pay, payment_rows, spend
from marketplace.sessions import month_visits, session_rows, visit_details
from marketplace.shifts import shift_rows
from marketplace.talks import course_of, joined, open_talks, spam_talks, talk_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marketplace.appointments import Appointments
    from marketplace.columns import Rows
    from marketplace.impressions import Shown
    from marketplace.keys import I64, Flags
    from marketplace.payments import Payments, Spending
    from marketplace.sessions import VisitDetails, Visits
    from marketplace.talks import Course, Talks
    from marketplace.world import World


@dataclass(frozen=True)
class Block:
    """The rows of one block, and the last visits that guest_devices wants to know."""

    rows: Mapping[str, Rows]
    impressions: I64
    """Of each impression, without resent ones: the UTC second at which its visit began."""
    visitors: I64
    visited: I64
    on_second: Flags
    reached: tuple[I64, ...]
    """Of each experiment: guests who reached its metric."""


@dataclass(frozen=True)
class Task:
    """A month and a range of guests."""

    month: int
    low: int
    high: int


def tasks_of(world: World) -> tuple[Task, ...]:
    """Return the blocks in the order in which they are written: by month, then by guest."""
    tasks = []
    for month in world.months:
        registered = int(np.searchsorted(world.guests.registered, days.instant(days.MONTH_STARTS[month + 1])))
        step = world.settings.chunk_guests
        tasks += [Task(month, low, min(low + step, registered)) for low in range(0, max(1, registered), step)]
    return tuple(tasks)


@dataclass(frozen=True)
class Events:
    """What the guests of a block do, from the visit to the appointment, before any of it is a row."""

    visits: Visits
    details: VisitDetails
    shown: Shown
    talks: Talks
    course: Course
    appointments: Appointments


def happen(world: World, task: Task) -> Events:
    """Return the events of a task; they depend on the world and the task alone."""
    guests, month = world.guests, task.month
    visits = month_visits(world.dice, guests, month, task.low, task.high, world.end)
    details = visit_details(world.dice, world.devices, visits)
    details = with_releases(world.happenings, world.dice, visits, details)
    wish = np.where(visits.is_first_ever, guests.force[visits.guest], 0)
    must_talk = ((wish & FORCE["talk"]) != 0) | moved_visits(world.trials, visits.guest, visits.start)
    must_ask = (wish & FORCE["request"]) != 0
    shown = show(world, month, visits, must_talk)
    own = open_talks(world, shown, details, must_talk)
    asked = own.is_forced & must_ask[_visit_of(own.guest, own.opened, visits.guest, visits.start)]
    asked |= among(own.key, world.interventions.requests)
    talks = joined(own, spam_talks(world, month, task.low, task.high))
    course = course_of(world, talks)
    forced = np.append(asked, np.zeros(len(talks.guest) - len(asked), bool))
    return Events(visits, details, shown, talks, course, request_appointments(world, talks, course, forced))


def paid_for(world: World, task: Task, done: Events) -> tuple[Spending, Payments]:
    """Return what the appointments of a block cost, and all payments of its guests."""
    spending, newcomers = spend(world, done.appointments), _newcomers(world, task)
    return spending, pay(world, done.visits, spending, newcomers[world.guests.ring[newcomers] >= 0])


def make_block(world: World, task: Task) -> Block:
    """Return the block of a task; it depends on the world and the task alone."""
    done = happen(world, task)
    visits, details, talks, appointments = done.visits, done.details, done.talks, done.appointments
    spending, payments = paid_for(world, task, done)
    newcomers = _newcomers(world, task)
    seen, seen_details, seen_shown = logged(world.happenings, world.dice, visits, details, done.shown)
    rows = {
        "sessions": session_rows(world.dice, seen, seen_details, world.end),
        "list_impressions": impression_rows(world, seen_shown, seen_details),
        "app_events": event_rows(world, seen, seen_details, seen_shown, talks),
        "talks": talk_rows(world, talks),
        "messages": message_rows(world, talks, done.course),
        "appointments": appointment_rows(world, talks, appointments),
        "appointment_status_log": status_rows(world, appointments),
        "payments": payment_rows(world, payments),
        "point_ledger": ledger_rows(world, payments, spending, newcomers),
        "fraud_scores": score_rows(world, newcomers),
    }
    if task.low == 0:
        rows["cast_shifts"] = shift_rows(world, task.month)
    return Block(
        rows,
        seen.start[seen_shown.visit],
        visits.guest,
        visits.start,
        details.is_second,
        reached(world.trials, talks, appointments),
    )


def _visit_of(guest: I64, time: I64, visitor: I64, start: I64) -> I64:
    """Return the visit in which each moment lies: the guest's last one that started before it."""
    scale = 1 << 34
    base = days.instant(0)
    return np.searchsorted(visitor * scale + (start - base), guest * scale + (time - base), side="right") - 1


def _newcomers(world: World, task: Task) -> I64:
    """Return the guests of the range who registered in the month."""
    first, stop = (
        int(np.searchsorted(world.guests.registered, days.instant(days.MONTH_STARTS[month])))
        for month in (task.month, task.month + 1)
    )
    return np.arange(max(first, task.low), max(first, task.low, min(stop, task.high)))
