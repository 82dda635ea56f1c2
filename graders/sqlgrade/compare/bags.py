"""Two bags of rows compared by value, doubles within a tolerance."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from sqlgrade.compare.cells import CanonicalRow, Cell, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

Indexes: TypeAlias = list[int]
_MATCHING_LIMIT = 300


@dataclass(frozen=True)
class Tolerance:
    """How far numbers may lie apart; steps holds half a unit of the last place for columns the solution rounds."""

    relative: float = 1e-9
    absolute: float = 1e-9
    steps: dict[int, float] = field(default_factory=dict)

    def close(self, left: Cell, right: Cell, column: int) -> bool:
        """True if two cells of a column count as equal."""
        if left == right:
            return True
        inexact = isinstance(left, float) or isinstance(right, float) or column in self.steps
        if not inexact or not _finite(left) or not _finite(right):
            return False
        a, b = float(left), float(right)  # type: ignore[arg-type]
        slack = max(self.absolute, self.relative * max(abs(a), abs(b)), self.steps.get(column, 0.0) * (1 + 1e-9))
        return abs(a - b) <= slack


@dataclass(frozen=True)
class BagDifference:
    """Row numbers that have no partner on the other side."""

    missing: Indexes
    extra: Indexes

    @property
    def same(self) -> bool:
        """True if every row has a partner."""
        return not self.missing and not self.extra


def compare_bags(
    learner: Sequence[CanonicalRow], expected: Sequence[CanonicalRow], tolerance: Tolerance
) -> BagDifference:
    """Pairs up equal rows; what is left over is missing or extra."""
    if not tolerance.steps and Counter(learner) == Counter(expected):
        return BagDifference([], [])
    extra, missing = _unpaired(learner, expected)
    if not extra or not missing:
        return BagDifference(missing, extra)
    return _paired_within_tolerance(learner, expected, extra, missing, tolerance)


def _unpaired(learner: Sequence[CanonicalRow], expected: Sequence[CanonicalRow]) -> tuple[Indexes, Indexes]:
    """Rows left over after pairing those equal to 12 significant digits."""
    waiting: dict[CanonicalRow, Indexes] = defaultdict(list)
    for place, row in enumerate(expected):
        waiting[tuple(map(rounded, row))].append(place)
    extra: Indexes = []
    for place, row in enumerate(learner):
        partners = waiting.get(tuple(map(rounded, row)))
        if partners:
            partners.pop(0)
        else:
            extra.append(place)
    return extra, sorted(place for places in waiting.values() for place in places)


def _paired_within_tolerance(
    learner: Sequence[CanonicalRow],
    expected: Sequence[CanonicalRow],
    extra: Indexes,
    missing: Indexes,
    tolerance: Tolerance,
) -> BagDifference:
    columns = _inexact_columns([learner[i] for i in extra] + [expected[i] for i in missing], tolerance)
    if not columns:
        return BagDifference(missing, extra)
    groups: dict[CanonicalRow, tuple[Indexes, Indexes]] = defaultdict(lambda: ([], []))
    for place in extra:
        groups[_exact_part(learner[place], columns)][0].append(place)
    for place in missing:
        groups[_exact_part(expected[place], columns)][1].append(place)
    paired_extra: set[int] = set()
    paired_missing: set[int] = set()
    for lefts, rights in groups.values():
        for left, right in _matched(learner, expected, lefts, rights, columns, tolerance):
            paired_extra.add(left)
            paired_missing.add(right)
    return BagDifference(
        [place for place in missing if place not in paired_missing],
        [place for place in extra if place not in paired_extra],
    )


def _inexact_columns(rows: Sequence[CanonicalRow], tolerance: Tolerance) -> list[int]:
    width = len(rows[0])
    return [c for c in range(width) if c in tolerance.steps or any(isinstance(row[c], float) for row in rows)]


def _exact_part(row: CanonicalRow, inexact: list[int]) -> CanonicalRow:
    return tuple(("?",) if c in inexact and _finite(cell) else cell for c, cell in enumerate(row))


def _matched(
    learner: Sequence[CanonicalRow],
    expected: Sequence[CanonicalRow],
    lefts: Indexes,
    rights: Indexes,
    columns: list[int],
    tolerance: Tolerance,
) -> list[tuple[int, int]]:
    """Pairs of close rows: in sorted order for one column or a large group, else by augmenting paths."""

    def close(left: int, right: int) -> bool:
        return all(tolerance.close(learner[left][c], expected[right][c], c) for c in columns)

    if len(columns) == 1 or len(lefts) * len(rights) > _MATCHING_LIMIT**2:
        return _matched_in_order(learner, expected, lefts, rights, columns, tolerance)
    partner: dict[int, int] = {}
    for left in lefts:
        _augment(left, rights, close, partner, set())
    return [(left, right) for right, left in partner.items()]


def _matched_in_order(
    learner: Sequence[CanonicalRow],
    expected: Sequence[CanonicalRow],
    lefts: Indexes,
    rights: Indexes,
    columns: list[int],
    tolerance: Tolerance,
) -> list[tuple[int, int]]:
    def place_of(rows: Sequence[CanonicalRow], index: int) -> tuple[float, ...]:
        return tuple(_as_float(rows[index][c]) for c in columns)

    ours = sorted(lefts, key=lambda i: place_of(learner, i))
    theirs = sorted(rights, key=lambda i: place_of(expected, i))
    pairs, i, j = [], 0, 0
    while i < len(ours) and j < len(theirs):
        if all(tolerance.close(learner[ours[i]][c], expected[theirs[j]][c], c) for c in columns):
            pairs.append((ours[i], theirs[j]))
            i, j = i + 1, j + 1
        elif place_of(learner, ours[i]) < place_of(expected, theirs[j]):
            i += 1
        else:
            j += 1
    return pairs


def _augment(left: int, rights: Indexes, close: object, partner: dict[int, int], seen: set[int]) -> bool:
    for right in rights:
        if right in seen or not close(left, right):  # type: ignore[operator]
            continue
        seen.add(right)
        if right not in partner or _augment(partner[right], rights, close, partner, seen):
            partner[right] = left
            return True
    return False


def _finite(cell: Cell) -> bool:
    if isinstance(cell, float):
        return cell not in (float("inf"), float("-inf"))
    return isinstance(cell, (int, Decimal)) and not isinstance(cell, bool)


def _as_float(cell: Cell) -> float:
    return float(cell) if _finite(cell) else float("inf")  # type: ignore[arg-type]
