"""A whole result as a file for a spreadsheet: CSV that Excel opens rightly, or an Excel workbook."""

from __future__ import annotations

import csv
import datetime as dt
import io
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.desk.display import Display, page
from classroom.panel.notices import notice
from classroom.panel.offer import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from classroom.desk.desk import Desk

FILE = "application/vnd.penguin.file+json"
"""What the page downloads instead of showing it."""
TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
MOST_ROWS = 200_000
_BATCH = 10_000
_PLAIN = (int, float, bool, str, dt.date, dt.time)


@dataclass(frozen=True)
class ResultFile:
    """A file with a result in it."""

    name: str
    type: str
    content: bytes


def token_of(sql: str) -> str:
    """A short name for a statement, by which a button finds it again."""
    return sha256(sql.encode("utf-8")).hexdigest()[:12]


def tools_html(sql: str, lang: str) -> str:
    """Buttons under a result, answered by the page: copy what is shown, download all of it."""
    copied, copy = escape(sentence("files.copied", lang)), escape(sentence("files.copy", lang))
    buttons = f'<button type="button" class="pg-tool" data-penguin-copy="{copied}">{copy}</button>'
    for kind, label in (("csv", "CSV"), ("xlsx", "Excel")):
        title = escape(sentence("files.download", lang, kind=label))
        line = f"%save {kind} {token_of(sql)}"
        buttons += f'<button type="button" class="pg-tool" title="{title}" data-penguin-file="{line}">{label}</button>'
    return f'<span class="pg-live">{buttons}</span>'


def save_result(desk: Desk, argument: str) -> Display:
    """`%save xlsx` or `%save name.csv` writes the last result beside the notebook; with a token, the page downloads it."""
    asked, _, token = (argument.strip() or "xlsx").partition(" ")
    stem, _, kind = Path(asked).name.rpartition(".")
    kind = {"excel": "xlsx"}.get(kind.lower(), kind.lower())
    title = sentence("files.title", desk.lang)
    sql = desk.results.get(token, "") if token else desk.last_sql
    if kind not in TYPES or not sql:
        return notice(title, sentence("files.none", desk.lang), "%save xlsx")
    file = make_file(desk, sql, kind)
    if token:
        sent = {"name": file.name, "type": file.type, "base64": b64encode(file.content).decode("ascii")}
        return Display({FILE: sent, "text/plain": file.name})
    name = f"{stem}.{kind}" if stem else file.name
    Path(name).write_bytes(file.content)
    told = sentence("files.saved", desk.lang, name=name)
    return page(f'<div class="pg-card pg-quiet"><p>{escape(told)}</p></div>', told)


def make_file(desk: Desk, sql: str, kind: str) -> ResultFile:
    """Run the statement again and write its rows, at most `MOST_ROWS` of them."""
    connection = desk.session.connection
    with desk.session.watch.over(desk.session.limits.seconds):
        relation = connection.sql(sql).limit(MOST_ROWS)
        columns, rows = list(relation.columns), _rows(relation)
        content = _csv(columns, rows) if kind == "csv" else _workbook(columns, rows)
    stem = sentence("files.stem", desk.lang)
    name = f"{stem}-{dt.datetime.now().astimezone():%Y%m%d-%H%M%S}.{kind}"
    return ResultFile(name, TYPES[kind], content)


def _rows(relation: Any) -> Iterable[Sequence[Any]]:
    for batch in relation.to_arrow_reader(_BATCH):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")  # the mark by which Excel knows UTF-8


def _workbook(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    openpyxl: Any = import_module("openpyxl")
    cells: Any = import_module("openpyxl.cell")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("SQL")
    sheet.freeze_panes = "A2"

    def cell(value: Any) -> Any:
        if not isinstance(value, str):
            return _for_excel(value)
        written = cells.WriteOnlyCell(sheet, value=value)
        written.data_type = "s"  # a text that begins with = is no formula
        return written

    sheet.append(columns)
    for row in rows:
        sheet.append([cell(value) for value in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _for_excel(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    if value is None or isinstance(value, _PLAIN):
        return value
    return float(value) if hasattr(value, "as_tuple") else str(value)
