"""What an Expo holds: the cards of its eight steps as they were typed, what their queries gave, and a log that was sealed on the way.

It is handed in like a lesson whose id is `EXPO`, in the place of a notebook.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from classroom.exchange.decoding import decoded

if TYPE_CHECKING:
    from collections.abc import Mapping

EXPO = "EXPO"
"""The id under which an Expo is handed in and comes back."""
FILE = "expo.json"
_MONTH_DIGITS = 4
"""Longer is no number of months; anybody may have written thousands of digits, which Python refuses to read."""
HYPOTHESES, CHECKS = 3, 6
"""How many hypotheses there are, and how many checks there may be."""


@dataclass(frozen=True)
class Issue:
    """Step 1: what is wrong, where on the KPI tree, for whom."""

    name: str = ""
    """A name that people will repeat."""
    node: str = ""
    """One of `classroom.session.kpi_tree.NODES`."""
    decider: str = ""
    """Who decides what with it."""
    loses: str = ""
    """Who loses what by it."""
    sql: str = ""
    """Gives its number as it is now."""


@dataclass(frozen=True)
class Hypothesis:
    """Step 2: one of three."""

    claim: str = ""
    look: str = ""
    """Where one would look."""
    mind: str = ""
    """What result would change one's mind."""


@dataclass(frozen=True)
class Order:
    """Step 2: in which order they are checked, and why."""

    why: str = ""


@dataclass(frozen=True)
class Metric:
    """Step 3: the metric card."""

    name: str = ""
    numerator: str = ""
    denominator: str = ""
    period: str = ""
    exclusions: str = ""
    grain: str = ""
    """What there is one number for: the day, the area, or all."""
    why: str = ""
    """Why this denominator, and what another would change."""
    sql: str = ""


@dataclass(frozen=True)
class Analysis:
    """Step 4: the query that shows the issue, and what follows from it."""

    sql: str = ""
    conclusion: str = ""


@dataclass(frozen=True)
class Check:
    """Step 4: one line of the check log. Its query gives one row whose first column is true if all is well."""

    claim: str = ""
    sql: str = ""


@dataclass(frozen=True)
class Slide:
    """Step 5: one slide about the analysis, and what is said with it in sixty seconds."""

    headline: str = ""
    definition: str = ""
    period: str = ""
    n: str = ""
    next: str = ""
    spoken: str = ""
    kind: str = ""
    """A key of `classroom.learner.bi.drawing.FIELDS`."""
    x: str = ""
    y: str = ""
    color: str = ""


@dataclass(frozen=True)
class Measure:
    """Step 6: what is done, for whom, and how it will be judged."""

    name: str = ""
    kind: str = ""
    """The id of a kind in course/expo/kinds.toml."""
    group: str = ""
    """One of `marketplace.secondmonth.GROUPS`."""
    area: str = ""
    condition: str = ""
    """The target as an SQL condition over guests or casts; empty for everybody of the group."""
    metric: str = ""
    """One of `marketplace.secondmonth.METRICS`."""
    percent: str = ""
    """Planned chance of treatment."""
    months: str = ""
    """For how many months who comes is taken in, `1` to `3`; empty in Expos from before there was a choice: one."""
    cost: str = ""
    worth: str = ""
    """The smallest change of the metric that would be worth the cost, in percent of what it is now."""
    smallest: str = ""
    """The smallest version that would teach something."""
    sql: str = ""
    """The planned analysis; it is run on the second data as it stands here."""
    stop: str = ""
    rule: str = ""
    """What is done at which result: the rule written beforehand."""
    declined: str = ""
    """What is not built."""


@dataclass(frozen=True)
class Talk:
    """Step 7: what listeners are asked for, and how they voted."""

    ask: str = ""
    votes: str = ""
    """A line for each listener: vote, comment."""


@dataclass(frozen=True)
class Report:
    """Step 8: what is reported of the second data."""

    finding: str = ""
    decision: str = ""
    """What is done now, by the rule."""
    cannot: str = ""
    """What the data can't say."""
    deviations: str = ""
    """What was done otherwise than planned, and why."""
    sql: str = ""
    """Another query on the second data, beside the plan."""


@dataclass(frozen=True)
class Trial:
    """What a check said when the data of one table were spoilt in one way."""

    table: str
    fault: str
    """One of `classroom.exchange.expo.spoiling.FAULTS`."""
    noticed: bool


@dataclass(frozen=True)
class Shot:
    """What a query of a card gave when it last ran."""

    place: str
    """Part and field, such as `issue.sql` or `check.2.sql`."""
    sql: str
    """As it was run."""
    at: str
    """ISO 8601, UTC."""
    result: dict[str, Any] | None = None
    """The fields of a `classroom.session.result.ResultTable`, its first rows; None if there is none."""
    problem: str = ""
    """Why there is no result."""
    trials: tuple[Trial, ...] = ()
    """Of a check: what it said of spoilt data."""


@dataclass(frozen=True)
class Entry:
    """A line of the log, which nothing is ever taken from: what was written, when, and its place in the chain."""

    who: str
    """Whose Expo it is of."""
    number: int
    """From 1."""
    kind: str
    """plan, month, run or report."""
    at: str
    """ISO 8601, UTC, by the learner's clock."""
    content: str
    """JSON in canonical form."""
    before: str
    """The code of the entry before; empty in the first."""
    code: str
    """SHA-256 over all of the above."""


