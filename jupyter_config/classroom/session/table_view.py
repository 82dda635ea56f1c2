"""A result as an HTML table and as plain text."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from classroom.messages import say
from classroom.session.display import Display, page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from classroom.session.result import ResultTable

LONGEST_VALUE = 1000
"""Characters of a value that are shown, or copied from the page; a file holds all."""
_CLIPPED = 110
"""From this width on (a full-width character counts as two), or from so many lines on, a click brings out what the cell does not show."""
_CLIPPED_LINES = 4
SEEN_ROWS = 8
"""Rows of a folded table that are seen before it is unfolded."""
ROWS_BESIDE_CHART = 3
"""The same where a chart of it stands above."""
_LONGEST_PLAIN = 60
_NUMBERS = frozenset(
    "TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT FLOAT DOUBLE BIGNUM".split()
)
_TIMES = ("DATE", "TIME", "TIMESTAMP", "INTERVAL", "BOOLEAN", "UUID")


def show_result(
    result: ResultTable,
    lang: str,
    tools: str = "",
    *,
    say_type: Callable[[str], str] | None = None,
    folded: int = 0,
    title: str = "",
) -> Display:
    """The whole output of a statement, with buttons under it.

    Args:
        result: What the statement gave.
        lang: `ja` or `en`.
        tools: Buttons, as HTML.
        say_type: How a column's type is told; left out, by DuckDB's name.
        folded: Rows that are seen at once; the others, if there are more, are brought out. 0 shows all.
        title: What stands above the table.
    """
    caption, named = caption_of(result, lang), say_type or short_type
    html = table_html(result.columns, result.types, result.rows, say_type=named, folded=folded)
    more = ""
    if 0 < folded < len(result.rows):
        more = say("result.show_all", lang, rows=len(result.rows))
        more = f'<details class="pg-all"><summary>{escape(more)}</summary></details>'
    head = f"<h5>{escape(title)}</h5>" if title else ""
    return page(
        f'<div class="pg-result">{head}<div class="pg-scroll" tabindex="0">{html}</div>{more}'
        f'<div class="pg-caption">{escape(caption)} {tools}</div></div>',
        "\n".join(
            filter(None, [title, table_text(result.columns, result.types, result.rows, say_type=named), caption])
        ),
    )


def caption_of(result: ResultTable, lang: str) -> str:
    """Rows, rows shown, seconds."""
    count = f"{result.row_count:,}"
    if not result.counted_all:
        rows = say("result.at_least", lang, rows=count, shown=len(result.rows))
    elif result.row_count > len(result.rows):
        rows = say("result.first", lang, rows=count, shown=len(result.rows))
    else:
        rows = say("result.one" if result.row_count == 1 else "result.all", lang, rows=count)
    return say("result.caption", lang, rows=rows, seconds=f"{result.seconds:.2f}")


class MarkedRow(Protocol):
    """What is marked in a row: a sign before it, and cells."""

    @property
    def sign(self) -> str:
        """The sign, or nothing."""

    @property
    def cells(self) -> frozenset[int]:
        """The numbers of the marked cells."""


def short_type(name: str) -> str:
    """DuckDB's type name, without the values of an ENUM, the types of a STRUCT's parts and the quotes of "NULL"."""
    if name.startswith("ENUM("):
        return "ENUM"
    if name.startswith("STRUCT("):
        from marketplace.structure import short_kind  # a kernel's first result need not wait for it

        name = short_kind(name)
    return name.replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ").strip('"')


def no_type(name: str) -> str:
    """Nothing, where types are beside the point."""
    return ""


def table_html(
    columns: Sequence[str],
    types: Sequence[str],
    rows: Sequence[Sequence[Any]],
    marks: Sequence[MarkedRow] = (),
    *,
    say_type: Callable[[str], str] = short_type,
    folded: int = 0,
) -> str:
    """The table alone; with `marks`, a sign stands before each row and marked cells are bold.

    Rows beyond `folded`, if it is not 0, are in a class that the page hides until it is asked for them.
    """
    classes = [_alignment(each) for each in types]
    told = [say_type(each) for each in types]
    head = "".join(
        f'<th class="{css}" scope="col">{escape(name)}{f"<small>{escape(kind)}</small>" if kind else ""}</th>'
        for name, kind, css in zip(columns, told, classes, strict=True)
    )
    head = f'<th class="pg-sign"></th>{head}' if marks else head
    shut = folded or len(rows)
    body = "".join(
        _row_html(row, classes, marks[at] if at < len(marks) else None, rest=at >= shut) for at, row in enumerate(rows)
    )
    return f'<table class="pg-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def texts_html(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of plain texts."""
    top = "".join(f'<th scope="col">{escape(each)}</th>' for each in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="pg-table"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'


def table_text(
    columns: Sequence[str],
    types: Sequence[str],
    rows: Sequence[Sequence[Any]],
    marks: Sequence[MarkedRow] = (),
    *,
    say_type: Callable[[str], str] = short_type,
) -> str:
    """The table in characters, numbers to the right, full-width characters counted as two; marked cells in brackets."""
    if not columns:
        return ""
    shown = [[_cut(value_text(value), _LONGEST_PLAIN).replace("\n", "↵") for value in row] for row in rows]
    told = [say_type(each) for each in types]
    heads, right = [list(columns), told][: 1 + any(told)], [_alignment(each) == "pg-n" for each in types]
    if marks:
        shown = [_marked_text(row, marks[at]) for at, row in enumerate(shown)]
        heads, right = [["", *line] for line in heads], [False, *right]
    widths = [max(width_of(line[at]) for line in heads + shown) for at in range(len(heads[0]))]
    lines = [
        "  ".join(_pad(*cell) for cell in zip(line, widths, right, strict=True)).rstrip() for line in heads + shown
    ]
    lines.insert(len(heads), "  ".join("─" * width for width in widths))
    return "\n".join(lines)


def value_text(value: Any) -> str:
    """One value as people read it; NULL and the empty text stay apart."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return value or "''"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (list, dict)):
        return _nested_text(value)
    return _interval_text(value) if hasattr(value, "nanoseconds") and hasattr(value, "months") else str(value)


def _row_html(row: Sequence[Any], classes: Sequence[str], mark: MarkedRow | None, *, rest: bool = False) -> str:
    cells = []
    for at, (value, css) in enumerate(zip(row, classes, strict=True)):
        named = f"{css} pg-diff" if mark and at in mark.cells else css
        inner = f"<b>{_value_html(value)}</b>" if mark and at in mark.cells else _value_html(value)
        cells.append(f'<td class="{named}">{inner}</td>')
    sign = f'<td class="pg-sign">{mark.sign}</td>' if mark else ""
    named = " ".join(filter(None, ["pg-marked" if mark and mark.sign else "", "pg-rest" if rest else ""]))
    marked = f' class="{named}"' if named else ""
    return f"<tr{marked}>{sign}{''.join(cells)}</tr>"


def _marked_text(row: Sequence[str], mark: MarkedRow) -> list[str]:
    return [mark.sign, *(f"[{text}]" if at in mark.cells else text for at, text in enumerate(row))]


def _value_html(value: Any) -> str:
    if value is None:
        return '<span class="pg-null">NULL</span>'
    if value == "" and isinstance(value, str):
        return "<span class=\"pg-empty\">''</span>"
    text = _cut(value_text(value), LONGEST_VALUE)
    if not _is_long(text):
        return escape(text)
    return f'<details class="pg-long"><summary>{escape(text)}</summary></details>'


def _is_long(text: str) -> bool:
    if len(text) >= _CLIPPED or text.count("\n") + 1 >= _CLIPPED_LINES:
        return True
    return 2 * len(text) >= _CLIPPED and width_of(text) >= _CLIPPED


def _alignment(type_name: str) -> str:
    if type_name.endswith("]"):  # a list or an array
        return "pg-t"
    if type_name in _NUMBERS or type_name.startswith("DECIMAL"):
        return "pg-n"
    return "pg-d" if type_name.startswith(_TIMES) else "pg-t"


def _nested_text(value: list[Any] | dict[str, Any]) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {value_text(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(value_text(each) for each in value) + "]"


def _interval_text(value: Any) -> str:
    seconds, rest = divmod(abs(value.nanoseconds), 10**9)
    clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}" if value.nanoseconds else ""
    clock += f".{rest // 1000:06d}".rstrip("0") if rest else ""
    years, months = divmod(value.months, 12)
    parts = [(years, "year"), (months, "month"), (value.days, "day")]
    named = [f"{count} {unit}{'' if abs(count) == 1 else 's'}" for count, unit in parts if count]
    return " ".join([*named, *([("-" if value.nanoseconds < 0 else "") + clock] if clock else [])]) or "00:00:00"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def width_of(text: str) -> int:
    """Columns that a text takes where full-width characters take two."""
    return sum(2 if unicodedata.east_asian_width(each) in "FW" else 1 for each in text)


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - width_of(text))
    return space + text if right else text + space
