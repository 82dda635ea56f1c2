"""A result as the records that Vega-Lite draws: names that don't repeat, values that JSON holds, what a column is."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Record = dict[str, Any]


def records_of(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[Record]:
    """One record for each row."""
    names = _distinct(columns)
    return [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in rows]


def type_of(name: str, records: Sequence[Record]) -> str:
    """Vega-Lite's word for what a column holds: temporal, quantitative, ordinal or nominal."""
    values = [record[name] for record in records if record.get(name) is not None]
    if values and all(isinstance(value, str) and _is_time(value) for value in values):
        return "temporal"
    if values and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return (
            "ordinal" if "hour" in name.lower() and all(isinstance(value, int) for value in values) else "quantitative"
        )
    return "nominal"


def is_number(value: object) -> bool:
    """Whether a value has a place on an axis of numbers."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def at_midnight(name: str, records: Sequence[Record]) -> list[Record]:
    """Days as the moments at which they begin where the page is: a browser would take a bare date for midnight in Greenwich."""
    return [record | {name: moment_text(record[name])} for record in records]


def moment_text(value: object) -> object:
    """A date as the moment at which it begins; anything else as it is."""
    return f"{value}T00:00:00" if isinstance(value, str) and len(value) == len("2025-10-01") else value


def _is_time(text: str) -> bool:
    """Whether a text is a date or moment that a calendar of ours holds."""
    if not (len(text) >= 10 and text[4:5] == "-" and text[7:8] == "-"):
        return False
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value if isinstance(value, bool | int | float | str) or value is None else str(value)


def _distinct(columns: Sequence[str]) -> list[str]:
    """Names that a record can hold: a repeated name gets a number."""
    names: list[str] = []
    for column in columns:
        name, count = column, 1
        while name in names:
            count += 1
            name = f"{column} ({count})"
        names.append(name)
    return names


def escaped(name: str | None) -> str:
    """A field name with the characters that Vega-Lite reads as paths taken literally."""
    return "".join(f"\\{character}" if character in ".[]:'\"" else character for character in name or "")
