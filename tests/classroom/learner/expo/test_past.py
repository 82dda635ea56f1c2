"""One Expo after another: the finished one stays as it was sealed, the new one begins with nothing of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest
from test_certificate import finished
from test_second import act, ready
from written import write

from classroom.exchange.expo.record import EXPO
from classroom.exchange.expo.seal import faults_of
from classroom.exchange.invitation import BY_HAND, Invitation, join
from classroom.exchange.mailbox import Known
from classroom.exchange.outbox import Outbox
from classroom.exchange.records import ExerciseFeedback, Feedback, Post
from classroom.learner.expo.certifying import certificate_of, lacking
from classroom.learner.expo.pages import page_html
from classroom.learner.expo.past import certified, past_rooms
from classroom.learner.expo.votes import keep_table
from classroom.learner.state.desk import Desk
from coursebook.expo import LETTERS

if TYPE_CHECKING:
    from classroom.learner.expo.place import ExpoRoom


def test_a_finished_expo_is_kept_as_it_was_and_another_begins(room: ExpoRoom) -> None:
    act(room, "anew")
    assert past_rooms(room) == ()
    room = finished(room)
    room.month.write_bytes(b"month")
    before = room.store.expo()
    assert "expo/anew" in page_html(room, "step/second")
    act(room, "anew")
    [kept] = past_rooms(room)
    assert kept.store.expo() == before
    assert faults_of(kept.store.expo(), room.clock()) == ()
    assert kept.month.read_bytes() == b"month"
    now = room.store.expo()
    assert now.who != before.who
    assert (now.log, now.issue.name, room.month.is_file()) == ((), "", False)
    html = page_html(room, "past/1")
    assert "〔issue.name〕" in html
    assert "〔finding〕" in html
    assert "data-bi-do" not in html
    assert 'data-bi-go="past/1"' in page_html(room, "step/issue")
    with pytest.raises(KeyError):
        page_html(room, "past/2")
    ready(room)
    act(room, "seal")
    assert len(room.store.expo().log) == 1
    assert len(kept.store.expo().log) == 4


def test_the_certificate_tells_of_the_finished_one_while_the_next_is_under_way(room: ExpoRoom) -> None:
    room = finished(room)
    act(room, "anew")
    assert lacking(room)
    signed = certificate_of(certified(room), "花子")
    assert signed is not None
    assert signed.certificate.issue == "〔issue.name〕"
    assert "expo/certificate" in page_html(room, "certificate")


def test_in_a_class_another_begins_once_this_one_is_marked_and_its_marks_are_not_the_next_ones(room: ExpoRoom) -> None:
    room = finished(room)
    member = join(room.folder.hidden, Invitation("sql", "森", BY_HAND, learner="hanako", key="k"))
    act(room, "hand-in")
    act(room, "anew")
    assert past_rooms(room) == ()
    rows = tuple(ExerciseFeedback(letter, 3.0, 3.0, "") for letter in LETTERS)
    post = Post(feedback=(Feedback(EXPO, "hanako", "2026-03-02", "c", 33.0, 33.0, rows, "<p>"),))
    (room.folder.hidden / "mail.json").write_text(json.dumps(asdict(Known(post=post))), "utf-8")
    assert "33 / 33" in page_html(room, "step/second")
    act(room, "anew")
    assert "33 / 33" not in page_html(room, "step/second")
    ready(room)
    act(room, "seal")
    first, second = Outbox(room.folder.hidden, member).receipts()
    html = page_html(room, "step/second")
    assert second.code in html
    assert first.code not in html
    assert "33 / 33" in page_html(room, "past/1")
    assert certificate_of(certified(room), "花子") is not None


def test_votes_become_a_table_of_the_learners_own(room: ExpoRoom) -> None:
    assert "表を作れませんでした" in act(room, "table")
    write(room, {"talk.votes": "○, 店長の' 言葉\n×\n○"})
    assert "3行" in act(room, "table")
    assert room.practice is not None
    keep_table(room.practice, room.folder.progress, "ja", "○, 店長の' 言葉\n×")  # in the place of the one before
    desk = Desk(lang="ja", practice=room.practice)
    desk.progress_path = room.folder.progress
    try:
        desk.open_own()
        rows = desk.session.connection.execute("SELECT listener, vote, comment FROM my.expo_votes").fetchall()
    finally:
        desk.close()
    assert rows == [(1, "worth", "店長の' 言葉"), (2, "not_worth", "")]
