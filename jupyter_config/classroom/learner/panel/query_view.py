"""A query kept for the BI room: by the line %query, or by the button under a right answer."""

from __future__ import annotations

import logging
import sqlite3
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.exchange.invitation import membership
from classroom.learner.bi.parameters import with_lines
from classroom.learner.bi.records import Query
from classroom.learner.bi.store import NAME, BiStore
from classroom.learner.panel.notices import notice
from classroom.learner.panel.offer import sentence
from classroom.session.display import Display, page
from classroom.unwritten import why_unwritten
from coursebook.settings import parameters_of

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk
    from classroom.session.case import Case

_log = logging.getLogger(__name__)
_LONGEST = 200


def save_query(desk: Desk, name: str) -> Display:
    """`%query NAME` keeps the statement above; without a name, a sentence says how."""
    title = sentence("button.query", desk.lang)
    if not desk.last_written:
        return notice(title, sentence("query.no_sql", desk.lang))
    if not name:
        return notice(title, sentence("query.how", desk.lang))
    return notice(title, keep(desk, name, with_lines(desk.last_written, desk.parameters.declared)))


def keep(desk: Desk, name: str, sql: str) -> str:
    """Keep a statement under a name, and say where it is; two of one name are told apart by a number."""
    if desk.progress_path is None:
        return sentence("query.no_folder", desk.lang)
    hidden = desk.progress_path.parent
    member = membership(hidden)
    try:
        store = BiStore(hidden / NAME)
        free = _free(" ".join(name.split())[:_LONGEST], {each.name for each in store.queries()})
        who = member.learner if member else ""
        store.keep_query(Query(0, free, sql.strip(), owner=who), who)
    except (sqlite3.Error, OSError) as fault:
        _log.warning("A query could not be kept for the BI room", exc_info=True)
        reason = why_unwritten(desk.lang, hidden, fault)
        return (
            sentence("query.not_written", desk.lang, reason=reason) if reason else sentence("query.unkept", desk.lang)
        )
    return sentence("query.kept", desk.lang, name=free)


def _free(name: str, taken: set[str]) -> str:
    names = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    return next(each for each in names if each not in taken)


def show_saving(case: Case, desk: Desk) -> Display:
    """The line that keeps an answer's query."""
    title = next(iter(case.exercise.text[case.lang].title.splitlines()), case.exercise.id)
    told, line = sentence("query.write", case.lang), f"%query {title}"
    html = f'<div class="pg-card pg-quiet"><p>{escape(told)}</p><pre>{escape(line)}</pre></div>'
    return page(html, f"{told}\n{line}")


def saving_widgets(case: Case, desk: Desk) -> Any:
    """A name to change and a button."""
    widgets: Any = import_module("ipywidgets")
    name = widgets.Text(value=case.exercise.text[case.lang].title, description=sentence("query.name", case.lang))
    declared = {each.name: each for each in parameters_of(case.exercise, case.lang)}
    sql = with_lines(case.judgement.sql, declared)
    button = widgets.Button(description=sentence("query.save", case.lang))
    said = widgets.HTML()

    def press(_: Any) -> None:
        text = keep(desk, name.value.strip() or case.exercise.id, sql)
        said.value = f'<div class="pg" role="status">{escape(text)}</div>'

    button.on_click(press)
    return widgets.VBox([widgets.HBox([name, button]), said])
