"""Permuted columns: accepted when exactly one permutation fits every database, else read as they are meant."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING

from sqlgrade.compare.cells import BOOLEAN, NOTHING, NUMBER, canonical, family, rounded
from sqlgrade.compare.judge import Same, compare
from sqlgrade.tables.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.compare.reference import Reference
    from sqlgrade.record import Rules

_MOST_COLUMNS = 12
_MOST_TRIES = 200
_CLEARLY = 2
"""So many times as many values must agree in one order as in any other before it is taken for the one that is meant."""


def permuted(result: Result, order: Sequence[int]) -> Result:
    """The result with its columns in another order."""
    rows = tuple(tuple(row[c] for c in order) for row in result.rows)
    return Result(tuple(result.columns[c] for c in order), tuple(result.types[c] for c in order), rows)


def find_permutation(pairs: Sequence[tuple[Result, Reference]], rules: Rules) -> tuple[int, ...] | None:
    """The one order of the learner's columns that equals the reference on all pairs, None if none or several fit."""
    width = _width(pairs, rules)
    if not width:
        return None
    fitting: list[tuple[int, ...]] = []
    for tries, order in enumerate(_assignments(_candidates(pairs, width), [])):
        if tries > _MOST_TRIES:
            return None
        if all(isinstance(compare(permuted(learner, order), expected, rules), Same) for learner, expected in pairs):
            fitting.append(order)
        if len(fitting) > 1:
            return None
    return fitting[0] if fitting else None


def meant_permutation(pairs: Sequence[tuple[Result, Reference]], rules: Rules) -> tuple[int, ...] | None:
    """The order in which the columns of a wrong answer are meant; None if it is the given one or cannot be told.

    Labels tell it first, then the kinds of values; where these leave a choice, how many values agree.
    """
    width = _width(pairs, rules)
    if not width:
        return None
    given = tuple(range(width))
    orders = list(itertools.islice(_assignments(_plausible(*pairs[0], rules), []), _MOST_TRIES + 1))
    if orders in ([], [given]) or len(orders) > _MOST_TRIES:
        return None
    if len(orders) == 1:
        return orders[0]
    agreement = _agreement(pairs, width)
    scores = {order: sum(agreement[want][have] for want, have in enumerate(order)) for order in orders}
    first, second = sorted(orders, key=lambda order: scores[order], reverse=True)[:2]
    clear = scores[first] > _CLEARLY * max(scores[second], scores.get(given, 0))
    return first if clear and first != given else None


def _width(pairs: Sequence[tuple[Result, Reference]], rules: Rules) -> int:
    """The number of columns, if it is the same on both sides and their order is free; else 0."""
    width = len(pairs[0][1].result.columns) if pairs else 0
    if rules.columns != "auto" or not 1 < width <= _MOST_COLUMNS:
        return 0
    return width if all(len(learner.columns) == width for learner, _ in pairs) else 0


def _plausible(learner: Result, expected: Reference, rules: Rules) -> list[list[int]]:
    """For each expected column the learner's columns that can be meant by it, by label or else by kind of value."""
    ours, theirs = ([name.casefold() for name in columns] for columns in (learner.columns, expected.result.columns))
    labelled = {name for name in ours if ours.count(name) == theirs.count(name) == 1}
    free = [have for have, name in enumerate(ours) if name not in labelled]
    alone = len(free) == 1
    return [
        [ours.index(name)]
        if name in labelled
        else [have for have in free if alone or _same_kind(learner.types[have], kind, rules)]
        for name, kind in zip(theirs, expected.result.types, strict=True)
    ]


def _same_kind(given: str, wanted: str, rules: Rules) -> bool:
    kinds = {family(given), family(wanted)}
    return len(kinds) == 1 or NOTHING in kinds or (rules.bool_as_int == "note" and kinds == {NUMBER, BOOLEAN})


def _agreement(pairs: Sequence[tuple[Result, Reference]], width: int) -> list[list[int]]:
    """How many values each expected column shares with each of the learner's, over all pairs."""
    shared = [[0] * width for _ in range(width)]
    for learner, expected in pairs:
        ours = [_bag(learner, c) for c in range(width)]
        theirs = [_bag(expected.result, c) for c in range(width)]
        for want, have in itertools.product(range(width), range(width)):
            shared[want][have] += (theirs[want] & ours[have]).total()
    return shared


def _by_label(learner: Result, expected: Result) -> list[list[bool]]:
    """For each expected column whether each of the learner's may stand for it: one named as another expected column may not."""
    names = [name.casefold() for name in expected.columns]
    labels = [label.casefold() for label in learner.columns]
    return [[label == name or names.count(label) != 1 for label in labels] for name in names]


def _candidates(pairs: Sequence[tuple[Result, Reference]], width: int) -> list[list[int]]:
    """For each expected column the learner's columns that its label allows, with the same values on every pair that can tell."""
    allowed = _by_label(pairs[0][0], pairs[0][1].result)
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
