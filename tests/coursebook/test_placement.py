"""Where to begin: what the placement test asks, and what it says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from coursebook import load_course
from coursebook.practice import load_library
from coursebook.practice.placement import Answered, Placed, Placement, Response, Sureness

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from placement import outcomes

LIBRARY, LESSONS = load_library(), tuple(load_course().folder_of)
EXPERIENCE = ("", *(each.id for each in LIBRARY.placement.experience)) if LIBRARY.placement else ()


@pytest.fixture(scope="module")
def test() -> Placement:
    assert LIBRARY.placement is not None
    return Placement(LIBRARY.placement, LESSONS, LIBRARY.templates, {each.id: each.lesson for each in LIBRARY.skills})


def taken(test: Placement, said: str, answer: Response, pace: float = 0.6) -> tuple[list[str], float, Placed]:
    """The templates asked of somebody who always answers so, the minutes, and the outcome."""
    answered: list[Answered] = []
    minutes = 0.0
    while (asked := test.next_template(said, answered, minutes)) is not None:
        answered.append(Answered(asked, answer))
        minutes += test.templates[asked].minutes * pace
    return [each.template for each in answered], minutes, test.placed(said, answered, minutes)


def test_whoever_knows_all_is_led_to_the_end_and_whoever_knows_nothing_to_the_first_lesson(test: Placement) -> None:
    highest = max(LESSONS.index(test.lesson_of[test.templates[each].skill]) for each in test.record.templates)
    assert taken(test, "window", Response.RIGHT)[2].start in LESSONS[highest:]
    assert taken(test, "", Response.RIGHT)[2].start in LESSONS[highest - 1 :]
    for said in ("", "list", "join"):
        assert taken(test, said, Response.UNKNOWN)[2].start == LESSONS[0]
        assert taken(test, said, Response.WRONG)[2].start == LESSONS[0]


@pytest.mark.parametrize("said", EXPERIENCE)
@pytest.mark.parametrize("answer", Response)
def test_it_keeps_to_its_questions_and_minutes_and_asks_nothing_twice(
    test: Placement, said: str, answer: Response
) -> None:
    asked, minutes, outcome = taken(test, said, answer, pace=1.0)
    assert 0 < len(asked) <= test.record.questions
    assert len(asked) == len(set(asked))
    assert minutes <= test.record.minutes
    assert outcome.finished


def test_nothing_is_asked_once_the_time_has_passed(test: Placement) -> None:
    first = test.next_template("", (), 0.0)
    assert first is not None
    assert test.next_template("", [Answered(first, Response.RIGHT)], test.record.minutes) is None
    assert test.placed("", [Answered(first, Response.RIGHT)], test.record.minutes).sureness is Sureness.ROUGH


def test_the_first_question_of_whoever_wrote_lists_is_of_the_first_level(test: Placement) -> None:
    first = test.next_template("list", (), 0.0)
    assert first is not None
    assert test.lesson_of[test.templates[first].skill] in ("L1", "L2", "L3", "L4")


def test_not_known_yet_says_more_than_a_wrong_choice(test: Placement) -> None:
    guessed = test.placed("", [Answered("17c", Response.RIGHT)], 2.0)
    choice = LESSONS.index(test.placed("", [Answered("17c", Response.WRONG)], 2.0).start)
    assert LESSONS.index(test.placed("", [Answered("17c", Response.UNKNOWN)], 2.0).start) <= choice
    assert choice < LESSONS.index(guessed.start)


def test_a_test_whose_questions_were_all_drawn_at_once_still_leads_somewhere(test: Placement) -> None:
    earlier = ["01a", "04a", "13c", "10b", "09d", "21b", "17c", "23a", "22a", "25a", "12b", "38a", "30a", "30b", "29a"]
    outcome = test.placed("", [Answered(each, Response.RIGHT) for each in earlier], 54.0)
    assert LESSONS.index(outcome.start) >= LESSONS.index("L12")
    assert test.placed("", [Answered("99z", Response.RIGHT)], 1.0).start == test.placed("", [], 1.0).start


@pytest.mark.parametrize("model", ["step", "slope"])
def test_nine_in_ten_virtual_learners_are_led_within_a_lesson(model: str) -> None:
    led = outcomes(model, 280, 1, 0.6, silent=False)
    assert sum(abs(each.led - each.start) <= 1 for each in led) >= 0.9 * len(led)
    assert {each.led for each in led} >= set(range(len(LESSONS) - 1))
