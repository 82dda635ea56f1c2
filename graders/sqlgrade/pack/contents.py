"""The built form of an exercise: databases with their references and the behaviours of known mistakes."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sqlgrade.pack.keys import pack_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlgrade.compare import Reference
    from sqlgrade.outcomes.submission import PlannedSolution
    from sqlgrade.pack.keys import Depth
    from sqlgrade.pack.report import AdequacyReport
    from sqlgrade.record import Exercise
    from sqlgrade.tables.model import SchemaModel
    from sqlgrade.tables.result import Database, Result, Row, RunError
    from sqlgrade.verdict import NightMark


@dataclass(frozen=True)
class PackDatabase:
    """One filling with the reference of each variant that is settled on it."""

    database: Database
    references: Mapping[str, Reference]
    handmade: bool = False


@dataclass(frozen=True)
class KnownMistake:
    """The behaviour of a near miss or mutant: its outcome on each database of the pack, in order."""

    name: str
    sql: str
    code: str
    clause: str | None
    authored: bool
    outcomes: tuple[Result | RunError, ...] = ()


@dataclass(frozen=True)
class WatchedNights:
    """What is known of the nights of a watching exercise, in their order."""

    expected: tuple[Row, ...]
    """The solution's row of each."""
    near_misses: Mapping[str, tuple[NightMark, ...]]
    """How each near miss that runs does on them."""


@dataclass(frozen=True)
class Pack:
    """Everything that judging an answer to one exercise needs."""

    exercise: Exercise
    schema: SchemaModel
    seed: int
    depth: Depth
    solutions: tuple[PlannedSolution, ...]
    databases: tuple[PackDatabase, ...]
    near_misses: tuple[KnownMistake, ...] = ()
    mutants: tuple[KnownMistake, ...] = ()
    faults: tuple[str, ...] = ()
    """What the author should know: databases on which the solutions fail, disagree or depend on row order."""
    report: AdequacyReport | None = None
    """The adequacy report of a full pack."""
    setting: Mapping[str, str] = field(default_factory=dict)
    """The values that stand for the parameters in its queries."""
    by_setting: tuple[Pack, ...] = ()
    """Where an exercise has parameters: a pack for each of its settings; the first is this pack itself, filled in."""
    watched: WatchedNights | None = None
    """Instead of databases, where the exercise watches."""
    asked: Exercise | None = None
    """The exercise as it was written, where its queries are run in another form."""

    @property
    def variants(self) -> tuple[str, ...]:
        """The variants' names in the author's order."""
        return tuple(dict.fromkeys(s.variant for s in self.solutions))

    def of_variant(self, variant: str) -> tuple[PlannedSolution, ...]:
        """The solutions of one variant."""
        return tuple(s for s in self.solutions if s.variant == variant)

    @property
    def publishable(self) -> bool:
        """True if nothing stands against publishing; only a full pack's report can say more than "no fault"."""
        return not self.faults and (self.report is None or self.report.publishable)

    @cached_property
    def key(self) -> str:
        """Names the pack's content: equal keys judge alike."""
        return pack_key(self.asked or self.exercise, self.seed, self.depth)

    def to_bytes(self) -> bytes:
        """The pack as bytes for the cache."""
        return pickle.dumps(self)

    @staticmethod
    def from_bytes(data: bytes) -> Pack:
        """A pack from bytes that to_bytes made; only for the program's own cache."""
        pack = pickle.loads(data)  # noqa: S301  (the program's own cache, keyed by content)
        if not isinstance(pack, Pack):
            raise TypeError("not a pack")
        return pack
