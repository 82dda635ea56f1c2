"""Marks in whole points, and what must not be rounded away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.points import whole_points


@pytest.mark.parametrize(
    ("points", "possible", "read"),
    [
        (83.51, 100, 84),
        (8.35, 10, 8),
        (2.5, 4, 3),
        (9.7, 10, 9),
        (99.6, 100, 99),
        (10, 10, 10),
        (0, 10, 0),
        (0.2, 10, 1),
        (0.5, 1, 1),
        (12, 10, 12),
    ],
)
def test_marks_read_as_whole_points(points: float, possible: float, read: int) -> None:
    assert whole_points(points, possible) == read


@given(st.floats(0, 1), st.integers(2, 200))
def test_only_full_marks_read_as_full_and_only_nothing_as_none(share: float, possible: int) -> None:
    points = share * possible
    read = whole_points(points, possible)
    assert (read == possible) == (points >= possible)
    assert (read == 0) == (points == 0)
    assert abs(read - points) <= 1
