"""Which recipes bear rows for the queries at hand, so that the barren ones are left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlgrade.populate.generator import Generator
    from sqlgrade.tables.result import Database

_ENOUGH_TRIES = 3


@dataclass
class Harvest:
    """Counts, by recipe, how often a database gave the solution a row."""

    generator: Generator
    tries: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)

    def note(self, database: Database, *, fruitful: bool) -> None:
        """Books one database; a recipe that stays without fruit while others bear is not used again."""
        name = database.strategies[0]
        self.tries[name] += 1
        self.rows[name] += fruitful
        if any(self.rows.values()) and not self.rows[name] and self.tries[name] >= _ENOUGH_TRIES:
            self.generator.barren.add(name)
