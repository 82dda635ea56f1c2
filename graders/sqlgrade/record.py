"""The exercise record: everything an author says about one task, as frozen values."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

CLAUSES = ("FROM", "WHERE", "GROUP BY", "HAVING", "SELECT", "WINDOW", "ORDER BY")
"""The clauses a hint can name, in the order in which they are examined."""

LONGEST_ANSWER = 100_000
"""Characters of a text that is judged, enough for a list of some ten thousand ids; a longer one is refused unread."""

DEFAULT_NOW = dt.datetime(2024, 7, 15, 10, 30)  # noqa: DTZ001  (the connection's own zone)
"""The frozen clock of an exercise that names none."""

DEFAULT_WEIGHTS: Mapping[str, float] = {
    "FROM": 0.30,
    "WHERE": 0.25,
    "GROUP BY": 0.20,
    "HAVING": 0.15,
    "SELECT": 0.20,
    "WINDOW": 0.25,
    "ORDER BY": 0.10,
    "BLOCK": 0.50,
    "REQUIRE": 0.50,
    "ROUND": 0.10,
}
"""Share of the points that a wrong clause costs; BLOCK is a whole query block, REQUIRE a right result in another form, ROUND
one that is rounded otherwise than the solution's."""


class ExerciseFault(Exception):  # noqa: N818  (the specification's word)
    """The exercise itself is at fault; the text is for its author, never for the learner."""


class RowOrder(StrEnum):
    """What the task says about the order of rows."""

    IGNORED = "ignored"
    """Rows are compared as a bag."""
    CHECKED = "checked"
    """The exact sequence counts."""
    AS_SOLUTION = "as_solution"
    """The solution's ORDER BY counts, ties are free."""


@dataclass(frozen=True)
class Solution:
    """A reference query; the solutions of one variant must agree on all data."""

    sql: str
    variant: str = "main"


@dataclass(frozen=True)
class Alternative:
    """Another right query, kept as a test: it must be accepted and is never used as truth."""

    name: str
    sql: str


@dataclass(frozen=True)
class NearMiss:
    """A wrong query written by the author; its name is also the key of its hint."""

    name: str
    sql: str
    code: str
    clause: str | None = None


@dataclass(frozen=True)
class Rules:
    """How an answer's result is compared with the solution's."""

    row_order: RowOrder = RowOrder.AS_SOLUTION
    rows: Literal["bag", "set"] = "bag"
    nulls: Literal["free", "as_solution"] = "free"
    ties: Literal["free", "as_solution"] = "free"
    columns: Literal["auto", "strict", "named"] = "auto"
    column_names: tuple[str, ...] = ()
    rel_tol: float = 1e-9
    abs_tol: float = 1e-9
    rounded: Literal["accept_unrounded", "strict"] = "accept_unrounded"
    bool_as_int: Literal["note", "reject"] = "note"


@dataclass(frozen=True)
class Limits:
    """What one answer may cost."""

    seconds: float = 2.0
    memory_mb: int = 256
    practice_seconds: float = 30.0


@dataclass(frozen=True)
class Watch:
    """What a query that watches is tried on, and what it has to say of each night."""

    script: str
    """Fills the tables of a run, whose number it has as {run}, and a table watched(day, sort, rings) with its nights."""
    runs: tuple[int, ...] = (1, 2, 3)
    """The fillings that are made of the script."""
    arrived: Mapping[str, str] = field(default_factory=dict)
    """Table -> condition under which a row of it has arrived on the morning after the night {day}; left out, all have."""
    day: str = "business_date"
    """The column that says which night the row is about."""
    rings: str = "is_alert"
    """The column that says whether to ring: 1 or true."""
    exact: tuple[str, ...] = ()
    """Further columns whose value has to be the solution's."""


