"""Totals of no rows: NULL where another way of reckoning gives 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.compare.cells import NULL, canonical, rounded

if TYPE_CHECKING:
    from sqlgrade.tables.result import Result


def differ_on_nothing(learner: Result, expected: Result) -> bool:
    """Whether two results of one row differ only by NULL for 0, as totals do where there is nothing to add up."""
    if [len(learner.rows), len(expected.rows)] != [1, 1] or len(learner.columns) != len(expected.columns):
        return False
    cells = zip(*([rounded(canonical(cell)) for cell in result.rows[0]] for result in (learner, expected)), strict=True)
    unlike = [(ours, theirs) for ours, theirs in cells if ours != theirs]
    return bool(unlike) and all(pair in ((NULL, 0), (0, NULL)) for pair in unlike)
