"""A learning platform of the tests' own that takes scores (LTI Advantage), as strictly as the standard says, or as badly as it is told to."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import jwt

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT, TOKEN = "penguin-at-work", "T0P5ECRETTOKEN"


@dataclass
class GradePlatform:
    """Columns by number, and of each the scores by person."""

    address: str
    public_key: str = ""
    """The tool's, as it was registered."""
    people: set[str] = field(default_factory=lambda: {"7"})
    columns: dict[int, dict[str, Any]] = field(default_factory=dict)
    scores: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)
    posts: list[str] = field(default_factory=list)
    """Each score that was kept, as person and points."""
    asked: list[str] = field(default_factory=list)
    signed: set[str] = field(default_factory=set)
    answers: dict[str, list[int | str]] = field(default_factory=dict)
    """What it does next at token, columns, new and scores: a status, or `gone`: it does as asked, and says nothing."""

    @property
    def line_items(self) -> str:
        return f"{self.address}/course/5/lineitems?type_id=1"

    @property
    def token_url(self) -> str:
        return f"{self.address}/token"

    def signs_in(self, form: dict[str, list[str]]) -> bool:
        """As a tool does, with a JWT that is for here and works once."""
        assert form["grant_type"] == ["client_credentials"]
        try:
            said = jwt.decode(
                *(form["client_assertion"][0], self.public_key, ["RS256"]),
                audience=self.token_url,
                issuer=CLIENT,
                options={"require": ["exp", "iat", "jti", "sub"]},
            )
        except jwt.InvalidTokenError:
            return False
        is_new = said["jti"] not in self.signed
        self.signed.add(said["jti"])
        return is_new and said["sub"] == CLIENT

    def takes(self, column: int, score: dict[str, Any]) -> int:
        """The status for a score: one that is not later than what it has is not kept."""
        who = score["userId"]
        before = self.scores.get((column, who))
        if column not in self.columns or who not in self.people:
            return 404
        if before is not None and before["timestamp"] >= score["timestamp"]:
            return 409
        self.scores[column, who] = score
        self.posts.append(f"{who} {score['scoreGiven']:g}")
        return 200


class _Door(BaseHTTPRequestHandler):
    platform: GradePlatform

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        path = urlsplit(self.path).path
        self.platform.asked.append(path)
        if path == "/token":
            known = self.platform.signs_in(parse_qs(body.decode()))
            self.say("token", 200 if known else 401, {"access_token": TOKEN, "token_type": "bearer", "expires_in": 60})
        elif self.headers["Authorization"] != f"Bearer {TOKEN}":
            self.say("", 401)
        elif path.endswith("/scores"):
            assert urlsplit(self.path).query == "type_id=1"
            assert self.headers["Content-Type"] == "application/vnd.ims.lis.v1.score+json"
            self.say("scores", lambda: self.platform.takes(int(path.split("/")[-2]), json.loads(body)))
        else:
            self.say("new", lambda: self.adds(json.loads(body)), self.last)

    def do_GET(self) -> None:
        self.platform.asked.append(urlsplit(self.path).path)
        wanted = parse_qs(urlsplit(self.path).query)["resource_id"][0]
        self.say(
            "columns", 200, lambda: [each for each in self.platform.columns.values() if each["resourceId"] == wanted]
        )

    def adds(self, column: dict[str, Any]) -> int:
        number = len(self.platform.columns) + 1
        self.platform.columns[number] = {
            **column,
            "id": f"{self.platform.address}/course/5/lineitems/{number}?type_id=1",
        }
        return 201

    def last(self) -> dict[str, Any]:
        return self.platform.columns[len(self.platform.columns)]

    def say(self, what: str, status: Any, content: Any = None) -> None:
        waiting = self.platform.answers.get(what) or [0]
        do = waiting.pop(0)
        if isinstance(do, int) and do:
            status, content = do, None
        status = status() if callable(status) else status
        if do == "gone":
            self.close_connection = True
            return
        body = json.dumps(content() if callable(content) else content).encode() if status < 300 else b""
        self.send_response(status)
        if status == 307:
            self.send_header("Location", f"{self.platform.address}/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def grade_platform() -> Iterator[GradePlatform]:
    made = GradePlatform("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Door", (_Door,), {"platform": made}))
    made.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
