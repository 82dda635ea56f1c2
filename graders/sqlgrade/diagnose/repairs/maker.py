"""What makes changes of a learner's query, and a change that was made and makes it right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlgrade.mutate.mutant import Edit
    from sqlgrade.query.clause import Clause


@dataclass(frozen=True)
class Maker:
    """A function that yields changes, each to be tried, and what is known of all that it makes."""

    make: Callable[..., Any]
    """Gives edits of what it is given; of a repair that is found in another way, what finds it."""
    adds: bool = False
    """Whether it puts in what is missing, so that there is no place to point at."""
    moves: bool = False
    """Whether it puts a condition elsewhere, right as that may be in itself."""
    variant: str = ""
    """Which way round the mistake was made, where its code says only what it is about."""
    of_code: str = ""
    """The one code whose mistakes have that variant; empty for all."""

    @property
    def name(self) -> str:
        """What the function is called."""
        return str(getattr(self.make, "__name__", self.make))


@dataclass(frozen=True)
class Change:
    """A change of the learner's query after which it is right on every database."""

    edit: Edit
    maker: Maker
    sql: str
    clause: Clause

    @property
    def variant(self) -> str:
        """Which way round the mistake was made, where its code says only what it is about."""
        fits = self.maker.of_code in ("", self.edit.code)
        return self.maker.variant if fits else ""

    @property
    def adds(self) -> bool:
        """True if the change puts in what is missing, so that there is no place to point at."""
        return self.maker.adds

    def made_by(self, make: Callable[..., Any]) -> bool:
        """Whether a function made it."""
        return self.maker.make is make
