"""The time that the copy covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from marketplace.yourschema.meanings import ProfileClass

if TYPE_CHECKING:
    from marketplace.yourschema.mapping import Mapping
    from marketplace.yourschema.profile import Profile

DAY = 86_400
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Period:
    """The seconds, since 1970, between which the copy's rows come about."""

    start: int
    end: int


USUAL_PERIOD = Period((date(2024, 1, 1) - EPOCH).days * DAY, (date(2026, 1, 1) - EPOCH).days * DAY)


def period_of(mapping: Mapping, profile: Profile) -> Period:
    """Return the period that the measured days span; the usual 24 months without measurements."""
    times = [
        (column.meaning, [day for _, day in profile.column(plan.name, column.name).quantiles])
        for plan in mapping.tables
        for column in plan.columns
        if column.profile is ProfileClass.TIMES and column.meaning != "birth_date"
    ]
    first = [day for meaning, days in times for day in days if meaning != "updated_at"]
    last = [day for _, days in times for day in days]
    if not last:
        return USUAL_PERIOD
    return Period(int(min(first or last)) * DAY, (int(max(last)) + 1) * DAY)
