"""A hand-in as it lies in nbgrader's submitted folder, read and restored."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.exchange.moments import FIRST_YEAR, LAST_YEAR
from classroom.mentor.collecting.reading import HandinRefused, HandinRemark, in_numbering, read_paper
from classroom.mentor.collecting.restore import Restored, holds_answers, restore

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from classroom.mentor.place.folder import MentorFolder
    from classroom.mentor.place.template import Template
    from coursebook import Course

CARRIED = ("timestamp.txt", "submission_secret.txt")
"""What nbgrader's submit adds to a hand-in and its release_feedback needs again."""

_MOST_BYTES = 1_000
_NAMED = frozenset({"not_json", "no_cells"})
"""What is said with the file's name where the file has another than the lesson's."""


@dataclass(frozen=True)
class Handin:
    """One learner's hand-in."""

    student: str
    folder: Path
    digest: str
    """Of its notebooks and its time: another digest is another attempt."""
    timestamp: dt.datetime | None
    restored: Mapping[str, Restored]
    """By notebook name; a notebook of the assignment that was not handed in is missing."""
    seen: str = ""
    """What lay there before it was read, see `seen_of`."""

    @property
    def remarks(self) -> tuple[HandinRemark, ...]:
        """What was put right in it."""
        return tuple(remark for each in self.restored.values() for remark in each.remarks)

    @property
    def answers(self) -> dict[str, str]:
        """Exercise id -> text of the answer cell."""
        return {exercise: source for each in self.restored.values() for exercise, source in each.answers.items()}

    @property
    def untouched(self) -> frozenset[str]:
        """The exercises whose answer is as it was released."""
        return frozenset(name for each in self.restored.values() for name in each.untouched)


def submitted(folder: MentorFolder, assignment: str, students: Sequence[str] | None) -> Iterable[tuple[str, Path]]:
    """Each learner who handed the assignment in, and where it lies."""
    root = folder.root / "submitted"
    with suppress(FileNotFoundError, NotADirectoryError):
        for name in sorted(os.listdir(root)):  # noqa: PTH208  (asked for every hand-in of a class, so by name)
            if name.startswith(".") or (students is not None and name not in students):
                continue
            place = os.path.join(root, name, assignment)  # noqa: PTH118  (likewise)
            with suppress(FileNotFoundError, NotADirectoryError):
                if stat.S_ISDIR(os.lstat(place).st_mode):
                    yield name, Path(place)


def read_handin(student: str, folder: Path, templates: Sequence[Template], course: Course | None = None) -> Handin:
    """Read and restore a hand-in; with the course it may have been made in another numbering of the exercises.

    Raises:
        Refused: none of its notebooks can be graded.
    """
    restored: dict[str, Restored] = {}
    seen = seen_of(folder)  # what comes while it is read is another
    digest = hashlib.sha256()
    for template in templates:
        path = folder / f"{template.name}.ipynb"
        if not path.exists():
            if len(templates) > 1:
                continue
            path = _by_what_is_inside(folder, template, course) or path
        paper = read_paper(path)
        digest.update(f"{template.name}\0{paper.digest}\0".encode())
        restored[template.name] = restore(in_numbering(paper, course) if course else paper, template)
    if not restored:
        raise HandinRefused("no_notebook", name=", ".join(f"{each.name}.ipynb" for each in templates))
    timestamp, written = read_timestamp(folder)
    digest.update(written.encode())
    return Handin(student, folder, digest.hexdigest(), timestamp, restored, seen)


def _by_what_is_inside(folder: Path, template: Template, course: Course | None) -> Path | None:
    """The notebook of the lesson under another name, the one that was saved last; None if there is none.

    Raises:
        Refused: there are notebooks, and none can be used: the first can't be read, or all are of other lessons.
    """
    others, damage = [], list[HandinRefused]()
    for path in sorted(folder.glob("*.ipynb"), key=lambda each: each.lstat().st_mtime, reverse=True):
        try:
            paper = read_paper(path)
        except HandinRefused as fault:
            params = {**fault.remark.params, "name": path.name}
            damage.append(
                HandinRefused(f"{fault.remark.code}_named", **params) if fault.remark.code in _NAMED else fault
            )
            continue
        if holds_answers(in_numbering(paper, course) if course else paper, template):
            return path
        others.append(path.name)
    if damage:
        raise damage[0]
    if others:
        raise HandinRefused("other_lesson", name=", ".join(others))
    return None


def read_timestamp(folder: Path) -> tuple[dt.datetime | None, str]:
    """When it was handed in, in UTC, and the text that says so; None where nothing readable does."""
    from nbgrader.utils import parse_utc

    written = _small_text(folder / CARRIED[0]).strip()
    if not written:
        return None, ""
    try:
        found: dt.datetime = parse_utc(written)
    except (ValueError, OverflowError):
        return None, written
    return (found if FIRST_YEAR <= found.year <= LAST_YEAR else None), written


def seen_of(folder: Path) -> str:
    """What tells what lies there from what lay there before, unread: when it says it was handed in and its notebooks were written; empty while it is being replaced.

    Whatever moves or copies a folder may change it, so another one only says that the hand-in has to be read.
    """
    try:
        with os.scandir(folder) as lying:  # asked for every hand-in of a class: a path each would take thrice as long
            notebooks = [each for each in lying if each.name.endswith(".ipynb")]
            written = max((each.stat(follow_symlinks=False).st_mtime_ns for each in notebooks), default=0)
        return f"{written} {_small_text(folder / CARRIED[0]).strip()}"
    except OSError:
        return ""


def carry(source: Path, target: Path) -> None:
    """Copy nbgrader's own small files from one step's folder to the next."""
    for name in CARRIED:
        if written := _small_text(source / name):
            place = target / name
            place.unlink(missing_ok=True)
            place.write_text(written, encoding="utf-8")


def _small_text(path: Path) -> str:
    try:
        about = os.lstat(path)
        if not stat.S_ISREG(about.st_mode) or about.st_size > _MOST_BYTES:
            return ""
        with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123  (read for every hand-in of a class)
            return file.read(_MOST_BYTES)
    except FileNotFoundError:
        return ""
