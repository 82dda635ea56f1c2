"""%format: the last query laid out anew, to read and to copy; in a room the cell's own button writes it into the cell."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.learner.state.laying import laid_out
from classroom.messages import say, say_in
from classroom.session.display import Display, page

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk


def show_layout(desk: Desk, sql: str) -> Display:
    """The text laid out in the dialect of the cell, or why it is left as it is."""
    title = say("layout.title", desk.lang)
    if not sql:
        return notice(title, say_in("classroom.learner.panel.steps", "no_query", desk.lang, line="%format"))
    made = laid_out(sql, desk.speaks, desk.lang)
    if made.why_not:
        return notice(title, made.why_not)
    html = (
        f'<div class="pg-card pg-quiet"><div class="pg-title">{escape(title)}</div><pre>{escape(made.text)}</pre></div>'
    )
    return page(html, f"{title}\n{made.text}")
