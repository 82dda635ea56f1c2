"""A stand-in for the hub's question "whose token is this?", and the judge's service beside it, as processes of their own."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LEARNERS = tuple(f"learner{number:02d}" for number in range(30))
SCOPE = "access:services!service=penguin"


class _Hub(BaseHTTPRequestHandler):
    tokens: Mapping[str, tuple[str, list[str]]] = {}

    def do_GET(self) -> None:
        token = self.headers.get("Authorization", "").removeprefix("token ")
        name, scopes = self.tokens.get(token, ("", []))
        body = json.dumps({"kind": "user", "name": name, "scopes": scopes} if name else {"status": 403}).encode()
        self.send_response(200 if name else 403)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Service:
    """The running service, and how to end it and start it anew."""

    address: str
    variables: dict[str, str]
    log: Path
    arguments: tuple[str, ...] = ()
    process: psutil.Popen | None = field(default=None)

    def start(self) -> None:
        command = [sys.executable, "-m", "classroom", "hub", "serve", "--address", self.address, "--no-warm"]
        with self.log.open("ab") as log:
            self.process = psutil.Popen([*command, *self.arguments], env=self.variables, stdout=log, stderr=log)

    def kill(self) -> None:
        """End it and its workers at once, as a crash does."""
        assert self.process is not None
        for each in (*self.process.children(recursive=True), self.process):
            each.kill()
        self.process.wait(30)


@contextmanager
def running_service(place: Path, data: Path, learners: tuple[str, ...], **more: str) -> Iterator[Service]:
    """The service for learners whose tokens are "token-NAME"; "token-outsider" is known to the hub and may not ask."""
    _Hub.tokens = {f"token-{name}": (name, [SCOPE]) for name in learners} | {"token-outsider": ("outsider", [])}
    hub = ThreadingHTTPServer(("127.0.0.1", 0), _Hub)
    threading.Thread(target=hub.serve_forever, daemon=True).start()
    kept = {name: each for name, each in os.environ.items() if not name.startswith(("JUPYTER", "PENGUIN"))}
    variables = {
        **kept,
        "JUPYTERHUB_API_URL": f"http://127.0.0.1:{hub.server_port}/hub/api",
        "JUPYTERHUB_API_TOKEN": "token-of-the-service",
        "JUPYTERHUB_SERVICE_NAME": "penguin",
        "PENGUIN_DATA": str(data),
        "XDG_STATE_HOME": str(place),
        **more,
    }
    service = Service(f"http://127.0.0.1:{free_port()}", variables, place / "service.log")
    service.start()
    try:
        yield service
    finally:
        if service.process is not None and service.process.is_running():
            service.process.terminate()
            service.process.wait(30)
        hub.shutdown()
        hub.server_close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def wait_until(happens: object, seconds: float = 60) -> None:
    """Wait for something to be so."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if callable(happens) and happens():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")
