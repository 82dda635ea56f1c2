"""A campaign that only moves purchases forward: its week sells more, the weeks after it less, all of them together the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.keys import chance, pick, slots
from marketplace.masters import CAMPAIGNS

if TYPE_CHECKING:
    from marketplace.keys import I64, U64
    from marketplace.world import World

MOVED_PER_MILLE = 600
"""Purchases in a thousand that guests make in the campaign's week rather than in the weeks after it."""
WEEKS_AFTER = 4
_FIRST, _LAST = next(
    (days.number_of(date.fromisoformat(first)), days.number_of(date.fromisoformat(last)))
    for *_, channel, _, first, last in CAMPAIGNS
    if not channel
)
"""Day numbers of the campaign."""


def brought_forward(world: World, guest: I64, key: U64, paid: I64) -> I64:
    """Return when purchases (with their guest, a key and a UTC second) are made, some of them sooner, at the same time of day."""
    bits = world.dice.roll("payments.forward", key)
    day = days.day_number(paid)
    sooner = _FIRST + pick(slots(days.day_weights()[_FIRST : _LAST + 1]), bits, 1)
    moves = (day > _LAST) & (day <= _LAST + 7 * WEEKS_AFTER) & chance(bits, 0, MOVED_PER_MILLE)
    moves &= days.day_number(world.guests.registered[guest]) < sooner
    return np.where(moves, paid - (day - sooner) * days.DAY, paid)
