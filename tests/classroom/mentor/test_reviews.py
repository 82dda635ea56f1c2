"""Reviews by those who have finished: given out without names, written by the rubric, read by a mentor, passed on to the author."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from expo_work import Writer
from road import Learner
from test_expo_tab import buttons, texts
from test_expos import given, keep

from classroom.exchange.expo.review import asked
from classroom.folder import Folder
from classroom.learner.expo.actions import ACTIONS
from classroom.learner.expo.place import ExpoRoom
from classroom.learner.expo.reviewing import page
from classroom.learner.page.handing import LearnersClass
from classroom.mentor.classpage.attention import Kind, needs_attention
from classroom.mentor.collecting.collect import collect
from classroom.mentor.expo.expos import expo_of
from classroom.mentor.expo.feedback import return_expo
from classroom.mentor.expo.peer_reviews import give_out, release, reviewers, text_of, to_release, waiting, without_names
from classroom.mentor.expo.review_tab import review_tab
from classroom.mentor.grading.store import DeskAnswer, DeskStore, DeskSubmission
from classroom.mentor.place.review_store import ReviewStore
from classroom.mentor.returning.send import tell_class
from coursebook.expo import LETTERS

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

AT = "2027-01-01T00:00:00+00:00"
CRITERIA = ("three-problems", "consequence", "check", "repair", "tone")


def answers(desk: MentorFolder, **written: str) -> None:
    """The review exercise as it is graded at the desk, by learner; an empty text is a blank answer."""
    store = DeskStore(desk.store_path)
    for learner, text in written.items():
        submission = DeskSubmission("L7", learner, learner, 1, AT, AT, "graded", None, "[]", "")
        one = DeskAnswer("L7", learner, "L7-11", 1, text, text, learner, "for_mentor", 0, 10, None, None, "", AT, AT)
        store.keep_submission(submission, [one], [])


@pytest.fixture
def room(desk: MentorFolder, hanako: Learner) -> ExpoRoom:
    """Hanako's room, as far as reviews need one; all three have handed in."""
    answers(desk, hanako="花子の答え", taro="太郎です。taro の答え: 行が増える", jiro="二郎の答え")
    nothing: Any = None
    return ExpoRoom(*[nothing] * 5, lang="ja", folder=Folder(hanako.hidden.parent), practice=None, clock=hanako.now)


def write(room: ExpoRoom, do: str, key: str, points: str, words: str) -> str:
    fields = {f"points.{each}": point for each, point in zip(CRITERIA, points, strict=False)}
    return ACTIONS[f"review/{do}"](room, {"key": key, "words": words, **fields}).said


def test_a_review_goes_from_the_desk_to_who_finished_and_by_way_of_a_mentor_to_the_author(
    desk: MentorFolder, hanako: Learner, room: ExpoRoom, tmp_path: Path
) -> None:
    assert give_out(desk, ["hanako"])[0].reviewer == "hanako"
    hanako.fetch()
    waits = asked(hanako.hidden, hanako.member)
    assert [each.answer for each in waits] == ["○○の答え", "○○です。○○ の答え: 行が増える"]
    key = waits[1].key
    html = page(room)
    assert "本当に問題である点が3つ" in html
    assert "taro" not in html
    assert LearnersClass(room.folder, hanako.member).now().expo.reviews == 2
    assert "まだ送っていません" in write(room, "send", key, "222", "よく書けています")
    assert "よく書けています" in page(room)  # what was typed is kept
    write(room, "send", key, "22212", "よく書けています")
    hanako.outbox.send(hanako.end)
    assert LearnersClass(room.folder, hanako.member).now().expo.reviews == 1
    assert "これまでに送ったレビュー: 1件" in page(room)
    collect(desk)
    assert [each.student for each in needs_attention(desk, "L1", {}) if each.kind is Kind.REVIEW] == ["taro"]
    [one] = to_release(desk)
    release(desk, one, text_of(desk, one.review), "森")
    assert to_release(desk) == ()
    [reply] = Learner.at(tmp_path / "t", desk, "taro").fetch().post.replies
    assert (reply.exercise, reply.mentor) == ("L7-11", "森")
    assert "よく書けています" in reply.reply
    assert "1 / 2" in reply.reply
    assert "hanako" not in reply.reply
    tell_class(desk)
    assert len(hanako.fetch().post.standing.reviews) == 1  # type: ignore[union-attr]


