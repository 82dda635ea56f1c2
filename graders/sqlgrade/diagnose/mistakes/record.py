"""What a mistake is: the one record that says of each by which rules it is named, chosen, counted and told."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlglot import exp

    from sqlgrade.diagnose.reading.contrast import Part


class Tier(IntEnum):
    """How much a name tells; the smaller goes before the larger."""

    SPECIAL = 0
    """What was done."""
    PART = 1
    """Where the answer is wrong, or by how much: what an author foresaw says what is wrong there."""
    GENERAL = 2
    """Where, and little more: another repair may say more."""


class Family(StrEnum):
    """What a mistake is about, as the page of all mistakes groups them."""

    TABLES = "tables"
    CONDITIONS = "conditions"
    LACKING = "lacking"
    TIMES = "times"
    GROUPS = "groups"
    COUNTS = "counts"
    CALCULATIONS = "calculations"
    CASES = "cases"
    WINDOWS = "windows"
    ORDER = "order"
    OUTPUTS = "outputs"


EVERY = "*"


@dataclass(frozen=True)
class Before:
    """A mistake, all that are `alike` by that word, or `EVERY` other one, that this one goes before on one difference, and why."""

    key: str
    because: str


@dataclass(frozen=True, eq=False)
class Mistake:
    """One mistake: what it is called, counted as, and how it stands to the others.

    Its sentences are `mistake.<key>.said` and `.idea` in `sqlgrade/messages`, its example stands in `examples.toml`.
    """

    key: str
    code: str
    """The error code under which mentors count it."""
    family: Family
    tier: Tier = Tier.SPECIAL
    alike: str = ""
    """What is the same mistake in another place or form: a near miss of the one is also one of the other."""
    before: tuple[Before, ...] = ()
    covers: tuple[Part, ...] = ()
    """Parts in which other differences are the other side of this mistake, and not told by themselves."""
    undone: Callable[[exp.Expr], exp.Expr | None] | None = None
    """Its place in the learner's query without it, which has to change a result; None where it can't be said."""
    from_join: bool = False
    """Whether a join that repeats rows is the cause, where there is one."""
    stops: bool = False
    """Whether the query stops because of it; that it does is said first."""
    of_result: bool = False
    """Whether it is said of the result as a whole, so that no step that mends the query shows it by itself."""

    serves: bool = False
    """Whether it only brings in what another part reads: that part's name says what is wrong, where it has one."""

    def __post_init__(self) -> None:
        if self.key in KNOWN:
            raise ValueError(f"two mistakes are called {self.key}")
        KNOWN[self.key] = self

    @property
    def author_first(self) -> bool:
        """Whether what an author foresaw is said before this name."""
        return self.tier >= Tier.PART

    @property
    def is_general(self) -> bool:
        """Whether the name says little more than where the mistake is."""
        return self.tier is Tier.GENERAL

    def at(
        self, part: str, node: exp.Expr | None = None, params: Mapping[str, Any] | None = None, code: str = ""
    ) -> Occurrence:
        """The mistake at a place of the learner's query; `code` where that place is counted under another one."""
        return Occurrence(self, part, node, params or {}, code or self.code)

    def precedes(self, other: Mistake) -> bool:
        """Whether this one is said where both could be."""
        return _precedes(self, other)


@dataclass(frozen=True)
class Occurrence:
    """A mistake in one place of the learner's query, with what its sentence needs."""

    mistake: Mistake
    part: str
    """The word of the query to look at: a clause, or LIMIT, ON, FILTER and the like."""
    node: exp.Expr | None = None
    """Where it stands in the learner's query; None if it is missing there."""
    params: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""

    @property
    def key(self) -> str:
        """The mistake's key in the messages."""
        return self.mistake.key

    def on(self, part: str, node: exp.Expr | None = None) -> Occurrence:
        """The same mistake, to be looked for in another part of the query, or at another place."""
        return Occurrence(self.mistake, part, node or self.node, self.params, self.code)


KNOWN: dict[str, Mistake] = {}
"""All mistakes by their keys, each as its record is made."""


@cache
def _precedes(one: Mistake, other: Mistake) -> bool:
    """By declaration, by way of others too; else by tier."""
    if other.key in _after(one):
        return one.key not in _after(other)
    return one.tier < other.tier and one.key not in _after(other)


@cache
def _after(mistake: Mistake) -> frozenset[str]:
    """The keys of all mistakes that come after one by what is declared."""
    found: set[str] = set()
    left = [each.key for each in mistake.before]
    while left:
        key = left.pop()
        for each in KNOWN.values():
            if (key == EVERY or key in (each.key, each.alike)) and each is not mistake and each.key not in found:
                found.add(each.key)
                left += [more.key for more in each.before]
    return frozenset(found)
