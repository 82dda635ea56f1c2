"""What learners may keep at the hub's service, each and all together; and that a progress file is one."""

from __future__ import annotations

import errno
import logging
import os
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.exchange.outbox import MOST_PROGRESS
from classroom.exchange.over_hub import PLACE
from classroom.exchange.transport import Unreachable

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)
_SENDER = re.compile(r"[0-9a-f]{1,32}")
"""The number of a learner's folder, which is all that a progress file's name may be."""
_MOST_STEPS = 50_000_000
"""SQLite's virtual instructions after which looking into a file is given up."""
_LATER_OF_THE_SAME = 10
"""A hand-in after which so many of its lesson came may make room for a new one."""


_MEGABYTE = 1_000_000
SETTINGS = {
    "PENGUIN_MOST_MB": ("of_one", _MEGABYTE),
    "PENGUIN_MOST_LETTERS": ("letters", 1),
    "PENGUIN_MOST_COMPUTERS": ("progress_files", 1),
    "PENGUIN_MOST_MB_IN_ALL": ("in_all", _MEGABYTE),
    "PENGUIN_FREE_MB": ("left_free", _MEGABYTE),
}
"""The variable -> the field, and what one of it is."""


@dataclass(frozen=True)
class Quotas:
    """How much is enough, in bytes and files. A term's hand-ins of a lesson a week are some ten megabytes."""

    of_one: int = 200_000_000
    letters: int = 1_000
    progress_files: int = 8
    """One for each computer; a further one takes the place of the oldest."""
    in_all: int = 20_000_000_000
    left_free: int = 500_000_000
    """What stays free of the disk: a full one would stop the hub for everybody."""


def quotas_set() -> Quotas:
    """The quotas as the environment sets them, whole megabytes and files; raises ValueError where one is no number above zero."""
    found: dict[str, int] = {}
    for name, (field, unit) in SETTINGS.items():
        if written := os.environ.get(name, "").strip():
            if not re.fullmatch(r"[0-9]{1,9}", written) or int(written) == 0:
                raise ValueError(f"{name} is {written!r}, and has to be a whole number above zero")
            found[field] = int(written) * unit
    return Quotas(**found)


class Shelves:
    """The room that learners' places take below a folder; whoever writes holds the learner's place for themselves."""

    def __init__(self, folder: Path, quotas: Quotas) -> None:
        self._folder, self.quotas = folder, quotas
        self._sizes: dict[Path, int] | None = None

    def make_room(self, place: Path, size: int, *, instead_of: str = "", is_letter: bool = True) -> None:
        """See that so many bytes more fit into a learner's place; old ones that later ones have replaced may go for it.

        Args:
            place: The learner's folder in one class.
            size: Of what is to come.
            instead_of: The name of the file that it replaces, which counts no more.
            is_letter: Whether it is a letter, else a progress file.

        Raises:
            Unreachable: it does not fit; nothing is lost, since whoever sends it keeps it.
        """
        if not is_letter:
            _prune(sorted(_files(place, ".sqlite"), key=_age), self.quotas.progress_files, instead_of)
        others = [each for each in _files(place) if each.name != instead_of]
        for each in _replaced(others):
            if self._fits(others, size, is_letter):
                break
            _log.warning("%s makes room: later hand-ins of its lesson lie there", each)
            each.unlink(missing_ok=True)
            others.remove(each)
        if not self._fits(others, size, is_letter):
            raise Unreachable(errno.EDQUOT, f"the place of {place.name} is full", PLACE)
        own = sum(map(_size, others)) + size
        if self._in_all(place, own) > self.quotas.in_all:
            self._sizes = None  # an operator may have made room meanwhile
        if self._in_all(place, own) > self.quotas.in_all:
            raise Unreachable(errno.EDQUOT, "the place of all learners is full", PLACE)
        if shutil.disk_usage(self._folder).free < self.quotas.left_free + size:
            raise Unreachable(errno.ENOSPC, "the disk is nearly full", PLACE)

    def _fits(self, others: list[Path], size: int, is_letter: bool) -> bool:
        letters = sum(each.suffix == ".json" for each in others) + is_letter
        return letters <= self.quotas.letters and sum(map(_size, others)) + size <= self.quotas.of_one

    def _in_all(self, place: Path, size: int) -> int:
        """What all places hold once this one holds so much; read from the disk once."""
        if self._sizes is None:
            places = self._folder.glob("*/from/*")
            self._sizes = {each: sum(map(_size, _files(each))) for each in places}
        self._sizes[place] = size
        return sum(self._sizes.values())


def is_sender(name: str) -> bool:
    """Whether a progress file may have this name."""
    return bool(_SENDER.fullmatch(name))


def is_progress(content: bytes) -> bool:
    """Whether this is a learner's progress file, whole; it is read in memory, and nothing in it is run."""
    if not content.startswith(b"SQLite format 3\0") or len(content) > MOST_PROGRESS:
        return False
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(content[:18] + b"\1\1" + content[20:])  # memory has no log beside it, as WAL wants
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")  # a schema's own expressions would be run
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_PROGRESS)
            connection.set_progress_handler(lambda: 1, _MOST_STEPS)
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            return "tries" in tables and connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def _prune(oldest_first: list[Path], most: int, instead_of: str) -> None:
    others = [each for each in oldest_first if each.name != instead_of]
    for each in others[: max(0, len(others) - most + 1)]:
        _log.warning("%s makes room for a later one", each)
        each.unlink(missing_ok=True)


def _replaced(files: list[Path]) -> list[Path]:
    """Hand-ins, oldest first, after which many of the same lesson came."""
    by_lesson: dict[str, list[Path]] = {}
    for each in sorted((each for each in files if "-hand-in-" in each.name), key=_age):
        by_lesson.setdefault(each.name.partition("-hand-in-")[0], []).append(each)
    return sorted((each for lot in by_lesson.values() for each in lot[:-_LATER_OF_THE_SAME]), key=_age)


def _files(place: Path, suffix: str = "") -> list[Path]:
    return [each for each in place.iterdir() if each.name.endswith(suffix)] if place.is_dir() else []


def _size(file: Path) -> int:
    try:
        return file.lstat().st_size
    except OSError:
        return 0


def _age(file: Path) -> tuple[float, str]:
    try:
        return (file.lstat().st_mtime, file.name)
    except OSError:
        return (0.0, file.name)
