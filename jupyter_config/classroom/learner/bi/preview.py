"""What an alert would have said on the last mornings, before it is saved."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from classroom.learner.bi.alerts import look_at
from classroom.learner.bi.asking import QueryTask
from classroom.learner.bi.markup import note, table, told
from classroom.learner.bi.place import morning_text
from classroom.learner.bi.records import AlertState

if TYPE_CHECKING:
    from classroom.learner.bi.place import BiRoom
    from classroom.learner.bi.records import Alert, Look

MORNINGS = 28
SECONDS = 60.0
"""A preview that has taken so long shows the mornings that it has come to."""


def preview_html(room: BiRoom, alert: Alert) -> str:
    """The last mornings one by one, the latest first, as if the query had run on each and the alert had looked at it."""
    looks, problems = _looks(room, alert)
    asked = len(looks) + problems
    if not asked:
        return told("preview.stopped", room.lang)
    rang = sum(each.rang for each in looks)
    lead = f"<b>{told('preview.lead', room.lang, mornings=asked, rang=rang)}</b>"
    head = [told(f"alert.{each}", room.lang) for each in ("morning", "value", "state", "told")]
    rows = [
        (
            morning_text(each.night, room.lang),
            escape(each.value) or "–",
            told(f"state.{each.after.value}", room.lang),
            f"♪ {told('alert.rang' if each.after is AlertState.TRIGGERED else 'alert.over', room.lang)}"
            if each.rang
            else "",
        )
        for each in reversed(looks)
    ]
    failed = note(told("preview.failed", room.lang, count=problems)) if problems else ""
    shown = f'<div class="pg penguin-bi-preview">{table(head, rows)}</div>' if rows else ""
    short = note(told("preview.short", room.lang, asked=asked, mornings=MORNINGS)) if asked < MORNINGS else ""
    return f"{lead}{short}{shown}{failed}{note(told('preview.how', room.lang))}"


def _looks(room: BiRoom, alert: Alert) -> tuple[list[Look], int]:
    """What it would have said, the earliest first, and on how many mornings the query gave no result."""
    query, now = room.store.query(alert.query), room.store.night()
    standing, looks, problems = replace(alert, state=AlertState.UNKNOWN), [], 0
    nights = range(now, now - MORNINGS, -1)  # the latest first: they are what is wanted where there is no time for all
    answers = room.asker.over(QueryTask(query.sql, query.chosen), nights, SECONDS)
    for night, answer in reversed(list(zip(nights, answers, strict=False))):
        if answer.result is None:
            problems += 1
            continue
        look = look_at(standing, answer.result, night, "")
        standing = replace(standing, state=look.after)
        looks.append(look)
    return looks, problems
