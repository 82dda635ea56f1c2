"""What the machine did not manage to judge has no points, is told to the mentor, and is judged by the next run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cohort import answered, hand_in

from classroom.mentor.classpage.board import State, build_board
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.grading.marks import all_marks
from classroom.mentor.grading.states import hand_in_states
from classroom.mentor.grading.told import details
from classroom.mentor.returning.feedback import feedback_page
from classroom.messages import say
from sqlgrade import Grader, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from cohort import Notebook

    from classroom.mentor.place.folder import MentorFolder
    from sqlgrade import Pack

    Points = Callable[[MentorFolder, str], dict[str, float | None]]


@pytest.fixture
def tired(folder: MentorFolder, monkeypatch: pytest.MonkeyPatch) -> str:
    """An answer that this machine cannot judge for now."""
    sql = folder.course.exercise("L1-05").solution
    judge = Grader.grade

    def grade(self: Grader, pack: Pack, asked: str, *, deep: bool = False, dialect: str) -> Verdict:
        if "casts" in asked:
            return Verdict(Status.UNJUDGED)
        return judge(self, pack, asked, deep=deep, dialect=dialect)

    monkeypatch.setattr(Grader, "grade", grade)
    return sql


def test_an_unjudged_answer_has_no_points_until_the_next_run_judges_it(
    folder: MentorFolder, name: str, notebook: Notebook, points: Points, tired: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = folder.course.exercise("L1-07").solution
    hand_in(folder.root, "hanako", "L1", name, answered(notebook, {"L1-05": tired, "L1-07": right}))
    hand_in(folder.root, "taro", "L1", name, answered(notebook, {"L1-07": right}))
    report = grade_assignment(folder, "L1")
    assert (sorted(report.graded), report.unjudged) == (["hanako", "taro"], {"hanako": {"L1-05"}})
    assert say("desk.unjudged", "ja", count=1, exercises="L1-05") in list(details(report, "ja"))
    assert (points(folder, "hanako")["L1-05"], points(folder, "hanako")["L1-07"]) == (None, 10.0)
    squares = {(each.student, each.exercise): each.state for each in build_board(folder, "L1", {}).squares}
    assert (squares["hanako", "L1-05"], squares["hanako", "L1-07"]) == (State.WAITING, State.RIGHT)
    assert say("feedback.unjudged", "ja") in feedback_page(folder, "L1", "hanako")
    states = hand_in_states(folder, "L1", all_marks(folder, "L1"))
    assert states == {"hanako": "to_grade", "taro": "graded"}
    monkeypatch.undo()
    assert points(folder, "taro")["L1-05"] == 0.0  # left as it was released
    again = grade_assignment(folder, "L1")
    assert (again.graded, again.skipped, again.unjudged) == (["hanako"], ["taro"], {})
    assert points(folder, "hanako")["L1-05"] == 10.0
    assert grade_assignment(folder, "L1").skipped == ["hanako", "taro"]
