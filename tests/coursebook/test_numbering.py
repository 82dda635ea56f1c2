"""What bears an earlier number of an exercise stays with that exercise."""

import json
from typing import Any

from coursebook import compile_lesson, load_course
from coursebook.numbering import Numbering, renumbered_notebook, renumbered_source

TWICE = Numbering(({"L1-01": "L1-02", "L1-02": "L1-03"}, {"L1-03": "L1-01"}))


def test_two_exercises_exchange_their_numbers() -> None:
    ids = Numbering(({"L8-09": "L8-10", "L8-10": "L8-09"},)).ids(0, 1)
    assert ids == {"L8-09": "L8-10", "L8-10": "L8-09"}


def test_changes_are_followed_one_after_another() -> None:
    assert TWICE.ids(0, 2) == {"L1-01": "L1-02", "L1-02": "L1-01"}
    assert TWICE.ids(1, 2) == {"L1-03": "L1-01"}


def test_the_way_back_undoes_the_way_there() -> None:
    there, back = TWICE.ids(0, 2), TWICE.ids(2, 0)
    assert {back[new] for new in there.values()} == set(there)


def test_a_file_that_claims_nonsense_is_taken_for_the_first_edition_and_one_from_the_future_for_the_latest() -> None:
    assert [TWICE.known(each) for each in (None, -1, "2", 9)] == [0, 0, 0, 2]


def test_only_what_names_an_exercise_is_exchanged_in_an_answer() -> None:
    cell = "-- 解答 l6-6\nSELECT 'L6-06' AS note -- as in L6-06\n%solution L6-06"
    assert renumbered_source(cell, {"L6-06": "L6-07"}) == (
        "-- 解答 L6-07\nSELECT 'L6-06' AS note -- as in L6-06\n%solution L6-07"
    )


def test_an_earlier_notebook_becomes_the_notebook_of_today() -> None:
    course = load_course()
    first = course.in_numbering(0)
    ids = course.numbering.ids(0, course.numbering.latest)
    for lesson_id in ("L6", "L7", "L8"):
        for edition in ("learner", "source"):
            then, now = (_compiled(each, lesson_id, edition) for each in (first, course))
            assert then != now
            assert renumbered_notebook(then, ids, course.numbering.latest) == now


def test_a_course_in_its_first_numbering_has_the_numbers_of_then_for_the_same_exercises() -> None:
    course = load_course()
    first = course.in_numbering(0)
    for then, now in course.numbering.ids(0, course.numbering.latest).items():
        assert first.exercise(then).folder == course.exercise(now).folder
    assert [each.id for each in first.lesson("L7").placed_exercises("ja")][:3] == ["L7-01", "L7-03", "L7-04"]


def _compiled(course: Any, lesson_id: str, edition: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(compile_lesson(course.lesson(lesson_id), "ja", edition))
    for cell in read["cells"]:
        cell["source"] = "".join(cell["source"])
    return read
