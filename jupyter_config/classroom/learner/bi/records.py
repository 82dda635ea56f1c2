"""What the BI room keeps: one frozen record for each thing that has a name there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.session.result import ResultTable


class Schedule(Enum):
    """When a query runs by itself."""

    NEVER = "never"
    DAILY = "daily"
    """Every morning at 05:30, half an hour after the business day has ended."""
    WEEKLY = "weekly"
    """On Mondays at 05:30."""


class AlertState(Enum):
    """How an alert stands since its query last ran, as Redash has it."""

    UNKNOWN = "unknown"
    OK = "ok"
    TRIGGERED = "triggered"


@dataclass(frozen=True)
class Query:
    """A saved query; `id` is 0 before it is kept."""

    id: int
    name: str
    sql: str
    description: str = ""
    owner: str = ""
    schedule: Schedule = Schedule.NEVER
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What was chosen last for its parameters; what is not in it is put in as it is declared."""
    folder: str = ""
    """The folder that it is filed under; empty for none."""


@dataclass(frozen=True)
class Version:
    """A text that a query has had."""

    number: int
    at: str
    """When it was written, ISO 8601 in UTC; empty for what was there before that was written down."""
    who: str
    """Whoever wrote it; empty where the learner has no name."""
    sql: str


@dataclass(frozen=True)
class Place:
    """A place in the text of a query."""

    start: int
    """Characters before it."""
    spot: str
    """What stood there; where the text has been changed since, it is no place any more."""


@dataclass(frozen=True)
class Run:
    """One time that a query ran."""

    query: int
    night: int
    """How many nights had gone by."""
    at: str
    """ISO 8601, UTC."""
    by_itself: bool
    seconds: float
    rows: int
    problem: str = ""
    """Why it gave no result; empty if it did."""
    place: Place | None = None
    """Where in the query that is, as far as it is known."""


@dataclass(frozen=True)
class Kept:
    """The latest result of a query."""

    night: int
    at: str
    result: ResultTable
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the lists of its parameters offered then."""


@dataclass(frozen=True)
class Visual:
    """One way of looking at a query's result."""

    id: int
    query: int
    name: str
    kind: str
    options: Mapping[str, str] = field(default_factory=dict)
    """Which column goes where, by the names of `drawing.FIELDS`."""


@dataclass(frozen=True)
class Card:
    """One place of a dashboard."""

    visual: int
    is_wide: bool = False
    """Whether it takes the whole width instead of half of it."""


@dataclass(frozen=True)
class Dashboard:
    """Visualisations side by side, in reading order."""

    id: int
    name: str
    cards: tuple[Card, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What was chosen here for the parameters of all its queries, by their names."""
    folder: str = ""
    """The folder that it is filed under; empty for none."""


@dataclass(frozen=True)
class Alert:
    """A condition on one column of the first row of a query's result."""

    id: int
    name: str
    query: int
    column: str
    operator: str
    """One of `alerts.OPERATORS`."""
    threshold: str
    rings_each_time: bool = False
    """Whether it rings at every run while the condition holds, instead of once."""
    state: AlertState = AlertState.UNKNOWN


@dataclass(frozen=True)
class Look:
    """One time that an alert was looked at."""

    alert: int
    night: int
    at: str
    before: AlertState
    after: AlertState
    value: str
    """What stood in the column, as text."""
    rang: bool
    """Whether people were told: that it was triggered, or that it is over."""
    condition: str = ""
    """What was asked that morning; empty for what was kept before it was written down."""


@dataclass(frozen=True)
class Ran:
    """All that came of running a query once."""

    run: Run
    result: ResultTable | None = None
    """None if it gave none."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What was put in for its parameters."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What their lists offered."""
    looks: tuple[Look, ...] = ()
    """What its alerts said of the result."""
