"""Drills about drafts: when they are asked, and what is shown of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from classroom.learner.progress import Try
from classroom.learner.progress.rounds import RoundBook

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Learner


def test_drafts_are_asked_once_their_lesson_was_begun(sit_down: Callable[[], Learner]) -> None:
    learner = sit_down()
    library, store = learner.desk.drills.library, learner.desk.progress
    assert store is not None
    about = {each.id for each in library.templates.values() if each.after == "L15"}

    def asked() -> set[str]:
        return {item.template for item in RoundBook(store).rounds()[-1].items}

    store.record(Try("L3-01", datetime.now(UTC), "", "invalid", 0.0))
    learner.run("%practice 20")
    assert asked()
    assert not asked() & about
    assert "下書き" in learner.run("%practice L15")
    assert asked() <= about
    store.record(Try("L15-03", datetime.now(UTC), "", "refuted", 0.0))
    learner.run("%practice past")
    assert asked() & about
