"""What the nights bring: the same on the same date with every seed, so that a class can talk about it."""

from __future__ import annotations

from datetime import date

from marketplace import days
from marketplace.happenings import Happening
from marketplace.masters import NIGHT_CAMPAIGNS

HORIZON = 151
"""Nights that there are: business days 2026-01-01 to 2026-05-31."""


def _on(kind: str, month: int, day: int, nights: int = 1, **facts: object) -> Happening:
    first = date(2026, month, day)
    return Happening(kind, first, days.calendar_day(days.number_of(first) + nights - 1), **facts)  # type: ignore[arg-type]


_CAMPAIGN = NIGHT_CAMPAIGNS[0]

TIMETABLE: tuple[Happening, ...] = (
    _on("monday_low", 1, 5),
    _on("holiday", 1, 12),
    _on("area_collapse", 1, 15, area="SHINJUKU"),
    _on("lost_logs", 1, 22, platform="android", kept_per_mille=250),
    _on("payday", 1, 23),
    _on("late_batch", 1, 29, late_per_mille=600),
    _on("double_release", 2, 5, 5),
    Happening("campaign_burst", date.fromisoformat(_CAMPAIGN[4]), date.fromisoformat(_CAMPAIGN[5])),
    _on("slow_growth", 3, 9, 7),
    _on("payday", 3, 25),
    _on("area_collapse", 4, 2, area="GINZA"),
    _on("lost_logs", 4, 9, platform="ios", kept_per_mille=250),
    _on("holiday", 4, 29),
    _on("late_batch", 5, 14, late_per_mille=600),
)
"""In order of time. Mondays, holidays and paydays are busy or quiet of themselves; slow growth is days.SLOW_GROWTH."""


def night_of(day: date) -> int:
    """Return the number of a business day's night, 1 for the first after the data."""
    return days.number_of(day) - days.DAYS + 1


def day_of(night: int) -> date:
    """Return the business day of a night."""
    return days.calendar_day(days.DAYS + night - 1)


def so_far(night: int) -> tuple[Happening, ...]:
    """Return what has begun by a night."""
    return tuple(each for each in TIMETABLE if night_of(each.first) <= night)
