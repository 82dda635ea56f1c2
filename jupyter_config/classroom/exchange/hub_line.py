"""The line from a room or a desk to the service of its hub: HTTP with the token that the hub gave its server."""

from __future__ import annotations

import http.client
import os
import socket
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

SERVICE_VARIABLE = "PENGUIN_SERVICE"
"""The address of the hub's service; without it there is no hub."""
TOKEN_VARIABLE = "JUPYTERHUB_API_TOKEN"  # noqa: S105  (its name)


class Answer(NamedTuple):
    """What the service said."""

    status: int
    body: bytes

    @property
    def is_fine(self) -> bool:
        """Whether it is what was asked for."""
        return self.status == http.client.OK


class HubLine:
    """Asks the service; who asks is known by the token."""

    def __init__(self, address: str, token: str, seconds: float = 60.0) -> None:
        parts = urlsplit(address)
        self._host, self._port, self._path = parts.hostname or "", parts.port or 80, parts.path.rstrip("/")
        self._token, self._seconds = token, seconds
        self._waiting: http.client.HTTPConnection | None = None

    def post(self, path: str, body: bytes = b"") -> Answer:
        """The answer to what is sent to a path below the service's address.

        Raises:
            OSError: nobody is there, or the answer does not come in time.
            http.client.HTTPException: what came is no whole answer.
        """
        connection = http.client.HTTPConnection(self._host, self._port, timeout=self._seconds)
        try:
            self._waiting = connection
            connection.request("POST", f"{self._path}/{path}", body, {"Authorization": f"token {self._token}"})
            answer = connection.getresponse()
            return Answer(answer.status, answer.read())
        finally:
            self._waiting = None
            connection.close()

    def hang_up(self) -> None:
        """Wait no longer for an answer; whoever waits for it in another thread gets an error."""
        waiting = self._waiting
        if waiting is not None and waiting.sock is not None:
            with suppress(OSError):  # it has just been answered
                waiting.sock.shutdown(socket.SHUT_RDWR)


def hub_line(seconds: float = 60.0) -> HubLine | None:
    """The line that the environment names; None outside of a hub."""
    address = os.environ.get(SERVICE_VARIABLE)
    return HubLine(address, os.environ.get(TOKEN_VARIABLE, ""), seconds) if address else None
