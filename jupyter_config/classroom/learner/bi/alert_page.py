"""The list of alerts with the rules that they follow, and one of them with what it has said so far."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.bi.alerts import condition_text
from classroom.learner.bi.conditions import OPERATOR_CODES, number_columns, problem_of
from classroom.learner.bi.markup import (
    act,
    buttons,
    choice,
    condition_html,
    form,
    hidden,
    link,
    note,
    plain,
    table,
    text_field,
    told,
    warning,
)
from classroom.learner.bi.parameters import has_parameters
from classroom.learner.bi.place import latest, morning_text
from classroom.learner.bi.records import AlertState

if TYPE_CHECKING:
    from classroom.learner.bi.place import BiRoom
    from classroom.learner.bi.records import Alert, Look

_RULES = ("first_row", "when", "unknown", "parameters", "failed")


def alerts_page(room: BiRoom, _: list[str]) -> str:
    """All alerts and how they stand."""
    lang, alerts = room.lang, room.store.alerts()
    queries = {each.id: each for each in room.store.queries()}
    rules = "".join(f"<li>{told(f'alert.rule_{each}', lang)}</li>" for each in _RULES)
    rules = f'<details class="penguin-bi-rules"{"" if alerts else " open"}><summary>{told("alert.rules", lang)}</summary><ul>{rules}</ul></details>'
    new = form(buttons(act("alert/new", told("alert.new", lang), primary=not alerts))) if queries else ""
    if not alerts:
        way = told("alert.none_how" if queries else "alert.needs_query", lang)
        return f'<p class="penguin-lead">{told("alert.none", lang)}</p><p>{way}</p>{new}{rules}'
    head = [told(f"alert.{each}", lang) for each in ("state", "name", "query", "condition")]
    rows = [
        (
            state_html(each.state, lang),
            link(f"alert/{each.id}", escape(each.name)),
            link(f"query/{each.query}", escape(queries[each.query].name)),
            condition_html(condition_text(each), lang),
        )
        for each in alerts
    ]
    return f'<div class="pg">{table(head, rows)}</div>{new}{rules}'


def alert_page(room: BiRoom, words: list[str]) -> str:
    """One alert, and every time that it was looked at."""
    lang, alert = room.lang, room.store.alert(int(words[0]))
    looks = [each for each in room.store.looks() if each.alert == alert.id]
    is_refused = has_parameters(room.store.query(alert.query).sql)
    refused = warning(told("alert.has_parameters", lang)) if is_refused else ""
    refused += _warned(room, alert)
    head = [told(f"alert.{each}", lang) for each in ("morning", "condition", "value", "state", "told")]
    rows = [_row(each, lang) for each in looks]
    log = f'<div class="pg">{table(head, rows)}</div>' if rows else note(told("alert.never", lang))
    return (
        f"<h2>{escape(alert.name)} {state_html(alert.state, lang)}</h2>{refused}{_form(room, alert)}"
        f"<section><h3>{told('alert.log', lang)}</h3>{log}</section>"
    )


def state_html(state: AlertState, lang: str) -> str:
    """A state in a word that stands out."""
    return f'<b class="penguin-bi-state penguin-bi-{state.value}">{told(f"state.{state.value}", lang)}</b>'


def _row(look: Look, lang: str) -> tuple[str, ...]:
    rang = ""
    if look.rang:
        rang = told("alert.rang" if look.after is AlertState.TRIGGERED else "alert.over", lang)
        rang = f"♪ {rang}"
    return (
        morning_text(look.night, lang),
        condition_html(look.condition, lang),
        escape(look.value),
        state_html(look.after, lang),
        rang,
    )


def told_of_problem(room: BiRoom, alert: Alert) -> str:
    """Why a condition can't be compared with what its query gave last, as HTML; empty where it can."""
    kept = latest(room, room.store.query(alert.query))
    code = problem_of(alert.column, alert.threshold, kept.result if kept else None)
    if not code:
        return ""
    return told(f"alert.problem_{code}", room.lang, column=alert.column, threshold=alert.threshold)


def _warned(room: BiRoom, alert: Alert) -> str:
    """A query may have changed since: a condition that can't be compared never rings, and says so."""
    problem = told_of_problem(room, alert)
    return warning(f"{problem} {told('alert.silent', room.lang)}") if problem else ""


def _operators(lang: str) -> list[tuple[str, str]]:
    """The signs with their words."""
    return [(sign, plain(f"operator.{code}", lang) + f" ({sign})") for sign, code in OPERATOR_CODES.items()]


def _form(room: BiRoom, alert: Alert) -> str:
    lang, query = room.lang, room.store.query(alert.query)
    kept = latest(room, query)
    known = room.store.queries()
    queries = [(str(each.id), each.name) for each in known if each == query or not has_parameters(each.sql)]
    columns = (number_columns(kept.result) or kept.result.columns) if kept else ()
    if columns:
        named = dict.fromkeys([*columns, *filter(None, [alert.column])])
        column = choice("column", told("alert.column", lang), [(each, each) for each in named], alert.column)
    else:
        column = text_field("column", told("alert.column", lang), alert.column, told("alert.column_hint", lang))
    rings = [("once", plain("alert.rings_once", lang)), ("each", plain("alert.rings_each", lang))]
    fields = (
        text_field("name", told("alert.name", lang), alert.name)
        + choice("query", told("alert.query", lang), queries, str(alert.query), "alert/save")
        + column
        + choice("operator", told("alert.operator", lang), _operators(lang), alert.operator)
        + text_field("threshold", told("alert.threshold", lang), alert.threshold)
        + choice("rings", told("alert.rings", lang), rings, "each" if alert.rings_each_time else "once")
    )
    return form(
        hidden(alert=alert.id),
        f'<div class="penguin-bi-fields">{fields}</div>',
        buttons(
            act("alert/save", told("save", lang), primary=True),
            act("alert/preview", told("preview.show", lang)),
            act("alert/forget", told("forget", lang), sure=told("alert.forget_sure", lang)),
        ),
        note(told("alert.anew", lang)),
    )
