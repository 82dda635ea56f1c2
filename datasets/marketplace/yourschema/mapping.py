"""The mapping a company edits: what each column means, which table plays which role, which values may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from marketplace.yourschema.meanings import ProfileClass, profile_class

if TYPE_CHECKING:
    from marketplace.yourschema.schema import Reference

Values = Literal["hidden", "approved"] | tuple[str, ...]


@dataclass(frozen=True)
class OwnName:
    """What the company calls a thing, in a text for people."""

    ja: str = ""
    """In Japanese; empty where only the other language has a name."""
    en: str = ""
    """In English."""


@dataclass(frozen=True)
class OwnClock:
    """By which clock the company counts days."""

    ahead: int = 0
    """Hours by which local time is ahead of the stored moments."""
    day_begins: int = 0
    """The local hour at which a business day begins."""


@dataclass(frozen=True)
class SameAs:
    """A column that repeats a column of the row a reference points at."""

    via: str
    """The referring column."""
    column: str
    """The column of the table referred to."""


@dataclass(frozen=True)
class ColumnPlan:
    """How the values of one column are made; every field but the name can be edited in the mapping file."""

    name: str
    meaning: str
    references: tuple[str, str] | None = None
    """(table, column) referred to."""
    values: Values = "hidden"
    """hidden: names become cat_1 …; approved: the names found at home may be used; or the names to use."""
    min: float | None = None
    max: float | None = None
    grid: float | None = None
    """Values are multiples of this."""
    null_share: float | None = None
    after: str | None = None
    """A time column of the same row that comes first."""
    same_as: SameAs | None = None
    source: str | None = None
    """The column of the course's data (table.column) that fills this one, for a table with a role."""
    shift_hours: int = 0
    """Hours added to the source's times, e.g. 9 to turn UTC into Japan time."""
    rename: tuple[tuple[str, str], ...] = ()
    """Values of the source and what they are called here."""
    label: OwnName = OwnName()
    """What the column is called in texts."""
    unit: OwnName = OwnName()
    """What its numbers are counted in: 円, yen."""
    guessed: bool = False
    """The reference was read from the names, not from a declared key."""

    @property
    def profile(self) -> ProfileClass:
        """What may be counted of this column at home."""
        allowed = profile_class(self.meaning)
        approved_number = allowed is ProfileClass.QUANTILES and self.values == "approved"
        return ProfileClass.WEIGHTS if approved_number else allowed


@dataclass(frozen=True)
class TablePlan:
    """How one table is filled."""

    name: str
    columns: tuple[ColumnPlan, ...]
    role: str | None = None
    """The table of the course's data whose rows, and planted phenomena, fill this table."""
    rows: int | None = None
    """Rows at scale 1; otherwise the profile's count, or a default."""
    key: tuple[str, ...] = ()
    label: OwnName = OwnName()
    """What its rows are called in texts: 注文, orders."""
    references: tuple[Reference, ...] = ()
    """Declared references and those read from the names."""

    def column(self, name: str) -> ColumnPlan | None:
        """Return the plan of one column, or None."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def main_time(self) -> str | None:
        """The column that says when the row came about."""
        times = [column for column in self.columns if column.profile is ProfileClass.TIMES and not column.same_as]
        for wanted in ("created_at", "time", "ended_at", "updated_at"):
            for column in times:
                if column.meaning == wanted and column.after is None:
                    return column.name
        return None

    @property
    def event_time(self) -> str | None:
        """The main time, if it says when something happened; None if it is only the time of the last change."""
        main = self.main_time
        column = self.column(main) if main else None
        return main if column is not None and column.meaning != "updated_at" else None


@dataclass(frozen=True)
class Mapping:
    """The plan of every table, in the order of the schema."""

    tables: tuple[TablePlan, ...]
    clock: OwnClock | None = None
    """By which clock days are counted; None where the moments are taken as they are stored."""

    def table(self, name: str) -> TablePlan | None:
        """Return the plan of one table, or None."""
        return next((table for table in self.tables if table.name == name), None)
