"""The ER diagram as SVG, drawn from the schema: boxes, references, a legend, titles in Japanese or English."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from marketplace.er_layout import HEAD, ROW, Box, Layout, Line, lay_out
from marketplace.structure import short_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from marketplace.data_dictionary import Lang
    from marketplace.structure import ColumnShape, TableShape

_TOP = 56
"""Pixels above the tables, for the heading."""
_COLOURS = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#b0428a",
    "#8a6d00",
    "#5a7d1f",
    "#7a4b9d",
    "#0f8b8d",
    "#b3261e",
    "#a0522d",
    "#3f51b5",
)
"""One for each table that others refer to; the first three are Okabe and Ito's for the colour-blind."""
_WORDS = {
    "ja": {
        "heading": "{name}のER図",
        "marketplace": "マーケットプレイス",
        "desc": "四角は表、線は参照（FK）です。線は参照する列から、参照される表のキーへ伸びます。",
        "legend": "PK = 主キー ・ FK = 参照（同じ色の線の先が参照先） ・ ? = NULLがありうる列",
        "marked": "濃い表 = いまのレッスンで使う表",
    },
    "en": {
        "heading": "ER diagram of {name}",
        "marketplace": "the marketplace",
        "desc": "Boxes are tables and lines are references (FK), from the referring column to the key referred to.",
        "legend": "PK = primary key · FK = reference (follow the line of its colour) · ? = may be NULL",
        "marked": "Tables that stand out are those of this lesson",
    },
}
_STYLE = (
    "text{font-family:'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans','Yu Gothic UI',Meiryo,sans-serif;font-size:12px;fill:#1f2933}"
    ".name{font-weight:700;font-size:13px;fill:#fff}.title{font-size:11px;fill:#fff}"
    ".col{font-family:'Noto Sans Mono',Menlo,Consolas,monospace;font-size:11.5px}.type{font-size:9.5px;fill:#6b7785}"
    ".tag{font-size:9px;font-weight:700}.h{font-size:18px;font-weight:700}.box{fill:#fff;stroke:#9aa5b1}"
    ".line{fill:none;stroke-width:1.6;stroke-linejoin:round}"
)


_PALE = ".pale{opacity:.3}"


def er_svg(lang: Lang = "ja", marked: Collection[str] = (), say_type: Callable[[str], str] = short_kind) -> str:
    """Return the diagram of the marketplace's schema with table titles in one language; `marked` tables stand out."""
    from marketplace import ddl
    from marketplace.data_dictionary import dictionary
    from marketplace.structure import shapes_of

    return draw(shapes_of(ddl()), {entry.name: entry.title for entry in dictionary(lang)}, lang, marked, say_type)


def draw(
    shapes: Sequence[TableShape],
    titles: Mapping[str, str],
    lang: Lang = "ja",
    marked: Collection[str] = (),
    say_type: Callable[[str], str] = short_kind,
    name: str = "",
) -> str:
    """Return the diagram of any schema.

    Args:
        shapes: the tables.
        titles: a table's name -> the words beside it.
        lang: `ja` or `en`.
        marked: tables that stand out; the others, and lines that do not join two of these, are pale.
        say_type: how a column's type is told; left out, by SQL's name.
        name: whose tables they are; left out, the marketplace's.
    """
    shapes = [_told(shape, say_type) for shape in shapes]
    layout = lay_out(shapes, lambda shape: _width(shape, titles.get(shape.name, "")), _TOP)
    words = _WORDS[lang]
    heading = escape(words["heading"].format(name=name or words["marketplace"]))
    targets = sorted({line.referred for line in layout.lines}, key=[shape.name for shape in shapes].index)
    colours = {name: _COLOURS[place % len(_COLOURS)] for place, name in enumerate(targets)}
    legend = "　".join(filter(None, [words["legend"], words["marked"] if marked else ""]))
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" lang="{lang}" role="img" width="{layout.width:.0f}" '
            f'height="{layout.height:.0f}" viewBox="0 0 {layout.width:.0f} {layout.height:.0f}">'
        ),
        f"<title>{heading}</title><desc>{words['desc']}</desc><style>{_STYLE}{_PALE if marked else ''}</style>",
        '<rect width="100%" height="100%" fill="#f5f7fa"/>',
        f'<text class="h" x="24" y="32">{heading}</text><text x="24" y="54">{legend}</text>',
        *_lines(layout, colours, marked),
        *(_box(box, titles.get(box.shape.name, ""), colours, marked) for box in layout.boxes),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _told(shape: TableShape, say_type: Callable[[str], str]) -> TableShape:
    """The table with its columns' types as they are told."""
    return replace(shape, columns=tuple(replace(each, type=say_type(each.type)) for each in shape.columns))


