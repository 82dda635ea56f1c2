"""The BI room beside a learner's room: its pages, and what their buttons ask for."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from classroom.exchange.invitation import membership
from classroom.folder import find_practice
from classroom.learner.bi.actions import ACTIONS
from classroom.learner.bi.asking import ProcessAsker
from classroom.learner.bi.done import Done
from classroom.learner.bi.pages import gone_page, page_html
from classroom.learner.bi.place import BiRoom
from classroom.learner.bi.store import NAME, BiStore
from classroom.learner.page.bi_desk import BiDesk
from classroom.learner.page.course import the_course

if TYPE_CHECKING:
    from classroom.learner.page.handlers import Room

_log = logging.getLogger(__name__)
FIRST = "queries"


def bi_room(room: Room) -> BiRoom:
    """The BI room beside a learner's room; its process is kept until the language changes."""
    known = room.bi
    if known is None or known.lang != room.lang:
        if known is not None and isinstance(known.asker, ProcessAsker):
            known.asker.close()
        asker = ProcessAsker(room.lang, find_practice(room.lang, room.folder.root), BiDesk)
        member = membership(room.folder.hidden)
        who = member.learner if member else ""
        known = room.bi = BiRoom(
            BiStore(room.folder.hidden / NAME), asker, room.lang, who, tuple(the_course().schema.keys)
        )
    return known


def shown(room: BiRoom, at: str) -> dict[str, Any]:
    """A page; what is gone is told on it."""
    return _page(room, Done(at))


def done(room: BiRoom, action: str, at: str, fields: dict[str, str]) -> dict[str, Any]:
    """What a button asked for, and the page that follows; raises KeyError for an action that there is not."""
    act = ACTIONS[action]
    try:
        outcome = act(room, fields)
    except (KeyError, ValueError):
        _log.info("%s was asked of something that is gone", action, exc_info=True)
        return {"at": FIRST, "html": gone_page(room)}
    if outcome.is_refused or outcome.is_aside:
        return {"at": at, "said": outcome.said, "aside": outcome.is_aside}
    return _page(room, replace(outcome, at=outcome.at or at))


def _page(room: BiRoom, outcome: Done) -> dict[str, Any]:
    try:
        page: dict[str, Any] = {
            "at": outcome.at,
            "html": page_html(room, outcome.at, outcome.said, is_bad=outcome.is_bad),
        }
    except (KeyError, ValueError, IndexError):
        _log.info("There is no page %s", outcome.at, exc_info=True)
        return {"at": FIRST, "html": gone_page(room)}
    if outcome.file is not None:
        page["file"] = outcome.file.for_page()
    return page


def page_at(room: Room, at: str) -> dict[str, Any]:
    """The page of a place; the first one without a place."""
    return shown(bi_room(room), at or FIRST)


def act(room: Room, action: str, at: str, fields: dict[str, str]) -> dict[str, Any]:
    """What a button asked for, and the page that follows; to stop what another one asked for changes no page."""
    if action == "stop":
        bi_room(room).asker.stop()
        return {"at": at}
    return done(bi_room(room), action, at, fields)


def offered(room: Room, code: str, cursor: int) -> dict[str, Any]:
    """What the editor offers for the word before the cursor; while a query runs, that it does."""
    known = bi_room(room)
    none = {"start": cursor, "offers": [], "busy": False}
    if not isinstance(known.asker, ProcessAsker):
        return none
    told: dict[str, Any] = known.asker.quickly(
        "complete", code, cursor, known.store.night(), lost=none, busy={**none, "busy": True}
    )
    return told


def tables(room: Room, asked: str) -> dict[str, Any]:
    """The tables beside the editor, or one of them, as HTML; while a query runs, that it does."""
    known = bi_room(room)
    if not isinstance(known.asker, ProcessAsker):
        return {"html": "", "busy": False}
    html = known.asker.quickly("tables", asked, known.store.night(), lost="", busy=None)
    return {"html": html or "", "busy": html is None}
