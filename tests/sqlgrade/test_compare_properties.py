"""Properties of the comparer, on generated results."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sqlgrade.compare import Reference, Same, compare, fingerprint
from sqlgrade.record import RowOrder, Rules
from sqlgrade.tables.result import Result

BAG = Rules(RowOrder.IGNORED)
CELLS = st.one_of(
    st.none(),
    st.integers(-5, 5),
    st.sampled_from(["", "a", "A", "NULL", "0"]),
    st.floats(-3, 3, allow_nan=False).map(lambda x: round(x, 3)),
    st.sampled_from([dt.date(2024, 1, 1), dt.date(2024, 2, 29)]),
    st.decimals(-2, 2, places=2),
)
TABLES = st.integers(1, 3).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), max_size=12))


def as_result(rows: list[tuple[Any, ...]]) -> Result:
    width = len(rows[0]) if rows else 1
    return Result(("c",) * width, ("INTEGER",) * width, tuple(rows))


def same(learner: Result, expected: Result) -> bool:
    return isinstance(compare(learner, Reference(expected), BAG), Same)


@given(TABLES)
@settings(max_examples=150, deadline=None)
def test_a_result_equals_itself(rows: list[tuple[Any, ...]]) -> None:
    assert same(as_result(rows), as_result(rows))


@given(TABLES, st.integers(0, 99))
@settings(max_examples=150, deadline=None)
def test_a_shuffled_result_is_the_same_bag(rows: list[tuple[Any, ...]], seed: int) -> None:
    moved = random.Random(seed).sample(rows, len(rows))
    assert same(as_result(moved), as_result(rows))
    assert fingerprint(as_result(moved)) == fingerprint(as_result(rows))


@given(TABLES.filter(bool), TABLES.filter(bool))
@settings(max_examples=150, deadline=None)
def test_bags_compare_alike_from_both_sides(left: list[tuple[Any, ...]], right: list[tuple[Any, ...]]) -> None:
    if len(left[0]) == len(right[0]):
        assert same(as_result(left), as_result(right)) == same(as_result(right), as_result(left))


@given(TABLES.filter(bool), st.data())
@settings(max_examples=150, deadline=None)
def test_one_row_more_always_differs(rows: list[tuple[Any, ...]], data: st.DataObject) -> None:
    extra = data.draw(st.sampled_from(rows))
    assert not same(as_result([*rows, extra]), as_result(rows))
    assert not same(as_result(rows), as_result([*rows, extra]))


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=8), st.integers(0, 9))
@settings(max_examples=100, deadline=None)
def test_doubles_within_the_tolerance_are_the_same_in_any_order(values: list[float], seed: int) -> None:
    near = [(v * (1 + 2e-10),) for v in values]
    moved = random.Random(seed).sample(near, len(near))
    assert same(as_result(moved), as_result([(v,) for v in values]))
