"""Moments that somebody else wrote down: what no clock of this world can show is none."""

from __future__ import annotations

import datetime as dt
import logging

_log = logging.getLogger(__name__)
FIRST_YEAR, LAST_YEAR = 1970, 2999
"""A computer whose battery is dead begins in 1970; beyond these, sums and other zones leave the calendar."""


def utc_now() -> dt.datetime:
    """This computer's clock."""
    return dt.datetime.now(dt.UTC)


def moment_in(text: str) -> dt.datetime:
    """A moment in ISO 8601, in UTC; one without a zone is in UTC.

    Raises:
        ValueError: it is none, or of a year that can't be meant.
    """
    found = dt.datetime.fromisoformat(text.strip())
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(text)
    return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)


def told_moment(text: str) -> dt.datetime | None:
    """The same; None, and logged, for what is none: whoever reaches the shared folder may have written it."""
    try:
        return moment_in(text)
    except ValueError:
        _log.warning("a date can't be read: %r", text[:80])
        return None


def moment_of_file(seconds: float) -> dt.datetime | None:
    """When a file was written, by what its disk says in seconds since 1970; None for what can't be meant."""
    try:
        found = dt.datetime.fromtimestamp(seconds, dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
