"""What was given back as the platform is to have it: one score for each learner and lesson, sent until the platform has it."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.sqlite_file import bring_up_to_date, connected

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

STORE = "scores.db"
"""In the desk's folder; of a lost one all scores go once more, as they are."""
_BUSY_SECONDS = 10.0
_PAUSES = (1, 5, 15, 60, 240)
"""Minutes between two tries; the last goes on, for a score stays true."""
TOLD_AFTER = 3
"""So many tries in vain are the network's; then a mentor is told. A platform's own no is told at once."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE scores (
        learner TEXT NOT NULL, lesson TEXT NOT NULL, given REAL NOT NULL, at TEXT NOT NULL, is_sent INTEGER NOT NULL DEFAULT 0,
        tries INTEGER NOT NULL DEFAULT 0, next_at TEXT NOT NULL, fault TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (learner, lesson)
    );
    CREATE TABLE columns (line_items TEXT NOT NULL, lesson TEXT NOT NULL, address TEXT NOT NULL, PRIMARY KEY (line_items, lesson));
    """,
)


@dataclass(frozen=True)
class Score:
    """One score on its way, or there."""

    learner: str
    lesson: str
    given: float
    """Of `classroom.points.FULL`."""
    at: str
    """When it was first to be sent: of two, a platform keeps the later one. ISO 8601 in UTC."""
    tries: int
    fault: str
    """What kept it the last time; empty where nothing did."""


class ScoreStore:
    """Reads and writes the desk's scores; a connection is opened for each call."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as connection:
            bring_up_to_date(connection, MIGRATIONS)

    def want(self, scores: Mapping[tuple[str, str], float], now: dt.datetime) -> None:
        """What the platform is to have, by learner and lesson; what it has already stays as it is."""
        with self._open() as connection:
            rows = connection.execute("SELECT learner, lesson, given, at FROM scores").fetchall()
            known = {(learner, lesson): (given, at) for learner, lesson, given, at in rows}
            changed = [
                (*key, given, _later(now, known[key][1] if key in known else ""), _moment(now))
                for key, given in scores.items()
                if key not in known or known[key][0] != given
            ]
            connection.executemany(
                "INSERT OR REPLACE INTO scores (learner, lesson, given, at, next_at) VALUES (?, ?, ?, ?, ?)", changed
            )

    def waiting(self, now: dt.datetime | None = None) -> tuple[Score, ...]:
        """Those to be sent now; without a moment all that wait, also those whose next try is later."""
        query = "SELECT learner, lesson, given, at, tries, fault FROM scores WHERE NOT is_sent AND next_at <= ? ORDER BY 2, 1"
        with self._open() as connection:
            rows = connection.execute(query, (_moment(now) if now else "9",)).fetchall()
        return tuple(Score(*row) for row in rows)

    def note_sent(self, score: Score) -> None:
        """The platform has it; one that was given back anew meanwhile waits on."""
        query = "UPDATE scores SET is_sent = 1, fault = '' WHERE learner = ? AND lesson = ? AND at = ?"
        with self._open() as connection:
            connection.execute(query, (score.learner, score.lesson, score.at))

    def begin(self, score: Score) -> None:
        """It is being sent: what breaks off now may have arrived."""
        query = "UPDATE scores SET tries = tries + 1, fault = '' WHERE learner = ? AND lesson = ? AND at = ?"
        with self._open() as connection:
            connection.execute(query, (score.learner, score.lesson, score.at))

    def put_off(self, score: Score, fault: str, now: dt.datetime) -> None:
        """It did not go: once more after a while."""
        pause = dt.timedelta(minutes=_PAUSES[min(score.tries, len(_PAUSES) - 1)])
        query = "UPDATE scores SET tries = ?, next_at = ?, fault = ? WHERE learner = ? AND lesson = ? AND at = ?"
        with self._open() as connection:
            connection.execute(
                query, (score.tries + 1, _moment(now + pause), fault, score.learner, score.lesson, score.at)
            )

    def count_sent(self) -> int:
        """How many the platform has."""
        with self._open() as connection:
            return int(connection.execute("SELECT count(*) FROM scores WHERE is_sent").fetchone()[0])

    def column(self, line_items: str, lesson: str) -> str:
        """The address of a lesson's column; empty where it is not known."""
        query = "SELECT address FROM columns WHERE line_items = ? AND lesson = ?"
        with self._open() as connection:
            row = connection.execute(query, (line_items, lesson)).fetchone()
        return str(row[0]) if row else ""

    def keep_column(self, line_items: str, lesson: str, address: str) -> None:
        """Keep it; an empty address: it is gone."""
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO columns VALUES (?, ?, ?)", (line_items, lesson, address))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with connected(self.path, _BUSY_SECONDS) as connection:
            yield connection


def scores_of(folder: MentorFolder) -> ScoreStore:
    """The desk's scores."""
    return ScoreStore(folder.desk / STORE)


def _later(now: dt.datetime, before: str) -> str:
    """Now, or just after what went before, where the clock was set back."""
    moment = now.astimezone(dt.UTC)
    if before:
        moment = max(moment, dt.datetime.fromisoformat(before) + dt.timedelta(milliseconds=1))
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")
