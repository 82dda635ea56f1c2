"""Between learner and desk: every hand-in arrives once, whatever happens on the way, and what can't be taken is told."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import shutil
import threading
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from road import LEARNER_NAME, Learner, by_hand

from classroom.exchange import shared_folder
from classroom.exchange.envelope import seal
from classroom.exchange.names import safe_name
from classroom.exchange.records import HandIn
from classroom.exchange.transport import Unreachable
from classroom.mentor.classpage.attention import Kind, needs_attention
from classroom.mentor.collecting.collect import collect, received_file
from classroom.mentor.collecting.handin import read_timestamp
from classroom.mentor.collecting.remarks import trouble_sentence
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.place.calendar import zone_of
from classroom.mentor.place.roster import Learner as Listed
from classroom.mentor.place.roster import enrol
from classroom.mentor.returning.send import tell_class
from classroom.mentor.returning.workflow import release

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

RIGHT = "SELECT 1"
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def submitted_answer(desk: MentorFolder, learner: str, exercise: str = "L1-01") -> str:
    """What lies at the desk of a learner's answer."""
    (path,) = desk.step("submitted", learner, "L1").glob("*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    source = next(each["source"] for each in cells if each["id"] == f"answer-{exercise}")
    return "".join(source).split("\n", 1)[1].strip()


def codes(desk: MentorFolder) -> list[str]:
    return [each.code for each in received_file(desk).troubles()]


def test_a_hand_in_is_taken_once_and_the_learner_is_told(desk: MentorFolder, hanako: Learner) -> None:
    receipt = hanako.hand_in({"L1-01": "answer one"})
    assert (receipt.number, receipt.sent, len(receipt.code)) == (1, False, 9)
    assert [each.sent for each in hanako.outbox.receipts()] == [True]
    assert [each.code for each in collect(desk).taken] == [receipt.code]
    assert collect(desk).taken == []
    assert submitted_answer(desk, "hanako") == "answer one"
    tell_class(desk)
    (lesson,) = hanako.fetch().post.standing.lessons  # type: ignore[union-attr]
    assert (lesson.code, lesson.state) == (receipt.code, "collected")


def test_what_the_learner_s_edition_and_the_released_one_hold_scores_the_same(
    desk: MentorFolder, hanako: Learner
) -> None:
    answers = {each: desk.course.exercise(each).solution for each in ("L1-01", "L1-07")}
    hanako.hand_in(answers)
    collect(desk)
    report = grade_assignment(desk, "L1")
    assert (report.graded, report.refused) == (["hanako"], [])
    marks = read_marks(desk, "L1", "hanako").exercises
    assert {name: marks[name].points for name in answers} == {"L1-01": 10.0, "L1-07": 10.0}


def test_the_last_of_two_hand_ins_counts_in_whatever_order_they_arrive(desk: MentorFolder, hanako: Learner) -> None:
    now = dt.datetime.now(dt.UTC)
    late = hanako.keep({"L1-01": "the later one"}, now)
    early = hanako.keep({"L1-01": "the earlier one"}, now - dt.timedelta(hours=1))
    hanako.outbox.send(hanako.end)
    assert {each.code for each in collect(desk).taken} == {late.code, early.code}
    assert submitted_answer(desk, "hanako") == "the later one"
    assert [each.number for each in hanako.outbox.receipts()] == [1, 2]


def test_two_computers_of_one_learner_hand_in_for_the_same_one(
    desk: MentorFolder, hanako: Learner, tmp_path: Path
) -> None:
    laptop = Learner.at(tmp_path / "laptop", desk, "hanako")
    hanako.hand_in({"L1-01": "at the office"}, dt.datetime.now(dt.UTC) - dt.timedelta(hours=2))
    laptop.hand_in({"L1-01": "at home"})
    collect(desk)
    assert {each.sender for each in received_file(desk).letters("hanako")} == {
        hanako.member.sender,
        laptop.member.sender,
    }
    assert submitted_answer(desk, "hanako") == "at home"


def test_two_hand_ins_at_once_are_two(desk: MentorFolder, hanako: Learner, tmp_path: Path) -> None:
    others = [Learner.at(tmp_path / str(number), desk, "hanako") for number in range(6)]
    gate = threading.Barrier(6)

    def go(learner: Learner, number: int) -> None:
        gate.wait()
        learner.hand_in({"L1-01": f"try {number}"})

    threads = [threading.Thread(target=go, args=(each, number)) for number, each in enumerate(others)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(collect(desk).taken) == 6
    assert len(received_file(desk).letters("hanako", "L1")) == 6


def test_while_the_folder_is_gone_a_hand_in_waits_and_goes_later(
    desk: MentorFolder, hanako: Learner, tmp_path: Path
) -> None:
    (tmp_path / "share").rename(tmp_path / "away")
    receipt = hanako.keep({"L1-01": "kept"})
    with pytest.raises(Unreachable):
        hanako.outbox.send(hanako.end)
    assert [each.sent for each in hanako.outbox.receipts()] == [False]
    assert not (tmp_path / "share").exists()
    assert collect(desk).closed == str(tmp_path / "share")
    (tmp_path / "away").rename(tmp_path / "share")
    assert hanako.outbox.send(hanako.end) == 1
    assert [each.code for each in collect(desk).taken] == [receipt.code]


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.ENOENT])
def test_a_folder_that_fails_in_the_middle_loses_and_doubles_nothing(
    desk: MentorFolder, hanako: Learner, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    for number in range(3):
        hanako.keep({"L1-01": f"try {number}"})
    whole, calls = shared_folder.write_whole, iter((True, False))

    def failing(file: Path, content: bytes) -> None:
        if next(calls, False):
            return whole(file, content)
        raise OSError(fault, os.strerror(fault), str(file))

    with monkeypatch.context() as patch:
        patch.setattr(shared_folder, "write_whole", failing)
        with pytest.raises(Unreachable):
            hanako.outbox.send(hanako.end)
    assert [each.sent for each in hanako.outbox.receipts()] == [True, False, False]
    assert hanako.outbox.send(hanako.end) == 2
    assert len(collect(desk).taken) == 3
    assert codes(desk) == []


def test_a_folder_in_which_nothing_can_be_renamed_is_written_to_all_the_same(
    desk: MentorFolder, hanako: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(file: Path, content: bytes) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        raise PermissionError(errno.EACCES, "no right to rename", str(file))

    monkeypatch.setattr(shared_folder, "write_whole", refused)
    receipt = hanako.hand_in({"L1-01": "in place"})
    monkeypatch.undo()
    assert [each.code for each in collect(desk).taken] == [receipt.code]


def test_half_a_file_waits_for_its_other_half(desk: MentorFolder, hanako: Learner, tmp_path: Path) -> None:
    hanako.hand_in({"L1-01": "whole"})
    (file,) = (tmp_path / "share" / safe_name(desk.course_id) / "from" / safe_name("hanako")).glob("*.json")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert (collect(desk).taken, codes(desk)) == ([], ["not_whole"])
    file.write_bytes(whole)
    assert len(collect(desk).taken) == 1
    assert codes(desk) == []


def test_a_copy_that_a_synced_drive_makes_is_the_same_hand_in(
    desk: MentorFolder, hanako: Learner, tmp_path: Path
) -> None:
    hanako.hand_in({"L1-01": "once"})
    (file,) = (tmp_path / "share" / safe_name(desk.course_id) / "from" / safe_name("hanako")).glob("*.json")
    shutil.copy(file, file.with_name(f"{file.stem}-DESKTOP-7 のコピー.json"))
    assert len(collect(desk).taken) == 1
    assert codes(desk) == []


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_an_hour_off_neither_makes_late_nor_helps(
    desk: MentorFolder, hanako: Learner, hours: int
) -> None:
    real = dt.datetime.now(dt.UTC)
    replace(hanako, clock_off=dt.timedelta(hours=hours)).hand_in({"L1-01": "by my clock"})
    (letter,) = collect(desk).taken
    assert abs(dt.datetime.fromisoformat(letter.at) - real) < dt.timedelta(seconds=30)
    assert abs(letter.clock_off + hours * 3600) < 30
    timestamp, _ = read_timestamp(desk.step("submitted", "hanako", "L1"))
    assert timestamp is not None
    assert abs(timestamp - real.replace(tzinfo=None)) < dt.timedelta(seconds=30)


def test_what_waited_for_the_folder_counts_from_when_it_was_handed_in(desk: MentorFolder, hanako: Learner) -> None:
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    hanako.keep({"L1-01": "yesterday"}, yesterday)
    hanako.outbox.send(hanako.end)
    (letter,) = collect(desk).taken
    assert letter.at == yesterday.isoformat()


def test_a_hand_in_that_claims_to_be_another_s_is_not_taken(
    desk: MentorFolder, hanako: Learner, tmp_path: Path
) -> None:
    received_file(desk).invite("taro")
    hanako.claiming("taro").hand_in({"L1-01": "not taro's"})  # taro has a key, and this is not sealed with it
    mine = hanako.keep({"L1-01": "mine"})
    (kept,) = (hanako.hidden / "outbox").glob("*.json")
    shutil.copy(kept, tmp_path / "share" / safe_name(desk.course_id) / "from" / safe_name("taro") / "x.json")
    hanako.outbox.send(hanako.end)
    assert [(each.learner, each.code) for each in collect(desk).taken] == [("hanako", mine.code)]
    assert sorted(codes(desk)) == ["not_signed", "other_place"]
    assert not desk.step("submitted", "taro", "L1").exists()


def test_who_has_a_key_is_taken_though_nobody_put_them_on_the_list(desk: MentorFolder, tmp_path: Path) -> None:
    Learner.at(tmp_path / "new", desk, "newcomer", key=True).hand_in({})
    Learner.at(tmp_path / "stranger", desk, "stranger").hand_in({})
    assert [each.learner for each in collect(desk).taken] == ["newcomer"]
    assert codes(desk) == ["not_listed"]


def test_a_notebook_of_an_older_numbering_is_known_by_what_is_inside(desk: MentorFolder, hanako: Learner) -> None:
    old = json.loads(json.dumps(hanako.notebook))
    del old["metadata"]["penguin"]["numbering"]
    replace(hanako, notebook=old).hand_in({"L1-01": desk.course.exercise("L1-01").solution})
    assert len(collect(desk).taken) == 1
    assert grade_assignment(desk, "L1").graded == ["hanako"]


def test_a_hand_in_for_the_wrong_lesson_is_told_with_both_names(desk: MentorFolder, hanako: Learner) -> None:
    hanako.keep({}, lesson="L2")
    hanako.keep({}, lesson="L99")
    hanako.outbox.send(hanako.end)
    assert collect(desk).taken == []
    assert sorted(codes(desk)) == ["unknown_lesson", "wrong_lesson"]
    told = [trouble_sentence(each, "en") for each in received_file(desk).troubles()]
    assert any("says it is L2, but what is inside is L1" in each for each in told)


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        (f"hanako/{LEARNER_NAME}", "hanako"),
        ("L1_hanako (1).ipynb", "hanako"),
        ("【提出】山田花子_第1回.ipynb", "hanako"),
        ("taro.ipynb", "taro"),
        (LEARNER_NAME, ""),
        ("hanako and taro.ipynb", ""),
    ],
)
def test_a_plain_notebook_is_known_by_what_is_inside_and_whose_by_its_name_or_folder(
    desk: MentorFolder, hanako: Learner, name: str, whose: str
) -> None:
    file = desk.inbox / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(hanako.notebook, ensure_ascii=False), encoding="utf-8")
    taken = [(each.learner, each.lesson, each.way) for each in collect(desk).taken]
    assert taken == ([(whose, "L1", "notebook")] if whose else [])
    assert codes(desk) == ([] if whose else ["whose"])
    assert file.exists() is not bool(whose)


