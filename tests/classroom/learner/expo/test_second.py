"""The second data: sealed before, made by chance or by mentors, run as planned, reported, and told afterwards."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest
from written import WRITTEN, result, write

from classroom.exchange.expo.grant import Grant
from classroom.exchange.expo.record import EXPO, Shot, Trial, in_notebook
from classroom.exchange.expo.seal import MONTH, PLAN, REPORT, RUN, faults_of, latest
from classroom.exchange.expo.words import plain, told
from classroom.exchange.invitation import BY_HAND, Invitation, join
from classroom.exchange.mailbox import Known
from classroom.exchange.outbox import Outbox
from classroom.exchange.records import ExerciseFeedback, Feedback, Post, Standing
from classroom.learner.expo.actions import ACTIONS
from classroom.learner.expo.facts import facts_from
from classroom.learner.expo.later_cards import tried
from classroom.learner.expo.pages import page_html
from classroom.learner.expo.planning import plan_of
from classroom.learner.expo.second import PLANNED, facts_of, given, is_as_made, make_month, truth_of
from classroom.learner.expo.steps import lacks
from classroom.session.shots import table_of

if TYPE_CHECKING:
    from classroom.language import Lang
    from classroom.learner.expo.place import ExpoRoom


def act(room: ExpoRoom, name: str, **fields: str) -> str:
    """What an action says."""
    return ACTIONS[f"expo/{name}"](room, {"seen": str(room.store.revision()), "window": "w", **fields}).said


def ready(room: ExpoRoom) -> None:
    """An Expo whose plan can be sealed: its queries have run and given what is written here."""
    checks = {f"check.{number}.sql": f"SELECT COUNT(*) > {number} FROM talks" for number in (1, 2, 3)}
    write(room, {**WRITTEN, **checks, **{f"check.{number}.claim": "〔check〕" for number in (1, 2, 3)}})
    for place in ("issue.sql", "metric.sql", "analysis.sql", *checks):
        table = (
            result("source talks", ("list", 4), types="VARCHAR BIGINT")
            if place not in checks
            else result("ok", (True,))
        )
        trials = (Trial("talks", "twice", noticed=place in checks),)
        room.store.keep_shot(Shot(place, room.store.expo().text(place), "2026-03-02", asdict(table), trials=trials))
    act(room, "form")


def test_a_plan_is_lived_from_the_seal_to_what_was_drawn(room: ExpoRoom) -> None:
    ready(room)
    assert [
        each
        for step in ("issue", "hypotheses", "metric", "checks", "measure")
        for each in lacks(room, room.store.expo(), step)
    ] == []
    assert "harmful" not in tried(room)
    act(room, "seal")
    act(room, "seal")  # a second time changes nothing
    room.store.keep_fact("grant", Grant(room.store.expo().log[0].code, "harmful", 4).to_text())
    act(room, "month")
    assert is_as_made(room)
    assert (
        sorted(each.name for each in room.folder.hidden.glob("*.json")) == []
    )  # the truth lies nowhere beside the data
    act(room, "plan")
    shot = room.store.expo().shot(PLANNED)
    result = table_of(shot)
    assert result is not None
    assert [row[0] for row in result.rows] == ["control", "treatment"]
    facts = facts_of(room)
    assert facts is not None
    assert [facts.whole.control.units, facts.whole.treatment.units] == [row[1] for row in result.rows]
    assert [facts.whole.control.mean, facts.whole.treatment.mean] == pytest.approx([row[2] for row in result.rows])
    assert truth_of(room) is None
    assert lacks(room, room.store.expo(), "second")
    act(room, "report", **{"report.finding": "逆効果", "report.decision": "やめる", "report.cannot": "売上"})
    assert [each.kind for each in room.store.expo().log] == [PLAN, MONTH, RUN, REPORT]
    assert lacks(room, room.store.expo(), "second") == ()
    truth = truth_of(room)
    assert truth is not None
    assert truth["effect"] == "harmful"
    assert faults_of(room.store.expo(), room.clock()) == ()
    html = page_html(room, "step/second")
    assert "逆効果" in html
    act(room, "save", **{"report.finding": "成功"})
    assert room.store.expo().report.finding == "逆効果"  # no other words once the effect is known
    assert "95%区間" in html


def test_a_plan_that_lacks_something_is_not_sealed_and_a_condition_that_cannot_run_is_told_before(
    room: ExpoRoom,
) -> None:
    act(room, "seal")
    assert latest(room.store.expo(), PLAN) is None
    ready(room)
    write(room, {"measure.condition": "no_such_column = 1"})
    assert "no_such_column" in tried(room)
    act(room, "seal")
    assert latest(room.store.expo(), PLAN) is None
    write(
        room, {"measure.condition": "guest_id < 0"}
    )  # nobody: told now, not when the plan is sealed and can't be mended
    act(room, "seal")
    assert latest(room.store.expo(), PLAN) is None


def test_sealed_cards_take_no_more_words_but_slide_and_talk_do(room: ExpoRoom) -> None:
    ready(room)
    act(room, "seal")
    act(room, "save", **{"issue.name": "知っていた", "talk.ask": "20人"})
    expo = room.store.expo()
    assert (expo.issue.name, expo.talk.ask) == ("〔issue.name〕", "20人")


def test_a_file_that_is_edited_by_hand_is_seen_on_the_page(room: ExpoRoom) -> None:
    ready(room)
    act(room, "seal")
    with sqlite3.connect(room.store.path) as connection:
        connection.execute("INSERT INTO texts (place, window, text) VALUES ('measure.rule', 'x', 'いつでも続ける')")
        connection.execute("UPDATE log SET content = replace(content, '〔measure.stop〕', 'やめない')")
    codes = {each.code for each in faults_of(room.store.expo(), room.clock())}
    assert codes == {"changed", "rewritten"}
    assert "penguin-bi-warning" in page_html(room, "step/second")


def test_other_second_data_than_those_that_were_made_are_seen(room: ExpoRoom) -> None:
    ready(room)
    act(room, "seal")
    act(room, "month")
    with room.month.open("ab") as file:
        file.write(b"x")
    assert not is_as_made(room)
    act(room, "plan")
    run = latest(room.store.expo(), RUN)
    assert run is not None
    assert json.loads(run.content)["data"] is False
    room.month.unlink()
    assert 'data-bi-do="expo/month"' in page_html(room, "step/second")
    act(room, "month")  # a file that was deleted is made again, with the same draw
    assert is_as_made(room)
    assert faults_of(room.store.expo(), room.clock()) == ()


def test_in_a_class_the_month_comes_from_the_mentors_and_only_for_this_plan(room: ExpoRoom) -> None:
    join(room.folder.hidden, Invitation("sql", "森", BY_HAND, learner="hanako", key="k"))
    ready(room)
    act(room, "seal")
    assert given(room) is None
    make_month(room)
    assert latest(room.store.expo(), MONTH) is None

    def comes(grant: Grant) -> None:
        post = Post(Standing("hanako", "2026-03-02T00:00:00+00:00", month=grant.to_text()))
        (room.folder.hidden / "mail.json").write_text(json.dumps(asdict(Known(post=post))), "utf-8")

    comes(Grant("somebody else's", "real", 1))
    assert given(room) is None
    comes(grant := Grant(room.store.expo().log[0].code, "real", 1))
    assert given(room) == grant
    assert truth_of(room) is None


def test_in_a_class_seal_and_report_are_handed_in_like_a_lesson_and_points_come_back(room: ExpoRoom) -> None:
    member = join(room.folder.hidden, Invitation("sql", "森", BY_HAND, learner="hanako", key="k"))
    ready(room)
    act(room, "seal")
    outbox = Outbox(room.folder.hidden, member)
    (receipt,) = outbox.receipts()
    letter = outbox.look_at(receipt.code)
    assert letter is not None
    assert letter.lesson == EXPO
    assert in_notebook(letter.notebook) == room.store.expo()
    assert receipt.code in page_html(room, "step/second")
    rows = (ExerciseFeedback("A", 3.0, 3.0, "", "<b>よい問い</b>"), ExerciseFeedback("G", None, 3.0, ""))
    post = Post(feedback=(Feedback(EXPO, "hanako", receipt.at, receipt.code, 24.0, 33.0, rows, "<p>'逆効果'"),))
    (room.folder.hidden / "mail.json").write_text(json.dumps(asdict(Known(post=post))), "utf-8")
    html = page_html(room, "step/second")
    assert "24 / 33" in html
    first = room.texts.rubric[0]
    assert f"{first.letter} {first.title['ja']}: 3 / 3" in html, "by what it is for, not by a letter alone"
    assert "&lt;b&gt;よい問い" in html
    assert '<iframe sandbox srcdoc="&lt;p&gt;&#x27;逆効果&#x27;"' in html  # the whole page, whose scripts could not run


def test_who_learns_alone_gets_a_draw_that_stays(room: ExpoRoom) -> None:
    ready(room)
    act(room, "seal")
    drawn = given(room)
    assert drawn is not None
    assert given(replace(room)) == drawn


@pytest.mark.parametrize(
    ("treated", "result"),
    [
        ((1000, 140), "none"),
        ((1000, 190), "real"),
        ((1000, 90), "harmful"),
        ((1300, 182), "unreadable"),
        ((100, 14), "unreadable"),
    ],
)
def test_sizes_come_first_then_where_the_interval_lies(treated: tuple[int, int], result: str) -> None:
    rows = [("a", "control", 1000, 140, 140), ("a", "treatment", treated[0], treated[1], treated[1])]
    facts = facts_from(rows, 50, worth=40)
    assert facts is not None
    assert facts.result == result


def test_an_interval_around_nothing_is_cannot_say_while_it_holds_what_would_be_worth_it() -> None:
    rows = [("a", "control", 100, 14, 14), ("a", "treatment", 100, 16, 16), (None, "control", 2, 0, 0)]
    facts = facts_from(rows, 50, worth=20)
    assert facts is not None
    assert facts.result == "small"
    assert facts.whole.control.units == 102
    assert [name for name, _ in facts.segments] == ["a"]
    assert facts_from(rows[:1], 50, 20) is None


def test_a_segment_of_a_few_people_gets_no_interval() -> None:
    rows = [("a", "control", 2, 0, 0), ("a", "treatment", 2, 0, 0)]
    rows += [("b", "control", 30, 3, 3), ("b", "treatment", 30, 6, 6)]
    facts = facts_from(rows, 50, worth=20)
    assert facts is not None
    assert [each.can_be_told for _, each in facts.segments] == [False, True]


def test_the_interval_is_that_of_lesson_thirteen() -> None:
    facts = facts_from([("a", "control", 400, 80, 80), ("a", "treatment", 400, 104, 104)], 50, 10)
    assert facts is not None
    assert facts.whole.value == pytest.approx(0.06)
    assert facts.whole.half == pytest.approx(1.96 * (0.2 * 0.8 / 400 + 0.26 * 0.74 / 400) ** 0.5)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_plan_with_something_not_chosen_names_the_field_and_no_name_of_ours(room: ExpoRoom, lang: Lang) -> None:
    ready(room)
    room = replace(room, lang=lang)
    whole = room.store.expo().measure
    cases = {
        "metric": {"measure.metric": ""},
        "group": {"measure.group": ""},
        "percent": {"measure.percent": "半分"},
        "area": {"measure.group": "area", "measure.area": ""},
    }
    cases |= {f"percent {typed}": {"measure.percent": typed} for typed in ("0", "100", "nan", "inf", "1e9")}
    for name, fields in cases.items():
        write(
            room,
            {**{f"measure.{each}": getattr(whole, each) for each in ("metric", "group", "percent", "area")}, **fields},
        )
        said = tried(room)
        label = plain(f"field.measure.{name.split()[0]}", lang)
        assert label.casefold() in said.casefold(), name
        assert "talk_14d" not in said, name
        assert act(room, "form") == told("measure.cannot", lang, why=plan_of(room, room.store.expo().measure).sentence)  # type: ignore[union-attr]


def test_where_people_carry_files_an_expo_in_a_file_is_not_told_as_handed_in(room: ExpoRoom) -> None:
    join(room.folder.hidden, Invitation("sql", "佐藤", BY_HAND), learner="hanako")
    ready(room)
    act(room, "seal")
    said = ACTIONS["expo/hand-in"](room, {"seen": str(room.store.revision()), "window": "w"}).said
    assert "まだメンターに届いていません" in said
    assert "提出しました" not in said
    html = page_html(room, "step/second")
    assert "まだメンターに届いていません" in html
    assert "提出しました" not in html
