"""A mentor's own words reach whom they are for, on their home and by mail, once, and nobody who wants none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from notice_servers import chat_at, mailbox
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.exchange.transport import Unreachable
from classroom.mentor.classpage import announcements
from classroom.mentor.classpage.announcements import announce
from classroom.mentor.notices.deliver import deliver
from classroom.mentor.notices.settings import FILE
from classroom.mentor.page.asked import NotAsked
from classroom.mentor.page.desk import DeskRoom
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.roster import Learner as Listed
from classroom.mentor.place.roster import enrol

if TYPE_CHECKING:
    from road import Learner

    from classroom.mentor.place.folder import MentorFolder

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
WORDS = "金曜は 15 時から勉強会です。\n<b>会議室 3</b> / Study group on Friday at three."


def test_it_stands_on_their_home_as_written_once_however_often_it_is_sent(desk: MentorFolder, hanako: Learner) -> None:
    class_file(desk).put_into_teams({"hanako": "営業", "learner00": "営業"})
    for _ in range(2):
        said = CliRunner().invoke(app, ["announce", WORDS, "--team", "営業", "--dir", str(desk.root)])
        assert said.exit_code == 0, said.output
    assert "2人には、同じ文を今日すでに送っています" in said.output
    (reply,) = hanako.fetch().post.replies
    assert (reply.reply, reply.exercise, reply.question) == (WORDS, "", "")
    assert {each.student for each in class_file(desk).replies()} == {"hanako", "learner00"}


def test_who_wants_none_gets_none_and_it_is_said(desk: MentorFolder, hanako: Learner) -> None:
    settings = desk.settings_path
    settings.write_text(f'no_reminders = ["hanako"]\n{settings.read_text(encoding="utf-8")}', encoding="utf-8")
    done = announce(desk.with_settings_of_now(), ["hanako", "learner00"], WORDS)
    assert (done.sent, done.had, done.unwanted) == (("learner00",), (), ("hanako",))
    assert hanako.fetch().post.replies == ()


def test_where_the_way_closes_midway_only_those_get_it_later_who_had_none(
    desk: MentorFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, write_to = list[str](), announcements.write_to

    def closes(folder: MentorFolder, student: str, *rest: str) -> None:
        if student == "learner02" and "learner02" not in sent:
            sent.append(student)
            raise Unreachable(113, "closed", "share")
        sent.append(student)
        write_to(folder, student, *rest)

    monkeypatch.setattr(announcements, "write_to", closes)
    students = [f"learner{number:02}" for number in range(4)]
    with pytest.raises(Unreachable):
        announce(desk, students, WORDS)
    assert announce(desk, students, WORDS).sent == ("learner02", "learner03")
    assert sorted(each.student for each in class_file(desk).replies()) == students


def test_the_chat_is_told_how_many_and_mail_that_there_is_one_and_neither_what_it_says(
    desk: MentorFolder, hanako: Learner
) -> None:
    with open_gradebook(desk) as gradebook:
        enrol(gradebook, [Listed("hanako", "花子", "山田", "hanako@example.com")])
    with chat_at() as chat, mailbox() as box:
        (desk.desk / FILE).write_text(
            f'[webhook]\nurl = "{chat.url}"\n[mail]\nhost = "localhost"\nport = {box.port}\n'
            'security = "none"\nfrom = "sql@example.com"\n',
            encoding="utf-8",
        )
        (desk.desk / FILE).chmod(0o600)
        announce(desk, ["hanako"], WORDS)
        announce(desk, ["hanako"], WORDS)
        deliver(desk)
    (said,), (mail,) = chat.got, box.got
    assert "メンターが1人にお知らせを送りました" in said["text"]
    assert "メンターからお知らせがあります" in mail.get_content()
    assert "勉強会" not in said["text"] + mail.get_content()


@pytest.mark.parametrize(
    "asked",
    [
        {"students": ["hanako"], "text": ""},
        {"students": ["hanako"], "text": "x" * 4_001},
        {"students": [], "text": WORDS},
        {"students": "hanako", "text": WORDS},
        {"students": ["hanako", "../nobody"], "text": WORDS},
        {"students": [["hanako"]], "text": WORDS},
        {"text": WORDS},
    ],
)
def test_the_page_can_ask_for_nothing_else(desk: MentorFolder, asked: dict[str, object]) -> None:
    with pytest.raises(NotAsked):
        DeskRoom(desk).step("announce", asked)
    assert class_file(desk).replies() == ()
