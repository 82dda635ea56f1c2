"""The progress file: SQLite, so that two windows can write at once and an upgrade finds everything again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from classroom.learner.progress.numbering import bring_to_latest
from classroom.learner.progress.records import ExerciseProgress, ProgressState, Try
from classroom.sqlite_file import bring_up_to_date, connected
from coursebook.numbering import Numbering

HELPED_FROM_RUNG = 3  # a simpler form or the solution was seen
BUSY_SECONDS = 3.0

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE tries (
        try_id INTEGER PRIMARY KEY, exercise_id TEXT NOT NULL, at TEXT NOT NULL, answer TEXT NOT NULL,
        status TEXT NOT NULL, share REAL NOT NULL, code TEXT, near_miss TEXT, rung INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX tries_by_exercise ON tries (exercise_id, at);
    CREATE TABLE rungs (exercise_id TEXT PRIMARY KEY, rung INTEGER NOT NULL, at TEXT NOT NULL);
    CREATE TABLE places (notebook TEXT PRIMARY KEY, exercise_id TEXT, at TEXT NOT NULL);
    """,
    """
    CREATE TABLE rounds (round_id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL);
    CREATE TABLE items (
        round_id INTEGER NOT NULL, position INTEGER NOT NULL, exercise_id TEXT NOT NULL, skill TEXT NOT NULL,
        result TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (round_id, position)
    );
    CREATE INDEX items_by_exercise ON items (exercise_id);
    CREATE TABLE cards (question_id TEXT NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL, number REAL, reading TEXT);
    """,
    """
    CREATE TABLE questions (
        question_id TEXT PRIMARY KEY, exercise_id TEXT NOT NULL, at TEXT NOT NULL, wanted TEXT NOT NULL, tables TEXT NOT NULL,
        query TEXT NOT NULL, got TEXT NOT NULL, expected TEXT NOT NULL
    );
    """,
    "CREATE TABLE numbering (edition INTEGER NOT NULL);",
)


