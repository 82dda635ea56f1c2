"""One drawing of a page: the Expo as it was then, and the window that shows it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import STEP_PARTS, places_of, texts_of
from classroom.exchange.expo.seal import PLAN, latest, sealed_plan
from classroom.exchange.expo.words import label_code, plain, told
from classroom.learner.bi.drawing import FIELDS, result_html
from classroom.learner.bi.markup import choice, note, warning
from classroom.learner.bi.markup import plain as plain_bi
from classroom.learner.expo import markup
from classroom.messages import say_in
from classroom.session.kpi_tree import NODES
from classroom.session.shots import table_of
from marketplace.masters import AREA_NAMES
from marketplace.secondmonth import GROUPS, METRICS
from marketplace.secondmonth.plan import MOST_MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

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
        options = [("", told("choose", self.lang)), *((f"{place} {each.id}", each.name) for each in saved)]
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
        names = _NAMES[place](self) if place in _NAMES else {}
        return escape(names.get(text, text)).replace("\n", "<br>")


_NAMES: dict[str, Callable[[Drawn], Mapping[str, str]]] = {
    "issue.node": lambda page: {each: say_in("classroom.session", f"kpi_node_{each}", page.lang) for each in NODES},
    "measure.kind": lambda page: {each.id: each.title[page.lang] for each in page.room.texts.kinds},
    "measure.group": lambda page: {each: plain(f"group.{each}", page.lang) for each in GROUPS},
    "measure.area": lambda page: {code: name[page.lang] for code, name in AREA_NAMES.items()},
    "measure.months": lambda page: {
        str(each): plain(f"months.{each}", page.lang) for each in range(1, MOST_MONTHS + 1)
    },
    "measure.metric": lambda page: {each: plain(f"metric_name.{each}", page.lang) for each in METRICS},
    "slide.kind": lambda page: {each: plain_bi(f"kind.{each}", page.lang) for each in FIELDS},
}
"""What is chosen at a place, by its name."""


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
