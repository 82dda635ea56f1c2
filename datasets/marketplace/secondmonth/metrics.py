"""The metrics that a measure may move: what is counted for each guest or cast in the 14 days after the assignment."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace import days

WINDOW_DAYS = 14
WINDOW = WINDOW_DAYS * days.DAY
"""For how long everybody is watched."""


@dataclass(frozen=True)
class Metric:
    """One of them."""

    name: str
    is_of_requests: bool
    """Counts requests for an appointment; else talks opened."""
    is_mean: bool
    """Their number for each unit; else whether there is any."""

    @property
    def table(self) -> str:
        """The table that holds what is counted."""
        return "appointments" if self.is_of_requests else "talks"

    @property
    def moment(self) -> str:
        """The column of that table which says when."""
        return "requested_at_utc" if self.is_of_requests else "opened_at_utc"


METRICS = {
    each.name: each
    for each in (
        Metric("talk_14d", is_of_requests=False, is_mean=False),
        Metric("appointment_14d", is_of_requests=True, is_mean=False),
        Metric("talk_count_14d", is_of_requests=False, is_mean=True),
        Metric("appointment_count_14d", is_of_requests=True, is_mean=True),
    )
}


def arms_query(metric: Metric, key: str, area: str) -> str:
    """Return the planned analysis: units, sum and sum of squares of the metric for each variant, tests left out.

    Args:
        metric: What is counted.
        key: guest_id or cast_id.
        area: Code of the area whose casts alone count, or "".
    """
    members = f"{key.removesuffix('_id')}s"
    within = f"JOIN casts AS c ON c.cast_id = e.cast_id AND c.area_code = '{area}'" if area else ""
    value = "count(events.at)" if metric.is_mean else "least(count(events.at), 1)"
    return f"""
WITH events AS (SELECT e.{key}, e.{metric.moment} AS at FROM {metric.table} AS e {within}),
outcome AS (
  SELECT u.variant, {value} AS value
  FROM measure_units AS u JOIN {members} AS m ON m.{key} = u.{key} AND NOT m.is_test
  LEFT JOIN events ON events.{key} = u.{key} AND events.at >= u.assigned_at_utc
    AND events.at < u.assigned_at_utc + INTERVAL {WINDOW_DAYS} DAY
  GROUP BY u.{key}, u.variant
)
SELECT variant, count(*), sum(value), sum(value * value) FROM outcome GROUP BY variant ORDER BY variant"""
