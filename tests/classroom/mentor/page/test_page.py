"""What the class page's server answers: today, the class, teams, learners and answers, and the steps that it does."""

from __future__ import annotations

import datetime as dt
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from road import Learner as OwnComputer
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.folder import CARRIED
from classroom.learner.progress import ProgressStore, Try
from classroom.mentor.classpage import steps
from classroom.mentor.classpage.reminders import Reminder, remind
from classroom.mentor.classpage.today import Line, stuck_now, today
from classroom.mentor.classpage.whole import WholeClass
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.page import desk
from classroom.mentor.page.asked import NotAsked
from classroom.mentor.page.desk import DeskRoom, fault_in_words
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.faults import DeskFault
from classroom.mentor.place.turn import one_at_a_time
from classroom.mentor.returning.workflow import extend
from coursebook.messages import sentences_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.mentor.place.folder import MentorFolder

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning", "ignore::ResourceWarning")


SAID = re.compile(r"(?:say|nothing)\('([\w.]+)'")


def step(room: DeskRoom, name: str, **asked: object) -> Any:
    """What came of a step."""
    return room.step(name, asked)


def lines(room: DeskRoom) -> dict[str, Any]:
    return {each["kind"]: each for each in room.today()["lines"]}


def squares(room: DeskRoom) -> dict[str, Any]:
    return {each["student"]: each for each in room.learners()["squares"] if each["lesson"] == "L1"}


def test_today_says_what_to_do_next_most_urgent_first(room: DeskRoom) -> None:
    told = room.today()
    assert [each["kind"] for each in told["lines"]] == ["stuck", "question", "grade", "comment", "give_back"]
    found = lines(room)
    assert "困っている人が1人" in found["stuck"]["text"]
    assert found["stuck"]["details"][0]["student"] == "doi"
    assert "L1-05" in found["stuck"]["details"][0]["text"]
    assert found["question"]["count"] == 1
    assert (found["grade"]["step"], found["grade"]["lesson"], found["grade"]["count"]) == ("grade", "L1", 1)
    assert found["comment"]["details"][0]["name"] == "L1-07"
    assert [each["student"] for each in found["give_back"]["details"]] == ["aoki", "baba", "chiba", "doi"]


def test_what_is_done_from_today_is_gone_from_it(room: DeskRoom, folder: MentorFolder) -> None:
    assert "採点: 1件" in step(room, "grade", lesson="L1")["said"]
    group = next(
        group
        for each in room.answers("L1")
        if each["id"] == "L1-07"
        for group in each["groups"]
        if group["size"] == 2 and not group["hint"]
    )
    said = step(room, "comment", lesson="L1", exercise="L1-07", group=group["group"], text="日付も見てください")
    assert "2人" in said["said"]
    (question,) = room.questions()
    assert step(room, "reply", student="doi", key=question["key"], text="DESC です", in_faq=True)["done"]
    assert step(room, "word", student="doi", exercise="L1-05", text="一緒に見ましょう")["done"]
    assert "5人に送りました" in step(room, "give_back", lesson="L1")["said"]
    assert room.today()["lines"] == []
    assert read_marks(folder, "L1", "baba").exercises["L1-07"].comment == "日付も見てください"
    assert {state["state"] for state in squares(room).values()} == {"returned"}


def test_a_comment_written_later_is_owed_again_to_those_whom_it_is_for(room: DeskRoom) -> None:
    step(room, "grade", lesson="L1")
    step(room, "give_back", lesson="L1")
    group = next(
        group for each in room.answers("L1") if each["id"] == "L1-07" for group in each["groups"] if group["size"] == 2
    )
    step(room, "comment", lesson="L1", exercise="L1-07", group=group["group"], text="もう一言")
    assert [each["student"] for each in lines(room)["give_back"]["details"]] == ["baba", "chiba"]


def test_the_class_is_one_table_of_all_lessons_and_learners(room: DeskRoom) -> None:
    table = room.learners()
    assert [each["id"] for each in table["learners"]] == ["chiba", "doi", "aoki", "baba", "endo", "fujii"]
    assert [each["team"] for each in table["learners"]] == ["企画", "企画", "営業", "営業", "", ""]
    assert len(table["lessons"]) >= 14
    found = squares(room)
    assert {student: each["state"] for student, each in found.items()} == {
        "aoki": "graded",
        "baba": "graded",
        "chiba": "graded",
        "doi": "graded",
        "endo": "to_grade",
    }
    assert found["aoki"]["points"] == found["aoki"]["possible"]
    assert found["aoki"]["right"] == found["aoki"]["exercises"]
    assert (found["doi"]["points"], found["doi"]["right"]) == (10, 1)
    assert not found["aoki"]["late"]


