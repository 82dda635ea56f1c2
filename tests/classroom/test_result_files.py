"""A result taken to a spreadsheet, and a statement that takes long."""

from __future__ import annotations

import base64
import io
import re
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from classroom.desk.limits import QueryLimits
from classroom.messages import say
from classroom.panel.result_files import FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from classroom.desk.desk import Desk

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
