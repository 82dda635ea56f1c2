"""Servers of the tests' own that take notices, as well or as badly as they are told to."""

from __future__ import annotations

import datetime as dt
import json
import socketserver
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "T0P5ECRET"  # noqa: S105  (of the server below)
"""A part of the chat's address."""


@dataclass
class Chat:
    """A webhook that answers as it is told, and keeps what it got."""

    url: str
    answers: list[int | str] = field(default_factory=list)
    """What it does next: a status, `silence` or `gone`; 200 when nothing is left."""
    got: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@contextmanager
def chat_at(port: int = 0, context: ssl.SSLContext | None = None) -> Iterator[Chat]:
    silent = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            chat.paths.append(self.path)
            do = chat.answers.pop(0) if chat.answers else 200
            if do == "silence":
                silent.wait(10)
            if isinstance(do, str):
                self.close_connection = True
                return
            if do == 200:
                chat.got.append(json.loads(body))
            self.send_response(do)
            if do == 307:
                self.send_header("Location", f"{chat.url}-elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https" if context else "http"
    chat = Chat(f"{scheme}://localhost:{server.server_address[1]}/{SECRET}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield chat
    finally:
        silent.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Mailbox:
    """A server that takes mail, as far as ours speaks."""

    port: int = 0
    refuses: dict[str, str] = field(default_factory=dict)
    """An answer in place of 250 to the line that begins so; `gone` breaks off."""
    got: list[Any] = field(default_factory=list)


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            is_open = False
            for raw in self.rfile:
                line = raw.decode().strip().upper()
                nested = is_open and line.startswith("MAIL")
                is_open = (is_open or line.startswith("MAIL")) and line not in ("DATA", "RSET")
                refused = next((answer for start, answer in box.refuses.items() if line.startswith(start)), "")
                if refused == "gone":
                    return
                if nested:
                    self.wfile.write(b"503 one mail at a time\r\n")
                elif refused:
                    self.wfile.write(f"{refused}\r\n".encode())
                elif line == "DATA":
                    self.take()
                elif line.startswith("EHLO"):
                    self.wfile.write(b"250-here\r\n250 AUTH PLAIN\r\n")
                elif line.startswith("AUTH"):
                    self.wfile.write(b"235 welcome\r\n")
                elif line == "QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                else:
                    self.wfile.write(b"250 fine\r\n")

        def take(self) -> None:
            self.wfile.write(b"354 go on\r\n")
            lines = []
            while (line := self.rfile.readline()).strip() != b".":
                lines.append(line)
            box.got.append(message_from_bytes(b"".join(lines), policy=policy.default))
            self.wfile.write(b"250 kept\r\n")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    box.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def own_certificate(place: Path) -> ssl.SSLContext:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + dt.timedelta(days=1))
    signed = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    pem, private = place / "own.pem", place / "own.key"
    pem.write_bytes(signed.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, private)
    return context
