"""The class page's tab of the Expos, as two mentors use it one after the other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from expo_work import Writer
from road import Learner

from classroom.exchange.expo.words import plain
from classroom.exchange.mailbox import Mailbox
from classroom.mentor.classpage.attention import Kind, needs_attention
from classroom.mentor.classpage.page import TABS, ClassPage
from classroom.mentor.collecting.collect import collect
from classroom.mentor.expo.expos import Doubt
from classroom.mentor.expo.tab import ExpoTab, expo_tab
from classroom.mentor.expo.view import doubt_text
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.expo_store import ExpoMarksStore
from classroom.session.kpi_tree import NODES
from coursebook.expo import LETTERS, load_expo
from coursebook.expo_issues import load_issues
from marketplace.checks import described
from marketplace.secondmonth.metrics import METRICS, fits

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

ANOTHER = {
    "issue_name": "届かない通知",
    "issue_loses": "<b>通知</b>が昼に届くゲスト",
    "metric_numerator": "通知から話した人",
}


@pytest.fixture(autouse=True)
def mentors_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sits at the desk has a name, which root has not."""
    monkeypatch.setenv("JUPYTERHUB_USER", "mori")


@pytest.fixture
def writers(desk: MentorFolder, tmp_path: Path) -> list[Writer]:
    """Hanako and Taro, both with a sealed plan that has arrived."""
    made = [
        Writer.at(Learner.at(tmp_path / "h", desk, "hanako"), "e1"),
        Writer.at(Learner.at(tmp_path / "t", desk, "taro"), "e2", **ANOTHER),
    ]
    for each in made:
        each.seal()
        each.hand_in()
    collect(desk)
    return made


def texts(widget: Any) -> str:
    """All that a widget and those in it say."""
    own = str(widget.value) if hasattr(widget, "value") and isinstance(widget.value, str) else ""
    return own + "".join(texts(each) for each in getattr(widget, "children", ()))


def buttons(widget: Any) -> dict[str, Any]:
    found = {} if widget.__class__.__name__ != "Button" else {widget.description: widget}
    for each in getattr(widget, "children", ()):
        found |= buttons(each)
    return found


def mark(tab: ExpoTab, points: str, words: str = "") -> None:
    """Fill in the rubric of the Expo in front, and save it."""
    rows = [each for each in tab._place.children[2].children if len(getattr(each, "children", ())) == 2]
    for row, given in zip(rows, points, strict=False):
        row.children[1].children[0].value = int(given)
        row.children[1].children[1].value = words
    buttons(tab.box)["採点を保存する"].click()


def test_before_any_expo_the_tab_says_so(desk: MentorFolder) -> None:
    assert "まだ Expo は届いていません" in expo_tab(desk).value


def test_the_list_tells_who_stands_where_and_what_is_written_is_escaped(
    desk: MentorFolder, writers: list[Writer]
) -> None:
    del writers
    tab = ExpoTab(desk)
    assert "6 / 8" in tab._list.value
    tab._choice.value = "taro"
    assert "届かない通知" in texts(tab._place)
    assert "&lt;b&gt;通知" in texts(tab._place)
    assert "<b>通知" not in texts(tab._place)


def test_nothing_is_saved_before_every_row_has_points(desk: MentorFolder, writers: list[Writer]) -> None:
    del writers
    tab = ExpoTab(desk)
    mark(tab, "2222")
    assert "E, F, G, H, I, J, K" in texts(tab._place)
    assert ExpoMarksStore(desk).mentors() == frozenset()


def test_a_mentor_sees_the_others_marks_only_after_giving_their_own(desk: MentorFolder, writers: list[Writer]) -> None:
    del writers
    tab = ExpoTab(desk)
    tab._mentor.value = "佐藤"
    mark(tab, "33332222022", "見出しがよい")
    assert "24（結果はまだ出ません）" in tab._list.value
    tab._mentor.value = "森"
    assert "24（" not in tab._list.value
    assert "返却する" not in buttons(tab.box)
    assert "見出しがよい" not in texts(tab._place.children[2].children[-1])
    assert "佐藤 さんの採点は、あなたが保存すると見えます" in texts(tab._place)
    mark(tab, "33332222222")
    assert "見出しがよい" in texts(tab._place.children[2].children[-1])
    assert "佐藤: 0, 森: 2" in tab._compared.value
    assert "11 項目で、重み付きカッパ" in tab._compared.value
    assert [each.text for each in class_file(desk).comments("EXPO-A")] == ["見出しがよい"]


