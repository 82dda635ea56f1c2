"""Makes a Jupyter server the server of a class page."""

from __future__ import annotations

import asyncio
import atexit
import gc
import json
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.utils import url_path_join
from tornado.ioloop import PeriodicCallback

from classroom.author.handlers import PATH as AUTHOR_PATH
from classroom.author.handlers import add_to as add_author_page
from classroom.author.room import AuthorRoom
from classroom.mentor.classpage.page import NAMES
from classroom.mentor.page.desk import DeskRoom
from classroom.mentor.page.handlers import HANDLERS
from classroom.mentor.place.folder import MentorFolder
from classroom.settings import settings_root
from coursebook import CourseError
from coursebook.location import course_root
from coursebook.messages import sentences_in

if TYPE_CHECKING:
    from collections.abc import Iterable

_EVERY_MS = 60_000
_OPENS_WITHIN, _DRAWN_AFTER = 6.0, 3.0
"""Seconds: in which a browser that is opened as the server begins asks for the page, and after which it has drawn it."""


def load(server: Any) -> None:
    """Answer the page's questions on the mentor's folder that is served, and tell the page that it is a desk's; elsewhere do nothing."""
    folder = MentorFolder(Path(server.root_dir).resolve())
    if not folder.desk.is_dir():
        server.log.warning("No class page: %s is no mentor's folder", folder.root)
        return
    room = DeskRoom(folder)
    application = server.web_app
    base = application.settings["base_url"]
    application.add_handlers(".*$", [(url_path_join(base, path), each, {"room": room}) for path, each in HANDLERS])
    application.settings["penguin_desk"] = room
    application.settings["page_config_hook"] = partial(_opened, room, _left_out())
    page = application.settings.setdefault("page_config_data", {})
    words = dict(sentences_in("classroom.mentor.page", folder.lang))
    page["penguinDesk"] = {"lang": folder.lang, "words": words, "notebook": NAMES[folder.lang]}
    if (author := _author_room(folder)) is not None:
        add_author_page(application, author)
        page["penguinDesk"]["author"] = AUTHOR_PATH


def _opened(room: DeskRoom, left_out: Iterable[str], asked: Any, page: dict[str, Any]) -> dict[str, Any]:
    """What a page that is being opened is told: the class page to leave out what JupyterLab has for notebooks; today is read while it loads."""
    if asked.path_kwargs.get("mode") != "doc":
        return page
    room.opened.set()
    threading.Thread(target=room.look_ahead, daemon=True, name="look-ahead").start()
    off = dict.fromkeys([*page.get("disabledExtensions", ()), *left_out])
    # of those alone that are used: JupyterLab would fetch the code of the others too
    fetched = [each for each in page.get("federated_extensions", ()) if each["name"] not in off]
    off_and_in = {"disabledExtensions": list(off), "federated_extensions": fetched}
    return {**page, **off_and_in, "buildAvailable": False, "buildCheck": False}


def _left_out() -> tuple[str, ...]:
    """JupyterLab's extensions that the class page, which has neither notebook nor file, does without."""
    written = json.loads((settings_root() / "lab" / "class_page.json").read_text(encoding="utf-8"))
    return tuple(name for name, off in written["disabledExtensions"].items() if off)


def _author_room(folder: MentorFolder) -> AuthorRoom | None:
    """Where exercises are made for the class's own course; the course that comes with the package is nobody's to write in."""
    try:
        root = folder.course.root
    except CourseError:
        return None  # told where the class is read
    if root.resolve() == course_root().resolve():
        return None
    room = AuthorRoom(root, folder.lang)
    atexit.register(room.proofs.close)
    return room


def begin_timetable(server: Any) -> None:
    """Look every minute whether the timetable is due, beside the server's loop; one that was not loaded on a desk does nothing."""
    room = server.web_app.settings.get("penguin_desk")
    if room is None:
        return

    async def look() -> None:
        try:
            await asyncio.to_thread(room.run_if_due)
        except Exception:
            server.log.exception("The timetable could not be looked at")

    def warm_up() -> None:
        room.look_ahead()  # first: it asks for little of the course, and the browser is already on its way
        if room.opened.wait(_OPENS_WITHIN):
            time.sleep(_DRAWN_AFTER)  # what is loaded has the server to itself
        room.warm_up()
        gc.collect()
        gc.freeze()  # the course stays: looked through for garbage with each large class that is read, it costs a tenth of that

    PeriodicCallback(look, _EVERY_MS).start()
    threading.Thread(target=warm_up, daemon=True, name="warm-up").start()
