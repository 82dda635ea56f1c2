"""Ends a cell that neither its limit nor Stop could end: the process begins anew in its own place, under the same connection.

The engine looks for an interrupt between pieces of work only, and one expression or one plan can be hours of it. Nothing
but the end of the process ends that. What a learner has lies in files, so a new process knows it; the client sees a cell
that failed, and its next cell runs.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from classroom.session.limits import GRACE_SECONDS
from classroom.session.trouble import show_trouble, unheeding
from sqlgrade.engine.watchdog import Ending, end_process_if_stuck

if TYPE_CHECKING:
    from classroom.session.display import Display

_SENDING_SECONDS = 0.5
"""For what was sent to leave the process."""
_REPLYING_SECONDS = (0.5, 1.5, 4.0)
_MOST_WAITING = 200
_OWED = "PENGUIN_OWED"


@dataclass(frozen=True)
class Request:
    """A cell that runs: whom its reply goes to, and what it replies to."""

    ident: Any
    parent: dict[str, Any]


@dataclass(frozen=True)
class Address:
    """Whom a reply goes to, and the header of what it replies to."""

    identities: list[str]
    """In hexadecimal digits."""
    header: dict[str, Any]

    @property
    def kind(self) -> str:
        """The request's message type."""
        return str(self.header["msg_type"])


@dataclass(frozen=True)
class Owed:
    """What the next process is to reply in this one's place."""

    count: int = 0
    """The number of the last cell."""
    reply: dict[str, Any] = field(default_factory=dict)
    running: Address | None = None
    aborted: tuple[Address, ...] = ()

    @classmethod
    def read(cls, written: dict[str, Any]) -> Owed:
        """As it was written down."""
        running = Address(**written["running"]) if written["running"] else None
        return cls(written["count"], written["reply"], running, tuple(Address(**each) for each in written["aborted"]))


class Renewal:
    """Watches over the cell that runs in a kernel."""

    def __init__(self, kernel: Any) -> None:
        """The kernel is our own, which imports this; ipykernel leaves half of what it offers without types."""
        self._kernel = kernel
        self._lock = threading.Lock()
        self._running: Request | None = None
        self._held: dict[str, Address] = {}

    def watch(self) -> None:
        """Be asked by every watchdog of this process that is made from now on."""
        end_process_if_stuck(GRACE_SECONDS, self.end)

    def begin(self, request: Request) -> None:
        """A cell begins to run."""
        with self._lock:
            self._running = request

    def came(self, frames: Any) -> None:
        """A message has come in; it waits until it is dealt with."""
        identities, header = self._read(frames)
        self._held[header["msg_id"]] = Address([bytes(each).hex() for each in identities], header)

    def id_of(self, frames: Any) -> str:
        """By what a message is known; to be asked before it is dealt with, which may take it apart."""
        return str(self._read(frames)[1]["msg_id"])

    def dealt_with(self, message: str) -> None:
        """It waits no longer."""
        self._held.pop(message, None)

    def done(self) -> None:
        """It has ended by itself; waits for good where this process is ending already."""
        with self._lock:
            self._running = None

    def stop_asked(self) -> None:
        """Stop was pressed: whatever holds the cell up, it ends."""
        if (running := self._running) is not None:
            timer = threading.Timer(GRACE_SECONDS, self._end_if_it_runs, [running])
            timer.daemon = True
            timer.start()

    def end(self, ending: Ending) -> None:
        """Tell the client, and begin anew; never comes back."""
        with self._lock:
            self._renew(ending)

    def _end_if_it_runs(self, asked: Request) -> None:
        with self._lock:
            if self._running is asked:
                self._renew(Ending.STOPPED)

    def _renew(self, ending: Ending) -> None:
        kernel, owed = self._kernel, Owed()
        try:
            kernel.log.warning("What a cell ran heeded no interrupt; this process begins anew")
            if self._running is not None:  # else a button was pressed
                owed = self._ended(self._running, ending)
            kernel.desk.let_go()
            time.sleep(_SENDING_SECONDS)
            owed = replace(owed, aborted=self._waiting())
        except Exception:
            kernel.log.exception("Not all could be told before the process began anew")
        begin_anew(owed)

    def _ended(self, request: Request, ending: Ending) -> Owed:
        """Show why the cell ended, in the place of a verdict if it has one; gives the reply that it is owed."""
        kernel, desk = self._kernel, self._kernel.desk
        trouble = unheeding(ending, desk.session.limits.seconds, desk.lang)
        for display in desk.ended(show_trouble(trouble, desk.lang)):
            kind = "update_display_data" if display.replaces else "display_data"
            kernel.session.send(
                kernel.iopub_socket,
                kind,
                _content(display),
                request.parent,
                ident=kernel._topic(kind),  # noqa: SLF001
            )
        count = kernel.execution_count
        failed = {"ename": trouble.name, "evalue": trouble.cause, "traceback": [trouble.cause]}
        reply = {"status": "error", "execution_count": count, "payload": [], "user_expressions": {}, **failed}
        return Owed(count, reply, _address(request.ident, request.parent))

    def _waiting(self) -> tuple[Address, ...]:
        """The requests that wait behind the cell: they would be waited for in vain."""
        running = self._running.parent["header"]["msg_id"] if self._running is not None else ""
        waiting = [each for name, each in [*self._held.items()] if name != running and each.kind.endswith("_request")]
        return tuple(waiting[:_MOST_WAITING])

    def _read(self, frames: Any) -> tuple[Any, dict[str, Any]]:
        """Whom a message is from, and its header; whether it is signed is asked by who takes it."""
        session = self._kernel.session
        identities, parts = session.feed_identities(frames, copy=False)
        return identities, session.unpack(parts[1].bytes)


