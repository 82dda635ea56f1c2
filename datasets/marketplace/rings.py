"""Fraud rings, and the families who share a device in all innocence."""

from __future__ import annotations

import numpy as np

from marketplace import days
from marketplace.keys import I64, Dice, below, part

_GUESTS_A_RING = 1000
_FAMILIES_PER_MILLE = 9
"""One ring for so many guests; families in thousandths of the guests."""


def ring_shape(count: int) -> tuple[int, int]:
    """Return the number of rings and of members in each, for a number of guests."""
    if count < 100:
        return 0, 0
    return max(1, count // _GUESTS_A_RING), 6 if count >= 1000 else 4


def plant(dice: Dice, count: int, taken: int, end_day: int, registered: I64, ring: I64, place: I64) -> int:
    """Make the guests after `taken` ring members who register minutes apart; return how many are taken then."""
    rings, members = ring_shape(count)
    stop = taken + rings * members
    if rings == 0:
        return taken
    number = np.repeat(np.arange(rings), members)
    seat = np.tile(np.arange(members), rings)
    bits = dice.roll("rings", number.astype(np.uint64))
    day = 60 + below(bits, 0, end_day - 120)
    day = day + np.isin(day, [(d - days.FIRST_DAY).days for d in days.MAINTENANCE_DAYS])
    registered[taken:stop] = days.instant(0) + day * days.DAY + 17 * days.HOUR + (part(bits, 1) >> 3) + seat * 210
    ring[taken:stop], place[taken:stop] = number, seat
    return stop


def families(count: int, taken: int) -> I64:
    """Return the partner of each guest, -1 for most: pairs taken from the guests after `taken`."""
    partner = np.full(count, -1)
    pairs = 0 if count < 100 else max(3, count * _FAMILIES_PER_MILLE // 1000)
    first = taken + np.arange(pairs) * 2
    partner[first], partner[first + 1] = first + 1, first
    return partner
