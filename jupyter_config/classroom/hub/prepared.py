"""What is made once for all learners of a hub, read-only: the practice data with its nights, and lessons without solutions."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from classroom.learner.start.practice_data import PracticeData, ensure_practice_data
from coursebook import load_course

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from classroom.language import Lang
    from coursebook import Course

READ_BY_ALL = 0o444
_READ_BY_OWNER = 0o400
_FOLDER_OF_ALL = 0o755
_OTHERS = 0o007
EDITION = "course"
"""Where the learners' edition lies beside the practice data."""
_OF_COURSE = ("lessons", "practice", "databases", "today.toml", "expo-issues.toml")
_OF_DATA = ("checks/sql", "checks/expo")
"""What speaks of answers: of a course, and of the data's own package, which tells what was planted and how it is found."""


def prepare(
    place: Path,
    langs: Iterable[Lang],
    scale: str,
    nights: int,
    progress: Callable[[int, int, int], None] | None = None,
    course: Course | None = None,
) -> Iterator[PracticeData]:
    """Build the data of each language in `place` where it is missing, and take everybody's right to write from the files.

    DuckDB opens such a file read-only in any number of processes; the system keeps its pages in memory once for all.

    Args:
        place: The folder that PENGUIN_DATA will name.
        langs: The languages that are spoken.
        scale: Size of the data.
        nights: How many nights after the end of the data learners can let go by; they cannot make any in this folder.
        progress: Called with blocks done, blocks in all and rows so far.
        course: Whose data they are, left out the built-in one's; nights go by in the marketplace's alone.

    Raises:
        marketplace.MarketplaceError: it can't be written there, or there are not so many nights.
    """
    from marketplace.nights import ensure_night

    place.mkdir(parents=True, exist_ok=True)
    course = course or load_course()
    nights = nights if course.parts.bi else 0
    for lang in langs:
        data = ensure_practice_data(place / f"{course.data.name}-{lang}.duckdb", lang, scale, progress, course)
        made = [data.path, *(ensure_night(data.path, night) for night in range(1, nights + 1))]
        for file in made:
            file.chmod(READ_BY_ALL)
            file.with_suffix(".manifest.json").chmod(_READ_BY_OWNER)  # the answer key: nobody learns from it
        yield data


def prepare_edition(course: Course, place: Path) -> Path:
    """Write the lessons without their solutions beside the data, for rooms that have them judged elsewhere."""
    from coursebook.edition import write_learners_edition

    edition, made, before = place / EDITION, place / f".{EDITION}-new", place / f".{EDITION}-old"
    write_learners_edition(course, made)
    for each in (made, *made.rglob("*")):
        each.chmod(_FOLDER_OF_ALL if each.is_dir() else READ_BY_ALL)
    if edition.exists():  # a room that is reading it goes on
        edition.rename(before)
    made.rename(edition)
    shutil.rmtree(before, ignore_errors=True)
    return edition


def answers_in(course: Path, data: Path) -> tuple[Path, ...]:
    """The files and folders with answers below a course's folder and the data's package."""
    named = [course / each for each in _OF_COURSE] + [data / each for each in _OF_DATA]
    return tuple(each for each in named if each.exists())


def keep_from_others(answers: Iterable[Path], group: str | None = None) -> Iterator[Path]:
    """Let answers be read by their owner and one group alone: the one given, else the one they have.

    Raises:
        LookupError: there is no such group.
        OSError: they belong to somebody else.
    """
    for each in answers:
        if group:
            shutil.chown(each, group=group)
        each.chmod(each.stat().st_mode & ~_OTHERS)
        yield each
