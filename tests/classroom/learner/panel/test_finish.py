"""A lesson ends with what its colleague asked for, their reply, and the way on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from classroom.learner.kernel.execute import run_cell
from classroom.learner.panel.finish import lesson_end
from classroom.learner.panel.offer import sentence
from classroom.learner.progress import ProgressStore, Try
from classroom.learner.state.desk import Desk
from coursebook import load_course

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

COURSE = load_course()
TOKYO = """SELECT guest_id, registered_at_utc FROM guests WHERE prefecture = '東京都' AND NOT is_test
ORDER BY registered_at_utc DESC, guest_id LIMIT 10"""


@pytest.fixture
def learner(practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    (tmp_path / ".penguin").mkdir()
    monkeypatch.chdir(tmp_path)
    desk = Desk(lang="ja", practice=practice, lesson="L1")
    yield desk
    desk.close()


def handed_over(desk: Desk, line: str = "%finish L1") -> Any:
    shown: list[Any] = []
    run_cell(desk, line, shown.append)
    return shown[-1].data


def solve(desk: Desk, *exercises: str) -> None:
    assert isinstance(desk.progress, ProgressStore)
    for each in exercises:
        desk.progress.record(Try(each, datetime.now(UTC), TOKYO, "accepted", 1.0))


def test_before_the_goal_is_reached_it_says_what_is_missing(learner: Desk) -> None:
    assert (
        sentence("finish.not_yet", "ja", id="L1-07", title="東京の新しいゲスト10人")
        in handed_over(learner)["text/plain"]
    )


def test_the_list_is_handed_over_with_the_reply_a_file_and_the_next_lesson(learner: Desk) -> None:
    solve(learner, "L1-07")
    data = handed_over(learner)
    assert "営業の佐藤さん:「ありがとうございます。" in data["text/plain"]
    assert "guest_id" in data["text/plain"]
    assert 'data-penguin-file="%save xlsx' in data["text/html"]
    assert 'href="02%20' in data["text/html"]
    assert "まだの問題が9問あります（L1-01, " in data["text/plain"]


def test_an_unknown_lesson_is_asked_for(learner: Desk) -> None:
    assert sentence("finish.which", "ja") in handed_over(learner, "%finish L99")["text/plain"]


def test_the_right_answer_to_the_goal_is_answered_by_the_colleague(learner: Desk) -> None:
    shown: list[Any] = []
    run_cell(learner, f"-- 解答 L1-07\n{TOKYO}", shown.append)
    cards = [each.data for each in shown if "pg-verdict" in each.data.get("text/html", "")]
    assert "営業の佐藤さん:「" in cards[0]["text/plain"]
    assert '<blockquote class="pg-reply">' in cards[0]["text/html"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_lesson_leads_to_the_one_after_it(lang: str) -> None:
    ends = [lesson_end(COURSE, each.id, frozenset(), lang) for each in COURSE.lessons]
    assert all(ends)
    assert [end.next.id for end in ends if end and end.next] == [each.id for each in COURSE.lessons[1:]]
    assert [end.reached for end in ends if end] == [False] * len(ends)
    assert json.loads(json.dumps([end.as_json() for end in ends if end]))
