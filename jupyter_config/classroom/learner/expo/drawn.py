"""One drawing of a page: the Expo as it was then, and the window that shows it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import STEP_PARTS, months_of, places_of, texts_of
from classroom.exchange.expo.seal import PLAN, latest, sealed_plan
from classroom.exchange.expo.words import label_code, told
from classroom.learner.bi.drawing import FIELDS, result_html
from classroom.learner.bi.markup import choice, note, warning
from classroom.learner.bi.markup import plain as plain_bi
from classroom.learner.expo import markup
from classroom.messages import say_in
from classroom.session.kpi_tree import NODES
from classroom.session.shots import table_of
from marketplace.secondmonth import GROUPS, METRICS
from marketplace.secondmonth.plan import MOST_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from classroom.exchange.expo.record import Expo, Shot
    from classroom.learner.expo.place import ExpoRoom
    from classroom.session.result import ResultTable

_SQL_ROWS = 5
_SHOWN_ROWS = 10
_DIGITS = 6
"""Of a number with decimals in a result."""


@dataclass(frozen=True)
class Drawn:
    """What a page is drawn from."""

    room: ExpoRoom
    expo: Expo
    seen: int
    """The revision."""
    window: str = field(default_factory=lambda: secrets.token_hex(6))

    @property
    def lang(self) -> str:
        """`ja` or `en`."""
        return self.room.lang

    @property
    def is_sealed(self) -> bool:
        """Whether the plan is sealed."""
        return latest(self.expo, PLAN) is not None

    def card(self, *parts: str, runs: str = "", tools: Iterable[str] = ()) -> str:
        """A form that keeps by itself what is typed."""
        return markup.card(self.lang, self.seen, self.window, *parts, runs=runs, tools=tools)

    def query(self, place: str) -> str:
        """A field for SQL, and what the BI room has saved to be taken from there."""
        box = markup.field(place, self.expo.text(place), self.lang, rows=_SQL_ROWS)
        saved = self.room.bi.queries()
        if not saved:
            return box
        options = [("", "–"), *((f"{place} {each.id}", each.name) for each in saved)]
        return box + choice(f"from.{place}", told("from_bi", self.lang), options, "", "expo/take")

    def result(self, place: str) -> str:
        """What the query of a place gave."""
        return shot_html(self.expo.shot(place), self.expo.text(place), self.lang)

    def shot(self, place: str) -> str:
        """What a query gave that stands in no field any more."""
        shot = self.expo.shot(place)
        return shot_html(shot, shot.sql if shot else "", self.lang)

    @property
    def plan(self) -> Expo:
        """The cards as they were sealed; as they are where that can't be read any more."""
        return sealed_plan(self.expo) or self.expo

    def sealed(self, *places: str) -> str:
        """What stands at places of the sealed plan."""
        texts = texts_of(self.plan)
        return self.shown({place: texts[place] for place in places})

    def read_only(self, step: str) -> str:
        """The cards of a step as they were sealed."""
        return note(told("sealed", self.lang)) + self.sealed(*places_of(step))

    def sealed_all(self) -> str:
        """All that was sealed."""
        return "".join(
            f"<h3>{told(f'step.{step}', self.lang)}</h3>{self.sealed(*places_of(step))}" for step in STEP_PARTS
        )

    def shown(self, texts: Mapping[str, str]) -> str:
        """Texts under the labels of their places, to be read only; what is empty is left out."""
        rows = "".join(
            f"<div><dt>{told(f'field.{label_code(place)}', self.lang)}</dt><dd>{self._value(place, text)}</dd></div>"
            for place, text in texts.items()
            if text.strip()
        )
        return f'<dl class="penguin-expo-written">{rows}</dl>'

    def _value(self, place: str, text: str) -> str:
        """What stands at a place: SQL as it is laid out, what was chosen by its name."""
        if place.endswith(".sql"):
            return f'<pre tabindex="0">{escape(text)}</pre>'
        if place == "issue.node":
            return escape(say_in("classroom.session", f"kpi_node_{text}", self.lang)) if text in NODES else escape(text)
        if place == "measure.kind":
            return escape(next((each.title[self.lang] for each in self.room.texts.kinds if each.id == text), text))
        if place == "measure.group" and text in GROUPS:
            return told(f"group.{text}", self.lang)
        if place == "measure.months" and 1 <= months_of(text) <= MOST_MONTHS:
            return told(f"months.{months_of(text)}", self.lang)
        if place == "measure.metric" and text in METRICS:
            return told(f"metric_name.{text}", self.lang)
        if place == "slide.kind" and text in FIELDS:
            return escape(plain_bi(f"kind.{text}", self.lang))
        return escape(text).replace("\n", "<br>")


def shot_html(shot: Shot | None, sql: str, lang: str) -> str:
    """What a query gave, and whether it has changed since."""
    if shot is None:
        return note(told("run.never", lang))
    if shot.problem:
        return warning(escape(shot.problem))
    result = table_of(shot)
    if result is None:
        return note(told("run.never", lang))
    stale = note(told("run.stale", lang)) if shot.sql != sql.strip() else ""
    return stale + result_html(_rounded(result), lang, _SHOWN_ROWS)


def _rounded(result: ResultTable) -> ResultTable:
    """A result with so many digits as can be read: a mean has seventeen."""
    rows = tuple(tuple(_readable(each) if isinstance(each, float) else each for each in row) for row in result.rows)
    return replace(result, rows=rows)


def _readable(value: float) -> float:
    """A number with few decimals; what stands before the point is never rounded away."""
    return float(f"{value:.{_DIGITS}g}" if abs(value) < 10**_DIGITS else f"{value:.0f}")
