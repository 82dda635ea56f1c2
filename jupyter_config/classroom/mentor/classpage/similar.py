"""Pairs of answers that look alike: a hint to look, never a verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from classroom.mentor.grading.store import DeskStore

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder

_TOKEN = re.compile(r"\w+|[^\w\s]")
_LENGTH = 4
_FEWEST_TOKENS = 25
"""Shorter answers are alike by nature."""
ALIKE = 0.8


@dataclass(frozen=True)
class Pair:
    """Two learners whose wrong or unusual answers share most of their words in order."""

    exercise: str
    one: str
    other: str
    likeness: float
    """Shared four-word runs over all, 0 to 1."""


def similar_pairs(folder: MentorFolder, assignment: str) -> tuple[Pair, ...]:
    """Pairs of alike answers, most alike first; texts that many wrote are left out, they are simply usual."""
    answers = DeskStore(folder.store_path).answers(assignment)
    pairs: list[Pair] = []
    for exercise in sorted({each.exercise for each in answers}):
        given = [each for each in answers if each.exercise == exercise and each.outcome != "refused"]
        usual = {text for text in {each.normal for each in given} if sum(e.normal == text for e in given) > 2}
        runs = [(each.student, runs_of(each.normal)) for each in given if each.normal not in usual]
        for (one, left), (other, right) in combinations([pair for pair in runs if pair[1]], 2):
            likeness = len(left & right) / len(left | right)
            if likeness >= ALIKE:
                pairs.append(Pair(exercise, one, other, round(likeness, 2)))
    return tuple(sorted(pairs, key=lambda each: (-each.likeness, each.exercise, each.one)))


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of four words of a text; none for a short one."""
    tokens = _TOKEN.findall(text.lower())
    if len(tokens) < _FEWEST_TOKENS:
        return frozenset()
    return frozenset(tuple(tokens[i : i + _LENGTH]) for i in range(len(tokens) - _LENGTH + 1))
