"""What arrived at the desk: every letter once, with what became of it, and everything that could not be taken; SQLite."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from classroom.sqlite_file import bring_up_to_date, connected

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from pathlib import Path

BUSY_SECONDS = 10.0

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE letters (
        digest TEXT PRIMARY KEY, kind TEXT NOT NULL, code TEXT NOT NULL, learner TEXT NOT NULL, lesson TEXT NOT NULL,
        at TEXT NOT NULL, written TEXT NOT NULL, seen TEXT NOT NULL, clock_off REAL NOT NULL, sender TEXT NOT NULL,
        signed INTEGER NOT NULL, way TEXT NOT NULL
    );
    CREATE INDEX letters_by_learner ON letters (learner, lesson, at);
    CREATE TABLE questions (
        key TEXT NOT NULL, learner TEXT NOT NULL, exercise TEXT NOT NULL, at TEXT NOT NULL, wanted TEXT NOT NULL,
        tables TEXT NOT NULL, query TEXT NOT NULL, got TEXT NOT NULL, expected TEXT NOT NULL, PRIMARY KEY (learner, key)
    );
    CREATE TABLE troubles (
        place TEXT PRIMARY KEY, code TEXT NOT NULL, params TEXT NOT NULL, learner TEXT NOT NULL, lesson TEXT NOT NULL,
        seen TEXT NOT NULL, done INTEGER NOT NULL
    );
    CREATE TABLE looked_at (place TEXT PRIMARY KEY, stamp TEXT NOT NULL);
    CREATE TABLE invited (learner TEXT PRIMARY KEY);
    CREATE TABLE told (learner TEXT NOT NULL, about TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (learner, about));
    """,
    """
    ALTER TABLE letters ADD COLUMN came TEXT NOT NULL DEFAULT '';
    CREATE TABLE looks (door TEXT PRIMARY KEY, at TEXT NOT NULL);
    """,
    # what a learner has is known without the gradebook, from which it was made
    "ALTER TABLE told ADD COLUMN letter TEXT NOT NULL DEFAULT ''",
)


@dataclass(frozen=True)
class ReceivedLetter:
    """A letter that was taken."""

    digest: str
    kind: str
    code: str
    learner: str
    lesson: str
    at: str
    """When it was handed in by the desk's reckoning, ISO 8601 in UTC."""
    written: str
    """When it was handed in by the learner's clock."""
    seen: str
    """When the desk found it."""
    clock_off: float
    """Seconds by which the learner's clock is behind; 0 where nothing tells."""
    sender: str
    signed: int
    """1 if it was sealed with the learner's key."""
    way: str
    """folder, file or notebook."""
    came: str = ""
    """The earliest that it can have come, by a clock that is not the learner's: the hub's, or when the desk last looked
    and it was not there; empty where nobody looked."""


@dataclass(frozen=True)
class ReceivedQuestion:
    """A question that came by the road."""

    key: str
    learner: str
    exercise: str
    at: str
    wanted: str
    tables: str
    query: str
    got: str
    expected: str


@dataclass(frozen=True)
class NotTaken:
    """Something that arrived and could not be taken; `code` names a sentence below `desk.trouble`."""

    place: str
    """Where it lies, and what tells it from all others."""
    code: str
    params: Mapping[str, object]
    learner: str
    """Whose it seems to be; empty where nothing says so."""
    lesson: str
    seen: str


