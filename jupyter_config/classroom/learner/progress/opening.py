"""Opens a learner's progress file; one that can't be used never stands in the way."""

from __future__ import annotations

import logging
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.folder import CARRIED, find_folder
from classroom.learner.progress.runs import RunHistory
from classroom.learner.progress.store import ProgressStore

if TYPE_CHECKING:
    from coursebook import Course

_log = logging.getLogger(__name__)
UNUSABLE = (sqlite3.Error, OSError)
"""What a progress file that is locked, broken or read-only raises."""


def open_progress(path: Path, course: Course) -> ProgressStore | None:
    """The progress file; a broken one is put aside under another name and begun anew, None if nothing helps.

    Its ids are those of the course, in whatever numbering that is.
    """
    try:
        return ProgressStore(path, course.numbering, course.edition)
    except sqlite3.OperationalError:  # locked or read-only
        return None
    except sqlite3.DatabaseError:
        pass
    except OSError:
        return None
    try:
        put_aside(path)
        return ProgressStore(path, course.numbering, course.edition)
    except UNUSABLE:
        return None


def open_runs(path: Path) -> RunHistory:
    """The history of what was run; a broken one is put aside like the progress, and begun anew.

    Raises:
        sqlite3.Error: it is locked or read-only.
        OSError: its folder is.
    """
    try:
        return RunHistory(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        _log.warning("A broken history of what was run is put aside as %s", put_aside(path), exc_info=True)
        return RunHistory(path)


def put_aside(path: Path) -> str:
    """Rename a file that SQLite can't read, so that nothing in it is lost; gives the new name."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(path.with_name(f"{path.stem}-broken-{stamp}{path.suffix}{suffix}"))
    return f"{path.stem}-broken-{stamp}{path.suffix}"


def carry_along(store: ProgressStore) -> None:
    """Put a copy of the progress beside a notebook outside of any learner's folder, so that it is handed in with it."""
    here = Path.cwd()
    if find_folder() is None and any(here.glob("*.ipynb")):
        store.copy_to(here / CARRIED)
