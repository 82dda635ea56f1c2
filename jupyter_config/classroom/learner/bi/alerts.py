"""What an alert says of a result, as Redash's source has it: its first row alone, one column, one condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from classroom.learner.bi.conditions import holds
from classroom.learner.bi.records import Alert, AlertState, Look
from classroom.session.table_view import value_text

if TYPE_CHECKING:
    from classroom.session.result import ResultTable


def look_at(alert: Alert, result: ResultTable, night: int, at: str) -> Look:
    """Look at an alert after its query has run.

    Args:
        alert: With the state it has had so far.
        result: Only the first row counts.
        night: How many nights had gone by.
        at: When, as ISO 8601 in UTC.
    """
    value, type_name = _first_value(alert, result)
    after = _state(alert, value, type_name)
    rang = _rings(alert, after)
    return Look(alert.id, night, at, alert.state, after, value_text(value), rang, condition_text(alert))


def condition_text(alert: Alert) -> str:
    """The condition, in one line."""
    return f"{alert.column} {alert.operator} {alert.threshold}"


def _first_value(alert: Alert, result: ResultTable) -> tuple[Any, str]:
    """The value that is looked at, and its column's type."""
    if not result.rows or alert.column not in result.columns:
        return None, ""
    at = result.columns.index(alert.column)
    return result.rows[0][at], result.types[at]


def _state(alert: Alert, value: Any, type_name: str) -> AlertState:
    """No row, no such column, a NULL, a number against a text, a day against a number: nothing is known, and nothing rings."""
    fits = holds(value, type_name, alert.operator, alert.threshold)
    if fits is None:
        return AlertState.UNKNOWN
    return AlertState.TRIGGERED if fits else AlertState.OK


def _rings(alert: Alert, after: AlertState) -> bool:
    """People are told when it is triggered and when that is over; that all is well at first is no news."""
    if after is AlertState.TRIGGERED:
        return alert.rings_each_time or alert.state is not AlertState.TRIGGERED
    return after is AlertState.OK and alert.state is AlertState.TRIGGERED