class Received:
    """Reads and writes the file; a connection is opened for each call.

    Raises:
        sqlite3.Error: the file is none of these, or stayed locked for `BUSY_SECONDS`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection:
            bring_up_to_date(connection, MIGRATIONS)

    def knows(self, digest: str) -> bool:
        """Whether a letter was taken before."""
        with self._open() as connection:
            return connection.execute("SELECT 1 FROM letters WHERE digest = ?", (digest,)).fetchone() is not None

    def keep(self, letter: ReceivedLetter, question: ReceivedQuestion | None = None) -> bool:
        """Keep a letter; False if it was there already, by whichever program."""
        with self._open() as connection:
            marks = ",".join("?" * len(fields(letter)))
            kept = connection.execute(f"INSERT OR IGNORE INTO letters VALUES ({marks})", astuple(letter)).rowcount
            if question is not None:
                row = astuple(question)
                connection.execute(f"INSERT OR IGNORE INTO questions VALUES ({','.join('?' * len(row))})", row)
        return bool(kept)

    def letters(self, learner: str | None = None, lesson: str | None = None) -> tuple[ReceivedLetter, ...]:
        """The hand-ins, by learner, lesson and time; the last of a lesson is the one that counts."""
        query = (
            f"SELECT {_names(ReceivedLetter)} FROM letters WHERE kind = 'hand-in' AND learner = coalesce(?, learner)"
            " AND lesson = coalesce(?, lesson) ORDER BY learner, lesson, at, digest"
        )
        with self._open() as connection:
            return tuple(ReceivedLetter(*row) for row in connection.execute(query, (learner, lesson)))

    def questions(self) -> tuple[ReceivedQuestion, ...]:
        """The questions, oldest first."""
        with self._open() as connection:
            rows = connection.execute(f"SELECT {_names(ReceivedQuestion)} FROM questions ORDER BY at")
            return tuple(ReceivedQuestion(*row) for row in rows)

    def looked_at(self) -> dict[str, str]:
        """The stamps of the files that were taken, by their places."""
        with self._open() as connection:
            return dict(connection.execute("SELECT place, stamp FROM looked_at").fetchall())

    def note_looked_at(self, place: str, stamp: str) -> None:
        """Remember that a file was taken."""
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO looked_at VALUES (?, ?)", (place, stamp))

    def last_look(self, door: str) -> str:
        """When the desk last saw all that lay at a door, ISO 8601 in UTC; empty before the first time."""
        with self._open() as connection:
            row = connection.execute("SELECT at FROM looks WHERE door = ?", (door,)).fetchone()
        return str(row[0]) if row else ""

    def note_look(self, door: str, at: str) -> None:
        """Remember that all was seen that lay at a door."""
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO looks VALUES (?, ?)", (door, at))

    def invite(self, learner: str) -> None:
        """Remember that a learner has a key: what is not sealed with it is not theirs."""
        with self._open() as connection:
            connection.execute("INSERT OR IGNORE INTO invited VALUES (?)", (learner,))

    def is_invited(self, learner: str) -> bool:
        """Whether a learner has a key."""
        with self._open() as connection:
            return connection.execute("SELECT 1 FROM invited WHERE learner = ?", (learner,)).fetchone() is not None

    def trouble(self, trouble: NotTaken) -> None:
        """Keep what could not be taken; one that was seen before keeps its time, and whether it was dealt with."""
        row = (trouble.place, trouble.code, json.dumps(dict(trouble.params), ensure_ascii=False, default=str))
        with self._open() as connection:
            connection.execute(
                "INSERT INTO troubles VALUES (?, ?, ?, ?, ?, ?, 0) ON CONFLICT (place) DO UPDATE SET"
                " code = excluded.code, params = excluded.params, done = done AND code = excluded.code",
                (*row, trouble.learner, trouble.lesson, trouble.seen),
            )

    def settle(self, place: str) -> None:
        """Forget a trouble: it was taken after all."""
        with self._open() as connection:
            connection.execute("DELETE FROM troubles WHERE place = ?", (place,))

    def dismiss(self, place: str) -> None:
        """Remember that a mentor has dealt with a trouble."""
        with self._open() as connection:
            connection.execute("UPDATE troubles SET done = 1 WHERE place = ?", (place,))

    def troubles(self) -> tuple[NotTaken, ...]:
        """What waits for a mentor, oldest first."""
        query = "SELECT place, code, params, learner, lesson, seen FROM troubles WHERE NOT done ORDER BY seen, place"
        with self._open() as connection:
            rows = connection.execute(query).fetchall()
        return tuple(NotTaken(place, code, json.loads(params), *rest) for place, code, params, *rest in rows)

    def told(self, learner: str, about: str) -> str:
        """The digest of what a learner was told last; empty if nothing was."""
        query = "SELECT digest FROM told WHERE learner = ? AND about = ?"
        with self._open() as connection:
            row = connection.execute(query, (learner, about)).fetchone()
        return str(row[0]) if row else ""

    def note_told(self, learner: str, about: str, digest: str, letter: str) -> None:
        """Remember what a learner was told, with the letter's content as JSON."""
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?)", (learner, about, digest, letter))

    def told_digests(self, about: str) -> dict[str, str]:
        """The digest of what was told last about something, by learner."""
        with self._open() as connection:
            return dict(connection.execute("SELECT learner, digest FROM told WHERE about = ?", (about,)).fetchall())

    def told_letters(self, about: str) -> dict[str, str]:
        """What was told last about something, as JSON, by learner; what an earlier version told is not kept."""
        query = "SELECT learner, letter FROM told WHERE about = ? AND letter <> ''"
        with self._open() as connection:
            return dict(connection.execute(query, (about,)).fetchall())

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with connected(self.path, BUSY_SECONDS) as connection:
            yield connection


def _names(record: type) -> str:
    return ", ".join(each.name for each in fields(record))
