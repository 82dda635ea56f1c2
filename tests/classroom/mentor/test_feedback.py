"""Feedback tells the learner everything but the solution, and nothing in it or at the mentor's is active content."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cohort import answered, hand_in, released

from classroom.mentor.classpage.scores import export_grades
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.returning.feedback import feedback_page, make_feedback
from classroom.mentor.returning.workflow import release, release_feedback
from classroom.messages import say

if TYPE_CHECKING:
    from cohort import Notebook

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def graded_root(released_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hanako answered four exercises, one of them with a script; the mentor has commented."""
    root = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(released_root, root)
    folder, (name, notebook) = MentorFolder(root), released(root, "L1")
    folder.seed_path.write_text("20270401\n", encoding="ascii")  # one that can be looked for
    release(folder, "L1", None, to_exchange=False)
    exercise = folder.course.exercise
    answers = {
        "L1-01": exercise("L1-01").solution,
        "L1-03": exercise("L1-03").near_misses[0].text,
        "L1-05": f"SELECT '{SCRIPT}' AS name -- {SCRIPT}",
        "L1-09": exercise("L1-09").near_misses[0].text,
    }
    submitted = answered(notebook, answers)
    (folder.root / "submitted/hanako/L1").mkdir(parents=True)
    (folder.root / "submitted/hanako/L1/submission_secret.txt").write_text("secret", encoding="ascii")
    copy = {"cell_type": "code", "id": "copy", "metadata": {}, "source": f"-- 解答 L1-05\n{SCRIPT}"}
    note = {"cell_type": "markdown", "id": "note", "metadata": {}, "source": f"memo {SCRIPT} [x](javascript:alert(3))"}
    hand_in(
        folder.root,
        "hanako",
        "L1",
        name,
        {**submitted, "cells": [*submitted["cells"], note, copy]},
        "2027-01-10 10:00:00 UTC",
    )
    grade_assignment(folder, "L1")
    with open_gradebook(folder) as gradebook:
        book = next(iter(gradebook.find_submission("L1", "hanako").notebooks)).name
        gradebook.find_comment("answer-L1-03", book, "L1", "hanako").manual_comment = f"**惜しい** {SCRIPT}"
        gradebook.update_or_create_student("hanako", first_name=SCRIPT, last_name="=1+1")
        gradebook.db.commit()
    return root


@pytest.fixture
def graded(graded_root: Path, tmp_path: Path) -> MentorFolder:
    """A folder of the test's own."""
    shutil.copytree(graded_root, tmp_path / "graded")
    return MentorFolder(tmp_path / "graded")


def solutions(folder: MentorFolder) -> list[str]:
    return [each.solution.strip() for each in folder.course.lesson("L1").exercises if each.kind.letter in "WFB"]


def test_the_page_tells_times_in_the_courses_zone_and_what_is_solved_beside_the_points(graded: MentorFolder) -> None:
    lines = [each for each in graded.settings_path.read_text("utf-8").splitlines() if not each.startswith("zone")]
    graded.settings_path.write_text("\n".join([*lines, 'zone = "Asia/Tokyo"', ""]), encoding="utf-8")
    page = feedback_page(MentorFolder(graded.root), "L1", "hanako")
    assert "2027-01-10 19:00 (JST)" in page
    assert "UTC</li>" not in page
    count = len(graded.course.lesson("L1").placed_exercises("ja"))
    assert say("feedback.solved", "ja", solved=1, count=count) in page


def test_what_a_mentor_gave_all_points_is_told_as_solved(graded: MentorFolder) -> None:
    with open_gradebook(graded) as gradebook:
        book = next(iter(gradebook.find_submission("L1", "hanako").notebooks)).name
        grade = gradebook.find_grade("grade-L1-03", book, "L1", "hanako")
        grade.manual_score = grade.max_score
        gradebook.db.commit()
    count = len(graded.course.lesson("L1").placed_exercises("ja"))
    assert say("feedback.solved", "ja", solved=2, count=count) in feedback_page(graded, "L1", "hanako")


def test_the_page_tells_verdict_hint_score_and_comment_in_the_learners_language(graded: MentorFolder) -> None:
    page = feedback_page(graded, "L1", "hanako")
    hint = graded.course.exercise("L1-03").hint(graded.course.exercise("L1-03").near_misses[0].stem, "ja")
    for part in (
        "得点:",
        "提出回数: 1",
        "メンターから",
        "<strong>惜しい</strong>",
        hint[:12],
        say("verdict.example", "ja"),
    ):
        assert part in page