def test_files_by_hand_arrive_under_any_name_and_in_an_archive(folder: MentorFolder, tmp_path: Path) -> None:
    desk = by_hand(folder)
    learners = [Learner.at(tmp_path / name, desk, name, key=True) for name in ("hanako", "taro", "jiro")]
    receipts = [each.hand_in({"L1-01": f"{each.member.learner}'s"}) for each in learners]
    files = [next((each.hidden.parent / "to-mentor").glob("*.json")) for each in learners]
    shutil.copy(files[0], desk.inbox / "添付ファイル (3)")
    with zipfile.ZipFile(desk.inbox / "all.zip", "w") as archive:
        for number, each in enumerate(files[1:]):
            archive.write(each, f"sub/{number}.txt")
    assert {each.code for each in collect(desk).taken} == {each.code for each in receipts}
    assert list(desk.inbox.iterdir()) == []
    assert submitted_answer(desk, "jiro") == "jiro's"
    assert collect(desk).taken == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nonsense", b"hello", b"{", b'{"cells": []}', b"\x00" * 1000])
def test_what_is_no_hand_in_stays_in_the_inbox_and_is_told(desk: MentorFolder, content: bytes) -> None:
    desk.inbox.mkdir(exist_ok=True)
    (desk.inbox / "something.json").write_bytes(content)
    assert collect(desk).taken == []
    assert len(codes(desk)) == 1
    for lang in ("ja", "en"):
        assert "something.json" in trouble_sentence(received_file(desk).troubles()[0], lang)
    assert (desk.inbox / "something.json").exists()
    (desk.inbox / "something.json").unlink()


def test_of_160_hand_ins_of_which_40_are_broken_or_hostile_120_are_graded_and_40_told(
    desk: MentorFolder, tmp_path: Path
) -> None:
    from classroom.mentor.place.gradebook import open_gradebook

    names = [f"s{number:03}" for number in range(160)]
    with open_gradebook(desk) as gradebook:
        enrol(gradebook, [Listed(each) for each in names])
    share = tmp_path / "share" / safe_name(desk.course_id) / "from"
    first = Learner.at(tmp_path / "one", desk, "s000")
    right = desk.course.exercise("L1-01").solution
    now = dt.datetime.now(dt.UTC)
    for number, name in enumerate(names):
        who = first.claiming(name)
        letter = HandIn(desk.course_id, "L1", name, "x", now.isoformat(), "L1.ipynb", who.notebook)
        file = share / safe_name(name) / "a.json"
        file.parent.mkdir(parents=True)
        if number % 4:
            file.write_bytes(seal(replace(letter, notebook=_answering(who.notebook, right)), now))
        else:
            file.write_bytes(_broken(letter, number // 4, now))
    report = collect(desk)
    assert len(report.taken) == 120
    assert len({each.learner for each in report.taken}) == 120
    graded = grade_assignment(desk, "L1")
    assert (len(graded.graded), graded.refused) == (120, [])
    assert len(received_file(desk).troubles()) == 40
    assert collect(desk).taken == []
    assert len(received_file(desk).troubles()) == 40
    assert all(trouble_sentence(each, "ja") for each in received_file(desk).troubles())
    assert {read_marks(desk, "L1", name).exercises["L1-01"].points for name in names[1:4]} == {10.0}


def _answering(notebook: dict[str, Any], answer: str) -> dict[str, Any]:
    from cohort import answered

    return answered(notebook, {"L1-01": answer})


def _broken(letter: HandIn, kind: int, now: dt.datetime) -> bytes:
    """Forty ways in eight kinds."""
    whole = seal(letter, now)
    ways = (
        lambda: whole[: len(whole) // 2],
        lambda: whole.replace(b'"L1"', b'"L2"', 1),
        lambda: seal(replace(letter, learner="s001"), now),
        lambda: seal(replace(letter, lesson="L1/../../.."), now),
        lambda: seal(replace(letter, learner="../../desk"), now),
        lambda: seal(replace(letter, notebook={"cells": "none"}), now),
        lambda: seal(replace(letter, course="another"), now),
        lambda: b"[" * 50_000,
    )
    return ways[kind % len(ways)]()


def test_a_hand_in_that_is_dated_back_is_told_beside_when_it_came(desk: MentorFolder, hanako: Learner) -> None:
    before = dt.datetime.now(dt.UTC)
    collect(desk, before)
    code = hanako.hand_in({"L1-01": "late"}, before - dt.timedelta(days=5)).code
    (file,) = desk.share.glob("*/from/*/*-hand-in-*") if desk.share else ()
    long_ago = (before - dt.timedelta(days=5)).timestamp()
    raw = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**raw, "sent_at": raw["content"]["at"]}), encoding="utf-8")
    os.utime(file, (long_ago, long_ago))
    (letter,) = collect(desk, before + dt.timedelta(minutes=1)).taken
    assert letter.came == before.isoformat()
    said = [each for each in needs_attention(desk, "L1", {}) if each.kind is Kind.CLOCK]
    assert [each.student for each in said] == ["hanako"]
    assert code in said[0].text
    assert f"{before.astimezone(zone_of(desk)):%H:%M}" in said[0].text


def test_a_hand_in_that_is_dated_before_its_release_is_told_by_who_never_looked_meanwhile(
    desk: MentorFolder, hanako: Learner
) -> None:
    release(desk, "L1", None, to_exchange=True)
    before = dt.datetime.now(dt.UTC)
    code = hanako.hand_in({"L1-01": "late"}, before - dt.timedelta(days=5)).code
    assert len(collect(desk, before + dt.timedelta(days=14)).taken) == 1
    said = [each.text for each in needs_attention(desk, "L1", {}) if each.kind is Kind.CLOCK]
    assert [code in each for each in said] == [True]


def test_what_lay_at_the_door_before_the_release_is_told_of_nobody(desk: MentorFolder, hanako: Learner) -> None:
    hanako.hand_in({"L1-01": "early"}, dt.datetime.now(dt.UTC) - dt.timedelta(hours=5))
    release(desk, "L1", None, to_exchange=True)
    assert len(collect(desk).taken) == 1
    assert [each for each in needs_attention(desk, "L1", {}) if each.kind is Kind.CLOCK] == []


def test_what_came_when_it_says_so_is_told_of_nobody(desk: MentorFolder, hanako: Learner) -> None:
    collect(desk)
    hanako.hand_in({"L1-01": "in time"})
    assert len(collect(desk).taken) == 1
    assert [each for each in needs_attention(desk, "L1", {}) if each.kind is Kind.CLOCK] == []
