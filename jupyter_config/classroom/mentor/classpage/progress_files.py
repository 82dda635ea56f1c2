"""Learners' progress files as a mentor reads them: foreign files, so nothing in them is trusted."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.exchange.moments import moment_in
from classroom.exchange.names import safe_name
from classroom.exchange.transport import Unreachable
from classroom.folder import CARRIED, Folder
from classroom.mentor.place.door import door_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from classroom.mentor.place.folder import MentorFolder
    from coursebook import Course

_log = logging.getLogger(__name__)
LARGEST_FILE = 64 * 2**20
MOST_ROWS = 20_000
LONGEST_TEXT = 20_000
_MOST_KEPT = 4_096
_STEPS = 10_000_000
"""SQLite's virtual instructions after which reading a file is given up."""


@dataclass(frozen=True)
class Attempt:
    """One run of an answer cell, as the learner's own file tells it."""

    exercise: str
    at: datetime
    answer: str
    status: str
    rung: int
    code: str | None = None
    """The mistake that was named."""
    near_miss: str | None = None
    """The wrong answer of the authors' that it was."""

    @property
    def exercise_id(self) -> str:
        """The exercise, by the name that `coursebook.practice.evidence` asks for."""
        return self.exercise


@dataclass(frozen=True)
class AskedInFile:
    """One question to the mentors, as the learner's own file tells it."""

    key: str
    exercise: str
    at: datetime
    wanted: str
    tables: str
    query: str
    got: str
    expected: str


@dataclass(frozen=True)
class LearnersFile:
    """What one progress file holds; empty for a file that is none."""

    student: str
    attempts: tuple[Attempt, ...] = ()
    asked: tuple[AskedInFile, ...] = ()
    defined: tuple[tuple[str, str], ...] = ()
    """Question of the day, and the name of the reading that was taken; the last of each question."""
    drills: frozenset[str] = frozenset()
    """Drills that rounds have asked."""


def read_files(folder: MentorFolder, assignment: str = "*") -> dict[str, LearnersFile]:
    """The latest progress file of each learner: from the folders that are shared live, else from the hand-in of this lesson, or of any."""
    places = dict((*_handed_in(folder, assignment), *_on_the_road(folder), *_shared(folder)))
    return {student: _read_once(student, path, folder.course) for student, path in places.items()}


_read: dict[Path, tuple[tuple[object, ...], LearnersFile]] = {}


def _read_once(student: str, path: Path, course: Course) -> LearnersFile:
    """A file as it was when it was last another; a class is looked at every minute, and few files are others then."""
    stamp = (student, course.root, course.used_numbering, *_stamps(path))
    before, known = _read.get(path, ((), LearnersFile(student)))
    if before == stamp:
        return known
    found = read_file(student, path, course)
    if len(_read) >= _MOST_KEPT:
        _read.clear()
    _read[path] = (stamp, found)
    return found


def _stamps(path: Path) -> Iterator[tuple[int, int]]:
    """What is another once a database, or what SQLite keeps beside it, was written to."""
    for each in (path, path.with_name(f"{path.name}-wal")):
        with suppress(OSError):
            found = each.stat()
            yield found.st_mtime_ns, found.st_size


def _handed_in(folder: MentorFolder, assignment: str) -> Iterator[tuple[str, Path]]:
    """Each learner's, the latest last; asked for every hand-in of a class, so by name and not by pattern."""
    found, root = [], folder.root / "submitted"
    with suppress(FileNotFoundError):
        for student in sorted(os.listdir(root)):  # noqa: PTH208  (see above)
            for lesson in folder.course.lesson_ids if assignment == "*" else (assignment,):
                place = os.path.join(root, student, lesson, CARRIED)  # noqa: PTH118  (see above)
                with suppress(OSError):  # none, or collecting puts another hand-in in its place
                    found.append((os.lstat(place).st_mtime_ns, student, place))
    for _, student, place in sorted(found):
        yield student, Path(place)


def _on_the_road(folder: MentorFolder) -> Iterator[tuple[str, Path]]:
    """What learners' computers showed last in the shared folder, or on the hub, which is asked once for all."""
    from classroom.mentor.place.gradebook import open_gradebook

    end = door_of(folder)
    if end is None:
        return
    with open_gradebook(folder) as gradebook:
        students = [each.id for each in gradebook.students]
    try:
        shown = end.progress_files()
    except Unreachable:
        _log.info("the shared folder is closed", exc_info=True)
        return
    yield from ((student, shown[safe_name(student)]) for student in students if safe_name(student) in shown)


