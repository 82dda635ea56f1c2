"""A list of ids pasted from a spreadsheet: run as far as that goes well, told plainly beyond, and the kernel goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from classroom.learner.state.reading import MOST_CHARACTERS
from classroom.messages import say
from sqlgrade.record import LONGEST_ANSWER

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.learner.state.desk import Desk


def asking_for(count: int, between: str = ", ") -> str:
    return f"SELECT guest_id FROM guests WHERE guest_id IN ({between.join(str(1_000_000 + at) for at in range(count))})"


@pytest.fixture(params=["ja", "en"])
def lang(request: pytest.FixtureRequest, desk: Desk) -> str:
    desk.lang = request.param
    return str(request.param)


def told(code: str, count: int, most: int, lang: str, **more: Any) -> str:
    return say(f"too_long.{code}", lang, count=f"{count:,}", most=f"{most:,}", ids=f"{most // 10:,}", **more)


def test_a_hundred_thousand_ids_are_looked_up_in_a_cell(run: Callable[..., Any]) -> None:
    assert run(asking_for(100_000)).trouble is None


def test_a_longer_list_is_not_run_and_the_cell_says_how_long_it_may_be(run: Callable[..., Any], lang: str) -> None:
    text = asking_for(150_000)
    ran = run(text)
    assert told("cell", len(text), MOST_CHARACTERS, lang) in ran.plain
    assert say("too_long.cell_advice", lang) in ran.plain
    assert run("SELECT 1").trouble is None


def test_an_answer_with_twenty_thousand_ids_is_neither_run_nor_judged(run: Callable[..., Any], lang: str) -> None:
    text = asking_for(20_000)
    ran = run(f"-- 解答 L1-07\n{text}")
    assert told("answer", len(text), LONGEST_ANSWER, lang) in ran.plain
    assert ran.trouble.is_feedback
    assert len(ran.displays) == 1


def test_such_an_answer_is_worth_nothing_at_the_desk(run: Callable[..., Any]) -> None:
    run(f"-- 解答 L1-07\n{asking_for(20_000)}")
    assert run("%grade L1-07").plain == "0.0"


@pytest.mark.parametrize("line", ["steps", "bigquery"])
def test_a_query_too_long_to_be_taken_apart_says_so(run: Callable[..., Any], lang: str, line: str) -> None:
    text = asking_for(20_000)
    run(text)
    assert told("line", len(text), LONGEST_ANSWER, lang, name=line) in run(f"%{line}").plain


def test_a_column_pasted_without_commas_is_told_where_the_first_one_is_missing(run: Callable[..., Any]) -> None:
    ran = run(asking_for(20_000, between="\n"))
    assert "1000000 と 1000001 の間にカンマがありません" in ran.plain


def test_of_a_line_that_fills_pages_only_the_surroundings_of_the_place_are_shown(run: Callable[..., Any]) -> None:
    ran = run(asking_for(20_000).replace("guest_id FROM", "gest_id FROM"))
    assert "<mark>gest_id</mark>" in ran.html
    assert len(ran.html) < 5_000


def test_the_engine_s_words_are_cut_where_they_quote_pages(run: Callable[..., Any]) -> None:
    ran = run("SELECT CAST(repeat('x', 8000000) AS INTEGER)")
    assert "Conversion Error" in ran.trouble.engine
    assert len(ran.html) < 10_000


def test_statements_are_remembered_for_their_buttons_but_not_without_end(desk: Desk, run: Callable[..., Any]) -> None:
    for number in range(25):
        run(f"SELECT {number} AS n, '{'x' * 900_000}' AS text")
    assert sum(map(len, desk.results.values())) <= 20_000_000
    assert any(sql.startswith("SELECT 24 ") for sql in desk.results.values())
