"""Keeps what a kernel sees; a progress file that can't be used never stands in the way of an answer."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.learner.progress.opening import UNUSABLE, carry_along
from classroom.learner.progress.records import Try

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk
    from coursebook import Judgement


def keep_judged(desk: Desk, judgement: Judgement, answer: str) -> bool:
    """Keep a judged answer; False if it could not be written down."""
    share = judgement.points / judgement.possible if judgement.possible else float(judgement.outcome == "accepted")
    mistake, near_miss = judgement.mistake, judgement.near_miss
    return _keep(desk, judgement.exercise_id, answer, judgement.outcome.value, share, mistake, near_miss)


def keep_failed(desk: Desk, exercise_id: str, answer: str, mistake: str) -> bool:
    """Keep an answer that did not run, with the code of what kept it from running."""
    return _keep(desk, exercise_id, answer, "invalid", 0.0, mistake, None)


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
