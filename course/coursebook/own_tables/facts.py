"""What patterns are bound to: tables with their keys, columns by what they mean, and what the copy's rows hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coursebook.own_tables.naming import Called, called, called_in, holds_people, unit_of
from marketplace.yourschema.meanings import KEY, REFERENCE
from marketplace.yourschema.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping as Dict

    from coursebook.format import Bilingual
    from coursebook.practice.draw import Run
    from marketplace.yourschema.mapping import ColumnPlan, Mapping, TablePlan
    from marketplace.yourschema.schema import OwnColumn, Schema, Table

_PLAIN = re.compile(r"[^\W\d]\w{0,62}")
"""Identifiers that a learner can type; others stay out of the drills."""
_CATEGORIES = ("category", "gender", "country", "prefecture", "user_agent")
_NUMBERS = ("money", "quantity", "points", "score", "rating", "duration", "age", "number")
_AMOUNTS = ("money", "quantity", "points", "duration", "number")
"""Numbers that may be added up: nobody asks for the total of ages or ratings."""
_A_RATE = re.compile(r".*(^|_)(rate|ratio|percentage|percent|pct)$", re.IGNORECASE)
"""Columns of money and numbers that nobody adds up either."""
_TIMES = ("created_at", "time", "ended_at", "deleted_at", "updated_at")
_TEXTS = ("title", "person_name", "last_name", "first_name", "username", "company", "city", "email")
_MAY_BE_BLANK = (*_CATEGORIES, "city", *_TEXTS, *_NUMBERS, "ended_at", "deleted_at")
FEW, MANY = 2, 30
"""Different values of a column that rows are grouped by."""
LEAST_NUMBERS, LEAST_ROWS = 8, 30


@dataclass(frozen=True)
class OwnField:
    """A column that a drill may speak of."""

    name: str
    meaning: str
    called: Called
    unit: Bilingual
    kind: Kind
    values: int
    """Different values in the copy."""
    nullable: bool
    """Whether it may be blank."""
    blanks: int
    """Rows of the copy in which it is."""
    after: str | None
    """The time that comes before it in the same row."""
    target: str | None
    """The table that it refers to."""

    @property
    def adds_up(self) -> bool:
        """Whether somebody may ask for its total."""
        return self.meaning in _AMOUNTS and self.values >= LEAST_NUMBERS and not _A_RATE.fullmatch(self.name)

    def suits(self, role: str) -> bool:
        """Whether it can play a role of a pattern."""
        return role in _ROLES and _ROLES[role](self)


_ROLES: Dict[str, Callable[[OwnField], bool]] = {
    "category": lambda each: each.meaning in _CATEGORIES and each.kind is Kind.TEXT and FEW <= each.values <= MANY,
    "number": lambda each: each.meaning in _NUMBERS and each.values >= LEAST_NUMBERS,
    "amount": lambda each: each.adds_up,
    "full_amount": lambda each: each.adds_up and not each.nullable,
    "full_money": lambda each: each.adds_up and each.meaning == "money" and not each.nullable,
    "money": lambda each: each.adds_up and each.meaning == "money",
    "time": lambda each: each.meaning in _TIMES and each.kind is Kind.TIMESTAMP and each.values >= LEAST_NUMBERS,
    "happened": lambda each: each.meaning in ("created_at", "time") and not each.after and each.kind is Kind.TIMESTAMP and each.values >= LEAST_NUMBERS,
    "later": lambda each: each.meaning in _TIMES and each.meaning != "updated_at" and bool(each.after) and each.kind is Kind.TIMESTAMP and each.values >= LEAST_NUMBERS,
    "text": lambda each: each.meaning in _TEXTS and each.kind is Kind.TEXT and each.values >= LEAST_NUMBERS,
    "blank": lambda each: each.meaning in _MAY_BE_BLANK and each.blanks > 0 and each.values > 0,
    "blank_later": lambda each: each.meaning in _TIMES and each.meaning != "updated_at" and bool(each.after) and each.nullable and each.kind is Kind.TIMESTAMP and each.blanks > 0,
    "blank_category": lambda each: each.meaning in _CATEGORIES and each.blanks > 0 and FEW <= each.values <= MANY,
    "blank_number": lambda each: each.meaning in _NUMBERS and each.blanks > 0 and each.values >= LEAST_NUMBERS,
}  # fmt: skip
"""Role of a pattern -> whether a column can play it."""


@dataclass(frozen=True)
class OwnTable:
    """A table that a drill may speak of."""

    name: str
    called: Called
    people: bool
    """Whether its rows are counted as people."""
    rows: int
    key: str
    """Its single key column; empty where it has none, or one of several columns."""
    fields: tuple[OwnField, ...]

    def playing(self, role: str) -> list[OwnField]:
        """The columns that can play a role, those first whose meaning says most."""
        order = (*_CATEGORIES, *_NUMBERS, *_TIMES, *_TEXTS)
        fit = [each for each in self.fields if each.suits(role)]
        return sorted(fit, key=lambda each: order.index(each.meaning))

    def referring(self, table: str) -> list[OwnField]:
        """The columns that refer to a table."""
        return [each for each in self.fields if each.target == table]


@dataclass(frozen=True)
class Facts:
    """All of it."""

    tables: tuple[OwnTable, ...]
    left_out: Dict[str, str] = field(default_factory=dict)
    """Table that no drill speaks of -> the code of the reason."""


def gather(schema: Schema, mapping: Mapping, run: Run) -> Facts:
    """What a schema and its copy give to make drills of.

    Args:
        schema: the tables as they were written.
        mapping: what their columns mean.
        run: runs a SELECT on the copy.
    """
    tables, left_out = [], {}
    for plan in mapping.tables:
        written = schema.table(plan.name)
        if written is None:
            continue
        rows = run(f'SELECT COUNT(*) FROM "{_doubled(plan.name)}"')[0][0]
        reason = _unfit(plan, rows)
        if reason:
            left_out[plan.name] = reason
        else:
            tables.append(_table(plan, written, run, rows))
    return Facts(tuple(tables), left_out)


def _unfit(plan: TablePlan, rows: object) -> str:
    if not _PLAIN.fullmatch(plan.name):
        return "name_unusual"
    if len(plan.key) != 1 and all(each.meaning in (REFERENCE, KEY, "updated_at") for each in plan.columns):
        return "only_links"
    return "rows_few" if not isinstance(rows, int) or rows < FEW else ""


def _table(plan: TablePlan, written: Table, run: Run, rows: object) -> OwnTable:
    name = called(plan.name, plan.label, written.comment, counted=True)
    fields = []
    for column in plan.columns:
        own = written.column(column.name)
        if own is not None and _PLAIN.fullmatch(column.name):
            found = _field(plan, column, own, run)
            fields.append(replace(found, called=called_in(name, found.called)))
    return OwnTable(
        plan.name,
        name,
        holds_people(plan.name),
        int(str(rows)),
        plan.key[0] if len(plan.key) == 1 else "",
        tuple(fields),
    )


def _field(plan: TablePlan, column: ColumnPlan, own: OwnColumn, run: Run) -> OwnField:
    name = f'"{column.name}"'
    values, blanks = run(f'SELECT COUNT(DISTINCT {name}), COUNT(*) - COUNT({name}) FROM "{plan.name}"')[0]
    reference = next((each for each in plan.references if each.columns == (column.name,)), None)
    return OwnField(
        column.name,
        column.meaning,
        called(column.name, column.label, own.comment, counted=False),
        unit_of(column.name, column.unit, own.comment),
        own.kind,
        int(str(values)),
        own.nullable and column.name not in plan.key,
        int(str(blanks)),
        column.after,
        reference.table if reference and column.meaning == REFERENCE else None,
    )


def _doubled(name: str) -> str:
    return name.replace('"', '""')
