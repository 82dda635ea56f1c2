"""Sets two profiles side by side: that of the source, and that of its copy, made with the same script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from marketplace.yourschema.profile import ColumnProfile, Profile

PLACES = (0.1, 0.5, 0.9, 0.99)
"""Quantiles that are compared."""


@dataclass(frozen=True)
class Comparison:
    """One statistic of a column in the source and in the copy."""

    table: str
    column: str
    stat: str
    source: str
    copy: str
    distance: float
    """Total variation for shares; for quantiles the mean gap over the source's 10 %–90 % span; else the difference."""


def compare_profiles(source: Profile, copy: Profile) -> tuple[Comparison, ...]:
    """Return every statistic that both profiles hold, in the source's order."""
    found = [
        Comparison(
            table, "", "rows", f"{rows:,}", f"{copy.rows.get(table, 0):,}", abs(copy.rows.get(table, 0) / rows - 1)
        )
        for table, rows in source.rows.items()
        if rows
    ]
    for (table, column), known in source.columns.items():
        made = copy.column(table, column)
        found += [Comparison(table, column, *values) for values in _column(known, made)]
    return tuple(found)


def _column(known: ColumnProfile, made: ColumnProfile) -> Iterator[tuple[str, str, str, float]]:
    for stat in ("null_share", "true_share", "same_share"):
        one, other = getattr(known, stat), getattr(made, stat)
        if one is not None and other is not None:
            yield stat, f"{one:.3f}", f"{other:.3f}", abs(one - other)
    for stat in ("quantiles", "fan_out", "parent_lag", "row_lag"):
        one, other = getattr(known, stat), getattr(made, stat)
        if one and other:
            yield stat, _places(one, stat), _places(other, stat), _gap(one, other)
    if known.weights and made.weights:
        ours, theirs = (
            sorted((share for _, share in weights), reverse=True) for weights in (known.weights, made.weights)
        )
        yield "weights", _shares(ours), _shares(theirs), _variation(dict(enumerate(ours)), dict(enumerate(theirs)))
    for stat in ("hours", "weekdays"):
        one, other = getattr(known, stat), getattr(made, stat)
        if one and other:
            yield stat, _peak(one), _peak(other), _variation(one, other)


def _at(points: Sequence[tuple[float, float]], place: float) -> float:
    places, values = zip(*points, strict=True)
    return float(np.interp(place, places, values))


def _places(points: Sequence[tuple[float, float]], stat: str) -> str:
    last = points[-1][0]
    shown = [place for place in PLACES if place <= last] or [points[0][0]]
    hours = 3600 if stat.endswith("lag") else 1
    unit = " h" if stat.endswith("lag") else ""
    return " / ".join(f"{_at(points, place) / hours:,.4g}" for place in shown) + unit


def _gap(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> float:
    low, high = _at(one, 0.1), _at(one, 0.9)
    places = [place for place, _ in one if 0.1 <= place <= 0.9]
    gaps = [abs(_at(one, place) - _at(other, place)) for place in places]
    return (
        float(np.mean(gaps)) / max(high - low, 1e-9) if gaps and high > low else float(bool(gaps and max(gaps) > 0.5))
    )


def _variation(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    keys = set(one) | set(other)
    total = sum(one.values()), sum(other.values())
    return sum(abs(one.get(key, 0) / total[0] - other.get(key, 0) / total[1]) for key in keys) / 2


def _shares(shares: Sequence[float]) -> str:
    return " ".join(f"{100 * share:.1f}" for share in shares[:5]) + (
        " %" if len(shares) <= 5 else f" … % ({len(shares)})"
    )


def _peak(shares: Mapping[int, float]) -> str:
    top = sorted(shares, key=lambda key: -shares[key])[:3]
    return " ".join(f"{key}: {100 * shares[key]:.1f} %" for key in top)
