"""Answers that once ended in a fault of ours: brackets, exchanged columns, far too many rows."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from classroom.learner.kernel.execute import run_cell
from classroom.learner.panel import offers
from classroom.learner.panel.help_panel import show_offer
from classroom.learner.panel.offer import sentence
from classroom.learner.state.desk import Desk
from classroom.messages import say
from sqlgrade.messages import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RIGHT = """-- 解答 L1-07
SELECT guest_id, registered_at_utc FROM guests
WHERE {}prefecture = '東京都' AND NOT is_test{}
ORDER BY registered_at_utc DESC, guest_id LIMIT 10"""
EXCHANGED = "-- 解答 L1-07\nSELECT registered_at_utc, guest_id FROM guests WHERE prefecture = '東京都'\nORDER BY registered_at_utc DESC, guest_id LIMIT 10"
FAULT = say("verdict.author_fault", "ja")


def in_brackets(depth: int, sql: str = RIGHT) -> str:
    return sql.format("(" * depth, ")" * depth)


@pytest.mark.parametrize("depth", [50, 99])
def test_an_answer_in_brackets_is_judged_for_what_it_says(judge: Callable[..., Any], depth: int) -> None:
    assert "✓ L1-07" in judge(in_brackets(depth)).plain
    assert "✗ L1-07" in judge(in_brackets(depth, RIGHT.replace("AND NOT is_test", ""))).plain


@pytest.mark.parametrize("depth", [500, 5_000, 45_000])
@pytest.mark.parametrize("closing", [")", ""], ids=["closed", "open"])
def test_an_answer_in_too_many_brackets_is_refused_and_gets_help(
    judge: Callable[..., Any], depth: int, closing: str
) -> None:
    ran = judge(f"-- 解答 L1-07\nSELECT {'(' * depth}1{closing * depth}")
    assert render("error.too_deep.cause", {}, "ja") in ran.plain
    assert "%hint" in ran.plain
    assert FAULT not in ran.plain


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_cell_in_too_many_brackets_is_refused_in_the_learner_s_language(tmp_path: Path, lang: Any) -> None:
    desk = Desk(lang=lang, practice=tmp_path)
    desk.practice = None
    trouble = run_cell(desk, f"SELECT {'(' * 50_000}", lambda _: None)
    desk.close()
    assert trouble is not None
    assert trouble.cause == render("error.too_deep.cause", {}, lang)
    assert "100" in trouble.advice


@pytest.mark.parametrize("line", ["%steps", "%bigquery"])
def test_a_query_in_brackets_can_still_be_looked_into(judge: Callable[..., Any], line: str) -> None:
    assert judge(f"SELECT {'(' * 60}1{')' * 60} AS n").trouble is None
    assert judge(line).trouble is None


def test_exchanged_columns_are_told_apart_from_the_mistake(judge: Callable[..., Any]) -> None:
    plain = judge(EXCHANGED).plain
    assert "✗ L1-07" in plain
    assert "テスト用アカウント" in plain
    assert render("note.columns_exchanged", {}, "ja") in plain
    assert FAULT not in plain


def test_example_rows_stand_under_the_names_they_are_compared_by(judge: Callable[..., Any]) -> None:
    html = judge(EXCHANGED).html
    extra = html.split(say("verdict.practice_extra", "ja"))[1].split("</table>")[0]
    assert extra.index("guest_id") < extra.index("registered_at_utc")


def test_the_verdict_names_as_many_rows_as_the_result_has(judge: Callable[..., Any]) -> None:
    plain = judge("-- 解答 L1-02\nSELECT g.guest_id, g.registered_at_utc FROM guests AS g, casts").plain
    rows = plain.split(" 行のうち")[0].rsplit("\n", 1)[-1]
    assert int(rows.replace(",", "")) > 10_001
    assert f"あなたの結果は{int(rows.replace(',', '')):,}行" in plain


def failing(*_: Any) -> NoReturn:
    raise RecursionError("a fault of ours")


def test_a_part_of_the_card_that_fails_costs_itself_alone(
    judge: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("classroom.session.verdict.card.comparison_of", failing)
    plain = judge(EXCHANGED).plain
    assert "✗ L1-07" in plain
    assert "テスト用アカウント" in plain
    assert "違いが出る小さなデータ" not in plain
    assert "a fault of ours" in caplog.text
    assert "a fault of ours" not in plain


def test_a_button_that_fails_says_so_without_blaming_the_answer(
    judge: Callable[..., Any], judging_desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    judge(EXCHANGED)
    monkeypatch.setattr(offers, "OFFERS", (offers.Offer("shape", lambda _: True, failing),))
    with caplog.at_level(logging.ERROR):
        shown = show_offer(judging_desk, "shape", "L1-07").data["text/plain"]
    assert sentence("own_fault", "ja") in shown
    assert "a fault of ours" not in shown
    assert "a fault of ours" in caplog.text
