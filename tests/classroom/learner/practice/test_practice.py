"""A round of practice, a review, the placement test: what a learner runs and sees."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from classroom.learner.practice.cards import say
from classroom.learner.practice.history import history_of
from classroom.learner.practice.outcomes import minutes_of
from classroom.learner.practice.sessions import trained_by
from classroom.learner.progress import ProgressStore, Try, store
from classroom.learner.progress.rounds import ItemResult, RoundBook, RoundKind
from coursebook.practice.results import REST_DAYS
from coursebook.practice.spacing import business_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Learner


def length(learner: Learner) -> int:
    """Drills of the latest round."""
    assert learner.desk.progress is not None
    return len(RoundBook(learner.desk.progress).rounds()[-1].items)


def test_a_right_answer_brings_the_next_task_and_a_cell_for_it(learner: Learner) -> None:
    assert "1 / " in learner.run("%practice")
    first = learner.cell
    assert first.startswith("-- 練習 P")
    shown = learner.answer()
    assert "✓" in shown
    assert f"2 / {length(learner)}" in shown
    assert learner.cell != first


def test_the_skill_is_named_only_after_the_answer(learner: Learner) -> None:
    asked = learner.run("%practice")
    skill = learner.desk.drills.skill(learner.exercise.id)
    name = next(each.name["ja"] for each in learner.desk.drills.library.skills if each.id == skill)
    assert name not in asked
    assert name in learner.answer()


def test_a_wrong_answer_stays_and_is_right_later(learner: Learner) -> None:
    learner.run("%practice")
    drill = learner.exercise.id
    learner.answer(right=False)
    assert learner.exercise.id == drill
    learner.answer()
    assert learner.desk.progress is not None
    assert RoundBook(learner.desk.progress).rounds()[0].items[0].result is ItemResult.LATER


def test_a_round_goes_on_after_a_restart(learner: Learner, sit_down: Callable[[], Learner]) -> None:
    learner.run("%practice")
    learner.answer()
    again = sit_down()
    assert f"2 / {length(again)}" in again.run("%practice")
    assert again.exercise.id == learner.exercise.id


def test_an_item_can_be_skipped_and_the_last_one_ends_the_round(learner: Learner) -> None:
    learner.run("%practice 20")
    shown = learner.run(f"{learner.cell}\n%practice next")
    count = length(learner)
    assert f"2 / {count}" in shown
    assert "✗" not in shown
    for _ in range(count - 2):
        learner.answer()
    assert say("round_done", "ja", right=count - 1, count=count) in learner.answer()


@pytest.mark.parametrize("minutes", [5, 10, 20])
def test_a_round_fits_the_minutes_that_were_asked_for(learner: Learner, minutes: int) -> None:
    learner.run(f"%practice {minutes}")
    assert learner.desk.progress is not None
    items = RoundBook(learner.desk.progress).rounds()[-1].items
    templates = [learner.desk.drills.library.templates[item.exercise_id[1:].rpartition("-")[0]] for item in items]
    assert 0 < sum(each.minutes for each in templates) <= minutes
    assert sum(each.minutes for each in templates) > minutes - 5


def test_before_the_first_lesson_there_is_nothing_to_practise(sit_down: Callable[[], Learner]) -> None:
    learner = sit_down()
    assert say("nothing_begun", "ja") in learner.run("%practice")
    assert learner.cell == ""


def test_only_what_a_begun_lesson_has_taught_is_asked(sit_down: Callable[[], Learner]) -> None:
    learner = sit_down()
    store = learner.desk.progress
    assert store is not None
    store.record(Try("L3-01", datetime.now(UTC), "", "invalid", 0.0))
    learner.run("%practice 20")
    asked = {item.skill for item in RoundBook(store).rounds()[-1].items}
    taught = {each.id for each in learner.desk.drills.library.skills if each.lesson == "L3"}
    assert asked
    assert asked <= taught


def test_no_drill_is_given_twice(learner: Learner) -> None:
    for _ in range(3):
        learner.run("%practice new")
    assert learner.desk.progress is not None
    drills = [item.exercise_id for each in RoundBook(learner.desk.progress).rounds() for item in each.items]
    assert len(drills) == len(set(drills)) > 3


def test_no_drill_asks_what_the_ones_before_it_asked(learner: Learner) -> None:
    for _ in range(6):
        learner.run("%practice new")
    assert learner.desk.progress is not None
    found: dict[str, list[object]] = {}
    for each in RoundBook(learner.desk.progress).rounds():
        for item in each.items:
            template, _, seed = item.exercise_id[1:].rpartition("-")
            drill = learner.desk.drills.drawn(template, int(seed))
            assert drill is not None
            found.setdefault(template, []).append(drill.content)
    assert all(len(each) == len(set(each)) for each in found.values())


def test_a_mistake_that_was_mended_on_other_data_is_gone(learner: Learner) -> None:
    learner.run("%practice")
    learner.answer(right=False)
    learner.answer()
    learner.run("%practice past")
    learner.answer()
    learner.run("%practice new")
    assert say("no_past", "ja") in learner.run("%practice past")


def test_a_drill_typed_by_its_name_shows_nothing_of_a_skill(learner: Learner) -> None:
    drill = learner.desk.drills.draw(min(learner.desk.drills.library.templates), 7)
    assert drill is not None
    learner.run(f"-- 練習 {drill.id}\n{drill.exercise.solution}")
    assert not [
        each
        for each in history_of(learner.desk).practised(trained_by(learner.desk))
        if each.skill == drill.template.skill
    ]


def test_past_mistakes_come_back_on_new_data(learner: Learner) -> None:
    learner.run("%practice")
    wrong = learner.exercise.id
    learner.answer(right=False)
    learner.answer()
    learner.run("%practice past")
    assert learner.exercise.id != wrong
    assert learner.exercise.id.rpartition("-")[0] == wrong.rpartition("-")[0]


def test_who_is_new_to_sql_is_led_to_the_first_lesson_without_a_test(learner: Learner) -> None:
    shown = learner.run("%placement")
    assert say("placement_ask", "ja") in shown
    assert learner.cell == ""
    assert 'href="01%20' in learner.html
    assert 'data-penguin-run="%placement start list"' in learner.html


def test_the_placement_test_says_which_question_it_is_and_how_many_minutes_are_left(learner: Learner) -> None:
    shown = learner.run("%placement start list")
    assert "1問目（多くて10問） 残り 12分" in shown
    assert "2問目（多くて10問）" in learner.answer()


def test_whoever_answers_nothing_right_is_led_to_the_first_lesson_and_told_how_sure_that_is(learner: Learner) -> None:
    learner.run("%placement start list")
    shown = ""
    while say("placed_title", "ja") not in shown:
        shown = learner.answer(right=False)
    assert say("placed_begin", "ja", lesson="L1 名簿を引く") in shown
    assert "ほぼ確かです" in shown


def test_what_is_not_known_yet_can_be_said_and_stops_kindly(learner: Learner) -> None:
    learner.run("%placement start list")
    assert 'data-penguin-run="%placement unknown"' in learner.html
    shown, pressed = "", 0
    while say("placed_title", "ja") not in shown:
        shown = learner.run("%placement unknown")
        pressed += 1
        assert "✗" not in shown
    assert 1 < pressed <= 10
    assert learner.desk.progress is not None
    items = RoundBook(learner.desk.progress).rounds()[-1].items
    assert {item.result for item in items} == {ItemResult.UNKNOWN}


def test_whoever_answers_all_right_is_led_far_and_the_next_question_depends_on_the_answers(learner: Learner) -> None:
    learner.run("%placement start list")
    first = learner.exercise.id
    learner.answer()
    after_right = learner.exercise.id
    shown = ""
    while say("placed_title", "ja") not in shown:
        shown = learner.answer()
    assert say("placed_careful", "ja", lesson="L2") in shown
    assert 'data-penguin-run="%practice L2"' in learner.html
    learner.run("%placement new")
    learner.run("%placement new list")
    assert learner.exercise.id.rpartition("-")[0] == first.rpartition("-")[0]
    learner.answer(right=False)
    assert learner.exercise.id.rpartition("-")[0] != after_right.rpartition("-")[0]


def test_where_the_test_led_to_stays_however_often_its_last_cell_is_run(learner: Learner) -> None:
    learner.run("%placement start list")
    shown = ""
    while say("placed_title", "ja") not in shown:
        shown = learner.answer(right=False)
    again = learner.answer(right=False)
    assert say("placed_title", "ja") in again
    assert 'href="01%20' in learner.html
    assert say("placed_title", "ja") in learner.run("%placement")


def test_a_break_in_the_placement_test_costs_no_more_than_a_slow_answer(learner: Learner) -> None:
    learner.run("%placement start list")
    store = learner.desk.progress
    assert store is not None
    with store.opened() as connection:
        connection.execute("UPDATE rounds SET at = '2025-01-01T00:00:00+00:00'")
    asked = RoundBook(store).close(1, learner.exercise.id, ItemResult.RIGHT)
    spent = minutes_of(asked, learner.desk.drills.library)
    assert 0 < spent <= 2 * max(each.minutes for each in learner.desk.drills.library.templates.values())


def test_a_test_begun_with_all_its_questions_drawn_goes_on_with_them(learner: Learner) -> None:
    assert learner.desk.progress is not None
    book, names = RoundBook(learner.desk.progress), sorted(learner.desk.drills.library.templates)
    book.begin(RoundKind.PLACEMENT, "", [(f"P{name}-0", "S01") for name in names[:6]])
    learner.run("%placement")
    assert learner.exercise.id == f"P{names[0]}-0"
    learner.answer()
    assert learner.exercise.id == f"P{names[1]}-0"
    shown = ""
    while say("placed_title", "ja") not in shown:
        shown = learner.run("%placement unknown")
    assert book.rounds()[-1].current is None


def test_a_lesson_is_drilled_by_its_own_skills(learner: Learner) -> None:
    learner.run("%practice L2")
    assert learner.desk.progress is not None
    taught = {each.id for each in learner.desk.drills.library.skills if each.lesson == "L2"}
    items = RoundBook(learner.desk.progress).rounds()[-1].items
    assert items
    assert {item.skill for item in items} <= taught


def test_no_code_is_in_sight_where_one_practises(learner: Learner) -> None:
    learner.run("%practice")
    assert learner.exercise.id not in re.sub("<[^>]*>", "", learner.html)
    learner.run("%practice menu")
    assert ">%practice" not in learner.html


def test_earlier_rounds_are_folded_into_a_line_each(learner: Learner) -> None:
    learner.run("%practice")
    count = length(learner)
    for _ in range(count):
        learner.answer()
    shown = learner.run("%practice menu")
    assert say("menu_past_rounds", "ja", count=1) in shown
    assert f"{count} / {count}" in shown
    assert "data-penguin-fresh" in learner.html
    assert learner.begun == {}


def test_a_round_that_was_begun_goes_on_in_the_cell_of_its_open_drill(learner: Learner) -> None:
    learner.run("%practice")
    drill = learner.exercise.id
    assert say("menu_begun", "ja") in learner.run("%practice menu")
    assert learner.begun == {"%practice": drill}


def test_a_review_gives_no_hint_and_rests_for_days(learner: Learner) -> None:
    learner.run("%review R1")
    hint = learner.exercise.hint(learner.exercise.near_misses[0].stem, "ja")
    shown = learner.answer(right=False)
    assert hint not in shown
    assert "pg-hint" not in learner.html
    for _ in range(6):
        learner.answer()
    assert say("review_passed_title", "ja") in learner.answer()
    again = business_day(datetime.now(UTC)) + timedelta(REST_DAYS)
    assert say("review_later", "ja", day=again.isoformat()) in learner.run("%review R1")


def test_in_a_test_a_query_that_fails_gets_the_engines_own_words_alone(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classroom.learner.kernel.follow.is_in_test", lambda *_: True)
    failed = learner.run("-- 解答 L1-02\nSELECT nothing FROM guests")
    assert say("test_fails", "ja") in failed
    assert "Binder Error" in failed


def test_every_run_of_an_answer_is_kept_those_that_fail_too(learner: Learner) -> None:
    learner.run("-- 解答 L1-02\nSELECT nothing FROM guests")
    learner.run("-- 解答 L1-02\nSELECT guest_id FROM nothing")
    learner.run("-- 解答 L1-02\n")
    assert learner.desk.progress is not None
    assert [each.answer for each in learner.desk.progress.tries("L1-02")] == [
        "SELECT nothing FROM guests",
        "SELECT guest_id FROM nothing",
    ]
    assert learner.desk.progress.last_place() is not None


def test_a_broken_progress_file_is_put_aside_and_the_answer_is_marked(sit_down: Callable[[], Learner]) -> None:
    learner = sit_down()
    path = learner.desk.progress_path
    assert path is not None
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database at all" * 99)
    assert "L1-01" in learner.run("-- 解答 L1-01\nSELECT 1 AS rows, 1 AS columns")
    assert len(ProgressStore(path).tries()) == 1
    assert len(list(path.parent.glob("progress-broken-*"))) == 1


def test_a_locked_progress_file_is_told_once_and_the_answer_is_marked(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    path = learner.desk.progress_path
    assert path is not None
    ProgressStore(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    first = learner.run("-- 解答 L1-01\nSELECT 1 AS rows, 1 AS columns")
    second = learner.run("-- 解答 L1-01\nSELECT 2 AS rows, 1 AS columns")
    holder.close()
    assert "L1-01" in first
    assert say("unkept_title", "ja") in first
    assert say("unkept_title", "ja") not in second


def test_a_drill_nobody_has_heard_of_is_no_exercise(learner: Learner) -> None:
    assert "P99z-1" in learner.run("-- 練習 P99z-1\nSELECT 1")


def test_two_windows_share_one_round(learner: Learner, sit_down: Callable[[], Learner]) -> None:
    other = sit_down()
    learner.run("%practice")
    other.run("%practice")
    assert learner.exercise.id == other.exercise.id
    learner.answer()
    other.answer()
    assert learner.desk.progress is not None
    assert len(RoundBook(learner.desk.progress).rounds()) == 1
    assert RoundBook(learner.desk.progress).latest(RoundKind.PRACTICE) is not None


def test_learners_side_by_side_draw_their_own_drills(tmp_path: Path) -> None:
    seeds = {RoundBook(ProgressStore(tmp_path / f"{number}.sqlite")).next_seed("02a") for number in range(6)}
    assert len(seeds) > 1


def test_while_a_review_is_open_practice_asks_nothing_of_its_templates(learner: Learner) -> None:
    learner.run("%review R1")
    assert learner.desk.progress is not None
    book = RoundBook(learner.desk.progress)
    closed = {item.exercise_id.rpartition("-")[0] for item in book.rounds()[-1].items}
    learner.run("%practice 20")
    assert learner.desk.progress is not None
    asked = {item.exercise_id.rpartition("-")[0] for item in book.rounds()[-1].items}
    assert asked
    assert not asked & closed


def test_while_a_review_is_open_a_sister_of_its_items_shows_no_hint(learner: Learner) -> None:
    learner.run("%review R1")
    template, _, seed = learner.exercise.id[1:].rpartition("-")
    sister = learner.desk.drills.draw(template, int(seed) + 1)
    assert sister is not None
    shown = learner.run(f"-- 練習 {sister.id}\n{sister.exercise.near_misses[0].text}")
    assert say("test_wrong", "ja") in shown
    assert "pg-hint" not in learner.html
