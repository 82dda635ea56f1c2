"""One result compared with one reference, rule by rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlgrade.compare.bags import BagDifference, Tolerance, compare_bags
from sqlgrade.compare.cells import (
    BOOLEAN,
    NOTHING,
    NUMBER,
    CanonicalRow,
    Cell,
    canonical,
    family,
    is_number,
    kind_of,
    rounded,
)
from sqlgrade.record import RowOrder, Rules
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import Result, RunError
from sqlgrade.verdict import Diff, DiffKind, Remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.compare.reference import Reference


@dataclass(frozen=True)
class Same:
    """No difference, with remarks such as a boolean given for 0 and 1."""

    notes: tuple[Remark, ...] = ()


def compare(learner: Result | RunError, reference: Reference, rules: Rules) -> Same | Diff:
    """The learner's result against the solution's under the exercise's rules; columns by position."""
    expected = reference.result
    if isinstance(learner, RunError):
        return _error_diff(learner, expected)
    if len(learner.columns) != len(expected.columns):
        return Diff(DiffKind.WIDTH, len(learner.rows), len(expected.rows))
    if learner.types == expected.types and learner.rows == expected.rows:
        return _compare_names(learner, rules) or Same()  # the solution's own rows keep every rule
    if not learner.rows and not expected.rows:
        return _compare_empty(learner, expected, rules)
    notes: list[Remark] = []
    ours = _as_numbers(_canonical_rows(learner), reference.rows, rules, notes)
    difference = _compare_rows(ours, learner, reference, rules)
    if difference is not None and _only_exchanged(ours, learner, reference, rules):
        return Diff(DiffKind.COLUMNS_PERMUTED, len(learner.rows), len(expected.rows))
    if difference is None and _is_unrounded(ours, learner, reference, rules):
        notes.append(Remark("unrounded"))
    return difference or _compare_names(learner, rules) or Same(tuple(notes))


def _error_diff(error: RunError, expected: Result) -> Diff:
    rows = len(expected.rows)
    if error.kind == kinds.TOO_LARGE and error.subtype.isdigit() and int(error.subtype) >= rows:
        given_up = int(error.subtype) + 1
        return Diff(DiffKind.EXTRA_ROWS, given_up, rows, extra_count=given_up - rows, uncounted=True)
    return Diff(DiffKind.ERROR, 0, rows)


def _compare_empty(learner: Result, expected: Result, rules: Rules) -> Same | Diff:
    pairs = [(family(a), family(b)) for a, b in zip(learner.types, expected.types, strict=True)]
    free = {NUMBER, BOOLEAN} if rules.bool_as_int == "note" else set()
    if all(a == b or NOTHING in (a, b) or {a, b} == free for a, b in pairs):
        return _compare_names(learner, rules) or Same()
    return Diff(DiffKind.TYPES, 0, 0)


def _only_exchanged(ours: tuple[CanonicalRow, ...], learner: Result, reference: Reference, rules: Rules) -> bool:
    """True if the task names its columns, and the learner's are right once they stand in that order."""
    given, wanted = ([name.casefold() for name in names] for names in (learner.columns, rules.column_names))
    if rules.columns != "named" or given == wanted or sorted(given) != sorted(wanted) or len(set(given)) < len(given):
        return False
    order = [given.index(name) for name in wanted]
    return _compare_rows(tuple(tuple(row[c] for c in order) for row in ours), learner, reference, rules) is None


def _is_unrounded(ours: tuple[CanonicalRow, ...], learner: Result, reference: Reference, rules: Rules) -> bool:
    """True if an answer that is right is so only because values are accepted that aren't rounded as the solution's are."""
    if not tolerance_of(reference, rules).steps:
        return False
    return _compare_rows(ours, learner, reference, replace(rules, rounded="strict")) is not None


