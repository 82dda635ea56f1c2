"""Bins of a histogram whose values reach from few to very many: each twice as wide as the one before."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.learner.charts.values import number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_DOUBLINGS = 16


@dataclass(frozen=True)
class Bin:
    """One bar of a histogram."""

    name: str
    """From where to where it reaches, as people write it."""
    begins: float
    """The smallest value that belongs to it, in the unit of the values; minus infinity for all below 0."""


def log_bins(values: Sequence[float]) -> tuple[Bin, ...]:
    """The bins that hold all values, without a gap: below 0, 0 itself, and from power to power of 2.

    Where the values reach over more than 16 doublings, each bin is ten times as wide as the one before.

    Args:
        values: What is put into bins, NULL left out.
    """
    bins = [Bin("< 0", -math.inf)] if any(each < 0 for each in values) else []
    if any(each == 0 for each in values):
        bins.append(Bin("0", 0.0))
    if above := [each for each in values if each > 0]:
        doublings = math.log2(max(above)) - math.log2(min(above))
        base = 2.0 if doublings <= _MOST_DOUBLINGS else 10.0
        first, last = (_power_below(each, base) for each in (min(above), max(above)))
        whole = all(each == int(each) for each in above)
        bins += [Bin(_name(base**at, base ** (at + 1), whole=whole), base**at) for at in range(first, last + 1)]
    return tuple(bins)


def bin_of(value: float, bins: Sequence[Bin]) -> Bin:
    """The one of the bins that holds a value of those that they were made for."""
    return next(each for each in reversed(bins) if each.begins <= value)


def _power_below(value: float, base: float) -> int:
    """The greatest power of the base that is not above a value; rounding can't put it one beside."""
    at = math.floor(math.log(value, base))
    return at + 1 if base ** (at + 1) <= value else at - 1 if base**at > value else at


def _name(begins: float, ends: float, *, whole: bool) -> str:
    """Whole numbers by the first and the last that belong to the bin."""
    if not whole:
        return f"{number_text(begins)} – {number_text(ends)}"
    return number_text(begins) if ends - begins <= 1 else f"{number_text(begins)}–{number_text(ends - 1)}"
