"""Who shares wrong answers that hardly anybody else gave, and who only looks as if."""

from __future__ import annotations

import datetime as dt
import random

from classroom.mentor.classpage.shared_slips import slips_among
from classroom.mentor.grading.store import DeskAnswer

EXERCISES = tuple(f"L1-{number:02}" for number in range(1, 11))
BEGAN = dt.datetime(2027, 4, 1, 12, 0, tzinfo=dt.UTC)


def answer(student: str, exercise: str, text: str, outcome: str, minute: int = 0) -> DeskAnswer:
    at = (BEGAN + dt.timedelta(minutes=minute)).isoformat()
    points = 10.0 if outcome == "accepted" else 0.0
    return DeskAnswer("L1", student, exercise, 1, text, text, "", outcome, points, 10.0, None, None, "", at, at)


def a_class(size: int, seed: int = 0) -> list[DeskAnswer]:
    """Learners who work alone: of three answers two are right, and the wrong ones are five common ones or nobody else's."""
    dice = random.Random(seed)
    found = []
    for number in range(size):
        for exercise in EXERCISES:
            drawn = dice.random()
            wrong = f"slip {dice.choice('aaabbcde')}" if drawn < 0.9 else f"own {number}"
            text, outcome = ("right", "accepted") if drawn < 0.66 else (wrong, "refuted")
            found.append(answer(f"s{number:02}", exercise, text, outcome, number))
    return found


def with_a_copy(answers: list[DeskAnswer], *, minute: int = 7) -> list[DeskAnswer]:
    """Two learners more, of whom one has the other's answers, five of them wrong in ways of their own."""
    for student, at in (("zoe", 0), ("zed", minute)):
        for place, exercise in enumerate(EXERCISES):
            text, outcome = (f"strange {place}", "refuted") if place < 5 else ("right", "accepted")
            answers.append(answer(student, exercise, text, outcome, at))
    return answers


def test_the_same_rare_mistakes_are_told_with_where_and_how_far_apart() -> None:
    (pair,) = slips_among(with_a_copy(a_class(20)))
    assert {pair.one, pair.other} == {"zed", "zoe"}
    assert pair.exercises == EXERCISES[:5]
    assert pair.apart == dt.timedelta(minutes=7)


def test_of_a_hundred_classes_that_work_alone_few_show_a_pair() -> None:
    assert sum(bool(slips_among(a_class(20, seed))) for seed in range(100)) <= 6


def test_right_answers_and_what_everybody_gets_wrong_tell_nothing() -> None:
    same = [answer(student, each, "right", "accepted") for student in "abcdefghij" for each in EXERCISES]
    wrong = [answer(student, each, "usual", "refuted") for student in "abcdefghij" for each in EXERCISES]
    assert slips_among(same) == ()
    assert slips_among(wrong) == ()


def test_what_was_left_as_it_was_given_is_no_answer() -> None:
    left = [answer(student, each, "starter", "refused") for student in ("a", "b") for each in EXERCISES]
    assert slips_among([*a_class(20), *left]) == ()


def test_one_rare_mistake_is_a_coincidence() -> None:
    once = [answer(student, "L1-01", "strange", "refuted") for student in ("zed", "zoe")]
    assert slips_among([*a_class(40), *once]) == ()
