"""What happens in the month as it would without the measure: who was shown whom, talked, asked, paid, and who registered."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.blocks import Events, happen, paid_for, tasks_of
from marketplace.interventions import among
from marketplace.messages import answered_at
from marketplace.nights.later import candidates
from marketplace.payments import SUCCEEDED, top_ups

if TYPE_CHECKING:
    from marketplace.blocks import Task
    from marketplace.guests import Guests
    from marketplace.keys import I64, U64, Flags
    from marketplace.world import World


@dataclass(frozen=True)
class Trace:
    """Events of one kind: of a guest, most of them with a cast."""

    guest: I64
    cast: I64
    """0 where there is none."""
    time: I64
    """UTC second."""
    key: U64
    value: I64
    """Yen; 1 for what is not paid, 0 for what counts as nothing."""
    may_follow: Flags
    """Nothing has come of it that could: of an impression no talk, of an answered talk no request, of a visit no purchase in advance."""
    is_listed: Flags
    """Of an impression: in the list and not in search results, so that the measure can be seen."""


@dataclass(frozen=True)
class Traces:
    """All that counts, from the first day of the month on, in the order of the blocks."""

    shown: Trace
    talks: Trace
    answered: Trace
    """Talks in which a cast writes before the end of the data, by when they were opened."""
    requests: Trace
    visits: Trace
    """By when points would be bought in advance on them, with what would be bought."""
    purchases: Trace
    """Those that succeeded."""
    spendings: Trace
    """Appointments that are accepted, by when points are bought for them, if any have to be."""
    topped: Trace
    """Visits on which points are bought in advance, by when."""
    registered: Trace
    candidates: Trace
    """Who does not register, but could."""


def traces_of(world: World) -> Traces:
    """Return the traces of a world; requests may follow from talks of the month before."""
    last_old = days.MONTHS - 1
    made = [_of_block(world, task, happen(world, task)) for task in tasks_of(world) if task.month >= last_old]
    since, others = days.instant(days.DAYS), candidates(world.dice, world.settings.guests)
    together = {name: _together([each[name] for each in made], since) for name in made[0]}
    return Traces(
        registered=_together([_of_guests(world.guests, world.end)], since),
        candidates=_together([_of_guests(others, world.end)], since),
        **together,
    )


def _of_block(world: World, task: Task, events: Events) -> dict[str, Trace]:
    shown, talks, asked, visits = events.shown, events.talks, events.appointments, events.visits
    led = among(shown.key, talks.key)
    open_end = events.course.is_answered & ~np.isin(np.arange(len(talks.key)), asked.talk)
    spent, paid = paid_for(world, task, events)
    top = top_ups(world, visits)
    done = Trace(
        talks.guest,
        talks.cast,
        talks.opened,
        talks.key,
        np.ones(len(talks.key), np.int64),
        open_end & ~talks.is_spam,
        open_end,
    )
    in_time = events.course.is_answered & (answered_at(world, talks, events.course) < world.end)
    yen = top.points * 11 // 10
    each_visit = _plain(visits.guest, top.time, visits.key, yen, ~top.happens & top.can)
    bought = (paid.status == SUCCEEDED) & (paid.points > 0)
    return {
        "shown": Trace(
            shown.guest,
            shown.cast,
            shown.time,
            shown.key,
            np.ones(len(shown.key), np.int64),
            ~led,
            ~shown.is_search,
        ),
        "talks": done,
        "answered": _some(done, in_time),
        "requests": Trace(
            asked.guest,
            asked.cast,
            asked.requested,
            asked.key,
            np.ones(len(asked.key), np.int64),
            np.zeros(len(asked.key), bool),
            np.ones(len(asked.key), bool),
        ),
        "visits": each_visit,
        "purchases": _some(_plain(paid.guest, paid.time, paid.key, paid.points * 11 // 10), bought),
        "spendings": _plain(spent.made.guest, spent.paid, spent.made.key, spent.bought * 11 // 10),
        "topped": _some(each_visit, top.happens),
    }


def _of_guests(guests: Guests, end: int) -> Trace:
    each = _plain(np.arange(guests.count), guests.registered, guests.key, np.ones(guests.count, np.int64))
    return _some(each, ~guests.is_test & (guests.registered < end))


def _plain(guest: I64, time: I64, key: U64, value: I64, may_follow: Flags | None = None) -> Trace:
    """Return events without a cast."""
    follows = np.ones(len(guest), bool) if may_follow is None else may_follow
    return Trace(guest, np.zeros(len(guest), np.int64), time, key, value, follows, np.zeros(len(guest), bool))


def _some(trace: Trace, rows: Flags) -> Trace:
    return Trace(*(getattr(trace, column.name)[rows] for column in fields(Trace)))


def _together(parts: list[Trace], since: int) -> Trace:
    whole = Trace(*(np.concatenate([getattr(part, column.name) for part in parts]) for column in fields(Trace)))
    return _some(whole, whole.time >= since)
