"""The list of tables: those of the lesson first, types in its words, and a diagram that marks them."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from classroom.learner.state.desk import Desk


def test_the_tables_of_the_lesson_come_first(desk: Desk, run: Callable[..., Any]) -> None:
    desk.lesson = "L1"
    html = run("%schema").html
    own, _, others = html.partition(say("schema.others", "ja"))
    assert all(f"<code>{name}</code>" in own for name in ("guests", "casts", "talks", "areas"))
    assert "<code>payments</code>" in others


def test_outside_of_a_lesson_there_is_one_list(run: Callable[..., Any]) -> None:
    plain = run("%schema").plain
    assert say("schema.of_lesson", "ja") not in plain
    assert "payments" in plain


def test_types_are_told_in_the_words_of_the_lesson(desk: Desk, run: Callable[..., Any]) -> None:
    desk.lesson = "L1"
    assert "<small>数 · 主キー</small>" in run("%schema guests").html
    desk.lesson = "L6"
    assert "<small>数 INTEGER · 主キー</small>" in run("%schema guests").html


def test_the_diagram_marks_the_tables_of_the_lesson(desk: Desk, run: Callable[..., Any]) -> None:
    desk.lesson = "L1"
    svg = b64decode(run("%schema er").html.partition("base64,")[2].partition('"')[0]).decode()
    assert '<g id="payments" class="pale">' in svg
    assert '<g id="guests">' in svg


def test_the_diagram_tells_types_in_the_words_of_the_lesson(desk: Desk, run: Callable[..., Any]) -> None:
    def drawn(lesson: str) -> str:
        desk.lesson = lesson
        return b64decode(run("%schema er").html.partition("base64,")[2].partition('"')[0]).decode()

    first, later = drawn("L1"), drawn("L6")
    assert "VARCHAR" not in first
    assert ">文字<" in first
    assert ">文字 VARCHAR<" in later
