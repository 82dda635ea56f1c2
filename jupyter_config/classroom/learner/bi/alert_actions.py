"""What the buttons of an alert do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from classroom.learner.bi.alert_page import told_of_problem
from classroom.learner.bi.conditions import OPERATORS, number_columns, written
from classroom.learner.bi.done import Done, Fields, short
from classroom.learner.bi.markup import plain, told
from classroom.learner.bi.parameters import has_parameters
from classroom.learner.bi.place import latest
from classroom.learner.bi.preview import preview_html
from classroom.learner.bi.records import Alert

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.learner.bi.place import BiRoom


def _new_alert(room: BiRoom, fields: Fields) -> Done:
    """An alert to begin with: on the named query or the first, on the last column of its result."""
    queries = [each for each in room.store.queries() if not has_parameters(each.sql)]
    query = room.store.query(int(fields["query"])) if "query" in fields else next(iter(queries), None)
    if query is None or has_parameters(query.sql):
        return Done("", told("alert.has_parameters", room.lang))
    column = _watched_column(room, query.id)
    name = plain("alert.named", room.lang, query=query.name)
    return Done(f"alert/{room.store.keep_alert(Alert(0, name, query.id, column, '>', ''))}")


def _watched_column(room: BiRoom, query: int) -> str:
    """The last column of numbers in what a query gave, else the last one; empty before it has given anything."""
    kept = latest(room, room.store.query(query))
    columns = (number_columns(kept.result) or kept.result.columns) if kept else ()
    return columns[-1] if columns else ""


def _save_alert(room: BiRoom, fields: Fields) -> Done:
    alert = room.store.alert(int(fields["alert"]))
    changed = _alert_in(room, fields)
    if changed.query != alert.query:
        changed = replace(changed, column=_watched_column(room, changed.query) or changed.column)
    elif problem := told_of_problem(room, changed):
        return Done(f"alert/{alert.id}", f"{told('alert.not_saved', room.lang)} {problem}", is_refused=True)
    room.store.keep_alert(changed)
    return Done(f"alert/{alert.id}", told("saved", room.lang))


def _preview_alert(room: BiRoom, fields: Fields) -> Done:
    """What the alert would have said on the last mornings; nothing is kept."""
    changed = _alert_in(room, fields)
    if problem := told_of_problem(room, changed):
        return Done("", problem, is_refused=True)
    return Done("", preview_html(room, changed), is_aside=True)


def _alert_in(room: BiRoom, fields: Fields) -> Alert:
    """The alert as the form has it."""
    alert = room.store.alert(int(fields["alert"]))
    operator = fields.get("operator", alert.operator)
    if operator not in OPERATORS:
        raise KeyError(operator)
    return replace(
        alert,
        name=short(fields.get("name", "")) or alert.name,
        query=room.store.query(int(fields.get("query", alert.query))).id,
        column=short(fields.get("column", alert.column)),
        operator=operator,
        threshold=written(short(fields.get("threshold", alert.threshold))),
        rings_each_time=fields.get("rings") == "each",
    )


def _forget_alert(room: BiRoom, fields: Fields) -> Done:
    room.store.forget("alert", int(fields["alert"]))
    return Done("alerts", told("forgotten", room.lang))


ALERT_ACTIONS: dict[str, Callable[[BiRoom, Fields], Done]] = {
    "alert/new": _new_alert,
    "alert/save": _save_alert,
    "alert/preview": _preview_alert,
    "alert/forget": _forget_alert,
}
"""The actions, by the names that the pages' buttons give them."""