def test_nobody_sees_an_answer_before_handing_in_their_own_and_nobody_their_own(
    desk: MentorFolder, hanako: Learner
) -> None:
    answers(desk, hanako=" ", taro="太郎の答え")
    assert [each.learner for each in reviewers(desk)] == ["taro"]
    assert give_out(desk, ["hanako", "taro"]) == ()
    assert asked(hanako.hidden, hanako.member) == ()
    assert [learner for learner, _ in waiting(desk)] == ["taro"]


def test_who_has_passed_is_asked_first_and_each_has_as_few_as_can_be(desk: MentorFolder, hanako: Learner) -> None:
    answers(desk, hanako="a", taro="b", jiro="c")
    writer = Writer(hanako)
    writer.seal()
    writer.hand_in()
    given(desk)
    writer.run_month()
    writer.hand_in()
    collect(desk)
    keep(desk, "hanako", "森", "2" * len(LETTERS))
    assert [each.learner for each in reviewers(desk) if each.has_finished] == []
    keep(desk, "hanako", "佐藤", "2" * len(LETTERS))
    return_expo(desk, expo_of(desk, "hanako"))
    assert [(each.learner, each.has_finished) for each in reviewers(desk)] == [
        ("hanako", True),
        ("jiro", False),
        ("taro", False),
    ]
    assert {each.author: each.reviewer for each in give_out(desk, ["taro", "jiro"])} == {
        "hanako": "jiro",
        "jiro": "taro",
        "taro": "jiro",
    }


def test_a_review_of_what_another_was_asked_counts_for_nothing(
    desk: MentorFolder, hanako: Learner, room: ExpoRoom
) -> None:
    give_out(desk, ["hanako"])
    hanako.fetch()
    key = asked(hanako.hidden, hanako.member)[0].key
    write(room, "send", key, "22222", "w")
    hanako.outbox.send(hanako.end)
    ReviewStore(desk).take_back(key)
    give_out(desk, ["taro"])
    collect(desk)
    assert to_release(desk) == ()
    with pytest.raises(KeyError):
        write(room, "save", "no-such-key", "22222", "w")


def test_names_are_left_out_and_no_letter_of_a_query_with_them() -> None:
    assert without_names("太郎です。Taro の答え", ["太郎", "taro"]) == "○○です。○○ の答え"
    assert without_names("SELECT ta.taro_id FROM t AS ta", ["ta", "taro"]) == "SELECT ta.taro_id FROM t AS ta"


def test_mentors_give_out_take_back_and_pass_on_by_buttons(desk: MentorFolder, hanako: Learner, room: ExpoRoom) -> None:
    tab = review_tab(desk)
    assert "レビューを待っている提出: 3件" in texts(tab)
    buttons(tab)["選んだ人に渡す"].click()
    assert "頼む人を選んでください" in texts(tab)
    choice = next(each for each in tab.children[2].children if each.__class__.__name__ == "SelectMultiple")
    choice.value = ("hanako",)
    buttons(tab)["選んだ人に渡す"].click()
    assert "2件を渡しました: hanako" in texts(tab)
    buttons(tab)["取り戻す"].click()
    assert len(ReviewStore(desk).given_out()) == 1
    hanako.fetch()
    [one] = asked(hanako.hidden, hanako.member)
    write(room, "send", one.key, "22222", "<b>よい</b>")
    hanako.outbox.send(hanako.end)
    collect(desk)
    tab = review_tab(desk)
    assert "<b>よい" in texts(tab.children[2].children[0].children[1])  # in a field, where nothing is read as HTML
    buttons(tab)["書いた人に渡す"].click()
    assert "さんに渡しました" in texts(tab)
    assert ReviewStore(desk).given_out()[0].released
