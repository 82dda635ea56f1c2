"""One slide: what is empty is asked for, and the file holds the conclusion, a chart that can be changed, and what it rests on."""

from __future__ import annotations

import io
from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from script import result

from classroom.learner.bi.drawing import FIELDS
from classroom.learner.bi.records import Query, Visual
from classroom.learner.bi.slide import PARTS, plot_of, slide_file
from classroom.learner.bi.slide_lines import Axis, axis_over, place_among
from classroom.learner.page.bi_room import done, shown

if TYPE_CHECKING:
    from script import Script

    from classroom.learner.bi.place import BiRoom

TEXTS = {each: f"{each} の文" for each in PARTS}
FOUND = result("day area n m", ("2026-01-05", "A", 4, 1), ("2026-01-06", "A", 8, 2), ("2026-01-06", "B", 1, 3))


def slide_of(kind: str, **options: str) -> Any:
    content = slide_file(Visual(1, 1, "v", kind, options), FOUND, TEXTS, dict.fromkeys(PARTS, "名"))
    (slide,) = Presentation(io.BytesIO(content)).slides
    return slide


@pytest.mark.parametrize("kind", FIELDS)
def test_every_visualisation_becomes_a_slide(kind: str) -> None:
    options = {"x": "m" if kind in {"scatter", "hist"} else "day", "y": "n", "color": "area"}
    slide = slide_of(kind, **{name: options[name] for name in FIELDS[kind] if name in options})
    said = "\n".join(each.text_frame.text for each in slide.shapes if each.has_text_frame)
    assert all(text in said for text in TEXTS.values())
    assert slide.shapes.title.text_frame.text == TEXTS["headline"]
    drawn = [each for each in slide.shapes if each.has_chart or each.has_table]
    assert drawn or kind == "counter"


def test_a_chart_s_numbers_are_in_the_file() -> None:
    (chart,) = (each.chart for each in slide_of("line", x="day", y="n").shapes if each.has_chart)
    assert list(chart.plots[0].categories) == ["2026-01-05", "2026-01-06", "2026-01-06"]
    assert list(chart.plots[0].series[0].values) == [4.0, 8.0, 1.0]


def test_a_colour_makes_series_with_gaps_where_there_is_nothing() -> None:
    plot = plot_of(Visual(1, 1, "v", "bar", {"x": "day", "y": "n", "color": "area"}), FOUND)
    assert plot.categories == ("2026-01-05", "2026-01-06")
    assert [(each.name, each.values) for each in plot.series] == [("A", (4.0, 8.0)), ("B", (None, 1.0))]


def test_a_histogram_counts_every_value_once() -> None:
    plot = plot_of(Visual(1, 1, "v", "hist", {"x": "m"}), FOUND)
    assert sum(each or 0 for each in plot.series[0].values) == 3


def chart_of(slide: Any) -> Any:
    (frame,) = (each for each in slide.shapes if each.has_chart)
    return frame


def lines_of(slide: Any) -> list[Any]:
    return [each for each in slide.shapes if each.shape_type == MSO_SHAPE_TYPE.LINE]


@pytest.mark.parametrize("kind", ["bar", "hbar", "line", "area", "scatter"])
def test_the_lines_of_a_chart_are_on_its_slide_where_its_axes_have_them(kind: str) -> None:
    x = {"x": "m", "mark": "2"} if kind == "scatter" else {"x": "day", "mark": "2026-01-06"}
    slide = slide_of(kind, y="n", target="4", note="the_release", **x)
    frame, (target, mark) = chart_of(slide), lines_of(slide)
    axis = frame.chart.value_axis
    assert (axis.minimum_scale, axis.maximum_scale) == (0, 10)
    flat, upright = (mark, target) if kind == "hbar" else (target, mark)
    assert (flat.height, upright.width) == (0, 0)
    right = (target.left - frame.left) / frame.width - 0.07
    up = 0.75 - (target.top - frame.top) / frame.height
    assert (right / 0.9 if kind == "hbar" else up / 0.7) == pytest.approx(0.4, abs=0.001)
    words = [each.text_frame.text for each in slide.shapes if each.has_text_frame]
    assert {"4", "the release"} <= {*words}


def test_a_mark_stands_on_its_category_between_two_or_nowhere() -> None:
    days = ("2026-01-05", "2026-01-07 00:00:00", "2026-01-09")
    assert [place_among(days, each) for each in ("2026-01-07", "2026-01-08", "2026-02-01")] == [1, 1.5, None]
    assert place_among(("5", "6", "10"), "8") == 1.5


def test_the_labels_of_a_chart_are_beside_its_points() -> None:
    bars = chart_of(slide_of("bar", x="day", y="n", color="area", label="m")).chart.series
    texts = [[point.data_label.text_frame.text for point in (each.points[0], each.points[1])] for each in bars]
    assert texts == [["1", "2"], ["", "3"]]
    (points,) = chart_of(slide_of("scatter", x="m", y="n", label="area")).chart.series
    assert [points.points[at].data_label.text_frame.text for at in range(3)] == ["A", "A", "B"]


def test_counts_have_no_ticks_between_whole_numbers() -> None:
    assert chart_of(slide_of("bar", x="day", y="m")).chart.value_axis.major_unit == 1
    assert axis_over((0, 1)) == Axis(0, 2, 1)
    assert axis_over((0.1, 0.32)).step == pytest.approx(0.1)
    assert axis_over((-3, 50)) == Axis(-10, 60, 10)


def test_lying_bars_begin_at_the_top() -> None:
    for kind in ("hbar", "funnel"):
        assert chart_of(slide_of(kind, x="day", y="n")).chart.category_axis.reverse_order


def test_what_is_empty_is_asked_for_and_no_file_is_made_without_it(room: BiRoom, script: Script) -> None:
    script.answers["q"] = FOUND
    number = room.store.keep_query(Query(0, "q", "q"))
    done(room, "query/run", "", {"query": str(number)})
    visual = room.store.keep_visual(Visual(0, number, "v", "bar", {"x": "day", "y": "n"}))
    fields = {**TEXTS, "visual": str(visual), "n": " "}
    asked = done(room, "slide/file", f"slide/{visual}", fields)
    assert "件数 n が空です" in asked["html"]
    assert "file" not in asked
    given = done(room, "slide/file", f"slide/{visual}", {**fields, "n": "13件"})["file"]
    assert given["name"] == "headline_の文.pptx"
    assert b64decode(given["base64"])[:2] == b"PK"
    assert "13件" in shown(room, f"slide/{visual}")["html"]
