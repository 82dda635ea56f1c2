"""The certificate: only once everything is shown, and found out wherever it is changed."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest
from test_second import act, ready

from classroom.exchange.expo.certificate import AbilityShown, LevelShown, code_of, page_of, read_page
from classroom.exchange.expo.record import EXPO
from classroom.exchange.expo.seal import MONTH, REPORT, RUN, next_entry
from classroom.exchange.invitation import BY_HAND, Invitation, join
from classroom.exchange.mailbox import Known
from classroom.exchange.records import ExerciseFeedback, Feedback, LessonAtDesk, Post, Standing, TeamsExpo
from classroom.learner.expo.actions import ACTIONS
from classroom.learner.expo.certifying import certificate_of, lacking
from classroom.learner.expo.handing import hand_in
from classroom.learner.expo.pages import page_html
from coursebook.expo import LETTERS

if TYPE_CHECKING:
    from classroom.learner.expo.place import ExpoRoom

SHOWN = AbilityShown("施策の差に95%区間を付けられる", ("L13-05",), shown=True)


def finished(room: ExpoRoom, *, shown: bool = True) -> ExpoRoom:
    """A room in which everything is done, the second data aside."""
    room = replace(room, levels=lambda: (LevelShown(3, "自走", (replace(SHOWN, shown=shown),)),))
    ready(room)
    act(room, "seal")
    act(room, "save", **{f"report.{name}": f"〔{name}〕" for name in ("finding", "decision", "cannot")})
    for kind in (MONTH, RUN, REPORT):
        room.store.append(lambda expo, kind=kind: next_entry(expo, kind, {}, room.clock()))  # type: ignore[misc]
    return room


def test_nothing_is_certified_before_exercises_and_expo_have_shown_it(room: ExpoRoom) -> None:
    assert certificate_of(room, "花子") is None
    room = finished(room, shown=False)
    (missing,) = lacking(room)
    assert "L13-05" in missing
    assert missing in page_html(room, "certificate")
    assert ACTIONS["expo/certificate"](room, {"name": "花子"}).file is None


def test_who_learned_alone_gets_one_that_says_so_and_shows_where_it_is_changed(room: ExpoRoom) -> None:
    room = finished(room)
    assert ACTIONS["expo/certificate"](room, {"name": " "}).file is None
    file = ACTIONS["expo/certificate"](room, {"name": "花 子<b>"}).file
    assert file is not None
    text = file.content.decode()
    assert "花 子&lt;b&gt;" in text
    assert "<script" not in text
    signed = read_page(file.content)
    assert signed.certificate.name == "花 子<b>"
    assert signed.is_signed("")
    assert not read_page(file.content.replace("花 子".encode(), "太 郎".encode())).is_signed("")
    with pytest.raises(ValueError, match="no certificate"):
        read_page(b"<html></html>")


@pytest.mark.parametrize(("must", "total", "good"), [(2.0, 24.0, True), (0.0, 24.0, False), (2.0, 21.5, False)])
def test_in_a_class_the_marks_have_to_pass_and_the_key_signs(
    room: ExpoRoom, must: float, total: float, good: bool
) -> None:
    room = finished(room)
    join(room.folder.hidden, Invitation("sql", "森", BY_HAND, learner="hanako", key="k"))
    assert certificate_of(room, "花子") is None
    rows = tuple(ExerciseFeedback(letter, must if letter == "D" else 2.0, 3.0, "") for letter in LETTERS)
    post = Post(feedback=(Feedback(EXPO, "hanako", "2026-03-02", "c", total, 33.0, rows, ""),))
    _arrives(room, post)
    signed = certificate_of(room, "花子")
    assert (signed is not None) == good
    if signed is not None:
        assert read_page(page_of(signed)) == signed
        assert signed.is_signed("k")
        assert not signed.is_signed("")
        assert code_of(replace(signed.certificate, points=33.0), "k") != signed.code


def test_who_works_on_a_teams_expo_in_anothers_room_needs_none_here_and_is_certified_with_the_team(
    room: ExpoRoom,
) -> None:
    room = replace(room, levels=lambda: (LevelShown(3, "自走", (SHOWN,)),))
    join(room.folder.hidden, Invitation("sql", "森", BY_HAND, learner="taro", key="k"))
    standing = Standing("taro", "", (LessonAtDesk(EXPO, "", "", "", partner="山田 花子", writer="山田 花子"),))
    _arrives(room, Post(standing))
    assert "書くのは 山田 花子 さんの画面です" in page_html(room, "step/issue")
    assert hand_in(room) == ""
    assert lacking(room) == ("Expo の講評（合格）",)
    team = TeamsExpo("hanako", ("山田 花子", "佐藤 太郎"), "1時間の壁", "返信の声かけ", "p", "r")
    rows = tuple(ExerciseFeedback(letter, 2.0, 3.0, "") for letter in LETTERS)
    back = Feedback(EXPO, "taro", "2026-03-02", "c", 22.0, 33.0, rows, "", team)
    _arrives(room, Post(standing, (back,)))
    signed = certificate_of(room, "太郎")
    assert signed is not None
    made = signed.certificate
    assert (made.issue, made.measure, made.plan, made.report) == ("1時間の壁", "返信の声かけ", "p", "r")
    assert "チームでの Expo: 山田 花子 · 佐藤 太郎" in page_of(signed).decode()
    assert read_page(page_of(signed)) == signed
    assert code_of(replace(made, team=()), "k") != signed.code


def _arrives(room: ExpoRoom, post: Post) -> None:
    (room.folder.hidden / "mail.json").write_text(json.dumps(asdict(Known(post=post))), "utf-8")
