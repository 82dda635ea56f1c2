"""A result taken to a spreadsheet, and a statement that takes long."""

from __future__ import annotations

import base64
import csv
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from classroom.learner.panel.result_files import FILE
from classroom.messages import say, say_in
from classroom.session.limits import QueryLimits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from classroom.learner.state.desk import Desk

QUERY = "SELECT 1 AS n, '=1+1' AS text, DATE '2025-01-02' AS day, NULL AS empty, 1.50 AS money, '東京都' AS 県"


def downloaded(run: Callable[..., Any], kind: str) -> bytes:
    line = re.search(rf'data-penguin-file="(%save {kind} \w+)"', run(QUERY).html)
    assert line is not None
    return base64.b64decode(run(line[1]).displays[0].data[FILE]["base64"])


def test_an_excel_file_holds_names_values_and_no_formula(run: Callable[..., Any]) -> None:
    sheet = load_workbook(io.BytesIO(downloaded(run, "xlsx"))).active
    names, values = list(sheet.iter_rows())
    assert [each.value for each in names] == ["n", "text", "day", "empty", "money", "県"]
    assert values[1].data_type == "s"
    assert [values[0].value, values[3].value, values[4].value, values[5].value] == [1, None, 1.5, "東京都"]


def test_a_csv_file_carries_the_mark_by_which_excel_knows_its_letters(run: Callable[..., Any]) -> None:
    content = downloaded(run, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert "東京都" in content.decode("utf-8-sig")


def test_a_percent_line_writes_the_file_beside_the_notebook(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(f"{QUERY};\n%save xlsx\n%save ../sales.csv")
    [file] = tmp_path.glob("*.xlsx")
    assert file.name in ran.plain
    assert "東京都" in (tmp_path / "sales.csv").read_text(encoding="utf-8-sig")


def test_a_slow_statement_says_so_while_it_runs(desk: Desk, run: Callable[..., Any]) -> None:
    desk.session.limits = QueryLimits(seconds=1.0, slow_seconds=0.1)
    ran = run("SELECT count(*) FROM range(10000000) a, range(10000000) b")
    assert say("slow.title", "ja") in ran.displays[0].data["text/plain"]
    gone = next(each for each in ran.displays if each.replaces)
    assert (gone.place, gone.data["text/html"]) == (ran.displays[0].place, "")
    assert ran.trouble.title == say("out_of_time.title", "ja")


def test_an_answer_that_takes_long_says_so_in_the_place_where_it_is_graded(desk: Desk, run: Callable[..., Any]) -> None:
    desk.session.limits = QueryLimits(seconds=0.6, slow_seconds=0.1)
    displays = run("-- 解答 L1-02\nSELECT count(*) FROM range(10000000) a, range(10000000) b").displays
    at_work = displays[0]
    told = [say(f"{each}.title", "ja") for each in ("grading", "slow", "grading", "out_of_time")]
    seen = [each.data["text/plain"] for each in displays if each.place == at_work.place]
    assert [word in text for word, text in zip(told, seen, strict=True)] == [True] * 4
    assert all(each.place == at_work.place for each in displays if "pg-slow" in each.data["text/html"])


FORMULAS = """SELECT '=1+1' AS "＝A1", '＋81' AS plus, '－' AS minus, '＠x' AS "@name", E'\\tx' AS tab, -5 AS number"""


def test_no_cell_and_no_heading_of_a_csv_file_begins_a_formula(run: Callable[..., Any], in_folder: Path) -> None:
    run(f"{FORMULAS};\n%save a.csv")
    rows = list(csv.reader((in_folder / "a.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows == [
        ["'＝A1", "plus", "minus", "'@name", "tab", "number"],
        ["'=1+1", "'＋81", "'－", "'＠x", "'\tx", "-5"],
    ]


def test_no_heading_of_an_excel_file_is_a_formula(run: Callable[..., Any], in_folder: Path) -> None:
    run("""SELECT 1 AS "=1+1";\n%save a.xlsx""")
    head = next(load_workbook(in_folder / "a.xlsx").active.iter_rows())[0]
    assert (head.value, head.data_type) == ("=1+1", "s")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_file_that_is_there_already_stays_as_it_is(
    run: Callable[..., Any], desk: Desk, in_folder: Path, lang: str
) -> None:
    desk.lang = lang
    (in_folder / "sales.csv").write_text("mine")
    ran = run("SELECT 1 AS n;\n%save sales.csv\n%save sales.csv")
    assert (in_folder / "sales.csv").read_text() == "mine"
    assert {each.name for each in in_folder.iterdir()} == {"sales.csv", "sales (2).csv", "sales (3).csv"}
    assert say_in("classroom.learner.panel", "files.exists", lang, name="sales (2).csv") in ran.plain


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("my sales.csv", "my sales.csv"),
        ("../../etc/x.csv", "x.csv"),
        ("a\x00b\x07.csv", "a_b_.csv"),
        ('wh<at>: "now"?.csv', "wh_at__ _now__.csv"),
        ("CON.csv", "_CON.csv"),
        ("売上" * 200 + ".xlsx", "売上" * 35 + ".xlsx"),
        ("C:\\Users\\a.xlsx", "a.xlsx"),
    ],
)
def test_a_name_becomes_one_that_every_system_takes(
    run: Callable[..., Any], in_folder: Path, asked: str, written: str
) -> None:
    assert run(f"SELECT 1 AS n;\n%save {asked}").trouble is None
    assert [each.name for each in in_folder.iterdir()] == [written]


def test_another_kind_of_file_is_told_which_there_are(run: Callable[..., Any], in_folder: Path) -> None:
    assert say_in("classroom.learner.panel", "files.kind", "ja") in run("SELECT 1 AS n;\n%save sales.pdf").plain


def test_a_folder_that_may_not_be_written_is_no_fault_of_the_classroom(
    run: Callable[..., Any], in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("classroom.learner.panel.result_files._write_new", refuse)
    ran = run("SELECT 1 AS n;\n%save sales.csv")
    assert (
        say_in("classroom.learner.panel", "files.unwritable", "ja", name="sales.csv", reason="Permission denied")
        in ran.plain
    )


def test_characters_that_no_spreadsheet_takes_are_replaced(run: Callable[..., Any], in_folder: Path) -> None:
    run("""SELECT chr(0) || 'a' || chr(7) AS "b\x07c";\n%save a.xlsx""")
    rows = [[each.value for each in row] for row in load_workbook(in_folder / "a.xlsx").active.iter_rows()]
    assert rows == [["b\ufffdc"], ["\ufffda\ufffd"]]


def test_what_excel_would_show_as_something_else_is_text(run: Callable[..., Any], in_folder: Path) -> None:
    far = "DATE '20260-01-01', TIMESTAMP 'infinity', DATE '1800-01-01', 12345678901234567, 'inf'::DOUBLE, [1, 2]"
    run(f"SELECT {far};\n%save a.xlsx\n%save a.csv")
    rows = list(load_workbook(in_folder / "a.xlsx").active.iter_rows())
    texts = ["20260-01-01", "infinity", "1800-01-01", "12345678901234567", "inf", "[1, 2]"]
    assert [each.value for each in rows[1]] == texts
    assert list(csv.reader((in_folder / "a.csv").read_text().splitlines()))[1] == texts
