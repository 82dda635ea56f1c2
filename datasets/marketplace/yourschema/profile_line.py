"""One line of a profile: what was measured of one column."""

from __future__ import annotations

from dataclasses import dataclass

FIELDS = ("table_name", "column_name", "stat", "item", "amount")


@dataclass(frozen=True)
class ProfileLine:
    """One number of the profile."""

    table: str
    column: str
    stat: str
    item: str
    amount: str

    @property
    def place(self) -> str:
        """Where the number belongs, for messages."""
        return ".".join(part for part in (self.table, self.column, self.stat) if part)
