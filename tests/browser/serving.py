"""A server that a test has started: its address, and the place of pictures."""

from __future__ import annotations

import contextlib
import re
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import subprocess

SHOTS = Path(__file__).parents[2] / "shots"


def wait_for_url(process: subprocess.Popen[str], seconds: float = 120) -> str:
    """The address that `penguin start` prints, once something answers there."""
    assert process.stdout is not None
    until, said = time.monotonic() + seconds, []
    while time.monotonic() < until and (line := process.stdout.readline()):
        said.append(line)
        if found := re.search(r"http://\S+token=\w+", line):
            _wait_for_answer(found[0], until)
            return found[0]
    raise AssertionError("no address was printed:\n" + "".join(said))


def _wait_for_answer(url: str, until: float) -> None:
    place = urlsplit(url)
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection((place.hostname, place.port), timeout=5):
            return
        time.sleep(0.2)
