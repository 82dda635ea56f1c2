"""The file of an Expo: SQLite beside the progress. What is typed is only ever added to, so that two windows lose nothing."""

from __future__ import annotations

import json
import secrets
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from classroom.exchange.decoding import decoded
from classroom.exchange.expo.record import Entry, Expo, Shot, expo_from, places
from classroom.sqlite_file import bring_up_to_date, connected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

NAME = "expo.sqlite"
BUSY_SECONDS = 10.0
MOST_CHARACTERS = 20_000

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE texts (
        rev INTEGER PRIMARY KEY AUTOINCREMENT, place TEXT NOT NULL, window TEXT NOT NULL, text TEXT NOT NULL
    );
    CREATE INDEX texts_of_place ON texts (place, rev);
    CREATE TABLE shots (place TEXT PRIMARY KEY, shot TEXT NOT NULL);
    CREATE TABLE log (
        number INTEGER PRIMARY KEY, who TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, content TEXT NOT NULL,
        before TEXT NOT NULL, code TEXT NOT NULL
    );
    """,
)


class ExpoStore:
    """Reads and writes one learner's Expo.

    Args:
        path: The file, made if it is not there.

    Raises:
        sqlite3.Error: the file is none of ours, or could not be locked within `BUSY_SECONDS`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._opened() as connection:
            bring_up_to_date(connection, MIGRATIONS)
            connection.execute("INSERT OR IGNORE INTO facts VALUES ('who', ?)", (secrets.token_hex(8),))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with connected(self.path, BUSY_SECONDS) as connection:
            yield connection

    def expo(self) -> Expo:
        """All of it as it is now."""
        with self._opened() as connection:
            return _expo(connection)

    def revision(self) -> int:
        """A number that grows with whatever is typed."""
        with self._opened() as connection:
            return _revision(connection)

    def keep(self, texts: Mapping[str, str], seen: int, window: str) -> tuple[str, ...]:
        """Keep what a window has typed, and leave alone what it shows as it was.

        Args:
            texts: What stands in the window's fields, by place.
            seen: The revision that the window was drawn from.
            window: Which window; it does not contradict itself.

        Returns:
            The places where another window has written something else since; what it wrote stays in the file as well.
        """
        known, contradicted = frozenset(places()), []
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            for place, text in texts.items():
                if place not in known or len(text) > MOST_CHARACTERS:
                    continue
                _, _, shown = _version(connection, place, seen)
                rev, author, now = _version(connection, place, None)
                if text == now or (text == shown and author != window):
                    continue
                if rev > seen and author != window:
                    contradicted.append(place)
                connection.execute("INSERT INTO texts (place, window, text) VALUES (?, ?, ?)", (place, window, text))
        return tuple(contradicted)

    def versions(self, place: str) -> tuple[str, ...]:
        """All that was ever written at a place, oldest first."""
        with self._opened() as connection:
            rows = connection.execute("SELECT text FROM texts WHERE place = ? ORDER BY rev", (place,)).fetchall()
        return tuple(row[0] for row in rows)

    def keep_shot(self, shot: Shot) -> None:
        """Keep what a query gave."""
        with self._opened() as connection:
            text = json.dumps(asdict(shot), ensure_ascii=False)
            connection.execute("INSERT OR REPLACE INTO shots VALUES (?, ?)", (shot.place, text))

    def append(self, make: Callable[[Expo], Entry | None]) -> Expo:
        """Put an entry under the log, made from the Expo as it is in that moment; none where that gives None."""
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            entry = make(_expo(connection))
            if entry is not None:
                values = (entry.number, entry.who, entry.kind, entry.at, entry.content, entry.before, entry.code)
                connection.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)", values)
            return _expo(connection)

    def copy_to(self, path: Path, facts: Mapping[str, str]) -> None:
        """Copy the whole file to a new place, where more facts are known."""
        half = path.with_suffix(".part")
        half.unlink(missing_ok=True)
        with self._opened() as connection, closing(sqlite3.connect(half)) as copy:
            connection.backup(copy)
        store = ExpoStore(half)
        for name, value in facts.items():
            store.keep_fact(name, value)
        with store._opened() as connection:
            connection.commit()
            connection.execute("PRAGMA journal_mode = DELETE")  # all of it in the one file, which gets its name whole
        half.replace(path)

    def begin_anew(self, facts: Mapping[str, str]) -> None:
        """Clear all but the name for the certificate; the Expo gets another number."""
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            for table in ("texts", "shots", "log"):
                connection.execute(f"DELETE FROM {table}")
            connection.execute("DELETE FROM facts WHERE name <> 'name'")
            rows = [("who", secrets.token_hex(8)), *facts.items()]
            connection.executemany("INSERT INTO facts VALUES (?, ?)", rows)

    def fact(self, name: str) -> str:
        """A fact that is kept beside the cards; empty if it isn't there."""
        with self._opened() as connection:
            row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def keep_fact(self, name: str, value: str) -> None:
        """Keep such a fact."""
        with self._opened() as connection:
            connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))


def _expo(connection: sqlite3.Connection) -> Expo:
    who = connection.execute("SELECT value FROM facts WHERE name = 'who'").fetchone()[0]
    latest = "SELECT place, text FROM texts WHERE rev IN (SELECT max(rev) FROM texts GROUP BY place)"
    texts = dict(connection.execute(latest).fetchall())
    shots = [decoded(Shot, json.loads(row[0])) for row in connection.execute("SELECT shot FROM shots ORDER BY place")]
    rows = connection.execute("SELECT who, number, kind, at, content, before, code FROM log ORDER BY number")
    return expo_from(who, texts, tuple(shots), tuple(Entry(*row) for row in rows))


def _revision(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(rev), 0) FROM texts").fetchone()[0])


def _version(connection: sqlite3.Connection, place: str, until: int | None) -> tuple[int, str, str]:
    """Revision, window and text of a place, the latest or that of a revision."""
    row = connection.execute(
        "SELECT rev, window, text FROM texts WHERE place = ? AND rev <= coalesce(?, rev) ORDER BY rev DESC LIMIT 1",
        (place, until),
    ).fetchone()
    return (int(row[0]), str(row[1]), str(row[2])) if row else (0, "", "")
