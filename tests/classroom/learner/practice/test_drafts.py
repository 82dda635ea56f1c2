"""Drills about drafts: when they are asked, and what is shown of them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from classroom.exchange.mailbox import Known
from classroom.exchange.records import ClassState
from classroom.learner.practice.break_it import draft_on_home
from classroom.learner.practice.history import history_in
from classroom.learner.progress import Try
from classroom.learner.progress.rounds import RoundBook
from coursebook.practice import load_library
from coursebook.practice.day_draft import Broken, fewest, template_of_day
from coursebook.practice.spacing import business_day

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


def test_a_review_that_is_open_moves_nobody_elses_draft() -> None:
    library, day = load_library(), date(2025, 12, 1)
    first, second = (template_of_day(library, {"L15"}, (), day + timedelta(each)) for each in range(2))
    assert first is not None
    assert template_of_day(library, {"L15"}, {first.id}, day) == second
    assert template_of_day(library, {"L15"}, {first.id}, day + timedelta(1)) == second


def test_a_record_is_ones_own_answer_and_not_the_solutions() -> None:
    def right(rows: str, rung: int) -> Try:
        return Try("P02k-1", datetime.now(UTC), rows, "accepted", 1.0, rung=rung)

    own, copied = (
        right("INSERT INTO guests VALUES (1), (2), (3);", 1),
        right("INSERT INTO guests VALUES (1);", 3),
    )
    assert fewest([own, copied]) == 3
    assert fewest([copied]) is None


def test_a_learner_reads_the_classs_best_without_names(with_rows: Callable[[], Learner]) -> None:
    learner = with_rows()
    store = learner.desk.progress
    assert store is not None
    store.record(Try("L15-03", datetime.now(UTC), "", "refuted", 0.0))
    assert "クラス" not in learner.run("%practice break")
    drill = learner.exercise.id
    today = business_day(datetime.now(UTC))
    state = ClassState("sql", "sato", "2027-04-01T00:00:00+00:00", broken=(Broken(drill, 4, 3),))
    (store.path.parent / "mail.json").write_text(json.dumps(asdict(Known(state))), encoding="utf-8")
    assert "クラスでは3人ができました。いちばん少ない行数は4行です。" in learner.run("%practice break")
    home = draft_on_home(load_library(), history_in(store, state), today, "en")
    assert "draft" in home
    assert "3 people have done it; the fewest rows: 4" in home
    store.record(Try(drill, datetime.now(UTC), "INSERT INTO guests VALUES (1);", "accepted", 1.0))
    assert draft_on_home(load_library(), history_in(store, state), today, "en") == ""
    assert draft_on_home(load_library(), history_in(store, None), today - timedelta(1), "ja") != ""
