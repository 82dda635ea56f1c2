"""Two results beside each other: which rows and cells of one the other has not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.verdict import SmallTable

SAME, CHANGED, MOVED = "", "≠", "↕"


@dataclass(frozen=True)
class RowMark:
    """What is to be said of one row."""

    sign: str = SAME
    """Nothing, ≠ for other values, ↕ for another place, or the sign of a row that only this side has."""
    cells: frozenset[int] = frozenset()
    """The columns whose values differ."""


def mark_rows(own: SmallTable, other: SmallTable | None, only_here: str) -> list[RowMark]:
    """A mark for every row of `own`; `only_here` is the sign of rows that `other` lacks."""
    shared = _shared_columns(own, other)
    if other is None or not shared:
        return [RowMark(only_here) for _ in own.rows]
    surplus = frozenset(range(len(own.columns))) - {at for at, _ in shared}
    marks = _mark_shared(own, other, shared, only_here)
    return [RowMark(mark.sign, mark.cells | surplus) for mark in marks]


def _mark_shared(
    own: SmallTable, other: SmallTable, shared: Sequence[tuple[int, int]], only_here: str
) -> list[RowMark]:
    mine = [tuple(repr(row[at]) for at, _ in shared) for row in own.rows]
    theirs = [tuple(repr(row[at]) for _, at in shared) for row in other.rows]
    if Counter(mine) == Counter(theirs):
        return [RowMark(SAME if key == theirs[at] else MOVED) for at, key in enumerate(mine)]
    left = Counter(theirs)
    marks: list[RowMark | None] = []
    for key in mine:
        found = left[key] > 0
        left[key] -= found
        marks.append(RowMark() if found else None)
    rest = list(left.elements())
    return [mark or _nearest(key, rest, shared, only_here) for mark, key in zip(marks, mine, strict=True)]


def _nearest(key: Sequence[Any], rest: list[Any], shared: Sequence[tuple[int, int]], only_here: str) -> RowMark:
    """A row of the other side that begins the same and agrees in most: its other cells are the difference."""
    best = max(rest, key=lambda each: _agreement(key, each), default=None)
    if best is None or _agreement(key, best) == 0 or key[0] != best[0]:
        return RowMark(only_here)
    rest.remove(best)
    return RowMark(
        CHANGED,
        frozenset(own for (own, _), one, two in zip(shared, key, best, strict=True) if one != two),
    )


def _agreement(one: Sequence[Any], two: Sequence[Any]) -> int:
    return sum(a == b for a, b in zip(one, two, strict=True))


def _shared_columns(own: SmallTable, other: SmallTable | None) -> list[tuple[int, int]]:
    """Pairs of column numbers that belong together: by name, or by place where the names are others."""
    if other is None:
        return []
    names, theirs = [each.casefold() for each in own.columns], [each.casefold() for each in other.columns]
    nested = set(names) <= set(theirs) or set(theirs) <= set(names)
    if nested and len(set(names)) == len(names) and len(set(theirs)) == len(theirs):
        return [(at, theirs.index(name)) for at, name in enumerate(names) if name in theirs]
    return [(at, at) for at in range(len(names))] if len(names) == len(theirs) else []
