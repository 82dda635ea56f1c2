"""A lesson goes through nbgrader: released with its starters, graded right with the ordinary kernel."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from coursebook import compile_lesson, load_course

if TYPE_CHECKING:
    from collections.abc import Callable

    from coursebook import LessonExercise

NOTEBOOK = "lesson.ipynb"
TWO_OF_FOUR = "SELECT 'b' AS guests, 'd' AS talks, 'd' AS messages, 'a' AS appointments"
IDS = ("L1-03", "L1-07", "L1-09")


def nbgrader(folder: Path, *arguments: str, **variables: str) -> None:
    # nbgrader looks its own tools up on the path
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, **variables, "PATH": path}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="module")
def course_folder(tmp_path_factory: pytest.TempPathFactory, practice: Path) -> Path:
    """A course with three exercises of lesson 1, released, handed in by five learners and graded."""
    folder = tmp_path_factory.mktemp("course")
    config = Path(__file__).parents[2] / "jupyter_config" / "nbgrader_config.py"
    shutil.copy(config, folder / "nbgrader_config.py")
    source: dict[str, Any] = json.loads(compile_lesson(load_course().lesson("L1"), "ja", "source"))
    source["cells"] = [cell for cell in source["cells"] if cell["id"].endswith(IDS)]
    write(folder / "source" / "L1" / NOTEBOOK, source)
    nbgrader(folder, "generate_assignment", "L1", "--create")
    for learner, answers in LEARNERS.items():
        hand_in(folder, learner, answers)
    nbgrader(folder, "autograde", "L1", "--create", PENGUIN_DATA=str(practice), PENGUIN_LANG="ja")
    return folder


def write(place: Path, notebook: dict[str, Any]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(notebook), encoding="utf-8")


def nothing(exercise: LessonExercise) -> str | None:
    return None


LEARNERS: dict[str, Callable[[LessonExercise], str | None]] = {
    "right": lambda exercise: exercise.solution,
    "wrong": lambda exercise: None if exercise.kind.letter == "Q" else exercise.near_misses[0].text,
    "half-right": lambda exercise: TWO_OF_FOUR if exercise.kind.letter == "Q" else None,
    "untouched": nothing,
    "one-of-three": lambda exercise: exercise.solution if exercise.id == "L1-07" else None,
    "skipper": nothing,
}


def hand_in(folder: Path, learner: str, answers: Callable[[LessonExercise], str | None]) -> None:
    notebook: dict[str, Any] = json.loads((folder / "release" / "L1" / NOTEBOOK).read_text(encoding="utf-8"))
    course = load_course()
    for cell in notebook["cells"]:
        if cell["id"].startswith("answer-"):
            answer = answers(course.exercise(cell["id"].removeprefix("answer-")))
            first = "".join(cell["source"]).splitlines()[0]
            cell["source"] = f"{first}\n{answer}" if answer is not None else cell["source"]
        if learner == "skipper":
            cell["metadata"]["tags"] = ["skip-execution"]
    write(folder / "submitted" / learner / "L1" / NOTEBOOK, notebook)


def points(folder: Path, learner: str) -> dict[str, float]:
    import sqlite3

    query = """
        SELECT base_cell.name, coalesce(grade.auto_score, -1)
        FROM grade
        JOIN base_cell ON base_cell.id = grade.cell_id
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
        WHERE submitted_assignment.student_id = ?"""
    connection = sqlite3.connect(folder / "gradebook.db")
    try:
        return {name.removeprefix("grade-"): score for name, score in connection.execute(query, [learner])}
    finally:
        connection.close()


def test_the_release_holds_starters_and_no_solution(course_folder: Path) -> None:
    released = (course_folder / "release" / "L1" / NOTEBOOK).read_text(encoding="utf-8")
    assert "gests" in released
    assert "NOT is_test" not in released.replace("`NOT is_test`", "")
    assert "SOLUTION" not in released


@pytest.mark.parametrize(
    ("learner", "expected"),
    [
        ("right", (10.0, 10.0, 10.0)),
        ("half-right", (0.0, 0.0, 5.0)),
        ("untouched", (0.0, 0.0, 0.0)),
        ("one-of-three", (0.0, 10.0, 0.0)),
        ("skipper", (0.0, 0.0, 0.0)),
    ],
)
def test_points_are_right(course_folder: Path, learner: str, expected: tuple[float, ...]) -> None:
    assert points(course_folder, learner) == dict(zip(IDS, expected, strict=True))


def test_a_wrong_query_earns_part_of_the_points_and_a_wrong_decision_none(course_folder: Path) -> None:
    found = points(course_folder, "wrong")
    assert all(0.0 < found[each] < 10.0 for each in IDS[:2])
    assert found[IDS[2]] == 0.0
