"""The week by itself: what a run does, holds back, notes, and what it does where something is in its way."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.folder import CARRIED
from classroom.mentor.classpage import timetable
from classroom.mentor.classpage.groups import comment_on
from classroom.mentor.classpage.matrix import matrix
from classroom.mentor.classpage.progress_files import read_files
from classroom.mentor.classpage.timetable import LOG, in_words, is_due, keep_minutes, minutes_of, run_once, runs
from classroom.mentor.classpage.today import today
from classroom.mentor.classpage.whole import WholeClass
from classroom.mentor.grading.states import to_grade
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.copies import COPIES
from classroom.mentor.place.faults import DeskFault
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.turn import one_at_a_time
from classroom.mentor.returning.feedback import make_feedback
from classroom.mentor.returning.workflow import FeedbackReleased, NbgraderFault, collect, extend

if TYPE_CHECKING:
    from road import Learner

    from classroom.mentor.classpage.timetable import TimetableRun

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def counts(run: TimetableRun) -> tuple[int, int, int, int]:
    return run.collected, run.graded, run.given_back, run.held


def test_a_run_takes_grades_and_gives_back_and_the_next_has_nothing_to_do(desk: MentorFolder, hanako: Learner) -> None:
    hanako.hand_in({"L1-01": desk.course.exercise("L1-01").solution})
    first, second = run_once(desk), run_once(desk)
    assert counts(first) == (1, 1, 13, 0)
    assert counts(second) == (0, 0, 0, 0)
    assert not second.did_anything
    assert [each.lesson for each in hanako.fetch().post.feedback] == ["L1"]
    assert runs(desk) == (second, first)


def test_what_waits_for_a_person_is_held_back_until_it_is_marked(desk: MentorFolder) -> None:
    with open_gradebook(desk) as gradebook:
        submission = gradebook.find_submission("L1", "learner00")
        grade = submission.notebooks[0].grades[0]
        exercise, grade.auto_score, grade.needs_manual_grade = grade.name.partition("-")[2], None, True
        gradebook.db.commit()
    assert counts(run_once(desk)) == (0, 0, 11, 1)
    comment_on(desk, "L1", exercise, ["learner00"], points=3.0)
    assert counts(run_once(desk)) == (0, 0, 1, 0)


def test_a_run_in_whose_way_something_is_says_so_and_the_next_goes_on(
    desk: MentorFolder, hanako: Learner, tmp_path: Path
) -> None:
    hanako.keep({})
    (tmp_path / "share").rename(tmp_path / "away")
    stopped = run_once(desk)
    assert "away" not in stopped.fault
    assert str(tmp_path / "share") in stopped.fault
    (tmp_path / "away").rename(tmp_path / "share")
    hanako.outbox.send(hanako.end)
    assert run_once(desk).fault == ""
    (desk.root / "gradebook.db").unlink()
    assert "gradebook.db" in run_once(desk).fault


def test_a_line_that_was_cut_off_takes_no_other_away(desk: MentorFolder) -> None:
    run_once(desk)
    place = desk.desk / LOG
    place.write_text(place.read_text("utf-8") + '{"at": "20', encoding="utf-8")
    assert len(runs(desk)) == 1


def test_the_command_does_one_run_and_says_what_it_did(desk: MentorFolder) -> None:
    done = CliRunner().invoke(app, ["serve", "--once", "--dir", str(desk.root)])
    assert done.exit_code == 0, done.output
    assert "返却 12件" in done.output


def test_one_step_waits_for_another_and_who_is_killed_lets_go(desk: MentorFolder) -> None:
    entered, may_end, outcome = threading.Event(), threading.Event(), list[str]()

    def hold() -> None:
        with one_at_a_time(desk):
            entered.set()
            may_end.wait(60)

    other = threading.Thread(target=hold)
    other.start()
    assert entered.wait(60)
    try:
        with one_at_a_time(desk, seconds=0.1):
            outcome.append("in")
    except DeskFault as fault:
        outcome.append(fault.code)
    may_end.set()
    other.join()
    with one_at_a_time(desk, seconds=0.1), one_at_a_time(desk, seconds=0.1):
        outcome.append("in")
    assert outcome == ["at_work", "in"]
    killed = sqlite3.connect(desk.desk / "turn.db", isolation_level=None)
    killed.execute("BEGIN EXCLUSIVE")
    killed.close()  # what the system does for a process that ends
    with one_at_a_time(desk, seconds=0.1):
        pass


@pytest.mark.parametrize(("written", "minutes"), [("60", 60), ("0", 0), ("true", 0), ('"often"', 0), ("-5", 0)])
def test_how_often_is_what_the_settings_say(desk: MentorFolder, written: str, minutes: int) -> None:
    text = desk.settings_path.read_text("utf-8")
    desk.settings_path.write_text(f"{text}timetable_minutes = {written}\n", encoding="utf-8")
    assert minutes_of(MentorFolder(desk.root)) == minutes


def test_the_switch_writes_one_line_of_the_settings_and_leaves_the_others(desk: MentorFolder) -> None:
    before = desk.settings_path.read_text("utf-8")
    desk.settings_path.write_text(f"{before}\n[other]\ntimetable_minutes = 5\n", encoding="utf-8")
    for minutes in (60, 1440, 0):
        keep_minutes(desk, minutes)
        assert minutes_of(MentorFolder(desk.root)) == minutes
    settings = MentorFolder(desk.root).settings
    assert settings["other"] == {"timetable_minutes": 5}
    assert {**settings, "lang": "ja"}.items() >= desk.settings.items()
    assert desk.settings_path.stat().st_mode & 0o077 == 0


def test_a_run_is_due_after_its_minutes_and_when_the_clock_was_set_back(desk: MentorFolder) -> None:
    now = dt.datetime.now(dt.UTC)
    assert not is_due(desk, now)
    keep_minutes(desk, 60)
    desk = MentorFolder(desk.root)
    assert is_due(desk, now)
    run_once(desk, now)
    assert [is_due(desk, now + dt.timedelta(minutes=each)) for each in (1, 59, 61, -5)] == [False, False, True, True]


def pages(desk: MentorFolder) -> int:
    with DeskStore(desk.store_path).open() as connection:
        return int(connection.execute("SELECT count(*) FROM feedback").fetchone()[0])


def test_a_page_that_would_take_something_away_is_told_and_not_made_again_and_again(desk: MentorFolder) -> None:
    exercise = desk.course.exercise("L1-07").id
    comment_on(desk, "L1", exercise, ["learner00"], comment="惜しい")
    assert run_once(desk).given_back == 12
    with open_gradebook(desk) as gradebook:
        book = gradebook.find_submission("L1", "learner00").notebooks[0].name
        gradebook.find_comment(f"answer-{exercise}", book, "L1", "learner00").manual_comment = ""
        gradebook.db.commit()
    before, (first, second) = pages(desk), (run_once(desk), run_once(desk))
    assert (first.given_back, first.withheld, second.withheld, pages(desk)) == (0, 1, 1, before)
    assert "1件" in in_words(first, "ja").partition("止めて")[2]
    view = WholeClass(desk)
    assert [(each.count, each.details[0].student) for each in today(view) if each.kind == "withheld"] == [
        (1, "learner00")
    ]
    assert not [each for each in today(view) if each.kind == "give_back"]
    states = {each.student: each.state for each in matrix(view).squares}
    assert (states["learner00"], states["learner01"]) == ("graded", "returned")


def test_a_page_made_once_more_is_kept_once(desk: MentorFolder) -> None:
    make_feedback(desk, "L1", ["learner00"])
    ((first, page),) = DeskStore(desk.store_path).feedback("L1", "learner00")
    make_feedback(desk, "L1", ["learner00"])
    ((second, same),) = DeskStore(desk.store_path).feedback("L1", "learner00")
    assert (first < second, page == same) == (True, True)


def test_no_page_is_made_while_the_share_is_closed(desk: MentorFolder, tmp_path: Path) -> None:
    (tmp_path / "share").rename(tmp_path / "away")
    assert str(tmp_path / "share") in run_once(desk).fault
    assert pages(desk) == 0


def test_files_that_only_look_newer_are_looked_at_once(desk: MentorFolder) -> None:
    (notebook,) = desk.step("submitted", "learner00", "L1").glob("*.ipynb")
    os.utime(notebook, (1_900_000_000, 1_900_000_000))  # 2030
    assert to_grade(desk, "L1") == ("learner00",)
    assert counts(run_once(desk)) == (0, 0, 12, 0)
    assert to_grade(desk, "L1") == ()


def test_a_refused_hand_in_in_whose_place_the_graded_one_is_again_is_refused_no_more(desk: MentorFolder) -> None:
    (notebook,) = desk.step("submitted", "learner00", "L1").glob("*.ipynb")
    whole = notebook.read_bytes()
    notebook.write_bytes(b"{")
    assert run_once(desk).refused == 1
    assert WholeClass(desk).states["L1"]["learner00"] == "refused"
    notebook.write_bytes(whole)
    os.utime(notebook, (1_600_000_000, 1_600_000_000))  # as a copy keeps the time
    assert counts(run_once(desk)) == (0, 0, 1, 0)
    assert WholeClass(desk).states["L1"]["learner00"] == "graded"


def test_whose_marks_or_marked_notebook_is_gone_is_graded_again(desk: MentorFolder) -> None:
    shutil.rmtree(desk.step("autograded", "learner00", "L1"))
    assert run_once(desk).graded == 1


def test_that_no_copy_can_be_made_stops_no_run(desk: MentorFolder, caplog: pytest.LogCaptureFixture) -> None:
    shutil.rmtree(desk.desk / COPIES, ignore_errors=True)
    (desk.desk / COPIES).write_text("", encoding="utf-8")
    run = run_once(desk)
    assert (run.fault, run.given_back) == ("", 12)
    assert "no copy" in caplog.text


def test_a_run_that_was_put_off_is_tried_again_soon(desk: MentorFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_minutes(desk, 1440)
    desk, now = desk.with_settings_of_now(), dt.datetime.now(dt.UTC)

    def busy(folder: MentorFolder) -> None:
        raise DeskFault("at_work", seconds=120)

    with monkeypatch.context() as patch:
        patch.setattr(timetable, "one_at_a_time", busy)
        assert run_once(desk, now).is_put_off
    assert is_due(desk, now + dt.timedelta(minutes=1))
    assert not run_once(desk, now).is_put_off
    assert not is_due(desk, now + dt.timedelta(minutes=1))


def test_what_was_done_before_a_fault_is_noted_and_what_comes_after_it_is_done(
    desk: MentorFolder, hanako: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanako.hand_in({"L1-01": desk.course.exercise("L1-01").solution})

    def broken(folder: MentorFolder, lesson: str, owed: object) -> list[str]:
        raise NbgraderFault("no such kernel")

    with monkeypatch.context() as patch:
        patch.setattr(timetable, "make_feedback", broken)
        run = run_once(desk)
    assert (run.collected, run.graded, run.given_back) == (1, 1, 0)
    assert "no such kernel" in run.fault
    hanako.hand_in({"L1-01": "SELECT 1"})
    monkeypatch.setattr(timetable, "grade_assignment", broken_grading)
    run = run_once(desk)
    assert (run.collected, run.graded, run.given_back) == (1, 0, 12)
    assert "ZeroDivisionError" in run.fault


def broken_grading(folder: MentorFolder, lesson: str) -> None:
    raise ZeroDivisionError


def test_the_command_goes_by_the_settings_as_they_are_now(desk: MentorFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_minutes(desk, 60)
    slept = list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise KeyboardInterrupt
        keep_minutes(desk, 1440)

    monkeypatch.setattr("time.sleep", sleep)
    CliRunner().invoke(app, ["serve", "--dir", str(desk.root)])
    assert [round(each / 3_600) for each in slept] == [1, 24]
    desk.settings_path.write_text("lang = ", encoding="utf-8")
    assert desk.with_settings_of_now() is desk


def test_those_who_got_nothing_are_counted_among_those_whose_page_was_made() -> None:
    done = FeedbackReleased(keyless=("aoi", "ren"), withheld={"yui": ("L1-01",)})
    assert (done.reached(["hanako"]), done.reached(["hanako", "ren", "yui"])) == (1, 1)


def test_more_time_gives_no_points_to_who_has_no_marks(desk: MentorFolder, hanako: Learner) -> None:
    hanako.keep({})
    hanako.outbox.send(hanako.end)
    collect(desk)
    extend(desk, "L1", "hanako", days=1)
    square = next(each for each in matrix(WholeClass(desk)).squares if each.student == "hanako")
    assert (square.state, square.points, square.possible) == ("to_grade", None, None)


def test_a_file_that_collecting_replaces_meanwhile_stops_nobody(
    desk: MentorFolder, hanako: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = desk.step("submitted", "learner00", "L1") / CARRIED
    carried.parent.mkdir(parents=True, exist_ok=True)
    carried.touch()
    looked, listed = os.lstat, os.scandir

    def lstat(path: str | Path, **options: int) -> os.stat_result:
        if Path(path) == carried:
            raise FileNotFoundError(path)
        return looked(path, **options)

    def scandir(path: str | Path) -> object:
        if Path(path) == carried.parent:
            raise FileNotFoundError(path)
        return listed(path)

    monkeypatch.setattr(os, "lstat", lstat)
    monkeypatch.setattr(os, "scandir", scandir)
    assert "learner00" not in read_files(desk)
    assert to_grade(desk, "L1") == ("learner00",)
