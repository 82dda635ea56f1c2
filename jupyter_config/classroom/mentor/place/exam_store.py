"""The level tests that were opened, and what became of each; SQLite beside the desk's file."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from classroom.exchange.decoding import decoded
from classroom.exchange.exam_paper import ExamPaper
from classroom.mentor.place.stores import EXAMS
from classroom.sqlite_file import bring_up_to_date, connected

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from classroom.mentor.place.folder import MentorFolder

_BUSY_SECONDS = 10.0
_MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE opened (
        key TEXT PRIMARY KEY, learner TEXT NOT NULL, level INTEGER NOT NULL, mentor TEXT NOT NULL, drills TEXT NOT NULL, paper TEXT NOT NULL,
        at TEXT NOT NULL
    );
    CREATE TABLE results (key TEXT PRIMARY KEY, result TEXT NOT NULL, at TEXT NOT NULL)
    """,
)


@dataclass(frozen=True)
class TaskResult:
    """What an answer was worth."""

    number: int
    drill: str
    """The drill's id, such as P02a-17."""
    outcome: str
    """Of `coursebook.judgement.Outcome`; untouched where nothing was written."""
    points: float
    possible: float
    sql: str


@dataclass(frozen=True)
class ExamResult:
    """What became of one level test."""

    code: str
    """Of the sheet that counts."""
    at: str
    """When that was handed in, by the desk's reckoning."""
    tasks: tuple[TaskResult, ...]
    doubts: tuple[str, ...] = ()
    """Codes of sentences below `desk.exam.doubt`: what in the log a person should look at."""
    certificate: str = ""
    """The code on the certificate; empty where the test was not passed."""

    @property
    def points(self) -> float:
        """Of all tasks."""
        return sum(each.points for each in self.tasks)

    @property
    def possible(self) -> float:
        """Of all tasks."""
        return sum(each.possible for each in self.tasks)

    def passes(self, percent: int) -> bool:
        """Whether it has so many per cent of the points."""
        return self.points * 100 >= self.possible * percent - 1e-9


@dataclass(frozen=True)
class OpenedExam:
    """A level test that was opened for a learner."""

    learner: str
    mentor: str
    """Who opened it."""
    drills: tuple[str, ...]
    """The drills' ids, in the order of the tasks; the learner has their texts alone."""
    paper: ExamPaper
    result: ExamResult | None = None

    @property
    def has_passed(self) -> bool:
        """Whether it is marked and was passed."""
        return self.result is not None and self.result.passes(self.paper.pass_percent)


class ExamStore:
    """Reads and writes the file; a connection is opened for each call.

    Raises:
        sqlite3.Error: the file is none of these, or stayed locked for some seconds.
    """

    def __init__(self, folder: MentorFolder) -> None:
        self._path = folder.desk / EXAMS
        with self._open() as connection:
            bring_up_to_date(connection, _MIGRATIONS)

    def open(self, exam: OpenedExam) -> None:
        """Keep a test that is opened."""
        row = (exam.paper.key, exam.learner, exam.paper.level, exam.mentor, json.dumps(exam.drills))
        paper = json.dumps(asdict(exam.paper), ensure_ascii=False)
        with self._open() as connection:
            connection.execute("INSERT INTO opened VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, paper, exam.paper.opened))

    def keep_result(self, key: str, result: ExamResult) -> bool:
        """Keep what became of a test, once: a result never changes. Whether it was the first."""
        text = json.dumps(asdict(result), ensure_ascii=False)
        with self._open() as connection:
            done = connection.execute("INSERT OR IGNORE INTO results VALUES (?, ?, ?)", (key, text, result.at))
            return done.rowcount == 1

    def all(self, learner: str = "") -> tuple[OpenedExam, ...]:
        """All that were opened, or a learner's, oldest first."""
        query = "SELECT learner, mentor, drills, paper, result FROM opened LEFT JOIN results USING (key) WHERE ? IN ('', learner) ORDER BY opened.at, key"
        with self._open() as connection:
            return tuple(
                OpenedExam(
                    who,
                    mentor,
                    tuple(json.loads(drills)),
                    decoded(ExamPaper, json.loads(paper)),
                    decoded(ExamResult, json.loads(result)) if result else None,
                )
                for who, mentor, drills, paper, result in connection.execute(query, (learner,))
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with connected(self._path, _BUSY_SECONDS) as connection:
            yield connection
