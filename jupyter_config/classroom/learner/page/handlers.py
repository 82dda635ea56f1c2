"""The addresses below /penguin/."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from jupyter_core.utils import ensure_async
from jupyter_server.base.handlers import APIHandler
from tornado import web

from classroom.language import LANGS
from classroom.learner.page.course import the_course, the_library
from classroom.learner.page.languages import change_language
from classroom.learner.page.ready import beside_lessons
from classroom.learner.page.records import as_json, lesson_detail, standing_on_page, tries_on_page
from classroom.learner.page.restoring import open_lesson
from classroom.learner.page.written import put_in
from classroom.learner.progress.opening import UNUSABLE, open_progress, open_runs
from classroom.learner.start.lay_out import Ledger, lay_out
from classroom.learner.state.dialects import chosen_dialect, chosen_for_cell, dialect_in
from coursebook.answer_cell import canonical_id, drill_of, recognise
from coursebook.messages import sentences_in
from marketplace import MarketplaceError
from sqlgrade.dialect.heading import named_dialect

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from classroom.folder import Folder
    from classroom.language import Lang
    from classroom.learner.bi.place import BiRoom
    from classroom.learner.exam.place import ExamRoom
    from classroom.learner.expo.place import ExpoRoom
    from classroom.learner.page.handing import LearnersClass


_log = logging.getLogger(__name__)


@dataclass
class Room:
    """Whose room a server serves, and in which language."""

    folder: Folder
    lang: Lang
    page: dict[str, Any] = field(default_factory=dict)
    """What each page is told when it is loaded."""
    class_desk: LearnersClass | None = None
    """The learner's class, once it was asked for."""
    synchronising: asyncio.Future[Any] | None = None
    """The way to the mentors at work."""
    bi: BiRoom | None = None
    """The learner's BI room, once it was asked for."""
    expo: ExpoRoom | None = None
    exam: ExamRoom | None = None
    """The learner's Expo, once it was asked for."""

    def standing(self) -> Any:
        """Where the learner stands."""
        store = open_progress(self.folder.progress, the_course())
        now = datetime.now(UTC)
        return as_json(standing_on_page(self.folder, the_course(), the_library(), store, self.lang, now))

    def tries(self, exercise_id: str) -> Any:
        """The earlier tries at an exercise."""
        return as_json(tries_on_page(open_progress(self.folder.progress, the_course()), canonical_id(exercise_id)))

    def runs(self, lesson_id: str) -> Any:
        """What was run in a lesson, the latest first; nothing where the file can't be used."""
        try:
            return as_json(open_runs(self.folder.runs).runs(the_course().lesson(lesson_id).id))
        except UNUSABLE:
            _log.warning("The history of what was run can't be read", exc_info=True)
            return []

    def keep_run(self, lesson_id: str, exercise: str, text: str) -> Any:
        """Keep what was run in a lesson.

        Raises:
            KeyError: there is no such lesson.
        """
        lesson = the_course().lesson(lesson_id)
        try:
            open_runs(self.folder.runs).keep(lesson.id, canonical_id(exercise) if exercise else "", text)
        except UNUSABLE:
            _log.warning("What was run can't be kept in the history", exc_info=True)
        return {}

    def lesson(self, lesson_id: str) -> Any:
        """A lesson's starters.

        Raises:
            KeyError: there is no such lesson.
        """
        return as_json(lesson_detail(the_course().lesson(lesson_id), self.lang))

    def open_lesson(self, lesson_id: str) -> Any:
        """A lesson's notebook, laid out anew where it is missing.

        Raises:
            KeyError: there is no such lesson.
        """
        lesson = the_course().lesson(lesson_id)
        opened = open_lesson(self.folder, lesson, self.lang, open_progress(self.folder.progress, the_course()))
        path = opened.path.relative_to(self.folder.root).as_posix()
        return {"path": path, "made": opened.made, "answers": opened.answers}

    def open_practice(self) -> Any:
        """The practice notebook or the free page, laid out anew where it is missing."""
        name, notebook = beside_lessons(self.lang)
        if not (self.folder.root / name).exists():
            lay_out(self.folder, name, notebook, Ledger(self.folder.laid_out))
        return {"path": name}

    def layout(self, source: str, cell_id: str) -> Any:
        """A cell's text laid out in its dialect, or why it is left as it is."""
        from classroom.learner.state.laying import laid_out  # brings sqlglot, which no other page needs

        return as_json(laid_out(source, self._dialect(source, cell_id), self.lang))

    def _dialect(self, source: str, cell_id: str) -> str:
        """In which dialect a cell is read that may be named in it."""
        if named := named_dialect(source):
            return named
        if (answer := recognise(source)) is None:
            return chosen_for_cell(self.folder, cell_id)
        drill = drill_of(answer.exercise_id)
        try:
            asked = the_library().templates[drill[0]] if drill else the_course().exercise(answer.exercise_id)
        except KeyError:  # a question of the day, or none of that name
            asked = None
        return dialect_in(asked, chosen_dialect(self.folder))

    def language(self, lang: str) -> Any:
        """Change the room's language.

        Raises:
            KeyError: there is no such language.
        """
        chosen = next((each for each in LANGS if each == lang), None)
        if chosen is None:
            raise KeyError(lang)
        change_language(self.folder, self.lang, chosen)
        self.lang = chosen
        self.page.update(page_of(chosen))
        return {"lang": chosen}


