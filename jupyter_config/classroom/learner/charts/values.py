"""A result's columns as the numbers that a drawing needs, or why they are none."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from classroom.messages import say_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.session.result import ResultTable

_MOST_ROWS, _MOST_COLUMNS = 60, 26


class Misfit(Exception):  # noqa: N818  (told as a sentence in the drawing's place)
    """A result does not fit the drawing: the code of a sentence, and the column that it is about."""

    def __init__(self, code: str, column: str = "") -> None:
        super().__init__(code)
        self.code, self.column = code, column

    def sentence(self, lang: str) -> str:
        """What does not fit, and what to do about it."""
        return say_in("classroom.learner.charts", self.code, lang, column=self.column)


def column_of(result: ResultTable, name: str) -> list[Any]:
    """The values of a column, its name in any case of letters; raises Misfit if it is gone."""
    known = {each.lower(): at for at, each in enumerate(result.columns)}
    if name.lower() not in known:
        raise Misfit("gone", name)
    at = known[name.lower()]
    return [row[at] for row in result.rows]


def numbers_of(result: ResultTable, name: str) -> list[float]:
    """The values of a column that must all be numbers; raises Misfit if it is gone or one is none."""
    return [as_number(each, name) for each in column_of(result, name)]


def as_number(value: Any, column: str) -> float:
    """A value as a number; raises Misfit if it is none, or none that can be drawn: a division by zero gives inf or nan."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not math.isfinite(value):
        raise Misfit("no_number", column)
    return float(value)


def number_text(value: float) -> str:
    """A number with thousands apart, and as many decimals as its size deserves."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:,.3g}"


def crossed(
    result: ResultTable, down: str, across: str, summed: str
) -> tuple[dict[tuple[Any, Any], float], list[Any], list[Any]]:
    """Sums of a column by the values of two others, both in their order; numbers before texts.

    Raises:
        Misfit: a column is gone or no number, nothing can be summed, or there are too many columns.
    """
    rows, columns = column_of(result, down), column_of(result, across)
    sums: dict[tuple[Any, Any], float] = {}
    for row, column, value in zip(rows, columns, column_of(result, summed), strict=True):
        if value is not None:
            sums[row, column] = sums.get((row, column), 0.0) + as_number(value, summed)
    if not sums:
        raise Misfit("empty")
    if len(ordered := _in_order(columns)) > _MOST_COLUMNS:
        raise Misfit("too_wide", across)
    return sums, _in_order(rows)[:_MOST_ROWS], ordered


def _in_order(values: Iterable[Any]) -> list[Any]:
    def rank(value: Any) -> tuple[int, float, str]:
        is_number = isinstance(value, int | float)
        return (0 if is_number else 1 if value is not None else 2, value if is_number else 0.0, str(value))

    return sorted(dict.fromkeys(values), key=rank)
