"""A server that a test has started: its address, what it has saved, and the place of pictures."""

from __future__ import annotations

import fcntl
import json
import re
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

SHOTS = Path(__file__).parents[2] / "shots"


def wait_for_url(process: subprocess.Popen[str], seconds: float = 300) -> str:
    """The address that `penguin start` prints."""
    assert process.stdout is not None
    # nobody reads on once the address is there: a server that has more to say than the pipe holds would stand still
    fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, 1 << 20)
    until, said = time.monotonic() + seconds, []
    while time.monotonic() < until and (line := process.stdout.readline()):
        said.append(line)
        if found := re.search(r"http://\S+token=\w+", line):
            return found[0]
    raise AssertionError("no address was printed:\n" + "".join(said))


def notebook_in(file: Path, seconds: float = 60) -> Any:
    """A notebook as its file holds it; a server that is just writing the file has emptied it first."""
    until = time.monotonic() + seconds
    while True:
        try:
            return json.loads(file.read_text(encoding="utf-8"))
        except ValueError:
            if time.monotonic() > until:
                raise
        time.sleep(0.1)


def free_port() -> int:
    """A port that nothing listens at: whoever runs these tests twice at once has two servers."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """So many ports that nothing listens at, no two of them the same."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


def stop(process: subprocess.Popen[str]) -> None:
    """Ends the server."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(20)
    assert process.stdout is not None
    process.stdout.close()
