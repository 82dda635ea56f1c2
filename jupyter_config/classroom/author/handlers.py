"""The addresses below /penguin/author/: on an author's own server, and on a mentor's."""

from __future__ import annotations

import asyncio
import json
import logging
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from classroom.author.form import form_html
from classroom.author.words import word

if TYPE_CHECKING:
    from classroom.author.room import AuthorRoom

_log = logging.getLogger(__name__)
PATH = "penguin/author/"
"""Of the page, below the server's base."""
_FILES = {"page.js": "text/javascript", "query.js": "text/javascript", "page.css": "text/css"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing that stands in a course's text is ever run or fetched, should it get past the escaping."""


class AuthorPageHandler(JupyterHandler):
    """GET /penguin/author/: the page without its parts."""

    def initialize(self, room: AuthorRoom) -> None:
        """What the application gives to each handler."""
        self.room = room

    @property
    def content_security_policy(self) -> str:
        """What the page may load."""
        return _POLICY

    @web.authenticated
    async def get(self) -> None:
        """The page."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(_shell(self.room, self.xsrf_token.decode("ascii")))


class AuthorFileHandler(JupyterHandler):
    """GET /penguin/author/page.js and page.css."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """One of the page's own files."""
        self.set_header("Content-Type", f"{_FILES[name]}; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.finish((files("classroom.author") / name).read_text(encoding="utf-8"))


class AuthorHandler(APIHandler):
    """Answers with JSON; the course is read beside the server's loop."""

    def initialize(self, room: AuthorRoom) -> None:
        """What the application gives to each handler."""
        self.room = room


class AuthorShownHandler(AuthorHandler):
    """GET /penguin/author/shown?at=01-who-has-it/01-tools and the like."""

    @web.authenticated
    async def get(self) -> None:
        """The parts of the page; 204 where they are as they were seen."""
        asked = [self.get_query_argument(name, "") for name in ("at", "lang", "seen")]
        try:
            shown: Any = await asyncio.to_thread(self.room.shown, *asked)
        except Exception as fault:
            _log.exception("the author's page could not be drawn")
            raise web.HTTPError(500) from fault
        if shown is None:
            self.set_status(204)
            self.finish()
            return
        self.finish(json.dumps(shown, ensure_ascii=False))


class AuthorQueryHandler(AuthorHandler):
    """POST /penguin/author/query/read, propose and keep."""

    @web.authenticated
    async def post(self, step: str) -> None:
        """One of the three steps by which a query becomes an exercise."""
        asked: Any = self.get_json_body()
        if not isinstance(asked, dict):
            raise web.HTTPError(400, "an object of JSON is wanted")
        try:
            answer = await asyncio.to_thread(getattr(self.room.queries, step), asked)
        except Exception as fault:
            _log.exception("no exercise could be made of a query")
            raise web.HTTPError(500) from fault
        self.finish(json.dumps(answer, ensure_ascii=False))


HANDLERS: tuple[tuple[str, type[JupyterHandler], bool], ...] = (
    (PATH, AuthorPageHandler, True),
    (rf"{PATH}({'|'.join(_FILES)})", AuthorFileHandler, False),
    (rf"{PATH}shown", AuthorShownHandler, True),
    (rf"{PATH}query/(read|propose|keep)", AuthorQueryHandler, True),
)
"""Path below the server's base, who answers there, and whether that needs the room."""


def add_to(application: Any, room: AuthorRoom) -> None:
    """Let a Jupyter server's application answer the page of a room."""
    base = application.settings["base_url"]
    application.add_handlers(
        ".*$",
        [(url_path_join(base, path), each, {"room": room} if needs else {}) for path, each, needs in HANDLERS],
    )


def _shell(room: AuthorRoom, xsrf: str) -> str:
    def said(code: str) -> str:
        return escape(word(code, room.lang))

    languages = "".join(
        f'<button type="button" data-lang="{lang}" lang="{lang}" aria-pressed="{str(lang == room.lang).lower()}">{name}</button>'
        for lang, name in (("ja", "日本語"), ("en", "English"))
    )
    return f"""<!DOCTYPE html>
<html lang="{room.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{said("page.title")}</title><link rel="stylesheet" href="page.css"><link rel="icon" href="data:,"></head>
<body data-lang="{room.lang}" data-xsrf="{escape(xsrf)}" data-working="{said("form.working")}" data-failed="{said("form.failed")}"><header><h1>{said("page.title")}</h1><code>{escape(str(room.root))}</code>
<div role="group" aria-label="{said("page.languages")}">{languages}</div></header>
<p id="away" role="alert" hidden>{said("page.away")}</p>
<div id="page"><nav aria-label="{said("page.lessons")}"><p><a href="#new">{said("form.title")}</a></p><div id="list"></div></nav>
<main id="exercise" aria-label="{said("page.exercise")}" tabindex="0"></main>
<aside id="proof" aria-label="{said("page.proof")}" tabindex="0"></aside>
{form_html(room.lang)}</div>
<script src="page.js"></script><script src="query.js"></script></body></html>"""
