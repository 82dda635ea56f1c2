"""Many different values for one column, made from one that is good: for more rows than a LIMIT lets through."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlgrade.populate.fresh import fresh_value
from sqlgrade.populate.neighbours import as_moment, as_number, moments_beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.tables.sqltype import SqlType

_DAY, _HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
_STRIDES = (31 * _DAY + _HOUR, _DAY, _HOUR, dt.timedelta(minutes=1))
"""Far first, so that months differ as long as the conditions allow it, then days, then hours."""
_STEPS = (Decimal(1), Decimal(10), Decimal("0.01"))


def further_values(good: Sequence[Any], kind: SqlType, count: int, *, near: bool = False) -> list[Any]:
    """About as many new values as are asked for, made from those that are good; none for types without an endless supply.

    Moments lie as far apart as can be, or near each other.
    """
    if kind.temporal:
        moments = [moment for value in good[:2] if (moment := _moment(value)) is not None]
        return list(itertools.chain.from_iterable(_moments(moment, kind, count, near=near) for moment in moments))
    if kind.numeric:
        numbers = [Decimal(str(value)) for value in good[:2] if isinstance(value, int | float | Decimal)]
        return list(itertools.chain.from_iterable(_numbers(number, kind, count) for number in numbers))
    made = [fresh_value(kind, serial, [v for v in good if v is not None]) for serial in range(1, count + 1)]
    return [value for value in made if value is not None]


def _moment(value: Any) -> dt.datetime | None:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return dt.datetime.combine(value, dt.time()) if isinstance(value, dt.date) else None


def _moments(start: dt.datetime, kind: SqlType, count: int, *, near: bool) -> Iterator[Any]:
    yield as_moment(start, kind)
    for stride, number in itertools.product(_STRIDES[-2:] if near else _STRIDES, range(1, count + 1)):
        yield from moments_beside(start, (number * stride, -number * stride), kind)


def _numbers(start: Decimal, kind: SqlType, count: int) -> Iterator[Any]:
    for step, number in itertools.product(_STEPS, range(1, count + 1)):
        for made in (start + number * step, start - number * step):
            if kind.holds(made) and abs(made) <= kind.limit and (kind.signed or made >= 0):
                yield as_number(made, kind)
