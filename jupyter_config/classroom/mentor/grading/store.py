"""The desk's file: every judged answer, every hand-in, every feedback page; SQLite, so that many programs can have it open."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from classroom.mentor.grading.judged import StoredJudgement
from classroom.sqlite_file import bring_up_to_date, connected
from coursebook.judgement import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

BUSY_SECONDS = 10.0
_MOST_PARAMETERS = 500

UNKEPT = "unkept"
"""In place of what lay there, of hand-ins that were graded before the desk kept it."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE judgements (
        key TEXT PRIMARY KEY, exercise TEXT NOT NULL, kind TEXT NOT NULL, normal TEXT NOT NULL, outcome TEXT NOT NULL,
        points REAL NOT NULL, possible REAL NOT NULL, near_miss TEXT, code TEXT, fingerprint TEXT NOT NULL, body TEXT NOT NULL
    );
    CREATE TABLE submissions (
        assignment TEXT NOT NULL, student TEXT NOT NULL, digest TEXT NOT NULL, attempt INTEGER NOT NULL, submitted_at TEXT,
        graded_at TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, remarks TEXT NOT NULL, rules TEXT NOT NULL,
        PRIMARY KEY (assignment, student, digest)
    );
    CREATE TABLE answers (
        assignment TEXT NOT NULL, student TEXT NOT NULL, exercise TEXT NOT NULL, attempt INTEGER NOT NULL, answer TEXT NOT NULL,
        normal TEXT NOT NULL, judgement_key TEXT NOT NULL, outcome TEXT NOT NULL, points REAL NOT NULL, possible REAL NOT NULL,
        near_miss TEXT, code TEXT, fingerprint TEXT NOT NULL, submitted_at TEXT, graded_at TEXT NOT NULL,
        PRIMARY KEY (assignment, student, exercise, attempt)
    );
    CREATE INDEX answers_by_behaviour ON answers (assignment, exercise, fingerprint);
    CREATE TABLE moves (
        at TEXT NOT NULL, assignment TEXT NOT NULL, student TEXT NOT NULL, exercise TEXT NOT NULL, before REAL, after REAL
    );
    CREATE TABLE feedback (assignment TEXT NOT NULL, student TEXT NOT NULL, made_at TEXT NOT NULL, html TEXT NOT NULL);
    """,
    "ALTER TABLE submissions ADD COLUMN seen TEXT NOT NULL DEFAULT ''",
    f"UPDATE submissions SET seen = '{UNKEPT}' WHERE seen = ''",
)


@dataclass(frozen=True)
class DeskAnswer:
    """One answer of one hand-in, judged."""

    assignment: str
    student: str
    exercise: str
    attempt: int
    answer: str
    normal: str
    judgement_key: str
    outcome: str
    points: float
    possible: float
    near_miss: str | None
    code: str | None
    fingerprint: str
    submitted_at: str | None
    graded_at: str

    @property
    def is_open(self) -> bool:
        """Whether nobody can say yet what it is worth."""
        return Outcome(self.outcome).is_open


@dataclass(frozen=True)
class DeskSubmission:
    """One hand-in: each different file a learner submitted."""

    assignment: str
    student: str
    digest: str
    attempt: int
    submitted_at: str | None
    graded_at: str
    state: str
    """graded or refused."""
    reason: str | None
    remarks: str
    """What was put right, as JSON: a list of [code, params]."""
    rules: str
    """The state of exercises, seed and judge it was graded under."""
    seen: str = ""
    """What lay there when it was looked at last, see `handin.seen_of`; another is looked at anew."""


@dataclass(frozen=True)
class Behaviour:
    """Answers to one exercise that behave alike."""

    exercise: str
    fingerprint: str
    students: tuple[str, ...]
    """Whose they are."""


@dataclass(frozen=True)
class Move:
    """A score that a regrade changed."""

    at: str
    assignment: str
    student: str
    exercise: str
    before: float | None
    after: float | None


_LAST_ATTEMPT = (
    "attempt = (SELECT max(attempt) FROM answers AS other"
    " WHERE other.assignment = answers.assignment AND other.student = answers.student)"
)


class DeskStore:
    """Reads and writes the desk's file; a connection is opened for each call.

    Raises:
        sqlite3.Error: the file is no desk's file, or stayed locked for `BUSY_SECONDS`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self.open() as connection:
            bring_up_to_date(connection, MIGRATIONS)

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are kept together or not at all."""
        with connected(self.path, BUSY_SECONDS) as connection:
            connection.execute("PRAGMA synchronous = NORMAL")
            yield connection

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the file open, so that no call in between is the last to close it, which costs a sync to the disk."""
        with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS)) as connection:
            connection.execute("SELECT 1 FROM moves").fetchone()
            yield

    def known(self, keys: Iterable[str]) -> dict[str, StoredJudgement]:
        """The judgements there are among these keys."""
        wanted, found = list(dict.fromkeys(keys)), dict[str, StoredJudgement]()
        with self.open() as connection:
            for start in range(0, len(wanted), _MOST_PARAMETERS):
                part = wanted[start : start + _MOST_PARAMETERS]
                marks = ",".join("?" * len(part))
                rows = connection.execute(
                    f"SELECT {_names(StoredJudgement)} FROM judgements WHERE key IN ({marks})", part
                )
                found |= {row[0]: StoredJudgement(*row) for row in rows}
        return found

    def judgement(self, key: str) -> StoredJudgement | None:
        """One judgement."""
        return self.known([key]).get(key)

    def keep_judgements(self, judgements: Iterable[StoredJudgement]) -> None:
        """Keep judgements; one that is there already is replaced."""
        with self.open() as connection:
            _put(connection, "judgements", judgements)

    def keep_submission(self, submission: DeskSubmission, answers: Sequence[DeskAnswer], moves: Sequence[Move]) -> None:
        """Keep a graded hand-in with its answers in one piece; the same hand-in again takes its own place."""
        with self.open() as connection:
            connection.execute(
                "DELETE FROM submissions WHERE assignment = ? AND student = ? AND state = 'refused'",
                (submission.assignment, submission.student),
            )
            _put(connection, "submissions", [submission])
            _put(connection, "answers", answers)
            _put(connection, "moves", moves)

    def answers(
        self,
        assignment: str | None = None,
        exercise: str | None = None,
        student: str | None = None,
        *,
        every_attempt: bool = False,
        outcomes: Collection[str] | None = None,
    ) -> tuple[DeskAnswer, ...]:
        """The answers, each learner's last hand-in only unless every attempt is wanted; of all outcomes or of those named."""
        named = {"assignment": assignment, "exercise": exercise, "student": student}
        given = {name: value for name, value in named.items() if value is not None}
        conditions = [f"{name} = :{name}" for name in given]
        if not every_attempt:
            conditions.append(_LAST_ATTEMPT)
        if outcomes is not None:
            conditions.append(f"outcome IN ({', '.join(f':outcome{number}' for number in range(len(outcomes)))})")
            given |= {f"outcome{number}": str(each) for number, each in enumerate(outcomes)}
        query = f"SELECT {_names(DeskAnswer)} FROM answers WHERE {' AND '.join(conditions) or 'TRUE'} ORDER BY student, exercise, attempt"
        with self.open() as connection:
            return tuple(DeskAnswer(*row) for row in connection.execute(query, given))

    def behaviours(self, assignment: str, outcomes: Collection[str], fewest: int) -> tuple[Behaviour, ...]:
        """How so many learners' last answers or more behave, of these outcomes, where no author foresaw it; the largest group first."""
        query = (
            "SELECT exercise, fingerprint, json_group_array(student) FROM answers"
            f" WHERE assignment = ? AND outcome IN ({', '.join('?' * len(outcomes))})"
            f" AND coalesce(near_miss, '') = '' AND {_LAST_ATTEMPT}"
            " GROUP BY exercise, fingerprint HAVING count(*) >= ? ORDER BY count(*) DESC, exercise, fingerprint"
        )
        with self.open() as connection:
            rows = connection.execute(query, (assignment, *outcomes, fewest)).fetchall()
        return tuple(Behaviour(row[0], row[1], tuple(json.loads(row[2]))) for row in rows)

    def submissions(self, assignment: str, student: str | None = None) -> tuple[DeskSubmission, ...]:
        """The hand-ins, oldest first."""
        query = (
            f"SELECT {_names(DeskSubmission)} FROM submissions WHERE assignment = ? AND student = coalesce(?, student)"
        )
        with self.open() as connection:
            rows = connection.execute(f"{query} ORDER BY student, attempt", (assignment, student))
            return tuple(DeskSubmission(*row) for row in rows)

    def unjudged(self, assignment: str) -> frozenset[str]:
        """The learners of whose last hand-in an answer has still to be judged."""
        return frozenset(each.student for each in self.answers(assignment, outcomes=(Outcome.UNJUDGED,)))

    def moves(self, assignment: str) -> tuple[Move, ...]:
        """The scores that regrades changed, oldest first."""
        query = f"SELECT {_names(Move)} FROM moves WHERE assignment = ? ORDER BY at"
        with self.open() as connection:
            return tuple(Move(*row) for row in connection.execute(query, (assignment,)))

    def keep_feedback(self, assignment: str, student: str, made_at: str, html: str) -> None:
        """Keep a feedback page beside the earlier ones; the last one made once more takes a newer time alone."""
        last = (
            "SELECT rowid FROM feedback WHERE assignment = ? AND student = ? ORDER BY made_at DESC, rowid DESC LIMIT 1"
        )
        with self.open() as connection:
            again = connection.execute(
                f"UPDATE feedback SET made_at = ? WHERE rowid = ({last}) AND html = ?",
                (made_at, assignment, student, html),
            )
            if not again.rowcount:
                connection.execute("INSERT INTO feedback VALUES (?, ?, ?, ?)", (assignment, student, made_at, html))

    def feedback(self, assignment: str, student: str) -> tuple[tuple[str, str], ...]:
        """When each feedback page was made, and the page; oldest first."""
        query = "SELECT made_at, html FROM feedback WHERE assignment = ? AND student = ? ORDER BY made_at"
        with self.open() as connection:
            return tuple((row[0], row[1]) for row in connection.execute(query, (assignment, student)))


def _names(record: type) -> str:
    return ", ".join(each.name for each in fields(record))


def _put(connection: sqlite3.Connection, table: str, records: Iterable[object]) -> None:
    rows = [astuple(each) for each in records]  # type: ignore[call-overload]
    if rows:
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
