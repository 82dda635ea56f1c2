"""Two mistakes in one query: pairs of mutants of which one might hide the other.

Second-order mutants after Jia & Harman, "Higher Order Mutation Testing", 2009, doi:10.1016/j.infsof.2009.04.016.
"""

from __future__ import annotations

import difflib
import itertools
import random
import re
from typing import TYPE_CHECKING, TypeAlias

from sqlgrade.mutate import Mutant, MutantStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Growth: TypeAlias = "Mapping[int, int]"
"""By database on which a mutant is wrong: 1 if its result has too many rows, -1 if too few, 0 if as many."""

_TOKEN = re.compile(r"'(?:[^']|'')*'|\w+|\s+|.", re.DOTALL)


def sample_pairs(solution: str, mutants: Mapping[Mutant, Growth], seed: int) -> Iterator[Mutant]:
    """Draw pairs of a solution's mutants that might hide each other, as mutants with both changes.

    Args:
        solution: The solution as its mutants are printed.
        mutants: Those that are killed, with what they do to the number of rows.
        seed: The same one draws the same pairs.
    """
    merge = _Merge(solution)
    known = {solution, *(mutant.sql for mutant in mutants)}
    pairs = list(itertools.combinations(mutants, 2))
    random.Random(seed).shuffle(pairs)  # noqa: S311  (a draw that can be repeated)
    for first, second in pairs:
        if not _may_hide(mutants[first], mutants[second]):
            continue
        sql = merge.both(first.sql, second.sql)
        if sql is not None and sql not in known:
            known.add(sql)
            yield _joined(first, second, sql)


def _joined(first: Mutant, second: Mutant, sql: str) -> Mutant:
    codes = f"{first.code}+{second.code}"
    return Mutant(f"{first.id}+{second.id}", "pair", codes, first.clause, None, sql, MutantStatus.BINDS)


def _may_hide(first: Growth, second: Growth) -> bool:
    """Tell whether both are wrong on one database, and not both by too many or both by too few rows."""
    return any(first[place] * second[place] <= 0 for place in first.keys() & second.keys())


class _Merge:
    """Joins two changed texts of one query as version control does: token by token, unless both touch one place."""

    def __init__(self, base: str) -> None:
        self._base = _TOKEN.findall(base)
        self._changes: dict[str, list[tuple[int, int, list[str]]]] = {}

    def both(self, one: str, other: str) -> str | None:
        """Return the text with both changes; None if they touch."""
        changes = sorted((*self._of(one), *self._of(other)), key=lambda change: change[:2])
        if any(earlier[1] >= later[0] for earlier, later in itertools.pairwise(changes)):
            return None
        merged = list(self._base)
        for start, end, tokens in reversed(changes):
            merged[start:end] = tokens
        return "".join(merged)

    def _of(self, text: str) -> list[tuple[int, int, list[str]]]:
        if text not in self._changes:
            tokens = _TOKEN.findall(text)
            codes = difflib.SequenceMatcher(None, self._base, tokens, autojunk=False).get_opcodes()
            self._changes[text] = [(a, b, tokens[c:d]) for kind, a, b, c, d in codes if kind != "equal"]
        return self._changes[text]
