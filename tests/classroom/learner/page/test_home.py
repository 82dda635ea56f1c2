"""The home page: where to go on, what is due, the map of exercises and skills."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from classroom.learner.page.records import read_progress
from classroom.learner.page.standing import standing
from classroom.learner.practice.self_check import self_checks
from classroom.learner.progress import ProgressStore, Try
from classroom.learner.progress.rounds import ItemResult, RoundBook, RoundKind
from coursebook import load_course
from coursebook.practice import load_library
from coursebook.practice.evidence import SOLUTION_SEEN
from coursebook.practice.spacing import SkillPhase, business_day
from coursebook.practice.vague import load_questions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from classroom.learner.page.standing import HomeStanding

COURSE = load_course()
LIBRARY = load_library()
NOW = datetime(2025, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> ProgressStore:
    return ProgressStore(tmp_path / "progress.sqlite")


def pass_exercise(store: ProgressStore, exercise_id: str, days_ago: int = 0) -> None:
    store.record(Try(exercise_id, NOW - timedelta(days_ago), "SELECT 1", "accepted", 1.0))


def complete(store: ProgressStore, *lessons: str) -> None:
    for lesson in lessons:
        for exercise in COURSE.lesson(lesson).exercises:
            pass_exercise(store, exercise.id)


def stands(store: ProgressStore) -> HomeStanding:
    return standing(COURSE, LIBRARY, *read_progress(store), NOW, "ja")


def test_a_beginner_is_led_to_the_first_lesson(store: ProgressStore) -> None:
    where = stands(store)
    assert where.here is not None
    assert (where.here.id, where.begun, where.days, where.due) == ("L1", False, 0, 0)
    assert {each.phase for each in where.skills} == {SkillPhase.NEW}
    assert len(where.skills) == len(LIBRARY.skills)


def test_one_goes_on_in_the_lesson_of_the_last_try(store: ProgressStore) -> None:
    pass_exercise(store, "L3-01")
    where = stands(store)
    assert where.here is not None
    assert where.here.id == "L3"
    assert where.here.next_exercise is not None
    assert where.here.next_exercise.id == "L3-02"


def test_a_complete_lesson_leads_to_the_next(store: ProgressStore) -> None:
    for exercise in COURSE.lesson("L1").exercises:
        pass_exercise(store, exercise.id)
    where = stands(store)
    assert where.here is not None
    assert where.here.id == "L2"
    assert where.levels[0].lessons[0].complete


def test_a_beginner_is_led_to_the_first_stretch_of_a_quarter_of_an_hour(store: ProgressStore) -> None:
    where = stands(store)
    assert where.here is not None
    first = where.here.stretches[where.stretch]
    assert (where.stretch, first.open, first.left) == (0, ("L1-01", "L1-02"), first.minutes)
    assert all(each.minutes <= 15 for level in where.levels for lesson in level.lessons for each in lesson.stretches)


def test_a_stretch_is_gone_on_with_where_it_was_left_and_its_ability_counts_at_once(store: ProgressStore) -> None:
    pass_exercise(store, "L1-01")
    where = stands(store)
    assert where.here is not None
    assert (where.stretch, where.here.stretches[0].open) == (0, ("L1-02",))
    assert {each.id for each in where.skills if each.shown} == {"S01"}
    pass_exercise(store, "L1-02")
    where = stands(store)
    assert where.here is not None
    assert (where.stretch, where.here.stretches[0].open) == (1, ())


def test_what_was_passed_over_comes_after_what_lies_ahead(store: ProgressStore) -> None:
    for exercise in COURSE.lesson("L1").exercises[2:]:
        pass_exercise(store, exercise.id)
    where = stands(store)
    assert where.here is not None
    assert (where.here.id, where.stretch) == ("L1", 0)


def test_who_stopped_where_a_stretch_ended_before_goes_on_within_the_longer_one(store: ProgressStore) -> None:
    for exercise in COURSE.lesson("L12").exercises[:4]:
        pass_exercise(store, exercise.id)
    where = stands(store)
    assert where.here is not None
    on = where.here.stretches[where.stretch]
    assert (on.exercises, on.open) == (("L12-04", "L12-05"), ("L12-05",))
    assert on.left < on.minutes


def test_a_skill_is_not_shown_by_what_was_copied_from_its_solution(store: ProgressStore) -> None:
    store.record(Try("L1-01", NOW, "SELECT 1", "accepted", 1.0, rung=SOLUTION_SEEN))
    assert not any(each.shown for each in stands(store).skills)


def test_the_week_shows_its_days_and_takes_nothing_away_for_a_pause(store: ProgressStore) -> None:
    pass_exercise(store, "L1-01", days_ago=20)
    assert stands(store).week == (False,) * 7
    pass_exercise(store, "L1-02")
    where = stands(store)
    assert where.week == (True, *(False,) * 6)
    assert where.days == 2


def test_a_weekday_has_its_question_from_the_first_lesson_on(store: ProgressStore) -> None:
    assert stands(store).question == ""
    pass_exercise(store, "L1-01", days_ago=2)
    needs = {each.asked["ja"]: each.needs for each in load_questions(COURSE.root)}
    assert needs[stands(store).question] == "L1"
    pass_exercise(store, "L3-01", days_ago=1)
    assert needs[stands(store).question] in ("L1", "L2", "L3")
    saturday = NOW + timedelta(5)
    assert standing(COURSE, LIBRARY, *read_progress(store), saturday, "ja").question == ""


def test_a_beginner_is_offered_the_placement_test_until_something_is_done(store: ProgressStore) -> None:
    assert stands(store).placement_offered is (LIBRARY.placement is not None)
    pass_exercise(store, "L1-01")
    assert not stands(store).placement_offered


def test_days_are_counted_and_a_pause_costs_nothing(store: ProgressStore) -> None:
    for days in (0, 1, 40):
        pass_exercise(store, "L1-01", days)
    assert stands(store).days == 3


def test_a_skill_that_was_missed_yesterday_is_due(store: ProgressStore) -> None:
    skill = next(iter(LIBRARY.by_skill))
    template = LIBRARY.by_skill[skill][0]
    RoundBook(store).begin(RoundKind.PRACTICE, "", [(f"P{template.id}-0", skill)])
    store.record(Try(f"P{template.id}-0", NOW - timedelta(2), "SELECT 2", "refuted", 0.0))
    assert stands(store).due == 1


def test_home_knows_the_day_on_which_each_skill_comes_back(store: ProgressStore) -> None:
    complete(store, "L1")
    for each in stands(store).skills:
        assert bool(each.due_on) == (each.phase is not SkillPhase.NEW)
        if each.due_on:
            assert (each.due_on <= business_day(NOW).isoformat()) == (each.phase is SkillPhase.DUE)
    assert any(each.due_on for each in stands(store).skills)


def test_a_passed_review_opens_its_gate(store: ProgressStore) -> None:
    review = LIBRARY.reviews[0]
    book = RoundBook(store)
    taken = book.begin(RoundKind.REVIEW, review.id, [(f"P01a-{n}", "S01") for n in range(8)])
    for number, item in enumerate(taken.items):
        book.close(taken.id, item.exercise_id, ItemResult.RIGHT if number < 6 else ItemResult.WRONG)
    where = stands(store)
    assert where.here is not None
    assert where.here.id == "L5"
    shown = next(level.review for level in stands(store).levels if level.review and level.review.id == review.id)
    assert shown.passed


ABILITY = LIBRARY.abilities[0]
SKILLS = tuple(dict.fromkeys(COURSE.exercise(each).record.skills[0] for each in ABILITY.shown_by))


def solve(store: ProgressStore, rung: int = 0, days_ago: int = 3) -> None:
    """Pass the exercises of the first line."""
    for each in ABILITY.shown_by:
        store.record(Try(each, NOW - timedelta(days_ago), "SELECT 1", "accepted", 1.0, rung=rung))


def drill(
    store: ProgressStore,
    days_ago: int,
    *,
    seed: int = 1,
    asked: bool = True,
    status: str = "accepted",
    rung: int = 0,
) -> None:
    """Answer a drill of each skill of the first line, one that a round has asked or one whose number was typed."""
    for skill in SKILLS:
        name = f"P{LIBRARY.by_skill[skill][0].id}-{seed}"
        if asked:
            RoundBook(store).begin(RoundKind.PRACTICE, "", [(name, skill)])
        store.record(Try(name, NOW - timedelta(days_ago), "SELECT 1", status, 1.0, rung=rung))


def ticked(store: ProgressStore) -> bool:
    return stands(store).levels[0].abilities[0].shown


def test_the_self_check_is_ticked_by_exercises_whose_skill_mixed_practice_has_shown(store: ProgressStore) -> None:
    solve(store)
    assert not ticked(store)
    drill(store, 1)
    assert ticked(store)


def test_a_mistake_takes_the_tick_until_it_is_right_on_a_later_day(store: ProgressStore) -> None:
    solve(store, days_ago=5)
    drill(store, 3, seed=1)
    drill(store, 1, seed=2, status="refuted")
    assert not ticked(store)
    drill(store, 0, seed=3)
    assert ticked(store)


def opened_and_copied(store: ProgressStore) -> None:
    solve(store, rung=SOLUTION_SEEN)


def copied_again_every_day(store: ProgressStore) -> None:
    for day in range(6):
        solve(store, rung=SOLUTION_SEEN, days_ago=day)


def typed_drills_of_ones_choice(store: ProgressStore) -> None:
    solve(store, rung=SOLUTION_SEEN)
    for day in range(4):
        drill(store, day, seed=day, asked=False)


def all_in_one_sitting(store: ProgressStore) -> None:
    solve(store, days_ago=0)
    for seed in range(5):
        drill(store, 0, seed=seed)


def wrong_first_and_right_at_once(store: ProgressStore) -> None:
    solve(store, rung=SOLUTION_SEEN)
    for day in range(3):
        drill(store, day, seed=day, status="refuted")
        drill(store, day, seed=day)


def one_lucky_drill(store: ProgressStore) -> None:
    solve(store, rung=SOLUTION_SEEN)
    drill(store, 1)


def hints_all_the_way(store: ProgressStore) -> None:
    solve(store, rung=2)
    for day in range(3):
        drill(store, day, seed=day, rung=2)


def the_same_drill_until_it_is_right(store: ProgressStore) -> None:
    solve(store, rung=SOLUTION_SEEN)
    drill(store, 3, status="refuted")
    for day in range(3):
        drill(store, day)


def drills_with_their_solution_open(store: ProgressStore) -> None:
    solve(store, rung=SOLUTION_SEEN)
    for day in range(4):
        drill(store, day, seed=day, rung=SOLUTION_SEEN)


def tried_out_until_it_stops_failing(store: ProgressStore) -> None:
    solve(store, days_ago=0)
    for status in ("invalid", "refused", "invalid"):
        drill(store, 1, status=status)


def known_once_and_never_again(store: ProgressStore) -> None:
    solve(store, days_ago=204)
    drill(store, 202)


def test_a_question_that_is_answered_counts_as_a_day_and_leaves_home(store: ProgressStore) -> None:
    pass_exercise(store, "L3-01", days_ago=1)
    assert stands(store).question
    with store.opened() as connection:
        connection.execute("INSERT INTO cards VALUES (?,?,?,?,?)", ("T4", NOW.isoformat(), "SELECT", 1.0, ""))
    where = stands(store)
    assert where.question == ""
    assert where.days == 2
    tomorrow = NOW + timedelta(1)
    assert standing(COURSE, LIBRARY, *read_progress(store), tomorrow, "ja").question


@pytest.mark.parametrize(
    "strategy",
    [
        opened_and_copied,
        copied_again_every_day,
        typed_drills_of_ones_choice,
        all_in_one_sitting,
        wrong_first_and_right_at_once,
        one_lucky_drill,
        hints_all_the_way,
        the_same_drill_until_it_is_right,
        drills_with_their_solution_open,
        tried_out_until_it_stops_failing,
        known_once_and_never_again,
    ],
)
def test_no_cheap_strategy_ticks_the_self_check(
    store: ProgressStore, strategy: Callable[[ProgressStore], None]
) -> None:
    strategy(store)
    assert not ticked(store)


def test_what_was_solved_with_the_solution_open_is_shown_as_such(store: ProgressStore) -> None:
    solve(store, rung=SOLUTION_SEEN)
    progress, history = read_progress(store)
    check = self_checks(LIBRARY, COURSE, progress, history, business_day(NOW))[0]
    assert check.aided == set(ABILITY.shown_by)
    solve(store)
    progress, history = read_progress(store)
    assert not self_checks(LIBRARY, COURSE, progress, history, business_day(NOW))[0].aided


def test_under_way_one_goes_on_at_the_next_exercise(store: ProgressStore) -> None:
    pass_exercise(store, "L1-01")
    where = stands(store)
    assert where.here is not None
    assert where.here.next_exercise is not None
    assert (where.here.id, where.here.next_exercise.id, where.here.done) == ("L1", "L1-02", 1)


def test_who_is_done_has_no_lesson_to_go_on_with(store: ProgressStore) -> None:
    complete(store, *(each.id for each in COURSE.lessons))
    assert stands(store).here is None


def test_a_placement_without_an_answer_still_says_where_it_led(store: ProgressStore) -> None:
    book = RoundBook(store)
    taken = book.begin(RoundKind.PLACEMENT, "", [(f"P01a-{n}", "S01") for n in range(15)])
    for item in taken.items[:2]:
        taken = book.close(taken.id, item.exercise_id, ItemResult.WRONG)
    book.finish(taken)
    placed = stands(store).placement
    assert placed is not None
    assert placed.start == "L1"


def test_without_a_progress_file_one_stands_at_the_beginning() -> None:
    where = standing(COURSE, LIBRARY, *read_progress(None), NOW, "ja")
    assert (where.begun, where.here and where.here.id) == (False, "L1")


def test_every_exercise_named_by_a_self_check_is_in_the_course() -> None:
    taught = {each.record.id for each in COURSE.lessons}
    named = {known for each in LIBRARY.abilities for known in each.shown_by if known.split("-")[0] in taught}
    assert {each for each in named if each[:2] != "L8"} <= {
        each.id for lesson in COURSE.lessons for each in lesson.exercises
    }
