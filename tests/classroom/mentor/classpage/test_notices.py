"""Notices reach a chat and mailboxes once, whatever the servers do, and no secret of theirs is shown."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

import pytest
from notice_servers import SECRET, chat_at, mailbox, own_certificate
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.mentor.classpage.questions import REMINDER, write_to
from classroom.mentor.classpage.timetable import run_once
from classroom.mentor.notices import channels
from classroom.mentor.notices.deliver import deliver
from classroom.mentor.notices.outbox import STORE, NoticeKind, NoticeWay, notices_of, notify
from classroom.mentor.notices.settings import FILE, read_ways
from classroom.mentor.place.copies import COPIES
from classroom.mentor.place.faults import DeskFault
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.roster import Learner as Listed
from classroom.mentor.place.roster import enrol
from classroom.mentor.returning.workflow import release

if TYPE_CHECKING:
    from pathlib import Path

    from notice_servers import Chat, Mailbox
    from road import Learner

    from classroom.mentor.place.folder import MentorFolder

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
PASSWORD = "pa55w0rd"  # noqa: S105  (the tests’ own)
NOW = dt.datetime(2027, 4, 1, 3, tzinfo=dt.UTC)


def minutes(count: float) -> dt.datetime:
    """So long after what was noted: the notices themselves are noted by the machine's clock."""
    return dt.datetime.now(dt.UTC) + dt.timedelta(minutes=count)


def set_ways(desk: MentorFolder, chat: Chat | None = None, box: Mailbox | None = None, form: str = "slack") -> None:
    text = f'[webhook]\nurl = "{chat.url}"\nform = "{form}"\n' if chat else ""
    if box:
        text += (
            f'[mail]\nhost = "localhost"\nport = {box.port}\nsecurity = "none"\nfrom = "sql@example.com"\n'
            f'user = "sql"\npassword = "{PASSWORD}"\n'
        )
    (desk.desk / FILE).write_text(text, encoding="utf-8")
    (desk.desk / FILE).chmod(0o600)


def with_address(desk: MentorFolder) -> MentorFolder:
    with open_gradebook(desk) as gradebook:
        enrol(gradebook, [Listed("hanako", "花子", "山田", "hanako@example.com")])
    return desk


def states(desk: MentorFolder) -> dict[tuple[str, str], int]:
    return dict(notices_of(desk).counts())


def test_nothing_is_kept_or_sent_where_nothing_is_set(desk: MentorFolder) -> None:
    write_to(desk, "hanako", "L1-03", "…")
    deliver(desk)
    assert not (desk.desk / STORE).exists()


def test_a_week_is_told_in_one_message_to_the_class_and_one_mail_to_its_learner_without_what_is_in_it(
    desk: MentorFolder, hanako: Learner
) -> None:
    with chat_at() as chat, mailbox() as box:
        set_ways(with_address(desk), chat, box)
        release(desk, "L2", NOW, to_exchange=True)
        hanako.hand_in({"L1-01": desk.course.exercise("L1-01").solution})
        run_once(desk)
        write_to(desk, "hanako", "L1-03", "秘密の一言")
        write_to(desk, "hanako", "L1-05", "もうすぐです", REMINDER)
        deliver(desk)
        deliver(desk)
        run_once(desk)
        deliver(desk)
    (said,) = (each["text"] for each in chat.got)
    assert "L2 を公開しています。締め切り: 2027-04-01 12:00 (JST)" in said
    assert "L1 の採点結果を返却しました: 13人" in said
    assert "hanako" not in said
    (mail,) = box.got
    text = mail.get_content()
    assert (mail["To"], mail["Auto-Submitted"]) == ("hanako@example.com", "auto-generated")
    for line in ("L2 を公開", "L1 の採点結果が返却されました", "L1-03 について", "L1-05 を含むレッスンの締め切り"):
        assert line in text
    assert "秘密" not in text
    # twelve others have no address
    assert states(desk)[NoticeWay.MAIL, "failed"] == 12
    assert notices_of(desk).latest_fault(NoticeWay.MAIL) == "no address"


@pytest.mark.parametrize(
    ("answers", "sent_after", "state"),
    [
        ([500, 503, 200], 3, "sent"),
        ([429, 200], 2, "sent"),
        ([307], 1, "failed"),
        ([404], 1, "failed"),
        (["gone"], 1, "uncertain"),
        (["silence"], 1, "uncertain"),
    ],
)
def test_a_chat_that_is_not_well_gets_nothing_twice(
    desk: MentorFolder,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    answers: list[int | str],
    sent_after: int,
    state: str,
) -> None:
    monkeypatch.setattr(channels, "SECONDS", 1.0)
    with chat_at() as chat:
        chat.answers = answers
        set_ways(desk, chat)
        notify(desk, NoticeKind.RETURNED, "L1", "hanako")
        for number in range(8):
            deliver(desk, minutes(1000 * number))
    assert len(chat.paths) == sent_after
    assert len(chat.got) == (state == "sent")
    assert states(desk) == {(NoticeWay.CHAT, state): 1}
    assert {each for each in chat.paths if "elsewhere" in each} == set()
    assert SECRET not in caplog.text


