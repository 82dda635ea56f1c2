"""SQLite files that several programs have open at once, and that an upgrade brings up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_COUNTER = slice(24, 28)
"""Where a database's head counts its transactions."""


@contextmanager
def connected(path: Path, busy_seconds: float) -> Iterator[sqlite3.Connection]:
    """A connection whose changes are kept together at the end of the block, or not at all."""
    with closing(sqlite3.connect(path, timeout=busy_seconds)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        with connection:
            yield connection


def stamp_of(path: Path) -> tuple[int, ...]:
    """What is another once anybody has written to a database that keeps no write-ahead log; empty where nothing is sure.

    SQLite counts each transaction in the file's head (https://www.sqlite.org/fileformat2.html, 1.3.8), so two within one tick of the
    disk's clock are told apart; of a file with a log beside it the head says nothing.
    """
    try:
        if path.with_name(f"{path.name}-wal").exists():
            return ()
        about = path.stat()
        with path.open("rb") as file:
            head = file.read(_COUNTER.stop)
    except OSError:
        return ()
    if len(head) < _COUNTER.stop:
        return ()
    return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, int.from_bytes(head[_COUNTER], "big")


def bring_up_to_date(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    """Run the steps that the file has not had, each once and in order; its user_version counts those it has had.

    A newer file is left as it is, its tables only grow. A file that is up to date is not locked.
    """
    if _steps_done(connection) >= len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    for number, step in enumerate(steps[_steps_done(connection) :], start=_steps_done(connection) + 1):
        for statement in filter(str.strip, step.split(";")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")


def _steps_done(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