def test_the_table_says_stretch_by_stretch_what_is_done_as_marked_else_as_the_learners_file_tells(
    room: DeskRoom, folder: MentorFolder
) -> None:
    """Lesson 1 has five stretches of two exercises each."""
    place = folder.root / "submitted" / "fujii" / "L1"  # of which there is no hand-in yet: the file came with another's
    place.mkdir(parents=True)
    store, now = ProgressStore(place / CARRIED), dt.datetime.now(dt.UTC)
    for exercise, status in (
        ("L1-01", "accepted"),
        ("L1-02", "for_mentor"),
        ("L1-03", "accepted"),
        ("L1-09", "refuted"),
    ):
        store.record(Try(exercise, now, "SELECT 1", status, 0.0))
    found = {student: each["stretches"] for student, each in squares(room).items()}
    assert found["aoki"] == ("done",) * 5
    assert found["baba"] == ("open", "open", "open", "begun", "open")
    assert found["doi"] == ("begun", "open", "open", "open", "open")
    assert found["fujii"] == ("done", "begun", "open", "open", "begun")
    assert found["endo"] == ("open",) * 5, "handed in, not graded, and no file of theirs"


def test_lateness_and_what_waits_for_a_person_show_in_the_table(room: DeskRoom) -> None:
    assert step(room, "release", lesson="L1", due="2020-01-01")["done"]
    assert squares(room)["aoki"]["late"]
    assert lines(room)["to_know"]["count"] == 4
    step(room, "give_back", lesson="L1")
    assert "to_know" not in lines(room), "the table says it from now on"
    assert squares(room)["aoki"]["late"]


def test_more_time_alone_is_nothing_to_mark(room: DeskRoom, folder: MentorFolder) -> None:
    extend(folder, "L1", "fujii", days=3)
    assert "free_form" not in lines(room)
    assert "fujii" not in squares(room)


def test_teams_say_who_is_how_far_and_who_can_be_asked(room: DeskRoom) -> None:
    found = {each["name"]: each for each in room.teams()["teams"]}
    assert list(found) == ["企画", "営業", ""]
    (plans,), (sales,) = found["企画"]["lessons"], found["営業"]["lessons"]
    assert (sales["can_be_asked"], sales["handed_in"], found["営業"]["analyst"]) == (("aoki",), 2, "aoki")
    assert (plans["can_be_asked"], plans["others"], found["企画"]["analyst"]) == ((), ("aoki",), "")


def test_a_learners_page_has_marks_tries_questions_and_abilities(room: DeskRoom) -> None:
    doi = room.learner("doi")
    assert doi["team"] == "企画"
    assert [each["exercise"] for each in doi["tries"]] == ["L1-05"] * 3
    assert doi["tries"][0]["answer"] == "SELECT 2 AS n"
    assert "新しい順" in doi["questions"][0]["wanted"]
    assert {each["exercise"]: each["points"] for each in doi["marks"]}["L1-01"] == 10
    step(room, "word", student="doi", exercise="L1-05", text="一緒に見ましょう")
    assert "一緒に見ましょう" in [each["reply"] for each in room.learner("doi")["questions"]]
    assert not any(each["shown"] for each in doi["abilities"])
    assert doi["coming_back"], "what was tried in vain yesterday"
    assert all("復習" in each for each in doi["coming_back"])
    aoki = room.learner("aoki")
    assert any(each["shown"] for each in aoki["abilities"])
    assert aoki["coming_back"] == ()
    with pytest.raises(KeyError):
        room.learner("nobody")


def test_what_arrives_is_taken_by_itself(room: DeskRoom, folder: MentorFolder, tmp_path: Path) -> None:
    learner = OwnComputer.at(tmp_path / "fujii", folder, "fujii")
    learner.hand_in({"L1-01": folder.course.exercise("L1-01").solution})
    learner.ask("どうやりますか")
    assert lines(room)["grade"]["count"] == 1
    room.fetch()
    found = lines(room)  # at once, though the page has just been drawn
    assert found["grade"]["count"] == 2
    assert found["question"]["count"] == 2


