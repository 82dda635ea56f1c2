"""Grading in process gives what the kernel gives, whoever asks for it, and loses nothing when something breaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cohort import STOCK_STEPS, all_answers, answered, hand_in

from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.grading.store import DeskStore
from coursebook.answer_cell import answer_alone, recognise

if TYPE_CHECKING:
    from collections.abc import Callable

    from cohort import Notebook

    from classroom.mentor.place.folder import MentorFolder

    Points = Callable[[MentorFolder, str], dict[str, float | None]]

LATE = "2027-01-12 10:00:00 UTC"
UNWRITTEN = ("", "SELECT 1", "SELEC", "SELECT ___", "WITH RECURSIVE t(n) AS (SELECT")
LOOP = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t"


def nbgrader(folder: MentorFolder, *arguments: str, **variables: str) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    command = [sys.executable, "-m", "nbgrader", *arguments]
    environment = {**os.environ, **variables, "PATH": path}
    done = subprocess.run(command, cwd=folder.root, env=environment, capture_output=True, encoding="utf-8", check=False)
    return f"{done.returncode}\n{done.stderr}"


def marks_of(folder: MentorFolder, student: str) -> dict[str, Any]:
    path = next((folder.root / "autograded" / student / "L1").glob("*.ipynb"))
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {
        cell["id"]: ["".join(each["data"]["text/plain"]) for each in cell["outputs"]]
        for cell in cells
        if cell["id"].startswith("grade-")
    }


def test_points_are_those_of_a_kernel_for_hundreds_of_answers(
    folder: MentorFolder, name: str, notebook: Notebook
) -> None:
    """A kernel's session runs each answer cell and its %grade line; both judge on the learners' databases here."""
    from cohort import LAYOUTS

    from classroom.learner.kernel.execute import run_cell
    from classroom.learner.state.desk import Desk
    from classroom.mentor.grading.desk import MentorDesk
    from classroom.mentor.grading.marked import questions_of

    folder.seed_path.write_text("0\n", encoding="ascii")
    cases = [
        (exercise.id, f"-- 解答 {exercise.id}\n{LAYOUTS[(number + other) % len(LAYOUTS)](answer)}")
        for exercise in folder.course.lesson("L1").exercises
        for number, answer in enumerate((*all_answers(exercise), exercise.starter, *UNWRITTEN))
        for other in (0, 1)  # two layouts of each answer, every layout with every kind of answer
    ]
    desk, learner = MentorDesk(folder), Desk(lang="ja", practice=Path(os.devnull))
    learner.practice = None
    asked = [questions_of({exercise: source}, desk)[exercise] for exercise, source in cases]
    judged = desk.judgements(asked)
    differing = []
    try:
        for (exercise, source), question in zip(cases, asked, strict=True):
            learner.marker.remember(recognise(source) or answer_alone(exercise, source))
            shown: list[Any] = []
            run_cell(learner, f"%grade {exercise}", shown.append)
            if shown[0].data["text/plain"] != repr(float(judged[question.key].points)):
                differing.append((exercise, source, shown[0].data["text/plain"], judged[question.key].points))
    finally:
        learner.close()
    assert len(cases) > 200
    assert differing == []


def test_an_answer_in_bigquerys_dialect_is_judged_in_it(folder: MentorFolder) -> None:
    from classroom.mentor.grading.desk import MentorDesk
    from classroom.mentor.grading.marked import questions_of

    folder.seed_path.write_text("0\n", encoding="ascii")
    right = folder.course.exercise("L1-07").in_language("ja").solution.replace("guests", "`company.shop.guests`")
    written = [f"-- dialect: bigquery\n{right}", f"{right}\n-- dialect: bigquery", right]
    desk = MentorDesk(folder)
    asked = [questions_of({"L1-07": f"-- 解答 L1-07\n{each}"}, desk)["L1-07"] for each in written]
    judged = desk.judgements(asked)
    assert [judged[each.key].points for each in asked] == [10.0, 10.0, 0.0]


def test_the_three_ways_of_grading_write_the_same(
    folder: MentorFolder, classroom_of: Callable[[int], list[str]], points: Points
) -> None:
    students = classroom_of(4)
    grade_assignment(folder, "L1")
    ours = {student: (points(folder, student), marks_of(folder, student)) for student in students}
    assert nbgrader(folder, "autograde", "L1", "--force").startswith("0\n")
    assert {student: (points(folder, student), marks_of(folder, student)) for student in students} == ours
    with (folder.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(STOCK_STEPS)
    told = nbgrader(folder, "autograde", "L1", "--force", "--student", "s00[01]", PENGUIN_DATA="", PENGUIN_LANG="ja")
    assert told.startswith("0\n"), told[-2000:]
    for student in students[:2]:
        theirs = points(folder, student)
        assert {name: (score == 10.0) for name, score in theirs.items()} == {
            name: (score == 10.0) for name, score in ours[student][0].items()
        }


def test_the_judge_begins_before_the_gradebook_is_opened_and_not_at_all_where_nothing_has_come(
    folder: MentorFolder, classroom_of: Callable[[int], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from classroom.mentor.grading import grade, pool

    students, done = classroom_of(1), list[str]()
    begun, opened = pool.judge_of, grade.open_gradebook

    def begin(*how: Any) -> Any:
        done.append("judge")
        return begun(*how)

    def open_it(*which: Any) -> Any:
        done.append("gradebook")
        return opened(*which)

    monkeypatch.setattr(pool, "judge_of", begin)
    monkeypatch.setattr(grade, "open_gradebook", open_it)
    assert grade_assignment(folder, "L1").graded == students
    assert done == ["judge", "gradebook"]  # and no second one for the answers
    assert grade_assignment(folder, "L1").skipped == students
    assert done == ["judge", "gradebook", "gradebook"]
    assert grade_assignment(folder, "L1", again=True).graded == students
    assert done[3:] == ["judge", "gradebook"]


def test_a_second_run_leaves_what_is_graded_alone(
    folder: MentorFolder, classroom_of: Callable[[int], list[str]], name: str, notebook: Notebook
) -> None:
    students = classroom_of(3)
    assert grade_assignment(folder, "L1").graded == students
    hand_in(folder.root, "s001", "L1", name, answered(notebook, {"L1-01": "SELECT 1 AS a"}), LATE)
    report = grade_assignment(folder, "L1")
    assert (report.graded, report.skipped) == (["s001"], ["s000", "s002"])
    attempts = [each.attempt for each in DeskStore(folder.store_path).submissions("L1", "s001")]
    assert attempts == [1, 2]


def test_one_bad_submission_costs_only_itself(
    folder: MentorFolder, classroom_of: Callable[[int], list[str]], name: str, points: Points
) -> None:
    students = classroom_of(3)
    hand_in(folder.root, "aaa", "L1", name, "{broken")
    hand_in(folder.root, "bbb", "L1", "other.ipynb", "{}")
    report = grade_assignment(folder, "L1")
    assert report.graded == students
    assert [(student, each.code) for student, each in report.refused] == [
        ("aaa", "not_json"),
        ("bbb", "no_cells_named"),
    ]
    assert points(folder, "aaa") == {}
    told = nbgrader(folder, "autograde", "L1", "--force")
    assert "CannotGrade: not_json" in told
    assert len(points(folder, "s002")) == 10


@pytest.mark.parametrize(("assignment", "student"), [("L1", "nobody"), ("L9", "hanako")])
def test_more_time_is_for_those_on_the_list_and_for_released_lessons(
    folder: MentorFolder, assignment: str, student: str
) -> None:
    from classroom.mentor.returning.workflow import NotListed, extend

    with pytest.raises(NotListed):
        extend(folder, assignment, student, days=1)


def test_lateness_costs_by_the_day_and_an_extension_gives_it_back(
    folder: MentorFolder, name: str, notebook: Notebook
) -> None:
    import datetime as dt

    from classroom.mentor.grading.marks import read_marks
    from classroom.mentor.place.gradebook import open_gradebook
    from classroom.mentor.returning.workflow import extend

    rule = "\nc.AssignLatePenalties.plugin_class = 'classroom.mentor.late.PenaltyByDay'\n"
    with (folder.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(rule)
    with open_gradebook(folder) as gradebook:
        gradebook.update_or_create_assignment("L1", duedate=dt.datetime(2027, 1, 11))  # noqa: DTZ001  (nbgrader's UTC)
    answers = {"L1-01": folder.course.exercise("L1-01").solution}
    hand_in(folder.root, "hanako", "L1", name, answered(notebook, answers), LATE)
    grade_assignment(folder, "L1")
    marks = read_marks(folder, "L1", "hanako")
    assert (marks.total, marks.penalty) == (8.0, 2.0)
    extend(folder, "L1", "hanako", days=3)
    grade_assignment(folder, "L1", again=True)
    assert read_marks(folder, "L1", "hanako").total == 10.0


def test_a_changed_rule_moves_scores_and_says_whose(
    folder: MentorFolder, name: str, notebook: Notebook, monkeypatch: pytest.MonkeyPatch, points: Points, tmp_path: Path
) -> None:
    import shutil

    from classroom.mentor.place.folder import MentorFolder as Folder

    hand_in(folder.root, "hanako", "L1", name, answered(notebook, {"L1-01": "SELECT 1 AS answered, 2 AS visitors"}))
    grade_assignment(folder, "L1")
    assert points(folder, "hanako")["L1-01"] == 0.0
    course = tmp_path / "changed"
    shutil.copytree(folder.course.root, course)
    solution = next(course.glob("lessons/01-*/exercises/01-*/solution.sql"))
    names = [part.split(" AS ")[1].strip().rstrip(";") for part in solution.read_text(encoding="utf-8").split(",")]
    solution.write_text(f"SELECT 1 AS {names[0]}, 2 AS {names[1]}\n", encoding="utf-8")
    monkeypatch.setenv("PENGUIN_COURSE", str(course))
    changed = Folder(folder.root)
    assert grade_assignment(changed, "L1").stale == ["hanako"]
    report = grade_assignment(changed, "L1", again=True)
    assert [(each.student, each.exercise, each.before, each.after) for each in report.moved] == [
        ("hanako", "L1-01", 0.0, 10.0)
    ]


def test_a_mentors_own_score_and_comment_outlive_a_regrade(
    folder: MentorFolder, classroom_of: Callable[[int], list[str]]
) -> None:
    from classroom.mentor.grading.marks import read_marks
    from classroom.mentor.place.gradebook import open_gradebook

    classroom_of(1)
    grade_assignment(folder, "L1")
    with open_gradebook(folder) as gradebook:
        book = next(iter(gradebook.find_submission("L1", "s000").notebooks)).name
        gradebook.find_grade("grade-L1-07", book, "L1", "s000").manual_score = 9.5
        gradebook.find_comment("answer-L1-07", book, "L1", "s000").manual_comment = "よい考えです。"
        gradebook.db.commit()
    grade_assignment(folder, "L1", again=True)
    mark = read_marks(folder, "L1", "s000").exercises["L1-07"]
    assert (mark.points, mark.comment) == (9.5, "よい考えです。")
