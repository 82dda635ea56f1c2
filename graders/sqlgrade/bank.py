"""The reserve bank: databases beside the pack's own, made and solved when first needed and kept for later answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sqlgrade.pack import settle_loaded
from sqlgrade.populate import Generator, Harvest
from sqlgrade.submission import SHUFFLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlgrade.compare import Reference
    from sqlgrade.pack import Pack
    from sqlgrade.populate.atoms import Conditions
    from sqlgrade.result import Database
    from sqlgrade.runner import Runner

_SEED_STEP = 7
_TRIES_PER_DATABASE = 3


@dataclass
class Reserve:
    """One database of the bank, loaded, with the reference of each variant that is settled on it."""

    database: Database
    name: str
    references: Mapping[str, Reference]
    runner: Runner
    _moved: dict[int, str] = field(default_factory=dict)

    def moved(self) -> Iterator[str]:
        """Its loaded names in other row orders, loaded when first asked for."""
        for seed in SHUFFLES:
            if seed not in self._moved:
                self._moved[seed] = self.runner.load(self.database, seed)
            yield self._moved[seed]


class Bank:
    """An exercise's further databases in a fixed order; the first ones are there from the first answer on."""

    def __init__(self, pack: Pack, runner: Runner) -> None:
        self._pack, self._runner = pack, runner
        self._reserves: list[Reserve] = []
        self._tries = 0

    @cached_property
    def _generator(self) -> Generator:
        exercise = self._pack.exercise
        queries = [s.sql for s in exercise.solutions]
        queries += [a.sql for a in exercise.alternatives]
        queries += [n.sql for n in exercise.near_misses]
        seed = self._pack.seed + _SEED_STEP
        return Generator(self._pack.schema, queries, self._runner, seed=seed, authored=exercise.pools)

    @property
    def conditions(self) -> Conditions:
        """What the databases of the bank were made for."""
        return self._generator.conditions

    @cached_property
    def _source(self) -> Iterator[Database]:
        return self._generator.databases()

    @cached_property
    def _harvest(self) -> Harvest:
        return Harvest(self._generator)

    def reserves(self, count: int) -> Iterator[Reserve]:
        """The first so many databases of the bank, made as far as they are looked at."""
        place = 0
        while place < count and self._grow(place + 1):
            yield self._reserves[place]
            place += 1

    def _grow(self, count: int) -> bool:
        """Makes the bank at least so long; False if the tries are used up."""
        while len(self._reserves) < count and self._tries < _TRIES_PER_DATABASE * count:
            self._tries += 1
            database = next(self._source)
            name = self._runner.load(database)
            references = settle_loaded(self._pack.solutions, database, name, self._runner, self._pack.exercise, [])
            if not references:
                self._runner.drop(name)
                continue
            self._harvest.note(database, fruitful=any(r.result.rows for r in references.values()))
            self._reserves.append(Reserve(database, name, references, self._runner))
        return len(self._reserves) >= count
