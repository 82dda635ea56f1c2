"""What happens in the month as it would without the measure: who was shown whom, who talked to whom, who asked whom."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from marketplace import days
from marketplace.blocks import Events, happen, tasks_of
from marketplace.interventions import among

if TYPE_CHECKING:
    from marketplace.keys import I64, U64, Flags
    from marketplace.world import World


@dataclass(frozen=True)
class Trace:
    """Events of one kind: of a guest with a cast."""

    guest: I64
    cast: I64
    time: I64
    """UTC second."""
    key: U64
    may_follow: Flags
    """Nothing has come of it that could: of an impression no talk, of an answered talk no request."""
    is_listed: Flags
    """Of an impression: in the list and not in search results, so that the measure can be seen."""


@dataclass(frozen=True)
class Traces:
    """All that counts, from the first day of the month on, in the order of the blocks."""

    shown: Trace
    talks: Trace
    requests: Trace


Record = TypeVar("Record", Trace, Traces)


def traces_of(world: World) -> Traces:
    """Return the traces of a world; requests may follow from talks of the month before."""
    last_old = days.MONTHS - 1
    made = [_of_block(world, happen(world, task)) for task in tasks_of(world) if task.month >= last_old]
    return Traces(
        *(_together([getattr(each, kind.name) for each in made], days.instant(days.DAYS)) for kind in fields(Traces))
    )


def _of_block(world: World, events: Events) -> Traces:
    shown, talks, asked = events.shown, events.talks, events.appointments
    led = among(shown.key, talks.key)
    open_end = events.course.is_answered & ~np.isin(np.arange(len(talks.key)), asked.talk)
    whole = np.ones(len(asked.key), bool)
    return Traces(
        Trace(shown.guest, shown.cast, shown.time, shown.key, ~led, ~shown.is_search),
        Trace(talks.guest, talks.cast, talks.opened, talks.key, open_end & ~talks.is_spam, open_end),
        Trace(asked.guest, asked.cast, asked.requested, asked.key, ~whole, whole),
    )


def _together(parts: list[Trace], since: int) -> Trace:
    columns = [np.concatenate([getattr(part, column.name) for part in parts]) for column in fields(Trace)]
    kept = columns[2] >= since
    return Trace(*(column[kept] for column in columns))