def test_who_has_not_handed_in_before_a_date_is_reminded_once_with_what_is_known(
    room: DeskRoom, folder: MentorFolder, tmp_path: Path
) -> None:
    learner = OwnComputer.at(tmp_path / "fujii", folder, "fujii")
    tomorrow = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).strftime("%Y-%m-%d")
    assert "remind" not in lines(room)
    step(room, "release", lesson="L1", due=tomorrow)
    told = lines(room)["remind"]
    assert [each["student"] for each in told["details"]] == ["fujii"]
    assert f"L1 の締め切りは {tomorrow} 23:59" in told["details"][0]["text"]
    assert "10問" in told["details"][0]["text"]
    assert "1人に送りました" in step(room, "remind", lesson="L1")["said"]
    assert "remind" not in lines(room)
    assert "0人に送りました" in step(room, "remind", lesson="L1")["said"]
    (word,) = [each.reply for each in learner.fetch().post.replies]
    assert word == told["details"][0]["text"]
    extend(folder, "L1", "fujii", days=1)  # another date, of which nobody has told
    assert "remind" in lines(room)
    assert "1人に" in step(room, "remind", lesson="L1", students=["fujii"], text="もう一日あります")["said"]
    assert "もう一日あります" in [each.reply for each in learner.fetch().post.replies]


