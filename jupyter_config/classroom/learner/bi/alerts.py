"""What an alert says of a result, as Redash's source has it: its first row alone, one column, one condition."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from classroom.learner.bi.records import Alert, AlertState, Look
from classroom.session.table_view import value_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.session.result import ResultTable

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
}
"""The conditions, by their signs."""


def look_at(alert: Alert, result: ResultTable, night: int, at: str) -> Look:
    """Look at an alert after its query has run.

    Args:
        alert: With the state it has had so far.
        result: Only the first row counts.
        night: How many nights had gone by.
        at: When, as ISO 8601 in UTC.
    """
    value = _first_value(alert, result)
    after = _state(alert, value)
    return Look(alert.id, night, at, alert.state, after, value_text(value), _rings(alert, after))


def _first_value(alert: Alert, result: ResultTable) -> Any:
    if not result.rows or alert.column not in result.columns:
        return None
    return result.rows[0][result.columns.index(alert.column)]


def _state(alert: Alert, value: Any) -> AlertState:
    """No row, no such column, a NULL, a number against a text: nothing is known, and nothing rings."""
    if value is None:
        return AlertState.UNKNOWN
    threshold: Any = alert.threshold
    if isinstance(value, bool):
        value, threshold = str(value).lower(), threshold.lower()
    elif isinstance(value, int | float):
        try:
            threshold = float(threshold)
        except ValueError:
            return AlertState.UNKNOWN
    else:
        value = str(value)
    return AlertState.TRIGGERED if OPERATORS[alert.operator](value, threshold) else AlertState.OK


def _rings(alert: Alert, after: AlertState) -> bool:
    """People are told when it is triggered and when that is over; that all is well at first is no news."""
    if after is AlertState.TRIGGERED:
        return alert.rings_each_time or alert.state is not AlertState.TRIGGERED
    return after is AlertState.OK and alert.state is AlertState.TRIGGERED
