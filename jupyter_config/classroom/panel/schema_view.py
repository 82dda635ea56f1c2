"""%schema: the tables of the practice data and what their columns mean."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from classroom.kernel.display import Display, page
from classroom.messages import say
from classroom.panel.notices import notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classroom.kernel.desk import Desk
    from marketplace.data_dictionary import TableEntry


def show_schema(desk: Desk, name: str) -> Display:
    """All tables, or the one that is named."""
    from marketplace import dictionary

    entries = dictionary(desk.lang)
    if not name:
        return _show_tables(entries, desk.lang)
    entry = next((each for each in entries if each.name == name.strip('"').lower()), None)
    if entry is None:
        return notice(say("unknown_magic.title", desk.lang), say("schema.unknown", desk.lang, name=name))
    return _show_table(entry, desk.lang)


def _show_tables(entries: Sequence[TableEntry], lang: str) -> Display:
    head = [say("schema.table", lang), "", say("schema.row", lang)]
    rows = [[each.name, each.title, each.grain] for each in entries]
    more = say("schema.more", lang, name=entries[0].name)
    html = f'{_grid(head, rows)}<div class="pg-caption">{escape(more)}</div>'
    return page(html, "\n".join(["  ".join(row) for row in rows] + [more]))


def _show_table(entry: TableEntry, lang: str) -> Display:
    facts = [
        (say("schema.key", lang), ", ".join(entry.key) or say("schema.no_key", lang)),
        (say("schema.grows", lang), entry.grows),
        (say("schema.misunderstanding", lang), entry.misunderstanding),
    ]
    head = [say(f"schema.{each}", lang) for each in ("column", "type", "meaning", "null", "trap")]
    rows = [[each.name, each.type, each.meaning, each.null_meaning or "", each.trap or ""] for each in entry.columns]
    lines = "".join(f"<li><b>{escape(label)}</b> {escape(text)}</li>" for label, text in facts)
    html = f"<p><b>{escape(entry.name)}</b> {escape(entry.title)}<br>{escape(entry.grain)}</p><ul>{lines}</ul>"
    html += _grid(head, rows)
    plain = [f"{entry.name} {entry.title}", entry.grain, *(f"{label} {text}" for label, text in facts)]
    plain += ["  ".join(filter(None, row)) for row in rows]
    return page(html, "\n".join(plain))


def _grid(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    top = "".join(f'<th scope="col">{escape(each)}</th>' for each in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(at, each)}</td>" for at, each in enumerate(row)) + "</tr>" for row in rows
    )
    return f'<div class="pg-scroll"><table class="pg-table"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(at: int, text: str) -> str:
    return f"<code>{escape(text)}</code>" if at == 0 else escape(text)
