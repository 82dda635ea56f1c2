"""One slide: what is empty is asked for, and the file holds the conclusion, a chart that can be changed, and what it rests on."""

from __future__ import annotations

import io
from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest
from pptx import Presentation
from script import result

from classroom.bi.drawing import FIELDS
from classroom.bi.records import Query, Visual
from classroom.bi.slide import PARTS, plot_of, slide_file
from classroom.room.bi_room import done, shown

if TYPE_CHECKING:
    from script import Script

    from classroom.bi.place import BiRoom

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
