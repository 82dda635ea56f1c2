"""The page for a team's manager: what the team can do, what was passed, what is asked; of nobody the points unless the company says so."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import pytest
from class_of_six import SCRIPT
from desk_server import DeskServer
from servers import closed
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.exchange.exam_paper import ExamPaper
from classroom.mentor.classpage.managers import SMALLEST, TeamForManagers, for_managers
from classroom.mentor.classpage.managers_page import managers_page
from classroom.mentor.classpage.whole import WholeClass
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.exam_store import ExamResult, ExamStore, OpenedExam, TaskResult
from classroom.points import whole_points

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.page.desk import DeskRoom
    from classroom.mentor.place.folder import MentorFolder

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning", "ignore::ResourceWarning")


@pytest.fixture
def folder(folder: MentorFolder) -> MentorFolder:
    """Four of the six in sales, doi alone in planning."""
    class_file(folder).put_into_teams(dict.fromkeys(("aoki", "baba", "chiba", "endo"), "営業"))
    return folder


def of_team(folder: MentorFolder, name: str) -> TeamForManagers:
    [found] = for_managers(WholeClass(folder), name)
    return found


def test_a_team_is_told_by_what_it_can_do_with_its_analyst_and_nobodys_points(folder: MentorFolder) -> None:
    sales = of_team(folder, "営業")
    assert (sales.members, sales.analyst, sales.marks) == (4, "青木 葵", ())
    shown = [each for each in sales.abilities if each.shown]
    assert shown, "aoki has all of lesson 1"
    assert {each.shown for each in shown} == {1}
    page = managers_page(WholeClass(folder), "営業")
    assert f"1 / {sales.members}" in page
    assert shown[0].text in page
    assert not any(name in page for name in ("馬場", "千葉", "遠藤"))
    points = read_marks(folder, "L1", "aoki")
    full = whole_points(points.possible, points.possible)
    assert f"{full} / {full}" not in page


def test_of_a_team_so_small_that_a_count_tells_of_one_person_nothing_is_counted(folder: MentorFolder) -> None:
    planning = of_team(folder, "企画")
    assert planning.members == 1 < SMALLEST
    assert (planning.abilities, planning.questions) == ((), ())
    page = managers_page(WholeClass(folder), "企画")
    assert f"{SMALLEST}人未満" in page
    assert "まだいません" not in page, "that nobody has half of the lessons would be a mark of the one member"


def test_points_are_shown_where_the_company_says_so(folder: MentorFolder) -> None:
    text = folder.settings_path.read_text(encoding="utf-8")
    for written, says in (("true", True), ('"no"', False), ("false", False)):
        folder.settings_path.write_text(f"{text}managers_see_marks = {written}\n", encoding="utf-8")
        now = folder.with_settings_of_now()
        assert ("馬場" in managers_page(WholeClass(now), "営業")) is says, written
    folder.settings_path.write_text(f"{text}managers_see_marks = true\n", encoding="utf-8")
    [aoki] = [each for each in of_team(folder.with_settings_of_now(), "営業").marks if each.name == "青木 葵"]
    total = read_marks(folder, "L1", "aoki")
    assert aoki.points == (("L1", *(whole_points(each, total.possible) for each in (total.total, total.possible))),)


def passed(folder: MentorFolder, learner: str, key: str, points: float, at: str) -> None:
    """A level test of one task."""
    paper = ExamPaper(key, 1, at, at, 70, ())
    store = ExamStore(folder)
    store.open(OpenedExam(learner, "佐藤", ("P02a-17",), paper))
    task = TaskResult(1, "P02a-17", "accepted", points, 10.0, "SELECT 1")
    assert store.keep_result(key, ExamResult("code", at, (task,)))


def test_who_holds_which_certificate_is_named_once_and_who_failed_is_not(folder: MentorFolder) -> None:
    passed(folder, "baba", "one", 9.0, "2027-02-01T16:00:00+00:00")
    passed(folder, "baba", "two", 10.0, "2027-03-01T16:00:00+00:00")
    passed(folder, "chiba", "three", 2.0, "2027-02-01T16:00:00+00:00")
    held = of_team(folder, "営業").certificates
    assert [(each.name, each.level, each.on) for each in held] == [("馬場 文", 1, "2027-02-02")]
    page = managers_page(WholeClass(folder), "営業")
    assert "検定 レベル1" in page
    assert "千葉" not in page


def test_questions_are_counted_and_only_what_all_may_read_is_quoted(folder: MentorFolder, room: DeskRoom) -> None:
    class_file(folder).put_into_teams({"doi": "営業"})
    [asked] = of_team(folder, "営業").questions
    assert (asked.exercise, asked.count, asked.answered) == ("L1-07", 1, ())
    page = managers_page(WholeClass(folder), "営業")
    assert "新しい順" not in page, "nobody's own words without their leave"
    [question] = room.questions()
    room.step("reply", {"student": "doi", "key": question["key"], "text": "DESC です", "in_faq": True})
    page = managers_page(WholeClass(folder), "営業")
    assert "DESC です" in page
    assert "新しい順" in page
    assert SCRIPT not in page
    assert not re.search(r"<script|<img|土井", page)


def test_the_page_is_written_by_the_command_for_all_teams_or_one(folder: MentorFolder, tmp_path: Path) -> None:
    where = ["--dir", str(folder.root)]
    run = CliRunner().invoke(app, ["report", "--to", str(tmp_path / "all.html"), *where])
    assert run.exit_code == 0, run.output
    assert all(name in (tmp_path / "all.html").read_text(encoding="utf-8") for name in ("営業", "企画", "チームなし"))
    run = CliRunner().invoke(app, ["report", "--team", "企画", "--to", str(tmp_path / "one.html"), *where])
    assert run.exit_code == 0
    assert "営業" not in (tmp_path / "one.html").read_text(encoding="utf-8")
    run = CliRunner().invoke(app, ["report", "--team", "経理", *where])
    assert run.exit_code == 2
    assert "営業" in run.output
    (tmp_path / "file").write_text("")
    run = CliRunner().invoke(app, ["report", "--to", str(tmp_path / "file" / "x.html"), *where])
    assert (run.exit_code, run.exception is None or isinstance(run.exception, SystemExit)) == (2, True)
    assert str(tmp_path / "file") in run.output.replace("\n", "")


def test_the_class_page_gives_it_as_a_file_to_mentors_alone(folder: MentorFolder) -> None:
    async def play() -> None:
        server = DeskServer(folder.root)
        try:
            assert (await server.whole("report"))[0] in (302, 403)
            status, headers, page = await server.whole("report?team=%E5%96%B6%E6%A5%AD", token="secret")  # noqa: S106
            assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
            assert headers["Content-Disposition"].startswith("attachment")
            assert "営業" in page
            assert (await server.whole("report?team=none", token="secret"))[0] == 404  # noqa: S106
        finally:
            await closed(server.app.http_server)

    asyncio.run(play())


def test_a_page_in_english_says_the_same(folder: MentorFolder) -> None:
    text = folder.settings_path.read_text(encoding="utf-8")
    folder.settings_path.write_text(text.replace('lang = "ja"', 'lang = "en"'), encoding="utf-8")
    page: Any = managers_page(WholeClass(folder.with_settings_of_now()))
    assert '<html lang="en">' in page
    assert "What people can do now" in page
    assert not re.search(r"[ぁ-ん]", page)
