"""Ordinary values of each type, whatever the queries say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlgrade.populate.neighbours import as_moment, as_number

if TYPE_CHECKING:
    from sqlgrade.tables.sqltype import SqlType

_WORDS = ("Aki", "Ben", "Cho", "Dan", "aki", "", "Eve")
_NUMBERS = tuple(map(Decimal, ("1", "2", "3", "10", "0", "5", "-1", "4", "100", "5000")))
_FRACTIONS = tuple(map(Decimal, ("1.25", "2.75", "0.4")))
_MOMENTS = tuple(
    map(
        dt.datetime.fromisoformat,
        ("2024-01-31 12:00", "2024-02-01", "2024-02-29 23:59:59", "2024-03-01", "2023-12-31", "1999-05-05"),
    )
)
"""The last number and moment lie so far from the others that groups by them come in no order."""
SAME_DAY = tuple(_MOMENTS[0] + dt.timedelta(hours=hours) for hours in (6, -3))
"""Where a moment is part of a key, no two rows can hold the same one: others of its day make groups by days."""
_CLOCKS = (dt.time(9), dt.time(12, 30), dt.time(0), dt.time(23, 59, 59))


def plain_values(kind: SqlType, cast: str) -> list[Any]:
    """Ordinary values of a type; a text column may be read as numbers ("number") or dates ("date")."""
    match kind.family:
        case "integer" | "decimal" | "double":
            numbers = (
                _NUMBERS
                if kind.family == "integer" or (kind.family == "decimal" and not kind.scale)
                else _NUMBERS + _FRACTIONS
            )
            return [as_number(n, kind) for n in numbers if abs(n) <= kind.limit and (kind.signed or n >= 0)]
        case "text":
            return _plain_texts(cast)
        case "boolean":
            return [True, False]
        case "date" | "timestamp" | "timestamptz":
            return [as_moment(m, kind) for m in _MOMENTS]
        case "time":
            return list(_CLOCKS)
        case "enum":
            return list(kind.members)
    return _plain_rare(kind)


def _plain_texts(cast: str) -> list[Any]:
    if cast == "number":
        return ["1", "2", "10", "3"]
    if cast == "date":
        return ["2024-01-31", "2024-02-01", "2024-03-01"]
    return list(_WORDS)


def _plain_rare(kind: SqlType) -> list[Any]:
    match kind.family:
        case "interval":
            return [dt.timedelta(days=1), dt.timedelta(hours=2)]
        case "uuid":
            return [f"00000000-0000-0000-0000-00000000000{i}" for i in range(1, 5)]
        case "blob":
            return [b"a", b"b"]
        case "json":
            return ['{"a": 1}', '{"a": 2, "b": "x"}', "[1, 2]"]
        case "list":
            inner = plain_values(kind.fields[0][1], "")[:3]
            return [[], inner[:1], inner[:2], [*inner[:1], *inner[:1]], [*inner[1:2], *inner[:1]], [*inner[:1], None]]
        case "struct":
            choices = [plain_values(t, "") for _, t in kind.fields]
            return [
                {n: c[i % len(c)] if c else None for (n, _), c in zip(kind.fields, choices, strict=True)}
                for i in range(3)
            ]
        case "map":
            keys, items = plain_values(kind.fields[0][1], ""), plain_values(kind.fields[1][1], "")
            return (
                [{}, {keys[0]: items[0]}, {keys[0]: items[-1], keys[1]: items[0]}] if len(keys) > 1 and items else [{}]
            )
    return [None]
