"""Keeps what a kernel sees; a progress file that can't be used never stands in the way of an answer."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.folder import CARRIED, find_folder
from classroom.progress.records import Try
from classroom.progress.store import ProgressStore

if TYPE_CHECKING:
    from classroom.kernel.desk import Desk
    from coursebook import Judgement

UNUSABLE = (sqlite3.Error, OSError)
"""What a progress file that is locked, broken or read-only raises."""


def open_progress(path: Path) -> ProgressStore | None:
    """The progress file; a broken one is put aside under another name and begun anew, None if nothing helps."""
    try:
        return ProgressStore(path)
    except sqlite3.OperationalError:  # locked or read-only
        return None
    except sqlite3.DatabaseError:
        put_aside(path)
    except OSError:
        return None
    try:
        return ProgressStore(path)
    except UNUSABLE:
        return None


def put_aside(path: Path) -> None:
    """Rename a file that SQLite can't read, so that nothing in it is lost."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(path.with_name(f"{path.stem}-broken-{stamp}{path.suffix}{suffix}"))


def keep_judged(desk: Desk, judgement: Judgement, answer: str) -> bool:
    """Keep a judged answer; False if it could not be written down."""
    share = judgement.points / judgement.possible if judgement.possible else float(judgement.outcome == "accepted")
    mistake, near_miss = judgement.mistake, judgement.near_miss
    return _keep(desk, judgement.exercise_id, answer, judgement.outcome.value, share, mistake, near_miss)


def keep_failed(desk: Desk, exercise_id: str, answer: str, mistake: str) -> bool:
    """Keep an answer that did not run, with the code of what kept it from running."""
    return _keep(desk, exercise_id, answer, "invalid", 0.0, mistake, None)


def carry_along(store: ProgressStore) -> None:
    """Put a copy of the progress beside a notebook outside of any learner's folder, so that it is handed in with it."""
    here = Path.cwd()
    if find_folder() is None and any(here.glob("*.ipynb")):
        store.copy_to(here / CARRIED)


def keep_rung(desk: Desk, exercise_id: str, rung: int) -> None:
    """Remember that a rung of the ladder was opened, if that can be written down."""
    with suppress(*UNUSABLE):
        if desk.progress is not None:
            desk.progress.open_rung(exercise_id, rung)


def rung_of(desk: Desk, exercise_id: str) -> int:
    """The highest rung of the ladder that was opened; 0 if it is not known."""
    try:
        return desk.progress.rung(exercise_id) if desk.progress else 0
    except UNUSABLE:
        return 0


def _keep(
    desk: Desk, exercise_id: str, answer: str, status: str, share: float, code: str | None, near_miss: str | None
) -> bool:
    store = desk.progress
    if store is None:
        return desk.progress_path is None
    try:
        rung = store.rung(exercise_id)
        store.record(Try(exercise_id, datetime.now(UTC), answer, status, share, code or None, near_miss, rung))
        carry_along(store)
        store.visit(Path(os.environ.get("JPY_SESSION_NAME", "")).name or exercise_id.partition("-")[0], exercise_id)
    except UNUSABLE:
        return False
    return True
