"""One step from a query to a right one that is built alike: what differs, and how it is taken over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sqlglot import exp

from sqlgrade.query.clause import Clause

Take: TypeAlias = Callable[[exp.Select], None]
"""Takes a difference over into a copy of the learner's block."""

COMMONEST = {
    Clause.FROM: "E27",
    Clause.WHERE: "E22",
    Clause.GROUP_BY: "E26",
    Clause.HAVING: "E22",
    Clause.SELECT: "E43",
    Clause.WINDOW: "E37",
    Clause.ORDER_BY: "E23",
}
"""The commonest mistake of a clause that differs, whatever differs in it."""


@dataclass(frozen=True)
class Step:
    """One difference."""

    clause: Clause
    node: exp.Expr
    """Where it is in the learner's tree: what differs, or the block that lacks it."""
    block: int
    """The block's number, in the order of the text."""
    take: Take
    gone: frozenset[str] = frozenset()
    """The conditions that it takes away, without the names of tables."""
    new: frozenset[str] = frozenset()
    """Those that it brings in."""
    about: frozenset[str] = frozenset()
    """The columns that they are about, without their tables."""
    period: str = ""
    """The table of whose one column it only takes away, or only brings in, that it lies in a period."""
    hands_on: frozenset[str] = frozenset()
    """The columns that a step hands on besides its own, where that is all."""
    then: Step | None = None
    """The other half of the same move: a condition that goes here comes there."""
    halves: tuple[Step, ...] = ()
    """Where one condition stands for another: the step that only takes the one away, and the one that only adds the other."""

    wanted: exp.Expr | None = None
    """What comes in the node's place, where that is all that it does."""

    is_side: bool = False
    """Whether it is one side of a comparison, one part of a window, or what is around or within another, of which both are to change."""

    @property
    def code(self) -> str:
        """The commonest mistake of its clause."""
        return COMMONEST[self.clause]
