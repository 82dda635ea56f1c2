"""Rows of one group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from sqlgrade.populate.columns_used import ColumnId

Group: TypeAlias = tuple[dict["ColumnId", Any], ...]
"""Each row with what it holds in some columns; for a tied column the number of what it names."""
