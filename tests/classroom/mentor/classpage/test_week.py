"""The week on the class page: buttons that do it, and a list of what does not go by itself."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from classroom.mentor.classpage.attention import Kind, needs_attention
from classroom.mentor.classpage.board import Stuck
from classroom.mentor.classpage.groups import comment_on
from classroom.mentor.classpage.page import TABS, ClassPage, show
from classroom.mentor.classpage.progress_files import read_files
from classroom.mentor.classpage.questions import answer_question, read_questions, write_to
from classroom.mentor.classpage.refreshing import begin_refreshing
from classroom.mentor.classpage.stuck_tab import stuck_line, stuck_tab
from classroom.mentor.classpage.week import Week
from classroom.mentor.collecting.collect import collect, received_file
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.place.calendar import zone_of

if TYPE_CHECKING:
    from pathlib import Path

    from road import Learner

    from classroom.mentor.place.folder import MentorFolder

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def kinds(desk: MentorFolder) -> list[tuple[Kind, str]]:
    return [(each.kind, each.student) for each in needs_attention(desk, "L1", read_files(desk, "L1"))]


def press(box: Any, name: str) -> str:
    """Press a button by its words, and give what is said then."""
    row = next(each for each in box.children if getattr(_button(each), "description", "") == name)
    _button(row).click()
    return str(row.children[-1].value)


def _button(row: Any) -> Any:
    return row.children[0].children[0] if getattr(row, "children", ()) else None


def field(box: Any, name: str, number: int = 1) -> Any:
    row = next(each for each in box.children if getattr(_button(each), "description", "") == name)
    return row.children[0].children[number]


def test_a_week_goes_by_buttons(desk: MentorFolder, hanako: Learner) -> None:
    anew: list[None] = []
    week = Week(desk, "L1", lambda: anew.append(None))
    field(week.box, "配布する").value = "2099-01-31"
    assert "2099-01-31 23:59" in press(week.box, "配布する")
    assert "配布済みです。 締め切り: 2099-01-31 23:59" in week.box.children[0].value
    hanako.hand_in({"L1-01": desk.course.exercise("L1-01").solution})
    assert "新しい提出: 1件" in press(week.box, "回収する")
    assert (Kind.NOT_GRADED, "") in kinds(desk)
    assert "採点: 1件" in press(week.box, "採点する")
    assert len(anew) == 3  # what the other tabs tell is another now
    assert read_marks(desk, "L1", "hanako").exercises["L1-01"].points == 10.0
    assert "13人に送りました" in press(week.box, "返却する")
    field(week.box, "期限を延ばす").value = "hanako"
    assert "1日" in press(week.box, "期限を延ばす")
    known = hanako.fetch()
    assert known.state is not None
    assert [each.lesson for each in known.post.feedback] == ["L1"]


@pytest.mark.parametrize(
    ("text", "told"), [("next week", "日付として読めません"), ("2027-13-01", "日付として読めません")]
)
def test_a_date_that_is_none_is_told(desk: MentorFolder, text: str, told: str) -> None:
    week = Week(desk, "L1", lambda: None)
    field(week.box, "配布する").value = text
    assert told in press(week.box, "配布する")


def test_a_lesson_that_is_not_out_can_be_neither_collected_nor_graded(desk: MentorFolder) -> None:
    week = Week(desk, "L2", lambda: None)
    assert "先に L2 を配布" in press(week.box, "回収する")
    assert "先に L2 を配布" in press(week.box, "採点する")


def test_with_the_shared_folder_gone_the_buttons_say_so(desk: MentorFolder, tmp_path: Path) -> None:
    week = Week(desk, "L1", lambda: None)
    (tmp_path / "share").rename(tmp_path / "away")
    assert "共有フォルダ" in press(week.box, "回収する")
    assert "共有フォルダ" in press(week.box, "返却する")
    assert kinds(desk)[0] == (Kind.CLOSED, "")


def test_everything_that_does_not_go_by_itself_waits_on_one_list(desk: MentorFolder, hanako: Learner) -> None:
    assert kinds(desk) == []
    hanako.ask("どちらが新しい順？")
    hanako.claiming("stranger").hand_in({})
    hanako.hand_in({})
    collect(desk)
    found = kinds(desk)
    assert [kind for kind, _ in found] == [Kind.NOT_TAKEN, Kind.QUESTION, Kind.NOT_GRADED]
    (trouble,) = received_file(desk).troubles()
    received_file(desk).dismiss(trouble.place)
    assert Kind.NOT_TAKEN not in [kind for kind, _ in kinds(desk)]


def test_a_refused_hand_in_is_never_not_yet(desk: MentorFolder) -> None:
    (path,) = desk.step("submitted", "learner00", "L1").glob("*.ipynb")
    path.write_text("{", encoding="utf-8")
    press(Week(desk, "L1", lambda: None).box, "採点する")
    waiting = [each for each in needs_attention(desk, "L1", {}) if each.kind is Kind.REFUSED]
    assert [each.student for each in waiting] == ["learner00"]
    assert "壊れています" in waiting[0].text


def test_late_and_changed_hand_ins_are_named_in_words(desk: MentorFolder, hanako: Learner) -> None:
    week = Week(desk, "L1", lambda: None)
    field(week.box, "配布する").value = "2020-01-01"
    press(week.box, "配布する")
    cells = hanako.notebook["cells"]
    hanako.notebook["cells"] = [each for each in cells if each["id"] != "answer-L1-03"]
    hanako.hand_in({})
    press(week.box, "回収する")
    press(week.box, "採点する")
    found = {each.kind: each for each in needs_attention(desk, "L1", {}) if each.student == "hanako"}
    assert "2020-01-01 23:59" in found[Kind.LATE].text
    assert found[Kind.CHANGED].text == "L1-03 の解答がなかったので、未解答としました。"


def test_a_question_is_answered_without_a_hand_in_and_becomes_the_faq(desk: MentorFolder, hanako: Learner) -> None:
    hanako.ask("どちらが新しい順？")
    collect(desk)
    (question,) = read_questions(desk, "L1", {})
    answer_question(desk, question, "DESC です。", "佐藤", in_faq=True)
    assert kinds(desk) == []
    known = hanako.fetch()
    assert [(each.reply, each.mentor) for each in known.post.replies] == [("DESC です。", "佐藤")]
    assert known.state is not None
    assert [(each.exercise, each.reply) for each in known.state.faq] == [("L1-07", "DESC です。")]
    assert "hanako" not in json.dumps([each.question for each in known.state.faq])


def test_a_question_that_came_with_the_progress_and_by_the_road_is_one(desk: MentorFolder, hanako: Learner) -> None:
    from classroom.mentor.classpage.progress_files import AskedInFile, LearnersFile

    hanako.ask("どちらが新しい順？")
    collect(desk)
    (received,) = received_file(desk).questions()
    asked = AskedInFile(received.key, "L1-07", dt.datetime.now(dt.UTC), "どちらが新しい順？", "", "", "", "")
    assert len(read_questions(desk, "L1", {"hanako": LearnersFile("hanako", (), (asked,))})) == 1


def test_an_answer_to_a_question_leaves_the_comment_on_that_exercise_as_it_is(
    desk: MentorFolder, hanako: Learner
) -> None:
    hanako.hand_in({})
    hanako.ask("どちらが新しい順？")
    collect(desk)
    grade_assignment(desk, "L1")
    comment_on(desk, "L1", "L1-07", ["hanako"], comment="よく考えています。")
    (question,) = read_questions(desk, "L1", {})
    answer_question(desk, question, "DESC です。", "佐藤", in_faq=False)
    assert read_marks(desk, "L1", "hanako").exercises["L1-07"].comment == "よく考えています。"


def test_a_word_to_who_is_stuck_reaches_the_lesson(desk: MentorFolder, hanako: Learner) -> None:
    write_to(desk, "hanako", "L1-07", "ORDER BY を見直しましょう。")
    (reply,) = hanako.fetch().post.replies
    assert (reply.exercise, reply.question, reply.reply) == ("L1-07", "", "ORDER BY を見直しましょう。")


def test_who_is_stuck_is_shown_with_name_hint_and_cause(desk: MentorFolder) -> None:
    near_miss = desk.course.exercise("L1-07").near_misses[0].stem
    stuck = Stuck("hanako", "L1-07", 4, dt.datetime.now(dt.UTC), "SELECT 1", 2, "refuted", None, near_miss)
    line = stuck_line(desk, stuck, "hanako 山田 花子")
    assert "hanako 山田 花子" in line
    assert "ヒント2まで" in line
    assert f"{stuck.since.astimezone(zone_of(desk)):%H:%M}" in line

    board: Any = type("Board", (), {"stuck": (stuck,)})()
    shown = stuck_tab(desk, board, {})
    hint = desk.course.exercise("L1-07").hint(near_miss, "ja")
    assert hint.strip()[:8] in shown.children[0].children[0].value


def test_the_page_has_the_week_and_counts_what_waits(desk: MentorFolder, hanako: Learner) -> None:
    hanako.ask("？")
    collect(desk)
    page = ClassPage(desk)
    tabs = page._tabs
    assert tabs.get_title(TABS.index("week")) == "今週の作業"
    assert tabs.get_title(TABS.index("attention")) == "対応が必要 (1)"
    for number in range(len(TABS)):
        tabs.selected_index = number
        assert tabs.children[number].children


def test_files_dropped_on_the_page_are_taken_and_none_writes_over_another(desk: MentorFolder, hanako: Learner) -> None:
    week = Week(desk, "L1", lambda: None)
    upload = next(each.children[0].children[0] for each in week.box.children if hasattr(_button(each), "multiple"))
    text = json.dumps(hanako.notebook, ensure_ascii=False).encode()
    names = ["../../hanako.ipynb", "hello.txt", "hello.txt"]
    files = [{"name": each, "content": text if "hanako" in each else each.encode()} for each in names]
    upload.notify_change({"name": "value", "old": (), "new": files, "owner": upload, "type": "change"})
    assert [each.learner for each in received_file(desk).letters("hanako")] == ["hanako"]
    assert sorted(each.name for each in desk.inbox.iterdir()) == ["(2) hello.txt", "hello.txt"]
    assert [kind for kind, _ in kinds(desk)] == [Kind.NOT_TAKEN, Kind.NOT_TAKEN, Kind.NOT_GRADED]


def test_the_page_draws_itself_again() -> None:
    done: list[str] = []

    async def play() -> None:
        task = begin_refreshing(lambda: done.append("fetched"), lambda: done.append("drawn"), 0.01)
        assert task is not None
        while len(done) < 4:
            await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(play())
    assert done[:4] == ["fetched", "drawn", "fetched", "drawn"]
    assert begin_refreshing(lambda: None, lambda: None) is None


def test_what_is_being_read_is_said_and_who_waits_for_a_mentor_comes_first(
    desk: MentorFolder, hanako: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanako.ask("人ごとの合計を出したい")
    collect(desk)

    def slow(*_: object) -> None:
        raise RuntimeError("reading the Expos takes a minute")

    async def open_page() -> list[str]:
        monkeypatch.setattr("classroom.mentor.classpage.page.needs_attention", slow)
        page = ClassPage(desk)
        seen = [page._first.value, *(place.children[0].value for place in page._places.values())]
        assert all("読み込んでいます" in each for each in seen)
        assert "読み込んでいます" in page._moment.value
        for _ in range(600):
            await asyncio.sleep(0.05)
            if "時点" in page._moment.value:
                break
        page._refreshing.cancel()
        return [page._first.value, page._tabs.get_title(TABS.index("questions")), page._moment.value]

    first, title, moment = asyncio.run(open_page())
    assert "質問: hanako 山田 花子 · 人ごとの合計を出したい" in first
    assert title == "質問箱 (1)"
    assert "時点" in moment  # one part that fails keeps none of the others from being drawn


def test_a_tab_that_cannot_be_drawn_says_so_and_a_lost_gradebook_closes_the_page(
    desk: MentorFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    page = ClassPage(desk)
    monkeypatch.setattr("classroom.mentor.classpage.page.slips_tab", broken)
    page._tabs.selected_index = TABS.index("slips")
    assert "このタブを表示できませんでした" in page._places["slips"].children[0].value
    page._tabs.selected_index = TABS.index("comments")
    assert "まだコメントはありません" in page._places["comments"].children[0].value
    (desk.root / "gradebook.db").unlink()
    page._tabs.selected_index = TABS.index("week")
    assert "penguin mentor restore" in page._places["week"].children[0].value
    assert "gradebook.db" in show(desk.root).value
    assert not (desk.root / "gradebook.db").exists()


def test_a_notebook_of_nobodys_is_assigned_by_name_and_only_when_the_button_is_pressed(
    desk: MentorFolder, hanako: Learner
) -> None:
    for place in (desk.inbox / "scan.ipynb", desk.inbox / "hanako" / "scan.ipynb"):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(hanako.notebook), encoding="utf-8")
    (desk.inbox / "hanako" / "scan.ipynb").write_text("{", encoding="utf-8")  # waits there already
    collect(desk)
    page = ClassPage(desk)
    page._tabs.selected_index = TABS.index("attention")
    rows = [
        each.children[1]
        for each in page._places["attention"].children[0].children
        if len(getattr(each, "children", ())) == 2
    ]
    row = next(each for each in rows if len(each.children) == 4)
    _, choice, button, _ = row.children
    assert ("hanako 山田 花子", "hanako") in choice.options
    assert button.disabled
    choice.value = "hanako"
    assert (desk.inbox / "scan.ipynb").exists()
    button.click()
    assert sorted(each.name for each in (desk.inbox / "hanako").iterdir()) == ["(2) scan.ipynb", "scan.ipynb"]
    assert "hanako 山田 花子 さんの提出としました" in page._said.value
    assert [(each.learner, each.way) for each in collect(desk).taken] == [("hanako", "notebook")]
