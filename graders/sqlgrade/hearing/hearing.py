"""An answer once it has run on the whole pack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlgrade.outcomes.submission import RunOutcome, Submission
    from sqlgrade.verdict import Remark


@dataclass(frozen=True)
class Hearing:
    """What is known of a submission once it has run on the whole pack."""

    variant: str
    submission: Submission
    outcomes: list[tuple[int, RunOutcome]]
    notes: tuple[Remark, ...] = ()

    @property
    def wrong(self) -> list[tuple[int, RunOutcome]]:
        """The databases on which it differs; declared types of empty results count only where rows never tell."""
        differing = [(place, outcome) for place, outcome in self.outcomes if outcome.diff is not None]
        if any(o.diff is None and o.reference.result.rows for _, o in self.outcomes):
            return [(place, outcome) for place, outcome in differing if not outcome.only_declared]
        return differing