def test_a_reminder_is_no_help_to_who_is_stuck(folder: MentorFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    view = WholeClass(folder)
    (stuck,) = stuck_now(view)
    draft = Reminder(stuck.student, "L1", "2026-11-30T00:00:00+00:00", stuck.exercise, "締め切りは明日です")
    monkeypatch.setattr("classroom.mentor.classpage.reminders.reminders", lambda _: (draft,))
    assert remind(view, "L1", None) == (stuck.student,)
    assert stuck_now(view) == (stuck,)
    assert draft.text in [each.reply for each in class_file(folder).replies()]


def test_a_mentor_reads_names_and_no_ids(room: DeskRoom) -> None:
    assert "葵" in step(room, "extend", lesson="L1", student="aoki", days=2)["said"]
    said = step(room, "pair", lesson="L2", one="aoki", other="baba")["said"]
    assert "青木 葵" in said
    assert "馬場 文" in said
    refused = step(room, "pair", lesson="L2", one="baba", other="chiba")
    assert not refused["done"]
    assert "馬場 文" in refused["said"]
    assert "藤井 文也" in step(room, "exam", level=1, students=["fujii"], minutes=0)["said"]
    assert "青木 葵" in step(room, "team_expo", writer="aoki")["said"]


def test_a_word_names_an_exercise_that_there_is(room: DeskRoom) -> None:
    assert lines(room)["stuck"]["details"][0]["exercise"] == "L1-05"
    with pytest.raises(NotAsked, match="exercise"):
        step(room, "word", student="doi", exercise="B", text="一緒に見ましょう")


@contextmanager
def work_elsewhere(folder: MentorFolder) -> Iterator[None]:
    """The timetable or a command, at work at the desk."""
    begun, end = threading.Event(), threading.Event()

    def work() -> None:
        with one_at_a_time(folder):
            begun.set()
            end.wait(60)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(work)
        assert begun.wait(10)
        try:
            yield
        finally:
            end.set()
        done.result()


def patience(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """How long a step waits that says nothing else."""
    monkeypatch.setattr(one_at_a_time.__wrapped__, "__defaults__", (seconds,))  # type: ignore[attr-defined]


def test_while_the_timetable_works_the_page_asks_in_vain_and_words_are_sent(
    room: DeskRoom, folder: MentorFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience(monkeypatch, 3.0)
    with work_elsewhere(folder):
        assert room.fetch() == {}
        assert step(room, "word", student="doi", exercise="L1-05", text="一緒に見ましょう")["done"]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("release", {"due": "2030-01-01"}),
        ("give_back", {}),
        ("extend", {"student": "doi", "days": 1}),
        ("comment", {"exercise": "L1-07", "group": "any", "text": "x"}),
    ],
)
def test_a_step_of_the_page_waits_for_its_turn(
    room: DeskRoom, folder: MentorFolder, monkeypatch: pytest.MonkeyPatch, name: str, asked: dict[str, Any]
) -> None:
    patience(monkeypatch, 0.1)
    with work_elsewhere(folder), pytest.raises(DeskFault, match="at_work"):
        step(room, name, lesson="L1", **asked)


@pytest.mark.parametrize("words", [["release", "L1"], ["extend", "L1", "doi", "--days", "1"], ["feedback", "L1"]])
def test_a_command_waits_for_its_turn(folder: MentorFolder, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    patience(monkeypatch, 0.1)
    with work_elsewhere(folder):
        said = CliRunner().invoke(app, [*words, "--dir", str(folder.root)])
    assert said.exit_code == 2
    assert "ほかの作業" in said.output


def test_a_fault_of_ours_in_a_step_is_not_told_as_a_lesson_to_release(
    room: DeskRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(steps, "release", broken)
    with pytest.raises(KeyError, match="ours"):
        step(room, "release", lesson="L1", due="")


def test_a_reading_that_a_step_takes_away_meanwhile_is_still_answered(
    room: DeskRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.today()

    def step_ends() -> float:
        room._view = None
        return room._read_at

    monkeypatch.setattr(desk.time, "monotonic", step_ends)
    assert room.today()["learners"] == 6


def test_today_is_found_out_once_for_all_who_ask_meanwhile(room: DeskRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server looks ahead when the page is opened; the page that then asks waits for that, however long it takes."""
    made: list[float] = []

    def slowly(view: WholeClass) -> tuple[Line, ...]:
        made.append(time.monotonic())
        time.sleep(0.2)
        return today(view)

    monkeypatch.setattr("classroom.mentor.page.desk._STILL_GOOD_SECONDS", 0.1)
    monkeypatch.setattr("classroom.mentor.page.desk.today", slowly)
    ahead = threading.Thread(target=room.look_ahead)
    ahead.start()
    while not made:
        time.sleep(0.01)
    assert room.today()["lines"]
    ahead.join()
    assert len(made) == 1
    time.sleep(0.2)
    room.today()
    assert len(made) == 1  # what was read ahead waits for a page that takes longer to load
    monkeypatch.setattr("classroom.mentor.page.desk._LOADS_SECONDS", 0.0)
    room.look_ahead()
    time.sleep(0.2)
    room.today()
    assert len(made) == 2  # a reading of its own, once that one is old


def test_who_wants_no_reminder_gets_none(room: DeskRoom, folder: MentorFolder) -> None:
    text = folder.settings_path.read_text(encoding="utf-8")
    folder.settings_path.write_text(f'{text}no_reminders = ["fujii"]\n', encoding="utf-8")
    tomorrow = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).strftime("%Y-%m-%d")
    step(room, "release", lesson="L1", due=tomorrow)
    assert "remind" not in lines(room)


def test_a_lost_store_is_told_and_nothing_is_done(room: DeskRoom, folder: MentorFolder) -> None:
    room.fetch()  # copies are made
    (folder.root / "gradebook.db").unlink()
    for ask in (room.fetch, lambda: step(room, "grade", lesson="L1")):
        with pytest.raises(DeskFault) as told:
            ask()
        assert "gradebook.db" in fault_in_words(told.value, "ja")


def test_a_setting_that_is_changed_counts_at_once(room: DeskRoom, folder: MentorFolder) -> None:
    assert "hand" not in room.folder.mentor
    text = folder.settings_path.read_text(encoding="utf-8")
    folder.settings_path.write_text(f'{text}mentor = "hand"\n', encoding="utf-8")
    room.today()
    assert room.folder.mentor == "hand"


def test_the_words_of_the_page_are_all_used() -> None:
    """By their whole code, or by one that is put together from how it begins."""
    root = Path(__file__).parents[4] / "jupyter_config" / "labextension" / "src"
    source = "".join(each.read_text(encoding="utf-8") for each in root.rglob("*.ts"))
    beginnings = tuple(re.findall(r"`([a-z]+\.[a-z_]*)\$\{", source))
    codes = sentences_in("classroom.mentor.page", "en")
    assert [each for each in codes if f"'{each}'" not in source and not each.startswith(beginnings)] == []
    named = {code for path in (root / "classpage").glob("*.ts") for code in SAID.findall(path.read_text("utf-8"))}
    assert named - codes.keys() - {each for each in named if each.endswith(".")} == set()
