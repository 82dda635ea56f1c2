"""A value as CAST(… AS STRING), CONCAT and || write it (page conversion_rules)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import times
from sqlgrade.dialect.forms import made
from sqlgrade.dialect.types import BYTES, DATETIME, FLOAT64, INTERVAL, NUMERIC, STRING, TIME, TIMESTAMP

if TYPE_CHECKING:
    from sqlgrade.dialect.types import Value


def as_text(value: Value) -> exp.Expr:
    """A value as CAST(… AS STRING) writes it."""
    if value.type == STRING:
        return value.node
    if value.type == FLOAT64:
        number = value.node if isinstance(value.node, exp.Cast) else made("CAST({0} AS DOUBLE)", value)
        return made(
            "CASE WHEN CAST(PRINTF('%.15g', {0}) AS DOUBLE) = {0} THEN PRINTF('%.15g', {0}) ELSE PRINTF('%.17g', {0}) END",
            number,
        )
    if value.type == NUMERIC:
        digits = made(r"REGEXP_REPLACE(CAST({0} AS VARCHAR), '(\.\d*[1-9])0+$', '\1')", value)
        return made(r"REGEXP_REPLACE({0}, '\.0+$', '')", digits)
    if value.type == TIMESTAMP:
        return made("{0} || '+00'", with_fraction(made("CAST({0} AS VARCHAR)", times.as_moment(value))))
    if value.type in (DATETIME, TIME):
        return with_fraction(made("CAST({0} AS VARCHAR)", value))
    if value.type == BYTES:
        return made("DECODE({0})", value)
    if value.type == INTERVAL:
        return _parts(value)
    return made("CAST({0} AS VARCHAR)", value)


def _parts(value: Value) -> exp.Expr:
    """An interval as GoogleSQL writes it, years and months, days, and the time of day: 1-2 3 4:5:6.789 (page data-types, interval_type)."""
    of = {part: f"DATE_PART('{part}', {{0}})" for part in ("year", "month", "day", "hour", "minute", "microsecond")}
    months = f"CASE WHEN {of['year']} < 0 OR {of['month']} < 0 THEN '-' ELSE '' END || ABS({of['year']}) || '-' || ABS({of['month']})"
    sign = f"CASE WHEN {of['hour']} < 0 OR {of['minute']} < 0 OR {of['microsecond']} < 0 THEN '-' ELSE '' END"
    clock = f"ABS({of['hour']}) || ':' || ABS({of['minute']}) || ':' || ABS({of['microsecond']}) // 1000000"
    fraction = f"RTRIM(RTRIM(PRINTF('.%06d', ABS({of['microsecond']}) % 1000000), '0'), '.')"
    return with_fraction(made(f"{months} || ' ' || {of['day']} || ' ' || {sign} || {clock} || {fraction}", value))


def with_fraction(text: exp.Expr) -> exp.Expr:
    """A time of day that DuckDB has written, with no digits of a second, three or six, as GoogleSQL writes it."""
    return made(r"REGEXP_REPLACE({0} || '00', '(\.\d\d\d\d\d\d|\.\d\d\d|)0?0?$', '\1')", text)
