"""Cells in a canonical form, so that equal values are equal Python objects."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from sqlgrade.tables.far_dates import FarDate

Cell: TypeAlias = Hashable
CanonicalRow: TypeAlias = tuple[Cell, ...]

NULL = ("null",)
NUMBER, TEXT, BOOLEAN, TEMPORAL, CLOCK, NESTED, OTHER, NOTHING = (
    *("number", "text", "boolean", "temporal", "clock", "nested", "other", "nothing"),
)
_DIGITS = 12


def canonical(value: Any) -> Cell:
    """A value as a hashable object: numbers by value, dates as midnight, NULL like nothing else.

    Numbers stay numbers (int, float or Decimal compare and hash by value in Python); everything else is tagged.
    """
    match value:
        case None:
            return NULL
        case bool():
            return ("boolean", value)
        case int() | Decimal():
            return value
        case float():
            return "nan" if math.isnan(value) else value + 0.0
        case FarDate():
            return ("temporal", value.removesuffix("+00").removesuffix(" 00:00:00"))
        case str():
            return ("text", value)
        case dt.datetime():
            return ("temporal", value.replace(tzinfo=None))
        case dt.date():
            return ("temporal", dt.datetime(value.year, value.month, value.day))  # noqa: DTZ001  (a date has no zone)
    return _canonical_rare(value)


def _canonical_rare(value: Any) -> Cell:
    match value:
        case dt.time():
            return ("clock", value.replace(tzinfo=None))
        case dt.timedelta():
            return ("interval", value)
        case list() | tuple():
            return ("list", tuple(rounded(canonical(item)) for item in value))
        case Mapping():
            return ("map", tuple((str(k), rounded(canonical(v))) for k, v in value.items()))
        case UUID():
            return ("text", str(value))
        case bytes() | bytearray():
            return ("bytes", bytes(value))
    return ("other", str(value))


def rounded(cell: Cell, digits: int = _DIGITS) -> Cell:
    """A double cut to so many significant digits; every other cell as it is."""
    if isinstance(cell, float) and math.isfinite(cell) and cell:
        shifted = round(cell, digits - 1 - math.floor(math.log10(abs(cell))))
        return int(shifted) if shifted.is_integer() else shifted
    return cell


def is_number(cell: Cell) -> bool:
    """True for canonical numbers, infinities and not-a-number included."""
    return isinstance(cell, (int, float, Decimal)) or cell == "nan"


def kind_of(cell: Cell) -> str:
    """The kind of a canonical cell, by the name of the family that its type belongs to; "null" for NULL."""
    return str(cell[0]) if isinstance(cell, tuple) else NUMBER


def family(type_name: str) -> str:
    """The family a DuckDB type compares in; NOTHING for the type of a bare NULL."""
    head = type_name.upper().split("(")[0].strip()
    if head.endswith("[]") or head in {"STRUCT", "MAP", "LIST", "UNION"} or type_name.endswith("]"):
        return NESTED
    if head in {"VARCHAR", "ENUM", "UUID", "JSON", "CHAR", "TEXT"}:
        return TEXT
    if head == "BOOLEAN":
        return BOOLEAN
    if head.startswith("TIMESTAMP") or head in {"DATE", "DATETIME"}:
        return TEMPORAL
    if head.startswith("TIME"):
        return CLOCK
    if "INT" in head and head != "INTERVAL":
        return NUMBER
    if head in {"DECIMAL", "DOUBLE", "FLOAT", "REAL", "NUMERIC", "BIGNUM"}:
        return NUMBER
    return NOTHING if head in {"NULL", '"NULL"', "SQLNULL"} else OTHER
