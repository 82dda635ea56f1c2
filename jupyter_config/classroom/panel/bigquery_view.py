"""%bigquery: the last query as BigQuery takes it, with what differs, or an honest no."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.desk.display import Display, page
from classroom.desk.reading import read_query
from classroom.messages import say_in
from classroom.panel.notices import notice

if TYPE_CHECKING:
    from classroom.desk.desk import Desk

_MESSAGES = "classroom.handoff"


def show_bigquery(desk: Desk, sql: str) -> Display:
    """The translation of `sql`, or why there is none."""
    from classroom.handoff import parameter_names, to_bigquery

    title = say_in(_MESSAGES, "handoff.title", desk.lang)
    if not sql:
        return notice(title, say_in("classroom.steps", "no_query", desk.lang, line="%bigquery"))
    names = parameter_names(sql)
    # a query with parameters of Redash's does not run here
    if not names and read_query(desk, sql, "bigquery").kind == "EXPLAIN":
        return notice(title, say_in(_MESSAGES, "handoff.refused", desk.lang, constructs="EXPLAIN"))
    handoff = to_bigquery(sql, desk.session.schema.column_types)
    if handoff.sql is None:
        return notice(title, say_in(_MESSAGES, "handoff.refused", desk.lang, constructs=", ".join(handoff.refused)))
    notes = [say_in(_MESSAGES, "handoff.same", desk.lang)]
    if names:
        notes.append(say_in(_MESSAGES, "handoff.parameters", desk.lang, names=", ".join(names)))
    differs = [say_in(_MESSAGES, f"difference.{code}", desk.lang) for code in handoff.differences]
    html = f'<div class="pg-card pg-quiet"><div class="pg-title">{escape(title)}</div><pre>{escape(handoff.sql)}</pre>'
    html += "".join(f"<p>{escape(note)}</p>" for note in notes)
    plain = [title, handoff.sql, *notes]
    if differs:
        heading = say_in(_MESSAGES, "handoff.differs", desk.lang)
        html += f"<h5>{escape(heading)}</h5><ul>{''.join(f'<li>{escape(each)}</li>' for each in differs)}</ul>"
        plain += [heading, *(f"- {each}" for each in differs)]
    return page(f"{html}</div>", "\n".join(plain))
