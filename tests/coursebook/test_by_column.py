"""Wrong beliefs are told from the values that were written, the one that the others follow from first."""

from types import SimpleNamespace

import pytest

from coursebook import literals
from coursebook.kinds.by_column import _beliefs, _written
from coursebook.literals import read_literals

FORESEEN = SimpleNamespace(
    exercise=SimpleNamespace(
        record=SimpleNamespace(table=lambda _: None),
        near_misses=[
            SimpleNamespace(stem="other-letter", sql="SELECT 20 AS planned, 1 AS z, 'b' AS answer"),
            SimpleNamespace(stem="people", sql="SELECT 20 AS planned, 4 AS z, 'a' AS answer"),
        ],
    )
)


@pytest.mark.parametrize(
    ("written", "beliefs"),
    [
        ("SELECT 50 AS planned, -6 AS z, 'b' AS answer", ()),
        ("SELECT 20 AS planned, 4 AS z, 'b' AS answer", ("people", "other-letter")),
        ("SELECT 20 AS planned, 1 AS z, 'b' AS answer", ("other-letter",)),
    ],
)
def test_a_letter_that_follows_from_a_wrong_number_is_no_belief_and_what_comes_first_is_told_first(written, beliefs):
    right, own = (read_literals(each) for each in ("SELECT 20 AS planned, 1 AS z, 'a' AS answer", written))
    assert _beliefs(FORESEEN, _written(FORESEEN, own, right), right) == beliefs


def test_each_near_miss_is_worked_out_once_for_all_wrong_answers(monkeypatch):
    opened = []
    real = literals.open_sealed
    monkeypatch.setattr(literals, "open_sealed", lambda: opened.append(1) or real())
    read_literals.cache_clear()
    right = read_literals("SELECT 20 AS planned, 1 AS z, 'a' AS answer")
    for number in (7, 8, 9):
        own = read_literals(f"SELECT {number} AS planned, 1 AS z, 'a' AS answer")
        assert _beliefs(FORESEEN, _written(FORESEEN, own, right), right) == ()
    assert len(opened) == 1 + 3 + len(FORESEEN.exercise.near_misses)
