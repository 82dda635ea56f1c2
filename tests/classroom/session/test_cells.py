"""Cells taken apart: SQL, % lines, comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.kernel.magics import known_names
from classroom.messages import say
from classroom.session.cell_text import MagicLine, SqlBlock, hash_comments, split_cell
from coursebook.answer_cell import KERNEL_LINES

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def test_a_percent_line_stands_apart_from_the_sql_above() -> None:
    blocks = split_cell("SELECT 1\n%chart bar x=a y=b\n", {"chart"})
    assert blocks == [SqlBlock("SELECT 1\n", 0), MagicLine("chart", "bar x=a y=b", 9)]


def test_the_course_cuts_off_the_same_lines_as_the_kernel() -> None:
    assert known_names() == KERNEL_LINES


def test_a_percent_inside_an_expression_is_sql() -> None:
    assert split_cell("SELECT 7\n% x FROM t", {"chart"}) == [SqlBlock("SELECT 7\n% x FROM t", 0)]


def test_hash_lines_are_comments_of_the_same_length() -> None:
    source = "# note\nSELECT 1\n#\n"
    assert hash_comments(source) == "--note\nSELECT 1\n \n"
    assert len(hash_comments(source)) == len(source)


def test_a_cell_of_hash_comments_runs(run: Callable[..., Any]) -> None:
    assert run("# This cell (id:grade-L1-07) was missing\n# from the submission.").trouble is None


def test_an_unknown_percent_line_names_those_that_exist(run: Callable[..., Any]) -> None:
    ran = run("%grafik")
    assert say("unknown_magic.cause", "ja", name="grafik") in ran.plain
    assert "%schema" in ran.plain


def test_schema_lists_tables_and_explains_one(run: Callable[..., Any]) -> None:
    assert "guests" in run("%schema").plain
    assert "prefecture" in run("%schema guests").plain


def test_help_names_every_percent_line(run: Callable[..., Any]) -> None:
    from classroom.learner.kernel.magics import MAGICS

    plain = run("%help").plain
    assert all(f"%{magic.name}" in plain for magic in MAGICS)


def test_a_chart_line_draws_the_result_above(run: Callable[..., Any]) -> None:
    ran = run("SELECT prefecture, count(*) AS n FROM guests GROUP BY ALL\n%chart bar x=prefecture y=n")
    assert "application/vnd.vegalite.v5+json" in ran.displays[-1].data


def test_a_full_width_percent_works_too(run: Callable[..., Any]) -> None:
    assert "guests" in run("％schema").plain
