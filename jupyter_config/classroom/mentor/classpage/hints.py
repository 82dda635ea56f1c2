"""What hints do: who had which one open when trying, and whether that led to a right answer; and how long an exercise takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classroom.mentor.classpage.progress_files import Attempt

LONGEST_PAUSE = dt.timedelta(minutes=10)
"""A longer time between two tries is not counted beyond this: somebody has gone away."""
FEWEST = 8
"""Learners below which nothing is said of a hint."""
HELPS = 0.2
"""The part of those who tried with a hint open and were right with it, below which it does not help."""
RUNGS = (1, 2, 3, 4)
"""Idea, place, simpler form, solution: as the room opens them."""
_HINTS = (1, 2)
"""Those that are meant to help without showing the answer."""


@dataclass(frozen=True)
class HintUse:
    """One rung of an exercise in one class."""

    rung: int
    tried: int
    """Learners who ran an answer while this was the highest that was open."""
    right: int
    """Those of them whose first right answer was among these."""


def hint_uses(tries: Sequence[Sequence[Attempt]]) -> tuple[HintUse, ...]:
    """The rungs that were used, from each learner's tries at one exercise in the order in which they were made."""
    until_right = [_until_right(each) for each in tries]
    found = []
    for rung in RUNGS:
        tried = [each for each in until_right if any(one.rung == rung for one in each)]
        right = [each for each in tried if each[-1].status == "accepted" and each[-1].rung == rung]
        if tried:
            found.append(HintUse(rung, len(tried), len(right)))
    return tuple(found)


def has_useless_hint(uses: Sequence[HintUse]) -> bool:
    """Whether a hint was open to enough learners and led hardly any of them on."""
    return any(each.rung in _HINTS and each.tried >= FEWEST and each.right < HELPS * each.tried for each in uses)


def minutes_until_right(tries: Sequence[Sequence[Attempt]]) -> float | None:
    """The median of the minutes between the first try and the first right one, long pauses cut; None while nobody has both."""
    lengths = []
    for each in map(_until_right, tries):
        if len(each) > 1 and each[-1].status == "accepted":
            pauses = (min(later.at - before.at, LONGEST_PAUSE) for before, later in pairwise(each))
            lengths.append(sum(pauses, dt.timedelta()).total_seconds() / 60)
    return median(lengths) if lengths else None


def _until_right(tries: Sequence[Attempt]) -> list[Attempt]:
    ordered = sorted(tries, key=lambda each: each.at)
    first = next((number for number, each in enumerate(ordered) if each.status == "accepted"), len(ordered))
    return ordered[: first + 1]