def _compare_names(learner: Result, rules: Rules) -> Diff | None:
    if rules.columns != "named" or not rules.column_names:
        return None
    given = tuple(name.casefold() for name in learner.columns)
    if given == tuple(name.casefold() for name in rules.column_names):
        return None
    return Diff(DiffKind.NAMES_ONLY, len(learner.rows), len(learner.rows))


def _canonical_rows(result: Result) -> tuple[CanonicalRow, ...]:
    return tuple(tuple(map(canonical, row)) for row in result.rows)


def _as_numbers(
    ours: tuple[CanonicalRow, ...], theirs: tuple[CanonicalRow, ...], rules: Rules, notes: list[Remark]
) -> tuple[CanonicalRow, ...]:
    """Booleans read as 0 and 1 (or the other way) where the other side has the other kind, if the rules allow it."""
    if rules.bool_as_int != "note" or not ours or not theirs:
        return ours
    for column in range(len(ours[0])):
        booleans = any(_is_boolean(row[column]) for row in ours)
        wanted = any(_is_boolean(row[column]) for row in theirs)
        if booleans and not wanted and any(is_number(row[column]) for row in theirs):
            ours = tuple(_replaced(row, column, _to_number(row[column])) for row in ours)
        elif wanted and not booleans and any(is_number(row[column]) for row in ours):
            ours = tuple(_replaced(row, column, _to_boolean(row[column])) for row in ours)
        else:
            continue
        notes.append(Remark("boolean_as_number", {"column": column + 1}))
    return ours


def _is_boolean(cell: Cell) -> bool:
    return isinstance(cell, tuple) and cell[0] == "boolean"


def _to_number(cell: Cell) -> Cell:
    return int(cell[1]) if isinstance(cell, tuple) and cell[0] == "boolean" else cell


def _to_boolean(cell: Cell) -> Cell:
    return ("boolean", bool(cell)) if cell in (0, 1) else cell


def _replaced(row: CanonicalRow, column: int, cell: Cell) -> CanonicalRow:
    return (*row[:column], cell, *row[column + 1 :])


def tolerance_of(reference: Reference, rules: Rules) -> Tolerance:
    """The tolerance of a comparison, with the steps of rounded columns if the rules accept unrounded values."""
    steps = dict(reference.steps) if rules.rounded == "accept_unrounded" else {}
    return Tolerance(rules.rel_tol, rules.abs_tol, steps)


def order_counts(reference: Reference, rules: Rules) -> bool:
    """True if the sequence of rows is part of the task."""
    return rules.row_order is RowOrder.CHECKED or (
        rules.row_order is RowOrder.AS_SOLUTION and reference.keys is not None
    )


def _compare_rows(ours: tuple[CanonicalRow, ...], learner: Result, reference: Reference, rules: Rules) -> Diff | None:
    tolerance = tolerance_of(reference, rules)
    theirs = reference.rows
    if reference.limited and rules.ties == "free":
        theirs = _with_free_choices(ours, reference)
    if rules.rows == "set":
        ours, theirs = _distinct(ours), _distinct(theirs)
    found = compare_bags(ours, theirs, tolerance)
    if not found.same:
        return _bag_diff(found, ours, theirs, learner, reference, tolerance)
    if order_counts(reference, rules) and not _ordered(ours, reference, rules, tolerance):
        return Diff(DiffKind.ORDER_ONLY, len(learner.rows), len(reference.result.rows))
    return None


def _distinct(rows: Sequence[CanonicalRow]) -> tuple[CanonicalRow, ...]:
    return tuple({tuple(map(rounded, row)): row for row in rows}.values())


