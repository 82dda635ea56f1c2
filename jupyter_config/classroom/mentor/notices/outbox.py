"""What is to be said by which way: kept before it is sent, taken by one sender at a time, and never sent twice."""

from __future__ import annotations

import datetime as dt
import logging
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from classroom.mentor.notices.settings import read_ways
from classroom.mentor.place.faults import DeskFault
from classroom.mentor.place.gradebook import open_gradebook
from classroom.sqlite_file import bring_up_to_date, connected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

_log = logging.getLogger(__name__)
STORE = "notices.db"
"""In the desk's folder; a lost one loses no more than word that something waits on home."""
UNWANTED = "no_mail"
"""In the desk's settings: the ids of learners who want none."""
_BUSY_SECONDS = 10.0
_PAUSES = (1, 5, 15, 60, 240)
"""Minutes between two tries; the last goes on."""
_GIVEN_UP_AFTER = dt.timedelta(days=3)
_BROKEN_OFF_AFTER = dt.timedelta(minutes=10)
"""Who took something to send and has said nothing for so long is there no more."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE notices (
        notice_id INTEGER PRIMARY KEY, way TEXT NOT NULL, learner TEXT NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL,
        at TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', tries INTEGER NOT NULL DEFAULT 0,
        next_at TEXT NOT NULL, fault TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX notices_waiting ON notices (state, way, next_at);
    """,
)


class NoticeWay(StrEnum):
    """How a notice goes."""

    CHAT = "chat"
    MAIL = "mail"


class NoticeKind(StrEnum):
    """What has come about; the values stand in desks' files."""

    OUT = "out"
    """A lesson is out, or its due date is another."""
    RETURNED = "returned"
    ANSWERED = "answered"
    WORD = "word"
    REMINDED = "reminded"
    ANNOUNCED = "announced"


class NoticeState(StrEnum):
    """Where a notice is; the values stand in desks' files."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    """It was refused, or tried for three days."""
    UNCERTAIN = "uncertain"
    """It may have arrived, so it is not sent again."""


_CHATTED = (NoticeKind.OUT, NoticeKind.RETURNED, NoticeKind.ANSWERED, NoticeKind.ANNOUNCED)
"""What is of use to a whole class; a reminder is between two."""


@dataclass(frozen=True)
class Notice:
    """One thing to say by one way."""

    notice_id: int
    way: str
    learner: str
    """Empty for the class."""
    kind: str
    about: str
    """A lesson, an exercise, or a lesson and its due date in UTC."""
    at: str
    """When it came about, ISO 8601 in UTC."""
    tries: int


class NoticeStore:
    """Reads and writes the desk's notices; a connection is opened for each call."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as connection:
            bring_up_to_date(connection, MIGRATIONS)

    def put(self, rows: Iterable[tuple[NoticeWay, str, NoticeKind, str]], now: dt.datetime) -> None:
        """Keep what is to be said: way, learner, what, about what."""
        at = _moment(now)
        with self._open() as connection:
            connection.executemany(
                "INSERT INTO notices (way, learner, kind, about, at, next_at) VALUES (?, ?, ?, ?, ?, ?)",
                [(*each, at, at) for each in rows],
            )

    def waiting_for(self, way: NoticeWay, now: dt.datetime) -> tuple[str, ...]:
        """For whom something is to be sent now."""
        query = "SELECT DISTINCT learner FROM notices WHERE state = 'waiting' AND way = ? AND next_at <= ? ORDER BY 1"
        with self._open() as connection:
            return tuple(each for (each,) in connection.execute(query, (way, _moment(now))))

    def take(self, way: NoticeWay, learner: str, now: dt.datetime) -> tuple[Notice, ...]:
        """All that waits for somebody; nobody else gets it from now on."""
        query = (
            "UPDATE notices SET state = 'sending', tries = tries + 1, next_at = ? WHERE state = 'waiting' AND way = ?"
            " AND learner = ? AND next_at <= ? RETURNING notice_id, way, learner, kind, about, at, tries"
        )
        with self._open() as connection:
            rows = connection.execute(query, (_moment(now), way, learner, _moment(now))).fetchall()
        return tuple(sorted((Notice(*row) for row in rows), key=lambda each: each.notice_id))

    def settle(self, taken: Iterable[Notice], state: NoticeState, fault: str = "") -> None:
        """It was sent, or will not be."""
        with self._open() as connection:
            connection.executemany(
                "UPDATE notices SET state = ?, fault = ? WHERE notice_id = ?",
                [(state, fault, each.notice_id) for each in taken],
            )

    def put_back(self, taken: Iterable[Notice], now: dt.datetime, fault: str) -> None:
        """It did not go: once more after a while, and not for ever."""
        rows = []
        for each in taken:
            is_old = now - dt.datetime.fromisoformat(each.at) > _GIVEN_UP_AFTER
            pause = dt.timedelta(minutes=_PAUSES[min(each.tries, len(_PAUSES)) - 1])
            state = NoticeState.FAILED if is_old else NoticeState.WAITING
            rows.append((state, _moment(now + pause), fault, each.notice_id))
        with self._open() as connection:
            connection.executemany("UPDATE notices SET state = ?, next_at = ?, fault = ? WHERE notice_id = ?", rows)

    def note_broken_off(self, now: dt.datetime) -> None:
        """What somebody took who is there no more may have arrived."""
        query = "UPDATE notices SET state = 'uncertain' WHERE state = 'sending' AND next_at < ?"
        with self._open() as connection:
            connection.execute(query, (_moment(now - _BROKEN_OFF_AFTER),))

    def counts(self) -> Mapping[tuple[str, str], int]:
        """How many notices of a way are in a state."""
        with self._open() as connection:
            rows = connection.execute("SELECT way, state, count(*) FROM notices GROUP BY way, state")
            return {(way, state): count for way, state, count in rows}

    def latest_fault(self, way: NoticeWay) -> str:
        """What kept the latest of those that did not go; empty where nothing does."""
        query = "SELECT fault FROM notices WHERE way = ? AND state <> 'sent' AND fault <> '' ORDER BY notice_id DESC LIMIT 1"
        with self._open() as connection:
            row = connection.execute(query, (way,)).fetchone()
        return str(row[0]) if row else ""

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with connected(self.path, _BUSY_SECONDS) as connection:
            yield connection


def notices_of(folder: MentorFolder) -> NoticeStore:
    """The desk's notices."""
    return NoticeStore(folder.desk / STORE)


def notify(folder: MentorFolder, kind: NoticeKind, about: str, learner: str = "") -> None:
    """Have it said by each way that is set. That it can't be kept is logged, and stops nothing: it stands on home."""
    try:
        ways = read_ways(folder)
        rows = []
        if ways.webhook is not None and kind in _CHATTED:
            rows.append((NoticeWay.CHAT, "", kind, about))
        if ways.mail is not None:
            rows += [(NoticeWay.MAIL, each, kind, about) for each in ([learner] if learner else _everybody(folder))]
        if rows:
            notices_of(folder).put(rows, dt.datetime.now(dt.UTC))
    except (DeskFault, OSError, sqlite3.Error) as fault:
        _log.warning("a notice could not be kept: %s", getattr(fault, "code", type(fault).__name__))


def _everybody(folder: MentorFolder) -> list[str]:
    with open_gradebook(folder) as gradebook:
        return [each.id for each in gradebook.students if each.email]


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")