def form(tab: ExpoTab) -> list[tuple[int | None, str]]:
    """Points and words in the rubric of the Expo in front."""
    rows = [each for each in tab._place.children[2].children if len(getattr(each, "children", ())) == 2]
    return [tuple(box.value for box in row.children[1].children) for row in rows]


def type_in(tab: ExpoTab, points: int, words: str) -> None:
    row = next(each for each in tab._place.children[2].children if len(getattr(each, "children", ())) == 2)
    row.children[1].children[0].value, row.children[1].children[1].value = points, words


def test_what_is_typed_before_the_name_or_under_a_mistyped_one_is_not_lost(
    desk: MentorFolder, writers: list[Writer]
) -> None:
    del writers
    tab = ExpoTab(desk)
    tab._mentor.value = ""
    type_in(tab, 3, "よい問い")
    tab._mentor.value = "佐籐"
    tab._mentor.value = "佐藤"
    assert form(tab)[0] == (3, "よい問い")
    assert form(tab)[1] == (None, "")


def test_what_one_mentor_typed_waits_for_them_and_is_not_shown_to_another(
    desk: MentorFolder, writers: list[Writer]
) -> None:
    del writers
    tab = ExpoTab(desk)
    tab._mentor.value = "佐藤"
    mark(tab, "33332222022")
    type_in(tab, 1, "考え直した")
    tab._mentor.value = "森"
    assert form(tab)[0] == (None, "")
    type_in(tab, 2, "森の言葉")
    tab._choice.value = "taro"
    assert form(tab)[0] == (None, "")
    tab._choice.value = "hanako"
    assert form(tab)[0] == (2, "森の言葉")
    tab._mentor.value = "佐藤"
    assert form(tab)[:2] == [(1, "考え直した"), (3, "")]


def test_second_data_are_given_and_an_expo_goes_back_by_a_button(desk: MentorFolder, writers: list[Writer]) -> None:
    tab = ExpoTab(desk)
    waiting = [each.text for each in needs_attention(desk, "L1", {}) if each.kind is Kind.EXPO]
    assert len(waiting) == 2
    typed = tab._place.children[2].children[1].children[1].children[1]
    typed.value = "まだ保存していないことば"
    buttons(tab.box)["第2データを渡す"].click()
    assert "まだ保存していないことば" in texts(tab._place)
    assert "第2データを渡しました" in tab._done.value
    assert "第2データを渡す" not in buttons(tab.box)
    assert "引かれた効果" in texts(tab._place.children[1])
    standing = writers[0].learner.fetch().post.standing
    assert standing is not None
    assert standing.month
    mark(tab, "2" * len(LETTERS))
    assert "報告がまだ届いていない" in texts(tab._place)
    assert "返却する" not in buttons(tab.box)
    writers[0].run_month()
    writers[0].hand_in()
    collect(desk)
    tab = ExpoTab(desk)
    waiting = [each.text for each in needs_attention(desk, "L1", {}) if each.kind is Kind.EXPO]
    assert any("報告が届いています" in each and "あと 2 人" in each for each in waiting)
    for mentor in ("佐藤", "森"):
        assert "返却する" not in buttons(tab.box)
        tab._mentor.value = mentor
        mark(tab, "2" * len(LETTERS))
    assert "22（合格）" in tab._list.value
    buttons(tab.box)["返却する"].click()
    writers[0].learner.fetch()
    assert [each.points for each in Mailbox(writers[0].learner.hidden).known.post.feedback] == [22]
    assert "返却済み" in tab._list.value


