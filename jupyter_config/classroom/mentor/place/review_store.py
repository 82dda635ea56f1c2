"""Which answers in words were given to whom for a review, and which reviews went on to their authors; SQLite beside the desk's file."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from classroom.mentor.place.stores import REVIEWS
from classroom.sqlite_file import bring_up_to_date, connected

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from classroom.mentor.place.folder import MentorFolder

_BUSY_SECONDS = 10.0
_MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE asked (
        key TEXT PRIMARY KEY, exercise TEXT NOT NULL, author TEXT NOT NULL, reviewer TEXT NOT NULL, answer TEXT NOT NULL,
        at TEXT NOT NULL, released TEXT NOT NULL, UNIQUE (exercise, author)
    )
    """,
)


@dataclass(frozen=True)
class GivenOut:
    """An answer that somebody was asked to review."""

    key: str
    exercise: str
    """Its id at the desk."""
    author: str
    reviewer: str
    answer: str
    """As the reviewer sees it, names left out."""
    at: str
    """When it was given out, ISO 8601 in UTC."""
    released: str = ""
    """When the review went to the author; empty before."""


class ReviewStore:
    """Reads and writes the file; a connection is opened for each call.

    Raises:
        sqlite3.Error: the file is none of these, or stayed locked for some seconds.
    """

    def __init__(self, folder: MentorFolder) -> None:
        self._path = folder.desk / REVIEWS
        with self._open() as connection:
            bring_up_to_date(connection, _MIGRATIONS)

    def keep(self, given: Iterable[GivenOut]) -> None:
        """Keep what is given out; an answer that somebody has already is left with them."""
        with self._open() as connection:
            connection.executemany("INSERT OR IGNORE INTO asked VALUES (?, ?, ?, ?, ?, ?, ?)", map(astuple, given))

    def take_back(self, key: str) -> None:
        """Forget that an answer was given out."""
        with self._open() as connection:
            connection.execute("DELETE FROM asked WHERE key = ? AND released = ''", (key,))

    def note_released(self, key: str, at: str) -> None:
        """Remember that a review went to its author."""
        with self._open() as connection:
            connection.execute("UPDATE asked SET released = ? WHERE key = ?", (at, key))

    def given_out(self) -> tuple[GivenOut, ...]:
        """All that were given out, by when."""
        names = ", ".join(each.name for each in fields(GivenOut))
        with self._open() as connection:
            rows = connection.execute(f"SELECT {names} FROM asked ORDER BY at, author").fetchall()
        return tuple(GivenOut(*row) for row in rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with connected(self._path, _BUSY_SECONDS) as connection:
            yield connection