def _content(display: Display) -> dict[str, Any]:
    transient = {"transient": {"display_id": display.place}} if display.place else {}
    return {"data": dict(display.data), "metadata": dict(display.metadata), **transient}


def _address(identities: Any, message: Any) -> Address:
    return Address([bytes(each).hex() for each in identities], session_header(message))


def session_header(message: Any) -> dict[str, Any]:
    """A message's header with its moment as text."""
    header = dict(message["header"])
    return {**header, "date": str(header.get("date", ""))}


def begin_anew(owed: Owed) -> None:
    """Put a new process into this one's place; on Windows, end it, and Jupyter starts another one."""
    if os.name == "nt":
        os._exit(1)
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    os.environ[_OWED] = json.dumps(asdict(owed))
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  (the very command that started it)


def pay(kernel: Any) -> None:
    """Reply to what the process before this one was asked: it replied to nothing, so nobody asked it more.

    Clients come back to the same sockets within a tenth of a second; a reply that comes twice is heeded once.
    """
    written = os.environ.pop(_OWED, "")
    if not written:
        return
    owed = Owed.read(json.loads(written))
    kernel.execution_count = kernel.shell.execution_count = owed.count
    for seconds in _REPLYING_SECONDS:
        kernel.io_loop.call_later(seconds, _reply, kernel, owed)


def _reply(kernel: Any, owed: Owed) -> None:
    if owed.running is not None:
        _send_reply(kernel, owed.running, owed.reply)
    for each in owed.aborted:
        _send_reply(kernel, each, {"status": "aborted"})


def _send_reply(kernel: Any, to: Address, content: dict[str, Any]) -> None:
    stream = kernel.shell_channel_thread.manager.get_subshell_to_shell_channel_socket(None)
    parent = {"header": to.header}
    kind = to.kind.replace("_request", "_reply")
    kernel.session.send(stream, kind, content, parent, ident=[bytes.fromhex(each) for each in to.identities])
    idle = {"execution_state": "idle"}
    kernel.session.send(kernel.iopub_socket, "status", idle, parent, ident=kernel._topic("status"))  # noqa: SLF001
