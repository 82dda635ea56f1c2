"""The privacy rules, held twice: in the scripts that run at home, and here before a profile is used.

Counts are rounded to tens, cells of fewer than K rows are dropped, a quantile needs K rows beyond it (so 0.5 % and 99.5 % at
the outermost, never an extreme), names of values leave only where the mapping approves them, and keys, identifiers and free
text are never profiled.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from marketplace.yourschema.fault import YourSchemaError
from marketplace.yourschema.meanings import ProfileClass

if TYPE_CHECKING:
    from marketplace.yourschema.mapping import ColumnPlan, Mapping
    from marketplace.yourschema.profile_line import ProfileLine

K = 20
"""The smallest number of rows a cell may stand for."""

ROUNDED_TO = 10
"""Row counts are told in tens, so that nobody can be counted in or out."""
QUANTILES = (0.005, *(step / 40 for step in range(1, 40)), 0.995)
"""Every 2.5 %; the ends stop short of the extremes, which are single people."""

_ALLOWED = {
    ProfileClass.NEVER: {"null_share"},
    ProfileClass.WEIGHTS: {"null_share", "weight"},
    ProfileClass.QUANTILES: {"null_share", "quantile", "multiple_of"},
    ProfileClass.TIMES: {"null_share", "quantile", "hour", "weekday", "seconds_after"},
    ProfileClass.SHARE: {"null_share", "true_share"},
}
"""What may be told of a column of each class, at the most."""
_REFERENCE = {"rows_per_parent", "seconds_after_parent"}
"""What may be told besides of a column that refers to another table."""
_POINTS = {"quantile", "rows_per_parent", "seconds_after_parent", "seconds_after"}
"""Statistics that come point by point, each at a quantile."""
_CELLS = {"weight", "hour", "weekday"}
"""Statistics that are shares of rows, none of which may stand for fewer than K."""
_HIDDEN_NAME = re.compile(r"cat_\d{1,4}")
"""What stands for a category whose name may not leave the house."""


def allowed_stats(column: ColumnPlan) -> set[str]:
    """Return the statistics that may be kept of a column."""
    found = set(_ALLOWED[column.profile])
    if column.references:
        found |= _REFERENCE
    if column.same_as:
        found.add("same_share")
    return found


def check_line(line: ProfileLine, mapping: Mapping, rows: int) -> None:
    """Raise YourSchemaError when a number of a profile breaks the rules, or belongs to nothing in the mapping."""
    table = mapping.table(line.table)
    column = table.column(line.column) if table else None
    if table is None or (column is None and line.stat != "rows"):
        raise YourSchemaError("profile_unknown_column", table=line.table, column=line.column)
    if column is None:
        return
    if line.stat not in allowed_stats(column):
        raise YourSchemaError("profile_not_allowed", place=line.place)
    if line.stat == "weight" and column.values == "hidden" and not _HIDDEN_NAME.fullmatch(line.item):
        raise YourSchemaError("profile_not_allowed", place=line.place)
    if line.stat in _CELLS and float(line.amount) and rows and _most_rows(float(line.amount), rows) < K:
        raise YourSchemaError("profile_small_cell", place=line.place, k=K)
    if line.stat in _POINTS and not _outermost(float(line.item)):
        raise YourSchemaError("profile_small_cell", place=line.place, k=K)
    if line.stat == "quantile" and rows and _most_rows(min(float(line.item), 1 - float(line.item)), rows) < K:
        raise YourSchemaError("profile_small_cell", place=line.place, k=K)


def _most_rows(share: float, rows: int) -> float:
    """Return the most rows a rounded share of a rounded count can stand for."""
    return (share + 0.00005) * (rows + ROUNDED_TO / 2)


def _outermost(quantile: float) -> bool:
    return QUANTILES[0] <= quantile <= QUANTILES[-1]
