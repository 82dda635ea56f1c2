"""Casts: who they are, how much they are shown (a power law), how well they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.columns import Column, Moments, Rows, Words
from marketplace.keys import I64, Dice, Flags, Slots, below, chance, part, pick, slots
from marketplace.masters import AREA_CODES, AREA_REGION, AREAS, TAGS

if TYPE_CHECKING:
    from marketplace.pools import Pools

GRADES = ("standard", "silver", "gold", "vip")
_GRADE_WEIGHTS = (50, 28, 16, 6)
_GRADE_POINTS = np.array([3000, 4500, 6500, 10000])
"""Weights of GRADES, and the points that an hour costs at the least."""
TEMPTING_EVERY = 12
"""One cast in so many, by popularity, is clicked often and booked seldom."""
ANSWERS = np.array([950, 890, 800, 660])
"""Talks in a thousand that get an answer, by the cast's pace."""
_NEVER = 1 << 40
"""A UTC second that never comes."""


@dataclass(frozen=True)
class Casts:
    """Casts, position i being cast_id i + 1."""

    name: I64
    area: I64
    grade: I64
    tag: I64
    points: I64
    joined: I64
    retired: I64
    """UTC second of retirement, or far in the future."""
    is_test: Flags
    standing: I64
    """256ths of all places in lists that go to more popular casts: 0 for the most popular."""
    weight: I64
    """Share of the list: 1 / (popularity rank + 5)."""
    quality: I64
    """How attractive, in 256ths of the average."""
    booked: I64
    """How readily guests ask them for an appointment, in 256ths of the average."""
    answers: I64
    """How many talks in a thousand get an answer."""
    pace: I64
    """0 = answers fast to 3 = answers slowly."""
    rated: I64
    """How guests rate: 0 = well, 1 = poorly, as casts who let them wait, 2 = badly."""

    @property
    def count(self) -> int:
        """Return the number of casts."""
        return len(self.area)

    @property
    def region(self) -> I64:
        """Return the region number of each cast's area."""
        return AREA_REGION[self.area]

    def to_rows(self, pools: Pools) -> Rows:
        """Return the rows of the table."""
        return Rows(
            {
                "cast_id": Column(np.arange(1, self.count + 1, dtype=np.int32)),
                "display_name": Words(self.name, pool=pools.display_names),
                "area_code": Words(self.area, pool=AREA_CODES),
                "grade": Words(self.grade, pool=GRADES),
                "main_tag": Words(self.tag, pool=TAGS),
                "points_per_hour": Column(self.points.astype(np.int32)),
                "joined_at_utc": Moments(self.joined),
                "retired_at_utc": Moments(self.retired, self.retired == _NEVER),
                "is_test": Column(self.is_test),
            }
        )


def make_casts(dice: Dice, count: int, names: int) -> Casts:
    """Return the casts of a seed, in order of joining."""
    n = np.arange(count, dtype=np.uint64)
    bits = dice.roll("casts.person", n)
    more = dice.roll("casts.career", n)
    # Spread evenly over the weights, so that every area and grade is there even among forty casts.
    area = slots([row[4] for row in AREAS])[(n.astype(np.int64) * 2531 + (dice.one("casts.area") >> 40)) & 4095].astype(
        np.int64
    )
    area[:8] = np.arange(min(8, count))
    grade = slots(_GRADE_WEIGHTS)[(n.astype(np.int64) * 1597 + (dice.one("casts.grade") >> 40)) & 4095].astype(np.int64)
    before = chance(more, 0, 620) | (n < 12)
    joined = (
        np.where(
            before,
            days.instant(-700) + below(more, 1, 690) * days.DAY,
            days.instant(0) + below(more, 1, days.DAYS - 25) * days.DAY,
        )
        + 10 * days.HOUR
        + part(more, 2) // 2
    )
    order = np.argsort(joined, kind="stable")
    joined = joined[order]
    stays = 150 * days.DAY + below(bits, 0, 600) * days.DAY + part(bits, 1)
    leaves = np.maximum(joined, days.instant(40)) + stays
    retired = np.where(chance(more, 3, 300) & (leaves < days.instant(days.DAYS - 3)) & (n >= 12), leaves, _NEVER)
    rank = np.empty(count, np.int64)
    rank[np.argsort(dice.roll("casts.popularity", n), kind="stable")] = np.arange(count)
    pace = pick(slots((40, 35, 18, 7)), dice.roll("casts.pace", n), 0)
    is_test = (n == 13) | (n == count - 2)
    # A popular cast who is there all the time lets guests wait, so that late replies and low ratings are there at every size.
    always = (joined <= days.instant(0)) & (retired == _NEVER) & ~is_test
    slow = int(np.argmin(np.where(always, rank, count)))
    pace[slow] = 3
    # Among few casts one of great appeal would hide the effect of the list's order.
    spread = min(152, 50 + count // 2)
    quality = 256 - spread // 2 + below(dice.roll("casts.quality", n), 0, spread)
    weight = np.where(is_test, 20, 100_000 // (rank + 5))
    standing = np.empty(count, np.int64)
    by_rank = np.argsort(rank)
    standing[by_rank] = (np.cumsum(weight[by_rank]) - weight[by_rank]) * 256 // weight.sum()
    # Some are clicked more than most and hardly ever asked: a good photo, high prices, no time.
    tempting = (rank % TEMPTING_EVERY == 4) & ~is_test & (pace != 3)
    quality = np.where(tempting, 360, quality)
    answers = ANSWERS[pace]
    points = _GRADE_POINTS[grade] + below(bits, 2, 4) * 500
    return Casts(
        name=below(bits, 3, names),
        area=area,
        grade=grade,
        tag=pick(slots((26, 18, 18, 12, 12, 14)), dice.roll("casts.tag", n), 0),
        points=points,
        joined=joined,
        retired=retired,
        is_test=is_test,
        standing=standing,
        weight=weight,
        quality=quality,
        booked=np.where(tempting, 40, 256),
        answers=answers,
        pace=pace,
        rated=(pace == 3) + (np.arange(count) == slow).astype(np.int64),
    )


@dataclass(frozen=True)
class Shelf:
    """Lookup tables of the casts that the list may show in a month."""

    everyone: Slots
    by_tag: Slots
    """One table a tag, and a last one for guests without a tag."""


def shelf_of(casts: Casts, month: int) -> Shelf:
    """Return the shelf of a month: casts who joined before it and stay at least five weeks after it."""
    opens = days.instant(days.MONTH_STARTS[month])
    closes = days.instant(days.MONTH_STARTS[month + 1] + 35)
    weight = np.where((casts.joined <= opens) & (casts.retired >= closes), casts.weight, 0)
    everyone = slots(weight, 65_536)
    tables = []
    for tag in range(len(TAGS)):
        liked = np.where(casts.tag == tag, weight, 0)
        tables.append(slots(liked, 4096) if liked.any() else everyone[::16])
    return Shelf(everyone, np.stack([*tables, everyone[::16]]))
