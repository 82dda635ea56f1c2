"""App events in the shape of an analytics export: one row an event, what is known of it in repeated parameters.

The shape is that of the export of Google Analytics 4 (https://support.google.com/analytics/answer/7029846), which marketers meet
first in a company's warehouse. An export holds nothing from before it was switched on; this one holds the sessions that began since.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.columns import Column, DayTexts, Ids, Parameters, Rows, Words, numbers
from marketplace.devices import PLATFORMS
from marketplace.impressions import SCREENS
from marketplace.keys import I64, Flags, below, key_of
from marketplace.talks import SOURCES

if TYPE_CHECKING:
    from marketplace.impressions import Shown
    from marketplace.sessions import VisitDetails, Visits
    from marketplace.talks import Talks
    from marketplace.world import World

EXPORT_START = date(2025, 12, 1)
"""Business day with which the export was switched on."""
EVENTS = ("session_start", "page_view", "talk_open")
_SESSION, _PAGE, _TALK = range(len(EVENTS))
PAGES = (*SCREENS, "cast")
"""Titles of the pages: the list, the search results and a cast's own."""
_CAST_PAGE = PAGES.index("cast")
_MICRO = 1_000_000


@dataclass(frozen=True)
class _Events:
    """Events; a place of -1 stands for nothing."""

    visit: I64
    """Position in Visits."""
    time: I64
    page: I64
    """Index of PAGES."""
    shown: I64
    """Position in Shown."""
    talk: I64
    """Position in Talks."""


def event_rows(world: World, visits: Visits, details: VisitDetails, shown: Shown, talks: Talks) -> Rows:
    """Return the events of the visits that reach the log, by visit and time: its start, the pages seen, the talks opened there."""
    exported = visits.start >= days.instant(days.number_of(EXPORT_START))
    every = _in_order(
        _starts(exported, visits),
        _lists(exported, visits, shown),
        _cast_pages(world, exported, shown),
        _talks(exported, shown, talks),
        end=world.end,
    )
    is_page, is_cast, is_talk = every.page >= 0, every.shown >= 0, every.talk >= 0
    given: dict[str, Column] = {
        "ga_session_id": Ids(every.visit, np.zeros(len(every.visit), bool), "sessions"),
        "page_title": Words(np.maximum(every.page, 0), ~is_page, PAGES),
        "cast_id": Column(_at(shown.cast, every.shown) + 1, ~is_cast),
        "position": Column(_at(shown.position, every.shown), ~is_cast | is_talk),
        "talk_id": Ids(np.maximum(every.talk, 0), ~is_talk, "talks"),
        "source": Words(np.maximum(_at(talks.source, every.talk), 0), ~is_talk, SOURCES),
    }
    key = key_of(visits.key[every.visit], every.time - visits.start[every.visit])
    return Rows(
        {
            "event_date": DayTexts(days.day_number(every.time) + days.DAY_ZERO),
            "event_timestamp": Column(every.time * _MICRO),
            "event_name": Words(np.where(is_talk, _TALK, np.where(is_page, _PAGE, _SESSION)), pool=EVENTS),
            "event_params": Parameters(below(world.dice.roll("app_events.order", key), 0, len(given)), given=given),
            "guest_id": numbers(visits.guest[every.visit] + 1, np.int32),
            "platform": Words(details.platform[every.visit], pool=PLATFORMS),
        },
        every.time,
    )


def _starts(exported: Flags, visits: Visits) -> _Events:
    visit = np.flatnonzero(exported)
    nothing = np.full(len(visit), -1)
    return _Events(visit, visits.start[visit], nothing, nothing, nothing)


def _lists(exported: Flags, visits: Visits, shown: Shown) -> _Events:
    """Return the view of the one list that each visit shows."""
    first = np.flatnonzero(exported[shown.visit] & (shown.position == 1))
    visit, place = np.unique(shown.visit[first], return_index=True)
    nothing = np.full(len(visit), -1)
    return _Events(visit, visits.start[visit] + 2, shown.is_search[first[place]].astype(np.int64), nothing, nothing)


def _cast_pages(world: World, exported: Flags, shown: Shown) -> _Events:
    """Return the view of the cast's page that follows each click."""
    click = np.flatnonzero(exported[shown.visit] & shown.clicked)
    wait = 5 + below(world.dice.roll("app_events.page", shown.key[click]), 0, 19)
    page = np.full(len(click), _CAST_PAGE)
    return _Events(shown.visit[click], shown.time[click] + wait, page, click, np.full(len(click), -1))


def _talks(exported: Flags, shown: Shown, talks: Talks) -> _Events:
    """Return the opening of each talk that followed a click which reached the log."""
    order = np.argsort(shown.key)
    found = (
        order[np.minimum(np.searchsorted(shown.key, talks.key, sorter=order), len(order) - 1)] if len(order) else order
    )
    talk = np.flatnonzero((shown.key[found] == talks.key) & ~talks.is_spam) if len(order) else order
    talk = talk[exported[shown.visit[found[talk]]]]
    place = found[talk]
    return _Events(shown.visit[place], talks.opened[talk], np.full(len(talk), -1), place, talk)


def _in_order(*kinds: _Events, end: int) -> _Events:
    """Return the events up to the end, by visit and time."""
    visit, time, *rest = (np.concatenate([getattr(each, part.name) for each in kinds]) for part in fields(_Events))
    known = np.flatnonzero(time < end)
    order = known[np.lexsort((time[known], visit[known]))]
    return _Events(visit[order], time[order], *(each[order] for each in rest))


def _at(values: I64, places: I64) -> I64:
    """Return the values at the places; where there is none, any."""
    return values[places] if len(values) else np.zeros(len(places), np.int64)
