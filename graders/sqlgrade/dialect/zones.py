"""Time zones as GoogleSQL names them: of the tz database, or as a distance from UTC such as '+09:00' (page timestamp_functions, "Time zone definitions").

DuckDB knows the names alone, so a distance is added and taken away.
"""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from typing import TYPE_CHECKING

from sqlgrade.dialect.forms import Unspoken, made, quoted_text, text_of

if TYPE_CHECKING:
    from sqlglot import exp

    from sqlgrade.dialect.types import Value

_DISTANCE = re.compile(r"(?P<sign>[+-])(?P<hours>\d{1,2})(?::(?P<minutes>\d{1,2}))?")
_FURTHEST = 14 * 60
UTC = quoted_text("UTC")


def in_zone(moment: exp.Expr, zone: Value | exp.Expr) -> exp.Expr:
    """What the clocks of a zone show at a moment that is kept in UTC."""
    minutes = distance(zone)
    if minutes is None:
        return made("({0} AT TIME ZONE 'UTC') AT TIME ZONE {1}", moment, zone)
    return _moved(moment, minutes)


def out_of_zone(moment: exp.Expr, zone: Value | exp.Expr) -> exp.Expr:
    """The moment, in UTC, at which the clocks of a zone show a time."""
    minutes = distance(zone)
    if minutes is None:
        return made("({0} AT TIME ZONE {1}) AT TIME ZONE 'UTC'", moment, zone)
    return _moved(moment, -minutes)


def _moved(moment: exp.Expr, minutes: int) -> exp.Expr:
    if minutes == 0:
        return moment
    sign = "+" if minutes > 0 else "-"
    length = f"{abs(minutes) // 60} HOUR" if minutes % 60 == 0 else f"{abs(minutes)} MINUTE"
    return made(f"{{0}} {sign} INTERVAL {length}", moment)


def distance(zone: Value | exp.Expr) -> int | None:
    """Minutes by which a zone is ahead of UTC, where it is written as a distance; None for a name.

    Raises:
        Unspoken: it is no zone.
    """
    written = text_of(zone)
    if written is None:
        return None
    found = _DISTANCE.fullmatch(written)
    if found is not None:
        minutes = 60 * int(found["hours"]) + int(found["minutes"] or 0)
        if minutes <= _FURTHEST and int(found["minutes"] or 0) < 60:
            return minutes if found["sign"] == "+" else -minutes
    elif is_name(written):
        return 0 if written.upper() == "UTC" else None
    node = zone if not hasattr(zone, "node") else zone.node
    raise Unspoken("form", f"'{written}'", node, "'Asia/Tokyo', '+09:00'")


def moment_of(written: str, zone: str) -> exp.Expr:
    """The moment, in UTC, of a time that is written as the clocks of a zone show it."""
    told = _first_of_two(written, zone)
    local = made("CAST({0} AS TIMESTAMP)", quoted_text(told or written))
    return local if told else out_of_zone(local, quoted_text(zone))


def _first_of_two(written: str, zone: str) -> str | None:
    """The moment, in UTC, of a time that the clocks of a zone show twice or never, as GoogleSQL has it, and DuckDB has not; None for any other."""
    try:
        local = dt.datetime.fromisoformat(written).replace(tzinfo=zoneinfo.ZoneInfo(zone))
    except (ValueError, zoneinfo.ZoneInfoNotFoundError):
        return None
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return None
    return local.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ")


def is_name(word: str) -> bool:
    """Whether the tz database has a zone of this name; without a database every name is let through."""
    known = _names()
    return not known or word.lower() in known


def _names() -> frozenset[str]:
    return frozenset(name.lower() for name in zoneinfo.available_timezones())
