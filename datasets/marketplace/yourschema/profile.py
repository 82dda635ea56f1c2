"""The aggregates a company makes at home, read back: one line per number, checked before anything is used."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marketplace.yourschema.fault import YourSchemaError
from marketplace.yourschema.privacy import check_line
from marketplace.yourschema.profile_line import FIELDS, ProfileLine

if TYPE_CHECKING:
    from marketplace.yourschema.mapping import Mapping


@dataclass
class ColumnProfile:
    """What is known of a column's values; an empty field was not measured, or was too small to tell."""

    null_share: float | None = None
    weights: list[tuple[str, float]] = field(default_factory=list)
    """(value or cat_n, share), most frequent first."""
    quantiles: list[tuple[float, float]] = field(default_factory=list)
    """Numbers, or days since 1970-01-01 for times."""
    true_share: float | None = None
    grid: float | None = None
    hours: dict[int, float] = field(default_factory=dict)
    weekdays: dict[int, float] = field(default_factory=dict)
    fan_out: list[tuple[float, float]] = field(default_factory=list)
    """For a referring column: rows per row referred to."""
    parent_lag: list[tuple[float, float]] = field(default_factory=list)
    """For a referring column: seconds from the parent's time to this row's."""
    row_lag: list[tuple[float, float]] = field(default_factory=list)
    """For a time: seconds after the column it comes after."""
    same_share: float | None = None
    """For a repeating column: share of rows where it does repeat."""


@dataclass
class Profile:
    """Everything measured: rows per table and what is known of columns. Empty without a statistics file (L0)."""

    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[tuple[str, str], ColumnProfile] = field(default_factory=dict)

    def column(self, table: str, column: str) -> ColumnProfile:
        """Return what is known of a column; nothing, if it was not measured."""
        return self.columns.get((table, column)) or ColumnProfile()


def read_profile(text: str, mapping: Mapping) -> Profile:
    """Return the profile in a script's result, saved as CSV, as a JSON array or as JSON lines.

    Raises YourSchemaError for a line that cannot be read, that names an unknown column, or that the privacy rules refuse.
    """
    lines = [_line(number, values) for number, values in _records(text)]
    profile = Profile()
    for line in lines:
        if line.stat == "rows":
            profile.rows[line.table] = int(float(line.amount))
    for line in lines:
        check_line(line, mapping, profile.rows.get(line.table, 0))
        if line.stat != "rows":
            _add(line, profile.columns.setdefault((line.table, line.column), ColumnProfile()))
    for column in profile.columns.values():
        for points in (column.quantiles, column.fan_out, column.parent_lag, column.row_lag):
            points.sort()
    return profile


def _records(text: str) -> list[tuple[int, dict[str, str]]]:
    text = text.lstrip("\ufeff").strip()
    if text.startswith("["):
        try:
            found = json.loads(text)
        except json.JSONDecodeError as error:
            raise YourSchemaError("profile_unreadable", line=error.lineno) from error
        return [(number, record) for number, record in enumerate(found, 1)]
    if text.startswith("{"):
        return [(number, _json_line(number, line)) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    return [(number, dict(record)) for number, record in enumerate(csv.DictReader(io.StringIO(text)), 2)]


def _json_line(number: int, line: str) -> dict[str, str]:
    try:
        return dict(json.loads(line))
    except (json.JSONDecodeError, TypeError, ValueError) as error:
        raise YourSchemaError("profile_unreadable", line=number) from error


def _line(number: int, record: dict[str, str]) -> ProfileLine:
    try:
        table, column, stat, item, amount = (str(record[name] if record[name] is not None else "") for name in FIELDS)
        if not _is_date(amount):
            float(amount)
    except (KeyError, TypeError, ValueError) as error:
        raise YourSchemaError("profile_unreadable", line=number) from error
    return ProfileLine(table, column, stat, item, amount)


def _is_date(amount: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", amount) is not None


def _number(amount: str) -> float:
    """Return a number; a date becomes days since 1970-01-01."""
    if _is_date(amount):
        from datetime import date

        return float((date.fromisoformat(amount) - date(1970, 1, 1)).days)
    return float(amount)


def _add(line: ProfileLine, column: ColumnProfile) -> None:
    amount = _number(line.amount)
    points = {
        "quantile": column.quantiles,
        "rows_per_parent": column.fan_out,
        "seconds_after_parent": column.parent_lag,
        "seconds_after": column.row_lag,
    }
    if line.stat in points:
        points[line.stat].append((float(line.item), amount))
    elif line.stat == "weight":
        column.weights.append((line.item, amount))
    elif line.stat == "multiple_of":
        if amount >= 0.995:
            column.grid = max(float(line.item), column.grid or 0)
    elif line.stat in ("hour", "weekday"):
        (column.hours if line.stat == "hour" else column.weekdays)[int(float(line.item))] = amount
    elif line.stat == "null_share":
        column.null_share = amount
    elif line.stat == "true_share":
        column.true_share = amount
    elif line.stat == "same_share":
        column.same_share = amount