def _with_free_choices(ours: Sequence[CanonicalRow], reference: Reference) -> tuple[CanonicalRow, ...]:
    """The expected rows, with the learner's own choice among rows tied at an edge of the window."""
    wanted = Counter(tuple(map(rounded, row)) for row in ours)
    chosen: list[CanonicalRow] = []
    partial: list[tuple[list[CanonicalRow], int]] = []
    for group, taken in reference.cut_groups:
        rows = [reference.pool[i] for i in group]
        if taken == len(rows):
            chosen += rows
            wanted.subtract(tuple(map(rounded, row)) for row in rows)
        else:
            partial.append((rows, taken))
    for rows, taken in partial:
        picked: list[CanonicalRow] = []
        left: list[CanonicalRow] = []
        for row in rows:
            key = tuple(map(rounded, row))
            fits = wanted[key] > 0 and len(picked) < taken
            (picked if fits else left).append(row)
            wanted[key] -= fits
        chosen += [*picked, *left][:taken]
    return tuple(chosen)


def _ordered(ours: Sequence[CanonicalRow], reference: Reference, rules: Rules, tolerance: Tolerance) -> bool:
    """True if the learner's sequence falls into segments that equal the key groups, one after another."""
    if rules.row_order is RowOrder.CHECKED:
        return all(not compare_bags([a], [b], tolerance).missing for a, b in zip(ours, reference.rows, strict=True))
    if reference.limited:
        return _segments_fit(ours, [([reference.pool[i] for i in g], n) for g, n in reference.cut_groups], tolerance)
    rows = reference.pool if reference.unlimited is not None else reference.rows
    orders = reference.orders(free_nulls=rules.nulls == "free")
    return any(_segments_fit(ours, [([rows[i] for i in g], len(g)) for g in order], tolerance) for order in orders)


def _segments_fit(
    ours: Sequence[CanonicalRow], segments: Sequence[tuple[list[CanonicalRow], int]], tolerance: Tolerance
) -> bool:
    start = 0
    for rows, taken in segments:
        found = compare_bags(ours[start : start + taken], rows, tolerance)
        if found.extra or len(found.missing) != len(rows) - taken:
            return False
        start += taken
    return start == len(ours)


def _bag_diff(
    found: BagDifference,
    ours: Sequence[CanonicalRow],
    theirs: Sequence[CanonicalRow],
    learner: Result,
    reference: Reference,
    tolerance: Tolerance,
) -> Diff:
    kind = _kind(found, ours, theirs, tolerance)
    own_rows = len(ours) == len(learner.rows)
    same_rows = len(theirs) == len(reference.result.rows) and not reference.limited
    return Diff(
        kind,
        len(learner.rows),
        len(reference.result.rows),
        missing=tuple(reference.result.rows[i] if same_rows else _plain(theirs[i]) for i in found.missing),
        extra=tuple(learner.rows[i] if own_rows else _plain(ours[i]) for i in found.extra),
        missing_count=len(found.missing),
        extra_count=len(found.extra),
    )


def _plain(row: CanonicalRow) -> tuple[object, ...]:
    return tuple(
        None if cell == NULL_CELL else cell[1] if isinstance(cell, tuple) and len(cell) == 2 else cell for cell in row
    )


NULL_CELL = canonical(None)


def _kind(
    found: BagDifference, ours: Sequence[CanonicalRow], theirs: Sequence[CanonicalRow], tolerance: Tolerance
) -> DiffKind:
    if _type_clash(ours, theirs):
        return DiffKind.TYPES
    if len(ours) != len(theirs) and compare_bags(_distinct(ours), _distinct(theirs), tolerance).same:
        return DiffKind.DUPLICATES_ONLY
    if not found.extra:
        return DiffKind.MISSING_ROWS
    if not found.missing:
        return DiffKind.EXTRA_ROWS
    return DiffKind.VALUES if len(found.extra) == len(found.missing) else DiffKind.BOTH


def _type_clash(ours: Sequence[CanonicalRow], theirs: Sequence[CanonicalRow]) -> bool:
    """True if some column holds one family of values here and another there."""
    if not ours or not theirs:
        return False
    for column in range(len(ours[0])):
        here = {kind_of(row[column]) for row in ours} - {"null"}
        there = {kind_of(row[column]) for row in theirs} - {"null"}
        if here and there and not here & there:
            return True
    return False
