"""Makes a Jupyter server the server of a learner's room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join

from classroom.folder import Folder
from classroom.language import current_language
from classroom.learner.page.asides import ASIDES
from classroom.learner.page.class_handlers import CLASS_HANDLERS
from classroom.learner.page.doors import shut_doors
from classroom.learner.page.handlers import HANDLERS, Room, page_of


def load(server: Any) -> None:
    """Answer the page's questions, and tell it that it is a learner's room and in which words it speaks."""
    shut_doors(server.web_app)  # first: what fails after it leaves none open
    room = Room(Folder(Path(server.root_dir).resolve()), current_language())
    application = server.web_app
    base = application.settings["base_url"]
    application.add_handlers(
        ".*$",
        [
            (url_path_join(base, path), handler, {"room": room})
            for path, handler in (*HANDLERS, *CLASS_HANDLERS, *ASIDES)
        ],
    )
    page = application.settings.setdefault("page_config_data", {})
    room.page.update(page_of(room.lang))
    page["penguin"] = room.page
    page["buildAvailable"] = page["buildCheck"] = False
