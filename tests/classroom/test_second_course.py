"""A course on tables of its own: proved, started, answered, handed in and graded, each command a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from jupyter_client.manager import KernelManager

from classroom.chosen_course import VARIABLE, kept_root
from classroom.folder import DATA_VARIABLE, Folder
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.place.folder import MentorFolder
from classroom.messages import say
from classroom.notebook_names import FREE_NAMES, PRACTICE_NAMES
from coursebook import check_course, load_course

if TYPE_CHECKING:
    from collections.abc import Iterator

COURSE = Path(__file__).parents[1] / "second_course"
SUCCESS = {"L1-01": "工具だけを、決まった順に並べられました", "L1-02": "返っていない貸出だけを数えられました"}
pytestmark = pytest.mark.filterwarnings("default")  # of the clients' libraries, not ours


def own_environment(lang: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in (VARIABLE, DATA_VARIABLE)}
    return {**kept, "PENGUIN_LANG": lang, "PYTHONIOENCODING": "utf-8"}


def penguin(*arguments: str, lang: str = "en", code: int = 0) -> str:
    command = [sys.executable, "-m", "classroom", *arguments]
    done = subprocess.run(command, env=own_environment(lang), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def started(place: Path, lang: str, *more: str) -> Folder:
    penguin("start", "--course", str(COURSE), "--dir", str(place), "--lang", lang, "--prepare-only", *more, lang=lang)
    return Folder(place)


@contextmanager
def kernel_in(folder: Folder, lang: str) -> Iterator[Any]:
    """A kernel that nothing but its folder tells which course it is."""
    manager = KernelManager(kernel_name="penguin-sql", transport_encryption="auto")
    manager.start_kernel(env=own_environment(lang), cwd=folder.root)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    try:
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def shown(client: Any, code: str) -> str:
    told: list[dict[str, Any]] = []
    client.execute_interactive(code, timeout=120, output_hook=told.append)
    return "\n".join(each["content"].get("data", {}).get("text/plain", "") for each in told)


def test_the_course_proves_itself() -> None:
    assert [str(each) for each in check_course(load_course(COURSE))] == []


def test_a_week_on_it(tmp_path: Path) -> None:
    root, share = tmp_path / "desk", tmp_path / "share"
    share.mkdir()
    (tmp_path / "roster.csv").write_text("id,first_name\nhanako,Hana\n", encoding="utf-8")
    init = ("--roster", str(tmp_path / "roster.csv"), "--zone", "Asia/Tokyo", "--share", str(share), "--lang", "ja")
    penguin("mentor", "init", str(root), "--lessons", str(COURSE), *init)
    at = ("--dir", str(root))
    penguin("mentor", "release", "L1", "--due", "2099-01-31", *at)
    penguin("mentor", "invite", "--each", *at)
    desk = MentorFolder(root)
    assert desk.course.record.name == "lending"

    folder = started(tmp_path / "hanako", "ja", "--class", str(root / "invitations" / "hanako.json"))
    (lesson,) = folder.root.glob("01 *.ipynb")
    notebook = json.loads(lesson.read_text(encoding="utf-8"))
    solutions = {each.id: each.in_language("ja").solution for each in desk.course.lesson("L1").exercises}
    answers = {**solutions, "L1-03": "SELECT member_id FROM members"}
    with kernel_in(folder, "ja") as client:
        for cell in notebook["cells"]:
            marks = cell["metadata"].get("penguin", {})
            if marks.get("role") == "answer":
                first = "".join(cell["source"]).split("\n", 1)[0]
                cell["source"] = f"{first}\n{answers[marks['exercise']]}"
                said = shown(client, cell["source"])
                if marks["exercise"] == "L1-03":
                    assert "会員が全員出ています" in said
                else:
                    assert SUCCESS[marks["exercise"]] in said
    lesson.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")

    assert "L1" in penguin("hand-in", "L1", "--dir", str(folder.root), lang="ja")
    penguin("mentor", "collect", *at)
    penguin("mentor", "grade", "L1", *at)
    points = {name: each.points for name, each in read_marks(desk, "L1", "hanako").exercises.items()}
    assert points["L1-01"] == points["L1-02"] == 10
    assert points["L1-03"] < 10
    penguin("mentor", "feedback", "L1", *at)
    assert "L1" in penguin("hand-in", "--dir", str(folder.root), lang="ja")


def test_the_room_is_about_its_tables(tmp_path: Path) -> None:
    folder = started(tmp_path / "room", "en")
    assert not (folder.root / PRACTICE_NAMES["en"]).exists()
    free = json.loads((folder.root / FREE_NAMES["en"]).read_text(encoding="utf-8"))
    (first,) = (each for each in free["cells"] if each["id"] == "free-first")
    with kernel_in(folder, "en") as client:
        tables = shown(client, "%schema")
        assert "What is lent" in tables
        assert "guests" not in tables
        loans = shown(client, "%schema loans")
        assert "When it came back" in loans
        assert "It is still out" in loans
        assert "900" in loans
        assert "branch" in shown(client, first["source"])
        steps = "SELECT plan, count(*) AS n FROM members WHERE left_at IS NULL GROUP BY plan"
        assert "left_at" in shown(client, f"%steps {steps}")
        assert say("night.none", "en") in shown(client, "%night 3")
        offers = client.complete("SELECT pr FROM items", 9, reply=True, timeout=30)["content"]["matches"]
        assert "price" in offers
        told = client.inspect("SELECT returned_at FROM loans", 9, reply=True, timeout=30)["content"]["data"]
        assert "When it came back" in told["text/markdown"]


def test_a_query_from_work_runs_as_it_is_pasted(tmp_path: Path) -> None:
    folder = started(tmp_path / "room", "en")
    of_work = (
        "-- dialect: postgres\n"
        "SELECT to_char(l.lent_at, 'YYYY') AS y, count(*)::int AS n FROM public.loans l JOIN public.items i ON i.item_id = l.item_id\n"
        "WHERE l.returned_at IS NULL GROUP BY 1 ORDER BY 1"
    )
    with kernel_in(folder, "en") as client:
        assert "rows" in shown(client, of_work)
        steps = shown(client, "%steps")
        assert "FROM loans AS l" in steps
        assert "JOIN items AS i" in steps
        assert "WHERE l.returned_at IS NULL: 900, 199" in shown(client, f"{of_work}\n%draft")
        assert "`shop`.`loans`" in shown(client, "SELECT count(*) AS n FROM shop.loans\n%bigquery")
        counted = shown(client, "-- dialect: bigquery\nSELECT COUNT(*) AS n FROM `my-project.shop.loans`")
        assert "900" in counted
        refused = shown(client, f"-- Answer L1-01\n{of_work}")
        assert "postgres" in refused


def test_a_folder_keeps_to_its_course(tmp_path: Path) -> None:
    folder = started(tmp_path / "one", "en")
    assert kept_root(folder.hidden) == COURSE
    at = ("--dir", str(folder.root), "--prepare-only")
    assert "data is there" in penguin("start", *at)  # no --course: the folder's own
    assert [each.name for each in folder.hidden.glob("*.duckdb")] == ["lending-en.duckdb"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "course.toml").write_text((COURSE / "course.toml").read_text(encoding="utf-8"), encoding="utf-8")
    said = penguin("start", "--course", str(other), *at, code=2)
    assert say("start.other_course", "en", folder=folder.root) in said
    assert say("start.no_course", "en", course=tmp_path) in penguin("start", "--course", str(tmp_path), *at[:0], code=2)


def test_another_courses_data_are_told_by_the_table_they_lack(tmp_path: Path) -> None:
    data = tmp_path / "own.duckdb"
    with duckdb.connect(str(data)) as connection:
        connection.execute("CREATE TABLE members (member_id INTEGER)")
    command = [sys.executable, "-m", "classroom", "start", "--course", str(COURSE), "--dir", str(tmp_path / "room")]
    environment = {**own_environment("en"), DATA_VARIABLE: str(data)}
    done = subprocess.run(
        [*command, "--prepare-only"], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert "does not hold the table branches" in done.stderr
