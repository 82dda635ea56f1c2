"""The ten rules of comparison: each accepts what is right in another shape and rejects what is wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sqlgrade.compare import Reference, Same, compare, find_permutation
from sqlgrade.record import RowOrder, Rules
from sqlgrade.tables.result import Result, RunError
from sqlgrade.verdict import Diff, DiffKind, Remark

UNORDERED = Rules(RowOrder.IGNORED)
Rows = list[tuple[Any, ...]]


def result(rows: Rows, types: tuple[str, ...] | None = None, columns: tuple[str, ...] | None = None) -> Result:
    width = len(rows[0]) if rows else len(types or ("INTEGER",))
    return Result(columns or tuple(f"c{i}" for i in range(width)), types or ("INTEGER",) * width, tuple(rows))


def kind_of(learner: Rows, expected: Rows, rules: Rules = UNORDERED) -> DiffKind | None:
    found = compare(result(learner), Reference(result(expected)), rules)
    return None if isinstance(found, Same) else found.kind


def ordered(rows: Rows, keys: Rows) -> Reference:
    return Reference(result(rows), tuple(keys))


def test_rule_1_rows_are_a_bag() -> None:
    assert kind_of([(2,), (1,), (1,)], [(1,), (2,), (1,)]) is None


def test_rule_1_a_missing_duplicate_differs() -> None:
    assert kind_of([(1,), (2,)], [(1,), (2,), (1,)]) is DiffKind.DUPLICATES_ONLY


def test_rule_1_a_set_is_compared_only_if_the_author_says_so() -> None:
    assert kind_of([(1,), (2,)], [(1,), (2,), (1,)], Rules(RowOrder.IGNORED, rows="set")) is None


def test_rule_1_rows_beyond_the_hundredth_count() -> None:
    rows: Rows = [(i,) for i in range(150)]
    assert kind_of([*rows[:120], *rows[:30]], rows) is DiffKind.BOTH or kind_of(rows[:120], rows) is not None


def test_rule_2_ties_in_the_sort_key_may_stand_in_either_order() -> None:
    expected = ordered([("a",), ("b",), ("c",)], [(1,), (1,), (2,)])
    assert isinstance(compare(result([("b",), ("a",), ("c",)]), expected, Rules()), Same)


def test_rule_2_a_wrong_sequence_of_keys_differs() -> None:
    found = compare(result([("c",), ("a",), ("b",)]), ordered([("a",), ("b",), ("c",)], [(1,), (1,), (2,)]), Rules())
    assert isinstance(found, Diff)
    assert found.kind is DiffKind.ORDER_ONLY


def test_rule_2_order_is_ignored_when_the_task_does_not_ask() -> None:
    expected = ordered([(1,), (2,)], [(1,), (2,)])
    assert isinstance(compare(result([(2,), (1,)]), expected, UNORDERED), Same)


def test_rule_2_nulls_may_come_first_or_last() -> None:
    expected = ordered([(1,), (2,), (None,)], [(1,), (2,), (None,)])
    assert isinstance(compare(result([(None,), (1,), (2,)]), expected, Rules()), Same)


def test_rule_2_nulls_stay_where_the_task_puts_them() -> None:
    expected = ordered([(1,), (2,), (None,)], [(1,), (2,), (None,)])
    assert isinstance(compare(result([(None,), (1,), (2,)]), expected, Rules(nulls="as_solution")), Diff)


def test_rule_2_nulls_in_the_middle_are_no_order() -> None:
    expected = ordered([(1,), (2,), (None,)], [(1,), (2,), (None,)])
    assert isinstance(compare(result([(1,), (None,), (2,)]), expected, Rules()), Diff)


def test_rule_2_checked_compares_the_exact_sequence() -> None:
    expected = ordered([("a",), ("b",)], [(1,), (1,)])
    assert isinstance(compare(result([("b",), ("a",)]), expected, Rules(RowOrder.CHECKED)), Diff)


def top_two(chosen: str) -> Reference:
    rows: Rows = [("a",), ("b",), ("c",)]
    return Reference(result([("a",), (chosen,)]), ((1,), (2,), (2,)), tuple(rows))


@pytest.mark.parametrize("choice", ["b", "c"])
def test_rule_3_any_row_tied_at_the_edge_may_be_chosen(choice: str) -> None:
    assert isinstance(compare(result([("a",), (choice,)]), top_two("b"), Rules()), Same)


def test_rule_3_rows_above_the_edge_are_obligatory() -> None:
    assert isinstance(compare(result([("b",), ("c",)]), top_two("b"), Rules()), Diff)


def test_rule_3_one_tied_row_twice_is_no_choice() -> None:
    assert isinstance(compare(result([("b",), ("b",)]), top_two("b"), Rules()), Diff)


def pairs(*both: tuple[Rows, Rows]) -> list[tuple[Result, Reference]]:
    """Pairs whose learner has labels of their own."""
    made = [(result(learner), Reference(result(expected))) for learner, expected in both]
    return [(replace(mine, columns=tuple(f"my_{name}" for name in mine.columns)), theirs) for mine, theirs in made]


def test_rule_4_a_unique_permutation_is_found() -> None:
    assert find_permutation(pairs(([(1, "x")], [("x", 1)])), UNORDERED) == (1, 0)


def test_rule_4_two_fitting_permutations_are_not_accepted() -> None:
    assert find_permutation(pairs(([(1, 1, "x")], [("x", 1, 1)])), UNORDERED) is None


def test_rule_4_labels_tell_many_rounded_columns_apart() -> None:
    names, row = ("line", "flagged", "caught", "precision", "recall", "net"), (1, 40, 10, 0.25, 0.5, 50)
    expected = Reference(result([row], columns=names), steps=((3, 0.0005), (4, 0.0005)))
    backwards = result([row[::-1]], columns=names[::-1])
    assert find_permutation([(backwards, expected)], UNORDERED) == (5, 4, 3, 2, 1, 0)


def test_rule_4_swapped_columns_differ_by_position() -> None:
    assert kind_of([(1, 2), (2, 1)], [(1, 2), (3, 1)]) is not None


def test_rule_4_names_count_only_when_taught() -> None:
    learner, expected = result([(1,)], columns=("n",)), Reference(result([(1,)], columns=("total",)))
    named = Rules(RowOrder.IGNORED, columns="named", column_names=("total",))
    assert isinstance(compare(learner, expected, UNORDERED), Same)
    assert isinstance(compare(learner, expected, named), Diff)


def test_rule_4_equal_output_names_are_legal() -> None:
    learner = result([(1, 2)], columns=("a", "a"))
    assert isinstance(compare(learner, Reference(learner), UNORDERED), Same)


@pytest.mark.parametrize("value", [3, 3.0, Decimal("3.00"), 3.0000000001])
def test_rule_5_numbers_compare_by_value(value: object) -> None:
    assert kind_of([(value,)], [(3,)]) is None


def test_rule_5_exact_numbers_have_no_tolerance() -> None:
    assert kind_of([(Decimal("0.30"),)], [(Decimal("0.31"),)]) is DiffKind.VALUES


def test_rule_5_several_doubles_are_matched_row_by_row() -> None:
    learner: Rows = [(0.1 + 0.2, 1.0), (0.5, 2.0)]
    assert kind_of(learner, [(0.5, 2.0), (0.3, 1.0)]) is None
    assert kind_of(learner, [(0.5, 1.0), (0.3, 2.0)]) is not None


def test_rule_5_the_unrounded_value_of_a_rounded_column_is_accepted() -> None:
    rounds = Reference(result([(3.33,)]), steps=((0, 0.005),))
    assert isinstance(compare(result([(10 / 3,)]), rounds, UNORDERED), Same)
    assert compare(result([(10 / 3,)]), rounds, UNORDERED) == Same((Remark("unrounded"),))
    assert compare(result([(3.33,)]), rounds, UNORDERED) == Same()
    assert isinstance(compare(result([(3.4,)]), rounds, UNORDERED), Diff)
    assert isinstance(compare(result([(10 / 3,)]), rounds, Rules(RowOrder.IGNORED, rounded="strict")), Diff)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -0.0])
def test_rule_5_odd_doubles_equal_themselves(value: float) -> None:
    assert kind_of([(value,)], [(value + 0.0,)]) is None


def test_rule_6_a_date_equals_its_midnight() -> None:
    assert kind_of([(dt.datetime(2024, 1, 1),)], [(dt.date(2024, 1, 1),)]) is None  # noqa: DTZ001
    assert kind_of([(dt.datetime(2024, 1, 1, 1),)], [(dt.date(2024, 1, 1),)]) is not None  # noqa: DTZ001


def test_rule_6_a_formatted_date_is_no_date() -> None:
    assert kind_of([("2024-01-01",)], [(dt.date(2024, 1, 1),)]) is DiffKind.TYPES


def test_rule_6_a_boolean_for_a_number_is_noted_or_rejected() -> None:
    booleans, numbers = result([(True,), (False,)], ("BOOLEAN",)), Reference(result([(1,), (0,)]))
    found = compare(booleans, numbers, UNORDERED)
    assert isinstance(found, Same)
    assert found.notes[0].code == "boolean_as_number"
    rejected = compare(booleans, numbers, Rules(RowOrder.IGNORED, bool_as_int="reject"))
    assert isinstance(rejected, Diff)
    assert rejected.kind is DiffKind.TYPES


@pytest.mark.parametrize("value", [0, "", "NULL", False])
def test_rule_7_null_equals_null_only(value: object) -> None:
    assert kind_of([(value,)], [(None,)]) is not None
    assert kind_of([(None,)], [(None,)]) is None


def test_rule_7_an_empty_result_still_has_width_and_types() -> None:
    empty = Reference(result([], ("VARCHAR", "INTEGER")))
    assert isinstance(compare(result([], ("VARCHAR", "BIGINT")), empty, UNORDERED), Same)
    assert isinstance(compare(result([], ("VARCHAR",)), empty, UNORDERED), Diff)
    assert isinstance(compare(result([], ("INTEGER", "INTEGER")), empty, UNORDERED), Diff)


def test_rule_9_an_error_never_equals_a_result() -> None:
    found = compare(RunError("runtime", "division by zero"), Reference(result([], ("INTEGER",))), UNORDERED)
    assert isinstance(found, Diff)
    assert found.kind is DiffKind.ERROR
