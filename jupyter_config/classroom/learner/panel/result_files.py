"""A whole result as a file for a spreadsheet: CSV that Excel opens rightly, or an Excel workbook."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import math
import re
from base64 import b64encode
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.learner.panel.notices import notice
from classroom.learner.panel.offer import sentence
from classroom.learner.state.reading import explained
from classroom.session.display import Display, page
from classroom.session.result import reading_only
from classroom.session.row_values import rows_of
from classroom.session.table_view import value_text
from classroom.spreadsheet import harmless
from classroom.unwritten import why_unwritten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

    from classroom.learner.state.desk import Desk

FILE = "application/vnd.penguin.file+json"
"""What the page downloads instead of showing it."""
TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
MOST_ROWS = 200_000
_BATCH = 10_000
_PLAIN = (int, float, bool, str, dt.date, dt.time)
_TOKEN = re.compile(r"[0-9a-f]{12}")
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""Names that Windows keeps for itself."""
_LONGEST_STEM = 70
_NOT_IN_CELLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FIRST_YEAR = 1900
_ROUNDED_FROM = 10**15
"""Excel keeps fifteen digits of a number."""


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
    asked, token = _taken_apart(argument)
    stem, _, kind = _writable(asked).rpartition(".")
    kind = {"excel": "xlsx"}.get(kind.lower(), kind.lower())
    title = sentence("files.title", desk.lang)
    sql = desk.results.get(token, "") if token else desk.last_sql
    if kind not in TYPES:
        return notice(title, sentence("files.kind", desk.lang), "%save xlsx")
    if not sql:
        return notice(title, sentence("files.none", desk.lang), "%save xlsx")
    file = make_file(desk, sql, kind)
    if token:
        sent = {"name": file.name, "type": file.type, "base64": b64encode(file.content).decode("ascii")}
        return Display({FILE: sent, "text/plain": file.name})
    name = f"{stem[:_LONGEST_STEM].rstrip()}.{kind}" if stem else file.name
    try:
        written = _write_beside(name, file.content)
    except OSError as fault:
        if reason := why_unwritten(desk.lang, Path.cwd(), fault):
            return notice(title, sentence("files.not_written", desk.lang, name=name, reason=reason))
        return notice(title, sentence("files.unwritable", desk.lang, name=name, reason=fault.strerror or fault))
    told = sentence("files.saved" if written == name else "files.exists", desk.lang, name=written)
    return page(f'<div class="pg-card pg-quiet"><p>{escape(told)}</p></div>', told)


def make_file(desk: Desk, sql: str, kind: str) -> ResultFile:
    """Run the statement again and write its rows, at most `MOST_ROWS` of them; raises NotRun where it gives none now."""
    connection = desk.session.connection
    with explained(desk, sql), desk.session.watch.over(desk.session.limits.seconds), reading_only(connection):
        relation = connection.sql(sql).limit(MOST_ROWS)
        columns, rows = list(relation.columns), _rows(relation, connection)
        content = _csv(columns, rows) if kind == "csv" else _workbook(columns, rows)
    stem = sentence("files.stem", desk.lang)
    name = f"{stem}-{dt.datetime.now().astimezone():%Y%m%d-%H%M%S}.{kind}"
    return ResultFile(name, TYPES[kind], content)


def _taken_apart(argument: str) -> tuple[str, str]:
    """The file's name or kind, and the token that a button adds."""
    asked, _, last = argument.strip().rpartition(" ")
    return (asked, last) if asked and _TOKEN.fullmatch(last) else (argument.strip() or "xlsx", "")


def _writable(asked: str) -> str:
    """The last part of a path, as a name that every system takes."""
    name = _NOT_IN_NAMES.sub("_", asked.replace("\\", "/").rpartition("/")[2]).strip()
    return f"_{name}" if _DEVICE.match(name) else name


def _write_beside(name: str, content: bytes) -> str:
    """Write a file into the working directory under a name that no file has yet, and return that name."""
    stem, _, kind = name.rpartition(".")
    for number in itertools.count(1):
        free = name if number == 1 else f"{stem} ({number}).{kind}"
        try:
            _write_new(Path(free), content)
        except FileExistsError:
            continue
        break
    return free


def _write_new(place: Path, content: bytes) -> None:
    """Write a file that is not there yet, all of it or nothing."""
    with place.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except OSError:
            place.unlink(missing_ok=True)
            raise


def _rows(relation: Any, connection: duckdb.DuckDBPyConnection) -> Iterable[Sequence[Any]]:
    for batch in relation.to_arrow_reader(_BATCH):
        yield from rows_of(batch, connection)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(name) for name in columns])
    for row in rows:
        writer.writerow([harmless(value if value is None else _plain(value)) for value in row])
    return text.getvalue().encode("utf-8-sig")  # the mark by which Excel knows UTF-8


def _workbook(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    openpyxl: Any = import_module("openpyxl")
    cells: Any = import_module("openpyxl.cell")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("SQL")
    sheet.freeze_panes = "A2"

    def cell(value: Any) -> Any:
        given = _for_excel(value)
        if not isinstance(given, str):
            return given
        written = cells.WriteOnlyCell(sheet, value=_NOT_IN_CELLS.sub("\N{REPLACEMENT CHARACTER}", given))
        written.data_type = "s"  # a text that begins with = is no formula
        return written

    sheet.append([cell(name) for name in columns])
    for row in rows:
        sheet.append([cell(value) for value in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _plain(value: Any) -> Any:
    """The value, or as a text what only Python would know how to write."""
    return value if isinstance(value, (*_PLAIN, Decimal)) else value_text(value)


def _for_excel(value: Any) -> Any:
    """The value, or as a text what Excel would show as something else: a date before 1900, a very long number."""
    if value is None or isinstance(value, bool | str | dt.time):
        return value
    if isinstance(value, dt.date):
        moment = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
        return moment if moment.year >= _FIRST_YEAR else value_text(moment)
    number = float(value) if isinstance(value, Decimal) else value
    if isinstance(number, int | float):
        return number if math.isfinite(number) and abs(number) < _ROUNDED_FROM else value_text(value)
    return value_text(value)