@dataclass(frozen=True)
class Expo:
    """One learner's Expo."""

    who: str
    """A random number of this Expo."""
    issue: Issue = field(default_factory=Issue)
    hypotheses: tuple[Hypothesis, ...] = (Hypothesis(),) * HYPOTHESES
    order: Order = field(default_factory=Order)
    metric: Metric = field(default_factory=Metric)
    analysis: Analysis = field(default_factory=Analysis)
    checks: tuple[Check, ...] = (Check(),) * CHECKS
    slide: Slide = field(default_factory=Slide)
    measure: Measure = field(default_factory=Measure)
    talk: Talk = field(default_factory=Talk)
    report: Report = field(default_factory=Report)
    shots: tuple[Shot, ...] = ()
    log: tuple[Entry, ...] = ()

    def shot(self, place: str) -> Shot | None:
        """What the query of a place gave; None before it ran."""
        return next((each for each in self.shots if each.place == place), None)

    def text(self, place: str) -> str:
        """What is written at a place, such as `issue.name` or `check.2.sql`; raises KeyError for none."""
        return texts_of(self)[place]


BEFORE = ("issue", "hypotheses", "order", "metric", "analysis", "checks", "measure")
"""The parts that are sealed before the second data."""
_SEVERAL = {"hypotheses": ("hypothesis", Hypothesis, HYPOTHESES), "checks": ("check", Check, CHECKS)}
_CARDS: dict[str, type] = {
    "issue": Issue,
    "order": Order,
    "metric": Metric,
    "analysis": Analysis,
    "slide": Slide,
    "measure": Measure,
    "talk": Talk,
    "report": Report,
}


STEP_PARTS: dict[str, tuple[str, ...]] = {
    "issue": ("issue",),
    "hypotheses": (*(f"hypothesis.{number}" for number in range(1, HYPOTHESES + 1)), "order"),
    "metric": ("metric",),
    "checks": ("analysis", *(f"check.{number}" for number in range(1, CHECKS + 1))),
    "measure": ("measure",),
}
"""The parts of each step that is sealed, as places name them."""


def places_of(step: str) -> tuple[str, ...]:
    """The places of a step that is sealed."""
    return tuple(place for place in places() if place.rpartition(".")[0] in STEP_PARTS[step])


def places() -> tuple[str, ...]:
    """All places that can be written in."""
    single = [f"{part}.{each.name}" for part, kind in _CARDS.items() for each in fields(kind)]
    several = [
        f"{name}.{number}.{each.name}"
        for name, kind, count in _SEVERAL.values()
        for number in range(1, count + 1)
        for each in fields(kind)
    ]
    return (*single, *several)


def texts_of(expo: Expo) -> dict[str, str]:
    """What is written, by its place."""
    found: dict[str, str] = {}
    for part in _CARDS:
        found |= {f"{part}.{name}": text for name, text in asdict(getattr(expo, part)).items()}
    for part, (name, _, _) in _SEVERAL.items():
        for number, card in enumerate(getattr(expo, part), start=1):
            found |= {f"{name}.{number}.{each}": text for each, text in asdict(card).items()}
    return found


def expo_from(who: str, texts: Mapping[str, str], shots: tuple[Shot, ...] = (), log: tuple[Entry, ...] = ()) -> Expo:
    """The record of what is written at each place; what is not there is empty."""
    single: dict[str, Any] = {part: _card(kind, part, texts) for part, kind in _CARDS.items()}
    several: dict[str, Any] = {
        part: tuple(_card(kind, f"{name}.{number}", texts) for number in range(1, count + 1))
        for part, (name, kind, count) in _SEVERAL.items()
    }
    return Expo(who=who, shots=shots, log=log, **single, **several)


def _card(kind: type, part: str, texts: Mapping[str, str]) -> Any:
    return kind(**{each.name: texts.get(f"{part}.{each.name}", "") for each in fields(kind)})


def to_json(expo: Expo) -> dict[str, Any]:
    """The record as JSON's own types."""
    return asdict(expo)


def from_json(value: object) -> Expo:
    """The record in JSON that anybody may have written.

    Raises:
        ValueError: it is none.
    """
    return decoded(Expo, value)


def as_notebook(expo: Expo) -> dict[str, Any]:
    """What stands in the place of the notebook in a `HandIn` of an Expo."""
    return {"cells": [], "metadata": {"penguin": {"expo": to_json(expo)}}, "nbformat": 4, "nbformat_minor": 5}


def in_notebook(notebook: Mapping[str, Any]) -> Expo:
    """The Expo in a `HandIn`'s notebook.

    Raises:
        ValueError: there is none.
    """
    try:
        return from_json(notebook["metadata"]["penguin"]["expo"])
    except (KeyError, TypeError) as fault:
        raise ValueError("no Expo") from fault


def months_of(text: str) -> int:
    """The months of a plan as chosen; one where nothing is, 0 for what is no number of months."""
    chosen = text.strip()
    return int(chosen) if chosen.isdecimal() and len(chosen) <= _MONTH_DIGITS else 0 if chosen else 1


def percent_of(text: str) -> float | None:
    """A number as typed, with or without a sign of percent; None if it is none, or not finite."""
    try:
        number = float(text.replace("％", "").replace("%", "").replace(",", "").strip())
    except ValueError:
        return None
    return number if math.isfinite(number) else None
