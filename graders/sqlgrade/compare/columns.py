"""Permuted columns: accepted when exactly one permutation fits every database (rule 4)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlgrade.compare.cells import canonical, rounded
from sqlgrade.compare.judge import Same, compare
from sqlgrade.tables.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.compare.reference import Reference
    from sqlgrade.record import Rules

_MOST_COLUMNS = 12
_MOST_TRIES = 200


def permuted(result: Result, order: Sequence[int]) -> Result:
    """The result with its columns in another order."""
    rows = tuple(tuple(row[c] for c in order) for row in result.rows)
    return Result(tuple(result.columns[c] for c in order), tuple(result.types[c] for c in order), rows)


def find_permutation(pairs: Sequence[tuple[Result, Reference]], rules: Rules) -> tuple[int, ...] | None:
    """The one order of the learner's columns that equals the reference on all pairs, None if none or several fit."""
    width = len(pairs[0][1].result.columns)
    if rules.columns != "auto" or not 1 < width <= _MOST_COLUMNS:
        return None
    if any(len(learner.columns) != width for learner, _ in pairs):
        return None
    fitting: list[tuple[int, ...]] = []
    for tries, order in enumerate(_assignments(_candidates(pairs, width), [])):
        if tries > _MOST_TRIES:
            return None
        if _contradicts(pairs[0][0], pairs[0][1].result, order):
            continue
        if all(isinstance(compare(permuted(learner, order), expected, rules), Same) for learner, expected in pairs):
            fitting.append(order)
        if len(fitting) > 1:
            return None
    return fitting[0] if fitting else None


def _contradicts(learner: Result, expected: Result, order: Sequence[int]) -> bool:
    """True if the learner's own labels say otherwise: a column named as one expected would be read as another."""
    names = [name.casefold() for name in expected.columns]
    for want, have in enumerate(order):
        label = learner.columns[have].casefold()
        if label != names[want] and names.count(label) == 1:
            return True
    return False


def _candidates(pairs: Sequence[tuple[Result, Reference]], width: int) -> list[list[int]]:
    """For each expected column the learner's columns with the same values, as bags, on every pair without ties."""
    allowed = [[True] * width for _ in range(width)]
    for learner, expected in pairs:
        if expected.limited or expected.steps:
            continue
        ours = [_bag(learner, c) for c in range(width)]
        theirs = [_bag(expected.result, c) for c in range(width)]
        for want in range(width):
            for have in range(width):
                allowed[want][have] &= ours[have] == theirs[want]
    return [[have for have in range(width) if row[have]] for row in allowed]


def _bag(result: Result, column: int) -> Counter[object]:
    return Counter(rounded(canonical(row[column]), 8) for row in result.rows)


def _assignments(candidates: list[list[int]], taken: list[int]) -> Iterator[tuple[int, ...]]:
    if len(taken) == len(candidates):
        yield tuple(taken)
        return
    for have in candidates[len(taken)]:
        if have not in taken:
            yield from _assignments(candidates, [*taken, have])
