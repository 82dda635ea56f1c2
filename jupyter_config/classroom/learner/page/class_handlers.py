"""The addresses below /penguin/ that have to do with the class; without one each answers null or 404."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from classroom.exchange.envelope import MOST_BYTES, Damaged
from classroom.exchange.joining import join_class
from classroom.learner.page.handing import LearnersClass, as_json, class_of
from classroom.learner.page.handlers import RoomHandler

if TYPE_CHECKING:
    from classroom.learner.page.handlers import Room

_log = logging.getLogger(__name__)
PATIENCE_SECONDS = 8.0
"""So long a page waits for a shared folder; what takes longer goes on beside it."""


def the_class(room: Room) -> LearnersClass | None:
    """The room's class, kept as long as the server runs."""
    if room.class_desk is None:
        room.class_desk = class_of(room.folder)
    return room.class_desk


def class_as_known(room: Room) -> Any:
    """How the class stands; on a hub one that came out since the room opened is joined."""
    if the_class(room) is None:
        join_class(room.folder)
    return as_json(found.now()) if (found := the_class(room)) else None


def _needed(room: Room) -> LearnersClass:
    found = the_class(room)
    if found is None:
        raise KeyError("class")
    return found


async def _in_sync(room: Room) -> Any:
    """How the class stands after sending and fetching, or as it was known if that takes too long."""
    desk = _needed(room)
    if room.synchronising is None or room.synchronising.done():
        room.synchronising = asyncio.ensure_future(asyncio.to_thread(desk.synchronise, room.lang))
    try:
        return as_json(await asyncio.wait_for(asyncio.shield(room.synchronising), PATIENCE_SECONDS))
    except TimeoutError:
        _log.warning("the way to the mentors takes its time")
        return as_json(await asyncio.to_thread(desk.now))


class ClassHandler(RoomHandler):
    """GET and POST /penguin/class."""

    @web.authenticated
    async def get(self) -> None:
        """How the class stands, from the learner's own folder; null without a class."""
        await self.give(class_as_known, self.room)

    @web.authenticated
    async def post(self) -> None:
        """The same, after sending what waits and fetching what lies ready."""
        await self.answer(_in_sync(self.room))


class HandInHandler(RoomHandler):
    """POST /penguin/handin/L1."""

    @web.authenticated
    async def post(self, lesson_id: str) -> None:
        """Hand the lesson in as it is on the disk: kept first, then sent."""
        await self.answer(self._hand_in(lesson_id))

    async def _hand_in(self, lesson_id: str) -> Any:
        desk = _needed(self.room)
        receipt = await asyncio.to_thread(desk.hand_in, lesson_id, self.room.lang)
        return {"code": receipt.code, "number": receipt.number, "at": receipt.at, "class": await _in_sync(self.room)}


class HandedInHandler(RoomHandler):
    """GET /penguin/handed-in/K7F2-9QXA."""

    @web.authenticated
    async def get(self, code: str) -> None:
        """The answers that were handed in."""
        await self.give(lambda: [as_json(each) for each in _needed(self.room).handed_in(code, self.room.lang)])


class ReadHandler(RoomHandler):
    """POST /penguin/read/L1 or a question's key."""

    @web.authenticated
    async def post(self, name: str) -> None:
        """What came back was read."""
        await self.give(lambda: as_json(_needed(self.room).mark_read(name)))


class ReceiveHandler(RoomHandler):
    """POST /penguin/receive with a file that a mentor sent."""

    @web.authenticated
    async def post(self) -> None:
        """Take it."""
        data = self.request.body
        if len(data) > MOST_BYTES:
            raise web.HTTPError(413)
        try:
            answer = await asyncio.to_thread(_needed(self.room).receive, data, self.room.lang)
        except Damaged as fault:
            raise web.HTTPError(400, str(fault)) from fault
        except PermissionError as fault:
            raise web.HTTPError(403, str(fault)) from fault
        except KeyError as fault:
            raise web.HTTPError(404, str(fault)) from fault
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(as_json(answer), ensure_ascii=False))


class _FileHandler(JupyterHandler):
    """Gives something that is no JSON."""

    def initialize(self, room: Room) -> None:
        self.room = room


class HandInFileHandler(_FileHandler):
    """GET /penguin/handin-file/K7F2-9QXA."""

    @web.authenticated
    async def get(self, code: str) -> None:
        """A hand-in as a file to be sent."""
        try:
            name, content = await asyncio.to_thread(_needed(self.room).file_of, code)
        except KeyError as fault:
            raise web.HTTPError(404, str(fault)) from fault
        self.set_header("Content-Type", "application/json")
        self.set_attachment_header(name)
        self.finish(content)


class FeedbackHandler(_FileHandler):
    """GET /penguin/feedback/L1."""

    @property
    def content_security_policy(self) -> str:
        """A page that came from elsewhere: it runs nothing, loads nothing, and is nobody on this server."""
        return "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"

    @web.authenticated
    async def get(self, lesson_id: str) -> None:
        """The feedback page, which counts as read."""
        try:
            page = await asyncio.to_thread(_needed(self.room).page_of, lesson_id)
        except KeyError as fault:
            raise web.HTTPError(404, str(fault)) from fault
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page)


CLASS_HANDLERS: tuple[tuple[str, type[Any]], ...] = (
    (r"/penguin/class", ClassHandler),
    (r"/penguin/handin/(\w+)", HandInHandler),
    (r"/penguin/handed-in/([\w-]+)", HandedInHandler),
    (r"/penguin/handin-file/([\w-]+)", HandInFileHandler),
    (r"/penguin/feedback/(\w+)", FeedbackHandler),
    (r"/penguin/read/([\w-]+)", ReadHandler),
    (r"/penguin/receive", ReceiveHandler),
)
"""Path below the server's base, and who answers there."""
