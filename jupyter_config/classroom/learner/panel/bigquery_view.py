"""%bigquery: the last query as BigQuery takes it, with what differs, or an honest no."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.learner.state.reading import read_query
from classroom.messages import say_in
from classroom.session.display import Display, page
from sqlgrade.parameters import names_in

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk

_MESSAGES = "classroom.learner.export"


def show_bigquery(desk: Desk, sql: str, as_run: str = "") -> Display:
    """The translation of `sql` and what it would read there, or why there is none; `as_run` has values for its parameters."""
    from classroom.learner.export.paper import hand_over, refused

    title, lang = say_in(_MESSAGES, "handoff.title", desk.lang), desk.lang
    if not sql:
        return notice(title, say_in("classroom.learner.panel.steps", "no_query", lang, line="%bigquery"))
    runs = as_run or sql
    # without values a query with parameters does not run here
    is_explained = not names_in(runs) and read_query(desk, runs, "bigquery").kind == "EXPLAIN"
    paper = refused("EXPLAIN", lang) if is_explained else hand_over(desk, sql, runs)
    if not paper.sql:
        return notice(title, *paper.notes)
    html = f'<div class="pg-card pg-quiet"><div class="pg-title">{escape(title)}</div><pre>{escape(paper.sql)}</pre>'
    html += "".join(f"<p>{escape(note)}</p>" for note in paper.notes)
    plain = [title, paper.sql, *paper.notes]
    for code, said in (("handoff.differs", paper.differs), ("cost.title", paper.costs)):
        if said:
            heading = say_in(_MESSAGES, code, lang)
            html += f"<h5>{escape(heading)}</h5><ul>{''.join(f'<li>{escape(each)}</li>' for each in said)}</ul>"
            plain += [heading, *(f"- {each}" for each in said)]
    return page(f"{html}</div>", "\n".join(plain))
