"""The inbox as the class page puts files into it: beside whatever lies there, never over it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_MOST_OF_A_NAME = 120


def put_into_inbox(folder: MentorFolder, name: str, content: bytes) -> Path:
    """Write a file that was dropped on the page into the inbox."""
    plain = _NOT_IN_NAMES.sub("_", name).lstrip(".")[-_MOST_OF_A_NAME:] or "file"
    place = free_place(folder.inbox, plain)
    write_whole(place, content)
    return place


def free_place(folder: Path, name: str) -> Path:
    """A place for a file in a folder where nothing lies: its own name, or that with a number."""
    place, number = folder / name, 1
    while place.exists():
        number += 1
        place = folder / f"({number}) {name}"
    return place
