"""A folder that learners and mentors can both reach: a share, a synced drive.

    <folder>/<course>/class.json                  what everybody may know
    <folder>/<course>/from/<learner>/*.json       hand-ins, questions, progress
    <folder>/<course>/to/<learner>/*.json         feedback, replies, what the desk has

Each learner has a folder of their own on either side, so that whoever runs the share can give it to that learner alone.
A file is written once, whole or not at all, under a name of its own; where a file may be made but not renamed it is written
in place, and its digest tells when all of it has arrived. Copies that a synced drive makes of a file are the same letter.
"""

from __future__ import annotations

import datetime as dt
import errno
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from classroom.exchange.envelope import MOST_BYTES, Damaged, Envelope, open_envelope, seal
from classroom.exchange.moments import moment_of_file
from classroom.exchange.names import safe_name
from classroom.exchange.records import ClassState, Feedback, Post, Reply, Standing
from classroom.exchange.transport import Arrival, Unreachable, nothing_known
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from classroom.exchange.records import Letter

_log = logging.getLogger(__name__)
CLASS = "class.json"
PROGRESS = "progress-"
_NO_RENAMING = (errno.EACCES, errno.EPERM)


class FolderForLearner:
    """The learner's end of a shared folder."""

    def __init__(self, folder: Path, course: str, learner: str) -> None:
        self._root, self._course = folder, folder / safe_name(course)
        self._from = self._course / "from" / safe_name(learner)
        self._to = self._course / "to" / safe_name(learner)

    def submit(self, name: str, sealed: bytes) -> None:
        """Hand in."""
        self._put(name, sealed)

    def ask(self, name: str, sealed: bytes) -> None:
        """Send a question."""
        self._put(name, sealed)

    def progress(self, sender: str, content: bytes) -> None:
        """Show the progress as it is now."""
        with _reaching(self._root):
            write_whole(self._from / f"{PROGRESS}{safe_name(sender)}.sqlite", content)

    def listed(self) -> tuple[str, ...]:
        """What lies there from this learner."""
        with _reaching(self._root):
            return tuple(each.stem for each in _files(self._from))

    def fetch(self) -> ClassState | None:
        """What everybody may know."""
        with _reaching(self._root):
            found = _read(self._course / CLASS)
        return found.letter if found and isinstance(found.letter, ClassState) else None

    def fetch_feedback(self) -> Post:
        """What came back."""
        with _reaching(self._root):
            letters = [each.letter for each in map(_read, _files(self._to)) if each]
        standings = [each for each in letters if isinstance(each, Standing)]
        return Post(
            max(standings, key=lambda each: each.at, default=None),
            tuple(each for each in letters if isinstance(each, Feedback)),
            tuple(each for each in letters if isinstance(each, Reply)),
        )

    def _put(self, name: str, sealed: bytes) -> None:
        with _reaching(self._root):
            put(self._from / f"{name}.json", sealed)


class FolderForDesk:
    """The desk's end of a shared folder."""

    def __init__(self, folder: Path, course: str) -> None:
        self._root, self._course = folder, folder / safe_name(course)

    def release(self, state: ClassState) -> None:
        """Tell everybody what is out."""
        with _reaching(self._root):
            write_whole(self._course / CLASS, _sealed(state))
            (self._course / "from").mkdir(exist_ok=True)

    def collect(self, known: Callable[[str, str], bool] = nothing_known) -> Iterator[Arrival]:
        """All that lies there from learners, each learner's in the order of their names."""
        with _reaching(self._root):
            places = sorted(each for each in _inside(self._course / "from") if each.is_dir() and not each.is_symlink())
        for place in places:
            with _reaching(self._root):
                files = _files(place)
            for file in files:
                if not known(f"{place.name}/{file.name}", stamp_of(file)):
                    yield arrival(file, place.name)

    def progress_files(self) -> dict[str, Path]:
        """Each learner's progress as a computer of theirs showed it last, by the name of their place here."""
        with _reaching(self._root):
            places = [each for each in _inside(self._course / "from") if each.is_dir() and not each.is_symlink()]
            shown = {place.name: [each for each in _inside(place) if _is_progress(each)] for place in places}
            return {name: max(files, key=lambda each: each.stat().st_mtime) for name, files in shown.items() if files}

    def standing(self, standing: Standing) -> None:
        """Tell a learner what the desk has."""
        self._give(standing.learner, "standing", standing)

    def feedback(self, feedback: Feedback) -> None:
        """Give a graded hand-in back."""
        self._give(feedback.learner, f"feedback-{safe_name(feedback.lesson)}", feedback)

    def reply(self, reply: Reply) -> None:
        """Answer a question."""
        self._give(reply.learner, f"reply-{safe_name(reply.key)}", reply)

    def _give(self, learner: str, name: str, letter: Letter) -> None:
        with _reaching(self._root):
            write_whole(self._course / "to" / safe_name(learner) / f"{name}.json", _sealed(letter))


def stamp_of(file: Path) -> str:
    """A file's size and time, as text; empty for one that is gone."""
    try:
        about = file.stat()
    except OSError:
        return ""
    return f"{about.st_size}-{about.st_mtime_ns}"


def arrival(file: Path, claimed: str = "") -> Arrival:
    """A file at the desk's door, opened if it is an envelope."""
    stamp = stamp_of(file)
    try:
        about = file.stat()
        data = file.read_bytes() if about.st_size <= MOST_BYTES and not file.is_symlink() else b""
    except OSError:
        _log.warning("%s could not be read", file, exc_info=True)
        return Arrival(file.name, None, b"", None, claimed, stamp)
    arrived = moment_of_file(about.st_mtime)
    try:
        return Arrival(file.name, open_envelope(data), data, arrived, claimed, stamp)
    except Damaged:
        return Arrival(file.name, None, data, arrived, claimed, stamp)


def put(file: Path, content: bytes) -> None:
    """Write a file of a name that nothing else has; where it can't be renamed, in place. One that is there stays."""
    if file.exists() and file.stat().st_size == len(content):
        return
    try:
        write_whole(file, content)
    except OSError as fault:
        if fault.errno not in _NO_RENAMING or not file.parent.is_dir():
            raise
        file.write_bytes(content)


@contextmanager
def _reaching(root: Path) -> Iterator[None]:
    """Tell a folder that is gone, full or closed as that; it is never made, for it might be a drive that is not there."""
    if not root.is_dir():
        raise Unreachable(errno.ENOENT, "the folder is not there", str(root))
    try:
        yield
    except OSError as fault:
        raise Unreachable(fault.errno, fault.strerror, str(fault.filename or root)) from fault


def _sealed(letter: Letter) -> bytes:
    return seal(letter, dt.datetime.now(dt.UTC))


def _inside(folder: Path) -> list[Path]:
    return [each for each in folder.iterdir() if not each.name.startswith(".")] if folder.is_dir() else []


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in _inside(folder) if each.suffix == ".json")


def _is_progress(file: Path) -> bool:
    return file.name.startswith(PROGRESS) and file.suffix == ".sqlite" and not file.is_symlink()


def _read(file: Path) -> Envelope | None:
    return arrival(file).envelope if file.exists() else None
