"""How far a learner has come in the lessons, read from the progress file alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BUSY_SECONDS = 1.0
_DONE = "SELECT DISTINCT exercise_id FROM tries WHERE status IN ('accepted', 'for_mentor')"


def lessons_begun(path: Path | None) -> frozenset[int]:
    """The numbers of the lessons in which an exercise is done; none where there is no file that can be read.

    An exercise gets another number now and then, but never another lesson. So the course, whose reading takes as long as
    a kernel's start, is not needed.
    """
    if path is None or not path.exists():
        return frozenset()
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=BUSY_SECONDS, uri=True)
        ) as connection:
            return frozenset(lesson_number(each) for (each,) in connection.execute(_DONE))
    except sqlite3.Error:  # none yet, held by another program or broken: whoever writes to it tells
        return frozenset()


def lesson_number(exercise_id: str) -> int:
    """The number of the lesson that an exercise belongs to; 0 for a drill."""
    number = exercise_id[1:].partition("-")[0]
    return int(number) if exercise_id[:1] == "L" and number.isdigit() else 0
