"""%term: a term with what the other language calls it and where it was learned, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coursebook.glossary import glossary

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from classroom.learner.state.desk import Desk


def test_a_term_says_its_other_name_and_its_lesson(run: Callable[..., Any]) -> None:
    for line in ("%term 標準誤差", "%term standard error", "%用語 標準誤差"):
        first = run(line).plain.splitlines()[0]
        assert first.startswith("標準誤差 (standard error): ")
        assert first.endswith("[レッスン13「施策検証」]")


def test_it_speaks_the_language_of_the_reader(desk: Desk, run: Callable[..., Any]) -> None:
    desk.lang = "en"
    assert run("%term 標準誤差").plain.splitlines()[0].startswith("standard error (標準誤差): ")


def test_a_slip_is_told_as_one_and_shows_what_comes_close(run: Callable[..., Any]) -> None:
    head, first, *_ = run("%term 標準後差").plain.splitlines()
    assert "「標準後差」という用語はありません" in head
    assert first.startswith("標準誤差")


def test_alone_it_lists_them_all(desk: Desk, run: Callable[..., Any]) -> None:
    plain = run("%term").plain
    assert [each.term.ja for each in glossary(desk.marker.course) if each.term.ja not in plain] == []


@pytest.mark.parametrize("asked", ["qqqqqq", "<b>qqqqqq</b>"])
def test_what_nobody_taught_is_said_to_be_none_and_is_no_markup(run: Callable[..., Any], asked: str) -> None:
    ran = run(f"%term {asked}")
    assert "すべての用語の一覧" in ran.plain
    assert "<b>qq" not in ran.html
