"""Pieces of the Expo's page, beside those that it shares with the BI room's pages."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.expo.words import label_code, told
from classroom.learner.bi.markup import act, buttons, hidden, link
from classroom.learner.expo.steps import lacks
from classroom.session.table_view import width_of
from coursebook.expo import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.learner.expo.place import ExpoRoom

_LINE = 120
"""Half-width characters that fit a field's line on a screen of 1366 points, with room to spare."""
_MOST_ROWS = 14


def field(place: str, text: str, lang: str, *, rows: int = 2) -> str:
    """A field to write in at a place; its label and what it may read like are the messages of that place, its number left out.

    One for SQL is made the lessons' editor by the page, as in the BI room.
    """
    code = label_code(place)
    lines = sum(max(1, math.ceil(width_of(line) / _LINE)) for line in text.split("\n"))
    box = (
        f'<textarea name="{place}" rows="{max(rows, min(_MOST_ROWS, lines))}" spellcheck="false" '
        f'{"data-bi-sql " if place.endswith(".sql") else ""}placeholder="{told(f"hint.{code}", lang)}">{escape(text)}</textarea>'
    )
    return f"<label><span>{told(f'field.{code}', lang)}</span>{box}</label>"


def card(lang: str, seen: int, window: str, *parts: str, runs: str = "", tools: Iterable[str] = ()) -> str:
    """A form that keeps what is typed in it by itself.

    Args:
        lang: `ja` or `en`.
        seen: The revision that it shows.
        window: Which window shows it.
        parts: Its fields, as HTML.
        runs: The place of its query, which its first button then runs.
        tools: Further buttons.
    """
    keep = act("expo/save", told("keep", lang), primary=not runs)
    run = act("expo/run", told("run_now", lang), primary=True, place=runs) if runs else ""
    return (
        f'<form class="penguin-bi-form" data-bi-keeps="expo/save">{hidden(seen=seen, window=window)}'
        f"{''.join(parts)}{buttons(run, keep, *tools)}</form>"
    )


def ways_to_unfinished(room: ExpoRoom, steps: Iterable[str]) -> str:
    """The steps that are not whole, each a way to it, with how much it lacks; nothing where all are."""
    lang, expo = room.lang, room.store.expo()
    left = {step: len(lacks(room, expo, step)) for step in steps}
    return listed(
        link(f"step/{step}", f"{STEPS.index(step) + 1} {told(f'step.{step}', lang)}")
        + f" <small>{told('head.left', lang, count=count)}</small>"
        for step, count in left.items()
        if count
    )


def listed(items: Iterable[str]) -> str:
    """Lines of HTML as a list; nothing for none."""
    lines = "".join(f"<li>{each}</li>" for each in items)
    return f"<ul>{lines}</ul>" if lines else ""
