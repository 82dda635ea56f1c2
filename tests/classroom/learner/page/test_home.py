"""The home page: where to go on, what is due, the map of exercises and skills."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from classroom.learner.page.records import read_progress
from classroom.learner.page.standing import standing
from classroom.learner.progress import ProgressStore, Try
from classroom.learner.progress.rounds import ItemResult, RoundBook, RoundKind
from coursebook import load_course
from coursebook.practice import load_library
from coursebook.practice.spacing import SkillPhase

if TYPE_CHECKING:
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
    assert len(where.skills) == 38


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


def test_a_weekday_has_its_question_once_the_first_level_is_done(store: ProgressStore) -> None:
    assert stands(store).question == ""
    complete(store, "L1", "L2", "L3", "L4")
    assert stands(store).question
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


def test_the_self_check_is_ticked_by_exercises(store: ProgressStore) -> None:
    ability = next(each for each in LIBRARY.abilities if each.level == 1)
    for exercise_id in ability.shown_by:
        pass_exercise(store, exercise_id)
    assert next(each.shown for each in stands(store).levels[0].abilities)


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
