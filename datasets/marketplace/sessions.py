"""Sessions: in which months guests come back, on which days, at which hours, on which device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.columns import Codes, Ids, Moments, Rows, Words, numbers
from marketplace.devices import PLATFORMS, platform_of
from marketplace.keys import I64, U64, Dice, Flags, below, chance, key_of, part, pick, slots

if TYPE_CHECKING:
    from marketplace.devices import Devices
    from marketplace.guests import Guests

WEB = 2
"""Position in devices.PLATFORMS."""
VERSIONS = ("2.8.1", "2.9.0", "3.0.0", "3.1.2", "3.2.0", "3.3.1", "3.4.0", "3.5.2", "3.6.0", "3.4.1", "3.7.0", "3.7.1")
FAULTY_VERSION, MENDED_VERSION = len(VERSIONS) - 2, len(VERSIONS) - 1
"""Versions that come out only as nights go by."""
_PATCHED, _PATCH = VERSIONS.index("3.4.0"), VERSIONS.index("3.4.1")
"""A version that gets a patch while it is in use, so that a pattern on it finds two."""
OLD_VERSIONS = 2
"""The first so many versions are the old app, which logs less."""
_MORE_VISITS = slots((36, 24, 15, 10, 6, 4, 3, 2))
"""Weights of 1, 2, … visits in a month in which a guest is active."""
_HOUR_SLOTS = np.stack([slots(weights) for weights in days.HOURS])
_CLOSED = [(closed - days.FIRST_DAY).days for closed in days.MAINTENANCE_DAYS]
"""Day numbers of the maintenance."""


@dataclass(frozen=True)
class Visits:
    """Sessions of one block, ordered by guest and time."""

    guest: I64
    """Position in Guests."""
    key: U64
    start: I64
    """UTC second."""
    is_first_ever: Flags
    """The visit right after registration."""


def month_visits(dice: Dice, guests: Guests, month: int, low: int, high: int, end: int) -> Visits:
    """Return the sessions that guests low to high begin because of a month (a new guest's may spill into the next)."""
    who = np.arange(low, high)
    born = days.month_of_day()[np.minimum(days.day_number(guests.registered[low:high]), days.MONTH_STARTS[-1] - 1)]
    age = month - born
    monthly = key_of(guests.key[low:high], month)
    bits = dice.roll("sessions.month", monthly)
    returns = (420 * 9 // (9 + np.maximum(age, 0)) + 100) * guests.loyalty[low:high] * days.season(month) // 10_000
    comes = np.where(age == 0, 1000, np.minimum(returns, 950))
    active = (age >= 0) & chance(bits, 0, comes) & ~guests.is_silent[low:high]
    visits = 1 + pick(_MORE_VISITS, bits[active], 1)
    guest = np.repeat(who[active], visits)
    ordinal = np.arange(len(guest)) - np.repeat(np.cumsum(visits) - visits, visits)
    key = key_of(np.repeat(monthly[active], visits), ordinal)
    is_new = np.repeat(age[active] == 0, visits)
    start = _starts(dice, guests, month, guest, ordinal, key, is_new)
    keep = np.flatnonzero((start >= guests.registered[guest]) & (start < guests.stop[guest]) & (start < end))
    order = keep[np.argsort((guest[keep] - low) * (1 << 34) + start[keep] - days.instant(0), kind="stable")]
    return Visits(guest[order], key[order], start[order], (is_new & (ordinal == 0))[order])


def _starts(dice: Dice, guests: Guests, month: int, guest: I64, ordinal: I64, key: U64, is_new: Flags) -> I64:
    """Return when each visit starts."""
    bits = dice.roll("sessions.start", key)
    first_day, next_first = days.MONTH_STARTS[month], days.MONTH_STARTS[month + 1]
    table = slots(days.day_weights()[first_day:next_first])
    registered = guests.registered[guest]
    own_day = first_day + pick(table, bits, 0)
    soon = days.day_number(registered) + 1 + (part(bits, 0) * part(bits, 3) * 22 >> 32)
    day = np.where(is_new, soon, own_day)
    day = day + np.isin(day, _CLOSED)
    hour = _HOUR_SLOTS[guests.habit[guest], part(bits, 1) >> 4].astype(np.int64)
    usual = days.instant(0) + day * days.DAY + days.second_of_day(hour, part(bits, 2))
    return np.where(is_new & (ordinal == 0), registered + 20 + below(bits, 0, 60), usual)


@dataclass(frozen=True)
class VisitDetails:
    """What is known of each visit beside guest and time."""

    device: I64
    """Device number."""
    is_second: Flags
    """On the guest's second device."""
    platform: I64
    version: I64
    is_old_app: Flags


def visit_details(dice: Dice, devices: Devices, visits: Visits) -> VisitDetails:
    """Return device, platform and version of each visit."""
    bits = dice.roll("sessions.device", visits.key)
    second = devices.second[visits.guest]
    is_second = chance(bits, 0, 250) & (second >= 0) & ~visits.is_first_ever
    device = np.where(is_second, second, devices.first[visits.guest])
    platform = platform_of(dice, device)
    # A new version comes out every twelve weeks and spreads over three months.
    version = np.clip(1 + (days.day_number(visits.start) - below(bits, 1, 90)) // 84, 0, _PATCH - 1)
    patched = (version == _PATCHED) & chance(dice.roll("sessions.patch", visits.key), 0, 350)
    version = np.where(patched, _PATCH, version)
    return VisitDetails(device, is_second, platform, version, (version < OLD_VERSIONS) & (platform != WEB))


def session_rows(dice: Dice, visits: Visits, details: VisitDetails, end: int) -> Rows:
    """Return the rows of the table."""
    n = len(visits.guest)
    bits = dice.roll("sessions.end", visits.key)
    ended = days.before_closing(visits.start + 60 + (part(bits, 0) * part(bits, 1) >> 21) + below(bits, 2, 240))
    lost = chance(dice.roll("sessions.lost", visits.key), 0, 40)
    return Rows(
        {
            "session_id": Ids(np.arange(n), table="sessions"),
            "guest_id": numbers(visits.guest + 1, np.int32),
            "device_fp": Codes(details.device, chance(bits, 3, 20), "d"),
            "platform": Words(details.platform, pool=PLATFORMS),
            "app_version": Words(details.version, details.platform == WEB, VERSIONS),
            "started_at_utc": Moments(visits.start),
            "ended_at_utc": Moments(ended, lost | (ended >= end)),
        }
    )
