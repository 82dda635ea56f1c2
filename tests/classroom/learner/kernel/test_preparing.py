"""What the kernel makes ready before it is asked: the judge, and one pack ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.learner.state.marking import Marker
from classroom.learner.state.pack_shelf import PackShelf
from coursebook.answer_cell import AnswerCell
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coursebook import LessonExercise


class Listed(PackShelf):
    """A shelf that lists the packs it makes."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[str] = []

    def build(self, exercise: LessonExercise) -> None:
        self.made.append(exercise.id)
        super().build(exercise)


class Watched(Marker):
    """A marker whose shelf is such a one."""

    def __init__(self, practice: Path) -> None:
        super().__init__(practice, "ja")
        self._packs = self.shelf = Listed()

    def rest(self) -> None:
        """Wait for what was begun in the background."""
        self._spare.submit(lambda: None).result(60)


@pytest.fixture
def marker(practice: Path) -> Iterator[Watched]:
    made = Watched(practice)
    yield made
    made.close()


def test_a_lesson_begins_with_the_pack_of_the_first_exercise_that_is_not_done(marker: Watched) -> None:
    placed = [
        each for each in marker.course.lesson("L1").placed_exercises("ja") if each.kind.answer is AnswerForm.QUERY
    ]
    marker.prepare("L1", lambda: {placed[0].id}).result(60)
    assert marker.shelf.made == [placed[1].id]


def test_an_answer_leads_to_the_pack_of_the_next_exercise_and_no_more(marker: Watched) -> None:
    marker.mark(AnswerCell("L1-02", "SELECT 1"))
    marker.rest()
    placed = [
        each.id for each in marker.course.lesson("L1").placed_exercises("ja") if each.kind.answer is AnswerForm.QUERY
    ]
    at = placed.index("L1-02")
    assert marker.shelf.made == placed[at : at + 2]
