"""Talks: which clicks become chat rooms, and how those go: answered or not, how long, how fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.columns import Ids, Moments, Rows, Words, numbers
from marketplace.experiments import free_to_talk
from marketplace.happenings import takes_place
from marketplace.interventions import among
from marketplace.keys import I64, U64, Flags, below, chance, key_of, part

if TYPE_CHECKING:
    from marketplace.impressions import Shown
    from marketplace.sessions import VisitDetails
    from marketplace.world import World

SOURCES = ("list", "favorite", "push")
NEAR_FAR = (440, 230)
"""Of a thousand clicks, so many become a talk: with casts of the guest's own region, and with others."""
_SPAM_TALKS = 14
"""Talks that each member of a fraud ring begins."""


@dataclass(frozen=True)
class Talks:
    """Talks of one block, ordered by guest and time; the talks of fraud rings come last."""

    guest: I64
    cast: I64
    key: U64
    opened: I64
    source: I64
    """Index of SOURCES, or -1 for the old app."""
    is_forced: Flags
    """Opened by a cameo or because of a test or the season."""
    is_spam: Flags


def open_talks(world: World, shown: Shown, details: VisitDetails, forced: Flags) -> Talks:
    """Return the talks that follow from clicks."""
    click = np.flatnonzero(shown.clicked)
    guest, cast = shown.guest[click], shown.cast[click]
    bits = world.dice.roll("talks.open", shown.key[click])
    near = np.where(world.casts.region[cast] == world.guests.region[guest], *NEAR_FAR)
    must = forced[shown.visit[click]] & (shown.position[click] == 1)
    must |= among(shown.key[click], world.interventions.talks)
    opened = shown.time[click] + 25 + below(bits, 1, 150)
    begins = (chance(bits, 0, near) & free_to_talk(world.trials, guest, opened)) | must
    begins &= (opened < world.end) & ~among(shown.key[click], world.interventions.no_talks)
    begins &= takes_place(world.happenings, world.dice, shown.key[click], world.casts.area[cast], opened) | must
    click, guest, cast, opened, must, bits = (a[begins] for a in (click, guest, cast, opened, must, bits))
    source = np.where(chance(bits, 2, 130), 1 + chance(bits, 3, 400), 0)
    source[details.is_old_app[shown.visit[click]]] = -1
    return Talks(guest, cast, shown.key[click], opened, source, must, np.zeros(len(click), bool))


def spam_talks(world: World, month: int, low: int, high: int) -> Talks:
    """Return the bursts of talks that every other member of a fraud ring opens within minutes of registering."""
    guests = world.guests
    born = days.month_of_day()[np.clip(days.day_number(guests.registered[low:high]), 0, days.MONTH_STARTS[-1] - 1)]
    member = low + np.flatnonzero(
        (guests.ring[low:high] >= 0) & (guests.ring_place[low:high] % 2 == 0) & (born == month)
    )
    guest = np.repeat(member, _SPAM_TALKS)
    ordinal = np.tile(np.arange(_SPAM_TALKS), len(member))
    key = key_of(guests.key[guest] ^ np.uint64(0x5BA3), ordinal)
    spot = (ordinal * (65_536 // _SPAM_TALKS) + below(world.dice.roll("talks.spam", key), 0, 3000)) & 0xFFFF
    cast = world.shelf(month).everyone[spot].astype(np.int64) if len(spot) else np.zeros(0, np.int64)
    opened = guests.registered[guest] + 120 + ordinal * 35
    nothing = np.zeros(len(guest), bool)
    return Talks(guest, cast, key, opened, np.zeros(len(guest), np.int64), nothing, ~nothing)


def joined(first: Talks, second: Talks) -> Talks:
    """Return both, one after the other."""
    names = ("guest", "cast", "key", "opened", "source", "is_forced", "is_spam")
    return Talks(*(np.concatenate([getattr(first, name), getattr(second, name)]) for name in names))


@dataclass(frozen=True)
class Course:
    """How each talk goes."""

    is_answered: Flags
    messages: I64
    """Number of messages, before the end of the data cuts some off."""
    starts_with_cast: Flags


_LENGTHS = np.array([2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 7, 8, 9, 11, 14, 18])
"""Messages of an answered talk; each is as likely as the next: most talks are short, few are long."""


def course_of(world: World, talks: Talks) -> Course:
    """Return how the talks go; a cast answers by her own habit, and never to spam."""
    bits = world.dice.roll("talks.course", talks.key)
    answered = (chance(bits, 0, world.casts.answers[talks.cast]) | talks.is_forced) & ~talks.is_spam
    asked_again = chance(bits, 1, 250).astype(np.int64)
    count = np.where(answered, _LENGTHS[below(bits, 2, len(_LENGTHS))], 1 + asked_again)
    count[talks.is_spam] = 1
    return Course(answered, count, chance(bits, 3, 80) & answered & ~talks.is_forced)


def talk_rows(world: World, talks: Talks) -> Rows:
    """Return the rows of the table; rooms close a month or more after they were opened."""
    bits = world.dice.roll("talks.close", talks.key)
    closed = days.when_open(talks.opened + 28 * days.DAY + part(bits, 1) * 60)
    return Rows(
        {
            "talk_id": Ids(np.arange(len(talks.guest)), table="talks"),
            "guest_id": numbers(talks.guest + 1, np.int32),
            "cast_id": numbers(talks.cast + 1, np.int32),
            "source": Words(talks.source, talks.source < 0, SOURCES),
            "opened_at_utc": Moments(talks.opened),
            "closed_at_utc": Moments(closed, (closed >= world.end) | chance(bits, 0, 300)),
        }
    )