def test_what_waits_while_nobody_is_there_goes_when_somebody_is(desk: MentorFolder) -> None:
    with chat_at() as chat:
        set_ways(desk, chat)
        port = int(chat.url.split(":")[2].split("/")[0])
    notify(desk, NoticeKind.RETURNED, "L1", "hanako")
    deliver(desk, minutes(0.1))
    deliver(desk, minutes(0.2))  # too soon
    assert states(desk) == {(NoticeWay.CHAT, "waiting"): 1}
    assert notices_of(desk).latest_fault(NoticeWay.CHAT) == "ConnectionRefusedError"
    notify(desk, NoticeKind.ANSWERED, "L1-03", "hanako")
    with chat_at(port) as chat:
        deliver(desk, minutes(2))
    assert [each["text"].count("\n") for each in chat.got] == [2]


def test_what_is_three_days_old_is_given_up_and_said(desk: MentorFolder) -> None:
    with chat_at() as chat:
        set_ways(desk, chat)
    notify(desk, NoticeKind.RETURNED, "L1", "hanako")
    deliver(desk, minutes(1))
    deliver(desk, minutes(4 * 24 * 60))
    assert states(desk) == {(NoticeWay.CHAT, "failed"): 1}


def test_a_certificate_that_nobody_vouches_for_gets_no_secret(desk: MentorFolder, tmp_path: Path) -> None:
    with chat_at(context=own_certificate(tmp_path)) as chat:
        set_ways(desk, chat)
        notify(desk, NoticeKind.RETURNED, "L1", "hanako")
        deliver(desk, minutes(1))
        assert chat.paths == []
    assert notices_of(desk).latest_fault(NoticeWay.CHAT) == "certificate"
    said = CliRunner().invoke(app, ["notices", "--dir", str(desk.root)]).output
    assert "サーバーの証明書を確かめられません" in said
    assert SECRET not in said


@pytest.mark.parametrize(
    ("line", "answer", "state"),
    [
        ("AUTH", "535 no", "waiting"),
        ("MAIL", "451 later", "waiting"),
        ("RCPT", "550 nobody", "failed"),
        ("RCPT", "gone", "waiting"),
        ("DATA", "gone", "uncertain"),
        ("DATA", "554 no", "failed"),
        ("DATA", "451 later", "waiting"),
    ],
)
def test_a_mail_server_that_is_not_well_gets_nothing_twice(
    desk: MentorFolder, caplog: pytest.LogCaptureFixture, line: str, answer: str, state: str
) -> None:
    with mailbox() as box:
        set_ways(with_address(desk), box=box)
        notify(desk, NoticeKind.WORD, "L1-03", "hanako")
        box.refuses = {line: answer}
        deliver(desk, minutes(0.1))
        assert states(desk) == {(NoticeWay.MAIL, state): 1}
        box.refuses = {}
        deliver(desk, minutes(10))
        deliver(desk, minutes(20))
    assert len(box.got) == (state == "waiting")
    assert PASSWORD not in caplog.text


def test_an_address_that_is_refused_keeps_no_mail_from_the_others(desk: MentorFolder) -> None:
    with open_gradebook(with_address(desk)) as gradebook:
        enrol(gradebook, [Listed("akira", "明", "林", "nobody@example.com")])
    with mailbox() as box:
        set_ways(desk, box=box)
        for each in ("akira", "hanako"):
            notify(desk, NoticeKind.WORD, "L1-03", each)
        box.refuses = {"RCPT TO:<NOBODY": "550 nobody"}
        deliver(desk, minutes(0.1))
    assert [each["To"] for each in box.got] == ["hanako@example.com"]
    assert states(desk) == {(NoticeWay.MAIL, "failed"): 1, (NoticeWay.MAIL, "sent"): 1}


@pytest.mark.parametrize("set_to", [('user = "sql"', 'user = "営業"'), (f'"{PASSWORD}"', '"合言葉"')])
def test_a_name_that_the_server_can_not_be_told_waits_as_it_would_not_let_us_in(
    desk: MentorFolder, set_to: tuple[str, str]
) -> None:
    with mailbox() as box:
        set_ways(with_address(desk), box=box)
        place = desk.desk / FILE
        place.write_text(place.read_text(encoding="utf-8").replace(*set_to), encoding="utf-8")
        notify(desk, NoticeKind.WORD, "L1-03", "hanako")
        deliver(desk, minutes(0.1))
    assert states(desk) == {(NoticeWay.MAIL, "waiting"): 1}


