"""What a learner is told of a stretch's length is what reading and its exercises take."""

from __future__ import annotations

import pytest

from coursebook import load_course
from coursebook.compile import task_markdown
from coursebook.minutes import least_minutes, reading_minutes, whole_minutes

COURSE = load_course()
LANGS = ("ja", "en")


def test_every_exercise_states_what_one_needs_who_answers_right_at_once() -> None:
    short = {
        exercise.id: (exercise.record.minutes, least)
        for lesson in COURSE.lessons
        for exercise in lesson.exercises
        if (least := max(least_minutes(exercise, lang, wrong=0) for lang in LANGS)) > exercise.record.minutes
    }
    assert not short


def test_a_foreseen_mistake_costs_time_and_more_of_it_where_more_is_typed() -> None:
    exercise = COURSE.exercise("L9-02")
    right, once, twice = (least_minutes(exercise, "ja", wrong) for wrong in (0, 1, 2))
    assert right < once < twice
    assert twice - once == pytest.approx(once - right)


def test_the_stretches_of_a_lesson_hold_all_of_its_text_once() -> None:
    for lesson in COURSE.lessons:
        for lang in LANGS:
            cut = [each for stretch in lesson.stretches for each in stretch.segments[lang]]
            assert cut == list(lesson.segments[lang])


def test_a_stretch_takes_what_is_read_before_each_exercise_that_is_left() -> None:
    stretch = COURSE.lesson("L9").stretches[0]
    read = max(reading_minutes(stretch.segments[lang], lang) for lang in LANGS)
    assert stretch.minutes == whole_minutes(read + stretch.exercises[0].record.minutes)
    first, second = COURSE.lesson("L1").stretches[0].exercises
    whole = COURSE.lesson("L1").stretches[0]
    assert whole.minutes_left({first.id}) < whole.minutes
    assert whole.minutes_left({first.id, second.id}) == 0


@pytest.mark.parametrize(("id_", "told"), [("L8-10", "about 14 min"), ("L14-03", "about 3 min")])
def test_people_are_told_whole_minutes_halves_up(id_: str, told: str) -> None:
    exercise = COURSE.exercise(id_)
    assert exercise.record.minutes % 1
    assert told in task_markdown(exercise, "en", "learner")
