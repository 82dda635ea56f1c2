"""Running an answer cell judges it."""

from __future__ import annotations

import re
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from classroom.learner.kernel.stage import digest
from classroom.learner.panel.ladder import Ladder
from classroom.messages import say
from coursebook.answer_cell import recognise

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from classroom.learner.panel.offer import Offer
    from classroom.learner.state.desk import Desk

RIGHT = """SELECT guest_id, registered_at_utc
FROM guests
WHERE prefecture = '東京都' AND NOT is_test
ORDER BY registered_at_utc DESC, guest_id
LIMIT 10"""
WITH_TEST_ACCOUNTS = RIGHT.replace(" AND NOT is_test", "")


def answer(sql: str, first: str = "-- 解答 L1-07") -> str:
    return f"{first}\n{sql}\n"


def test_a_right_answer_is_accepted_and_its_result_stands_under_the_verdict(judge: Callable[..., Any]) -> None:
    verdict, _help, result = judge(answer(RIGHT)).shown
    assert verdict.data["text/plain"].startswith("✓ L1-07 正解です  10 / 10 点")
    about = {"text": digest(answer(RIGHT))}
    assert verdict.metadata["penguin"] == {**about, "exercise": "L1-07", "outcome": "accepted"}
    assert (_help.metadata["penguin"], result.metadata["penguin"]) == (about, about)
    assert "guest_id" in result.data["text/plain"]


def test_the_first_thing_shown_is_that_the_answer_is_being_graded(judge: Callable[..., Any]) -> None:
    ran = judge(answer(RIGHT))
    assert ran.displays[0].metadata["penguin"]["waiting"]
    assert not any(each.metadata["penguin"].get("waiting") for each in ran.shown)
    assert "guest_id" in ran.displays[2].data["text/plain"]
    assert "✓ L1-07 正解です  10 / 10 点" in ran.plain


def test_an_error_stands_where_the_verdict_would(judge: Callable[..., Any]) -> None:
    trouble, *_ = judge(answer("SELECT 1;\nSELECT gest_id FROM guests")).shown
    assert say("error.title", "ja") in trouble.data["text/plain"]
    assert trouble.metadata["penguin"]["outcome"] == "invalid"


def test_the_verdict_stands_above_the_result_and_the_result_does_not_wait_for_it(judge: Callable[..., Any]) -> None:
    displays = judge(answer(WITH_TEST_ACCOUNTS)).displays
    verdict, panel, result, judged, helped = displays
    assert say("grading.title", "ja") in verdict.data["text/plain"]
    assert say("result.practice", "ja") in result.data["text/plain"]
    assert "✗ L1-07" in judged.data["text/plain"]
    assert (judged.place, judged.replaces) == (verdict.place, True)
    assert (helped.place, helped.replaces) == (panel.place, True)


def test_a_result_shows_eight_rows_and_the_rest_when_asked(judge: Callable[..., Any]) -> None:
    html = judge(answer(RIGHT)).displays[2].data["text/html"]
    assert html.count('<tr class="pg-rest">') == 2
    assert say("result.show_all", "ja", rows=10) in html


def test_nothing_waits_for_an_answer_that_was_not_judged(judge: Callable[..., Any]) -> None:
    left = {each.place for each in judge(answer("SELECT guest_id FROM gests")).displays if not each.replaces}
    filled = {each.place for each in judge(answer("SELECT guest_id FROM gests")).displays if each.replaces}
    assert len(left) == len(filled) == 2


def test_a_wrong_answer_gets_facts_a_small_example_and_its_own_hint(judge: Callable[..., Any]) -> None:
    plain = judge(answer(WITH_TEST_ACCOUNTS)).plain
    assert re.search(r"✗ L1-07 もう一歩です  [1-9](\.\d+)? / 10 点", plain)
    assert say("verdict.example", "ja") in plain
    assert "テスト用アカウント" in plain


def test_html_and_text_say_the_same(judge: Callable[..., Any]) -> None:
    ran = judge(answer(WITH_TEST_ACCOUNTS))
    _, _, result, card, panel = (each.data for each in ran.displays)
    for shown, sentences in (
        (
            card,
            (
                "もう一歩です",
                "WHERE に、is_test についての条件がまだありません。",
                "違いが出る小さなデータで比べると",
                "合っています。直さなくて大丈夫です",
                "くわしく",
            ),
        ),
        (panel, ("ヒント 1/4 考え方", "ヒント 2/4 見直す場所")),
        (result, ("練習データでの結果",)),
    ):
        for media in ("text/html", "text/plain"):
            places = [shown[media].index(sentence) for sentence in sentences]
            assert places == sorted(places)


