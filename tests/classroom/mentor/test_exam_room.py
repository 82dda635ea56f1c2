"""Level tests as a learner takes them: begun on an open paper alone, kept and logged while written, no verdict before the end."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from classroom.exchange.exam import ANSWER, AWAY, BEGIN, END, EXAM, RUN, in_notebook
from classroom.exchange.exam_paper import ExamPaper, ExamTask
from classroom.folder import Folder
from classroom.learner.bi.asking import QueryOutcome
from classroom.learner.exam.actions import ACTIONS
from classroom.learner.exam.pages import page_html
from classroom.learner.exam.place import ExamRoom
from classroom.learner.exam.sittings import JudgedTask, Sittings
from classroom.learner.page.handing import LearnersClass
from classroom.mentor.collecting.collect import collect, hand_in_of, received_file
from classroom.mentor.exam import opening
from classroom.mentor.exam.opening import open_exam
from classroom.session.result import ResultTable
from coursebook import load_course
from coursebook.practice import load_library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from road import Learner

    from classroom.learner.bi.asking import QueryTask
    from classroom.mentor.place.folder import MentorFolder


class Counting:
    """Answers each query with its length."""

    def reach(self, night: int) -> str:
        raise NotImplementedError

    def ask(self, questions: Sequence[QueryTask], night: int) -> list[QueryOutcome]:  # noqa: ARG002  (as an Asker is asked)
        return [
            QueryOutcome(
                ResultTable(("n",), ("BIGINT",), ((len(each.text),),), row_count=1, counted_all=True, seconds=0.0)
            )
            for each in questions
        ]

    def hand_over(self, question: QueryTask, night: int) -> object:
        raise NotImplementedError


class Clock:
    def __init__(self) -> None:
        self.ahead = dt.timedelta(0)

    def __call__(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self.ahead


def beside(work: object, *arguments: object) -> object:
    """In place of the process in which a practice test is drawn and judged."""
    if getattr(work, "__name__", "") == "draw_practice":
        return tuple((ExamTask(n, f"題{n}", "何件?", "", 10.0), f"P02a-{n}") for n in (1, 2))
    asked = arguments[2]
    assert isinstance(asked, list)
    return tuple(JudgedTask(number, "絞り込み", 10.0 if answer else 0.0, 10.0) for number, _, _, answer in asked)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(hanako: Learner, clock: Clock) -> ExamRoom:
    course = load_course()
    return ExamRoom(
        *(Sittings(hanako.hidden), Counting(), "ja", Folder(hanako.hidden.parent)),  # type: ignore[arg-type]
        *(None, course, load_library(course.root), {}, clock, beside),
    )


@pytest.fixture
def paper(desk: MentorFolder, hanako: Learner, monkeypatch: pytest.MonkeyPatch) -> ExamPaper:
    monkeypatch.setattr(opening.secrets, "randbelow", lambda _: 1)
    open_exam(desk, 1, ["hanako"])
    standing = hanako.fetch().post.standing
    assert standing is not None
    return standing.exams[0]


def test_without_an_open_paper_nothing_can_be_begun(room: ExamRoom) -> None:
    assert "受験できる検定はありません" in page_html(room, "list")
    with pytest.raises(StopIteration):
        ACTIONS["exam/begin"](room, {"key": "0" * 24})
    assert room.sittings.all() == {}


def test_what_is_written_is_logged_and_reaches_the_desk_while_it_is_written(
    desk: MentorFolder, hanako: Learner, room: ExamRoom, paper: ExamPaper, clock: Clock
) -> None:
    told = LearnersClass(room.folder, hanako.member)
    assert (told.now().exams.open, told.now().exams.until) == (1, paper.closes)
    assert "検定を始める" in page_html(room, "list")
    assert f'data-exam-at="{paper.closes}"' in page_html(room, "list"), "told in the reader's own zone"
    at = ACTIONS["exam/begin"](room, {"key": paper.key}).at
    page = page_html(room, at)
    assert "ヒント" not in page
    assert not re.search(r"P\d\d[a-z]-", page)
    form = {"key": paper.key, "number": "1", "sql": "SELECT 1", "pasted": "0"}
    assert ACTIONS["exam/run"](room, form).said.startswith("保存しました")
    assert ">8<" in page_html(room, at)  # its result, and nothing of whether it is right
    assert "正解" not in page_html(room, at)
    ACTIONS["exam/save"](room, {**form, "number": "2", "sql": "SELECT 2"})  # soon after: a draft
    ACTIONS["exam/away"](room, {"key": paper.key, "seconds": "75.2"})
    assert "SELECT 2" in page_html(room, f"paper/{paper.key}/2")
    clock.ahead = dt.timedelta(minutes=2)
    ACTIONS["exam/save"](room, {**form, "number": "3", "sql": "SELECT 3", "pasted": "9"})
    ACTIONS["exam/end"](room, {"key": paper.key})
    assert "検定を提出しました" in page_html(room, at)
    assert told.now().exams.open == 0
    ACTIONS["exam/save"](room, {**form, "sql": "SELECT 9"})  # nothing is changed any more
    hanako.outbox.send(hanako.end)
    collect(desk)
    letters = received_file(desk).letters("hanako", EXAM)
    sheets = [in_notebook(found.notebook) for each in letters if (found := hand_in_of(desk, each))]
    assert [len(each.log) for each in sheets] == sorted(len(each.log) for each in sheets)
    assert [each.kind for each in sheets[0].log] == [BEGIN]
    assert [each.kind for each in sheets[-1].log] == [BEGIN, ANSWER, RUN, AWAY, ANSWER, ANSWER, END]
    assert sheets[-1].answers() == {1: "SELECT 1", 2: "SELECT 2", 3: "SELECT 3"}


def test_what_was_begun_is_begun_once_and_tells_no_verdict(room: ExamRoom, paper: ExamPaper) -> None:
    ACTIONS["exam/begin"](room, {"key": paper.key})
    ACTIONS["exam/run"](room, {"key": paper.key, "number": "1", "sql": "SELECT 1"})
    before = room.sittings.all()
    ACTIONS["exam/begin"](room, {"key": paper.key})
    assert room.sittings.all() == before
    for act in ("exam/judge", "exam/end", "exam/judge"):
        if act == "exam/end":
            ACTIONS[act](room, {"key": paper.key})
            continue
        with pytest.raises(KeyError):
            ACTIONS[act](room, {"key": paper.key})


def test_what_is_typed_first_stands_below_the_comment_of_the_columns(room: ExamRoom, paper: ExamPaper) -> None:
    ACTIONS["exam/begin"](room, {"key": paper.key})
    [sitting] = room.sittings.all().values()
    starters = ("-- talk_id, opened_at_utc", "SELECT 1", "")
    tasks = tuple(replace(paper.tasks[0], number=number, starter=each) for number, each in enumerate(starters))
    given = replace(sitting, paper=replace(paper, tasks=tasks))
    assert [given.text(number) for number in range(3)] == ["-- talk_id, opened_at_utc\n", "SELECT 1", ""]


def test_when_the_time_is_over_nothing_more_is_kept(room: ExamRoom, paper: ExamPaper, clock: Clock) -> None:
    ACTIONS["exam/begin"](room, {"key": paper.key})
    clock.ahead = dt.timedelta(hours=2)
    said = ACTIONS["exam/run"](room, {"key": paper.key, "number": "1", "sql": "SELECT 1"}).said
    assert "時間になりました" in said
    assert room.sittings.all()[paper.key].sheet.answers() == {}
    assert "提出されています" in page_html(room, f"paper/{paper.key}/1")


def test_a_practice_test_tells_its_score_at_the_end_and_goes_nowhere(hanako: Learner, room: ExamRoom) -> None:
    at = ACTIONS["exam/practise"](room, {"level": "1"}).at
    key = at.split("/")[1]
    before = hanako.outbox.receipts()
    ACTIONS["exam/run"](room, {"key": key, "number": "1", "sql": "SELECT 1"})
    with pytest.raises(KeyError):
        ACTIONS["exam/judge"](room, {"key": key})  # not before it is over
    ACTIONS["exam/end"](room, {"key": key})
    page = page_html(room, at)
    assert "20点中10点" in page
    assert "合格の基準は 70%" in page
    assert hanako.outbox.receipts() == before


def test_a_file_that_can_not_be_read_is_set_aside(room: ExamRoom, paper: ExamPaper) -> None:
    ACTIONS["exam/begin"](room, {"key": paper.key})
    (room.folder.hidden / "exam.json").write_text("{", encoding="utf-8")
    assert room.sittings.all() == {}
    assert (room.folder.hidden / "exam.damaged").read_text(encoding="utf-8") == "{"
