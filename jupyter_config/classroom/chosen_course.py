"""Which course is taught here: the one that the environment names, else the one that a learner's folder was begun with."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from coursebook.location import data_name

if TYPE_CHECKING:
    from coursebook import Course

VARIABLE = "PENGUIN_COURSE"
"""The folder that holds course.toml; left out, the course that comes with the package."""
_FILE = "course"
"""Where a learner's folder keeps it, in its hidden part."""


def chosen_root() -> Path | None:
    """The folder of the course; None for the one that comes with the package."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


def chosen_course() -> Course:
    """That course, read anew.

    Raises:
        CourseError: course.toml is missing or wrong.
    """
    from coursebook import load_course

    return load_course(chosen_root())


def chosen_data_name() -> str:
    """What the files of its practice data are called."""
    return _data_name(chosen_root())


_data_name = cache(data_name)


def follow_course(hidden: Path) -> None:
    """Teach what a learner's folder was begun with, in this process and those that it starts, unless the environment names a course."""
    if not os.environ.get(VARIABLE) and (kept := kept_root(hidden)) is not None:
        os.environ[VARIABLE] = str(kept)


def choose_course(root: Path) -> None:
    """Teach a course in this process and those that it starts."""
    os.environ[VARIABLE] = str(root)


def kept_root(hidden: Path) -> Path | None:
    """The course that a learner's folder was begun with; None where that is the one of the package."""
    try:
        said = (hidden / _FILE).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return None
    return Path(said) if said else None


def keep_root(hidden: Path, root: Path) -> None:
    """Let a learner's folder know with which course it was begun."""
    (hidden / _FILE).write_text(f"{root}\n", encoding="utf-8")
