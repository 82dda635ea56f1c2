"""A data set as it stood on a morning before its end: views that leave out what had not come yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplace.nights.timetable import day_of
from marketplace.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAME = {
    "calendar": "business_date <= {day}",
    "casts": "joined_at_utc < {end}",
    "recommender_releases": "released_at_utc < {end}",
    "experiments": "starts_on <= {day}",
    "campaigns": "starts_on <= {day}",
    "guests": "registered_at_utc < {end}",
    "guest_devices": "first_seen_at_utc < {end}",
    "experiment_assignments": "assigned_at_utc < {end}",
    "sessions": "started_at_utc < {end}",
    "list_impressions": "ingested_at_utc < {end}",
    "app_events": "to_timestamp(event_timestamp / 1000000) AT TIME ZONE 'UTC' < {end}",
    "talks": "opened_at_utc < {end}",
    "messages": "sent_at_utc < {end}",
    "cast_shifts": "business_date <= {day}",
    "appointments": "requested_at_utc < {end}",
    "appointment_status_log": "changed_at_utc < {end}",
    "payments": "paid_at_jst - INTERVAL 9 HOUR < {end}",
    "point_ledger": "booked_at_jst - INTERVAL 9 HOUR < {end}",
    "fraud_scores": "scored_on <= {day}",
}
"""When a row had come; a table that is not named here never grows."""
_LATER = {
    "casts": ("retired_at_utc",),
    "recommender_releases": ("retired_at_utc",),
    "guests": ("verified_at_utc", "deleted_at_utc"),
    "experiment_assignments": ("exposed_at_utc",),
    "sessions": ("ended_at_utc",),
    "talks": ("closed_at_utc",),
    "messages": ("read_at_utc", "deleted_at_utc"),
}
"""Moments of a row that may come after the row itself, and are NULL until then."""


def past_views(night: int, source: str) -> Iterator[tuple[str, str]]:
    """Yield each table with a query for what of it had come by a morning; states such as a talk's last status stay.

    Args:
        night: 0 for the morning after the end of the data, -1 for the one before.
        source: The database that holds the data set.
    """
    day = f"DATE '{day_of(night)}'"
    end = f"({day} + INTERVAL 20 HOUR)"  # a business day ends at five in the morning in Tokyo
    for table in TABLES:
        known = ", ".join(f"CASE WHEN {each} < {end} THEN {each} END AS {each}" for each in _LATER.get(table, ()))
        columns = f"* REPLACE ({known})" if known else "*"
        condition = _CAME.get(table, "TRUE").format(day=day, end=end)
        yield table, f"SELECT {columns} FROM {source}.main.{table} WHERE {condition}"