def test_the_panel_is_a_widget_beside_the_card(judge: Callable[..., Any]) -> None:
    assert "application/vnd.jupyter.widget-view+json" in judge(answer(RIGHT)).shown[1].data


@pytest.mark.parametrize("first", ["-- answer l1-7", "-- 答え: L1-07", "  --解答：L1-07 メモ", "# 解答 L1-07"])
def test_the_first_line_may_be_written_freely(judge: Callable[..., Any], first: str) -> None:
    assert "✓ L1-07" in judge(answer(RIGHT, first)).plain


def test_a_moved_cell_is_judged_by_its_first_line_alone(judge: Callable[..., Any]) -> None:
    assert "✓ L1-07" in judge(answer(RIGHT), "some-new-id").plain


def test_a_lost_first_line_is_told_with_the_line_to_put_back(judge: Callable[..., Any]) -> None:
    ran = judge(RIGHT, "answer-L1-07")
    assert say("notice.first_line_title", "ja") in ran.plain
    assert "-- 解答 L1-07" in ran.plain


def test_an_unknown_number_is_told(judge: Callable[..., Any]) -> None:
    assert say("notice.no_exercise_title", "ja") in judge(answer(RIGHT, "-- 解答 L1-77")).plain


def test_an_empty_answer_is_not_run(judge: Callable[..., Any]) -> None:
    assert "… L1-07 まだ採点していません" in judge(answer("-- まだ")).plain


def test_blanks_are_counted_before_anything_runs(judge: Callable[..., Any]) -> None:
    ran = judge("-- 解答 L1-06\nSELECT guest_id, registered_at_utc FROM guests ORDER BY ___ ___, guest_id LIMIT ___")
    assert ran.trouble is None
    assert "3" in ran.plain


def test_an_answer_that_does_not_run_is_feedback_not_a_failed_cell(judge: Callable[..., Any]) -> None:
    ran = judge(answer("SELECT guest_id FROM gests"))
    assert ran.trouble is not None
    assert ran.trouble.is_feedback


@pytest.mark.parametrize("line", [1, 3])
def test_the_engine_counts_the_lines_that_the_learner_sees(judge: Callable[..., Any], line: int) -> None:
    """The line that names the exercise is out of sight."""
    lines = ["SELECT guest_id", "FROM guests", "WHERE NOT is_test"]
    lines[line - 1] += " )"
    assert f"LINE {line}:" in judge(answer("\n".join(lines))).plain


@pytest.mark.parametrize("sql", ["SELECT guest_id FROM gests", "SELECT ((guest_id，", "東京の新しいゲスト"])
def test_an_answer_that_does_not_run_gets_help_as_well(judge: Callable[..., Any], sql: str) -> None:
    assert "%hint" in judge(answer(sql)).plain
    assert "ORDER BY registered_at_utc DESC" in judge("%solution L1-07").plain


def test_grade_gives_the_points_of_the_last_answer(judge: Callable[..., Any]) -> None:
    judge(answer(WITH_TEST_ACCOUNTS))
    assert 0.0 < float(judge("%grade L1-07").plain) < 10.0
    judge(answer(RIGHT))
    ran = judge("%grade L1-07")
    assert ran.plain == "10.0"
    assert ran.displays[0].is_result


def test_grade_of_an_untouched_or_failing_answer_is_zero(judge: Callable[..., Any]) -> None:
    assert judge("%grade L1-05").plain == "0.0"
    assert judge("%grade L9-99").plain == "0.0"
    judge("-- 解答 L1-05\nSELECT nope FROM nowhere")
    assert judge("%grade L1-05").plain == "0.0"


def test_each_column_of_a_prediction_is_marked_by_itself(judge: Callable[..., Any], judging_desk: Desk) -> None:
    solution = judging_desk.marker.exercise("L1-09").solution
    assert "10 / 10" in judge(f"-- 解答 L1-09\n{solution}").plain
    wrong = judging_desk.marker.exercise("L1-09").near_misses[0].text
    assert "✗" in judge(f"-- 解答 L1-09\n{wrong}").plain


def test_a_prediction_shows_no_result_for_it_asks_no_data(judge: Callable[..., Any], judging_desk: Desk) -> None:
    solution = judging_desk.marker.exercise("L1-09").solution
    assert say("result.practice", "ja") not in judge(f"-- 解答 L1-09\n{solution}").plain


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("SELECT b AS guests, d AS talks", "'b'"),
        ("b, d, a, c", "SELECT 'b', 'd', 'a', 'c'"),
        ("bだと思います。", "SELECT '___'"),
    ],
)
def test_a_decision_that_is_no_query_is_told_the_form_of_its_answer(
    judge: Callable[..., Any], written: str, said: str
) -> None:
    plain = judge(f"-- 解答 L1-09\n{written}").plain
    assert said in plain
    assert "FROM" not in plain


