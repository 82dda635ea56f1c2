"""What the second data say of a measure: difference, interval, group sizes, segments. Nothing here reads a learner's words.

The interval is that of lesson 13: 1.96 times the root of the sum of both groups' variances over their sizes. The sizes are held
against the planned split by z, as in the same lesson.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HALF = 1.96
FEWEST = 30
"""Units in a group below which its interval says nothing: of two people who both did nothing it has no width."""
_FAR = 3.0
"""Beyond so many spreads, group sizes are not as planned."""
CONTROL, TREATMENT = "control", "treatment"


@dataclass(frozen=True)
class Arm:
    """One group."""

    units: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        """The metric."""
        return self.total / self.units if self.units else 0.0

    @property
    def error(self) -> float:
        """The variance of the mean."""
        return (self.squares / self.units - self.mean**2) / self.units if self.units else 0.0

    def __add__(self, other: Arm) -> Arm:
        """Both together."""
        return Arm(self.units + other.units, self.total + other.total, self.squares + other.squares)


@dataclass(frozen=True)
class GroupDifference:
    """Two groups side by side."""

    control: Arm
    treatment: Arm

    @property
    def value(self) -> float:
        """Treatment minus control."""
        return self.treatment.mean - self.control.mean

    @property
    def half(self) -> float:
        """Half of the 95 % interval."""
        return _HALF * sqrt(max(0.0, self.control.error + self.treatment.error))

    @property
    def can_be_told(self) -> bool:
        """Whether both groups are large enough for an interval by the normal distribution."""
        return min(self.control.units, self.treatment.units) >= FEWEST

    @property
    def low(self) -> float:
        """Where the interval begins."""
        return self.value - self.half

    @property
    def high(self) -> float:
        """Where it ends."""
        return self.value + self.half


@dataclass(frozen=True)
class Facts:
    """All that is laid beside a report."""

    whole: GroupDifference
    segments: tuple[tuple[str, GroupDifference], ...]
    percent: int
    """Planned to be treated."""
    z: float
    """How many spreads the treatment group is off its planned size."""
    result: str
    """One of `coursebook.expo.RESULTS`."""


def facts_from(rows: Iterable[Sequence[object]], percent: int, worth: float) -> Facts | None:
    """The facts in the rows of the course's query by segment; None where a group is empty.

    Args:
        rows: Segment, variant, units, sum and sum of squares.
        percent: Planned to be treated.
        worth: The difference that would be worth the cost, in percent of the control group's metric.
    """
    arms: dict[str, dict[str, Arm]] = {}
    for segment, variant, units, total, squares in rows:
        known = arms.setdefault("" if segment is None else str(segment), {})
        known[str(variant)] = Arm(int(str(units)), float(str(total)), float(str(squares)))
    nothing = Arm(0, 0.0, 0.0)
    parts = tuple(
        (name, GroupDifference(each.get(CONTROL, nothing), each.get(TREATMENT, nothing))) for name, each in arms.items()
    )
    whole = GroupDifference(
        sum((each.control for _, each in parts), nothing), sum((each.treatment for _, each in parts), nothing)
    )
    if not whole.control.units or not whole.treatment.units:
        return None
    count, share = whole.control.units + whole.treatment.units, percent / 100
    z = (whole.treatment.units - count * share) / sqrt(count * share * (1 - share))
    shown = tuple((name, each) for name, each in parts if each.control.units and each.treatment.units)
    return Facts(whole, shown, percent, z, _result(whole, z, abs(worth) / 100 * whole.control.mean))


def _result(whole: GroupDifference, z: float, worth: float) -> str:
    """Which of the course's patterns fits: sizes first, then where the interval lies, then whether it is narrow enough to tell."""
    if abs(z) > _FAR:
        return "unreadable"
    if whole.low > 0:
        return "real"
    if whole.high < 0:
        return "harmful"
    return "none" if max(-whole.low, whole.high) < worth else "small"