def page_of(lang: Lang) -> dict[str, Any]:
    """What each page is told when it is loaded: that it is a learner's room, the words it speaks, and what the course has."""
    parts = asdict(the_course().parts)
    return {"lang": lang, "words": dict(sentences_in("classroom.learner.page", lang)), "parts": parts}


class RoomHandler(APIHandler):
    """Answers with JSON; reading files and the progress happens beside the server's loop."""

    def initialize(self, room: Room) -> None:
        """What the application gives to each handler."""
        self.room = room

    async def give(self, ask: Any, *arguments: Any) -> None:
        """Answer with what a function gives."""
        await self.answer(asyncio.to_thread(ask, *arguments))

    async def answer(self, asked: Awaitable[Any]) -> None:
        """Answer with what is waited for; what is not there is told as that, and a fault of the disk with its cause."""
        try:
            answer = await asked
        except KeyError as fault:
            raise web.HTTPError(404, str(fault)) from fault
        except (MarketplaceError, OSError) as fault:
            self.log.exception("The room could not do what the page asked")
            raise web.HTTPError(500, str(fault), reason=type(fault).__name__) from fault
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(answer, ensure_ascii=False))


class StandingHandler(RoomHandler):
    """GET /penguin/standing."""

    @web.authenticated
    async def get(self) -> None:
        """Where the learner stands."""
        await self.give(self.room.standing)


class TriesHandler(RoomHandler):
    """GET /penguin/tries/L1-07."""

    @web.authenticated
    async def get(self, exercise_id: str) -> None:
        """The earlier tries at an exercise."""
        await self.give(self.room.tries, exercise_id)


class RunsHandler(RoomHandler):
    """GET /penguin/runs/L1, and POST {"exercise": "L1-07", "text": "SELECT 1"} there."""

    @web.authenticated
    async def get(self, lesson_id: str) -> None:
        """What was run in the lesson."""
        await self.give(self.room.runs, lesson_id)

    @web.authenticated
    async def post(self, lesson_id: str) -> None:
        """Keep what was run there."""
        asked: Any = self.get_json_body()
        try:
            exercise, text = str(asked["exercise"]), str(asked["text"])
        except (KeyError, TypeError) as fault:
            raise web.HTTPError(400, "an exercise and a text are wanted") from fault
        await self.give(self.room.keep_run, lesson_id, exercise, text)


class LessonHandler(RoomHandler):
    """GET and POST /penguin/lessons/L1."""

    @web.authenticated
    async def get(self, lesson_id: str) -> None:
        """The lesson's starters."""
        await self.give(self.room.lesson, lesson_id)

    @web.authenticated
    async def post(self, lesson_id: str) -> None:
        """The lesson's notebook, laid out anew where it is missing."""
        await self.give(self.room.open_lesson, lesson_id)


class PracticeHandler(RoomHandler):
    """POST /penguin/practice."""

    @web.authenticated
    async def post(self) -> None:
        """The practice notebook, laid out anew where it is missing."""
        await self.give(self.room.open_practice)


class WrittenHandler(RoomHandler):
    """POST /penguin/written {"path": "01 ….ipynb", "cells": {"a1b2": "SELECT 1"}}."""

    @web.authenticated
    async def post(self) -> None:
        """Save what a page had not saved yet when it was closed."""
        asked: Any = self.get_json_body()
        try:
            path, cells = str(asked["path"]), {str(name): str(text) for name, text in asked["cells"].items()}
        except (AttributeError, KeyError, TypeError) as fault:
            raise web.HTTPError(400, "a path and cells are wanted") from fault
        contents: Any = self.contents_manager
        notebook = await ensure_async(contents.get(path, type="notebook"))
        if put_in(notebook["content"], cells):
            await ensure_async(contents.save(notebook, path))
        self.set_status(204)
        self.finish()


class LayoutHandler(RoomHandler):
    """POST /penguin/layout {"source": "select 1", "cell": "a1b2"}."""

    @web.authenticated
    async def post(self) -> None:
        """A cell's text laid out anew."""
        asked: Any = self.get_json_body()
        try:
            source, cell = str(asked["source"]), str(asked["cell"])
        except (KeyError, TypeError) as fault:
            raise web.HTTPError(400, "a source and a cell are wanted") from fault
        await self.give(self.room.layout, source, cell)


class LanguageHandler(RoomHandler):
    """POST /penguin/language/en."""

    @web.authenticated
    async def post(self, lang: str) -> None:
        """Change the room's language; takes as long as making the practice data does."""
        await self.give(self.room.language, lang)


HANDLERS: tuple[tuple[str, type[RoomHandler]], ...] = (
    (r"/penguin/standing", StandingHandler),
    (r"/penguin/tries/([\w-]+)", TriesHandler),
    (r"/penguin/runs/(\w+)", RunsHandler),
    (r"/penguin/lessons/(\w+)", LessonHandler),
    (r"/penguin/practice", PracticeHandler),
    (r"/penguin/written", WrittenHandler),
    (r"/penguin/layout", LayoutHandler),
    (r"/penguin/language/(\w+)", LanguageHandler),
)
"""Path below the server's base, and who answers there."""
