"""Results as short hashes, so that behaviours can be looked up."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from sqlgrade.compare.cells import Cell, canonical, rounded
from sqlgrade.tables.result import Result, RunError


def fingerprint(outcome: Result | RunError) -> str:
    """Hash of the bag of canonical rows (doubles to 9 digits); a failing query's is its kind of failure."""
    if isinstance(outcome, RunError):
        return f"error:{outcome.kind}"
    text = f"{len(outcome.columns)}|" + "\n".join(sorted(_lines(outcome)))
    return hashlib.blake2b(text.encode(), digest_size=10).hexdigest()


def same_sequence(one: Result | RunError, other: Result | RunError) -> bool:
    """Whether two results have the same rows, by the same measure, in the same order."""
    return isinstance(one, Result) and isinstance(other, Result) and _lines(one) == _lines(other)


def _lines(result: Result) -> list[str]:
    return [repr(tuple(_hashed(canonical(cell)) for cell in row)) for row in result.rows]


def _hashed(cell: Cell) -> Cell:
    """A cell as text that equal numbers share, whatever their type."""
    if isinstance(cell, Decimal):
        cell = int(cell) if cell == cell.to_integral_value() else float(cell)
    return rounded(cell, 9)
