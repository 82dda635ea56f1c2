"""The pages of the BI room as HTML, by their place, such as `queries`, `query/3` or `dashboard/2/edit`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.bi.alert_page import alert_page, alerts_page
from classroom.learner.bi.dashboard_page import dashboard_page, dashboards_page
from classroom.learner.bi.log_page import log_page
from classroom.learner.bi.markup import act, buttons, form, link, told
from classroom.learner.bi.place import BiRoom, morning_text
from classroom.learner.bi.query_page import queries_page, query_page
from classroom.learner.bi.running import CLOCK
from classroom.learner.bi.slide_page import slide_page
from marketplace.nights import HORIZON

if TYPE_CHECKING:
    from collections.abc import Callable

_WEEK = 7
TABS = ("queries", "dashboards", "alerts", "log")
_PAGES: dict[str, tuple[str, Callable[[BiRoom, list[str]], str]]] = {
    "queries": ("queries", queries_page),
    "query": ("queries", query_page),
    "dashboards": ("dashboards", dashboards_page),
    "dashboard": ("dashboards", dashboard_page),
    "alerts": ("alerts", alerts_page),
    "alert": ("alerts", alert_page),
    "log": ("log", log_page),
    "slide": ("queries", slide_page),
}
"""The first word of a place: the tab that it belongs to, and who draws it from the words that follow."""


def page_html(room: BiRoom, at: str, said: str = "", *, is_bad: bool = False) -> str:
    """The whole page.

    Args:
        room: The learner's.
        at: The place, as the page's links name it.
        said: What an action has done, as HTML.
        is_bad: Whether that is that something has failed.

    Raises:
        KeyError: there is no such place, or what it shows is gone.
    """
    name, *rest = at.split("/")
    tab, draw = _PAGES[name]
    body = draw(room, rest)
    tone = " penguin-bi-failed" if is_bad else ""
    status = f'<p class="penguin-bi-said{tone}" role="{"alert" if is_bad else "status"}">{said}</p>'
    return f"{_head(room, tab)}{status}{body}"


def _head(room: BiRoom, tab: str) -> str:
    lang, night = room.lang, room.store.night()
    tabs = "".join(_tab(each, told(f"tab.{each}", lang), is_current=each == tab) for each in TABS)
    now = told("clock.now", lang, day=morning_text(night, lang), clock=CLOCK)
    gone = told("clock.gone", lang, nights=night) if night else told("clock.none", lang)
    return (
        f'<header class="penguin-bi-head"><h1>{told("title", lang)}</h1><nav aria-label="{told("title", lang)}">{tabs}</nav>'
        f'<div class="penguin-bi-clock"><div><strong>{now}</strong><span>{gone}</span></div>{_nights(room, night)}</div></header>'
    )


def _tab(place: str, label: str, *, is_current: bool) -> str:
    current = ' aria-current="page"' if is_current else ""
    return f'<button type="button" data-bi-go="{place}"{current}>{label}</button>'


def _nights(room: BiRoom, night: int) -> str:
    """Buttons that let time go by; each says which night its page shows, so that two windows don't do the same twice."""
    lang, left = room.lang, HORIZON - night
    parts = []
    if night:  # on the left: the others stay where they are, so that a second press is not another button's
        parts.append(act("again", told("clock.again", lang), sure=told("clock.again_sure", lang)))
    if left:
        parts.append(act("night", told("clock.one", lang), seen=night))
        parts.append(act("night", told("clock.week", lang), times=min(_WEEK, left), seen=night))
    return form(buttons(*parts))


def gone_page(room: BiRoom) -> str:
    """What stands in the place of something that another window has taken away."""
    return f"{_head(room, '')}<p>{told('gone', room.lang)}</p>{link('queries', escape('← ') + told('tab.queries', room.lang))}"
