"""The service that all rooms of a hub share, managed by JupyterHub: it knows who asks by the token of their room.

    POST /judge, /hint, /simpler, /shape, /reveal, /draw, /readings   {"lang": …, "exercise": …, …} → JSON
    POST /assistant/chat/completions                what a room asks the company's assistant → JSON of that form
    POST /class/submit, …?course=…&name=…           a letter, or nothing → JSON
    GET /metrics                                    numbers for Prometheus, for mentors alone

A token says who asks, never what is written in the question. What comes is read as JSON of known fields, or refused.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import logging
import os
import signal
import sqlite3
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import platformdirs
from jupyterhub.services.auth import HubAuth
from prometheus_client import CONTENT_TYPE_LATEST
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

from classroom.assistant.line import BELOW_SERVICE, BUSY, OFTEN, STATUS, NoWord
from classroom.exchange.decoding import decoded
from classroom.exchange.envelope import MOST_BYTES as MOST_LETTER
from classroom.exchange.judge_line import JudgeRequest
from classroom.exchange.transport import Unreachable
from classroom.hub.assistant_desk import MOST_BYTES as MOST_QUESTION
from classroom.hub.assistant_desk import AssistantDesk, NotOurs, assistant_desk
from classroom.hub.climbed import NAME, Climbed
from classroom.hub.exchange_service import ActRefused, ExchangeService
from classroom.hub.fair_queue import FairQueue, QueueFull
from classroom.hub.metrics import ANSWERED, FAILED, FULL, GONE, REFUSED, Metrics
from classroom.hub.quotas import quotas_set
from classroom.hub.shared_judge import SharedJudge, Unasked
from sqlgrade.outside import read_json

if TYPE_CHECKING:
    from pathlib import Path

    from coursebook import Course

_log = logging.getLogger(__name__)
_MOST_BYTES = MOST_LETTER + 1_000_000
"""The largest hand-in with its head; an answer is far smaller."""
MOST_HANDS = 8


@stream_request_body
class KnownHandler(RequestHandler):
    """A request of somebody whom the hub knows and lets use this service: nothing of what a stranger sends is read."""

    most_bytes = 2_000_000
    """Of a question with its answer."""

    def initialize(self, auth: Any) -> None:
        """Take what all requests share; `auth` is a HubAuth."""
        self._auth = auth
        self.sent = bytearray()

    async def prepare(self) -> None:
        """Ask who it is before the body comes; raises HTTPError 403 or 413."""
        self._who = await self._known()
        if int(self.request.headers.get("Content-Length") or 0) > self.most_bytes:
            raise HTTPError(413)

    def data_received(self, chunk: bytes) -> None:
        """Take a part of the body; raises HTTPError 413 where it gets too long."""
        if len(self.sent) + len(chunk) > self.most_bytes:
            raise HTTPError(413)
        self.sent += chunk

    async def _known(self) -> str:
        token = self._auth.get_token(self, in_cookie=False)
        model = await self._auth.user_for_token(token, sync=False) if token else None
        if model is None:
            raise HTTPError(403)
        if not self._auth.check_scopes(self._auth.access_scopes, model):
            _log.warning("%s may not use this service", model.get("name"))
            raise HTTPError(403)
        return str(model["name"])

    def tell(self, answer: Any) -> None:
        """Send the answer."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(answer, ensure_ascii=False))


class JudgeHandler(KnownHandler):
    """One question of a learner's kernel."""

    def initialize(self, auth: Any, judge: SharedJudge, queue: FairQueue, metrics: Metrics) -> None:  # type: ignore[override]
        """Take what all questions share."""
        super().initialize(auth)
        self._judge, self._queue, self._metrics = judge, queue, metrics
        self._asked: asyncio.Task[dict[str, Any]] | None = None

    async def post(self, duty: str) -> None:
        """Answer it when it is this learner's turn."""
        who = self._who
        question = self._question()
        do = self._judge.duties[duty]
        self._asked = asyncio.ensure_future(self._queue.take(who, lambda: do(who, question)))
        with self._metrics.question(duty) as told:
            try:
                answer = await self._asked
                told.outcome = ANSWERED
            except QueueFull:
                told.outcome = FULL
                raise HTTPError(503) from None
            except Unasked as fault:
                told.outcome = REFUSED
                raise HTTPError(404, str(fault)) from None
            except asyncio.CancelledError:
                told.outcome = GONE
                return  # nobody is there any more to be answered
        self.tell(answer)

    def on_connection_close(self) -> None:
        """Leave the line: whoever asked has pressed Stop, or is gone."""
        if self._asked is not None:
            self._asked.cancel()

    def _question(self) -> JudgeRequest:
        try:
            return decoded(JudgeRequest, read_json(bytes(self.sent)))
        except ValueError as fault:
            raise HTTPError(400, str(fault)) from None


class AssistantHandler(KnownHandler):
    """One question to the company's assistant, whose key no room has."""

    most_bytes = MOST_QUESTION

    def initialize(self, auth: Any, assistant: AssistantDesk, metrics: Metrics) -> None:  # type: ignore[override]
        """Take what all questions share."""
        super().initialize(auth)
        self._assistant, self._metrics = assistant, metrics
        self._asked: asyncio.Task[str] | None = None

    async def post(self) -> None:
        """Ask it, and give its words in the form in which they came."""
        self._asked = asyncio.ensure_future(self._assistant.take(self._who, bytes(self.sent)))
        with self._metrics.question("assistant") as told:
            try:
                said = await self._asked
                told.outcome = ANSWERED
            except NoWord as none:
                told.outcome = FULL if none.why in (BUSY, OFTEN) else FAILED
                raise HTTPError(int(STATUS.get(none.why, http.client.BAD_GATEWAY))) from None
            except NotOurs as fault:
                told.outcome = REFUSED
                _log.warning("%s is refused what they ask the assistant: %s", self._who, fault)
                raise HTTPError(400) from None
            except asyncio.CancelledError:
                told.outcome = GONE
                return
        self.tell({"choices": [{"message": {"role": "assistant", "content": said}}]})

    def on_connection_close(self) -> None:
        """Hang up: whoever asked has pressed Stop, or is gone."""
        if self._asked is not None:
            self._asked.cancel()


