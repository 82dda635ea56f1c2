"""Dates as a class means them: in the zone of the course, a day without an hour until its end."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dateutil import tz

from classroom.exchange.moments import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_END_OF_DAY = dt.time(23, 59, 59)
_LOCALTIME = Path("/etc/localtime")
_OF_LANGUAGE = {"ja": "Asia/Tokyo"}
"""The zone that a class of a language means where its computer names none; a server's UTC is nobody's."""
_UTC = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Zulu", "Etc/Zulu", "GMT", "Etc/GMT", "Universal", "Etc/Universal"})


class NoDate(ValueError):  # noqa: N818  (told to the mentor)
    """A text that is no date."""


def zone_of(folder: MentorFolder) -> dt.tzinfo:
    """The zone of the course's due dates, see `zone_name`; this computer's where it has no name."""
    name = zone_name(folder)
    # the settings were looked at before anything was done with the folder (`check_zone`)
    found: dt.tzinfo | None = named_zone(name) if name else None
    return found or tz.tzlocal()  # type: ignore[no-untyped-call]


def zone_name(folder: MentorFolder) -> str:
    """The name of the zone of due dates: `zone` in the settings, else what is meant without; empty where nothing has a name."""
    return str(folder.settings.get("zone") or "") or usual_zone(folder.lang)


def usual_zone(lang: str) -> str:
    """The zone that a class means which names none: the computer's, unless that is UTC, as servers have it; then the language's."""
    here = _computers_zone()
    return _OF_LANGUAGE.get(lang, here or "") if here in _UTC or not here else here


def named_zone(name: str) -> dt.tzinfo | None:
    """A zone by its name, such as Asia/Tokyo; None if there is none of that name."""
    if not re.fullmatch(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*", name):
        return None  # dateutil would read it as a path
    found: dt.tzinfo | None = tz.gettz(name)
    return found


def check_zone(folder: MentorFolder) -> None:
    """See that the settings name a zone that there is.

    Raises:
        NoDate: they do not.
    """
    named = folder.settings.get("zone")
    if named and named_zone(str(named)) is None:
        raise NoDate(str(named))


def _computers_zone() -> str:
    """The name of this computer's zone; empty where it has none that is known."""
    if named := os.environ.get("TZ", "").lstrip(":"):
        return named if named_zone(named) is not None else ""
    if sys.platform == "win32" or not _LOCALTIME.exists():
        return "UTC" if tz.tzlocal() == tz.UTC else ""  # type: ignore[no-untyped-call]
    name = str(_LOCALTIME.resolve()).rpartition("zoneinfo/")[2]
    return name if named_zone(name) is not None else ""


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
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise NoDate(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def in_zone(moment: dt.datetime, zone: dt.tzinfo) -> str:
    """A moment as people read it: 2027-01-31 23:59 (JST). One without a zone is in UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    # what another program has written may lie at the calendar's very end, where no other zone has a date for it
    there = aware.astimezone(zone) if FIRST_YEAR <= aware.year <= LAST_YEAR else aware
    return f"{there:%Y-%m-%d %H:%M} ({there.tzname() or f'{there:%z}'})"


def as_utc(moment: dt.datetime | None) -> str | None:
    """A moment of nbgrader's as it travels: ISO 8601 in UTC."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).isoformat()
