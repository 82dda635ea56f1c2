"""Values on and beside a constant, for each family of types: what decides whether a comparison is right."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlgrade.tables.sqltype import SqlType

_DAY = dt.timedelta(days=1)
_SECOND = dt.timedelta(seconds=1)
_DATE_TEXT = re.compile(r"^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?")
_YEARS = range(1900, 2100)
_QUARTER = Decimal("0.25")
"""What is lost, and seen to be lost, where a number is cut or rounded to a whole one."""


def around(value: Any, kind: SqlType) -> list[Any]:
    """The constant as a value of the type, with its neighbours; empty if it means nothing there."""
    match kind.family:
        case "integer" | "decimal" | "double":
            return list(_numbers(value, kind))
        case "date" | "timestamp" | "timestamptz":
            return list(_moments(value, kind))
        case "text":
            return list(_texts(value))
        case "time":
            return list(_clocks(value))
        case "boolean":
            return [value] if isinstance(value, bool) else []
        case "enum":
            return [value] if value in kind.members else []
        case "interval":
            return [value] if isinstance(value, dt.timedelta) else []
        case "list":
            return _lists(value, kind.fields[0][1])
    return []


def _lists(value: Any, kind: SqlType) -> list[Any]:
    """Lists with the constant alone, behind another, twice, and with its neighbours only."""
    near = [] if isinstance(value, list) else around(value, kind)
    if not near:
        return [value] if isinstance(value, list) else []
    other = near[1] if len(near) > 1 else None
    return [[near[0]], [other, near[0]], [near[0], near[0]], *([each] for each in near[1:5])]


def _numbers(value: Any, kind: SqlType) -> Iterator[Any]:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return
    try:
        exact = Decimal(str(value).strip())
    except ArithmeticError:
        return
    if exact.is_nan() or abs(exact) > kind.limit:
        return
    unit = Decimal(1).scaleb(-kind.scale) if kind.family == "decimal" else Decimal(1)
    if kind.family == "double" and exact != exact.to_integral_value():
        unit = Decimal((0, (1,), int(exact.as_tuple().exponent)))
    numbers = [exact, exact + unit, exact - unit, exact * 2]
    if kind.family == "double" or kind.scale > 1:
        numbers += [exact + _QUARTER, exact - _QUARTER]
    for number in numbers:
        if kind.holds(number):
            yield as_number(number, kind)


def as_number(number: Decimal, kind: SqlType) -> Any:
    """A decimal as the column holds it."""
    if kind.family == "integer":
        return int(number)
    if kind.family == "double":
        return float(number)
    return round(number, kind.scale)


def _moments(value: Any, kind: SqlType) -> Iterator[Any]:
    moment = _as_moment(value)
    if moment is None:
        return
    whole_day = moment.time() == dt.time()
    steps = [dt.timedelta(), _DAY, -_DAY]
    if kind.family != "date":
        steps += [_SECOND, -_SECOND, dt.timedelta(hours=12), _DAY - _SECOND]
    elif not whole_day:
        steps += [2 * _DAY]
    yield from moments_beside(moment, steps, kind)
    yield from (as_moment(other, kind) for other in _same_day_elsewhere(moment))


def _same_day_elsewhere(moment: dt.datetime) -> Iterator[dt.datetime]:
    """The same day in the next month and in the years beside."""
    last = moment.day > 28
    for year, month in (
        (moment.year, moment.month % 12 + 1),
        (moment.year + 1, moment.month),
        (moment.year - 1, moment.month),
    ):
        if 1 <= year <= 9999:
            yield moment.replace(year=year, month=month, day=28 if last else moment.day)


def moments_beside(moment: dt.datetime, steps: Iterable[dt.timedelta], kind: SqlType) -> Iterator[Any]:
    """The moments that lie so far from one, as the column holds them; there is none before the year 1 or after 9999."""
    for step in steps:
        try:
            yield as_moment(moment + step, kind)
        except OverflowError:
            continue


def as_moment(moment: dt.datetime, kind: SqlType) -> Any:
    """A moment as the column holds it."""
    if kind.family == "date":
        return moment.date()
    return moment.replace(tzinfo=dt.UTC) if kind.family == "timestamptz" else moment


def _as_moment(value: Any) -> dt.datetime | None:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001  (columns without a zone)
    if isinstance(value, bool):
        return None
    if isinstance(value, int) and value in _YEARS:
        return dt.datetime(value, 1, 1)  # noqa: DTZ001  (a TIMESTAMP has no zone)
    if isinstance(value, str):
        return _moment_in_text(value)
    return None


def _moment_in_text(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        pass
    found = _DATE_TEXT.match(text)
    try:
        if found:
            return dt.datetime(int(found[1]), int(found[2]), int(found[3] or 1))  # noqa: DTZ001  (a TIMESTAMP has no zone)
        if re.fullmatch(r"\d{4}", text) and int(text) in _YEARS:
            return dt.datetime(int(text), 1, 1)  # noqa: DTZ001  (a TIMESTAMP has no zone)
    except ValueError:
        return None
    return None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, (dt.date, dt.datetime)):
        value = str(value)
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        yield str(value)
        return
    if not isinstance(value, str) or len(value) > 60:
        return
    yield from dict.fromkeys((value, value.swapcase(), value.lower(), value + "x", "x" + value, value + " "))


def _clocks(value: Any) -> Iterator[dt.time]:
    if isinstance(value, str):
        try:
            value = dt.time.fromisoformat(value)
        except ValueError:
            return
    if not isinstance(value, dt.time):
        return
    base = dt.datetime.combine(dt.date(2000, 1, 2), value)
    yield from ((base + step).time() for step in (dt.timedelta(), _SECOND, -_SECOND))