@dataclass(frozen=True)
class Draft:
    """Somebody else's query for the task: an answer refutes it by rows of its own, or approves it."""

    sql: str
    is_right: bool
    """Whether there are no rows on which it is wrong."""
    needs: tuple[tuple[str, str], ...] = ()
    """Near miss -> query that finds a row as soon as an answer's rows have what that near miss lacks, in this order."""
    shown: tuple[str, ...] = ()
    """The author's own rows on which it is wrong; an answer of no more rows than the fewest of these is a small one."""
    may_be_empty: bool = False
    """Whether tables without a row are an answer."""
    asks_result: bool = False
    """Whether an answer says as well what should come out of its rows: a SELECT of written values after them."""
    pattern: str = ""
    """INSERT statements whose first row of a table gives the columns that an answer leaves out; NULL is taken first."""


@dataclass(frozen=True)
class Clock:
    """By which clock days are counted, where moments are stored by another one."""

    ahead: int
    """Hours by which the clock of those who ask is ahead of the stored moments: 9 in Japan, where these are UTC."""
    day_begins: int = 0
    """The hour of that clock at which a day begins, where it is not midnight."""


@dataclass(frozen=True)
class Exercise:
    """One task over one schema, with its solutions, tests and rules."""

    id: str
    ddl: str
    solutions: tuple[Solution, ...]
    alternatives: tuple[Alternative, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    rules: Rules = field(default_factory=Rules)
    limits: Limits = field(default_factory=Limits)
    assume: tuple[str, ...] = ()
    """Queries that return no row on valid data."""
    fixed: tuple[str, ...] = ()
    """Tables whose content is the same in all data, a calendar say: the rows that the schema's script puts there."""
    pools: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """Realistic values by "table.column"."""
    databases: tuple[str, ...] = ()
    """Hand-made fillings, each a script of INSERT statements."""
    now: dt.datetime | None = None
    """The frozen clock, None to leave the clock alone."""
    timezone: str = "UTC"
    clock: Clock | None = None
    """The clocks by which its data may be read; None where there is but one."""
    points: float = 10.0
    weights: Mapping[str, float] = field(default_factory=dict)
    """Overrides of DEFAULT_WEIGHTS by clause."""
    require: tuple[str, ...] = ()
    """Constructs that the lesson teaches: names of sqlglot expression classes, lower case, "|" between choices.

    A right result without them is accepted with a note, at the cost of the weight REQUIRE.
    """
    forbid: tuple[str, ...] = ()
    """Constructs that the task rules out, named as in require; an answer with one is not allowed."""
    alive: Mapping[str, str] = field(default_factory=dict)
    """A mutant's edit -> the author's reason why it may stay alive."""
    settings: tuple[Mapping[str, str], ...] = ()
    """What stands for each parameter `{{ name }}` of the queries, time after time: an answer is right if it is with all of them."""
    watch: Watch | None = None
    """Set for a query that watches: it is judged by its nights and by no database."""
    dialect: str = "duckdb"
    """What its DDL and queries are written in, and answers that name nothing else (see dialect.heading)."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Views that stand beside the tables, `lesson.scored` say -> the query of each, which may read those before it."""
    draft: Draft | None = None
    """Set where rows are asked for on which this draft is wrong: they are the only data on which it is tried."""

    def fingerprint(self) -> str:
        """Hash of everything that can change a pack built from this record."""
        parts = (
            *(self.id, self.ddl, self.solutions, self.alternatives, self.near_misses, self.rules, self.limits),
            *(self.assume, self.fixed, sorted((k, tuple(v)) for k, v in self.pools.items()), self.databases, self.now),
            *(self.timezone, self.points, sorted(self.weights.items()), self.require, self.forbid),
            *(sorted(self.alive.items()), tuple(sorted(each.items()) for each in self.settings)),
            *([self.watch, sorted(self.watch.arrived.items())] if self.watch else ()),
            *([self.clock] if self.clock else ()),
            *([self.dialect] if self.dialect != "duckdb" else ()),
            *([self.draft] if self.draft else ()),
            *([list(self.given.items())] if self.given else ()),
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()
