"""Results as tables: types, NULL, numbers, many rows."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from classroom.learner.state.desk import Desk


def test_types_stand_under_the_names(run: Callable[..., Any]) -> None:
    html = run("SELECT 1 AS n, 'a' AS t, TIMESTAMPTZ '2025-01-01 05:00:00+09' AS at").html
    assert "n<small>数 INTEGER</small>" in html
    assert "at<small>日時 TIMESTAMPTZ</small>" in html


def test_a_list_is_called_a_list_whatever_it_holds(run: Callable[..., Any]) -> None:
    html = run("SELECT LIST(1.5) AS rows, LIST(TIMESTAMP '2025-01-01') AS moments").html
    assert "rows<small>並び DECIMAL(2,1)[]</small>" in html
    assert "moments<small>並び TIMESTAMP[]</small>" in html
    assert '<td class="pg-t">[1.5]</td>' in html


@pytest.mark.parametrize(("lesson", "told"), [("L1", "数"), ("L4", "数"), ("L5", "数 INTEGER"), ("L8", "数 INTEGER")])
def test_types_are_told_in_words_until_the_lesson_on_types(
    lesson: str, told: str, run: Callable[..., Any], desk: Desk
) -> None:
    desk.lesson = lesson
    assert f"n<small>{told}</small>" in run("SELECT 1 AS n").html


def test_null_and_empty_text_look_different(run: Callable[..., Any]) -> None:
    ran = run("SELECT NULL AS a, '' AS b, 'NULL' AS c")
    assert '<span class="pg-null">NULL</span>' in ran.html
    assert "<span class=\"pg-empty\">''</span>" in ran.html
    assert '<td class="pg-t">NULL</td>' in ran.html


def test_numbers_stand_right_and_text_left(run: Callable[..., Any]) -> None:
    html = run("SELECT 1.50 AS price, 'x' AS name").html
    assert '<td class="pg-n">1.50</td>' in html
    assert '<td class="pg-t">x</td>' in html


def test_floats_show_no_noise(run: Callable[..., Any]) -> None:
    assert "19037.6\n" in run("SELECT 19037.600000000006 :: DOUBLE AS x").plain


def test_fifty_rows_are_shown_and_all_are_counted(run: Callable[..., Any], desk: Desk) -> None:
    ran = run("SELECT i FROM range(1234567) t(i) ORDER BY i")
    assert ran.html.count("<tr>") == 51
    assert "1,234,567 行のうち、先頭の 50 行" in ran.plain
    assert desk.last_result is not None
    assert desk.last_result.rows[-1] == (49,)


def test_counting_an_endless_join_is_cut_short(run: Callable[..., Any]) -> None:
    ran = run("SELECT a.i FROM range(10000000) a(i), range(10000000) b(i)")
    assert "行以上あります" in ran.plain


def test_markup_in_data_is_shown_as_text(run: Callable[..., Any]) -> None:
    assert "&lt;img src=x onerror=alert(1)&gt;" in run("SELECT '<img src=x onerror=alert(1)>' AS x").html


def test_a_very_long_value_is_cut(run: Callable[..., Any]) -> None:
    assert len(run("SELECT repeat('あ', 1000000) AS x").html) < 20_000


def test_same_name_twice_keeps_both_columns(run: Callable[..., Any]) -> None:
    assert run("SELECT 1 AS a, 2 AS a").plain.splitlines()[3].split() == ["1", "2"]


def test_nested_values_and_intervals_are_readable(run: Callable[..., Any]) -> None:
    plain = run("SELECT [1, NULL] AS l, {'a': 'x'} AS s, INTERVAL '14 months 3 days 90 seconds' AS i").plain
    assert "[1, NULL]" in plain
    assert "{a: x}" in plain
    assert "1 year 2 months 3 days 00:01:30" in plain


def test_several_statements_show_several_results(run: Callable[..., Any]) -> None:
    assert len(run("SELECT 1; SELECT 2").displays) == 2


def test_full_width_names_keep_columns_aligned(run: Callable[..., Any]) -> None:
    lines = run("SELECT '東京都' AS 都道府県, 1 AS n").plain.splitlines()
    assert lines[2].split("  ")[0] == "─" * len("文字 VARCHAR文字")


@pytest.mark.parametrize(
    ("sql", "shown"),
    [
        ("DATE '20260-01-01'", "20260-01-01"),
        ("TIMESTAMP '2024-01-01' + INTERVAL 9999 YEAR", "12023-01-01 00:00:00"),
        ("TIMESTAMP 'infinity'", "infinity"),
        ("DATE '-infinity'", "-infinity"),
        ("DATE '0044-03-15 (BC)'", "0044-03-15 (BC)"),
        ("TIMESTAMPTZ '20260-01-01 00:00:00+00'", "20260-01-01 00:00:00+00"),
        ("TIMESTAMP_NS '2024-01-01 00:00:00.123456789'", "2024-01-01 00:00:00.123456789"),
        ("[DATE '20260-01-01', NULL]", "[20260-01-01, NULL]"),
    ],
)
def test_a_date_beyond_python_s_calendar_is_shown_as_the_engine_writes_it(
    run: Callable[..., Any], sql: str, shown: str
) -> None:
    ran = run(f"SELECT x FROM (VALUES ({sql}), (NULL)) t(x)")
    assert ran.trouble is None
    assert f">{shown}</td>" in ran.html


def test_the_dates_beside_such_a_one_stay_dates(run: Callable[..., Any], desk: Desk) -> None:
    run("SELECT x FROM (VALUES (1, DATE '2024-02-03'), (2, DATE '20260-01-01')) t(n, x) ORDER BY n")
    assert desk.last_result is not None
    assert desk.last_result.rows == ((dt.date(2024, 2, 3),), ("20260-01-01",))


def test_a_first_query_loads_nothing_that_only_answers_and_errors_need(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """What a kernel loads before its first result is what a learner waits for whenever a lesson is opened."""
    first = (
        "import sys, classroom.learner.kernel.launch\n"
        "from classroom.learner.state.desk import Desk\n"
        "from classroom.learner.kernel.execute import run_cell\n"
        "assert run_cell(Desk(), 'SELECT count(*) FROM guests', lambda *view, **more: None) is None\n"
        "print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", first], env=environment, cwd=tmp_path, check=True, capture_output=True)
    loaded = set(ran.stdout.decode().split())
    assert "duckdb" in loaded
    late = {"sqlglot", "sqlgrade.errors", "coursebook.reader", "markdown_it", "classroom.exchange.by_hand"}
    assert loaded & late == set()


def test_a_long_value_waits_for_a_click_and_a_short_one_does_not(run: Callable[..., Any]) -> None:
    html = run(
        "SELECT repeat('あ', 60) AS wide, repeat('a', 60) AS narrow, E'1\\n2\\n3\\n4' AS lines, 12 ** 30 AS n"
    ).html
    assert html.count('<details class="pg-long">') == 2
    assert f"<summary>{'あ' * 60}</summary>" in html
    assert f'<td class="pg-t">{"a" * 60}</td>' in html


def test_a_value_without_end_is_cut(run: Callable[..., Any]) -> None:
    html = run("SELECT repeat('a', 100000) AS endless").html
    assert f"{'a' * 999}…</summary>" in html
    assert len(html) < 40_000
