"""What lies in a course's folder and when it changed; nothing outside of it is ever looked at."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coursebook.given_views import FOLDER as VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WATCHED = ("lessons", "databases")
"""Folders of a course whose files its lessons are made of; the rest of them lies beside course.toml."""


@dataclass(frozen=True)
class CourseFiles:
    """The files of a course at one moment."""

    stamps: Mapping[str, str]
    """Path below the course's folder -> what changes with each save."""
    leading_out: tuple[Path, ...] = ()
    """Links to what lies outside of the folder."""

    def stamp(self, *under: str, but_not: str = "") -> str:
        """Changes when a file does that lies below one of these folders ("" is all of them), and not below another."""
        digest = hashlib.sha256()
        for path, stamp in self.stamps.items():
            if path.startswith(under) and not (but_not and path.startswith(but_not)):
                digest.update(f"{path} {stamp}\n".encode(errors="surrogateescape"))
        return digest.hexdigest()[:24]

    @property
    def shared(self) -> str:
        """Changes with what all lessons stand on: course.toml, the schema, what lies beside it, and the views that lessons give."""
        given = (path for path in self.stamps if path.startswith("lessons/") and f"/{VIEWS}/" in path)
        return f"{self.stamp('', but_not='lessons/')} {self.stamp(*given)}"


def files_of(root: Path) -> CourseFiles:
    """The files of a course now; what comes and goes meanwhile is met the next time."""
    home = root.resolve()
    stamps: dict[str, str] = {}
    leading_out = []
    for entry in _entries(root):
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(home):
            leading_out.append(Path(entry.path))
            continue
        try:
            found = entry.stat()
        except OSError:
            continue
        stamps[Path(entry.path).relative_to(root).as_posix()] = f"{found.st_mtime_ns} {found.st_size} {found.st_ino}"
    return CourseFiles(dict(sorted(stamps.items())), tuple(leading_out))


def _entries(root: Path) -> Iterator[os.DirEntry[str]]:
    """All files of the course, and all links: of folders that are links no more than themselves is given."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            found = list(os.scandir(folder))
        except OSError:
            continue
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                waiting += [Path(entry.path)] if folder != root or entry.name in _WATCHED else []
            else:
                yield entry
