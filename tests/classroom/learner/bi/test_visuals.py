"""A result as each of the eleven visualisations, and a sentence where it does not fit."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from script import result

from classroom.learner.bi.drawing import FIELDS, visual_html
from classroom.learner.bi.records import Visual

DAYS = result("day area n", ("2026-01-05", "A", 4), ("2026-01-06", "A", 8), ("2026-01-06", "B", 1))


def html(kind: str, found: Any = DAYS, lang: str = "ja", **options: str) -> str:
    return visual_html(Visual(1, 1, "見せ方", kind, options), found, lang)


def spec(drawn: str) -> Any:
    found = re.search(r'data-bi-chart="([^"]+)"', drawn)
    assert found
    return json.loads(unescape(found[1]))


def texts(drawn: str) -> list[str]:
    return [each for each in (part.strip() for part in re.split(r"<[^>]+>", drawn)) if each]


@pytest.mark.parametrize(("kind", "mark"), [("bar", "bar"), ("line", "line"), ("area", "area"), ("scatter", "point")])
def test_charts_are_drawn_by_what_draws_the_percent_line(kind: str, mark: str) -> None:
    drawn = spec(html(kind, x="day", y="n", color="area"))
    assert (drawn["mark"]["type"], drawn["encoding"]["color"]["field"]) == (mark, "area")
    assert [len(each) for each in drawn["datasets"].values()] == [3]


def test_lines_of_a_target_and_of_an_event_stand_across_a_chart() -> None:
    lines = spec(html("line", x="day", y="n", target="5", mark="2026-01-06"))["layer"][1:]
    assert lines
    assert spec(html("bar", x="area", y="n", target="5"))["layer"][0]["encoding"]["x"]["axis"]["labelAngle"] == 0
    assert "data-bi-chart" not in html("bar", x="area", y="n", target="many")


def test_a_histogram_needs_one_column() -> None:
    assert spec(html("hist", x="n"))["encoding"]["x"]["bin"] == {"maxbins": 30}
    assert spec(html("hist", x="n", scale="log"))["datasets"]["result"][0] == {"n": "1", "count": 1}


def test_two_columns_are_two_lines() -> None:
    both = spec(html("line", result("day n m", ("2026-01-05", 4, 2)), x="day", y="n", y2="m"))
    assert [each["series"] for each in both["datasets"]["result"]] == ["n", "m"]


def test_a_number_stands_against_a_target_that_is_a_number_or_a_column() -> None:
    assert "目標 5 の 80.0%（-1）" in html("counter", y="n", target="5")
    assert "目標 4 の 100.0%（+0）" in html("counter", y="n", target="n")
    assert "<strong>4</strong>" in html("counter", y="n")


def test_a_funnel_tells_the_share_of_the_first_step_and_of_the_one_before() -> None:
    steps = result("step n", ("登録", 200), ("トーク", 100), ("申し込み", 25))
    assert texts(html("funnel", steps, x="step", y="n"))[-4:] == ["申し込み", "25", "12.5%", "25.0%"]


def test_a_cohort_is_shares_of_its_first_stage_in_the_order_of_the_stages() -> None:
    cohorts = result("month since n", ("10月", 0, 50), ("10月", 10, 5), ("10月", 2, 20), ("11月", 0, 40))
    drawn = texts(html("cohort", cohorts, x="month", color="since", y="n"))
    assert drawn == ["month", "n", "0", "2", "10", "10月", "50", "100.0%", "40.0%", "10.0%", "11月", "40", "100.0%"]


def test_a_pivot_adds_up_what_falls_together() -> None:
    found = result("a b n", ("x", "p", 1), ("x", "p", 2), ("x", "q", None), ("y", "q", 5))
    assert texts(html("pivot", found, x="a", color="b", y="n")) == ["a", "p", "q", "x", "3", "y", "5"]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("kind", FIELDS)
def test_what_does_not_fit_is_told_in_a_sentence(kind: str, lang: str) -> None:
    gone = dict.fromkeys(FIELDS[kind], "gone")
    for drawn in (html(kind, result("a"), lang), html(kind, DAYS, lang), html(kind, DAYS, lang, **gone)):
        assert drawn
        assert "data-bi-chart" not in drawn
    assert kind == "table" or "gone" in html(kind, DAYS, lang, **gone)


def test_values_and_names_are_never_read_as_html() -> None:
    evil = "<img src=x onerror=alert(1)>"
    found = result("a b n", (evil, evil, 1), (evil, "q", 2))
    for kind in FIELDS:
        assert "<img" not in visual_html(Visual(1, 1, evil, kind, {"x": "a", "y": "n", "color": "b"}), found, "ja")


def test_names_that_do_not_fit_below_a_narrow_chart_are_turned() -> None:
    areas = result("area n", *((f"AREA-{name}-LONG", 1) for name in "ABCDEFG"))
    visual = Visual(1, 1, "v", "bar", {"x": "area", "y": "n"})
    angles = [
        spec(visual_html(visual, areas, "ja", is_wide=wide))["encoding"]["x"]["axis"]["labelAngle"]
        for wide in (True, False)
    ]
    assert angles == [0, -45]
