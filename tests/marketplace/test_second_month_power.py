"""The power of a plan, and when a difference is called one, are those of the books."""

from __future__ import annotations

import pytest

from marketplace.secondmonth.power import differs, power_of_means, power_of_proportions, units_for


def test_power_is_that_of_the_books() -> None:
    # Cohen 1988, table 2.3.5: d = 0.5 with 64 in each group; 0.8 with 26.
    assert power_of_means(0.5, (1, 1), 64, 64) == pytest.approx(0.80, abs=0.01)
    assert power_of_means(0.8, (1, 1), 26, 26) == pytest.approx(0.80, abs=0.03)
    assert power_of_means(0.5, (0.5, 1.5), 64, 64) == power_of_means(0.5, (1, 1), 64, 64)
    assert power_of_proportions(0.14, 0.16, 5000, 5000) == pytest.approx(0.80, abs=0.01)
    assert power_of_proportions(0.3, 0.3, 100, 300) == pytest.approx(0.05, abs=1e-3)
    assert units_for(0.5, 1) == 63
    assert units_for(0, 1) is None


def test_a_difference_is_called_one_from_the_usual_bound_on() -> None:
    assert differs(1000, 1000, (140, 175))
    assert not differs(1000, 1000, (140, 165))
    assert differs(50, 50, (100, 130), (250, 400))
