"""The line to a company's assistant, or to the hub's service that asks it for all: one question, one answer, within a time and a size.

Off unless an operator names an address.
"""

from __future__ import annotations

import http.client
import json
import logging
import math
import os
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from classroom.exchange.hub_line import SERVICE_VARIABLE, TOKEN_VARIABLE
from sqlgrade.outside import NotJson, read_json

_log = logging.getLogger(__name__)
ADDRESS, MODEL, KEY, SECONDS = (f"PENGUIN_ASSISTANT_{each}" for each in ("URL", "MODEL", "KEY", "SECONDS"))
"""The variables: without the first there is no assistant."""
VARIABLES = (ADDRESS, MODEL, KEY, SECONDS)
_SECONDS = 60.0
_LONGEST_WAIT = 600.0
_MOST_BYTES = 400_000
"""Of an answer: a draft has a few thousand."""
_PATH = "/chat/completions"
BUSY, OFTEN = "busy", "often"
_WHY = {
    http.client.UNAUTHORIZED: "not_let_in",
    http.client.FORBIDDEN: "not_let_in",
    http.client.TOO_MANY_REQUESTS: BUSY,
    http.client.SERVICE_UNAVAILABLE: BUSY,
    http.client.GATEWAY_TIMEOUT: "slow",
}
"""What a status of an assistant's means."""
STATUS = {
    "not_let_in": http.client.FORBIDDEN,
    OFTEN: http.client.TOO_MANY_REQUESTS,
    BUSY: http.client.SERVICE_UNAVAILABLE,
    "slow": http.client.GATEWAY_TIMEOUT,
}
"""With which status the hub's service says why there is no answer; with 502 for the rest."""
BELOW_SERVICE = "/assistant"
"""Where the hub's service takes questions to the assistant, below its own address."""


class NoWord(Exception):  # noqa: N818  (a fact, told as a sentence)
    """The assistant gave no answer that could be used."""

    def __init__(self, why: str) -> None:
        """`why` is "away", "slow", "busy", "often", "not_let_in", "garbled" or "stopped"."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class AssistantLine:
    """Asks an endpoint of the form that OpenAI's chat completions have; the key is in no text of this object."""

    address: SplitResult = field(repr=False)
    model: str = ""
    key: str = field(default="", repr=False)
    seconds: float = _SECONDS
    of_hub: bool = False
    """Whether it leads to the hub's service, which knows how often each learner has asked."""
    _given_up: threading.Event = field(default_factory=threading.Event, repr=False)

    def ask(self, instructions: str, question: str) -> str:
        """The text that it answers.

        Raises:
            NoWord: nothing came that could be used, in `seconds` altogether.
        """
        self._given_up.clear()
        asked = _Asked(self, _body(self.model, instructions, question))
        thread = threading.Thread(target=asked.run, daemon=True)
        until = time.monotonic() + self.seconds
        thread.start()
        while thread.is_alive() and time.monotonic() < until and not self._given_up.is_set():
            thread.join(0.05)
        if asked.text is None and asked.why is None:
            asked.hang_up()  # its thread ends by the error that this gives it
            raise NoWord("stopped" if self._given_up.is_set() else "slow")
        if asked.text is None:
            raise NoWord(asked.why or "garbled")
        return asked.text

    def give_up(self) -> None:
        """Wait no longer."""
        self._given_up.set()

    def connection(self) -> http.client.HTTPConnection:
        """A connection of its own for each question; a certificate that does not hold is no connection."""
        host, port = self.address.hostname or "", self.address.port
        if self.address.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=self.seconds, context=ssl.create_default_context())
        return http.client.HTTPConnection(host, port, timeout=self.seconds)


class _Asked:
    """One question under way."""

    def __init__(self, line: AssistantLine, body: bytes) -> None:
        self._line, self._body = line, body
        self._connection: http.client.HTTPConnection | None = None
        self.text: str | None = None
        self.why: str | None = None

    def run(self) -> None:
        """Ask, and keep what came; of a fault only its kind is logged, for its text may hold an address or a header."""
        try:
            self.text = self._answered()
        except NoWord as none:
            self.why = none.why
        except TimeoutError:
            self.why = "slow"
        except (OSError, http.client.HTTPException) as fault:
            _log.warning("the assistant can't be reached: %s", type(fault).__name__)
            self.why = "away"
        except Exception as fault:  # noqa: BLE001  (whatever stands in its answer, a cell goes on)
            _log.warning("the assistant's answer can't be read: %s", type(fault).__name__)
            self.why = "garbled"

    def hang_up(self) -> None:
        """Close the line under whoever reads from it."""
        connection = self._connection
        if connection is not None and connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    def _why(self, status: int) -> str:
        if self._line.of_hub and status == STATUS[OFTEN]:
            return OFTEN
        return _WHY.get(status, "away")

    def _answered(self) -> str:
        connection = self._connection = self._line.connection()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._line.key:
            headers["Authorization"] = f"Bearer {self._line.key}"
        path = self._line.address.path.rstrip("/")
        path = path if path.endswith(_PATH) else path + _PATH
        query = f"?{self._line.address.query}" if self._line.address.query else ""
        try:
            connection.request("POST", path + query, self._body, headers)
            answer = connection.getresponse()
            if answer.status != http.client.OK:  # a redirection as well: the key goes nowhere else
                _log.warning("the assistant answered with status %s", answer.status)
                raise NoWord(self._why(answer.status))
            return _text(answer.read(_MOST_BYTES + 1))
        finally:
            connection.close()


def assistant_line() -> AssistantLine | None:
    """The line that the environment names; None without one, and where its address is none of HTTP."""
    written = os.environ.get(ADDRESS, "").strip()
    if not written:
        return None
    try:
        address = urlsplit(written)
        usable = address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:
        usable = False
    service = os.environ.get(SERVICE_VARIABLE, "")
    of_hub = bool(service) and written == service + BELOW_SERVICE
    key = os.environ.get(TOKEN_VARIABLE if of_hub else KEY, "").strip()
    if not usable or not (key.isascii() and key.isprintable()):
        _log.warning("%s or %s can't be used, so that no assistant is asked", ADDRESS, KEY)
        return None
    seconds = _seconds(os.environ.get(SECONDS, ""))
    return AssistantLine(address, os.environ.get(MODEL, "").strip(), key, seconds, of_hub)


def _seconds(written: str) -> float:
    try:
        seconds = float(written or _SECONDS)
    except ValueError:
        _log.warning("%s is no number of seconds", SECONDS)
        return _SECONDS
    return min(seconds, _LONGEST_WAIT) if math.isfinite(seconds) and seconds > 0 else _SECONDS


def _body(model: str, instructions: str, question: str) -> bytes:
    said = [{"role": "system", "content": instructions}, {"role": "user", "content": question}]
    body = {"messages": said, "stream": False} | ({"model": model} if model else {})
    return json.dumps(body, ensure_ascii=False).encode()


def _text(body: bytes) -> str:
    """What it says; raises NoWord for whatever has another form."""
    try:
        said = read_json(body, _MOST_BYTES)["choices"][0]["message"]["content"]
    except (NotJson, LookupError, TypeError) as fault:
        _log.warning("the assistant's answer has another form: %s", type(fault).__name__)
        raise NoWord("garbled") from fault
    if not isinstance(said, str) or not said.strip():
        raise NoWord("garbled")
    return said
