"""A CSV or Excel file of the learner's own, read into one table: encodings, headings, types and days as offices write them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_BYTES = 20_000_000
MOST_VALUES = 1_000_000
MOST_COLUMNS = 500
_EXCEL = (".xlsx", ".xlsm")
_ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
"""The year before an era's first one."""
_ERA = re.compile(r"(令和|平成|昭和|[RHS])\s?(元|\d{1,2})[年./-](\d{1,2})[月./-](\d{1,2})日?", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?(?:[T\s]+(\d{1,2})[:時](\d{2})(?:[:分](\d{2})秒?)?)?")
_NUMBER = re.compile(r"([-+△▲]?)[¥\\$]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)円?")
_BYTES = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_LONGEST_WHOLE = 18


class FileFault(Exception):  # noqa: N818  (told to the learner)
    """A file that can't be read; `code` names the sentence, `params` its figures."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class FileTable:
    """What was read."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    """DuckDB's: BIGINT, DOUBLE, DATE, TIMESTAMP or VARCHAR."""
    rows: tuple[tuple[Any, ...], ...]
    notes: tuple[tuple[str, int], ...] = field(default=())
    """What was done to make a table of it: codes of sentences, with a count each."""


def read_file(name: str, content: bytes) -> FileTable:
    """Read a file by its name and bytes; raises FileFault."""
    if len(content) > MOST_BYTES:
        raise FileFault("too_heavy", most=MOST_BYTES // 1_000_000)
    lower = name.lower()
    notes: list[tuple[str, int]] = []
    if lower.endswith(_EXCEL):
        cells = _excel(content, notes)
    elif content[:4] == b"\xd0\xcf\x11\xe0" or lower.endswith(".xls"):
        raise FileFault("old_excel")
    elif content[:2] == b"PK":
        raise FileFault("no_table")
    else:
        cells = _text(content)
    return _table(cells, notes)


def _text(content: bytes) -> list[list[Any]]:
    text = _decoded(content)
    if "\x00" in text:
        raise FileFault("no_table")
    first = text[:10_000]
    marks = {each: first.count(each) for each in ",\t;"}
    delimiter = max(marks, key=lambda each: marks[each])
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as fault:
        raise FileFault("no_table") from fault


def _decoded(content: bytes) -> str:
    named = next((name for mark, name in _BYTES.items() if content.startswith(mark)), "")
    for each in [named] if named else ["utf-8", "cp932"]:
        try:
            return content.decode(each)
        except UnicodeDecodeError:
            continue
    raise FileFault("encoding")


def _excel(content: bytes, notes: list[tuple[str, int]]) -> list[list[Any]]:
    from importlib import import_module

    openpyxl: Any = import_module("openpyxl")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except MemoryError:
        raise
    except Exception as fault:
        raise FileFault("broken") from fault
    sheets = [each for each in book.worksheets if any(any(map(_is_there, row)) for row in each.values)]
    if not sheets:
        raise FileFault("empty")
    sheet = sheets[0]
    if len(sheets) > 1:
        notes.append(("first_sheet", len(sheets)))
    if sheet.max_row * sheet.max_column > 2 * MOST_VALUES:
        raise _too_large(sheet.max_column)
    cells = [list(row) for row in sheet.values]
    merged = list(sheet.merged_cells.ranges)
    for each in merged:
        for row in range(each.min_row - 1, each.max_row):
            for column in range(each.min_col - 1, each.max_col):
                cells[row][column] = cells[each.min_row - 1][each.min_col - 1]
    if merged:
        notes.append(("merged", len(merged)))
    return cells


def _table(cells: list[list[Any]], notes: list[tuple[str, int]]) -> FileTable:
    filled = _filled(cells)
    head = next((at for at, row in enumerate(filled) if _is_heading(row)), 0)
    if head:
        notes.append(("above", head))
    body = filled[head + 1 :]
    _hold_size(len(body), len(filled[head]))
    typed = [_typed(values) for values in zip(*body, strict=True)]
    rows = zip(*(values for _, values in typed), strict=True)
    return FileTable(tuple(_names(filled[head])), tuple(kind for kind, _ in typed), tuple(rows), tuple(notes))


def _filled(cells: list[list[Any]]) -> list[list[Any]]:
    """The cells without rows and columns that hold nothing, each row as long as the others."""
    filled = [row for row in cells if any(map(_is_there, row))]
    if not filled:
        raise FileFault("empty")
    width = max(len(row) for row in filled)
    filled = [[*row, *[None] * (width - len(row))] for row in filled]
    kept = [at for at in range(width) if any(_is_there(row[at]) for row in filled)]
    return [[row[at] for at in kept] for row in filled]


def _hold_size(rows: int, columns: int) -> None:
    if columns > MOST_COLUMNS:
        raise FileFault("too_wide", most=MOST_COLUMNS)
    if rows * columns > MOST_VALUES:
        raise _too_large(columns)
    if not rows:
        raise FileFault("no_rows")


def _too_large(columns: int) -> FileFault:
    """That a file has too many rows, with how many would do."""
    return FileFault("too_large", columns=columns, rows=f"{MOST_VALUES // columns:,}")


def _is_there(value: Any) -> bool:
    return value is not None and str(value).strip() != ""


def _is_heading(row: Sequence[Any]) -> bool:
    """Whether a row names the columns: nearly all of its cells are filled, and not all with one merged title."""
    there = [str(each) for each in row if _is_there(each)]
    return len(there) * 3 >= len(row) * 2 and (len(row) == 1 or len(set(there)) > 1)


def _names(head: Sequence[Any]) -> list[str]:
    names: list[str] = []
    for at, each in enumerate(head, 1):
        base = " ".join(unicodedata.normalize("NFKC", str(each)).split()) if _is_there(each) else f"column{at}"
        name, number = base, 2
        while name.casefold() in {known.casefold() for known in names}:
            name, number = f"{base}_{number}", number + 1
        names.append(name)
    return names


def _typed(values: Sequence[Any]) -> tuple[str, list[Any]]:
    """The narrowest type that all values of a column have, and the values as that; blanks are NULL."""
    for kind, read in _READINGS:
        found = []
        for each in values:
            value = read(each) if _is_there(each) else None
            if value is None and _is_there(each):
                break
            found.append(value)
        else:
            if any(each is not None for each in found):
                return kind, found
    return "VARCHAR", [str(each) if _is_there(each) else None for each in values]


def _plain(value: Any) -> str:
    return unicodedata.normalize("NFKC", str(value)).strip()


def _whole(value: Any) -> int | None:
    if isinstance(value, (bool, date)):
        return None
    if isinstance(value, int | float):
        return int(value) if value == value // 1 and abs(value) < 10**_LONGEST_WHOLE else None
    found = _NUMBER.fullmatch(_plain(value))
    digits = found[2].replace(",", "") if found else ""
    # 0120 is a code and no number
    if not found or found[3] or found[4] or len(digits) > _LONGEST_WHOLE or (len(digits) > 1 and digits[0] == "0"):
        return None
    return -int(digits) if found[1] in "-△▲" and found[1] else int(digits)


def _number(value: Any) -> float | None:
    if isinstance(value, (bool, date)):
        return None
    if isinstance(value, int | float):
        return float(value)
    found = _NUMBER.fullmatch(_plain(value))
    if not found or (len(found[2]) > 1 and found[2][0] == "0") or len(found[2]) > _LONGEST_WHOLE:
        return None
    number = float(found[2].replace(",", "") + (found[3] or ""))
    number = number / 100 if found[4] else number
    return -number if found[1] in "-△▲" and found[1] else number


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001  (a day as the file has it)
    text = _plain(value)
    try:
        if found := _ERA.fullmatch(text):
            year = _ERAS[found[1].upper()] + (1 if found[2] == "元" else int(found[2]))
            return datetime(year, int(found[3]), int(found[4]))  # noqa: DTZ001
        if found := _DAY.fullmatch(text):
            year, month, day, hour, minute, second = (int(each or 0) for each in found.groups())
            return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001
    except ValueError:
        return None
    return None


def _day(value: Any) -> date | None:
    moment = _moment(value)
    return moment.date() if moment and (moment.hour, moment.minute, moment.second) == (0, 0, 0) else None


_READINGS: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("BIGINT", _whole),
    ("DOUBLE", _number),
    ("DATE", _day),
    ("TIMESTAMP", _moment),
)
