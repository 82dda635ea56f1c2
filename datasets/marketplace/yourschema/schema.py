"""A company's schema as records, whatever dialect it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(StrEnum):
    """How values of a type are made."""

    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    TIME = "time"
    UUID = "uuid"
    OTHER = "other"


@dataclass(frozen=True)
class OwnColumn:
    """A column: its type as DuckDB writes it, and what the schema says about its values."""

    name: str
    type: str
    kind: Kind
    nullable: bool
    comment: str = ""
    choices: tuple[str, ...] = ()
    """Values the schema itself lists (an enum, or CHECK … IN)."""
    length: int | None = None
    """Longest text, in characters."""
    scale: int = 0
    """Digits after the decimal point."""


@dataclass(frozen=True)
class Reference:
    """A foreign key."""

    columns: tuple[str, ...]
    table: str
    referred: tuple[str, ...]
    declared: bool = True
    """False when it was read from the names, for the author to confirm."""


@dataclass(frozen=True)
class Rule:
    """A CHECK of one row, as an SQL expression in DuckDB's dialect."""

    sql: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with its keys, references and checks."""

    name: str
    columns: tuple[OwnColumn, ...]
    key: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    references: tuple[Reference, ...] = ()
    rules: tuple[Rule, ...] = ()
    comment: str = ""

    def column(self, name: str) -> OwnColumn | None:
        """Return the column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True)
class Schema:
    """Tables in the order they were written."""

    tables: tuple[Table, ...]
    dialect: str = "duckdb"

    def table(self, name: str) -> Table | None:
        """Return the table of that name, or None."""
        return next((table for table in self.tables if table.name == name), None)

    def columns(self) -> Iterator[tuple[Table, OwnColumn]]:
        """Yield every column with its table."""
        return ((table, column) for table in self.tables for column in table.columns)
