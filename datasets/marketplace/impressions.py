"""Impressions: which casts a session shows, in which places, and which of them are clicked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.columns import Codes, Column, Ids, Moments, Rows, Words, numbers
from marketplace.happenings import delay
from marketplace.interventions import among
from marketplace.keys import I64, U64, Flags, below, chance, key_of, part
from marketplace.masters import ALGOS, RELEASES, TASTE_RELEASE

if TYPE_CHECKING:
    from marketplace.sessions import VisitDetails, Visits
    from marketplace.world import World

WIDTH = 12
"""Most casts that one list shows."""
SCREENS = ("list", "search")
_LENGTHS = np.array([5, 6, 7, 8, 8, 9, 9, 10, 10, 11, 12, 12])
"""Casts that a list shows; each is as likely as the next."""
POSITION_CLICKS = np.array([210, 165, 136, 116, 101, 90, 81, 74, 68, 63, 59, 55])
"""Clicks in a thousand at each place of the list, for an average cast."""
SEARCH_CLICKS = 110
"""In search results the place matters little."""
NEAR_FAR = (282, 205)
"""Click factors in 256ths: casts of the guest's own region, and others. The list looks at no region."""
_OFF_TASTE, TASTE_LIFT = 236, 419
"""Click factors in 256ths: casts of another topic, and of the guest's own (160/90 as many)."""


def taste_share(casts: int) -> int:
    """Return how many of a thousand places the taste_v2 list fills with casts of the guest's own topic.

    Among few casts it is more, since a list shows each of them only once.
    """
    return 450 if casts >= 100 else 620


@dataclass(frozen=True)
class Shown:
    """Impressions of one block, ordered by session and place."""

    visit: I64
    """Position in Visits."""
    guest: I64
    cast: I64
    position: I64
    """From 1."""
    key: U64
    time: I64
    is_search: Flags
    clicked: Flags
    algo: I64


def show(world: World, month: int, visits: Visits, forced: Flags) -> Shown:
    """Return what the visits of a month show; the first place of a forced visit is clicked."""
    bits = world.dice.roll("impressions.list", visits.key)
    length = _LENGTHS[below(bits, 0, len(_LENGTHS))]
    is_search = chance(bits, 1, 200) & ~forced
    cast, keys = _places(world, month, visits, bits)
    cast = _popular_first(world, visits, cast, length, is_search)
    kept = np.arange(WIDTH) < length[:, None]
    for place in range(1, WIDTH):
        kept[:, place] &= ~(cast[:, :place] == cast[:, place : place + 1]).any(axis=1)
    position = np.cumsum(kept, axis=1)[kept]
    visit = np.broadcast_to(np.arange(len(cast))[:, None], kept.shape)[kept]
    flat_cast, key = cast[kept].astype(np.int64), keys[kept]
    guest = visits.guest[visit]
    time = visits.start[visit] + 4 + position * 2
    algo = np.searchsorted(np.array([row[1] for row in RELEASES]), time, side="right") - 1
    searched = is_search[visit]
    clicked = _clicks(world, guest, flat_cast, position, searched, key) | (forced[visit] & (position == 1))
    clicked |= among(key, world.interventions.talks)
    return Shown(visit, guest, flat_cast, position, key, time, searched, clicked, np.maximum(algo, 0))


