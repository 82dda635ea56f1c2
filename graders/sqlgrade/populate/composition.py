"""Groups of rows that stand together in one database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.populate.group import Group


@dataclass(frozen=True)
class Composition:
    """Groups that stand in one database, and the table that their rows are rows of."""

    grain: str
    groups: tuple[Group, ...]
    alone: bool = False
    """Tables that do not belong to the rows above the grain stay empty."""
    shared: bool = False
    """A group's rows name the same rows of other tables, as far as these hold nothing that they are told apart by."""
    blank: tuple[ColumnId, frozenset[int]] | None = None
    """A column of the grain, and the numbers of its rows, counted through all groups, that hold nothing in it."""
