"""The pages of the Expo in both languages, what their buttons do, and the files that can be taken along."""

from __future__ import annotations

import io
import re
from dataclasses import asdict, replace
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from test_second import act, ready
from written import WRITTEN, result, write

from classroom.exchange.expo.record import Shot, places
from classroom.exchange.expo.words import told
from classroom.learner.expo.actions import ACTIONS
from classroom.learner.expo.drawn import _readable, shot_html
from classroom.learner.expo.later_cards import tried
from classroom.learner.expo.markup import field
from classroom.learner.expo.pages import page_html
from classroom.learner.page.expo_room import shown
from coursebook.expo import STEPS

if TYPE_CHECKING:
    from classroom.learner.expo.place import ExpoRoom

EVIL = "<script>alert('x')</script>"
PLACES = ("story", *(f"step/{step}" for step in STEPS), "rubric", "certificate")
VOID = {"input", "hr", "br"}


class Balance(HTMLParser):
    """Counts what is opened and not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_page_is_whole_and_nothing_that_is_typed_is_read_as_html(room: ExpoRoom, lang: str) -> None:
    room = replace(room, lang=lang)
    write(room, dict.fromkeys(places(), EVIL))
    for at in (*PLACES, *(f"model/{each.id}" for each in room.texts.models)):
        html = page_html(room, at)
        balance = Balance()
        balance.feed(html)
        assert balance.open == [], at
        assert "<script" not in html, at
        assert lang == "ja" or not re.search(r"[぀-ヿ一-鿿]", html), at
    assert EVIL in unescape(page_html(room, "step/issue"))


def test_every_button_does_something_and_every_action_has_a_button(room: ExpoRoom) -> None:
    from classroom.learner.bi.records import Query

    room.bi.keep_query(Query(0, "q", "SELECT 1"))
    html = "".join(page_html(room, at) for at in PLACES)
    ready(room)
    html += page_html(room, "step/second") + page_html(room, "step/slide") + page_html(room, "step/talk")
    act(room, "seal")
    html += page_html(room, "step/second")
    act(room, "month")
    act(room, "plan")
    html += page_html(room, "step/second")
    asked = {
        each
        for pair in re.findall(r'data-bi-(?:do|change)="([^"]+)"|data-bi-keeps="([^"]+)"', html)
        for each in pair
        if each
    }
    assert asked == {each for each in ACTIONS if each.startswith("expo/")} - {
        "expo/hand-in",
        "expo/certificate",
        "expo/anew",
    }  # in a class, at the very end; reviews too are only in a class
    ways = set(re.findall(r'data-bi-go="([^"]+)"', html))
    assert all(page_html(room, way) for way in ways)


def test_a_mean_is_shown_with_so_many_digits_as_can_be_read() -> None:
    shot = Shot(
        "measure.second", "SELECT 1", "2026-03-02", asdict(result("mean", (0.14159265358979312,), types="DOUBLE"))
    )
    assert ">0.141593<" in shot_html(shot, "SELECT 1", "ja")


def test_the_expo_opens_with_its_story_and_then_with_the_step_to_go_on_with(room: ExpoRoom) -> None:
    assert shown(room, "nowhere")["at"] == "story"
    assert 'class="penguin-primary" data-bi-go="step/issue"' in page_html(room, "story")
    ready(room)
    assert shown(room, "step/nowhere")["at"] == "step/second"
    assert 'class="penguin-primary" data-bi-go="step/second"' in page_html(room, "story")


def test_a_step_says_one_thing_to_do_next_and_nothing_of_the_steps_after_it(room: ExpoRoom) -> None:
    html = page_html(room, "step/issue")
    assert told("lacks.more", "ja", count=4) in html
    assert told("head.left", "ja", count=12) not in html
    write(room, {**WRITTEN, "issue.sql": ""})
    html = page_html(room, "step/issue")
    assert told("lacks.empty", "ja", label=told("field.issue.sql", "ja")) in html
    assert told("lacks.more", "ja", count=0) not in html


def test_before_the_seal_and_the_certificate_steps_are_named_by_how_much_they_lack(room: ExpoRoom) -> None:
    for at in ("step/second", "certificate"):
        html = page_html(room, at)
        assert f'data-bi-go="step/measure">6 {told("step.measure", "ja")}</button> <small>' in html
        assert told("lacks.empty", "ja", label=told("field.measure.cost", "ja")) not in html


def test_nothing_to_choose_is_called_by_a_dash_and_areas_have_names(room: ExpoRoom) -> None:
    ready(room)
    write(room, {"measure.group": "area", "measure.area": "GINZA"})
    html = "".join(page_html(room, at) for at in PLACES)
    assert ">–<" not in html
    assert '<option value="GINZA" selected>銀座</option>' in html


def test_the_talk_has_six_slides_the_finding_among_them(room: ExpoRoom) -> None:
    from pptx import Presentation

    assert ACTIONS["expo/slides"](room, {}).file is None  # nothing to draw yet
    ready(room)
    file = ACTIONS["expo/slides"](room, {}).file
    assert file is not None
    slides = list(Presentation(io.BytesIO(file.content)).slides)
    assert len(slides) == 6
    assert any(shape.has_chart for shape in slides[3].shapes)
    words = " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    for place in (
        "issue.name",
        "hypothesis.2.claim",
        "measure.cost",
        "slide.headline",
        "measure.rule",
        "talk.ask",
    ):
        assert f"〔{place}〕" in words


def test_the_voting_sheet_is_a_page_that_runs_nothing(room: ExpoRoom) -> None:
    write(room, {"issue.name": EVIL})
    file = ACTIONS["expo/sheet"](room, {}).file
    assert file is not None
    assert b"<script" not in file.content
    assert file.content.count(b"<section>") == 4


def test_no_digit_before_the_point_is_rounded_away() -> None:
    assert [_readable(each) for each in (1234567.5, 98765432.1, 0.4558823529411765)] == [
        1234568.0,
        98765432.0,
        0.455882,
    ]


def test_a_field_shows_all_of_a_long_line() -> None:
    long = "95%区間の全部が+10%より上なら全員に広げる。" * 8
    assert 'rows="1"' in field("measure.stop", "短い", "ja", rows=1)
    assert 'rows="3"' in field("measure.stop", long, "ja", rows=1)
    assert 'rows="14"' in field("measure.stop", long * 40, "ja", rows=1)


@pytest.mark.parametrize(("months", "said", "unsaid"), [("3", "widest", "ways"), ("1", "ways", "widest")])
def test_ways_to_widen_a_plan_are_announced_where_there_are_any(
    room: ExpoRoom, months: str, said: str, unsaid: str
) -> None:
    write(room, {**WRITTEN, "measure.worth": "1", "measure.months": months})
    shown = tried(room)
    assert told(f"wider.{said}", "ja") in shown
    assert told(f"wider.{unsaid}", "ja") not in shown
    assert (told("wider.all_short", "ja") in shown) == (said == "ways")
    assert told("wider.never", "ja") in shown
