"""Warm processes that judge: each with an address-space limit where the system has one, replaced when it dies."""

from __future__ import annotations

import gc
import logging
import mmap
import multiprocessing
import os
import shutil
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import finalize

from sqlgrade.engine.watchdog import EXIT_STUCK, end_process_if_stuck
from sqlgrade.service.empty_folder import enter, leave, make_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    from sqlgrade.service.duties import Duties

_log = logging.getLogger(__name__)
ADDRESS_SPACE_MB = 3072
"""What a worker may map, DuckDB's own memory limit being smaller but not complete."""

_GRACE_SECONDS = 1.5
_FAREWELL_SECONDS = 1.0
"""So long after its pipe has closed may a process take to end."""
_FULL_MB = ADDRESS_SPACE_MB * 3 // 4
"""What a worker may have mapped after an answer before it lets go of all its packs."""

_MALLOC = "glibc.malloc.tcache_count=1000:glibc.malloc.tcache_max=8192:glibc.malloc.arena_max=2"
"""DuckDB plans a query with thousands of small allocations; with larger caches a tiny query takes a fifth less.

Every engine has threads, for each of which glibc would map 64 MB, up to eight times a core: more than a worker may map.
"""

_RARE_COLLECTIONS = (100_000, 50, 50)
"""Trees and rows come and go by the thousand; looking for cycles among them as often as Python does costs 5 %."""


class WorkerLost(Exception):  # noqa: N818  (a fact, not an error of ours)
    """The worker ended, or did not answer in time and was killed."""

    def __init__(self, *, stuck: bool = False) -> None:
        super().__init__()
        self.stuck = stuck
        """It ended itself: a query had used up its time and did not stop."""


class Worker:
    """One child process and the pipe to it; it is started again after it has died."""

    def __init__(self, practice: Path | None, *, shrinks: bool = True) -> None:
        self._practice, self._shrinks = practice, shrinks
        self.known: set[str] = set()
        """Keys of the packs it was sent."""
        self.fresh = True
        """Whether it has judged nothing yet."""
        self._closed = False
        self._changing = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._start()

    def _start(self) -> None:
        """Starts a process; it warms up on its own."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        folder = make_folder()
        self._tidy_up = finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._process = context.Process(
            target=serve,
            args=(theirs, self._practice, folder),
            kwargs={"shrinks": self._shrinks},
            daemon=True,
            name="sqlgrade-worker",
        )
        with _many_small_allocations():
            self._process.start()
        theirs.close()
        self._pipe, self.known, self.fresh = ours, set(), True

    def call(self, message: tuple[Any, ...], seconds: float) -> Any:
        """The worker's answer to a message.

        Raises:
            WorkerLost: it died or took too long; a new process is already starting.
        """
        pipe = self._pipe
        if pipe is None:
            raise WorkerLost
        try:
            pipe.send(message)
            if pipe.poll(seconds):
                return pipe.recv()
        except (EOFError, OSError):
            pass
        stuck = self._has_ended_stuck()
        self.restart()
        raise WorkerLost(stuck=stuck)

    def restart(self) -> None:
        """Puts a new process in the place of this one."""
        with self._changing:
            self._end()
            if not self._closed:
                self._start()

    def stop(self) -> None:
        """Kills the process for good."""
        with self._changing:
            self._closed = True
            self._end()

    def _has_ended_stuck(self) -> bool:
        if self._process is None:
            return False
        self._process.join(_FAREWELL_SECONDS)
        return self._process.exitcode == EXIT_STUCK

    def _end(self) -> None:
        pipe, process, self._pipe, self._process = self._pipe, self._process, None, None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join(5)
            if process.is_alive():  # on a machine without time to spare; it is reaped with the next process that starts
                _log.warning("a killed worker has not ended yet")
            else:
                process.close()
            self._tidy_up()


@contextmanager
def _many_small_allocations() -> Iterator[None]:
    """Settings of glibc's malloc for processes started meanwhile; other systems do not look at them."""
    before = os.environ.get("GLIBC_TUNABLES")
    os.environ["GLIBC_TUNABLES"] = ":".join(filter(None, (_MALLOC, before)))
    try:
        yield
    finally:
        if before is None:
            del os.environ["GLIBC_TUNABLES"]
        else:
            os.environ["GLIBC_TUNABLES"] = before


def serve(pipe: Connection, practice: Path | None, folder: Path, *, shrinks: bool) -> None:
    """The worker's loop: answers messages until the pipe closes; its working directory is the empty folder it is given."""
    enter(folder)
    _limit_process()
    from sqlgrade.service.duties import Duties

    end_process_if_stuck(_GRACE_SECONDS)
    gc.freeze()
    gc.set_threshold(*_RARE_COLLECTIONS)
    answer_all(pipe, Duties(practice, shrinks=shrinks))
    leave(folder)
    os._exit(0)


def answer_all(pipe: Connection, duties: Duties) -> None:
    """Answers messages until the pipe closes or memory runs out, and lets go of the packs whenever they take too much room."""
    with suppress(EOFError, OSError, KeyboardInterrupt, MemoryError):
        while True:
            message = pipe.recv()
            pipe.send(duties.answer(message))
            if message[0] == "grade" and _mapped_mb() > _FULL_MB:
                duties.forget()


def _mapped_mb() -> float:
    """The address space in use; 0 where the system does not tell, and does not limit it either."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 0.0
    return pages * mmap.PAGESIZE / (1 << 20)


def _limit_process() -> None:
    """No keyboard interrupts, and an address-space limit where there is one."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit: Callable[[], None] | None = _address_space_limit()
    if limit is not None:
        with suppress(OSError, ValueError):
            limit()


def _address_space_limit() -> Callable[[], None] | None:
    try:
        import resource
    except ImportError:
        return None
    size = ADDRESS_SPACE_MB * 1024 * 1024
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size))
