"""A DuckDB connection closed to everything but the data in it (the engine layer of pass 2)."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Self

import duckdb

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path
    from types import TracebackType

_SETTINGS = (
    "SET temp_directory=''",
    "SET enable_external_access=false",
    "SET python_enable_replacements=false",
    "SET autoload_known_extensions=false",
    "SET autoinstall_known_extensions=false",
    "SET allow_persistent_secrets=false",
    "SET errors_as_json=true",
    "SET enable_progress_bar=false",
)
_KEPT_OPTIMIZERS = frozenset(["deliminator", "filter_pushdown"])
"""What turns comma joins and correlated subqueries into joins, without which a dozen rows a table can be too many."""

_LOOK_SECONDS, _DROWSY_LOOKS = 0.05, 20

EXIT_STUCK = 70
"""Exit code of a worker whose query did not stop when told to."""

_LOCK = ("SET disabled_filesystems='LocalFileSystem'", "SET lock_configuration=true")
_CLOCK = {
    "now": "TIMESTAMPTZ '{instant}'",
    "get_current_timestamp": "TIMESTAMPTZ '{instant}'",
    "current_timestamp": "TIMESTAMPTZ '{instant}'",
    "transaction_timestamp": "TIMESTAMPTZ '{instant}'",
    "current_date": "DATE '{instant}'",
    "today": "DATE '{instant}'",
    "current_localtimestamp": "TIMESTAMP '{instant}'",
    "current_localtime": "TIME '{clock}'",
    "get_current_time": "TIME '{clock}'",
}


ALONE: dict[str, str | bool | int | float | list[str]] = {"threads": "1", "async_threads": "1"}
"""Settings of an engine with one thread; by default each starts nine more, and each takes 8 MB of address space."""


def open_sealed(
    file: Path | None = None,
    *,
    memory_mb: int = 256,
    timezone: str = "UTC",
    now: dt.datetime | None = None,
    simply: bool = True,
) -> duckdb.DuckDBPyConnection:
    """A connection to a read-only file, or to memory, with files, network, extensions and settings shut off.

    A frozen clock is a set of macros that stand before the engine's own functions. In memory, where the tables are tiny,
    queries are planned simply, with few optimizers: finding the best plan costs more than following the first one.
    """
    target = str(file) if file else ":memory:"
    connection = duckdb.connect(target, read_only=file is not None, config=ALONE)
    for statement in (*_SETTINGS, f"SET memory_limit='{memory_mb}MB'", f"SET TimeZone='{timezone}'"):
        connection.execute(statement)
    if simply and file is None:
        _plan_simply(connection)
    if now is not None:
        _freeze_clock(connection, now, temporary=file is not None)
    for statement in _LOCK:
        connection.execute(statement)
    return connection


def _plan_simply(connection: duckdb.DuckDBPyConnection) -> None:
    known = {str(row[0]) for row in connection.execute("SELECT name FROM duckdb_optimizers()").fetchall()}
    connection.execute(f"SET disabled_optimizers='{','.join(sorted(known - _KEPT_OPTIMIZERS))}'")
    # else groups come in the order of their keys, which hides that a tie-break is missing
    connection.execute("SET perfect_ht_threshold=0")


def _freeze_clock(connection: duckdb.DuckDBPyConnection, now: dt.datetime, *, temporary: bool) -> None:
    kind = "TEMP MACRO" if temporary else "MACRO"
    for name, value in _CLOCK.items():
        body = value.format(instant=now.isoformat(sep=" "), clock=now.time().isoformat())
        connection.execute(f"CREATE {kind} {name}() AS {body}")


class Watchdog:
    """Interrupts a connection whose query runs past its time; one thread serves all queries."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._deadline: float | None = None
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._asleep = False
        self.fired = False
        self.grace: float | None = None
        """Seconds after an interrupt until the whole process ends; None, outside workers, never ends it."""

    def over(self, seconds: float) -> Watchdog:
        """Arms the watchdog for the with-block that follows."""
        with self._wake:
            self._deadline = time.monotonic() + seconds
            self.fired = False
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
            self._deadline = None

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
                idle = idle + 1 if self._deadline is None else 0
                if self._deadline is None:
                    self._asleep = idle > _DROWSY_LOOKS
                    self._wake.wait(None if self._asleep else _LOOK_SECONDS)
                    self._asleep = False
                    continue
                left = self._deadline - time.monotonic()
                if left > 0:
                    self._wake.wait(min(left, _LOOK_SECONDS))
                    continue
                if self.grace is not None and -left > self.grace:
                    os._exit(EXIT_STUCK)
                self.fired = True
                self._connection.interrupt()
                self._wake.wait(_LOOK_SECONDS)
