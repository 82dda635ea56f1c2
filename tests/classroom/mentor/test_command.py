"""`penguin mentor` from the first command to the last, through nbgrader's exchange."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from cohort import answered, released, seeded
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.folder import CARRIED
from classroom.learner.progress import ProgressStore
from classroom.mentor.classpage.begin import BadCourseName, begin
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.roster import RosterFault, read_roster
from classroom.mentor.returning.send import read_definitions
from classroom.messages import say
from coursebook.practice.vague import load_questions

if TYPE_CHECKING:
    from pathlib import Path


def run(*command: str, where: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **variables}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=where, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def penguin(where: Path, *arguments: str) -> str:
    done = run("classroom", "mentor", *arguments, where=where)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def again(root: Path, *arguments: str) -> str:
    """What a command says that has been seen in a process of its own, which takes a processor three seconds to start."""
    done = CliRunner().invoke(app, [*arguments, "--dir", str(root)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange needs a Unix system")
def test_a_lesson_goes_from_init_to_export_through_the_exchange(tmp_path: Path) -> None:
    roster, exchange, root = tmp_path / "roster.csv", tmp_path / "exchange", tmp_path / "course"
    roster.write_text("\ufeffid,first_name,last_name\nroot,Hana,Yamada\ntaro,Taro,Sato\n", encoding="utf-8")
    exchange.mkdir()
    exchange.chmod(0o777)
    said = penguin(
        tmp_path, "init", str(seeded(root)), "--lang", "en", "--roster", str(roster), "--exchange", str(exchange)
    )
    assert "2 learners" in said
    penguin(root, "release", "L1", "--due", "2099-01-31T23:59+09:00")
    name, notebook = released(root, "L1")
    learner = tmp_path / "learner" / "L1"
    learner.mkdir(parents=True)
    solution = MentorFolder(root).course.exercise("L1-01").solution
    import json

    (learner / name).write_text(json.dumps(answered(notebook, {"L1-01": solution})), encoding="utf-8")
    options = [f"--Exchange.root={exchange}", "--course", "course"]
    submitted = run("nbgrader", "submit", "L1", *options, where=learner.parent, JUPYTER_CONFIG_DIR=str(tmp_path))
    assert submitted.returncode == 0, submitted.stderr
    assert "New hand-ins: 1 (L1 1)" in penguin(root, "collect", "L1")
    assert "No new hand-ins" in again(root, "collect", "L1")
    assert "Graded 1 hand-in (" in penguin(root, "grade", "L1")
    assert "1 is unchanged" in again(root, "grade", "L1")
    assert "Feedback made for 1" in penguin(root, "feedback", "L1")
    fetched = run("nbgrader", "fetch_feedback", "L1", *options, where=learner.parent, JUPYTER_CONFIG_DIR=str(tmp_path))
    assert fetched.returncode == 0, fetched.stderr
    page = next(learner.rglob("*.html")).read_text(encoding="utf-8")
    assert "Score: 10 of" in page
    penguin(root, "export", "--to", "grades.csv")
    assert "L1-01,10.0,10.0,accepted" in (root / "grades.csv").read_text(encoding="utf-8-sig")


@pytest.mark.skipif(sys.platform == "win32", reason="such rights are a Unix system's")
def test_a_folder_that_was_there_is_closed_to_all_but_its_owner_and_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classroom.mentor.classpage.begin.write_sources", lambda _: None)
    root = tmp_path / "course"
    root.mkdir()
    root.chmod(0o775)
    begin(root, "ja", [])
    assert root.stat().st_mode & 0o777 == 0o770


@pytest.mark.parametrize("course", ['Data "A" team', "it's = [course]", "営業'部\" # 🐧"])
def test_a_course_keeps_whatever_name_it_is_given(course: str, tmp_path: Path) -> None:
    odd = tmp_path / "an \"odd\" 'place'"
    folder = begin(tmp_path / "course", "ja", [], course=course, exchange=odd)
    again = MentorFolder(folder.root)
    assert (again.course_id, again.settings["exchange"]) == (course, str(odd))
    assert again.config.CourseDirectory.course_id == course


@pytest.mark.parametrize("course", ["..", "a/b", "a\\b", "a\nb", "a\x7fb"])
def test_a_course_is_not_called_what_no_folder_can_be_called(course: str, tmp_path: Path) -> None:
    with pytest.raises(BadCourseName):
        begin(tmp_path / "course", "ja", [], course=course)
    assert not (tmp_path / "course").exists()


@pytest.mark.parametrize("command", [("grade", "L1"), ("init", ".")])
def test_a_slip_in_the_settings_is_told_with_its_place(command: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "settings.toml").write_text('lang = "ja"\ncourse = "Data "A" team"\n', encoding="utf-8")
    done = run("classroom", "mentor", *command, where=tmp_path, PENGUIN_LANG="en")
    assert done.returncode == 2
    assert "settings.toml" in done.stderr
    assert "line 2" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_made_is_told_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = CliRunner().invoke(app, ["init", str(tmp_path / "file" / "course"), "--lang", "en"])
    assert done.exit_code == 2
    assert "can't be made or written to (Not a directory)" in " ".join(done.output.split())


@pytest.mark.parametrize("bad", ["name\nhana\n", "id\n../up\n", "id\na/b\n", "id,first_name\n,Hana\n"])
def test_a_class_list_with_an_impossible_id_is_refused_by_its_line(bad: str, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(bad, encoding="utf-8")
    with pytest.raises(RosterFault):
        read_roster(tmp_path / "roster.csv")


def test_outside_of_a_mentors_folder_the_way_in_is_told(tmp_path: Path) -> None:
    done = run("classroom", "mentor", "grade", "L1", where=tmp_path, PENGUIN_LANG="en")
    assert done.returncode == 2
    assert "penguin mentor init" in done.stderr


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_shared_folder_that_is_not_there_is_told_before_anything_is_made(tmp_path: Path, lang: str) -> None:
    gone = tmp_path / "drive" / "sql"
    done = CliRunner().invoke(app, ["init", str(tmp_path / "course"), "--lang", lang, "--share", str(gone)])
    assert done.exit_code != 0
    assert done.output.strip() == say("desk.share_missing", lang, place=gone)
    assert not (tmp_path / "course").exists()


def test_git_keeps_nothing_of_a_class_folder_inside_of_a_clone(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    begin(tmp_path / "course", "en", [])
    told = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout == ""
    (tmp_path / "course" / ".gitignore").write_text("desk/\n", encoding="utf-8")
    begin(tmp_path / "course", "en", [])
    assert (tmp_path / "course" / ".gitignore").read_text(encoding="utf-8") == "desk/\n"


def test_what_learners_defined_is_counted_in_the_hand_ins_of_all_lessons(desk: MentorFolder) -> None:
    place = desk.step("submitted", "hanako", "L1")
    place.mkdir(parents=True)
    ProgressStore(place / CARRIED)
    reading = load_questions(desk.course.root)[0].readings[0].name.ja
    with closing(sqlite3.connect(place / CARRIED)) as file, file:
        file.execute("INSERT INTO cards VALUES ('T1', '2027-01-01T00:00:00+00:00', 'SELECT 1', 1, ?)", (reading,))
    done = CliRunner().invoke(app, ["collect", "--dir", str(desk.root)])
    assert done.exit_code == 0, done.output
    assert [(each.question, each.counts[0]) for each in read_definitions(desk)] == [("T1", 1)]