def test_hints_are_climbed_by_a_line_as_by_the_button(judge: Callable[..., Any]) -> None:
    judge(answer(WITH_TEST_ACCOUNTS))
    shown = [judge("%hint L1-07").plain.splitlines()[0] for _ in range(5)]
    assert [each.split()[1] for each in shown] == ["1/4", "2/4", "3/4", "4/4", "4/4"]
    judge(answer(WITH_TEST_ACCOUNTS))
    assert "1/4" in judge("%hint L1-07").plain


def test_the_button_of_the_hints_stays_at_the_last_one() -> None:
    shown = import_module("ipywidgets").HTML("a hint")
    ladder = Ladder([cast("Offer", SimpleNamespace(name="idea", asks_first=False))], lambda _: shown, "ja", {})
    (button,) = ladder.buttons
    button.click()
    button.click()
    assert button.disabled
    assert len(ladder.drawer.children) == 1


def test_a_long_table_is_folded_where_a_drawing_of_it_is_seen(judge: Callable[..., Any]) -> None:
    query = "SELECT range AS day_no, range AS talks FROM range(20)"
    assert judge(query).html.count('class="pg-rest"') == 0
    assert judge(f"{query}\n%chart bar x=day_no y=talks").html.count('class="pg-rest"') == 17


def test_a_chart_stands_directly_under_the_verdict_and_above_its_table(judge: Callable[..., Any]) -> None:
    drawn = "SELECT range AS day_no, range AS talks FROM range(20)\n%chart bar x=day_no y=talks"
    kinds = [_kind(each.data) for each in judge(answer(drawn)).shown]
    assert kinds == ["verdict", "chart", "help", "table"]
    free = judge("SELECT 1 AS n, 2 AS m\n%chart bar x=n y=m\n;SELECT 3 AS n\n%chart bar x=nothing y=n")
    assert [_kind(each.data) for each in free.shown] == ["chart", "table", "other", "table"]


def _kind(data: dict[str, Any]) -> str:
    if any("vega" in each for each in data):
        return "chart"
    if any("widget" in each for each in data):
        return "help"
    html = str(data["text/html"])
    return "table" if "pg-result" in html else "verdict" if "pg-wrong" in html or "pg-right" in html else "other"


def test_without_practice_data_the_learner_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    from classroom.learner.kernel.execute import run_cell
    from classroom.learner.state.desk import Desk

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.delenv("PENGUIN_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    shown: list[Any] = []
    run_cell(Desk(lang="ja"), "SELECT * FROM guests", shown.append)
    assert say("no_data.title", "ja") in shown[-1].data["text/plain"]


def test_an_answer_that_the_machine_cannot_judge_is_no_mistake_and_judged_when_run_again(
    judge: Callable[..., Any], judging_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from classroom.learner.kernel import follow
    from sqlgrade import Grader, Status, Verdict

    kept: list[str] = []
    monkeypatch.setattr(follow, "keep_judged", lambda *_: kept.append("a try") or True)
    written = answer(RIGHT.replace("LIMIT 10", "LIMIT 5 * 2"))
    with monkeypatch.context() as tired:
        tired.setattr(Grader, "_judged", lambda *_: Verdict(Status.UNJUDGED))
        plain = judge(written).plain
    assert f"… L1-07 {say('verdict.unjudged', 'ja')}" in plain
    assert "JOIN" not in plain
    assert " / 10 点" not in plain
    assert kept == []
    assert "✓ L1-07" in judge(written).plain
    assert kept == ["a try"]
    assert judging_desk.marker.last_answer("L1-07") == recognise(written)


@pytest.mark.parametrize(
    ("sql", "shown"), [("DATE '20260-01-01'", "20260-01-01"), ("TIMESTAMP 'infinity'", "infinity")]
)
def test_a_date_far_ahead_is_judged_as_a_date_and_shown_as_text(
    judge: Callable[..., Any], sql: str, shown: str
) -> None:
    plain = judge(answer(RIGHT.replace("guest_id, registered_at_utc", f"guest_id, {sql} AS registered_at_utc"))).plain
    assert "✗ L1-07" in plain
    assert f"[{shown}]" in plain


def test_a_shift_out_of_the_calendar_accuses_nobody(judge: Callable[..., Any]) -> None:
    shifted = RIGHT.replace("guest_id, registered_at_utc", "guest_id, registered_at_utc + INTERVAL 9999 YEAR", 1)
    assert "✗ L1-07" in judge(answer(shifted)).plain
