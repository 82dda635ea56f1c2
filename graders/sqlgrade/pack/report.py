"""The adequacy report: what a pack's databases can tell apart, and whether the exercise may be published."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    STILLBORN = "stillborn"
    EQUIVALENT = "known-equivalent"
    EXCUSED = "excused"
    """Alive, and the author wrote down why."""
    ALIVE = "alive"


@dataclass(frozen=True)
class MutantFate:
    """One mutant with what became of it."""

    id: str
    operator: str
    code: str
    clause: str
    sql: str
    fate: Fate
    killed_by: int | None = None
    """Place of a database of the pack on which it differs."""
    reason: str = ""
    """Why it is equivalent, or the author's reason."""
    edit: str = ""
    """What an author's reason is written under: the same as long as this part of the solution is."""


@dataclass(frozen=True)
class Behaviour:
    """What a known mistake gives on the chosen databases: fingerprints, marked where they are wrong."""

    name: str
    operator: str
    code: str
    clause: str | None
    marks: tuple[str, ...]
    authored: bool = False


@dataclass(frozen=True)
class AdequacyReport:
    """How well the databases of a pack catch the mistakes that are known."""

    mutants: tuple[MutantFate, ...]
    near_misses_refuted: tuple[str, ...] = ()
    near_misses_accepted: tuple[str, ...] = ()
    """Near misses that no database refutes: right answers, as far as can be seen."""
    alternatives_accepted: tuple[str, ...] = ()
    alternatives_refuted: tuple[str, ...] = ()
    chosen: tuple[int, ...] = ()
    """Places of the databases that the greedy cover chose."""
    behaviours: tuple[Behaviour, ...] = ()
    confused: tuple[tuple[str, str], ...] = ()
    """Pairs of codes with mutants that behave alike on every chosen database."""
    not_mutated: tuple[str, ...] = ()
    """Operators that met a construct they do not know."""
    capped: tuple[str, ...] = ()
    databases: int = 0
    """Databases of the pack."""
    pairs: tuple[MutantFate, ...] = ()
    """Some pairs of killed mutants that might hide each other; one that is alive is told to the author and stops nothing."""
    unused: tuple[str, ...] = ()
    """Operators that never applied."""
    seconds: float = 0.0

    @property
    def publishable(self) -> bool:
        """True if every near miss is refuted, every alternative accepted and no mutant alive without a reason."""
        return not (self.near_misses_accepted or self.alternatives_refuted or self.survivors)

    @property
    def survivors(self) -> tuple[MutantFate, ...]:
        """Mutants that nothing kills and nobody explained."""
        return tuple(m for m in self.mutants if m.fate is Fate.ALIVE)

    @property
    def hidden_pairs(self) -> tuple[MutantFate, ...]:
        """Pairs of mutants that nothing kills and no rule explains."""
        return tuple(pair for pair in self.pairs if pair.fate is Fate.ALIVE)

    def count(self, fate: Fate) -> int:
        """Number of mutants of one fate."""
        return sum(mutant.fate is fate for mutant in self.mutants)

    def count_pairs(self, fate: Fate) -> int:
        """Number of pairs of mutants of one fate."""
        return sum(pair.fate is fate for pair in self.pairs)
