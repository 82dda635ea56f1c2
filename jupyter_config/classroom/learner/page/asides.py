"""The addresses /penguin/bi, /penguin/expo and /penguin/exam: rooms aside, whose pages and databases are loaded by who opens them."""

from __future__ import annotations

import asyncio
import sqlite3
from abc import abstractmethod
from typing import Any

from tornado import web

from classroom.learner.page.handlers import RoomHandler
from sqlgrade.outside import read_json


class AsideHandler(RoomHandler):
    """GET and POST of the pages of a room aside."""

    @web.authenticated
    async def get(self) -> None:
        """The page of a place; the first one without a place."""
        at = self.get_query_argument("at", "")
        await self.answer(self._beside(lambda aside: aside.page_at(self.room, at)))

    @web.authenticated
    async def post(self) -> None:
        """An action with the fields of its form."""
        try:
            asked = read_json(self.request.body)
            action, at = str(asked["do"]), str(asked["at"])
            fields = {str(name): str(value) for name, value in asked["fields"].items()}
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise web.HTTPError(400) from fault
        await self.answer(self._beside(lambda aside: aside.act(self.room, action, at, fields)))

    @abstractmethod
    def aside(self) -> Any:
        """The module with what the pages need: `page_at` and `act`."""

    async def _beside(self, ask: Any) -> Any:
        """Beside the server's loop; a file that can't be used is the disk's fault, with its cause."""
        try:
            return await asyncio.to_thread(lambda: ask(self.aside()))
        except sqlite3.Error as fault:
            raise OSError(str(fault)) from fault


class BiHandler(AsideHandler):
    """The BI room."""

    def aside(self) -> Any:
        """See above; on a hub most rooms never open it, and are 20 MB smaller."""
        from classroom.learner.page import bi_room

        return bi_room


class BiOffersHandler(BiHandler):
    """POST /penguin/bi/offers {"code": "SELECT gue", "cursor": 10}."""

    @web.authenticated
    async def post(self) -> None:
        """What the editor offers there."""
        try:
            asked = read_json(self.request.body)
            code, cursor = str(asked["code"]), int(asked["cursor"])
        except (ValueError, KeyError, TypeError) as fault:
            raise web.HTTPError(400) from fault
        await self.answer(self._beside(lambda aside: aside.offered(self.room, code, cursor)))


class BiTablesHandler(BiHandler):
    """GET /penguin/bi/tables?asked=guests."""

    @web.authenticated
    async def get(self) -> None:
        """The tables, or one of them."""
        asked = self.get_query_argument("asked", "")
        await self.answer(self._beside(lambda aside: aside.tables(self.room, asked)))


class ExpoHandler(AsideHandler):
    """The Expo."""

    def aside(self) -> Any:
        """See above."""
        from classroom.learner.page import expo_room

        return expo_room


class OwnFileHandler(RoomHandler):
    """POST /penguin/own?name=sales.csv with the file's bytes."""

    @web.authenticated
    async def post(self) -> None:
        """Make a table of the learner's own of it."""
        from classroom.learner.page.own_files import take_in  # brings Arrow, which no other page needs

        await self.give(take_in, self.room, self.get_query_argument("name", "file"), self.request.body)


class ExamHandler(AsideHandler):
    """The level tests."""

    def aside(self) -> Any:
        """See above."""
        from classroom.learner.page import exam_room

        return exam_room


ASIDES: tuple[tuple[str, type[RoomHandler]], ...] = (
    (r"/penguin/bi", BiHandler),
    (r"/penguin/bi/offers", BiOffersHandler),
    (r"/penguin/bi/tables", BiTablesHandler),
    (r"/penguin/expo", ExpoHandler),
    (r"/penguin/own", OwnFileHandler),
    (r"/penguin/exam", ExamHandler),
)
"""Path below the server's base, and who answers there."""
