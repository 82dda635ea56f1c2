"""The addresses below /penguin/desk/; only a mentor's own server has them."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any

from jupyter_server.base.handlers import APIHandler
from tornado import web

from classroom.mentor.page.asked import NotAsked, NotHere
from classroom.mentor.page.desk import fault_in_words
from classroom.mentor.place.faults import DeskFault, told_faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.mentor.page.desk import DeskRoom

_log = logging.getLogger(__name__)


class DeskHandler(APIHandler):
    """Answers with JSON; reading the desk happens beside the server's loop."""

    def initialize(self, room: DeskRoom) -> None:
        """What the application gives to each handler."""
        self.room = room

    async def give(self, ask: Callable[..., Any], *arguments: Any, as_file: str = "") -> None:
        """Answer with what a function gives, as JSON or, where it gives HTML, as a file of that name; what the desk can't do is told in words."""
        try:
            answer = await asyncio.to_thread(self._told, ask, *arguments)
        except NotAsked as fault:
            raise web.HTTPError(400, f"wanted: {fault}") from fault
        except NotHere as fault:
            raise web.HTTPError(404, str(fault)) from fault
        except DeskFault as fault:
            answer = {"fault": fault_in_words(fault, self.room.folder.lang)}
            self.set_status(409)
        except Exception as fault:
            _log.exception("the desk could not answer %s", self.request.path)
            raise web.HTTPError(500) from fault
        if as_file and isinstance(answer, str):
            self.set_header("Content-Disposition", f'attachment; filename="{as_file}"')
            self.finish(answer, set_content_type="text/html; charset=utf-8")
            return
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(answer, ensure_ascii=False))

    def _told(self, ask: Callable[..., Any], *arguments: Any) -> Any:
        """All of it inside: a part reads the gradebook and the desk's files until its last line."""
        with told_faults(self.room.folder.root):
            return ask(*arguments)


class PartHandler(DeskHandler):
    """GET /penguin/desk/today and the like."""

    @web.authenticated
    async def get(self, part: str) -> None:
        """One part of the page."""
        await self.give(getattr(self.room, part))


class LearnerHandler(DeskHandler):
    """GET /penguin/desk/learner?id=hanako."""

    @web.authenticated
    async def get(self) -> None:
        """One learner."""
        await self.give(self.room.learner, self.get_query_argument("id"))


class AnswersHandler(DeskHandler):
    """GET /penguin/desk/answers/L1."""

    @web.authenticated
    async def get(self, lesson: str) -> None:
        """The groups of a lesson's answers."""
        await self.give(self.room.answers, lesson)


class ReportHandler(DeskHandler):
    """GET /penguin/desk/report?team=Sales."""

    @web.authenticated
    async def get(self) -> None:
        """The page for managers, as a file to be kept."""
        await self.give(self.room.report, self.get_query_argument("team", ""), as_file="teams.html")


class FetchHandler(DeskHandler):
    """POST /penguin/desk/fetch."""

    @web.authenticated
    async def post(self) -> None:
        """Take what has arrived."""
        await self.give(self.room.fetch)


class WorkingHandler(DeskHandler):
    """GET /penguin/desk/working."""

    @web.authenticated
    async def get(self) -> None:
        """How far the step at work is."""
        await self.give(lambda: self.room.working)


class StepHandler(DeskHandler):
    """POST /penguin/desk/steps/grade {"lesson": "L1"}."""

    @web.authenticated
    async def post(self, name: str) -> None:
        """Do a step of the week."""
        asked: Any = self.get_json_body()
        if not isinstance(asked, dict):
            raise web.HTTPError(400, "an object of JSON is wanted")
        await self.give(self.room.step, name, asked)


HANDLERS: tuple[tuple[str, type[DeskHandler]], ...] = (
    (r"/penguin/desk/(today|learners|teams|exams|questions|timetable)", PartHandler),
    (r"/penguin/desk/learner", LearnerHandler),
    (r"/penguin/desk/report", ReportHandler),
    (r"/penguin/desk/answers/(\w+)", AnswersHandler),
    (r"/penguin/desk/fetch", FetchHandler),
    (r"/penguin/desk/working", WorkingHandler),
    (r"/penguin/desk/steps/(\w+)", StepHandler),
)
"""Path below the server's base, and who answers there."""
