"""Calls whose DuckDB form depends on how many arguments there are or on what they say; an empty text where none is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.errors.calls import Argument

TYPES = {
    "INT64": "BIGINT",
    "FLOAT64": "DOUBLE",
    "NUMBER": "DOUBLE",
    "BIGNUMERIC": "DECIMAL",
    "VARCHAR2": "VARCHAR",
    "NVARCHAR": "VARCHAR",
}
"""Types of other systems, and DuckDB's for them."""

_CRITERION = re.compile(r"(?P<sign>>=|<=|<>|>|<|=)\s*(?P<value>.+)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_UNIT_OF_DATEDIF = {"D": "day", "M": "month", "Y": "year"}
_PARTS_OF_DATES = (
    (r"y{4}", "%Y"),
    (r"y{2}", "%y"),
    (r"(?<=h:)m{2}|m{2}(?=:s)|mi", "%M"),
    (r"(?<!%)m{2}", "%m"),
    (r"d{2}", "%d"),
    (r"h{2}(?:24)?", "%H"),
    (r"s{2}", "%S"),
)
"""Parts of a date as Excel and Oracle write them, in small letters, and strftime's."""
_DECIMALS = re.compile(r"[#,]*0(?:\.(?P<digits>0+))?")


def try_cast(arguments: Sequence[Argument]) -> str:
    """SAFE_CAST(x AS INT64)."""
    value, separator, kind = arguments[0].text.rpartition(" AS ")
    return f"TRY_CAST({value} AS {TYPES.get(kind.upper(), kind)})" if separator else ""


def extracted_date(arguments: Sequence[Argument]) -> str:
    """EXTRACT(DATE FROM x)."""
    tokens = arguments[0].tokens
    if len(tokens) < 3 or [token.upper for token in tokens[:2]] != ["DATE", "FROM"]:
        return ""
    return f"CAST({arguments[0].text.split(None, 2)[2]} AS DATE)"


def datedif(arguments: Sequence[Argument]) -> str:
    """DATEDIF(from, to, "D")."""
    unit = _UNIT_OF_DATEDIF.get(arguments[2].text.strip("\"'").upper(), "day")
    return f"date_diff('{unit}', {arguments[0].text}, {arguments[1].text})"


def if_error(arguments: Sequence[Argument]) -> str:
    """IFERROR(a / b, c): a division gets a NULL for its zero."""
    value, otherwise = arguments
    outside = min((token.depth for token in value.tokens), default=0)
    signs = [token for token in value.tokens if token.text == "/" and token.depth == outside]
    if not signs:
        return f"COALESCE({value.text}, {otherwise.text})"
    place = value.text.rfind("/")
    return f"COALESCE({value.text[:place].strip()} / NULLIF({value.text[place + 1 :].strip()}, 0), {otherwise.text})"


def ifs(arguments: Sequence[Argument]) -> str:
    """IFS(condition, value, …)."""
    pairs = zip(arguments[::2], arguments[1::2], strict=False)
    return " ".join(["CASE", *(f"WHEN {one.text} THEN {two.text}" for one, two in pairs), "END"])


def switch(arguments: Sequence[Argument]) -> str:
    """SWITCH(x, value, result, …, otherwise)."""
    if len(arguments) < 3:
        return ""
    subject, rest = arguments[0], arguments[1:]
    branches = [f"WHEN {one.text} THEN {two.text}" for one, two in zip(rest[::2], rest[1::2], strict=False)]
    last = [f"ELSE {rest[-1].text}"] if len(rest) % 2 else []
    return " ".join(["CASE", subject.text, *branches, *last, "END"])


def all_of(arguments: Sequence[Argument]) -> str:
    """AND(a, b)."""
    return " AND ".join(each.text for each in arguments)


def any_of(arguments: Sequence[Argument]) -> str:
    """OR(a, b): in brackets, since AND binds closer."""
    return f"({' OR '.join(each.text for each in arguments)})"


def countif(arguments: Sequence[Argument]) -> str:
    """COUNTIF(range, criterion, …)."""
    condition = _conditions(arguments)
    return f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)" if condition else ""


