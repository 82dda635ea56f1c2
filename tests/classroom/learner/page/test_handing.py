"""The learner's page and the mentors: hand in, see it, read what came back; nothing of it without a class."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from jupyter_server.serverapp import ServerApp
from servers import closed
from tornado.httpclient import AsyncHTTPClient, HTTPClientError
from typer.testing import CliRunner

from classroom.commands.handin import app
from classroom.exchange.by_hand import HandForDesk, HandForLearner
from classroom.exchange.class_wishes import class_wishes
from classroom.exchange.envelope import open_envelope
from classroom.exchange.expo.record import EXPO
from classroom.exchange.invitation import BY_FOLDER, BY_HAND, Invitation, join
from classroom.exchange.records import (
    ClassState,
    ExerciseFeedback,
    FaqEntry,
    Feedback,
    HandIn,
    LessonAtDesk,
    ReleasedLesson,
    Reply,
    Standing,
)
from classroom.exchange.shared_folder import FolderForDesk
from classroom.folder import Folder, language_of
from classroom.learner.page.course import the_course
from classroom.learner.page.extension import load
from classroom.learner.page.handing import LearnersClass, class_of
from classroom.learner.panel.ask_view import show_ask
from classroom.learner.progress import ProgressStore, Try
from classroom.learner.state.desk import Desk
from classroom.notebook_names import notebook_name
from coursebook import compile_lesson

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.exchange.transport import DesksEnd

NOW = datetime(2027, 1, 10, 12, 0, tzinfo=UTC).isoformat()
PAGE = "<!DOCTYPE html><title>f</title><p>よくできました</p>"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "hanako")
    made.hidden.mkdir(parents=True)
    lesson = the_course().lesson("L1")
    (made.root / notebook_name(lesson, "ja")).write_bytes(compile_lesson(lesson, "ja", "learner"))
    ProgressStore(made.progress).record(Try("L1-07", datetime.now(UTC), "SELECT 1", "accepted", 1.0))
    return made


@pytest.fixture
def share(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path / "share"


@pytest.fixture
def desk(folder: Folder, share: Path) -> LearnersClass:
    join(folder.hidden, Invitation("sql", "佐藤", BY_FOLDER, str(share), "hanako", "key", points=True))
    found = class_of(folder)
    assert found is not None
    return found


def sent_back(end: DesksEnd, code: str, due: str) -> None:
    """What a desk sends after a week."""
    faq = (FaqEntry("L1-07", "どちらが新しい順？", "DESC です。"),)
    end.release(ClassState("sql", "佐藤", NOW, (ReleasedLesson("L1", due),), faq))
    end.standing(Standing("hanako", NOW, (LessonAtDesk("L1", code, NOW, "graded"),)))
    marks = (
        ExerciseFeedback("L1-01", 10.0, 10.0, "accepted", "**よい**"),
        ExerciseFeedback("L1-07", None, 10.0, "for_mentor"),
    )
    end.feedback(Feedback("L1", "hanako", NOW, code, 10.0, 20.0, marks, PAGE))
    end.reply(Reply("q1", "hanako", "L1-07", "どちらが新しい順？", "DESC です。", "佐藤", NOW))


@pytest.mark.parametrize(
    ("points", "outcome", "solved"),
    [(7.0, "accepted", True), (10.0, "for_mentor", True), (9.5, "for_mentor", False), (None, "for_mentor", False)],
)
def test_what_was_accepted_or_given_all_its_points_is_solved(
    points: float | None, outcome: str, *, solved: bool
) -> None:
    assert ExerciseFeedback("L3-11", points, 10.0, outcome).is_solved is solved


def test_without_a_class_there_is_nothing_about_mentors(folder: Folder) -> None:
    assert class_of(folder) is None
    assert not class_wishes(folder.root).mentor


def test_who_joined_may_ask_and_sees_points(folder: Folder, desk: LearnersClass) -> None:
    assert desk.now().course == "sql"
    assert (class_wishes(folder.root).mentor, class_wishes(folder.root).points) == (True, True)


def test_a_hand_in_holds_answers_and_progress_and_no_results(folder: Folder, desk: LearnersClass, share: Path) -> None:
    receipt = desk.hand_in("L1", "ja")
    assert desk.now().lessons[0].state == "waiting"
    assert desk.synchronise("ja").lessons[0].state == "sent"
    (file,) = share.rglob("from/*/l1-*.json")
    envelope = open_envelope(file.read_bytes())
    assert isinstance(envelope.letter, HandIn)
    assert (envelope.code, envelope.letter.learner, envelope.is_signed("key")) == (receipt.code, "hanako", True)
    assert envelope.letter.progress
    assert not any(each.get("outputs") for each in envelope.letter.notebook["cells"])
    assert list(share.rglob("progress-*.sqlite"))


def test_what_was_handed_in_can_be_looked_at(desk: LearnersClass) -> None:
    receipt = desk.hand_in("L1", "ja")
    answers = desk.handed_in(receipt.code, "ja")
    assert [each.exercise for each in answers][:2] == ["L1-01", "L1-02"]
    assert all(each.title for each in answers)
    with pytest.raises(KeyError):
        desk.handed_in("AAAA-AAAA", "ja")


def test_while_the_folder_is_gone_it_is_kept_and_said(desk: LearnersClass, share: Path) -> None:
    share.rmdir()
    desk.hand_in("L1", "ja")
    told = desk.synchronise("ja")
    assert (told.closed, told.waiting, told.lessons[0].state) == (str(share), 1, "waiting")
    share.mkdir()
    told = desk.synchronise("ja")
    assert (told.closed, told.waiting, told.lessons[0].state) == ("", 0, "sent")


def test_what_came_back_is_unread_until_it_is_read(desk: LearnersClass, share: Path) -> None:
    receipt = desk.hand_in("L1", "ja")
    due = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    sent_back(FolderForDesk(share, "sql"), receipt.code, due)
    told = desk.synchronise("ja")
    lesson = told.lessons[0]
    assert (lesson.due, lesson.over, lesson.state) == (due, True, "graded")
    assert lesson.graded is not None
    assert [(each.exercise, each.points) for each in lesson.graded.exercises] == [("L1-01", 10.0), ("L1-07", None)]
    assert lesson.graded.solved == 1
    assert [(each.question, each.reply) for each in told.questions] == [("どちらが新しい順？", "DESC です。")]
    assert (told.unread, [each.reply for each in told.faq]) == (2, ["DESC です。"])
    assert desk.page_of("L1") == PAGE
    assert desk.mark_read("q1").unread == 0
    json.dumps(asdict(told))


def test_an_expo_that_came_back_is_unread_until_it_is_looked_at_in_the_expo(desk: LearnersClass, share: Path) -> None:
    FolderForDesk(share, "sql").feedback(Feedback(EXPO, "hanako", NOW, "1", 20.0, 27.0, (), PAGE))
    told = desk.synchronise("ja")
    assert (told.unread, told.expo.graded and told.expo.graded.points) == (1, 20.0)
    assert desk.mark_read(EXPO).unread == 0


def test_a_later_hand_in_is_not_told_as_graded(desk: LearnersClass, share: Path) -> None:
    first = desk.hand_in("L1", "ja")
    sent_back(FolderForDesk(share, "sql"), first.code, NOW)
    desk.synchronise("ja")
    desk.hand_in("L1", "ja")
    lesson = desk.synchronise("ja").lessons[0]
    assert (lesson.state, [each.number for each in lesson.receipts]) == ("sent", [1, 2])


def test_by_hand_a_file_goes_out_and_another_comes_back(folder: Folder, tmp_path: Path) -> None:
    join(folder.hidden, Invitation("sql", "Sato", BY_HAND), learner="hanako")
    desk = class_of(folder)
    assert desk is not None
    receipt = desk.hand_in("L1", "ja")
    told = desk.synchronise("ja")
    assert told.by_hand
    lesson = told.lessons[0]
    assert (lesson.state, lesson.file) == (
        "to_send",
        f"提出ファイル/{lesson.receipts[-1].name}",
    )  # not yet with anybody
    assert (folder.root / lesson.file).is_file()
    name, content = desk.file_of(receipt.code)
    assert (folder.root / "提出ファイル" / name).is_file()
    assert open_envelope(content).code == receipt.code
    end = HandForDesk(tmp_path / "inbox", tmp_path / "outbox")
    sent_back(end, receipt.code, NOW)
    told = desk.receive((tmp_path / "outbox" / "hanako.json").read_bytes(), "ja")
    assert (told.lessons[0].state, told.unread, len(told.faq)) == ("graded", 2, 1)


def test_a_hand_in_after_the_date_is_told_as_late(folder: Folder, desk: LearnersClass, share: Path) -> None:
    desk.hand_in("L1", "ja")
    assert not desk.synchronise("ja").lessons[0].late  # no date is known yet
    for due, late in (("2020-01-10T12:00:00+00:00", True), ("2999-01-10T12:00:00+00:00", False)):
        lesson = ClassState("sql", "佐藤", datetime.now(UTC).isoformat(), (ReleasedLesson("L1", due),), ())
        FolderForDesk(share, "sql").release(lesson)
        assert desk.synchronise("ja").lessons[0].late is late


def test_the_terminal_finds_the_folder_that_one_stands_in_and_says_where_a_file_waits(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PENGUIN_LANG", "ja")
    monkeypatch.chdir(folder.root)
    shown = CliRunner().invoke(app, ["L1"])
    assert shown.exit_code == 2
    assert str(folder.root) in shown.output.replace("\n", "")
    join(folder.hidden, Invitation("sql", "Sato", BY_HAND), learner="hanako")
    shown = CliRunner().invoke(app, ["L1"])
    assert shown.exit_code == 0
    (file,) = (folder.root / "提出ファイル").glob("*.json")
    assert "まだメンターに届いていません" in shown.output
    assert str(file) in shown.output.replace("\n", "")


def test_a_folder_keeps_the_language_that_it_was_made_in(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PENGUIN_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert language_of(folder) == "en"  # nothing is made yet
    folder.practice("ja").write_bytes(b"")
    assert language_of(folder) == "ja"
    folder.practice("en").write_bytes(b"")
    assert language_of(folder) == "en"
    folder.language.write_text("ja", encoding="utf-8")
    assert language_of(folder) == "ja"
    folder.language.write_bytes(b"\xff\xfe")
    assert language_of(folder) == "en"


def test_a_file_for_somebody_else_is_not_taken(folder: Folder, tmp_path: Path) -> None:
    join(folder.hidden, Invitation("sql", "Sato", BY_HAND), learner="taro")
    desk = class_of(folder)
    assert desk is not None
    sent_back(HandForDesk(tmp_path / "inbox", tmp_path / "outbox"), "", NOW)
    with pytest.raises(PermissionError):
        desk.receive((tmp_path / "outbox" / "hanako.json").read_bytes(), "ja")
    assert HandForLearner(tmp_path, folder.hidden / "received").fetch() is None


@pytest.mark.parametrize(
    ("line", "exercise", "wanted"),
    [
        ("which way is newest?", "", "which way is newest?"),
        ("L1-07 新しい順は？", "L1-07", "新しい順は？"),
        ("l1-7: 新しい順は？", "L1-07", "新しい順は？"),
        ("L1 では何をしますか", "", "L1 では何をしますか"),
    ],
)
def test_a_question_in_plain_words_is_kept_whole_and_travels(
    folder: Folder, desk: LearnersClass, monkeypatch: pytest.MonkeyPatch, line: str, exercise: str, wanted: str
) -> None:
    monkeypatch.chdir(folder.root)
    shown = show_ask(Desk(lang="en", practice=folder.hidden / "none.duckdb"), line)
    assert "on its way" in shown.data["text/plain"]
    desk.synchronise("ja")
    (question,) = desk.now().questions
    assert (question.exercise, question.question, question.reply) == (exercise, wanted, "")


class _Server:
    def __init__(self, root: Path) -> None:
        self.app = ServerApp(root_dir=str(root), open_browser=False, port=0, token="secret", allow_root=True)  # noqa: S106
        self.app.initialize(argv=[], find_extensions=False, new_httpserver=True)
        load(self.app)

    async def fetch(self, path: str, **how: Any) -> Any:
        url = f"http://127.0.0.1:{self.app.port}/penguin/{path}"
        return await AsyncHTTPClient().fetch(url, headers={"Authorization": "token secret"}, **how)


def test_the_server_answers_the_page(
    folder: Folder, desk: LearnersClass, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENGUIN_LANG", "ja")

    async def play() -> None:
        server = _Server(folder.root)
        handed = json.loads((await server.fetch("handin/L1", method="POST", body="")).body)
        assert (handed["number"], handed["class"]["lessons"][0]["state"]) == (1, "sent")
        answers = json.loads((await server.fetch(f"handed-in/{handed['code']}")).body)
        assert answers[0]["exercise"] == "L1-01"
        sent_back(FolderForDesk(share, "sql"), handed["code"], NOW)
        told = json.loads((await server.fetch("class", method="POST", body="")).body)
        assert told["unread"] == 2
        page = await server.fetch("feedback/L1")
        assert page.body.decode() == PAGE
        assert page.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert json.loads((await server.fetch("read/q1", method="POST", body="")).body)["unread"] == 0
        file = await server.fetch(f"handin-file/{handed['code']}")
        assert open_envelope(file.body).code == handed["code"]
        for path, how in (
            ("handed-in/AAAA-AAAA", {}),
            ("feedback/L9", {}),
            ("receive", {"method": "POST", "body": "{}"}),
        ):
            with pytest.raises(HTTPClientError) as refused:
                await server.fetch(path, **how)
            assert refused.value.code in (400, 404)
        await closed(server.app.http_server)

    asyncio.run(play())


def test_without_a_class_the_server_says_so(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENGUIN_LANG", "ja")

    async def play() -> None:
        server = _Server(folder.root)
        assert json.loads((await server.fetch("class")).body) is None
        with pytest.raises(HTTPClientError) as refused:
            await server.fetch("handin/L1", method="POST", body="")
        assert refused.value.code == 404
        await closed(server.app.http_server)

    asyncio.run(play())
