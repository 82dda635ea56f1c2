"""Repairs read off the values themselves: one column that is so many times, or so much, too large in every row."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause
from sqlgrade.tables.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.outcomes.trial import Trial
    from sqlgrade.query.query import Query

_MOST_DATABASES = 6
_SMALLEST, _LARGEST = 1e-5, 1e5
_OF_UNITS = frozenset({7, 10, 12, 24, 60, 100, 1000, 1440, 3600, 10_000, 86_400})
"""Factors between units and in percent; another one is there for another reason, such as rows that are always in twos."""


def rescaled(learner: Query, trial: Trial) -> Iterator[Edit]:
    """Divide an output column by the factor, or take off the amount, by which it is too large on the databases."""
    block = learner.tree
    if not isinstance(block, exp.Select) or block.is_star:
        return
    pairs = _sides(learner, trial)
    for place, item in enumerate(block.expressions):
        cells = [cell for ours, theirs in pairs for cell in _numbers(ours.rows, theirs.rows, place)]
        for operation, number in _patterns(cells):
            if operation == "/" and not _may_be_unit(number, item):
                continue
            kind = exp.Div if operation == "/" else exp.Add if number < 0 else exp.Sub
            inner = exp.Paren(this=item.unalias().copy())
            constant = exp.Literal.number(f"{number if operation == '/' else abs(number):.10g}")
            mended = kind(this=inner, expression=constant)
            named = exp.alias_(mended, item.alias_or_name or "c", quoted=True)
            yield Edit(item, learner.replace(item, named), "E43", Clause.SELECT)


def _may_be_unit(factor: float, item: exp.Expr) -> bool:
    """Whether a factor can come from a unit, or from what the column itself multiplies, divides or takes off."""
    size = round(max(abs(factor), 1 / abs(factor)))
    return size in _OF_UNITS or item.find(exp.Mul, exp.Div, exp.IntDiv, exp.Sub) is not None


def _sides(learner: Query, trial: Trial) -> list[tuple[Result, Result]]:
    """Both results on the first databases on which they have rows, and as many of them."""
    found = []
    own = learner.tree.sql("duckdb")
    for name in trial.databases[:_MOST_DATABASES]:
        ours, theirs = trial.run(own, name), trial.references[name].result
        if isinstance(ours, Result) and len(ours.columns) == len(theirs.columns) and theirs.rows:
            if len(ours.rows) != len(theirs.rows):
                return []
            found.append((ours, theirs))
    return found


def _numbers(
    ours: Sequence[Sequence[object]], theirs: Sequence[Sequence[object]], place: int
) -> list[tuple[float, float]]:
    """The numbers of a column on both sides, least with least: order may be free."""
    one, other = (
        sorted(
            float(cell)
            for row in rows
            if isinstance(cell := row[place], int | float | Decimal) and not isinstance(cell, bool)
        )
        for rows in (ours, theirs)
    )
    return list(zip(one, other, strict=True)) if len(one) == len(other) else []


def _patterns(cells: Sequence[tuple[float, float]]) -> Iterator[tuple[str, float]]:
    if not cells or not all(math.isfinite(a) and math.isfinite(b) for a, b in cells):
        return
    ratios = [ours / theirs for ours, theirs in cells if theirs]
    one_ratio = ratios and ratios[0] and all(math.isclose(each, ratios[0], rel_tol=1e-3) for each in ratios)
    factor = _tidy(ratios[0]) if one_ratio else None
    if factor is not None and factor != 1 and _SMALLEST < abs(factor) < _LARGEST:
        yield "/", factor
    amounts = [ours - theirs for ours, theirs in cells]
    if amounts[0] and all(math.isclose(each, amounts[0], abs_tol=1e-9) for each in amounts):
        yield "-", amounts[0]


def _tidy(ratio: float) -> float | None:
    """A factor as one would write it: rounding has blurred 99.98 and 0.01667; None for one that is there by chance."""
    for number in (ratio, 1 / ratio):
        if round(number) and math.isclose(number, round(number), rel_tol=2e-3):
            whole = float(round(number))
            return whole if number is ratio else 1 / whole
    return None