class ProgressStore:
    """Reads and writes one learner's progress file.

    A connection is opened for each call: a kernel, a second window and the home page may all have the file open.
    The file is kept in the course's latest numbering, whatever the caller's is.

    Args:
        path: The file, made if it is not there.
        numbering: How exercise numbers changed.
        edition: The numbering of the ids that the caller gives and gets; None is the latest.

    Raises:
        sqlite3.DatabaseError: the file is no progress file, or could not be locked within `BUSY_SECONDS`.
    """

    def __init__(self, path: Path, numbering: Numbering | None = None, edition: int | None = None) -> None:
        numbering = numbering or Numbering()
        self.path = path
        self._kept = {} if edition is None else numbering.ids(edition, numbering.latest)
        self._told = {kept: told for told, kept in self._kept.items()}
        path.parent.mkdir(parents=True, exist_ok=True)
        with self.opened() as connection:
            bring_up_to_date(connection, MIGRATIONS)
            bring_to_latest(connection, numbering)

    def record(self, attempt: Try) -> None:
        """Keep a try."""
        with self.opened() as connection:
            connection.execute(
                "INSERT INTO tries (exercise_id, at, answer, status, share, code, near_miss, rung) VALUES (?,?,?,?,?,?,?,?)",
                (
                    self._id_kept(attempt.exercise_id),
                    attempt.at.astimezone(UTC).isoformat(),
                    attempt.answer,
                    attempt.status,
                    attempt.share,
                    attempt.code,
                    attempt.near_miss,
                    attempt.rung,
                ),
            )

    def tries(self, exercise_id: str | None = None) -> tuple[Try, ...]:
        """The tries at an exercise, or all of them, oldest first."""
        query = "SELECT exercise_id, at, answer, status, share, code, near_miss, rung FROM tries"
        with self.opened() as connection:
            if exercise_id is None:
                rows = connection.execute(f"{query} ORDER BY at, try_id").fetchall()
            else:
                rows = connection.execute(
                    f"{query} WHERE exercise_id = ? ORDER BY at, try_id", (self._id_kept(exercise_id),)
                ).fetchall()
        return tuple(Try(self._told.get(row[0], row[0]), datetime.fromisoformat(row[1]), *row[2:]) for row in rows)

    def progress(self) -> dict[str, ExerciseProgress]:
        """Every exercise that was tried, by id."""
        by_exercise: dict[str, list[Try]] = {}
        for attempt in self.tries():
            by_exercise.setdefault(attempt.exercise_id, []).append(attempt)
        return {exercise_id: _summed_up(exercise_id, tries) for exercise_id, tries in by_exercise.items()}

    def open_rung(self, exercise_id: str, rung: int) -> int:
        """Remember that a rung of the ladder was opened; returns the highest one open."""
        now, exercise_id = datetime.now(UTC).isoformat(), self._id_kept(exercise_id)
        with self.opened() as connection:
            connection.execute(
                "INSERT INTO rungs VALUES (?,?,?) ON CONFLICT DO UPDATE SET rung = MAX(rung, excluded.rung), at = excluded.at",
                (exercise_id, rung, now),
            )
            return int(connection.execute("SELECT rung FROM rungs WHERE exercise_id = ?", (exercise_id,)).fetchone()[0])

    def rung(self, exercise_id: str) -> int:
        """The highest rung of the ladder that was opened, 0 if none."""
        with self.opened() as connection:
            query = "SELECT rung FROM rungs WHERE exercise_id = ?"
            row = connection.execute(query, (self._id_kept(exercise_id),)).fetchone()
        return int(row[0]) if row else 0

    def ask(self, exercise_id: str, wanted: str, tables: str, query: str, got: str, expected: str) -> str:
        """Keep a question to the mentors, and give its key."""
        key = (uuid4().hex, self._id_kept(exercise_id), datetime.now(UTC).isoformat())
        with self.opened() as connection:
            connection.execute(
                "INSERT INTO questions VALUES (?,?,?,?,?,?,?,?)", (*key, wanted, tables, query, got, expected)
            )
        return key[0]

    def copy_to(self, path: Path) -> None:
        """Write the file's present state under another name, whole or not at all."""
        draft = path.with_name(f"{path.name}.draft")
        draft.unlink(missing_ok=True)
        with self.opened() as connection, closing(sqlite3.connect(draft)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        draft.replace(path)

    def visit(self, notebook: str, exercise_id: str | None) -> None:
        """Remember where the learner is."""
        now, kept = datetime.now(UTC).isoformat(), exercise_id and self._id_kept(exercise_id)
        with self.opened() as connection:
            connection.execute("INSERT OR REPLACE INTO places VALUES (?,?,?)", (notebook, kept, now))

    def last_place(self) -> tuple[str, str | None] | None:
        """The notebook and exercise of the last visit, or None at the very start."""
        with self.opened() as connection:
            row = connection.execute("SELECT notebook, exercise_id FROM places ORDER BY at DESC LIMIT 1").fetchone()
        return (str(row[0]), self._told.get(row[1], row[1])) if row else None

    def _id_kept(self, exercise_id: str) -> str:
        return self._kept.get(exercise_id, exercise_id)

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are kept at the end of the block."""
        with connected(self.path, BUSY_SECONDS) as connection:
            yield connection


def _summed_up(exercise_id: str, tries: list[Try]) -> ExerciseProgress:
    state = ProgressState.TRIED
    if any(attempt.accepted for attempt in tries):
        alone = any(attempt.accepted and attempt.rung < HELPED_FROM_RUNG for attempt in tries)
        state = ProgressState.PASSED if alone else ProgressState.PASSED_WITH_HELP
    elif any(attempt.status == "for_mentor" for attempt in tries):
        state = ProgressState.HANDED_IN
    return ExerciseProgress(exercise_id, state, len(tries), max(attempt.share for attempt in tries), tries[-1].at)
