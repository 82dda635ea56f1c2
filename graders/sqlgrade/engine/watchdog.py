"""The only timer of queries: interrupts one that runs past its time, or that somebody stops."""

from __future__ import annotations

import os
import threading
import time
from contextvars import Context, copy_context
from enum import Enum
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_LOOK_SECONDS, _DROWSY_LOOKS = 0.05, 20

PATIENCE = 20.0
"""So many times its seconds may a query take on a machine whose processors others have."""

EXIT_STUCK = 70
"""Exit code of a process whose query used up its time and did not stop when told to."""


class Ending(Enum):
    """Why a query was interrupted."""

    TIME = "time"
    """It took longer than it may."""
    BUSY = "busy"
    """The machine was too busy: it had not had its seconds of a processor, or not half of them where nobody is patient."""
    STOPPED = "stopped"
    """Somebody stopped it."""


class Interruptible(Protocol):
    """A DuckDB connection."""

    def interrupt(self) -> None:
        """Ends what runs; lost if it comes while that is being planned."""
        ...


def end_process_if_stuck(seconds: float, end: Callable[[Ending], object] | None = None) -> None:
    """Let this process end itself where a query goes on for so long after its interrupt: a worker is soon replaced.

    It holds for every watchdog made after it, for a process ends as a whole. `end` does more than leave: it is called
    in the watchdog's thread, while the query still runs, and never comes back.
    """
    _Process.grace, _Process.end = seconds, end or _leave


def _leave(ending: Ending) -> None:
    os._exit(EXIT_STUCK if ending is Ending.TIME else 1)


class _Process:
    grace: float | None = None
    end: Callable[[Ending], object] = staticmethod(_leave)


class Watchdog:
    """Watches over one connection; one thread serves all its queries.

    Args:
        connection: What is interrupted, again and again until the query has ended.
        patience: 1 counts the seconds of the clock. With more, a query is given its seconds of this process's processor
            time, in at most so many times its seconds: a busy machine takes none of them away.
        grace: Seconds after an interrupt until the whole process ends; None: as the process is told, else never.
    """

    def __init__(self, connection: Interruptible, *, patience: float = 1.0, grace: float | None = None) -> None:
        self._connection, self._patience = connection, patience
        self._grace = _Process.grace if grace is None else grace
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._seconds: float | None = None
        self._began = self._ended = _Moment()
        self._tell: tuple[float, Callable[[], None], Context] | None = None
        self._closed = self._asleep = False
        self.ending: Ending | None = None
        """Why the last query was interrupted; None if it was not."""

    def over(self, seconds: float, slow_seconds: float = 0.0, tell: Callable[[], None] | None = None) -> Self:
        """Arms the watchdog for the with-block that follows; `tell` is called, in the watchdog's thread, once that is slow."""
        with self._wake:
            self._seconds, self._began, self.ending = seconds, _Moment(), None
            self._tell = (slow_seconds, tell, copy_context()) if tell else None
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, daemon=True, name="sqlgrade-watchdog")
                self._thread.start()
            elif self._asleep:
                self._wake.notify()
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._wake:
            self._seconds = None

    def stop(self) -> None:
        """Interrupts the running query, if there is one."""
        with self._wake:
            if self._seconds is not None and self.ending is None:
                self._end(Ending.STOPPED)
                self._wake.notify()

    def close(self) -> None:
        """Ends the thread."""
        with self._wake:
            self._closed = True
            self._wake.notify()

    def _watch(self) -> None:
        """Looks every twentieth of a second, and sleeps only after a second without work: waking costs more."""
        idle = 0
        with self._wake:
            while not self._closed:
                idle = idle + 1 if self._seconds is None else 0
                if self._seconds is None:
                    self._asleep = idle > _DROWSY_LOOKS
                    self._wake.wait(None if self._asleep else _LOOK_SECONDS)
                    self._asleep = False
                    continue
                left = self._look(self._seconds)
                self._wake.wait(min(max(left, 0.001), _LOOK_SECONDS))

    def _look(self, seconds: float) -> float:
        """Does what is due, and gives the seconds until something may be due again."""
        clock, own = self._began.since()
        if self._tell is not None and clock >= self._tell[0]:
            (_, tell, context), self._tell = self._tell, None
            context.run(tell)
        if self.ending is None:
            if (left := _left(seconds, self._patience, clock, own)) > 0:
                return left
            enough = seconds if self._patience > 1 else seconds / 2
            self._end(Ending.TIME if own >= enough else Ending.BUSY)
        elif self._grace is not None and _left(self._grace, self._patience, *self._ended.since()) <= 0:
            _Process.end(self.ending)
        self._connection.interrupt()
        return _LOOK_SECONDS

    def _end(self, ending: Ending) -> None:
        self.ending, self._ended = ending, _Moment()


class _Moment:
    """A point in time, by the clock and by this process's own processor time."""

    def __init__(self) -> None:
        self._clock, self._own = time.monotonic(), time.process_time()

    def since(self) -> tuple[float, float]:
        return time.monotonic() - self._clock, time.process_time() - self._own


def _left(seconds: float, patience: float, clock: float, own: float) -> float:
    """Seconds by the clock until somebody has had theirs; none before the clock itself shows as many."""
    if clock < seconds:
        return seconds - clock
    return seconds * patience - clock if own < seconds else 0.0