def test_who_wants_no_mail_gets_none(desk: MentorFolder) -> None:
    settings = desk.settings_path
    settings.write_text(f'no_mail = ["hanako"]\n{settings.read_text(encoding="utf-8")}', encoding="utf-8")
    with mailbox() as box:
        set_ways(with_address(desk), box=box)
        notify(desk, NoticeKind.WORD, "L1-03", "hanako")
        deliver(desk.with_settings_of_now(), minutes(1))
    assert box.got == []
    assert states(desk) == {(NoticeWay.MAIL, "failed"): 1}


def test_what_two_send_at_once_goes_once_and_what_one_left_behind_is_not_sent_again(desk: MentorFolder) -> None:
    with chat_at() as chat:
        set_ways(desk, chat)
        for number in range(20):
            notify(desk, NoticeKind.ANSWERED, f"L1-{number:02}", "hanako")
        at = minutes(1)
        together = [threading.Thread(target=deliver, args=(desk, at)) for _ in range(4)]
        for each in together:
            each.start()
        for each in together:
            each.join()
        assert len(chat.got) == 1
        notify(desk, NoticeKind.ANSWERED, "L1-03", "hanako")
        notices_of(desk).take(NoticeWay.CHAT, "", minutes(1))  # by one that was killed then
        deliver(desk, minutes(60))
    assert len(chat.got) == 1
    assert states(desk) == {(NoticeWay.CHAT, "sent"): 20, (NoticeWay.CHAT, "uncertain"): 1}


@pytest.mark.parametrize(("form", "key"), [("slack", "text"), ("google_chat", "text"), ("teams", "attachments")])
def test_each_chat_gets_its_own_form_and_a_try_is_sent_at_once(desk: MentorFolder, form: str, key: str) -> None:
    with chat_at() as chat:
        set_ways(desk, chat, form=form)
        said = CliRunner().invoke(app, ["notices", "--dir", str(desk.root), "--test", "chat"])
    assert said.exit_code == 0, said.output
    assert [key in each for each in chat.got] == [True]
    assert "送りました" in said.output
    assert SECRET not in said.output


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[webhook", "notices.unreadable"),
        ('[webhook]\nurl = "http://example.com/x"', "notices.value"),
        ('[webhook]\nurl = "https://example.com/x"\nform = "irc"', "notices.value"),
        ('[webhook]\nurl = "https://[x"', "notices.value"),
        ('[webhook]\nurl = "https://example.com:x/y"', "notices.value"),
        ('[webhook]\nurl = "https://example.com/営業"', "notices.value"),
        ('[webhook]\nurl = "https://example.com/a b"', "notices.value"),
        ('[mail]\nhost = "mail.example.com"\nfrom = "a@b.c"\nsecurity = "none"', "notices.value"),
        ('[mail]\nfrom = "a@b.c"', "notices.value"),
        ('[mail]\nhost = "mail.example.com"\nfrom = "a@b.c\\nBcc: x@y.z"', "notices.value"),
        ("mail = 3", "notices.value"),
    ],
)
def test_settings_that_lack_something_are_named(desk: MentorFolder, text: str, code: str) -> None:
    (desk.desk / FILE).write_text(text, encoding="utf-8")
    (desk.desk / FILE).chmod(0o600)
    with pytest.raises(DeskFault) as fault:
        read_ways(desk)
    assert fault.value.code == code
    said = CliRunner().invoke(app, ["notices", "--dir", str(desk.root)])
    assert said.exit_code == 2
    assert FILE in said.output
    write_to(desk, "hanako", "L1-03", "…")  # goes its way all the same


def test_the_secrets_are_read_from_no_file_that_others_read_and_are_copied_nowhere(desk: MentorFolder) -> None:
    with chat_at() as chat:
        set_ways(desk, chat)
    (desk.desk / FILE).chmod(0o644)
    with pytest.raises(DeskFault) as fault:
        read_ways(desk)
    assert fault.value.code == "notices.open_to_all"
    (desk.desk / FILE).chmod(0o600)
    run_once(desk)
    kept = [each for each in (desk.desk / COPIES).rglob("*") if each.is_file()]
    assert kept
    assert not any(SECRET.encode() in each.read_bytes() for each in kept)


def test_a_mark_that_editors_put_before_a_text_is_no_fault(desk: MentorFolder) -> None:
    (desk.desk / FILE).write_text('[webhook]\nurl = "https://chat.example.com/x"\n', encoding="utf-8-sig")
    (desk.desk / FILE).chmod(0o600)
    assert read_ways(desk).webhook is not None


def test_an_operators_environment_may_hold_the_secrets(desk: MentorFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.desk / FILE).write_text('[webhook]\nform = "teams"\n', encoding="utf-8")
    (desk.desk / FILE).chmod(0o600)
    monkeypatch.setenv("PENGUIN_WEBHOOK_URL", "https://chat.example.com/x")
    webhook = read_ways(desk).webhook
    assert webhook is not None
    assert (webhook.url, webhook.host) == ("https://chat.example.com/x", "chat.example.com")
