"""Faults that are really provoked: the rest is graded, the mentor is told what to do, a second run finishes the job."""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from cohort import answered, hand_in, mixed_answers
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place import faults
from classroom.mentor.place.folder import MentorFolder
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cohort import Notebook

    Points = Callable[[MentorFolder, str], dict[str, float | None]]

LOOP = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t"
GLUTTON = "SELECT repeat('x', 2000000000), range FROM range(2000)"
HOLD = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN {kind}'); print(1, flush=True); input()"


def test_a_worker_killed_in_mid_run_costs_no_score(
    folder: MentorFolder, classroom_of: Callable[[int], list[str]], points: Points
) -> None:
    students = classroom_of(4)
    killed: list[int] = []

    def kill_one(done: int, total: int) -> None:
        """Once the first answers are judged and others are not."""
        if not killed and done < total:
            worker = next(each for each in multiprocessing.active_children() if each.name == "sqlgrade-worker")
            killed.append(worker.pid or 0)
            worker.kill()

    report = grade_assignment(folder, "L1", workers=2, progress=kill_one)
    first = {student: points(folder, student) for student in students}
    assert killed
    assert report.graded == students
    with DeskStore(folder.store_path).open() as connection:
        connection.execute("DELETE FROM judgements")
    grade_assignment(folder, "L1", again=True)
    assert {student: points(folder, student) for student in students} == first


def mentor_grades(folder: MentorFolder) -> tuple[int, str]:
    """What `penguin mentor grade L1` ends with, and what it says."""
    done = CliRunner().invoke(app, ["grade", "L1", "--dir", str(folder.root)], catch_exceptions=False)
    return done.exit_code, done.output


def check_nothing_lost_or_doubled(folder: MentorFolder, students: list[str], points: Points) -> None:
    assert [len(points(folder, student)) for student in students] == [10] * len(students)
    answers = DeskStore(folder.store_path).answers("L1", every_attempt=True)
    assert max(Counter((each.student, each.exercise) for each in answers).values()) == 1
    assert not list(folder.root.glob("autograded/*/.*"))
    report = grade_assignment(folder, "L1")
    assert (report.graded, report.skipped) == ([], students)


@pytest.mark.parametrize(
    ("file", "kind", "lang"),
    [("gradebook.db", "IMMEDIATE", "ja"), ("gradebook.db", "EXCLUSIVE", "en"), ("desk/desk.db", "IMMEDIATE", "ja")],
)
def test_a_file_that_another_process_holds_stops_with_advice_and_a_second_run_finishes(
    folder: MentorFolder,
    classroom_of: Callable[[int], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    points: Points,
    file: str,
    kind: str,
    lang: str,
) -> None:
    students = classroom_of(2)
    settings = folder.settings_path.read_text(encoding="utf-8")
    folder.settings_path.write_text(settings.replace('lang = "ja"', f'lang = "{lang}"'), encoding="utf-8")
    monkeypatch.setattr(faults, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr("classroom.mentor.grading.store.BUSY_SECONDS", 0.1)
    _ = DeskStore(folder.store_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD.format(kind=kind), folder.root / file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline()
        code, said = mentor_grades(folder)
        holder.kill()
    assert (code, " ".join(said.split())) == (2, say("desk.gradebook_locked", lang, seconds=0))
    code, said = mentor_grades(folder)
    assert code == 0, said
    check_nothing_lost_or_doubled(folder, students, points)


@pytest.fixture
def small_disk(folder: MentorFolder, tmp_path: Path) -> Iterator[MentorFolder]:
    """The folder on a file system of its own with little room; only root may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", place]
    mounted = shutil.which("mount") and subprocess.run(command, check=False, capture_output=True).returncode == 0
    if not mounted:
        pytest.skip("a small disk cannot be mounted here: that takes root")
    try:
        shutil.copytree(folder.root, place / "course")
        yield MentorFolder(place / "course")
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def fill(disk: Path, *, leave: int) -> Path:
    """Fill a disk but for so many bytes, and give the file that does it."""
    filler = disk / "filler"
    filler.write_bytes(b"\0" * max(0, shutil.disk_usage(disk).free - leave))
    return filler


@pytest.mark.parametrize("leave", [0, 200_000], ids=lambda each: f"{each}-bytes-left")
def test_a_full_disk_stops_with_advice_and_a_second_run_finishes(
    small_disk: MentorFolder, name: str, notebook: Notebook, points: Points, leave: int
) -> None:
    """Whichever file is being written when the room ends: the desk's, the notebooks or the gradebook."""
    students = [f"s{number}" for number in range(6)]
    for number, student in enumerate(students):
        answers = mixed_answers(small_disk.course, ("L1-01", "L1-09"), number)
        hand_in(small_disk.root, student, "L1", name, answered(notebook, answers))
    filler = fill(small_disk.root.parent, leave=leave)
    code, said = mentor_grades(small_disk)
    assert code == 2
    assert say("desk.disk_full", "ja", place="#").split("#")[1].strip()[-20:] in " ".join(said.split())
    filler.unlink()
    code, said = mentor_grades(small_disk)
    assert code == 0, said
    check_nothing_lost_or_doubled(small_disk, students, points)


def test_endless_and_greedy_answers_get_no_points_and_the_rest_is_graded(
    folder: MentorFolder, name: str, notebook: Notebook, points: Points
) -> None:
    right = folder.course.exercise("L1-07").solution
    answers = {"glutton": GLUTTON, "loop": LOOP, "right": right}
    for student, answer in answers.items():
        hand_in(folder.root, student, "L1", name, answered(notebook, {"L1-07": answer}))
    report = grade_assignment(folder, "L1")
    assert report.graded == sorted(answers)
    assert report.faults == set()
    assert [points(folder, each)["L1-07"] for each in ("loop", "glutton", "right")] == [0.0, 0.0, 10.0]
    check_nothing_lost_or_doubled(folder, sorted(answers), points)
