"""What of the course's own tables a company's tables stand for: table by table, column by column, value by value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from coursebook.messages import render
from coursebook.own_tables.naming import Called, called
from marketplace.yourschema.roles import ROLES, allowed_value, values_allowed, with_sources
from marketplace.yourschema.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping as Dict

    from marketplace.yourschema.mapping import ColumnPlan, Mapping, TablePlan
    from marketplace.yourschema.schema import OwnColumn, Schema, Table

_TYPABLE = re.compile(r"[^\W\d]\w{0,62}")
_NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER})


class NotPlayed(Exception):  # noqa: N818  (what a company has not is no error)
    """Something of the course's that the company's tables have no counterpart of.

    Args:
        code: Names the sentence, under `own_tables.not_played`.
        params: What the sentence speaks of.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code, self.params = code, params

    def sentence(self, lang: str) -> str:
        """What is missing, in one language."""
        return render(f"own_tables.not_played.{self.code}", self.params, lang)


@dataclass(frozen=True)
class PlayedColumn:
    """A company's column that holds what a column of the course does."""

    name: str
    rename: Dict[str, str]
    """Value of the course -> what it is called here, where that differs."""
    allowed: tuple[str, ...]
    """The only values that may stand; nothing where any may."""
    shifted: bool
    """Whether its moments are told by another clock than the course's column."""

    def value(self, value: str) -> str | None:
        """What a value of the course is called here; None if it can't stand here."""
        renamed = self.rename.get(value, value)
        return allowed_value(renamed, self.allowed) if self.allowed else renamed


@dataclass(frozen=True)
class PlayedTable:
    """A company's table that plays a role."""

    name: str
    called: Called
    columns: Dict[str, PlayedColumn]
    """The course's column -> the company's."""
    others: tuple[str, ...] = ()
    """The company's columns that stand for none."""


@dataclass(frozen=True)
class Counterparts:
    """All of it."""

    tables: Dict[str, PlayedTable]
    """The course's table -> the company's."""
    clock_is_the_courses: bool
    """Whether the company counts days by the clock that the course does."""

    def table(self, table: str) -> PlayedTable:
        """The company's table; raises NotPlayed."""
        if table not in self.tables:
            raise NotPlayed("table", table=table, role=_role_of().get(table, table))
        return self.tables[table]

    def column(self, table: str, column: str) -> PlayedColumn:
        """The company's column; raises NotPlayed."""
        played = self.table(table)
        if column not in played.columns:
            raise NotPlayed("column", table=played.name, column=f"{table}.{column}")
        return played.columns[column]

    def value(self, table: str, column: str, value: str) -> str:
        """What a value is called in the company's column; raises NotPlayed."""
        played = self.column(table, column).value(value)
        if played is None:
            raise NotPlayed("value", table=self.tables[table].name, column=f"{table}.{column}", value=value)
        return played


def counterparts(schema: Schema, mapping: Mapping, clock: tuple[int, int]) -> Counterparts:
    """Which tables play the course's.

    Args:
        schema: The company's tables.
        mapping: Their roles, and how their columns are filled.
        clock: The hours by which the course's local time is ahead, and the hour at which its business day begins.
    """
    tables = {}
    for plan in with_sources(mapping).tables:
        own = schema.table(plan.name)
        if plan.role and own is not None and _TYPABLE.fullmatch(plan.name):
            source = course_table(ROLES[plan.role].table)
            columns = _columns(plan, own, source)
            taken = {each.name for each in columns.values()}
            others = tuple(each.name for each in own.columns if each.name not in taken)
            noun = called(plan.name, plan.label, own.comment, counted=True)
            tables[source.name] = PlayedTable(plan.name, noun, columns, others)
    told = mapping.clock
    return Counterparts(tables, told is not None and (told.ahead, told.day_begins) == clock)


def course_table(name: str) -> Table:
    """One of the course's own tables."""
    return course_tables()[name]


@cache
def course_tables() -> dict[str, Table]:
    """The course's own tables, as a company's are read."""
    import marketplace
    from marketplace import yourschema as own

    return {table.name: table for table in own.read_schema(marketplace.ddl(), "duckdb").tables}


def _columns(plan: TablePlan, own: Table, source: Table) -> dict[str, PlayedColumn]:
    found = {}
    for column in plan.columns:
        name = str(column.source or "").partition(".")[2]
        theirs, ours = source.column(name), own.column(column.name)
        if theirs is not None and ours is not None and _TYPABLE.fullmatch(column.name) and _is_alike(ours, theirs):
            found[name] = _played(column, ours)
    return found


def _played(column: ColumnPlan, own: OwnColumn) -> PlayedColumn:
    allowed = values_allowed(column, own) if own.kind is Kind.TEXT else ()
    return PlayedColumn(column.name, dict(column.rename), allowed, column.shift_hours != 0)


def _is_alike(own: OwnColumn, theirs: OwnColumn) -> bool:
    """Whether the two hold values of one kind; a key may be anything that tells rows apart."""
    if theirs.name.endswith("_id"):
        return own.kind in (*_NUMBERS, Kind.TEXT, Kind.UUID)
    return own.kind is theirs.kind or {own.kind, theirs.kind} <= _NUMBERS


@cache
def _role_of() -> dict[str, str]:
    return {role.table: role.name for role in ROLES.values()}
