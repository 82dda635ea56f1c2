"""The address /penguin/bi: the pages of the BI room, and what their buttons ask for."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tornado import web

from classroom.bi.actions import ACTIONS, Done
from classroom.bi.asking import ProcessAsker
from classroom.bi.pages import gone_page, page_html
from classroom.bi.place import BiRoom
from classroom.bi.store import NAME, BiStore
from classroom.folder import find_practice
from classroom.room.handlers import RoomHandler

if TYPE_CHECKING:
    from classroom.room.handlers import Room

_log = logging.getLogger(__name__)
FIRST = "queries"


def bi_room(room: Room) -> BiRoom:
    """The BI room beside a learner's room; its process is kept until the language changes."""
    known = room.bi
    if known is None or known.lang != room.lang:
        if known is not None and isinstance(known.asker, ProcessAsker):
            known.asker.close()
        asker = ProcessAsker(room.lang, find_practice(room.lang, room.folder.root))
        known = room.bi = BiRoom(BiStore(room.folder.hidden / NAME), asker, room.lang)
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
    return _page(room, replace(outcome, at=outcome.at or at))


def _page(room: BiRoom, outcome: Done) -> dict[str, Any]:
    try:
        page: dict[str, Any] = {"at": outcome.at, "html": page_html(room, outcome.at, outcome.said)}
    except (KeyError, ValueError, IndexError):
        _log.info("There is no page %s", outcome.at, exc_info=True)
        return {"at": FIRST, "html": gone_page(room)}
    if (file := outcome.file) is not None:
        page["file"] = {"name": file.name, "type": file.type, "base64": b64encode(file.content).decode("ascii")}
    return page


class BiHandler(RoomHandler):
    """GET and POST /penguin/bi."""

    @web.authenticated
    async def get(self) -> None:
        """The page of a place."""
        at = self.get_query_argument("at", FIRST)
        await self.answer(self._beside(lambda: shown(bi_room(self.room), at)))

    @web.authenticated
    async def post(self) -> None:
        """An action with the fields of its form."""
        try:
            asked = json.loads(self.request.body)
            action, at = str(asked["do"]), str(asked["at"])
            fields = {str(name): str(value) for name, value in asked["fields"].items()}
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise web.HTTPError(400) from fault
        await self.answer(self._beside(lambda: done(bi_room(self.room), action, at, fields)))

    async def _beside(self, ask: Any) -> Any:
        """Beside the server's loop; a file that can't be used is the disk's fault, with its cause."""
        try:
            return await asyncio.to_thread(ask)
        except sqlite3.Error as fault:
            raise OSError(str(fault)) from fault


BI_HANDLERS: tuple[tuple[str, type[RoomHandler]], ...] = ((r"/penguin/bi", BiHandler),)
"""Path below the server's base, and who answers there."""
