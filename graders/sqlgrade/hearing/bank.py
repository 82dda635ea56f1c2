"""The reserve bank: databases beside the pack's own, made and solved when first needed and kept for later answers."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sqlgrade.outcomes.submission import SHUFFLES
from sqlgrade.pack.settling import settle_loaded
from sqlgrade.populate import Generator, Harvest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlgrade.compare import Reference
    from sqlgrade.engine.runner import Runner
    from sqlgrade.pack.contents import Pack
    from sqlgrade.populate.atoms import Conditions
    from sqlgrade.tables.result import Database

_SEED_STEP = 7
_TRIES_PER_DATABASE = 3
CHUNK = 14
"""Databases that are made together, so that one run can tell what a query gives on all of them."""


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


@dataclass(frozen=True)
class Chunk:
    """Databases of the bank that were made together."""

    names: tuple[str, ...]
    """The loaded names, those among them on which no variant is settled included."""
    reserves: tuple[Reserve, ...]


class Bank:
    """An exercise's further databases in a fixed order; the first ones are there from the first answer on."""

    def __init__(self, pack: Pack, runner: Runner) -> None:
        self._pack, self._runner = pack, runner
        self._chunks: list[Chunk] = []
        self._tries = 0

    @cached_property
    def generator(self) -> Generator:
        """Makes the databases of the bank."""
        exercise = self._pack.exercise
        queries = [s.sql for s in exercise.solutions]
        queries += [a.sql for a in exercise.alternatives]
        queries += [n.sql for n in exercise.near_misses]
        seed = self._pack.seed + _SEED_STEP
        return Generator(self._pack.schema, queries, self._runner, seed=seed, authored=exercise.pools)

    @property
    def conditions(self) -> Conditions:
        """What the databases of the bank were made for."""
        return self.generator.conditions

    @cached_property
    def _source(self) -> Iterator[Database]:
        return self.generator.databases()

    @cached_property
    def _harvest(self) -> Harvest:
        return Harvest(self.generator)

    def chunks(self, count: int) -> Iterator[Chunk]:
        """The first so many databases of the bank, chunk by chunk, made as far as they are looked at."""
        for place in itertools.count():
            if count <= 0 or (place == len(self._chunks) and not self._grow(count)):
                return
            chunk = self._chunks[place]
            yield replace(chunk, reserves=chunk.reserves[:count])
            count -= len(chunk.reserves)

    def _grow(self, count: int) -> bool:
        """Makes another chunk for a search that still wants so many databases; False if the tries are used up."""
        made = sum(len(chunk.reserves) for chunk in self._chunks)
        if self._tries >= _TRIES_PER_DATABASE * (made + count):
            return False
        databases = list(itertools.islice(self._source, CHUNK))
        if not databases:
            return False
        names = tuple(self._runner.load(database) for database in databases)
        for solution in self._pack.solutions:
            solution.foresee(self._runner, names)
        reserves = [self._settled(*each) for each in zip(databases, names, strict=True)]
        self._tries += len(databases)
        self._chunks.append(Chunk(names, tuple(reserve for reserve in reserves if reserve is not None)))
        return True

    def _settled(self, database: Database, name: str) -> Reserve | None:
        references = settle_loaded(self._pack.solutions, database, name, self._runner, self._pack.exercise, [])
        if not references:
            return None
        self._harvest.note(database, fruitful=any(r.result.rows for r in references.values()))
        return Reserve(database, name, references, self._runner)
