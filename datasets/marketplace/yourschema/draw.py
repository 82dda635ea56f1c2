"""One column to fill, with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.yourschema.draws import keys_for, uniform

if TYPE_CHECKING:
    from marketplace.yourschema.draws import F64
    from marketplace.yourschema.frame import CopyTask
    from marketplace.yourschema.mapping import ColumnPlan
    from marketplace.yourschema.profile import ColumnProfile
    from marketplace.yourschema.schema import OwnColumn


@dataclass(frozen=True)
class Draw:
    """One column to fill: its plan, shape, what was measured, and the name under which bits are drawn."""

    world: CopyTask
    plan: ColumnPlan
    shape: OwnColumn
    measured: ColumnProfile
    name: str
    rows: int
    locale: str
    lowest: float | None = None
    highest: float | None = None

    def chances(self, use: str = "") -> F64:
        """Return a number in [0, 1) for each row."""
        return uniform(self.world.dice, f"{self.name}{use}", keys_for(self.rows))
