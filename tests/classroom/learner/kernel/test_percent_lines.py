"""A % line fails as a cell does: the same sentences, the same refusals, the same Stop, whatever is written behind it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from classroom.learner.kernel.execute import run_cell
from classroom.learner.kernel.magics import MAGICS
from classroom.learner.state.desk import Desk
from classroom.messages import say, say_in
from classroom.session.cell_text import split_cell
from classroom.session.connection import Session
from sqlgrade.messages import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENDLESS = "SELECT a.range AS n FROM range(10000000) a, range(10000000) b ORDER BY hash(a.range + b.range)"
TAKING_SQL = ["steps", "bigquery"]
NASTY = {
    "nul": "\x00",
    "control characters": "\x07\x1b[31m\x0b\x0c\x1c\x85\u2028x",
    "half a character": "\ud800",
    "brackets": "(" * 5_000,
    "brackets in a query": f"SELECT {'(' * 5_000}1{')' * 5_000}",
    "some brackets": f"SELECT {'(' * 60}1{')' * 60} AS n",
    "a long word": "x" * 50_000,
    "two million letters": "x" * 2_000_000,
    "a long text": f"SELECT '{'x' * 2_000_000}' AS text",
    "a hundred thousand spaces": f"a{' ' * 100_000}b",
    "quotes": "'\"`",
    "an open comment": "/*",
    "templates": "{} {0} %s %(x)s {{ day }}",
    "a parameter": "SELECT $1 AS n",
    "a file": "SELECT * FROM read_csv('/etc/passwd')",
    "many parts": " UNION ALL ".join(["SELECT 1 AS n"] * 500),
}


@pytest.fixture(params=["ja", "en"])
def lang(request: pytest.FixtureRequest, desk: Desk) -> str:
    desk.lang = request.param
    return str(request.param)


@pytest.mark.usefixtures("in_folder")
@pytest.mark.parametrize("line", [each.name for each in MAGICS])
def test_nothing_behind_a_percent_line_is_a_fault_of_the_classroom(run: Callable[..., Any], line: str) -> None:
    for name, text in NASTY.items():
        ran = run(f"SELECT 1 AS n;\n%{line} {text}")  # an error that is no answer would come out here
        assert say("fault.title", "ja") not in ran.plain, name
        assert run("SELECT 1").trouble is None, name


@pytest.mark.parametrize("line", TAKING_SQL)
@pytest.mark.parametrize(
    "sql", ["SELECT * FROM gests", "SELECT nicknme FROM guests", "SELEC 1", "SELECT (1", "DROP TABLE guests"]
)
def test_a_slip_gets_the_sentence_that_a_cell_gives(run: Callable[..., Any], lang: str, line: str, sql: str) -> None:
    behind, alone = run(f"%{line} {sql}").trouble, run(sql).trouble
    assert (behind.title, behind.cause, behind.advice, behind.engine) == (
        alone.title,
        alone.cause,
        alone.advice,
        alone.engine,
    )


@pytest.mark.parametrize("line", TAKING_SQL)
def test_two_queries_behind_a_percent_line_are_one_too_many(run: Callable[..., Any], lang: str, line: str) -> None:
    assert render("error.several_statements.cause", {"count": 2}, lang) in run(f"%{line} SELECT 1; SELECT 2").plain


@pytest.mark.parametrize("line", ["steps", "save csv", "chart bar x=n y=n"])
def test_stop_reaches_what_a_percent_line_runs(desk: Desk, run: Callable[..., Any], lang: str, line: str) -> None:
    run("SELECT 1 AS n")
    desk.last_sql = ENDLESS
    threading.Timer(0.5, desk.stop).start()
    assert run(f"%{line}").trouble.title == say("stopped.title", lang)


def test_an_explanation_of_a_plan_has_no_steps(run: Callable[..., Any], lang: str) -> None:
    assert say_in("classroom.learner.panel.steps", "cannot", lang) in run("EXPLAIN SELECT 1;\n%steps").plain


def test_the_kpi_tree_runs_no_answer_that_would_write(desk: Desk, run: Callable[..., Any]) -> None:
    run("-- 解答 L1-07\nCREATE TEMP TABLE guests AS SELECT 1 AS nuu")
    assert say_in("classroom.session", "kpi_does_not_run", "ja", exercise="L1-07") in run("%kpi_tree L1-07").plain
    assert run("SELECT guest_id FROM guests LIMIT 1").trouble is None


def test_without_data_a_percent_line_says_so(tmp_path: Path, lang: str) -> None:
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"no database")
    desk, shown = Desk(lang=lang, practice=broken), []  # type: ignore[arg-type, var-annotated]
    trouble = run_cell(desk, "%schema guests", shown.append)
    assert trouble is not None
    assert trouble.title == say("no_data.title", lang)


def test_time_that_is_up_is_told_as_in_a_cell(practice: Path, desk: Desk, run: Callable[..., Any]) -> None:
    from classroom.session.limits import QueryLimits

    desk.session.close()
    desk.session = Session(practice, QueryLimits(seconds=0.5))
    assert run(f"%steps {ENDLESS}").trouble.title == say("out_of_time.title", "ja")


def test_a_line_ends_where_the_editor_ends_it() -> None:
    [line] = split_cell("%save a\x0bb\x85c\u2028d.csv")
    assert line.argument == "a\x0bb\x85c\u2028d.csv"  # type: ignore[union-attr]


def test_home_is_the_pages_own(run: Callable[..., Any], lang: str) -> None:
    assert say("home.where", lang) in run("%home").plain
