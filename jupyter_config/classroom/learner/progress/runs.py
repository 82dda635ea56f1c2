"""What was run in each lesson, kept in a file of its own beside the progress: it is the learner's, and is handed in nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from classroom.learner.progress.store import BUSY_SECONDS
from classroom.sqlite_file import bring_up_to_date, connected

if TYPE_CHECKING:
    from pathlib import Path

_MOST_KEPT = 300
"""Runs of a lesson; older ones go."""
_LONGEST = 20_000
"""Characters of a text that is kept; a pasted list is not."""
_MIGRATIONS = (
    """
    CREATE TABLE runs (
        run_id INTEGER PRIMARY KEY, lesson TEXT NOT NULL, exercise_id TEXT NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL,
        UNIQUE (lesson, exercise_id, text)
    );
    """,
)


@dataclass(frozen=True)
class PastRun:
    """One text that was run."""

    at: str
    """The last time, as ISO 8601 with its zone."""
    exercise_id: str
    """The exercise whose answer it was; empty for a cell for trying things."""
    text: str
    """Without the line that names the exercise."""


class RunHistory:
    """Reads and writes one learner's history; a text that is run again moves to the front.

    Raises:
        sqlite3.DatabaseError: the file is no history, or could not be locked within `BUSY_SECONDS`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with connected(path, BUSY_SECONDS) as connection:
            bring_up_to_date(connection, _MIGRATIONS)

    def keep(self, lesson: str, exercise_id: str, text: str) -> None:
        """Keep what was run, and forget the oldest where there is too much."""
        if not text.strip() or len(text) > _LONGEST:
            return
        with connected(self.path, BUSY_SECONDS) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO runs (lesson, exercise_id, at, text) VALUES (?,?,?,?)",
                (lesson, exercise_id, datetime.now(UTC).isoformat(), text),
            )
            connection.execute(
                "DELETE FROM runs WHERE lesson = ?1 AND run_id NOT IN"
                " (SELECT run_id FROM runs WHERE lesson = ?1 ORDER BY run_id DESC LIMIT ?2)",
                (lesson, _MOST_KEPT),
            )

    def runs(self, lesson: str) -> tuple[PastRun, ...]:
        """What was run in a lesson, the latest first."""
        query = "SELECT at, exercise_id, text FROM runs WHERE lesson = ? ORDER BY run_id DESC"
        with connected(self.path, BUSY_SECONDS) as connection:
            return tuple(PastRun(*row) for row in connection.execute(query, (lesson,)))
