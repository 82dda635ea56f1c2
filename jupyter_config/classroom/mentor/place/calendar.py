"""Dates as a class means them: in the zone of the course, a day without an hour until its end."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from dateutil import tz

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_END_OF_DAY = dt.time(23, 59, 59)


class NoDate(ValueError):  # noqa: N818  (told to the mentor)
    """A text that is no date."""


def zone_of(folder: MentorFolder) -> dt.tzinfo:
    """The zone that `zone` in the settings names, such as Asia/Tokyo; else this computer's.

    Raises:
        NoDate: there is no such zone.
    """
    named = folder.settings.get("zone")
    found: dt.tzinfo | None = tz.gettz(str(named)) if named else tz.tzlocal()  # type: ignore[no-untyped-call]
    if found is None:
        raise NoDate(str(named))
    return found


def read_due(text: str, zone: dt.tzinfo) -> dt.datetime:
    """A due date in UTC, without a zone, as nbgrader keeps it. A bare day means its end, a bare hour the course's.

    Raises:
        NoDate: it is neither.
    """
    written = text.strip()
    try:
        if _DAY.match(written):
            moment = dt.datetime.combine(dt.date.fromisoformat(written), _END_OF_DAY)
        else:
            moment = dt.datetime.fromisoformat(written)
    except ValueError as fault:
        raise NoDate(text) from fault
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def in_zone(moment: dt.datetime, zone: dt.tzinfo) -> str:
    """A moment as people read it: 2027-01-31 23:59 (JST). One without a zone is in UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    there = aware.astimezone(zone)
    return f"{there:%Y-%m-%d %H:%M} ({there.tzname() or f'{there:%z}'})"


def as_utc(moment: dt.datetime | None) -> str | None:
    """A moment of nbgrader's as it travels: ISO 8601 in UTC."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).isoformat()
