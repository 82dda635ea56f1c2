"""One at a time: the page, the command line and the timetable do no step at the desk while another of them does."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from classroom.mentor.place.faults import DeskFault, is_locked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.mentor.place.folder import MentorFolder

PATIENCE_SECONDS = 120.0
"""So long a step waits for the one that another program is doing."""
STEP, SCORES, WORDS = "turn", "scores-turn", "words-turn"
"""What is done by one at a time: a step at the desk; sending scores, which may take as long as a far server does; announcing."""
_held = threading.local()


@contextmanager
def one_at_a_time(folder: MentorFolder, seconds: float = PATIENCE_SECONDS, *, of: str = STEP) -> Iterator[None]:
    """Hold the desk for a step; a step inside a step is the same one. What ends, however it ends, lets go.

    The lock is SQLite's own on a file without content: the system takes it from a process that is killed, on every system.

    Raises:
        DeskFault: another program was at work for all of `seconds`.
    """
    mine: set[str] = _held.__dict__.setdefault("folders", set())
    here = f"{folder.root} {of}"
    if here in mine:
        yield
        return
    folder.desk.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder.desk / f"{of}.db", timeout=seconds, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as fault:
            if not is_locked(fault):
                raise
            raise DeskFault("at_work", seconds=int(seconds)) from fault
        mine.add(here)
        try:
            yield
        finally:
            mine.discard(here)
            connection.execute("ROLLBACK")
