"""How likely a plan finds an effect: two-sided tests at 5 % of two proportions, or of two means.

Proportions: Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", 3rd ed. 2003, chapter 4, without continuity
correction. Means: Cohen, "Statistical Power Analysis for the Behavioral Sciences", 2nd ed. 1988, chapter 2, by the normal distribution.
"""

from __future__ import annotations

from math import ceil, sqrt
from statistics import NormalDist

_NORMAL = NormalDist()
_CRITICAL = 1.959964
"""The 97.5 % quantile of the normal distribution."""
_WANTED = 0.841621
"""The 80 % quantile."""


def power_of_proportions(control: float, treatment: float, controls: float, treated: float) -> float:
    """Return the chance of a significant difference between arms of the given true rates and sizes."""
    pooled = (control * controls + treatment * treated) / (controls + treated)
    spread = sqrt(control * (1 - control) / controls + treatment * (1 - treatment) / treated)
    bound = _CRITICAL * sqrt(pooled * (1 - pooled) * (1 / controls + 1 / treated))
    return _beyond(treatment - control, bound, spread)


def power_of_means(difference: float, variances: tuple[float, float], controls: float, treated: float) -> float:
    """Return the chance of a significant difference between arms of the given sizes, with the variance of each, control first."""
    spread = sqrt(variances[0] / controls + variances[1] / treated)
    return _beyond(difference, _CRITICAL * spread, spread)


def _beyond(difference: float, bound: float, spread: float) -> float:
    """Return the chance that an estimate with this mean and spread lies beyond the bound, on either side."""
    if spread <= 0:
        return 0.0 if difference == 0 else 1.0
    return _NORMAL.cdf((difference - bound) / spread) + _NORMAL.cdf((-difference - bound) / spread)


def units_for(difference: float, variance: float) -> int | None:
    """Return how many units each of two equal arms needs to find the difference in 80 % of cases; None if there is none."""
    if difference == 0:
        return None
    return ceil(2 * variance * ((_CRITICAL + _WANTED) / difference) ** 2)


def smallest_found(variance: float, controls: float, treated: float) -> float:
    """Return the difference of means or shares that arms of these sizes and this variance find in 80 % of cases."""
    return (_CRITICAL + _WANTED) * sqrt(variance / treated + variance / controls)


def differs(controls: int, treated: int, sums: tuple[float, float], squares: tuple[float, float] | None = None) -> bool:
    """Return whether two arms differ significantly at 5 %: shares by the pooled test, means by their own variances.

    Args:
        controls: Units of the control arm.
        treated: Units of the treatment arm.
        sums: The metric's sum in the control and in the treatment arm.
        squares: The sums of its squares; None for a share.
    """
    means = sums[0] / controls, sums[1] / treated
    if squares is None:
        pooled = sum(sums) / (controls + treated)
        error = pooled * (1 - pooled) * (1 / controls + 1 / treated)
    else:
        each = [
            (square - count * mean * mean) / (count - 1)
            for square, count, mean in zip(squares, (controls, treated), means, strict=True)
        ]
        error = each[0] / controls + each[1] / treated
    return abs(means[1] - means[0]) > _CRITICAL * sqrt(error)
