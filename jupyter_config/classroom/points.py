"""Marks as people read them: in whole points. Grade books, exports and letters keep them as they are."""

from math import floor

FULL = 100
"""Full marks of a lesson in another program's grade book, whatever it has here."""


def whole_points(points: float, possible: float) -> int:
    """Points rounded to whole ones, halves up; only full marks read as full, and only nothing reads as 0.

    Args:
        points: what was given, from 0 to `possible`, or above it where a mentor gave more.
        possible: full marks.
    """
    nearest = floor(points + 0.5)
    if points < possible:
        nearest = min(nearest, max(floor(possible - 0.5), 0))
    return max(nearest, 1) if points > 0 else nearest


def out_of_full(points: float, possible: float) -> float:
    """Points as another program's grade book takes them: of `FULL`, to four digits, never less than none or more than all.

    Args:
        points: what was given, after a late penalty.
        possible: full marks, more than 0.
    """
    return float(f"{FULL * min(max(points / possible, 0.0), 1.0):.4g}")