def test_an_edited_plan_stands_with_what_needs_attention_and_the_sealed_words_are_shown(
    desk: MentorFolder, writers: list[Writer]
) -> None:
    first = writers[0]
    first.expo = replace(first.expo, measure=replace(first.expo.measure, rule="何があっても広げる"))
    first.hand_in()
    collect(desk)
    said = [
        each.text for each in needs_attention(desk, "L1", {}) if each.kind is Kind.EXPO and each.student == "hanako"
    ]
    assert plain("broken.rewritten", "ja", number=1) in said
    tab = ExpoTab(desk)
    assert "⚠ 1" in tab._list.value
    assert "何があっても広げる" not in texts(tab._place)


def test_marks_of_an_earlier_hand_in_are_told(desk: MentorFolder, writers: list[Writer]) -> None:
    mark(ExpoTab(desk), "2" * len(LETTERS))
    writers[0].hand_in()
    collect(desk)
    assert "前の提出に付けたものです" in texts(ExpoTab(desk)._place)


def test_the_tab_is_on_the_class_page(desk: MentorFolder, writers: list[Writer]) -> None:
    del writers
    page = ClassPage(desk)
    page._tabs.selected_index = TABS.index("expo")
    assert "1時間の壁" in texts(page._places["expo"])


def test_the_issues_of_the_data_are_told_to_mentors_with_the_query_that_finds_them(
    desk: MentorFolder, writers: list[Writer]
) -> None:
    del writers
    said = texts(ExpoTab(desk).box)
    assert "首都圏の外のゲストに、遠いエリアのキャストばかり出ている" in said
    assert "見せかけ:流入経路によって" in said
    assert "試せる施策: 一覧の並び順を変える" in said


def test_every_planted_issue_has_its_note_and_no_other(desk: MentorFolder) -> None:
    issues, problems = load_issues(desk.course.root)
    assert problems == ()
    assert [each.check for each in issues] == [each.name for each in described() if each.name < "350"]
    assert {each.node for each in issues} <= set(NODES)
    kinds = {each.id for each in load_expo(desk.course.root).kinds}
    assert {kind for each in issues for kind in each.kinds} <= kinds


OWN = {
    "registered": "registered",
    "talked": "talks",
    "replied": "answered",
    "requested": "requests",
    "purchases_per_guest": "purchases",
    "sales_yen": "purchases",
}
"""What is counted for the node of an issue."""


def test_every_issue_and_every_whole_expo_can_be_judged_on_its_own_metric(desk: MentorFolder) -> None:
    issues, _ = load_issues(desk.course.root)
    texts = load_expo(desk.course.root)
    groups = {each.id: each.group for each in texts.kinds}
    for issue in issues:
        own = [each for each in METRICS.values() if each.counted.trace == OWN[issue.node]]
        assert any(fits(metric, groups[kind]) for metric in own for kind in issue.kinds), issue.check
    assert all(fits(METRICS[each.metric], each.group) for each in texts.kinds)
    for model in texts.models:
        cards = {each.place: each.text["ja"] for each in model.cards}
        assert METRICS[cards["measure.metric"]].counted.trace == OWN[cards["issue.node"]], model.id


@pytest.mark.parametrize("at", [dt.datetime(9999, 12, 31, 23, tzinfo=dt.UTC), dt.datetime(1, 1, 1, tzinfo=dt.UTC)])
def test_no_time_that_a_file_may_say_keeps_the_others_from_being_read(
    desk: MentorFolder, writers: list[Writer], at: dt.datetime
) -> None:
    measure = replace(writers[0].expo.measure, percent="inf")
    writers[0].expo = replace(writers[0].expo, who="e3", measure=measure, log=())
    writers[0].seal(at)
    writers[0].hand_in()
    collect(desk)
    tab = ExpoTab(desk)
    tab._choice.value = "hanako (2)"
    buttons(tab.box)["第2データを渡す"].click()
    assert "taro" in tab._list.value
    assert ExpoMarksStore(desk).months("hanako") == ()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_whatever_is_doubtful_has_a_sentence(lang: str) -> None:
    seal = "changed chain stranger clock ahead early rewritten handed_in".split()
    said = [
        doubt_text(Doubt(code, 2, "taro"), lang) for code in [*seal, "same", "backdated", "ungiven", "data", "left"]
    ]
    assert len(set(said)) == 13
    assert "{" not in "".join(said)