def _lines(layout: Layout, colours: Mapping[str, str], marked: Collection[str]) -> list[str]:
    drawn = []
    for line in layout.lines:
        colour = colours[line.referred]
        path = f'<path class="line" stroke="{colour}" d="{_path(line)}">'
        told = f"{path}<title>{escape(line.table)} → {escape(line.referred)}</title></path>{_ends(line, colour)}"
        pale = marked and not {line.table, line.referred} <= set(marked)
        drawn.append(f'<g class="pale">{told}</g>' if pale else told)
    return drawn


def _path(line: Line) -> str:
    first, *rest = line.points
    return f"M{first[0]:g} {first[1]:g}" + "".join(f"L{x:g} {y:g}" for x, y in rest)


def _ends(line: Line, colour: str) -> str:
    """Return a fork at the referring end (many rows) and a dot at the key (one row)."""
    x, y = line.points[0]
    step = 6 if line.points[1][0] > x else -6
    fork = f"M{x:g} {y - 4:g}L{x + step:g} {y:g}L{x:g} {y + 4:g}"
    end_x, end_y = line.points[-1]
    return f'<path class="line" stroke="{colour}" d="{fork}"/><circle cx="{end_x:g}" cy="{end_y:g}" r="3" fill="{colour}"/>'


def _box(box: Box, title: str, colours: Mapping[str, str], marked: Collection[str]) -> str:
    shape = box.shape
    head = colours.get(shape.name, "#52606d")
    pale = ' class="pale"' if marked and shape.name not in marked else ""
    refers = {own: fk.table for fk in shape.foreign_keys for own in fk.columns}
    parts = [
        (
            f'<g id="{escape(shape.name)}"{pale}><rect class="box" x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" '
            f'height="{box.height:g}" rx="4"/>'
        ),
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{HEAD - 6}" rx="4" fill="{head}"/>',
        f'<text class="name" x="{box.x + 8:g}" y="{box.y + 16:g}">{escape(shape.name)}</text>',
        f'<text class="title" x="{box.x + 8:g}" y="{box.y + 31:g}">{escape(title)}</text>',
    ]
    for place, column in enumerate(shape.columns):
        tag, colour = _tag(column.name, shape, refers, colours)
        parts.append(_row(box, box.y + HEAD + ROW * place + 13, column, tag, colour))
    return "".join(parts) + "</g>"


def _tag(name: str, shape: TableShape, refers: Mapping[str, str], colours: Mapping[str, str]) -> tuple[str, str]:
    """Return the mark before a column and its colour; a key that also refers is marked as a key in the line's colour."""
    if name in shape.key:
        return "PK", colours.get(refers[name], "#1f2933") if name in refers else "#1f2933"
    return ("FK", colours.get(refers[name], "#1f2933")) if name in refers else ("", "#1f2933")


def _row(box: Box, y: float, column: ColumnShape, tag: str, colour: str) -> str:
    nullable = "?" if column.nullable else ""
    return (
        f'<text class="tag" x="{box.x + 7:g}" y="{y:g}" style="fill:{colour}">{tag}</text>'
        f'<text class="col" x="{box.x + 26:g}" y="{y:g}">{escape(column.name)}{nullable}</text>'
        f'<text class="type" x="{box.x + box.width - 7:g}" y="{y:g}" text-anchor="end">{escape(column.type)}</text>'
    )


def _width(shape: TableShape, title: str) -> float:
    rows = max(7.0 * (len(column.name) + 1) + _text_width(column.type, 10.7) + 48 for column in shape.columns)
    heading = 8.5 * len(shape.name) + 16
    return float(round(max(rows, heading, _text_width(title, 11) + 16)))


def _text_width(text: str, size: float) -> float:
    """Return a rough width in pixels: a full-width character is one em, any other a little over half."""
    return sum(size if unicodedata.east_asian_width(char) in "WF" else size * 0.58 for char in text)
