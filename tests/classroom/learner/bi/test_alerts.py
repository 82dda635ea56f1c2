"""What an alert says: the truth table of Redash's own rules."""

from __future__ import annotations

from decimal import Decimal

import pytest
from script import result

from classroom.learner.bi.alerts import look_at
from classroom.learner.bi.records import Alert, AlertState, Look

OK, TRIGGERED, UNKNOWN = AlertState.OK, AlertState.TRIGGERED, AlertState.UNKNOWN


def look(
    value: object, operator: str, threshold: str, before: AlertState = UNKNOWN, *, each_time: bool = False
) -> Look:
    alert = Alert(1, "a", 1, "n", operator, threshold, each_time, before)
    return look_at(alert, result("n", (value,), (0,)), 3, "2026-01-05T00:00:00+00:00")


@pytest.mark.parametrize(
    ("value", "operator", "threshold", "state"),
    [
        (5, ">", "4", TRIGGERED),
        (5, ">", "5", OK),
        (5, ">=", "5", TRIGGERED),
        (0.7, "<", "0.75", TRIGGERED),
        (5, "<=", "4", OK),
        (5, "=", "5.0", TRIGGERED),
        (5, "!=", "5", OK),
        (True, "=", "true", TRIGGERED),
        (False, "=", "TRUE", OK),
        ("OSAKA", "=", "OSAKA", TRIGGERED),
        ("OSAKA", "!=", "OSAKA", OK),
        (None, "<", "10", UNKNOWN),
        (5, ">", "many", UNKNOWN),
        (Decimal("12.3"), ">=", "12.3", TRIGGERED),
        (Decimal("0.1"), "=", "0.1", TRIGGERED),
        (0.1, "=", "0.1", TRIGGERED),
        (9007199254740993, ">", "9007199254740992", TRIGGERED),
        (9007199254740993, "=", "9007199254740992", OK),
        (float("nan"), "<", "10", UNKNOWN),
        (float("nan"), "!=", "10", UNKNOWN),
        (float("inf"), ">", "10", TRIGGERED),
    ],
)
def test_the_first_row_is_held_against_the_threshold(
    value: object, operator: str, threshold: str, state: AlertState
) -> None:
    assert look(value, operator, threshold).after is state


def test_without_a_row_or_the_column_nothing_is_known_and_nothing_rings() -> None:
    alert = Alert(1, "a", 1, "n", "<", "10", state=OK)
    for empty in (result("n"), result("m", (1,))):
        found = look_at(alert, empty, 3, "")
        assert (found.after, found.rang, found.value) == (UNKNOWN, False, "NULL")


@pytest.mark.parametrize(
    ("before", "value", "each_time", "rang"),
    [
        (UNKNOWN, 1, False, True),
        (OK, 1, False, True),
        (TRIGGERED, 1, False, False),
        (TRIGGERED, 1, True, True),
        (TRIGGERED, 20, False, True),
        (UNKNOWN, 20, False, False),
        (OK, 20, True, False),
        (TRIGGERED, None, True, False),
    ],
)
def test_it_rings_when_it_is_triggered_and_when_that_is_over(
    before: AlertState, value: object, each_time: bool, rang: bool
) -> None:
    assert look(value, "<", "10", before, each_time=each_time).rang is rang


@pytest.mark.parametrize(
    ("value", "types", "threshold", "state"),
    [
        ("2026-01-05", "DATE", "80", UNKNOWN),
        ("2026-01-05", "DATE", "2026-02-01", TRIGGERED),
        ("2026-01-05 10:00:00", "TIMESTAMP", "2026-01-05", OK),
        (5, "BIGINT", "100人", UNKNOWN),
        (5, "BIGINT", "1_000", UNKNOWN),
        (5, "BIGINT", "nan", UNKNOWN),
        (5, "BIGINT", "inf", UNKNOWN),
        (True, "BOOLEAN", "1", UNKNOWN),
    ],
)
def test_what_can_t_be_compared_never_rings(value: object, types: str, threshold: str, state: AlertState) -> None:
    alert = Alert(1, "a", 1, "n", "<", threshold, rings_each_time=True)
    found = look_at(alert, result("n", (value,), types=types), 3, "")
    assert (found.after, found.rang) == (state, state is TRIGGERED)
    assert found.condition == f"n < {threshold}"
