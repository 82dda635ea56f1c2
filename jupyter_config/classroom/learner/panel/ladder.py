"""One button that climbs the hints, 1/4 to 4/4; the latest is on top, what was opened stays open."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.learner.panel.offer import sentence
from classroom.session.verdict.hints import hint_head

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from classroom.learner.panel.offer import Offer


class Ladder:
    """The button and the drawer under it."""

    def __init__(
        self, rungs: Sequence[Offer], show: Callable[[Offer], Any], lang: str, shared: Mapping[str, Any]
    ) -> None:
        widgets: Any = import_module("ipywidgets")
        self._widgets, self._rungs, self._show, self._lang = widgets, rungs, show, lang
        self._climbed, self._asked = 0, False
        self.drawer = widgets.VBox()
        self.drawer.add_class("pg-ladder")
        self._button = widgets.Button(**shared)
        self._button.add_class("pg-next")
        self._button.on_click(self._climb)
        self._label()

    @property
    def buttons(self) -> list[Any]:
        """The button, where there is anything to climb."""
        return [self._button] if self._rungs else []

    def _climb(self, _: Any) -> None:
        if self._climbed >= len(self._rungs):
            return
        rung = self._rungs[self._climbed]
        opened = [each for each in self.drawer.children if not getattr(each, "only_asks", False)]
        if rung.asks_first and not self._asked:
            self._asked = True
            asking = self._html(f"<p>{escape(sentence('really', self._lang))}</p>")
            asking.only_asks = True
            self.drawer.children = (asking, *opened)
            return
        self._button.disabled = True
        name = sentence(f"button.{rung.name}", self._lang)
        told = hint_head(name, self._climbed, len(self._rungs), self._lang)
        head = self._html(f"<h5>{escape(told)}</h5>")
        step = self._widgets.VBox([head, self._show(rung)])
        step.add_class("pg-rung")
        self.drawer.children = (step, *opened)
        self._climbed += 1
        self._button.disabled = self._climbed >= len(self._rungs)
        self._label()

    def _label(self) -> None:
        if not self._rungs:
            return
        at = min(self._climbed, len(self._rungs) - 1)
        code = "hint.all" if self._climbed >= len(self._rungs) else "hint.next" if self._climbed else "hint.first"
        if self._rungs[at].asks_first and not self._button.disabled:
            code = "hint.solution"
        label = sentence(code, self._lang, number=at + 1, count=len(self._rungs))
        self._button.description = self._button.tooltip = label

    def _html(self, inner: str) -> Any:
        return self._widgets.HTML(f'<div class="pg">{inner}</div>')
