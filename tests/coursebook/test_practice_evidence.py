"""What an answer shows of a skill depends on how it was given."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from coursebook import load_course
from coursebook.practice import load_library
from coursebook.practice.evidence import practised_in, what_trains
from coursebook.practice.memory import Recall

COURSE, LIBRARY = load_course(), load_library()
ROWS = "INSERT INTO guests (guest_id) VALUES (1);\nSELECT 1 AS puu;"


@dataclass(frozen=True)
class Answered:
    """A try at a drill or an exercise."""

    exercise_id: str
    answer: str
    status: str = "accepted"
    rung: int = 0
    at: datetime = datetime(2027, 4, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("exercise", "answer", "shown"),
    [
        ("P09k-1", ROWS, Recall.WRITTEN),
        ("L15-03", ROWS, Recall.WRITTEN),
        ("P22l-1", "使える", Recall.CHOSEN),
        ("P22l-1", "USE IT;", Recall.CHOSEN),
        ("P38a-1", "SELECT 'c' AS answer", Recall.CHOSEN),
        ("P02a-1", "SELECT 1", Recall.WRITTEN),
    ],
)
def test_rows_that_break_a_draft_are_written_and_a_word_that_approves_one_could_be_guessed(
    exercise: str, answer: str, shown: Recall
) -> None:
    found = practised_in([Answered(exercise, answer)], {exercise}, what_trains(LIBRARY, COURSE))
    assert {each.recall for each in found} == {shown}


def test_rows_after_a_hint_weigh_as_after_a_hint_and_wrong_ones_as_a_mistake() -> None:
    drills = {"P09k-1", "P09k-2"}
    tries = [Answered("P09k-1", ROWS, rung=1), Answered("P09k-2", ROWS, status="refuted")]
    found = practised_in(tries, drills, what_trains(LIBRARY, COURSE))
    assert [each.recall for each in found] == [Recall.HELPED, Recall.MISSED]
