"""Which database kills which mutant, and the few databases that are enough."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlgrade.compare import Same, compare, fingerprint
from sqlgrade.engine.sandbox import read_statement
from sqlgrade.outcomes.submission import SHUFFLES
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import RunError
from sqlgrade.verdict import Diff, DiffKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.pack.contents import Pack, PackDatabase
    from sqlgrade.tables.result import Result

ENOUGH_KILLS = 3
_NEW_PER_PACK = 24
_OF_ROWS = frozenset(DiffKind) - {DiffKind.ERROR, DiffKind.WIDTH, DiffKind.TYPES}


class KillMatrix:
    """Runs mutants on the candidates and remembers who was killed where."""

    def __init__(self, pack: Pack, runner: Runner, names: Sequence[str] = ()) -> None:
        """Where the pack's databases are loaded already, under these names, they stay so."""
        self._pack = pack
        self._runner = runner
        self._rules = pack.exercise.rules
        self.databases: list[PackDatabase] = list(pack.databases)
        self._lent = len(names)
        self._names = list(names) or [runner.load(entry.database) for entry in self.databases]
        self._killers: dict[str, set[int]] = defaultdict(set)
        self._growth: dict[str, dict[int, int]] = defaultdict(dict)
        self._queries: dict[str, tuple[str, str]] = {}
        self._score = [0.0] * len(self.databases)
        self._moved: dict[tuple[int, int], str] = {}
        self._outcomes: dict[tuple[str, int], Result | RunError] = {}

    def binds(self, sql: str) -> bool:
        """Tell whether DuckDB takes a query at all."""
        outcome = self.run(sql, 0)
        return not (isinstance(outcome, RunError) and outcome.kind in {kinds.BIND, kinds.SYNTAX})

    def run(self, sql: str, place: int) -> Result | RunError:
        """Run a query on one candidate, once."""
        if (sql, place) not in self._outcomes:
            self._outcomes[sql, place] = self._runner.run(sql, self._names[place])
        return self._outcomes[sql, place]

    def kills(self, name: str) -> set[int]:
        """Return the places of the databases known to kill a mutant."""
        return self._killers[name]

    def growth(self, name: str) -> Mapping[int, int]:
        """Tell by database that kills a mutant whether its rows are too many (1), too few (-1) or just not right (0).

        Databases on which it fails or shows other columns are left out.
        """
        return self._growth[name]

    def try_mutant(self, name: str, sql: str, variant: str, *, sorts: bool = False, enough: int = ENOUGH_KILLS) -> None:
        """Run a mutant over the candidates, the deadliest first, until it has been killed often enough.

        One that sorts in another way is also shown the rows in other orders, where only chance made it right.
        """
        self._queries[name] = (sql, variant)
        for place in sorted(range(len(self.databases)), key=lambda p: (-self._score[p], self._size(p))):
            if len(self._killers[name]) >= enough:
                return
            found = self._difference(sql, variant, place)
            if found is not None:
                self._kill(name, place)
                if found.kind in _OF_ROWS:
                    self._growth[name][place] = _sign(found.learner_rows - found.expected_rows)
        if not self._killers[name]:
            self._try_shuffled(name, sql, variant, always=sorts)

    def try_everywhere(self, name: str, sql: str) -> None:
        """Run a near miss on every candidate; it is killed where no variant takes it."""
        self._queries[name] = (sql, "")
        for place, entry in enumerate(self.databases):
            if entry.references and all(self._wrong(sql, variant, place) for variant in entry.references):
                self._kill(name, place)
        if not self._killers[name]:
            self._try_shuffled(name, sql, self._pack.variants[0])

    def try_new(self, name: str, sql: str, variant: str, entry: PackDatabase) -> bool:
        """Keep a further database if it kills the mutant."""
        if len(self.databases) - len(self._pack.databases) >= _NEW_PER_PACK:
            return False
        loaded = self._runner.load(entry.database)
        outcome = self._runner.run(sql, loaded)
        if isinstance(compare(outcome, entry.references[variant], self._rules), Same):
            self._runner.drop(loaded)
            return False
        self.databases.append(entry)
        self._names.append(loaded)
        self._score.append(0.0)
        place = len(self.databases) - 1
        for other, (other_sql, other_variant) in self._queries.items():
            if other_variant and not self._killers[other] and self._wrong(other_sql, other_variant, place):
                self._kill(other, place)
        self._kill(name, place)
        return True

    def accepts(self, sql: str) -> bool:
        """Tell whether a query agrees with one variant on every database that is settled for it."""
        return any(
            not any(self._wrong(sql, variant, place) for place in range(len(self.databases)))
            for variant in self._pack.variants
        )

    def choose(self, first: Iterable[str], most: int) -> list[int]:
        """Choose databases: the hand-made ones, then a greedy cover of near misses, then of mutants, then to separate."""
        chosen = [place for place, entry in enumerate(self.databases) if entry.handmade][:most]
        near = set(first)
        for group in (near, set(self._killers) - near):
            open_names = {name for name in group if self._killers[name] and not self._killers[name] & set(chosen)}
            while open_names and len(chosen) < 2 * most:
                best = min(range(len(self.databases)), key=lambda p: self._gain(p, open_names, chosen))
                chosen.append(best)
                open_names = {name for name in open_names if best not in self._killers[name]}
        for place in sorted(range(len(self.databases)), key=lambda p: (-self._score[p], self._size(p))):
            if len(chosen) >= most:
                break
            if place not in chosen:
                chosen.append(place)
        return chosen

    def marks(self, sql: str, variant: str, places: Iterable[int]) -> tuple[str, ...]:
        """The query's fingerprints on some databases, each marked where it is wrong."""
        return tuple(self._mark(sql, variant, place) for place in places)

    def close(self) -> None:
        """Forget the loaded databases."""
        for name in (*self._names[self._lent :], *self._moved.values()):
            self._runner.drop(name)

    def _mark(self, sql: str, variant: str, place: int) -> str:
        reference = self.databases[place].references.get(variant)
        if reference is None:
            return "?"
        outcome = self.run(sql, place)
        right = isinstance(compare(outcome, reference, self._rules), Same)
        return fingerprint(outcome) + ("" if right else "!")

    def _wrong(self, sql: str, variant: str, place: int) -> bool:
        return self._difference(sql, variant, place) is not None

    def _difference(self, sql: str, variant: str, place: int) -> Diff | None:
        reference = self.databases[place].references.get(variant)
        found = compare(self.run(sql, place), reference, self._rules) if reference is not None else None
        return found if isinstance(found, Diff) else None

    def _try_shuffled(self, name: str, sql: str, variant: str, *, always: bool = False) -> None:
        """Kill a mutant whose result depends on the order of rows by showing it another order."""
        statement = read_statement(sql, self._runner)
        if isinstance(statement, RunError) or not (always or statement.order_sensitive):
            return
        for place, entry in enumerate(self.databases):
            for seed in SHUFFLES:
                reference = entry.references.get(variant)
                if (place, seed) not in self._moved:
                    self._moved[place, seed] = self._runner.load(entry.database, seed)
                outcome = self._runner.run(sql, self._moved[place, seed])
                if reference is not None and not isinstance(compare(outcome, reference, self._rules), Same):
                    self._kill(name, place)
                    return

    def _kill(self, name: str, place: int) -> None:
        self._killers[name].add(place)
        self._score[place] += 1.0

    def _size(self, place: int) -> int:
        return self.databases[place].database.total_rows

    def _gain(self, place: int, open_names: set[str], chosen: list[int]) -> tuple[int, int, int]:
        gained = sum(place in self._killers[name] for name in open_names)
        return (place in chosen, -gained, self._size(place))


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
