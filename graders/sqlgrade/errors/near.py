"""The name a misspelt word was probably meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def typing_distance(left: str, right: str) -> int:
    """Count the letters to add, drop, change or swap with their neighbour (optimal string alignment distance)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Pick the candidate that `word` misspells, or None if none is close enough to be meant."""
    folded = word.casefold()
    ranked = sorted((_distance(folded, name.casefold()), i, name) for i, name in enumerate(dict.fromkeys(candidates)))
    if not ranked:
        return None
    distance, _, name = ranked[0]
    close = distance <= _allowed(folded, name) and distance * 2 < max(len(folded), len(name))
    return name if close else None


def _distance(word: str, name: str) -> int:
    """A plural, a prefix or a missing part after an underscore is a slip as small as one letter."""
    if len(word) >= 3 and (name.startswith(word) or f"_{word}" in name):
        return 1
    return typing_distance(word, name)


def _allowed(word: str, name: str) -> int:
    return 1 if max(len(word), len(name)) <= 4 else 2 if max(len(word), len(name)) <= 8 else 3
