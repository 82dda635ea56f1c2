"""A cell that makes or drops a view or table of the learner's own."""

from __future__ import annotations

import sqlite3
from html import escape
from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.learner.state.own_objects import OwnFault
from classroom.learner.state.reading import NotRun, explained, own_file_trouble
from classroom.messages import say
from classroom.session.display import Display, page
from classroom.session.table_view import no_type, table_text, texts_html
from classroom.session.trouble import of_own_schema
from coursebook.own_schema import SCHEMA, Dropping, Making

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk

_SEEN = 80
"""Characters of a query that the list shows."""


def run_own(desk: Desk, sql: str, asked: Making | Dropping) -> Display:
    """Make or drop it, and say so.

    Raises:
        NotRun: it can't be made or dropped, or its query does not run.
    """
    if desk.progress_path is None:
        raise NotRun(of_own_schema("no_folder", desk.lang, sql))
    session = desk.session
    try:
        with explained(desk, sql), session.watch.over(session.limits.seconds):
            said, note, rows = _done(desk, asked)
    except OwnFault as fault:
        raise NotRun(of_own_schema(fault.code, desk.lang, sql, **fault.params)) from fault
    except (sqlite3.Error, OSError) as fault:
        raise NotRun(own_file_trouble(desk, fault, sql)) from fault
    told = {"name": asked.name, "rows": f"{rows or 0:,}"}
    return notice(say(f"own.{said}", desk.lang, **told), say(f"own.{note}", desk.lang, **told))


def _done(desk: Desk, asked: Making | Dropping) -> tuple[str, str, int | None]:
    if isinstance(asked, Dropping):
        said = "dropped" if desk.own_objects.drop(desk.session, asked) else "nothing_dropped"
        return said, f"{said}_note", None
    made = desk.own_objects.make(desk.session, asked)
    if made is None:
        return "stays", "stays_note", None
    return f"made_{made.kind}", f"made_{made.kind}_note", made.row_count


def list_own(desk: Desk) -> Display:
    """All views and tables of the learner's own, as %my shows them; raises NotRun where their file can't be used."""
    try:
        own = desk.own_objects.listed() if desk.progress_path else ()
    except (sqlite3.Error, OSError) as fault:
        raise NotRun(own_file_trouble(desk, fault, "")) from fault
    title = say("own.list_title", desk.lang)
    if not own:
        return notice(title, say("own.list_empty", desk.lang))
    heads = [say(f"own.column_{each}", desk.lang) for each in ("name", "kind", "rows", "made", "query")]
    lines = [
        (
            f"{SCHEMA}.{each.name}",
            say(f"own.{each.kind}", desk.lang),
            "" if each.row_count is None else f"{each.row_count:,}",
            f"{each.made_at.astimezone():%Y-%m-%d %H:%M}",
            " ".join(each.query.split())[:_SEEN],
        )
        for each in own
    ]
    html = f'<div class="pg-title">{escape(title)}</div>{texts_html(heads, lines)}'
    text = table_text(heads, ["VARCHAR"] * len(heads), lines, say_type=no_type)
    return page(html, f"{title}\n{text}")
