"""The generated pages are fresh, and the diagram draws every table and reference."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import marketplace
from marketplace.er_diagram import draw, er_svg
from marketplace.pages import pages
from marketplace.structure import shapes_of

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def made():
    return pages()


@pytest.mark.parametrize("name", ["dictionary.ja.md", "dictionary.en.md", "er.ja.svg", "er.en.svg"])
def test_the_pages_in_docs_are_those_the_schema_makes(name, made):
    remedy = "run: python -m marketplace.pages docs"
    assert (DOCS / name).read_text(encoding="utf-8") == made[name], remedy


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_shows_rows_of_every_table(lang, made):
    sections = re.split(r"^## ", made[f"dictionary.{lang}.md"], flags=re.MULTILINE)
    heading = {"ja": "行の例:", "en": "Sample rows:"}[lang]
    without = [
        s.partition("\n")[0] for s in sections if s.partition("\n")[0] in marketplace.TABLES and heading not in s
    ]
    assert without == []


def test_the_diagram_is_well_formed_and_holds_every_table_and_column():
    tree = ET.fromstring(er_svg("ja"))  # noqa: S314 - our own text
    words = {text.text for text in tree.iter("{http://www.w3.org/2000/svg}text")}
    assert set(marketplace.TABLES) <= words
    assert {"guest_id", "holiday_name_ja?"} <= words


def test_the_diagram_draws_a_line_for_every_reference():
    shapes = shapes_of(marketplace.ddl())
    references = sum(len(shape.foreign_keys) for shape in shapes)
    assert er_svg("en").count(" → ") == references


def test_boxes_do_not_overlap():
    boxes = re.findall(r'class="box" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', er_svg("en"))
    spans = [tuple(map(float, box)) for box in boxes]
    for place, (x, y, width, height) in enumerate(spans):
        for other_x, other_y, other_width, other_height in spans[place + 1 :]:
            apart = (
                x + width <= other_x
                or other_x + other_width <= x
                or y + height <= other_y
                or other_y + other_height <= y
            )
            assert apart


def test_a_diagram_can_be_drawn_of_tables_that_refer_to_themselves():
    shapes = shapes_of("CREATE TABLE staff (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES staff (id))")
    assert "staff → staff" in draw(shapes, {"staff": "Staff"}, "en")


def test_marked_tables_stand_out_and_the_others_are_pale():
    svg = er_svg("ja", ("guests", "talks"))
    pale = re.findall(r'<g id="(\w+)" class="pale">', svg)
    assert set(pale) == set(marketplace.TABLES) - {"guests", "talks"}
    assert "pale" not in er_svg("ja")