class ExchangeHandler(KnownHandler):
    """One act between a learner or mentor and the class."""

    most_bytes = _MOST_BYTES

    def initialize(self, auth: Any, desk: ExchangeService, metrics: Metrics) -> None:  # type: ignore[override]
        """Take what all acts share."""
        super().initialize(auth)
        self._desk, self._metrics = desk, metrics

    async def post(self, act: str) -> None:
        """Do it beside all else: the disk may take its time."""
        asked = (self._who, self.get_query_argument("course", ""), self.get_query_argument("name", ""))
        try:
            with self._metrics.act(act if act in self._desk.acts else "unknown") as told:
                try:
                    answer = await asyncio.to_thread(self._desk.do, act, *asked, bytes(self.sent))
                    told.outcome = ANSWERED
                except ActRefused:
                    told.outcome = REFUSED
                    raise
            self.tell(answer)
        except ActRefused as fault:
            _log.warning("%s is refused %s: %s", asked[0], act, fault)
            raise HTTPError(403) from None
        except Unreachable as fault:
            _log.exception("the class's folder cannot be used")
            raise HTTPError(507, str(fault.strerror)) from None


class MetricsHandler(KnownHandler):
    """What the service does, in numbers."""

    def initialize(self, auth: Any, metrics: Metrics, readers: frozenset[str]) -> None:  # type: ignore[override]
        """Take the numbers, and who may read them."""
        super().initialize(auth)
        self._metrics, self._readers = metrics, readers

    async def get(self) -> None:
        """Tell them; raises HTTPError 403 for whoever is no mentor."""
        if self._who not in self._readers:
            raise HTTPError(403)
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.finish(self._metrics.text())


class NothingHandler(KnownHandler):
    """Any other address: known or not, whoever asks is told so before they send anything."""

    async def prepare(self) -> None:
        """Refuse."""
        raise HTTPError(404)


def application(
    auth: Any,
    judge: SharedJudge,
    queue: FairQueue,
    desk: ExchangeService | None,
    readers: frozenset[str] = frozenset(),
    assistant: AssistantDesk | None = None,
) -> Application:
    """The service's pages, wherever they lie below the hub's address."""
    duties = "|".join(judge.duties)
    metrics = Metrics(lambda: queue.waiting)
    pages: list[Any] = [
        (rf".*/({duties})", JudgeHandler, {"auth": auth, "judge": judge, "queue": queue, "metrics": metrics}),
        (r".*/metrics", MetricsHandler, {"auth": auth, "metrics": metrics, "readers": readers}),
    ]
    if assistant is not None:
        given = {"auth": auth, "assistant": assistant, "metrics": metrics}
        pages.append((rf".*{BELOW_SERVICE}/chat/completions", AssistantHandler, given))
    if desk is not None:
        pages.append((r".*/class/([a-z-]+)", ExchangeHandler, {"auth": auth, "desk": desk, "metrics": metrics}))
    return Application(pages, default_handler_class=NothingHandler, default_handler_args={"auth": auth})


def _climbed_in(place: Path) -> Climbed:
    """What has been counted so far; where it can't be kept it is counted all the same, and learners open their hints anew."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        return Climbed(place / NAME)
    except (OSError, sqlite3.Error):
        _log.exception("which hints are open can't be kept in %s: it lasts no longer than this service", place)
        return Climbed()


async def serve(course: Course, address: str, exchange: Path | None, mentors: frozenset[str], *, warm: bool) -> None:
    """Serve at an address such as http://127.0.0.1:8090 until the hub ends it.

    Args:
        course: The whole course, which learners' accounts cannot read.
        address: Host and port to listen at.
        exchange: The service's own folder for what travels between learners and mentors; None where they have another way.
        mentors: Who may use the desk's end of it.
        warm: Whether packs that are missing are made before anybody asks for them.
    """
    hands = min(os.cpu_count() or 1, MOST_HANDS)
    climbed = _climbed_in(exchange or platformdirs.user_state_path("second-penguin", appauthor=False))
    judge, queue = SharedJudge(course, hands, climbed), FairQueue(hands)
    parts = urlsplit(address)
    desk = ExchangeService(exchange, mentors, quotas_set(), climbed) if exchange is not None else None
    assistant = assistant_desk()
    server = HTTPServer(
        application(HubAuth.instance(), judge, queue, desk, mentors, assistant),
        max_buffer_size=_MOST_BYTES,
        max_body_size=_MOST_BYTES,
    )
    server.listen(parts.port or 80, parts.hostname or "127.0.0.1")
    _log.info("serving at %s with %s hands", address, hands)
    if warm:
        threading.Thread(target=judge.warm_up, name="warm-up", daemon=True).start()
    ended = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, ended.set)
    await ended.wait()
    server.stop()
    queue.close()
    judge.close()
    if assistant is not None:
        assistant.close()
