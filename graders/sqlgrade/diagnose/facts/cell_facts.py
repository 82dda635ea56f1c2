"""Facts about cells: how the values of a column differ from the expected ones."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlgrade.compare.cells import canonical, rounded
from sqlgrade.compare.totals import differ_on_nothing
from sqlgrade.verdict import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlgrade.diagnose.facts.evidence import Evidence

CellPairs: TypeAlias = list[tuple[Any, Any]]
"""Cells of one column that differ: (learner's, expected)."""

_FEWEST_FOR_A_PATTERN = 3
_HOUR = 3600
_SHORTEST_MONTH = 28 * 86_400
_DAY = 24 * _HOUR
_NEAR = 1e-9


def cell_facts(evidence: Evidence, pool: Sequence[Evidence]) -> Iterator[Remark]:
    """For each column that differs the one fact that explains all its cells; a pattern must hold in the pool too.

    What is told of rows need not hold where there are none and the totals are NULL for 0.
    """
    if not evidence.pairs or evidence.names_exchanged:
        return
    pool = [other for other in pool if other.pairs]
    columns = _columns_apart(evidence)
    if len(columns) == 1 < len(evidence.learner.columns) and not any(
        {*_columns_apart(other)} - {*columns} for other in pool
    ):
        yield Remark("only_column", {"column": evidence.called(columns[0])})
    if not differ_on_nothing(evidence.learner, evidence.expected):
        pool = [other for other in pool if not differ_on_nothing(other.learner, other.expected)]
    for column in columns:
        shown = _differing(evidence, column)
        pooled = [cells for other in pool for cells in _differing(other, column)]
        right = [cell for each in (evidence, *pool) for cell in _right(each, column)]
        one_row = len(evidence.learner.rows) == len(evidence.expected.rows) == 1
        remark = _explained(evidence.called(column), shown, pooled, right, one_row=one_row)
        if remark is not None:
            yield remark


def _columns_apart(evidence: Evidence) -> list[int]:
    """The places of the columns that differ in some row."""
    return [place for place in range(len(evidence.learner.columns)) if _differing(evidence, place)]


def _differing(evidence: Evidence, column: int) -> CellPairs:
    pairs = [(ours[column], theirs[column]) for ours, theirs in evidence.pairs]
    return [(a, b) for a, b in pairs if rounded(canonical(a)) != rounded(canonical(b))]


def _right(evidence: Evidence, column: int) -> Iterator[Any]:
    """Yield the cells of a column that are as expected."""
    yield from (row[column] for row in evidence.kept_by_learner)
    for ours, theirs in evidence.pairs:
        if rounded(canonical(ours[column])) == rounded(canonical(theirs[column])):
            yield ours[column]


def _explained(
    column: str, shown: CellPairs, pooled: CellPairs, right: Sequence[Any], *, one_row: bool
) -> Remark | None:
    """The first explanation that fits every cell shown and every cell of the pool that differs."""
    for explain in _EXPLANATIONS:
        found = explain([*shown, *pooled])
        if found is not None:
            code, params = found
            counted = {"count": len(shown)} if code in _COUNTED else {}
            if code in _OF_EVERY_VALUE and not all(_is_zero(cell) and code == "ratio" for cell in right):
                code += "_where"
            if code in _OF_BLANKS and one_row:
                return Remark(f"{code}_alone", {"column": column, **params})
            return Remark(code, {"column": column, **params, **counted})
    return None


Explanation: TypeAlias = tuple[str, dict[str, Any]] | None


def _nulls(cells: CellPairs) -> Explanation:
    """NULL on one side throughout, against 0 or against values."""
    if all(ours is None for ours, _ in cells):
        return ("null_for_zero" if all(_is_zero(theirs) for _, theirs in cells) else "null_for_value"), {}
    if all(theirs is None for _, theirs in cells):
        return ("zero_for_null" if all(_is_zero(ours) for ours, _ in cells) else "value_for_null"), {}
    return None


def _wholes(cells: CellPairs) -> Explanation:
    """The whole part of the expected number."""
    numbers = _numbers(cells)
    fits = numbers and all(
        math.trunc(theirs) == ours != theirs or math.floor(theirs) == ours for ours, theirs in numbers
    )
    return (
        ("integer_part", {})
        if fits and any(ours for ours, _ in numbers) and any(not theirs.is_integer() for _, theirs in numbers)
        else None
    )


def _rounding(cells: CellPairs) -> Explanation:
    """Equal once both are rounded, and one side is rounded already: else a near value would pass for a rounded one."""
    numbers = _numbers(cells)
    if not numbers:
        return None
    for digits in (6, 5, 4, 3, 2, 1, 0):
        rounds = [(round(ours, digits), round(theirs, digits)) for ours, theirs in numbers]
        told = digits > 0 or any(abs(theirs) > 1 for _, theirs in numbers)
        is_rounded = any(
            all(pair[side] == rounded[side] for pair, rounded in zip(numbers, rounds, strict=True)) for side in (0, 1)
        )
        if all(a == b for a, b in rounds) and any(a for a, _ in rounds) and told and is_rounded:
            return ("rounding", {"digits": digits}) if digits else ("rounding_whole", {})
    return None


def _ratio(cells: CellPairs) -> Explanation:
    """The same factor in every cell."""
    numbers = [(ours, theirs) for ours, theirs in _numbers(cells) if theirs or ours]
    distinct = {theirs for _, theirs in numbers}
    if len(numbers) < _FEWEST_FOR_A_PATTERN or len(distinct) < 2 or any(not theirs for _, theirs in numbers):
        return None
    factor = numbers[0][0] / numbers[0][1]
    same = all(math.isclose(ours / theirs, factor, rel_tol=1e-6) for ours, theirs in numbers)
    if not same or (factor in (0, 1, -1) and factor != -1):
        return None
    return ("ratio", {"factor": _tidy(factor)}) if _tidy(factor) is not None else None


def _offset(cells: CellPairs) -> Explanation:
    """The same amount above or below in every cell."""
    numbers = _numbers(cells)
    if len(numbers) < _FEWEST_FOR_A_PATTERN:
        return None
    amount = numbers[0][0] - numbers[0][1]
    if not amount or any(not math.isclose(ours - theirs, amount, abs_tol=_NEAR) for ours, theirs in numbers):
        return None
    return ("offset_above" if amount > 0 else "offset_below"), {"amount": _tidy(abs(amount)) or abs(amount)}


def _one_sided(cells: CellPairs) -> Explanation:
    """Always the larger, or always the smaller."""
    numbers = _numbers(cells)
    if len(numbers) < _FEWEST_FOR_A_PATTERN:
        return None
    if all(ours > theirs for ours, theirs in numbers):
        return "values_above", {}
    return ("values_below", {}) if all(ours < theirs for ours, theirs in numbers) else None


def _time_shift(cells: CellPairs) -> Explanation:
    """Moved by the same number of hours or days."""
    if not all(isinstance(cell, dt.date) for pair in cells for cell in pair):
        return None
    shifts = [(_instant(ours) - _instant(theirs)).total_seconds() for ours, theirs in cells]
    if len(set(shifts)) == 1 and (len(cells) > 1 or abs(shifts[0]) < 2 * _DAY):
        periods = all(cell.day == 1 for pair in cells for cell in pair)
        if (found := _moved_by(abs(shifts[0]), "later" if shifts[0] > 0 else "earlier", periods=periods)) is not None:
            return found
    return ("next_day", {}) if all(0 < abs(shift) <= _DAY and shift % _DAY == 0 for shift in shifts) else None


def _moved_by(seconds: float, way: str, *, periods: bool) -> Explanation:
    """So many months, days or hours; the months of periods, of which a row has met another one, are not counted."""
    if seconds >= _SHORTEST_MONTH and periods:
        return f"months_{way}", {}
    if seconds % _DAY == 0:
        return f"days_{way}", {"days": int(seconds // _DAY)}
    return (f"hours_{way}", {"hours": _tidy(seconds / _HOUR)}) if seconds % (_HOUR / 2) == 0 else None


def _texts(cells: CellPairs) -> Explanation:
    """Only letter case or spaces, or the right value written as text."""
    if all(isinstance(cell, str) for pair in cells for cell in pair):
        if all(ours.casefold() == theirs.casefold() for ours, theirs in cells):
            return "letter_case", {}
        if all("".join(ours.split()) == "".join(theirs.split()) for ours, theirs in cells):
            return "spaces", {}
        return None
    if not all(isinstance(ours, str) for ours, _ in cells):
        return None
    if all(isinstance(theirs, dt.date) and _reads_as(ours, theirs) for ours, theirs in cells):
        return "date_as_text", {}
    return ("number_as_text", {}) if all(_same_number(ours, theirs) for ours, theirs in cells) else None


_EXPLANATIONS: tuple[Callable[[CellPairs], Explanation], ...] = (
    _nulls,
    _texts,
    _time_shift,
    _wholes,
    _rounding,
    _ratio,
    _offset,
    _one_sided,
)
_OF_EVERY_VALUE = frozenset(["ratio", "offset_above", "offset_below"])
_OF_BLANKS = frozenset(["null_for_zero", "null_for_value", "zero_for_null", "value_for_null"])
_COUNTED = _OF_BLANKS | {"next_day", "values_above", "values_below"}


def _numbers(cells: CellPairs) -> list[tuple[float, float]]:
    """The cells as numbers; none if any of them is not one."""
    good = all(
        isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool) for pair in cells for cell in pair
    )
    numbers = [(float(ours), float(theirs)) for ours, theirs in cells] if good else []
    return numbers if all(math.isfinite(cell) for pair in numbers for cell in pair) else []


def _tidy(value: float) -> int | float | None:
    """A number as one would say it: whole, a fraction of whole (as a decimal), or None if it is neither."""
    if math.isclose(value, round(value), rel_tol=1e-6) and round(value):
        return round(value)
    if math.isclose(value, round(value, 2), rel_tol=1e-6):
        return round(value, 2)
    if value and math.isclose(1 / value, round(1 / value), rel_tol=1e-6) and abs(1 / value) <= 10_000:
        return float(f"{value:.4g}")
    return None


def _is_zero(value: Any) -> bool:
    return isinstance(value, (int, float, Decimal)) and value == 0


def _instant(value: dt.date) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001  (a date has no zone)


def _reads_as(text: str, value: dt.date) -> bool:
    digits = "".join(c for c in text if c.isdigit())
    plain = f"{value:%Y%m%d%H%M%S}" if isinstance(value, dt.datetime) else f"{value:%Y%m%d}"
    return len(digits) >= 6 and (plain.startswith(digits) or plain[2:].startswith(digits))


def _same_number(text: str, value: Any) -> bool:
    try:
        return isinstance(value, (int, float, Decimal)) and math.isclose(float(text.replace(",", "")), float(value))
    except ValueError:
        return False
