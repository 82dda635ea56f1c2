"""How far each learner has climbed towards a solution, as the hub's service has counted it: kept for the gate and for the mentors."""

from __future__ import annotations

import datetime as dt
import logging
import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from classroom.exchange.over_hub import SolutionOpened
from classroom.sqlite_file import bring_up_to_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_log = logging.getLogger(__name__)
NAME = "climbed.sqlite"
"""In the service's own folder."""
RAN, EARLY, SOLUTION = "ran", "early", "solution"
"""Steps beside the hints' own names: an answer ran, the solution was asked for too early, it was told."""
MOST_EXERCISES = 20_000
"""What of one learner's is remembered: drills have no end, the disk has."""
_STEPS = (
    """CREATE TABLE answers (learner TEXT, exercise TEXT, count INTEGER NOT NULL, PRIMARY KEY (learner, exercise))
       WITHOUT ROWID;
       CREATE TABLE steps (learner TEXT, exercise TEXT, step TEXT, at TEXT NOT NULL, answers INTEGER NOT NULL,
                           PRIMARY KEY (learner, exercise, step)) WITHOUT ROWID""",
)


class Climbed:
    """Counts answers and takes down steps, each once; without a file nothing outlives the service."""

    def __init__(self, file: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._connection = _opened(file)

    def count_answer(self, learner: str, exercise: str, *, ran: bool) -> None:
        """An answer to an exercise was judged."""
        with self._kept() as connection:
            if self._has_place(learner, exercise):
                connection.execute(
                    "INSERT INTO answers VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
                    (learner, exercise),
                )
        if ran:
            self.take_down(learner, exercise, RAN)

    def take_down(self, learner: str, exercise: str, step: str) -> None:
        """A hint was opened, the solution asked for or told."""
        now = dt.datetime.now(dt.UTC).isoformat()
        with self._kept() as connection:
            if self._has_place(learner, exercise):
                connection.execute(
                    "INSERT INTO steps SELECT ?1, ?2, ?3, ?4, coalesce((SELECT count FROM answers WHERE learner = ?1"
                    " AND exercise = ?2), 0) WHERE true ON CONFLICT DO NOTHING",
                    (learner, exercise, step, now),
                )

    def steps(self, learner: str, exercise: str) -> frozenset[str]:
        """What has been taken down of one exercise."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT step FROM steps WHERE learner = ? AND exercise = ?", (learner, exercise)
            )
            return frozenset(step for (step,) in rows)

    def all(self) -> tuple[SolutionOpened, ...]:
        """All solutions that were told, or asked for too early, oldest first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT learner, exercise, at, answers, step = ? FROM steps WHERE step IN (?, ?) ORDER BY at",
                (SOLUTION, SOLUTION, EARLY),
            )
            return tuple(
                SolutionOpened(who, exercise, at, answers, bool(told)) for who, exercise, at, answers, told in rows
            )

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _kept(self) -> Iterator[sqlite3.Connection]:
        """What is written in the block is kept; a full disk costs this count, never the answer that is counted."""
        with self._lock:
            try:
                with self._connection:
                    yield self._connection
            except sqlite3.Error:
                _log.exception("what a learner has opened can't be written down")

    def _has_place(self, learner: str, exercise: str) -> bool:
        """Whether there is room for an exercise of theirs; what is known has its place already."""
        known = "SELECT 1 FROM {} WHERE learner = ? AND exercise = ? LIMIT 1"
        for table in ("answers", "steps"):
            if self._connection.execute(known.format(table), (learner, exercise)).fetchone():
                return True
        (held,) = self._connection.execute("SELECT count(*) FROM answers WHERE learner = ?", (learner,)).fetchone()
        (more,) = self._connection.execute("SELECT count(*) FROM steps WHERE learner = ?", (learner,)).fetchone()
        return int(held) + int(more) < MOST_EXERCISES


def _opened(file: Path | None) -> sqlite3.Connection:
    """The file, brought up to date; one that is damaged is put aside, so that judging goes on."""
    try:
        return _ready(file)
    except sqlite3.DatabaseError:
        if file is None or not file.is_file():
            raise
        aside = file.with_name(f"{file.stem}-damaged-{dt.datetime.now(dt.UTC):%Y%m%d%H%M%S}{file.suffix}")
        _log.exception("%s is damaged; it is kept as %s, and counting begins anew", file, aside.name)
        file.rename(aside)
        return _ready(file)


def _ready(file: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(file or ":memory:", check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA journal_mode = WAL")
        with connection:
            bring_up_to_date(connection, _STEPS)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
