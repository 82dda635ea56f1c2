"""The question of the day: what answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.practice.cards import say
from classroom.learner.progress.rounds import RoundBook

if TYPE_CHECKING:
    from conftest import Learner


def test_the_question_of_the_day_compares_the_number_with_other_definitions(learner: Learner) -> None:
    shown = learner.run("-- 今日の1問 T2\n-- 1行= ゲスト\nSELECT count(*) AS answer FROM guests WHERE NOT is_test")
    assert say("today_same", "ja", name="登録した人（テスト用アカウントを除く）") in shown
    assert say("today_no_number", "ja") in learner.run("-- 今日の1問 T2\nSELECT ___ AS answer")
    for sql in (
        "SELECT 5 AS answer",
        "SELECT 5 AS answer FROM guests LIMIT 1",
        "WITH a AS (SELECT 5 AS x) SELECT x FROM a",
    ):
        assert say("today_no_table", "ja") in learner.run(f"-- 今日の1問 T2\n{sql}")
    assert learner.desk.progress is not None
    with learner.desk.progress.opened() as connection:
        assert connection.execute("SELECT count(*) FROM cards").fetchone()[0] == 1
    assert RoundBook(learner.desk.progress).cards()[0][0] == "T2"