def _shared(folder: MentorFolder) -> Iterator[tuple[str, Path]]:
    """`learners = "/srv/home/*/second-penguin"` in the desk's settings: the star stands for the learner's id."""
    pattern = str(folder.settings.get("learners", ""))
    if "*" not in pattern:
        return
    before, after = pattern.split("*", 1)
    for place in sorted(glob(pattern)):  # noqa: PTH207  (an absolute pattern)
        student = place[len(before) : len(place) - len(after)]
        if (path := Folder(Path(place)).progress).is_file():
            yield student, path


def read_file(student: str, path: Path, course: Course | None = None) -> LearnersFile:
    """Read a progress file without letting it do anything: read-only, plain tables only, within bounds.

    With a course its exercises bear the numbers of that course, in whatever numbering the file is kept.
    """
    try:
        if path.is_symlink() or path.stat().st_size > LARGEST_FILE:
            return LearnersFile(student)
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=2.0)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            steps = iter(range(_STEPS // 10_000))
            connection.set_progress_handler(lambda: next(steps, None) is None, 10_000)
            ids = _ids(connection, course) if course is not None else {}
            attempts = (replace(each, exercise=ids.get(each.exercise, each.exercise)) for each in _attempts(connection))
            asked = (replace(each, exercise=ids.get(each.exercise, each.exercise)) for each in _asked(connection))
            return LearnersFile(student, tuple(attempts), tuple(asked), _defined(connection), _drills(connection))
    except (sqlite3.Error, OSError, ValueError, OverflowError):
        _log.warning("the progress of %s can't be read", student, exc_info=True)
        return LearnersFile(student)


def _ids(connection: sqlite3.Connection, course: Course) -> Mapping[str, str]:
    """Exercise id in the file -> id in the course."""
    if not _is_table(connection, "numbering"):
        return course.ids_from(0)
    return course.ids_from(connection.execute("SELECT max(edition) FROM numbering").fetchone()[0])


def _attempts(connection: sqlite3.Connection) -> tuple[Attempt, ...]:
    if not _is_table(connection, "tries"):
        return ()
    rows = connection.execute(
        f"SELECT exercise_id, at, substr(answer, 1, {LONGEST_TEXT}), status, rung, substr(code, 1, 80),"
        f" substr(near_miss, 1, 80) FROM tries ORDER BY at LIMIT {MOST_ROWS}"
    )
    return tuple(
        Attempt(
            str(row[0])[:40], moment_in(str(row[1])), str(row[2]), str(row[3])[:40], int(row[4] or 0), *_words(row[5:])
        )
        for row in rows
    )


def _words(values: tuple[object, ...]) -> tuple[str | None, str | None]:
    code, near_miss = (str(each) if each else None for each in values)
    return code, near_miss


def _asked(connection: sqlite3.Connection) -> tuple[AskedInFile, ...]:
    if not _is_table(connection, "questions"):
        return ()
    texts = ", ".join(f"substr({name}, 1, {LONGEST_TEXT})" for name in ("wanted", "tables", "query", "got", "expected"))
    rows = connection.execute(
        f"SELECT question_id, exercise_id, at, {texts} FROM questions ORDER BY at LIMIT {MOST_ROWS}"
    )
    return tuple(
        AskedInFile(str(row[0])[:64], str(row[1])[:40], moment_in(str(row[2])), *(str(each) for each in row[3:]))
        for row in rows
    )


def _defined(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    if not _is_table(connection, "cards"):
        return ()
    rows = connection.execute(
        f"SELECT substr(question_id, 1, 40), substr(reading, 1, 400) FROM cards ORDER BY at LIMIT {MOST_ROWS}"
    )
    return tuple({str(question): str(reading or "") for question, reading in rows}.items())


def _drills(connection: sqlite3.Connection) -> frozenset[str]:
    if not _is_table(connection, "items"):
        return frozenset()
    rows = connection.execute(f"SELECT DISTINCT substr(exercise_id, 1, 40) FROM items LIMIT {MOST_ROWS}")
    return frozenset(str(row[0]) for row in rows)


def _is_table(connection: sqlite3.Connection, name: str) -> bool:
    """Views and virtual tables can compute for ever, so they are not read."""
    query = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
    row = connection.execute(query, (name,)).fetchone()
    return row is not None and "VIRTUAL" not in str(row[0]).upper()
