"""A server that plays a company's assistant: it answers well, badly, slowly, with orders, and never to an end."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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