def test_no_solution_is_shown_before_the_mentor_allows_it(graded: MentorFolder) -> None:
    closed = feedback_page(graded, "L1", "hanako")
    opened = feedback_page(graded, "L1", "hanako", with_solutions=True)
    from html import escape

    wrong = [text for text in solutions(graded) if escape(text) in closed]
    assert wrong == []
    assert all(escape(text) in opened for text in solutions(graded))


def test_what_learners_and_mentors_wrote_is_shown_and_never_run(graded: MentorFolder) -> None:
    page = feedback_page(graded, "L1", "hanako")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert "<img" not in page


def test_the_mentors_view_of_a_submission_holds_no_script(graded: MentorFolder) -> None:
    """What formgrader does: nbconvert's HTML exporter with its own template under the folder's configuration."""
    from nbconvert.exporters import HTMLExporter
    from nbgrader.server_extensions.formgrader import handlers

    config = graded.config
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    path = next(graded.root.glob("autograded/hanako/L1/*.ipynb"))
    known = {"index": 0, "total": 1, "base_url": "", "notebook_id": "n", "assignment_id": "L1", "student": "hanako"}
    known |= {"first_name": SCRIPT, "last_name": SCRIPT}
    html, _ = HTMLExporter(config=config).from_filename(str(path), resources=known)
    cells = html[html.index("<body") :]
    assert ".pg-card" in cells
    assert "&lt;small&gt;" not in cells
    assert "alert(1)" in cells
    assert "<script>alert" not in cells
    assert "<img" not in cells
    assert 'href="javascript:' not in cells


def test_earlier_feedback_is_kept(graded: MentorFolder) -> None:
    make_feedback(graded, "L1")
    make_feedback(graded, "L1", with_solutions=True)
    assert len(DeskStore(graded.store_path).feedback("L1", "hanako")) == 2


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_nbgraders_own_commands_write_and_release_the_same_page(graded: MentorFolder) -> None:
    page = feedback_page(graded, "L1", "hanako")
    make_feedback(graded, "L1")
    assert next(graded.root.glob("feedback/hanako/L1/*.html")).read_text(encoding="utf-8") == page
    release_feedback(graded, "L1")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    for command in (["generate_feedback", "L1", "--force"], ["release_feedback", "L1"]):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=graded.root,
            env={**os.environ, "PATH": path},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
    assert next(graded.root.glob("feedback/hanako/L1/*.html")).read_text(encoding="utf-8") == page


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_hand_in_that_did_not_come_through_the_exchange_holds_up_nobodys_feedback(
    graded: MentorFolder, name: str, notebook: Notebook
) -> None:
    hand_in(graded.root, "taro", "L1", name, answered(notebook, {"L1-01": "SELECT 1"}))
    grade_assignment(graded, "L1")
    assert make_feedback(graded, "L1") == ["hanako", "taro"]
    assert release_feedback(graded, "L1").keyless == ("taro",)
    assert release_feedback(graded, "L1", ["hanako"]).keyless == ()
    released = list(Path(graded.config.Exchange.root).glob("*/feedback/*.html"))
    assert len(released) == 1


def test_no_file_a_learner_gets_holds_a_solution_or_the_seed(graded: MentorFolder) -> None:
    make_feedback(graded, "L1")
    given = [path for step in ("release", "feedback") for path in (graded.root / step).rglob("*") if path.is_file()]
    text = "\n".join(path.read_text(encoding="utf-8") for path in given)
    assert len(given) >= 3
    assert str(graded.seed) not in text
    sources = json.loads(next(graded.root.glob("release/L1/*.ipynb")).read_text(encoding="utf-8"))["cells"]
    released = "\n".join("".join(each["source"]) + json.dumps(each["metadata"], ensure_ascii=False) for each in sources)
    assert [each for each in solutions(graded) if each in released] == []


def test_a_name_that_looks_like_a_formula_is_harmless_in_the_export(graded: MentorFolder, tmp_path: Path) -> None:
    export_grades(graded, tmp_path / "grades.csv")
    with (tmp_path / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    assert {row["last_name"] for row in rows} == {"'=1+1"}
    assert {row["exercise"]: row["points"] for row in rows}["L1-01"] == "10.0"
