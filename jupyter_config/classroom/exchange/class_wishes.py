"""What a class wants in the learner's room: points, a mentor who can be asked. A learner alone has neither."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.exchange.invitation import membership
from classroom.folder import find_folder

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.folder import Folder

VARIABLE = "PENGUIN_CLASS"
"""`points`, `mentor`, both, or `none`: what the class wants, whatever lies in the folder."""
FILE = "class.toml"
"""In the learner's hidden folder: `points = true`, `mentor = true`."""


@dataclass(frozen=True)
class ClassWishes:
    """What is shown only where somebody teaches."""

    points: bool = False
    """Whether a verdict tells its points."""
    mentor: bool = False
    """Whether there is somebody to ask."""


ALONE = ClassWishes()
IN_CLASS = ClassWishes(points=True, mentor=True)


def class_wishes(start: Path | None = None) -> ClassWishes:
    """The wishes that hold around `start` (the working directory).

    A notebook outside of any learner's folder was handed out by a class: it is handed in again, and points count.
    """
    if named := os.environ.get(VARIABLE, "").lower().replace(",", " ").split():
        return ClassWishes("points" in named, "mentor" in named)
    folder = find_folder(start)
    return IN_CLASS if folder is None else _written(folder)


def _written(folder: Folder) -> ClassWishes:
    joined = membership(folder.hidden)
    if joined is not None:
        return ClassWishes(joined.invitation.points, mentor=True)
    try:
        read = tomllib.loads((folder.hidden / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ALONE
    return ClassWishes(read.get("points") is True, read.get("mentor") is True)
