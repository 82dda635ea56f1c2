"""What mentors gave for Expos: marks by mentor, the second months, what went back; SQLite beside the desk's file."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, TypeVar

from classroom.mentor.place.stores import EXPOS
from classroom.sqlite_file import bring_up_to_date, connected

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Iterable, Iterator

    from classroom.mentor.place.folder import MentorFolder

_BUSY_SECONDS = 10.0
_MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE marks (
        learner TEXT NOT NULL, mentor TEXT NOT NULL, letter TEXT NOT NULL, points INTEGER NOT NULL, comment TEXT NOT NULL,
        code TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (learner, mentor, letter)
    );
    CREATE TABLE months (learner TEXT PRIMARY KEY, seal TEXT NOT NULL, effect TEXT NOT NULL, seed INTEGER NOT NULL, at TEXT NOT NULL);
    CREATE TABLE returned (learner TEXT PRIMARY KEY, code TEXT NOT NULL, at TEXT NOT NULL)
    """,
    # a learner may have one Expo after another
    """
    CREATE TABLE marks_by_hand_in (
        learner TEXT NOT NULL, mentor TEXT NOT NULL, letter TEXT NOT NULL, points INTEGER NOT NULL, comment TEXT NOT NULL,
        code TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (learner, mentor, letter, code)
    );
    INSERT INTO marks_by_hand_in SELECT * FROM marks;
    DROP TABLE marks;
    ALTER TABLE marks_by_hand_in RENAME TO marks;
    CREATE TABLE months_by_plan (
        learner TEXT NOT NULL, seal TEXT NOT NULL, effect TEXT NOT NULL, seed INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (learner, seal)
    );
    INSERT INTO months_by_plan SELECT * FROM months;
    DROP TABLE months;
    ALTER TABLE months_by_plan RENAME TO months;
    CREATE TABLE returned_by_hand_in (learner TEXT NOT NULL, code TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (learner, code));
    INSERT INTO returned_by_hand_in SELECT * FROM returned;
    DROP TABLE returned;
    ALTER TABLE returned_by_hand_in RENAME TO returned
    """,
    "CREATE TABLE together (learner TEXT PRIMARY KEY, writer TEXT NOT NULL, at TEXT NOT NULL)",
)
_Row = TypeVar("_Row")


@dataclass(frozen=True)
class ExpoMark:
    """One mentor's points for one row of the rubric."""

    learner: str
    mentor: str
    letter: str
    points: int
    comment: str
    code: str
    """Of the hand-in that was marked."""
    at: str


@dataclass(frozen=True)
class GivenMonth:
    """What decides one learner's second month."""

    learner: str
    seal: str
    """The code of the sealed plan that it is for."""
    effect: str
    seed: int
    at: str
    """When it was given, by the desk's clock."""


@dataclass(frozen=True)
class ReturnedExpo:
    """An Expo that went back with its marks."""

    learner: str
    code: str
    at: str


@dataclass(frozen=True)
class Together:
    """One of those who work on one Expo."""

    learner: str
    writer: str
    """In whose room it is written; the same for all of them."""
    at: str
    """Since when, by the desk's clock."""

    def is_of(self, codes: Container[str], writers: Iterable[ReturnedExpo]) -> bool:
        """Whether the writer's Expo with these hand-ins is the common one: not if it had gone back before there was one.

        Args:
            codes: Of all hand-ins of the Expo.
            writers: What went back to the writer.
        """
        return not any(each.code in codes and each.at < self.at for each in writers)


class ExpoMarksStore:
    """Reads and writes the file; a connection is opened for each call.

    Raises:
        sqlite3.Error: the file is none of these, or stayed locked for some seconds.
    """

    def __init__(self, folder: MentorFolder) -> None:
        self._path = folder.desk / EXPOS
        with self._open() as connection:
            bring_up_to_date(connection, _MIGRATIONS)

    def keep_marks(self, marks: Iterable[ExpoMark]) -> None:
        """Keep a mentor's marks, all or none; their earlier ones of the same hand-in are replaced."""
        with self._open() as connection:
            connection.executemany("INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, ?, ?, ?)", map(astuple, marks))

    def marks(self, learner: str, codes: Container[str]) -> tuple[ExpoMark, ...]:
        """The marks of an Expo, which was handed in under these numbers: each mentor's last of each row."""
        found = self._all(ExpoMark, "marks WHERE learner = ? ORDER BY mentor, letter, at", learner)
        return tuple({(each.mentor, each.letter): each for each in found if each.code in codes}.values())

    def mentors(self) -> frozenset[str]:
        """Who has marked anything."""
        with self._open() as connection:
            return frozenset(row[0] for row in connection.execute("SELECT DISTINCT mentor FROM marks"))

    def give_month(self, month: GivenMonth) -> None:
        """Keep what decides the month of a plan, unless it was given already: a month is drawn once."""
        with self._open() as connection:
            connection.execute("INSERT OR IGNORE INTO months VALUES (?, ?, ?, ?, ?)", astuple(month))

    def months(self, learner: str) -> tuple[GivenMonth, ...]:
        """What was given to a learner, oldest first."""
        return self._all(GivenMonth, "months WHERE learner = ? ORDER BY at", learner)

    def note_returned(self, returned: ReturnedExpo) -> None:
        """Remember that an Expo went back."""
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO returned VALUES (?, ?, ?)", astuple(returned))

    def returned(self, learner: str) -> tuple[ReturnedExpo, ...]:
        """What went back to a learner, oldest first."""
        return self._all(ReturnedExpo, "returned WHERE learner = ? ORDER BY at", learner)

    def returned_to(self) -> dict[str, tuple[str, ...]]:
        """To whom each hand-in went back, by its number."""
        found: dict[str, tuple[str, ...]] = {}
        with self._open() as connection:
            for code, learner in connection.execute("SELECT code, learner FROM returned ORDER BY at, learner"):
                found[code] = (*found.get(code, ()), learner)
        return found

    def put_together(self, those: Iterable[Together]) -> None:
        """Let these work on one Expo, all or none of them."""
        with self._open() as connection:
            connection.executemany("INSERT OR REPLACE INTO together VALUES (?, ?, ?)", map(astuple, those))

    def part(self, writer: str) -> None:
        """Let those who work on one writer's Expo work each on their own again."""
        with self._open() as connection:
            connection.execute("DELETE FROM together WHERE writer = ?", (writer,))

    def together(self) -> dict[str, Together]:
        """Who works on an Expo with others, by learner, the writers as well."""
        with self._open() as connection:
            rows = connection.execute("SELECT learner, writer, at FROM together ORDER BY learner").fetchall()
        return {row[0]: Together(*row) for row in rows}

    def _all(self, record: type[_Row], query: str, learner: str) -> tuple[_Row, ...]:
        names = ", ".join(each.name for each in fields(record))  # type: ignore[arg-type]
        with self._open() as connection:
            return tuple(record(*row) for row in connection.execute(f"SELECT {names} FROM {query}", (learner,)))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with connected(self._path, _BUSY_SECONDS) as connection:
            yield connection
