"""Results as short hashes, so that behaviours can be looked up."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlgrade.compare.cells import Cell, canonical, rounded
from sqlgrade.tables.result import Result, RunError

if TYPE_CHECKING:
    from collections.abc import Sequence


def fingerprint(outcome: Result | RunError) -> str:
    """Hash of the bag of canonical rows (doubles to 9 digits); a failing query's is its kind of failure."""
    if isinstance(outcome, RunError):
        return f"error:{outcome.kind}"
    text = f"{len(outcome.columns)}|" + "\n".join(sorted(_lines(outcome, ())))
    return hashlib.blake2b(text.encode(), digest_size=10).hexdigest()


def same_sequence(one: Result | RunError, other: Result | RunError, by: Sequence[int] = ()) -> bool:
    """Whether two results have the same rows, by the same measure, in the same order; or the same in these columns alone."""
    return isinstance(one, Result) and isinstance(other, Result) and _lines(one, by) == _lines(other, by)


def _lines(result: Result, by: Sequence[int]) -> list[str]:
    rows = ([row[place] for place in by] if by else row for row in result.rows)
    return [repr(tuple(_hashed(canonical(cell)) for cell in row)) for row in rows]


def _hashed(cell: Cell) -> Cell:
    """A cell as text that equal numbers share, whatever their type."""
    if isinstance(cell, Decimal):
        cell = int(cell) if cell == cell.to_integral_value() else float(cell)
    return rounded(cell, 9)
