"""The calendar of the data: business days from 05:00 to 05:00 Japan time, holidays, seasons, and the hours people come."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from marketplace.keys import I64

HOUR = 3600
DAY = 86_400
JST = 9 * HOUR
"""Seconds to add to UTC for Japan time."""
CUT = JST - 5 * HOUR
"""Seconds to add to UTC so that the date is the business day."""

FIRST_DAY = date(2024, 1, 1)
MONTHS = 24
"""Months of the data set; the calendar below knows more, for the months that a measure may run in."""
_KNOWN_MONTHS = 31
"""Seven more: nights go by after the data, and whoever is met at the end of them is met a little later."""

MAINTENANCE_DAYS = (date(2024, 11, 12), date(2025, 6, 10))
"""Business days on which the service was closed: no registration, session, impression or talk."""

HOLIDAYS: dict[date, str] = {
    date.fromisoformat(day): name
    for day, name in (
        ("2024-01-01", "元日"),
        ("2024-01-08", "成人の日"),
        ("2024-02-11", "建国記念の日"),
        ("2024-02-12", "振替休日"),
        ("2024-02-23", "天皇誕生日"),
        ("2024-03-20", "春分の日"),
        ("2024-04-29", "昭和の日"),
        ("2024-05-03", "憲法記念日"),
        ("2024-05-04", "みどりの日"),
        ("2024-05-05", "こどもの日"),
        ("2024-05-06", "振替休日"),
        ("2024-07-15", "海の日"),
        ("2024-08-11", "山の日"),
        ("2024-08-12", "振替休日"),
        ("2024-09-16", "敬老の日"),
        ("2024-09-22", "秋分の日"),
        ("2024-09-23", "振替休日"),
        ("2024-10-14", "スポーツの日"),
        ("2024-11-03", "文化の日"),
        ("2024-11-04", "振替休日"),
        ("2024-11-23", "勤労感謝の日"),
        ("2025-01-01", "元日"),
        ("2025-01-13", "成人の日"),
        ("2025-02-11", "建国記念の日"),
        ("2025-02-23", "天皇誕生日"),
        ("2025-02-24", "振替休日"),
        ("2025-03-20", "春分の日"),
        ("2025-04-29", "昭和の日"),
        ("2025-05-03", "憲法記念日"),
        ("2025-05-04", "みどりの日"),
        ("2025-05-05", "こどもの日"),
        ("2025-05-06", "振替休日"),
        ("2025-07-21", "海の日"),
        ("2025-08-11", "山の日"),
        ("2025-09-15", "敬老の日"),
        ("2025-09-23", "秋分の日"),
        ("2025-10-13", "スポーツの日"),
        ("2025-11-03", "文化の日"),
        ("2025-11-23", "勤労感謝の日"),
        ("2025-11-24", "振替休日"),
        ("2026-01-01", "元日"),
        ("2026-01-12", "成人の日"),
        ("2026-02-11", "建国記念の日"),
        ("2026-02-23", "天皇誕生日"),
        ("2026-03-20", "春分の日"),
        ("2026-04-29", "昭和の日"),
        ("2026-05-03", "憲法記念日"),
        ("2026-05-04", "みどりの日"),
        ("2026-05-05", "こどもの日"),
        ("2026-05-06", "振替休日"),
        ("2026-07-20", "海の日"),
    )
}

_EPOCH = date(1970, 1, 1)
DAY_ZERO = (FIRST_DAY - _EPOCH).days
"""Days from 1970 to the first day."""
MONTH_STARTS: tuple[int, ...] = tuple(
    (date(2024 + month // 12, month % 12 + 1, 1) - FIRST_DAY).days for month in range(_KNOWN_MONTHS + 1)
)
"""Day number (0 = the first day) on which each month starts."""
DAYS = MONTH_STARTS[MONTHS]
"""Business days of the data set."""

SLOW_GROWTH = {date(2026, 3, 9) + timedelta(days=place): 3 * (place + 1) for place in range(7)}
"""A week in which each day is a little busier than the day before would make it: percent on top."""

_DOW_WEIGHT = (112, 118, 128, 145, 197, 183, 110)
"""How busy Monday to Sunday are, beside one another."""
_SEASON = (90, 92, 108, 104, 96, 92, 104, 98, 95, 103, 106, 126)
"""How busy January to December are, in percent."""


def instant(day: int, second: int = 0) -> int:
    """Return the UTC epoch second of a second after 05:00 JST of a day number."""
    return (DAY_ZERO + day) * DAY - CUT + second


def moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    """Return the UTC epoch second of a Japan-time clock reading."""
    return (date(year, month, day) - _EPOCH).days * DAY + hour * HOUR + minute * 60 - JST


def day_number(utc: I64 | int) -> I64:
    """Return the business day number of UTC epoch seconds."""
    return (utc + CUT) // DAY - DAY_ZERO


def calendar_day(number: int) -> date:
    """Return the date of a day number."""
    return FIRST_DAY + timedelta(days=number)


def number_of(day: date) -> int:
    """Return the day number of a date."""
    return (day - FIRST_DAY).days


def is_off(day: date) -> bool:
    """Return whether the day is a Saturday, Sunday or holiday."""
    return day.weekday() >= 5 or day in HOLIDAYS


def is_payday(day: date) -> bool:
    """Return whether the day is the 25th, or the last working day before a 25th that is off."""
    payday = day.replace(day=25)
    while is_off(payday):
        payday -= timedelta(days=1)
    return day == payday


@cache
def month_of_day() -> I64:
    """Return the month number of every known day number."""
    return np.repeat(np.arange(_KNOWN_MONTHS), np.diff(np.array(MONTH_STARTS)))


def season(month: int) -> int:
    """Return the activity of a month in percent of an average month."""
    return _SEASON[month % 12]


@cache
def day_weights() -> I64:
    """Return how busy each known day is within its month: weekday, eve of a day off, payday; 0 under maintenance."""
    weights = []
    for number in range(MONTH_STARTS[-1]):
        day = calendar_day(number)
        weight = _DOW_WEIGHT[day.weekday()]
        if is_off(day + timedelta(days=1)) and day.weekday() not in (4, 5):
            weight = weight * 125 // 100
        if is_payday(day):
            weight = weight * 120 // 100
        weight = weight * (100 + SLOW_GROWTH.get(day, 0)) // 100
        weights.append(0 if day in MAINTENANCE_DAYS else weight)
    return np.array(weights, np.int64)


HOURS: tuple[tuple[int, ...], ...] = (
    # 5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20  21  22  23  24  25  26 27 28
    (5, 4, 8, 9, 0, 14, 19, 38, 29, 20, 20, 26, 42, 60, 80, 92, 100, 104, 96, 84, 52, 30, 18, 9),
    (9, 4, 4, 4, 0, 6, 8, 14, 14, 12, 12, 14, 22, 34, 46, 56, 70, 84, 104, 128, 116, 92, 64, 36),
    (6, 12, 40, 46, 0, 52, 62, 104, 82, 60, 58, 58, 64, 66, 62, 58, 52, 44, 34, 24, 12, 6, 4, 3),
)
"""Weights of the business hours 5 to 28 for three habits: evening, night, daytime. 09:00 to 10:00 is closed."""


_CLOSINGS = tuple(instant(number_of(day)) for day in MAINTENANCE_DAYS)
"""UTC seconds at which the closed days begin."""


def when_open(time: I64, since: I64 | None = None, notice: int = 0) -> I64:
    """Return UTC seconds with those on a closed day put off to the same second of the next one.

    With `since`, all that follows from something before the closed day is put off, so that it keeps its order; `notice` are seconds
    before the closed day in which nothing is begun any more, and by which it is put off further.
    """
    for closed in _CLOSINGS:
        put_off = time >= closed - notice
        put_off &= (time < closed + DAY) if since is None else (since < closed)
        time = np.where(put_off, time + DAY + notice, time)
    return time


def at_reopening(time: I64) -> I64:
    """Return UTC seconds with those on a closed day put into the first hour of the next one, in their order."""
    for closed in _CLOSINGS:
        time = np.where((time >= closed) & (time < closed + DAY), closed + DAY + (time - closed) // 24, time)
    return time


def before_closing(time: I64) -> I64:
    """Return UTC seconds with those on a closed day put to its eve."""
    for closed in _CLOSINGS:
        time = np.where((time >= closed) & (time < closed + DAY), closed - 1, time)
    return time


def open_day(day: I64, since: I64) -> I64:
    """Return day numbers with those from a closed day on put off by a day, where the day of `since` lies before it."""
    for closed in MAINTENANCE_DAYS:
        number = number_of(closed)
        day = day + ((day >= number) & (since < number))
    return day


def second_of_day(hour_index: I64, fraction: I64) -> I64:
    """Return seconds after 05:00 for an hour index (0 = 5 o'clock) and a 16-bit fraction of the hour.

    In the hours before the daily closing at 09:00 and before the day's end visits start early enough to end in time.
    """
    room = np.where(hour_index == 3, 2100, np.where(hour_index == 23, 3300, HOUR))
    return hour_index * HOUR + ((fraction * room) >> 16)
