"""A right query as shuffled lines, with a line of the learner's own among them that does not belong."""

from __future__ import annotations

import random
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from classroom.session.verdict.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST_LINES = 3
_LEAST_LIKENESS = 0.4


@dataclass(frozen=True)
class Pieces:
    """Lines to put in order."""

    lines: tuple[str, ...]
    """In the right order."""
    shuffled: tuple[str, ...]
    """As they are offered; one may be left over."""
    given: int = 0
    """How many of the first lines are in place already."""

    def text(self) -> str:
        """The lines that are in place, then the others as they are offered."""
        left = list(self.shuffled)
        return "\n".join([*self.lines[: self.given], *(f"___ {line}" for line in left)])

    def wrong(self, words: Sequence[str]) -> tuple[int, ...]:
        """The number of the first line, in a tuple, that does not hold what belongs there; words are the lines after the given ones."""
        first = self.first_wrong([*self.lines[: self.given], *words])
        return () if first is None else (first,)

    def first_wrong(self, chosen: Sequence[str]) -> int | None:
        """The number, from 1, of the first line that is not in its place; None if all are."""
        return next(
            (at for at, (own, right) in enumerate(zip(chosen, self.lines, strict=True), 1) if own != right), None
        )


def make_pieces(right: str, answer: str, seed: str, *, given: int = 0) -> Pieces | None:
    """Shuffle the lines of a right query the same way for the same seed; None if it has too few."""
    lines = _lines(right)
    if len(lines) - given < _LEAST_LINES - 1 or len(lines) < _LEAST_LINES:
        return None
    offered = [*lines[given:], *_stray(lines, _lines(answer))]
    shuffler = random.Random(seed)  # noqa: S311  (an order to be looked at, not a secret)
    shuffled = sorted(offered)
    while shuffled[: len(lines) - given] == list(lines[given:]) or shuffled == sorted(offered):
        shuffler.shuffle(shuffled)
    return Pieces(lines, tuple(shuffled), given)


def _lines(sql: str) -> tuple[str, ...]:
    """The lines as written, or a line a clause where all stands in one."""
    written = [" ".join(line.split()).rstrip(";") for line in sql.splitlines() if line.strip()]
    written = [line for line in written if not line.startswith("--")]
    return tuple(written) if len(written) >= _LEAST_LINES else tuple(_by_clause(sql))


def _by_clause(sql: str) -> list[str]:
    depth, edges = 0, [0]
    for word in words_of(sql):
        depth += {"(": 1, ")": -1}.get(word.key, 0)
        if depth == 0 and word.start and word.is_keyword and word.key not in ("ON", "USING", "WITH"):
            edges.append(word.start)
    parts = (sql[begin:end] for begin, end in zip(edges, [*edges[1:], len(sql)], strict=True))
    return [" ".join(part.split()).rstrip(";") for part in parts if part.strip()]


def _stray(right: Sequence[str], own: Sequence[str]) -> list[str]:
    """A line of the learner's own that is like a right one without being it."""
    others = [line for line in own if line not in right]
    scored = [(max(SequenceMatcher(None, line, each).ratio() for each in right), line) for line in others]
    return [line for score, line in sorted(scored, reverse=True)[:1] if score >= _LEAST_LIKENESS]
