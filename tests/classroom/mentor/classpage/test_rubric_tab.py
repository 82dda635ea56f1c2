"""Free-form answers are marked on purpose: nothing by accident, nothing forgotten, and what was marked stays."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from cohort import answered, hand_in, released, seeded

from classroom.mentor.classpage.begin import begin
from classroom.mentor.classpage.rubric_tab import RubricForm
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.roster import Learner
from classroom.mentor.returning.workflow import release

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
FREE = "L3-11"


@pytest.fixture(scope="module")
def free_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hanako and taro wrote something, jiro left it blank."""
    root = tmp_path_factory.mktemp("free") / "course"
    learners = [Learner(each) for each in ("hanako", "taro", "jiro")]
    folder = begin(seeded(root), "ja", learners)
    release(folder, "L3", None, to_exchange=False)
    name, notebook = released(root, "L3")
    for each in learners:
        hand_in(root, each.id, "L3", name, answered(notebook, {} if each.id == "jiro" else {FREE: f"{each.id} の文"}))
    grade_assignment(folder, "L3")
    return root


@pytest.fixture
def desk(free_root: Path, tmp_path: Path) -> MentorFolder:
    """A desk of the test's own."""
    shutil.copytree(free_root, tmp_path / "course")
    return MentorFolder(tmp_path / "course")


def marking(desk: MentorFolder, mentor: str) -> Any:
    import ipywidgets

    return RubricForm(desk, "L3", desk.course.exercise(FREE), ipywidgets.Text(value=mentor))


def parts(tab: Any) -> tuple[Any, list[Any], Any, Any]:
    """The choice of learner, the points, the comment and the button of the answer in front."""
    choice, place = tab.box.children[2], tab.box.children[3]
    _, *rows, comment, button = place.children
    return choice, [each.children[0] for each in rows], comment, button


def test_marks_are_made_on_purpose_one_after_the_other(desk: MentorFolder) -> None:
    tab = marking(desk, "佐藤")
    choice, points, comment, button = parts(tab)
    assert [name for name, _ in choice.options] == ["○ hanako", "○ taro"]
    assert "jiro" in tab.box.children[5].value
    assert [each.value for each in points] == [None] * len(points)
    button.click()
    assert "保存していません" in tab.box.children[4].value
    assert class_file(desk).marks("L3", FREE) == ()
    for each in points:
        each.value = 1.0
    comment.value = "根拠がよい"
    button.click()
    assert choice.value == "taro"
    assert [name for name, _ in choice.options] == ["○ taro", "✓ hanako"]
    mark = read_marks(desk, "L3", "hanako").exercises[FREE]
    assert (mark.points, mark.comment) == (float(len(points)), "根拠がよい")
    assert read_marks(desk, "L3", "taro").exercises[FREE].points is None

    again = marking(desk, "佐藤")
    again.box.children[2].value = "hanako"
    _, points, comment, _ = parts(again)
    assert ([each.value for each in points], comment.value) == ([1.0] * len(points), "根拠がよい")
    second = marking(desk, "田中")
    assert [name for name, _ in parts(second)[0].options] == ["○ hanako", "○ taro"]


def test_task_and_model_answers_stand_beside_the_text(desk: MentorFolder) -> None:
    shown = marking(desk, "佐藤").box.children[1].value
    exercise = desk.course.exercise(FREE)
    assert exercise.model_answers["good", "ja"].strip()[:10] in shown
    assert "よい解答の例" in shown


def test_who_names_themselves_after_choosing_points_loses_neither_them_nor_the_comment(desk: MentorFolder) -> None:
    import ipywidgets

    name = ipywidgets.Text(value="")
    tab = RubricForm(desk, "L3", desk.course.exercise(FREE), name)
    _, points, comment, button = parts(tab)
    for each in points:
        each.value = 0.5
    comment.value = "数字がほしい"
    button.click()
    assert "採点者の名前" in tab.box.children[4].value
    name.value = "佐藤"
    _, points, comment, button = parts(tab)
    assert ([each.value for each in points], comment.value) == ([0.5] * len(points), "数字がほしい")
    button.click()
    assert read_marks(desk, "L3", "hanako").exercises[FREE].points == 0.5 * len(points)
    _, points, comment, _ = parts(tab)  # the next learner's form holds nothing of it
    assert ([each.value for each in points], comment.value) == ([None] * len(points), "")
