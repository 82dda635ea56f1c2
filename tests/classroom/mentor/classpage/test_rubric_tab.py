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
from classroom.mentor.page.asked import NotAsked
from classroom.mentor.page.desk import DeskRoom
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


def test_the_class_page_marks_each_text_by_itself_once_for_all_who_wrote_it(desk: MentorFolder) -> None:
    room = DeskRoom(desk)
    line = next(each for each in room.today()["lines"] if each["kind"] == "free_form")
    assert (line["leads"], line["details"][0]["exercise"]) == ("answers", FREE)
    (asked,) = (each for each in room.answers("L3") if each["id"] == FREE)
    assert [(each["student"], each["text"], each["marks"]) for each in asked["written"]] == [
        ("hanako", "hanako の文", {}),
        ("taro", "taro の文", {}),
    ]
    assert "<strong>分子" in asked["task"]
    assert [name for name, _ in asked["models"]] == ["よい解答の例", "言いすぎている解答の例"]
    assert [each["outcome"] for each in asked["groups"]] == ["refused"], "jiro's, who left it as it was"
    points = {each["id"]: 1.5 for each in asked["criteria"]}
    sent = {"lesson": "L3", "exercise": FREE, "student": "hanako", "mentor": "佐藤", "points": points, "text": "よい"}
    total = 1.5 * len(points)
    assert f"{total:g}" in room.step("mark", sent)["said"]
    room.step("mark", {**sent, "mentor": "田中", "points": dict.fromkeys(points, 0.5), "text": ""})
    mark = read_marks(desk, "L3", "hanako").exercises[FREE]
    assert (mark.points, mark.comment) == (float(len(points)), "よい"), "the mean of two mentors"
    assert read_marks(desk, "L3", "taro").exercises[FREE].points is None
    (asked,) = (each for each in room.answers("L3") if each["id"] == FREE)
    assert asked["written"][0]["marks"]["佐藤"] == points


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": {"numerator": 1.0}},
        {"points": {}},
        {"points": "10"},
        {"points": "most"},
        {"mentor": " "},
        {"student": "jiro"},
        {"exercise": "L3-01"},
    ],
)
def test_marks_that_no_page_sends_are_none(desk: MentorFolder, wrong: dict[str, Any]) -> None:
    room = DeskRoom(desk)
    (asked,) = (each for each in room.answers("L3") if each["id"] == FREE)
    points = {each["id"]: each["points"] for each in asked["criteria"]}
    if wrong.get("points") == "most":
        wrong = {"points": {name: most + 0.5 for name, most in points.items()}}
    sent = {"lesson": "L3", "exercise": FREE, "student": "taro", "mentor": "佐藤", "points": points}
    with pytest.raises(NotAsked):
        room.step("mark", {**sent, **wrong})
    assert class_file(desk).marks("L3", FREE) == ()


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
