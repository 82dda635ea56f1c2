"""Shifts: when casts are available; some slots touch, some overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.columns import Dates, Moments, Rows, numbers
from marketplace.keys import below, chance, key_of

if TYPE_CHECKING:
    from marketplace.world import World

_HALF_HOUR = 1800
"""Seconds: shifts begin and end on the half hour."""


def shift_rows(world: World, month: int) -> Rows:
    """Return the shifts of all casts in a month, ordered by cast and time."""
    casts = world.casts
    first, stop = days.MONTH_STARTS[month], days.MONTH_STARTS[month + 1]
    cast, day = (grid.ravel() for grid in np.meshgrid(np.arange(casts.count), np.arange(first, stop), indexing="ij"))
    key = key_of(cast.astype(np.uint64) + np.uint64(0x5817), day)
    bits = world.dice.roll("shifts", key)
    opens = days.instant(0) + day * days.DAY
    # A tiny data set shows the shifts of three casts only.
    employed = (
        (cast < 3 if world.settings.is_tiny else True)
        & (opens > casts.joined[cast])
        & (opens + days.DAY < casts.retired[cast])
    )
    busy = days.day_weights()[day]
    works = employed & chance(bits, 0, (110 + (cast * 37 % 5) * 50) * busy // 142)
    cast, day, bits = cast[works], day[works], bits[works]
    start = days.instant(0) + day * days.DAY + 13 * days.HOUR + below(bits, 1, 11) * _HALF_HOUR
    end = start + (4 + below(bits, 2, 9)) * _HALF_HOUR
    # A second slot begins where the first one ends, or an hour before that.
    again = np.flatnonzero(chance(bits, 3, 200))
    second = end[again] - np.where(again % 2 == 0, 0, 2 * _HALF_HOUR)
    cast, day = np.concatenate([cast, cast[again]]), np.concatenate([day, day[again]])
    start, end = np.concatenate([start, second]), np.concatenate([end, second + 4 * _HALF_HOUR])
    known = day < world.days
    cast, day, start, end = cast[known], day[known], start[known], end[known]
    order = np.lexsort((start, cast))
    return Rows(
        {
            "cast_id": numbers(cast[order] + 1, np.int32),
            "business_date": Dates(day[order] + days.DAY_ZERO),
            "starts_at_jst": Moments(start[order] + days.JST),
            "ends_at_jst": Moments(end[order] + days.JST),
        }
    )
