"""The class's own file: comments used again, rubric marks, answers to questions; SQLite beside the desk's file."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from classroom.sqlite_file import bring_up_to_date, connected

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

BUSY_SECONDS = 10.0

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE comments (
        comment_id INTEGER PRIMARY KEY, exercise TEXT NOT NULL, text TEXT NOT NULL, uses INTEGER NOT NULL DEFAULT 0,
        UNIQUE (exercise, text)
    );
    CREATE TABLE rubric_marks (
        assignment TEXT NOT NULL, student TEXT NOT NULL, exercise TEXT NOT NULL, mentor TEXT NOT NULL,
        criterion TEXT NOT NULL, points REAL NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (assignment, student, exercise, mentor, criterion)
    );
    CREATE TABLE replies (
        question_key TEXT NOT NULL, student TEXT NOT NULL, exercise TEXT NOT NULL, question TEXT NOT NULL,
        reply TEXT NOT NULL, mentor TEXT NOT NULL, at TEXT NOT NULL, in_faq INTEGER NOT NULL,
        PRIMARY KEY (student, question_key)
    );
    """,
    "CREATE TABLE teams (student TEXT PRIMARY KEY, team TEXT NOT NULL)",
    "CREATE TABLE reminded (student TEXT, lesson TEXT, due TEXT, at TEXT NOT NULL, PRIMARY KEY (student, lesson, due))",
    "CREATE TABLE pairs (lesson TEXT, student TEXT, partner TEXT NOT NULL, PRIMARY KEY (lesson, student))",
)


@dataclass(frozen=True)
class BankComment:
    """A comment that was given before, and how many answers it was given to."""

    exercise: str
    text: str
    uses: int


@dataclass(frozen=True)
class RubricMark:
    """One mentor's points for one criterion of one answer."""

    student: str
    exercise: str
    mentor: str
    criterion: str
    points: float


@dataclass(frozen=True)
class KeptReply:
    """A mentor's answer to a question."""

    question_key: str
    student: str
    exercise: str
    question: str
    reply: str
    mentor: str
    at: str
    in_faq: int
    """1 if all may read it in the FAQ, else 0, as SQLite keeps it."""


class ClassStore:
    """Reads and writes the class's file; a connection is opened for each call.

    Raises:
        sqlite3.Error: the file is no class's file, or stayed locked for `BUSY_SECONDS`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection:
            bring_up_to_date(connection, MIGRATIONS)

    def note_comment(self, exercise: str, text: str, uses: int = 1) -> None:
        """Put a comment into the bank, or count that it was used again."""
        with self._open() as connection:
            connection.execute(
                "INSERT INTO comments (exercise, text, uses) VALUES (?, ?, ?)"
                " ON CONFLICT (exercise, text) DO UPDATE SET uses = uses + excluded.uses",
                (exercise, text, uses),
            )

    def comments(self, exercise: str | None = None) -> tuple[BankComment, ...]:
        """The bank: the comments of one exercise (or all), those used most first."""
        query = (
            "SELECT exercise, text, uses FROM comments WHERE exercise = coalesce(?, exercise) ORDER BY uses DESC, text"
        )
        with self._open() as connection:
            return tuple(BankComment(*row) for row in connection.execute(query, (exercise,)))

    def mark(self, assignment: str, mark: RubricMark) -> None:
        """Keep a mentor's points for a criterion; the same mentor's earlier ones are replaced."""
        with self._open() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO rubric_marks VALUES (?, ?, ?, ?, ?, ?, ?)",
                (assignment, mark.student, mark.exercise, mark.mentor, mark.criterion, mark.points, _now()),
            )

    def marks(self, assignment: str, exercise: str) -> tuple[RubricMark, ...]:
        """All mentors' points for one exercise."""
        query = (
            "SELECT student, exercise, mentor, criterion, points FROM rubric_marks"
            " WHERE assignment = ? AND exercise = ? ORDER BY student, mentor, criterion"
        )
        with self._open() as connection:
            return tuple(RubricMark(*row) for row in connection.execute(query, (assignment, exercise)))

    def reply(self, reply: KeptReply) -> None:
        """Keep a reply; an earlier one to the same question is replaced."""
        row = (
            *(reply.question_key, reply.student, reply.exercise, reply.question, reply.reply, reply.mentor),
            *(reply.at or _now(), int(reply.in_faq)),
        )
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def replies(self, *, faq_only: bool = False) -> tuple[KeptReply, ...]:
        """The replies, oldest first."""
        columns = "question_key, student, exercise, question, reply, mentor, at, in_faq"
        query = f"SELECT {columns} FROM replies WHERE in_faq OR NOT ? ORDER BY exercise, at"
        with self._open() as connection:
            rows = connection.execute(query, (int(faq_only),))
            return tuple(KeptReply(*row) for row in rows)

    def put_into_teams(self, teams: Mapping[str, str]) -> None:
        """Keep which team each of these learners belongs to; an empty name takes a learner out of any."""
        with self._open() as connection:
            connection.executemany("INSERT OR REPLACE INTO teams VALUES (?, ?)", teams.items())
            connection.execute("DELETE FROM teams WHERE team = ''")

    def teams(self) -> dict[str, str]:
        """The team of each learner who belongs to one."""
        with self._open() as connection:
            return dict(connection.execute("SELECT student, team FROM teams").fetchall())

    def pair_up(self, lesson: str, one: str, other: str) -> None:
        """Let two learners hand in a lesson together."""
        with self._open() as connection:
            rows = [(lesson, one, other), (lesson, other, one)]
            connection.executemany("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?)", rows)

    def part(self, lesson: str, student: str) -> None:
        """Let a learner and the partner hand in a lesson each for themselves again."""
        with self._open() as connection:
            connection.execute("DELETE FROM pairs WHERE lesson = ? AND ? IN (student, partner)", (lesson, student))

    def partners(self) -> dict[tuple[str, str], str]:
        """With whom a learner hands in a lesson: the partner by (learner, lesson), of both."""
        with self._open() as connection:
            rows = connection.execute("SELECT student, lesson, partner FROM pairs").fetchall()
        return {(student, lesson): partner for student, lesson, partner in rows}

    def note_reminded(self, student: str, lesson: str, due: str) -> None:
        """Remember that a learner was reminded of a due date."""
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO reminded VALUES (?, ?, ?, ?)", (student, lesson, due, _now()))

    def reminded(self) -> frozenset[tuple[str, str, str]]:
        """Who was reminded of which lesson's due date: (learner, lesson, ISO 8601 in UTC)."""
        with self._open() as connection:
            return frozenset(connection.execute("SELECT student, lesson, due FROM reminded").fetchall())

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with connected(self.path, BUSY_SECONDS) as connection:
            yield connection


def _now() -> str:
    return datetime.now(UTC).isoformat()


def class_file(folder: MentorFolder) -> ClassStore:
    """The class's own file in a mentor's folder."""
    return ClassStore(folder.desk / "class.db")
