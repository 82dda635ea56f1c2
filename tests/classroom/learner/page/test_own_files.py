"""Files as offices have them: what is read of each, and what is said where nothing can be."""

from __future__ import annotations

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from classroom.folder import Folder
from classroom.learner.page import own_files
from classroom.learner.page.handlers import Room
from classroom.learner.page.own_files import SWITCH, take_in
from classroom.learner.state.desk import Desk
from classroom.learner.state.own_file import MOST_BYTES, FileFault, read_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIST = '日付,店,売上\n2026/1/5,渋谷,"1,200"\n2026/1/6,新宿,980\n'
READ = (("日付", "店", "売上"), ("DATE", "VARCHAR", "BIGINT"))
FIRST = (dt.date(2026, 1, 5), "渋谷", 1200)


def book(rows: list[list[Any]], change: Callable[[Any], None] = lambda _: None) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    change(made.active)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("utf8.csv", LIST.encode()),
        ("bom.csv", LIST.encode("utf-8-sig")),
        ("cp932.csv", LIST.encode("cp932")),
        ("utf16.csv", LIST.encode("utf-16")),
        ("utf16.txt", LIST.replace('"1,200"', "1200").replace(",", "\t").encode("utf-16")),
        ("crlf.csv", LIST.replace("\n", "\r\n").encode("cp932")),
        ("old_mac.csv", LIST.replace("\n", "\r").encode()),
        ("tabs.tsv", LIST.replace('"1,200"', "1200").replace(",", "\t").encode()),
        ("semicolons.csv", LIST.replace('"1,200"', "1200").replace(",", ";").encode()),
        ("no_end.csv", LIST.rstrip("\n").encode()),
        ("blank_lines.csv", LIST.replace("\n", "\n\n").encode()),
        ("blank_columns.csv", LIST.replace("\n", ",,\n").encode()),
        ("full_width.csv", LIST.replace('"1,200"', "１２００").replace("980", "９８０").encode("cp932")),
        ("yen.csv", LIST.replace('"1,200"', '"¥1,200"').replace("980", "980円").encode()),
        ("japanese_days.csv", LIST.replace("2026/1/5", "2026年1月5日").encode("cp932")),
        ("era.csv", LIST.replace("2026/1/5", "令和8年1月5日").replace("2026/1/6", "R8.1.6").encode("cp932")),
        ("iso.csv", LIST.replace("2026/1/5", "2026-01-05").encode()),
        ("title.csv", ("売上一覧\n\n" + LIST).encode()),
        ("book.xlsx", book([list(READ[0]), [dt.date(2026, 1, 5), "渋谷", 1200], [dt.date(2026, 1, 6), "新宿", 980]])),
        ("texts.xlsx", book([list(READ[0]), ["2026/1/5", "渋谷", "1,200"], ["2026/1/6", "新宿", "980"]])),
        (
            "title.xlsx",
            book(
                [["売上一覧", None, None], list(READ[0]), ["2026/1/5", "渋谷", 1200], ["2026/1/6", "新宿", 980]],
                lambda sheet: sheet.merge_cells("A1:C1"),
            ),
        ),
    ],
)
def test_one_list_is_read_from_however_it_was_saved(name: str, content: bytes) -> None:
    table = read_file(name, content)
    assert (table.columns, table.types) == READ
    assert table.rows[0] == FIRST
    assert len(table.rows) == 2


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("0120", "VARCHAR", "0120"),
        ("△300", "BIGINT", -300),
        ("12.5%", "DOUBLE", 0.125),
        ("1.50", "DOUBLE", 1.5),
        ("昭和64年1月7日", "DATE", dt.date(1989, 1, 7)),
        ("令和元年5月1日", "DATE", dt.date(2019, 5, 1)),
        ("2026/1/5 9:30", "TIMESTAMP", dt.datetime(2026, 1, 5, 9, 30)),  # noqa: DTZ001
        ("2026/2/30", "VARCHAR", "2026/2/30"),
        ("12345678901234567890", "VARCHAR", "12345678901234567890"),
    ],
)
def test_a_column_has_the_narrowest_type_that_all_its_values_have(written: str, kind: str, value: object) -> None:
    table = read_file("x.csv", f"a,b\n{written},x\n,y\n".encode())
    assert (table.types[0], [row[0] for row in table.rows]) == (kind, [value, None])


def test_merged_cells_have_their_value_and_that_is_said() -> None:
    content = book([["店", "月"], ["渋谷", 1], [None, 2]], lambda sheet: sheet.merge_cells("A2:A3"))
    table = read_file("x.xlsx", content)
    assert [row[0] for row in table.rows] == ["渋谷", "渋谷"]
    assert table.notes == (("merged", 1),)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.xlsx", b"PK\x03\x04 this is no book", "broken"),
        ("x.xls", b"\xd0\xcf\x11\xe0 old", "old_excel"),
        ("x.csv", b"\x81\xff\xfe\x00\x01", "encoding"),
        ("x.csv", b"a\x00b\n", "no_table"),
        ("x.csv", b"", "empty"),
        ("x.csv", b"a,b\n", "no_rows"),
        ("x.csv", b"PK\x03\x04", "no_table"),
        ("x.csv", (",".join(f"c{at}" for at in range(501)) + "\n" + "1," * 500 + "1\n").encode(), "too_wide"),
        ("x.csv", b"a,b\n" + b"1,2\n" * 500_001, "too_large"),
        ("x.csv", b"a,b,c,d,e\n" + b"1,2,3,4,5\n" * 1_000_000, "too_large"),
        ("x.csv", b"1" * (MOST_BYTES + 1), "too_heavy"),
    ],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_cannot_be_read_is_said(name: str, content: bytes, code: str, lang: str) -> None:
    from classroom.messages import say

    with pytest.raises(FileFault) as fault:
        read_file(name, content)
    assert fault.value.code == code
    assert say(f"own_file.{code}", lang, **fault.value.params)


def test_a_file_becomes_a_table_that_is_asked_as_any_other(
    practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(Folder(tmp_path), "ja")
    told = take_in(room, "売上 2026.csv", LIST.encode("cp932"))
    assert told["name"] == "my.file_2026"
    assert told["columns"][0].startswith("日付")
    assert take_in(room, "売上 2026.csv", LIST.encode())["name"] == "my.file_2026_2"
    desk = Desk(lang="ja", practice=practice)
    monkeypatch.setattr(Desk, "progress_path", room.folder.progress)
    desk.open_own()
    found = desk.session.connection.execute('SELECT sum("売上"), max("日付") FROM my.file_2026').fetchall()
    assert found == [(2180, dt.date(2026, 1, 6))]
    desk.close()
    monkeypatch.setenv(SWITCH, "off")
    assert take_in(room, "x.csv", LIST.encode())["name"] == ""


def test_two_files_of_one_name_at_once_are_two_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_files, "_read_beside", read_file)
    room = Room(Folder(tmp_path), "ja")
    content = b"a,b\n1,2\n" + b"3,4\n" * 5_000
    with ThreadPoolExecutor(6) as workers:
        names = workers.map(lambda _: take_in(room, "sales.csv", content)["name"], range(6))
        assert set(names) == {"my.sales", *(f"my.sales_{each}" for each in range(2, 7))}
