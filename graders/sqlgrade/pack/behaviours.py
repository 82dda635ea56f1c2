"""What the near misses of an exercise show on the databases chosen so far, while its pack is built."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlgrade.compare import Same, compare, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlgrade.engine.runner import Runner
    from sqlgrade.pack.contents import PackDatabase
    from sqlgrade.record import Exercise
    from sqlgrade.tables.result import Result, RunError

_RIGHT = "right"


class Behaviours:
    """Runs each near miss once on each database and tells which of them do not show themselves yet."""

    def __init__(self, exercise: Exercise, runner: Runner, aside: frozenset[str] = frozenset()) -> None:
        """Near misses that are put aside, by name, need not show themselves."""
        self._awaited = [place for place, near in enumerate(exercise.near_misses) if near.name not in aside]
        self._rules, self._runner = exercise.rules, runner
        self._queries = [near.sql for near in exercise.near_misses]
        self._outcomes: list[list[Result | RunError]] = [[] for _ in self._queries]
        self._marks: list[list[str]] = [[] for _ in self._queries]

    def outcomes(self, place: int) -> tuple[Result | RunError, ...]:
        """What one near miss gave on each database added, in order."""
        return tuple(self._outcomes[place])

    def add(self, entry: PackDatabase, name: str) -> None:
        """Runs every near miss on one more database, loaded under that name."""
        found = self._run(name, range(len(self._queries)))
        for place, outcome in found.items():
            self._outcomes[place].append(outcome)
            self._marks[place].append(self._mark(outcome, entry))

    def hidden(self) -> int:
        """How many near misses pass everywhere, and how many pairs of them cannot be told apart."""
        return len(self._passing()) + len(self._alike())

    def reveals(self, entry: PackDatabase, name: str) -> bool:
        """Tell whether a loaded database would show a near miss that passes so far, or tell two apart."""
        passing, alike = self._passing(), self._alike()
        found = self._run(name, sorted({*passing, *itertools.chain.from_iterable(alike)}))
        marks = {place: self._mark(outcome, entry) for place, outcome in found.items()}
        return any(marks[p] != _RIGHT for p in passing) or any(marks[a] != marks[b] for a, b in alike)

    def _passing(self) -> list[int]:
        return [place for place in self._awaited if all(mark == _RIGHT for mark in self._marks[place])]

    def _alike(self) -> list[tuple[int, int]]:
        pairs = itertools.combinations(self._awaited, 2)
        return [(a, b) for a, b in pairs if self._marks[a] == self._marks[b]]

    def _run(self, name: str, places: Iterable[int]) -> dict[int, Result | RunError]:
        return {place: self._runner.run(self._queries[place], name) for place in places}

    def _mark(self, outcome: Result | RunError, entry: PackDatabase) -> str:
        """What a query shows on a database: its fingerprint, or only that it is right."""
        right = any(isinstance(compare(outcome, r, self._rules), Same) for r in entry.references.values())
        return _RIGHT if right else fingerprint(outcome)
