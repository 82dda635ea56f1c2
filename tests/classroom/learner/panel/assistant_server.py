"""A server that plays a company's assistant: it answers well, badly, slowly, with orders, and never to an end."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from classroom.learner.kernel.execute import run_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from classroom.learner.state.desk import Desk
    from classroom.session.display import Display


KEY = "sk-very-secret-0451"
FORM = "%draft\n-- 依頼: キャストのエリアごとの人数\n-- 1行は: エリア\n-- 除くもの: テスト用アカウント\n-- 予想: 8\n"
GOOD = "SELECT area_code, COUNT(*) AS n FROM casts WHERE NOT is_test GROUP BY area_code ORDER BY area_code"


@dataclass
class Company:
    """What the server says, and what it was asked."""

    says: str | Callable[[dict[str, Any]], str] = ""
    status: int = 200
    raw: bytes | None = None
    pause: float = 0.0
    endless: bytes = b""
    location: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    address: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    def body(self, asked: dict[str, Any]) -> bytes:
        if self.raw is not None:
            return self.raw
        said = self.says if isinstance(self.says, str) else self.says(asked)
        return json.dumps({"choices": [{"message": {"role": "assistant", "content": said}}]}).encode()


def _handler(company: Company) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            company.asked.append(body)
            company.headers.append(dict(self.headers))
            company.paths.append(self.path)
            company.closing.wait(company.pause)
            self.send_response(company.status)
            if company.location:
                self.send_header("Location", company.location)
            answer = company.body(body)
            if company.endless:
                self.end_headers()
                while not company.closing.wait(0.01):
                    self.wfile.write(company.endless)
                    self.wfile.flush()
                return
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def handle(self) -> None:
            with suppress(OSError):  # whoever asked has hung up
                super().handle()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its name in the library)
            del format, args

    return Handler


@contextmanager
def serving(company: Company) -> Iterator[Company]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(company))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    company.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield company
    finally:
        company.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


@dataclass
class Shown:
    """What stands there after a click."""

    displays: list[Display]

    @property
    def plain(self) -> str:
        return "\n".join(str(each.data["text/plain"]) for each in self.displays[-1:])

    @property
    def all(self) -> str:
        return "\n".join(str(value) for each in self.displays for value in each.data.values())


def run(desk: Desk, source: str) -> Shown:
    displays: list[Display] = []
    run_cell(desk, source, displays.append)
    return Shown(displays)


def click(desk: Desk, request: str = FORM) -> Shown:
    """Run the request's cell, and what its button runs."""
    run(desk, request)
    desk.take_next_input()
    return run(desk, f"%draft ask {desk.draft_wanted[0]}")
