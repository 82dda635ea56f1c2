"""The KPI tree takes its numbers from results and says where the way is narrowest."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from classroom.folder import Folder
from classroom.learner.progress import ProgressStore, Try
from classroom.messages import say_in
from classroom.session.kpi_tree import conversions, draw_tree, gather_nodes, product_agrees, tell_tree, weakest

FACTORS = {"puu": 10.0, "purchases_per_guest": 1.5, "yen_per_purchase": 4000.0, "sales_yen": 60000.0}
STAGES = {"registered": 200.0, "talked": 100.0, "replied": 90.0, "requested": 30.0}


def say(lang: str):  # type: ignore[no-untyped-def]
    return lambda code: say_in("classroom.session", code, lang)


def test_columns_called_as_nodes_give_their_values() -> None:
    found = gather_nodes(("PUU", "sales_yen", "other"), [(3, Decimal("1.5"), 9)])
    assert found == {"puu": 3.0, "sales_yen": 1.5}


def test_rows_that_name_a_stage_give_one_value_each() -> None:
    found = gather_nodes(("stage_no", "stage", "guests"), [(1, "registered", 7), (2, "talked", 4), (3, "elsewhere", 1)])
    assert found == {"registered": 7.0, "talked": 4.0}


def test_of_several_months_the_last_row_counts() -> None:
    assert gather_nodes(("m", "breakthrough_rate"), [("a", 0.2), ("b", 0.3)]) == {"breakthrough_rate": 0.3}


def test_blanks_and_empty_results_give_nothing() -> None:
    assert gather_nodes(("puu",), [(None,)]) == {}
    assert gather_nodes(("puu",), []) == {}


def test_the_narrowest_step_is_found_where_the_share_is_smallest() -> None:
    assert [each.rate for each in conversions(STAGES)] == pytest.approx([0.5, 0.9, 1 / 3])
    assert weakest(STAGES) == "requested"
    assert weakest({"registered": 2.0, "talked": 0.0}) is None


def test_a_stage_without_people_is_not_divided_by() -> None:
    assert conversions({"registered": 0.0, "talked": 0.0}) == ()


@pytest.mark.parametrize(("sales", "agrees"), [(60000.0, True), (61000.0, False)])
def test_the_factors_must_multiply_to_the_sales(sales: float, agrees: bool) -> None:
    assert product_agrees(FACTORS | {"sales_yen": sales}) is agrees
    assert product_agrees({"puu": 10.0}) is None


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_picture_and_text_show_numbers_known_and_dashes_for_the_rest(lang: str) -> None:
    values = FACTORS | STAGES
    for shown in (draw_tree(values, say(lang)), tell_tree(values, say(lang))):
        assert "¥60,000" in shown
        assert "33.3%" in shown
        assert say(lang)("kpi_weakest") in shown
        assert say(lang)("kpi_product_right") in shown
        assert "–" in shown


def test_a_rate_of_another_period_says_so() -> None:
    shown = tell_tree({"breakthrough_rate": 0.25}, say("en"))
    assert f"25.0%  ({say('en')('kpi_rate_note')})" in shown


def test_sentences_are_escaped_in_the_picture() -> None:
    drawn = draw_tree({"puu": 1.0}, lambda code: f"<b>{code}</b>")
    assert "<b>" not in drawn
    assert "&lt;b&gt;" in drawn


def test_answers_of_an_earlier_evening_still_fill_the_tree(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Folder(tmp_path).hidden.mkdir()
    monkeypatch.chdir(tmp_path)
    evening = datetime(2026, 1, 5, 23, tzinfo=UTC)
    ProgressStore(Folder(tmp_path).progress).record(Try("L8-02", evening, "SELECT 7 AS puu", "refuted", 0.5))
    assert "PUU: 7" in run("%kpi_tree L8-02").plain
    missing = say_in("classroom.session", "kpi_no_answer", "ja", exercise="L8-04")
    assert missing in run("%kpi_tree L8-02 L8-04").plain