def sumif(arguments: Sequence[Argument]) -> str:
    """SUMIF(range, criterion) or SUMIF(range, criterion, values)."""
    return _aggregate_if("SUM", arguments)


def averageif(arguments: Sequence[Argument]) -> str:
    """AVERAGEIF(range, criterion, values)."""
    return _aggregate_if("AVG", arguments)


def sumifs(arguments: Sequence[Argument]) -> str:
    """SUMIFS(values, range, criterion, …)."""
    return _aggregate_when("SUM", arguments[0].text, _conditions(arguments[1:]))


def averageifs(arguments: Sequence[Argument]) -> str:
    """AVERAGEIFS(values, range, criterion, …)."""
    return _aggregate_when("AVG", arguments[0].text, _conditions(arguments[1:]))


def joined_text(arguments: Sequence[Argument]) -> str:
    """CONCATENATE(a, b)."""
    return " || ".join(each.as_operand for each in arguments)


def text(arguments: Sequence[Argument]) -> str:
    """TEXT(x, format), for dates and for numbers."""
    value, shown = arguments
    if re.search(r"[ymdhs]", shown.plain, re.IGNORECASE):
        return f"strftime({value.text}, {date_format(shown)})"
    number = _DECIMALS.fullmatch(shown.plain.strip('"'))
    return f"ROUND({value.text}, {len(number['digits'] or '')})" if number else ""


def rounded_up(arguments: Sequence[Argument]) -> str:
    """ROUNDUP(x, digits)."""
    return _rounded("ceil", arguments)


def rounded_down(arguments: Sequence[Argument]) -> str:
    """ROUNDDOWN(x, digits)."""
    return _rounded("floor", arguments)


def end_of_month(arguments: Sequence[Argument]) -> str:
    """EOMONTH(x, months)."""
    months = arguments[1].text if len(arguments) > 1 else "0"
    day = arguments[0]
    return f"last_day({day.text})" if months == "0" else f"last_day({day.as_operand} + INTERVAL ({months}) MONTH)"


def date_format(argument: Argument) -> str:
    """A format of dates as strftime writes it; one that strftime knows stays."""
    shown = argument.plain.strip('"')
    if "%" not in shown:
        shown = shown.lower()
        for part, use in _PARTS_OF_DATES:
            shown = re.sub(part, use, shown)
    return f"'{shown}'"


def _aggregate_if(function: str, arguments: Sequence[Argument]) -> str:
    if len(arguments) == 2 and arguments[1].is_condition and not arguments[1].is_text:
        return _aggregate_when(function, arguments[0].text, arguments[1].text)
    return _aggregate_when(function, arguments[-1 if len(arguments) > 2 else 0].text, _conditions(arguments[:2]))


def _aggregate_when(function: str, value: str, condition: str) -> str:
    otherwise = " ELSE 0" if function == "SUM" else ""
    return f"{function}(CASE WHEN {condition} THEN {value}{otherwise} END)" if condition else ""


def _conditions(arguments: Sequence[Argument]) -> str:
    """Pairs of a range and its criterion as one condition; a condition stands for itself."""
    if len(arguments) == 1:
        return arguments[0].text if arguments[0].is_condition else ""
    pairs = zip(arguments[::2], arguments[1::2], strict=False)
    return " AND ".join(_condition(*pair) for pair in pairs)


def _condition(column: Argument, criterion: Argument) -> str:
    """A criterion such as ">=5" or "東京都" as a condition on its column."""
    if criterion.is_condition and not criterion.is_text:
        return criterion.text
    said = criterion.text[1:-1] if criterion.text[:1] in {'"', "'"} else ""
    if match := _CRITERION.fullmatch(said):
        value = match["value"] if _NUMBER.fullmatch(match["value"]) else f"'{match['value']}'"
        return f"{column.text} {match['sign']} {value}"
    return f"{column.text} = '{said}'" if said else f"{column.text} = {criterion.text}"


def _rounded(function: str, arguments: Sequence[Argument]) -> str:
    digits = arguments[1].text if len(arguments) > 1 else "0"
    if not digits.isdigit():
        return ""
    value = arguments[0]
    scale = 10 ** int(digits)
    return f"{function}({value.text})" if scale == 1 else f"{function}({value.as_operand} * {scale}) / {scale}"
