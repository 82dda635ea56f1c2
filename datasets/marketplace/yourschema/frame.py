"""One table of the copy being made, and what every step of making it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from marketplace.keys import I64, Dice
    from marketplace.yourschema.mapping import Mapping, TablePlan
    from marketplace.yourschema.period import Period
    from marketplace.yourschema.profile import Profile
    from marketplace.yourschema.schema import Reference, Schema, Table


@dataclass
class Frame:
    """One table's rows: for each reference the row it points at, and the second at which the row came about."""

    plan: TablePlan
    table: Table
    rows: int
    links: dict[tuple[str, ...], I64] = field(default_factory=dict)
    times: I64 | None = None
    driver: Reference | None = None
    """The reference that decided how many rows each parent has."""
    given: dict[str, pa.Array] = field(default_factory=dict)
    """Columns that a role fills with the course's data."""
    source_keys: pa.Array | None = None
    """The course's key of each row, by which other tables with a role refer to it."""

    def keep(self, chosen: I64) -> None:
        """Keep these rows, in this order."""
        self.rows = int(chosen.size)
        self.links = {columns: link[chosen] for columns, link in self.links.items()}
        if self.times is not None:
            self.times = self.times[chosen]
        self.given = {name: values.take(chosen) for name, values in self.given.items()}
        if self.source_keys is not None:
            self.source_keys = self.source_keys.take(chosen)


@dataclass(frozen=True)
class CopyTask:
    """What every step of the copy needs."""

    schema: Schema
    mapping: Mapping
    profile: Profile
    dice: Dice
    period: Period
    scale: float = 1.0