def _places(world: World, month: int, visits: Visits, bits: U64) -> tuple[I64, U64]:
    """Return the casts (visits × places) and the key of each place.

    Places are spread evenly over the popularity table, so that one list seldom draws the same cast twice.
    """
    shelf = world.shelf(month)
    place = np.arange(WIDTH)
    keys = key_of(visits.key[:, None], place[None, :])
    rolled = world.dice.roll("impressions.place", keys)
    spot = (part(bits, 2)[:, None] + place * (65_536 // WIDTH) + below(rolled, 0, 2600)) & 0xFFFF
    cast = shelf.everyone[spot]
    if month >= _TASTE_MONTH:
        tag = world.guests.tag[visits.guest][:, None]
        tasteful = chance(rolled, 1, taste_share(world.casts.count)) & (visits.start >= TASTE_RELEASE)[:, None]
        cast = np.where(tasteful, shelf.by_tag[tag, spot >> 4], cast)
    return cast, keys


def _popular_first(world: World, visits: Visits, cast: I64, length: I64, is_search: Flags) -> I64:
    """Return the casts with the popular ones on top, roughly, in the lists of popular_v1; whom a list shows stays the same."""
    sorts = np.flatnonzero((visits.start >= RELEASES[1][1]) & (visits.start < TASTE_RELEASE) & ~is_search)
    if not len(sorts):
        return cast
    shown = cast[sorts]
    rolled = world.dice.roll("impressions.popular", key_of(visits.key[sorts][:, None], np.arange(WIDTH)[None, :]))
    score = world.casts.standing[shown] + below(rolled, 0, LOOSENESS)
    score = np.where(np.arange(WIDTH) < length[sorts][:, None], score, 1 << 20)
    cast = cast.copy()
    cast[sorts] = np.take_along_axis(shown, np.argsort(score, axis=1, kind="stable"), axis=1)
    return cast


LOOSENESS = 96
"""How far the order by popularity is disturbed: about a third of the way from the most to the least popular cast."""
_TASTE_MONTH = int(days.month_of_day()[(TASTE_RELEASE - days.instant(0)) // days.DAY])
"""The first month that has lists of the newest algorithm."""


def _clicks(world: World, guest: I64, cast: I64, position: I64, is_search: Flags, key: U64) -> Flags:
    """Return which impressions are clicked: place × cast's appeal × own topic × own region."""
    casts, guests = world.casts, world.guests
    rate = np.where(is_search, SEARCH_CLICKS, POSITION_CLICKS[position - 1])
    liked = np.where(casts.tag[cast] == guests.tag[guest], TASTE_LIFT, _OFF_TASTE)
    near = np.where(casts.region[cast] == guests.region[guest], *NEAR_FAR)
    chances = rate * casts.quality[cast] * liked >> 16
    return chance(world.dice.roll("impressions.click", key), 0, chances * near >> 8)


def impression_rows(world: World, shown: Shown, details: VisitDetails) -> Rows:
    """Return the rows of the log, resent rows right after their originals, late rows with their day of arrival."""
    bits = world.dice.roll("impressions.log", shown.key)
    resent = chance(bits, 0, 3.0)
    n = len(shown.key)
    source = np.repeat(np.arange(n), 1 + resent)
    is_copy = np.zeros(len(source), bool)
    is_copy[1:] = source[1:] == source[:-1]
    lag = 1 + below(bits, 1, 90)
    late = chance(bits, 2, 10.0)
    lag = np.where(late, days.DAY + 60 + part(bits, 3) * 4, lag)[source] + np.where(
        is_copy, 40 + below(bits, 3, 900)[source], 0
    )
    time = shown.time[source]
    lag += delay(world.happenings, world.dice, shown.key, shown.time)[source]
    known = time + lag < world.end
    source, time, lag = source[known], time[known], lag[known]
    visit = shown.visit[source]
    return Rows(
        {
            "event_id": Codes(source, None, "e", "impression events"),
            "session_id": Ids(visit, details.is_old_app[visit], "sessions"),
            "guest_id": numbers(shown.guest[source] + 1, np.int32),
            "cast_id": numbers(shown.cast[source] + 1, np.int32),
            "screen": Words(shown.is_search[source], pool=SCREENS),
            "position": numbers(shown.position[source], np.int16),
            "algo": Words(shown.algo[source], pool=ALGOS),
            "is_clicked": Column(shown.clicked[source]),
            "shown_at_utc": Moments(time),
            "ingested_at_utc": Moments(time + lag),
        }
    )
