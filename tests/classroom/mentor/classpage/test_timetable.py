"""The week by itself: what a run does, holds back, notes, and what it does where something is in its way."""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1]))

from road import Learner, shared

from classroom.commands.mentor import app
from classroom.mentor.classpage.groups import comment_on
from classroom.mentor.classpage.timetable import LOG, is_due, keep_minutes, minutes_of, run_once, runs
from classroom.mentor.place.faults import DeskFault
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.roster import Learner as Listed
from classroom.mentor.place.roster import enrol
from classroom.mentor.place.turn import one_at_a_time

if TYPE_CHECKING:
    from classroom.mentor.classpage.timetable import TimetableRun

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


@pytest.fixture
def desk(folder: MentorFolder, tmp_path: Path) -> MentorFolder:
    """The graded class with a shared folder, and hanako, who comes by it."""
    made = shared(folder, tmp_path / "share")
    with open_gradebook(made) as gradebook:
        enrol(gradebook, [Listed("hanako", "花子", "山田")])
    return made


@pytest.fixture
def hanako(desk: MentorFolder, tmp_path: Path) -> Learner:
    return Learner.at(tmp_path / "hanako", desk, "hanako")


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
