"""Measures for everybody in one area: they are told from season and growth only by what other areas did meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.masters import AREA_CODES

if TYPE_CHECKING:
    from marketplace.keys import I64
    from marketplace.masters import Rollout


def lift_percent(rollouts: tuple[Rollout, ...], area: I64, opened: I64) -> I64:
    """Return by how many percent more talks lead to a request, by the number of the cast's area and the UTC second of opening."""
    lift = np.zeros(len(area), np.int64)
    for each in rollouts:
        first, last = days.number_of(each.first), days.number_of(each.last)
        day = days.day_number(opened)
        lift += each.lift_percent * ((day >= first) & (day <= last) & (area == AREA_CODES.index(each.area)))
    return lift
