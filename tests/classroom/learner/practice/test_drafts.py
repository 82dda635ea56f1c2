"""Drills about drafts: when they are asked, and what is shown of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from classroom.learner.practice.break_it import template_of_day
from classroom.learner.progress import Try
from classroom.learner.progress.rounds import RoundBook
from coursebook.practice import load_library

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


@pytest.fixture
def with_rows(sit_down: Callable[[], Learner]) -> Callable[[], Learner]:
    """A learner with all templates, those in which rows are written among them."""

    def sit() -> Learner:
        learner = sit_down()
        learner.desk.drills.library = load_library()
        return learner

    return sit


def test_the_draft_of_the_day_is_one_for_all_and_keeps_the_fewest_rows(with_rows: Callable[[], Learner]) -> None:
    learner = with_rows()
    store = learner.desk.progress
    assert store is not None
    assert "レッスン15" in learner.run("%practice break")
    store.record(Try("L15-03", datetime.now(UTC), "", "refuted", 0.0))
    assert "まだ記録がありません" in learner.run("%practice break")
    drill = learner.exercise.id
    again = with_rows()
    again.run("%practice break")
    assert again.exercise.id == drill
    for rows in (
        "INSERT INTO guests VALUES (1), (2); INSERT INTO talks VALUES (1);",
        "INSERT INTO guests VALUES (1), (2);",
    ):
        store.record(Try(drill, datetime.now(UTC), rows, "accepted", 1.0))
    store.record(Try(drill, datetime.now(UTC), "INSERT INTO guests VALUES (1);", "refuted", 0.0))
    assert "2行" in learner.run("%practice break")
    store.record(Try(drill, datetime.now(UTC), "使える", "accepted", 1.0))
    assert "0行です" in learner.run("%practice break")


def test_another_day_has_another_draft() -> None:
    library = load_library()
    days = [template_of_day(library, {"L15"}, (), date(2025, 12, 1) + timedelta(each)) for each in range(40)]
    assert len({each.id for each in days if each}) == len(
        [each for each in library.templates.values() if each.kind.letter == "K"]
    )
    assert template_of_day(library, {"L3"}, (), date(2025, 12, 1)) is None
