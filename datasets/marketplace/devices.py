"""Devices: which guest holds which, and who shares one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.columns import Codes, Moments, Rows, Words, numbers
from marketplace.keys import I64, Dice, below, chance, pick, slots

if TYPE_CHECKING:
    from marketplace.guests import Guests

PLATFORMS = ("ios", "android", "web")
_PLATFORM_SLOTS = slots((58, 34, 8))
"""Weights of PLATFORMS."""


@dataclass(frozen=True)
class Devices:
    """Device numbers of each guest."""

    first: I64
    second: I64
    """-1 where there is none."""


def make_devices(dice: Dice, guests: Guests) -> Devices:
    """Return who holds which device: rings share their leader's, families the first member's, the rest their own."""
    number = np.arange(guests.count)
    own = (number + 1) * 2
    first = own.copy()
    members = np.flatnonzero(guests.ring >= 0)
    if len(members):
        leader = np.full(int(guests.ring.max()) + 1, guests.count)
        np.minimum.at(leader, guests.ring[members], members)
        first[members] = own[leader[guests.ring[members]]]
    alone = chance(dice.roll("devices.second", guests.key), 0, 150) & (guests.partner < 0) & (guests.ring < 0)
    second = np.where(alone, own + 1, -1)
    # In every ring the first two members share a second device as well.
    second = np.where((guests.ring >= 0) & (guests.ring_place < 2), first + 1, second)
    joins_partner = (guests.partner >= 0) & (guests.partner < number)
    return Devices(first, np.where(joins_partner, first[np.maximum(guests.partner, 0)], second))


def platform_of(dice: Dice, device: I64) -> I64:
    """Return the platform of each device number."""
    return pick(_PLATFORM_SLOTS, dice.roll("devices.platform", device.astype(np.uint64)), 0)


def second_since(dice: Dice, guests: Guests) -> I64:
    """Return the UTC second from which each guest would hold a second device."""
    return days.when_open(guests.registered + 600 + below(dice.roll("devices.period", guests.key), 0, 60 * 24) * 60)


def device_rows(dice: Dice, guests: Guests, devices: Devices, last_seen: tuple[I64, I64], end: int) -> Rows:
    """Return the rows of guest_devices; last_seen holds the last visit of each guest on the first and second device."""
    bits = dice.roll("devices.period", guests.key)
    everyone = np.arange(guests.count)
    with_second = np.flatnonzero(devices.second >= 0)
    second_from = second_since(dice, guests)
    both = np.concatenate([everyone, with_second])
    device = np.concatenate([devices.first, devices.second[with_second]])
    since = np.minimum(np.concatenate([guests.registered + 20, second_from[with_second]]), end - 1)
    until = np.concatenate([last_seen[0], last_seen[1][with_second]])
    until = np.maximum(until, since)
    # A reinstalled app starts a second row of the same guest and device.
    again = np.flatnonzero((np.arange(len(both)) < guests.count) & (until - since > 20 * days.DAY))
    again = again[chance(bits[both[again]], 1, 60) | (np.arange(len(again)) < 2)]
    middle = days.when_open((since[again] + until[again]) // 2)
    first_until = until.copy()
    first_until[again] = days.before_closing(middle - 3600)
    guest = np.concatenate([both, both[again]])
    columns = (
        np.concatenate([device, device[again]]),
        np.concatenate([since, middle]),
        np.concatenate([first_until, until[again]]),
    )
    order = np.lexsort((columns[1], guest))
    numbered, start, stop = (column[order] for column in columns)
    return Rows(
        {
            "guest_id": numbers(guest[order] + 1, np.int32),
            "device_fp": Codes(numbered, None, "d"),
            "os": Words(platform_of(dice, numbered), pool=PLATFORMS),
            "first_seen_at_utc": Moments(start),
            "last_seen_at_utc": Moments(stop),
        }
    )
