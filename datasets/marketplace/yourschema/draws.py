"""Turns counter-based random bits into values with given marginals: quantile grids, weights, counts that add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marketplace.keys import I64, U64, Dice

F64 = NDArray[np.float64]

SPREAD = ((0.0, 0.1), (0.25, 0.4), (0.5, 0.8), (0.75, 1.3), (0.9, 2.0), (0.975, 3.5), (1.0, 6.0))
"""Rows per parent relative to their mean, where nothing was measured: uneven, as activity usually is."""


def uniform(dice: Dice, name: str, keys: U64) -> F64:
    """Return a number in [0, 1) for each key."""
    return np.asarray((dice.roll(name, keys) >> np.uint64(11)).astype(np.float64) * 2.0**-53, np.float64)


def keys_for(rows: int) -> U64:
    """Return the counters of a table's rows."""
    return np.arange(rows, dtype=np.uint64)


def from_points(chances: F64, points: Sequence[tuple[float, float]]) -> F64:
    """Return the values at those quantiles, on straight lines between the points and flat beyond the ends."""
    places, values = np.array(points, np.float64).T
    return np.asarray(np.interp(chances, places, values), np.float64)


def pick(chances: F64, shares: Sequence[float]) -> I64:
    """Return, for each chance, the number of the share it falls into; shares need not add up to one."""
    edges = np.cumsum(np.array(shares, np.float64))
    return np.minimum(np.searchsorted(edges / edges[-1], chances, side="right"), len(shares) - 1).astype(np.int64)


def counts(dice: Dice, name: str, parents: int, total: int, points: Sequence[tuple[float, float]]) -> I64:
    """Return rows per parent: shaped by the points, adding up to about the total.

    Beyond the last point the rest of the total is shared out harmonically (a power law), which keeps the mean without
    asking a company for its largest customer.
    """
    if parents == 0:
        return np.zeros(0, np.int64)
    keys = keys_for(parents)
    chances = uniform(dice, f"{name}.count", keys)
    if not points:
        mean_points = [(place, value * total / parents) for place, value in SPREAD]
        return _rounded(dice, name, keys, _scaled(from_points(chances, mean_points), total))
    values = np.rint(from_points(chances, points))
    short = total - int(values.sum())
    tail = np.flatnonzero(chances > points[-1][0])
    if short > 0 and tail.size:
        order = tail[np.argsort(-chances[tail], kind="stable")]
        weights = 1.0 / np.arange(1, order.size + 1)
        values[order] += np.rint(short * weights / weights.sum())
        short = total - int(values.sum())
    if abs(short) > 0.03 * total and values.sum() > 0:
        return _rounded(dice, name, keys, _scaled(values, total))
    return values.astype(np.int64)


def _scaled(values: F64, total: int) -> F64:
    whole = values.sum()
    return np.asarray(values * (total / whole) if whole else values, np.float64)


def _rounded(dice: Dice, name: str, keys: U64, values: F64) -> I64:
    """Round up or down by chance, so that each value stays within one of its number and the total stays."""
    order = np.argsort(dice.roll(f"{name}.round", keys), kind="stable")
    steps = np.floor(np.cumsum(values[order]) + 0.5).astype(np.int64)
    rounded = np.empty(values.size, np.int64)
    rounded[order] = np.diff(steps, prepend=0)
    return rounded
