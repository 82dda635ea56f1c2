"""Expos that are finished: each in a file of its own beside the one that is written in, with its log as it was sealed."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace
from datetime import UTC
from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import STEP_PARTS, places
from classroom.exchange.expo.seal import REPORT, latest
from classroom.exchange.expo.words import plain, told
from classroom.learner.bi.asking import ProcessAsker
from classroom.learner.bi.markup import act, buttons, form
from classroom.learner.expo.certifying import lacking
from classroom.learner.expo.drawn import Drawn
from classroom.learner.expo.handing import came_back, feedback_html
from classroom.learner.expo.second import PLANNED
from classroom.learner.expo.second_card import log_html, revealed
from classroom.learner.expo.store import ExpoStore
from coursebook.expo import STEPS

if TYPE_CHECKING:
    from classroom.learner.expo.place import ExpoRoom

_LATER_PARTS = {"slide": ("slide",), "talk": ("talk",), "second": ("report",)}
_SHOTS = {"issue": "issue.sql", "metric": "metric.sql", "checks": "analysis.sql", "second": PLANNED}


def past_rooms(room: ExpoRoom) -> tuple[ExpoRoom, ...]:
    """The finished Expos, in their order."""
    found, number = [], 1
    while (path := room.folder.hidden / f"expo-{number}.sqlite").is_file():
        found.append(replace(room, store=ExpoStore(path), past=number))
        number += 1
    return tuple(found)


def may_begin(room: ExpoRoom) -> bool:
    """Whether another may be begun: this one is reported on, and in a class marked as well."""
    is_reported = latest(room.store.expo(), REPORT) is not None
    return is_reported and (room.member is None or came_back(room) is not None)


def begin_anew(room: ExpoRoom) -> None:
    """Put the finished Expo into a file of its own, with what came back of it and its second data, and begin another.

    Nothing is cleared before the copy is whole.
    """
    kept = replace(room, past=len(past_rooms(room)) + 1)
    if isinstance(room.month_asker, ProcessAsker):
        room.month_asker.close()
    back = came_back(room)
    room.store.copy_to(
        room.folder.hidden / f"expo-{kept.past}.sqlite", {"feedback": json.dumps(asdict(back)) if back else ""}
    )
    if room.month.is_file():
        shutil.move(room.month, kept.month)
    begun = room.clock().astimezone(UTC).isoformat()
    room.store.begin_anew({"earlier": back.code if back else "", "begun": begun})


def certified(room: ExpoRoom) -> ExpoRoom:
    """The Expo that a certificate tells of: this one, or the latest finished one if that lacks less."""
    return next((each for each in (room, *reversed(past_rooms(room))) if not lacking(each)), room)


def anew_html(room: ExpoRoom) -> str:
    """The way to another Expo, once it is open."""
    if not may_begin(room):
        return ""
    button = act("expo/anew", told("past.begin", room.lang), sure=told("past.sure", room.lang))
    return f"<section><h3>{told('past.another', room.lang)}</h3><p>{told('past.how', room.lang)}</p>{form(buttons(button))}</section>"


def name_of(room: ExpoRoom) -> str:
    """What a finished Expo is called."""
    return plain("past.name", room.lang, number=room.past, issue=room.store.expo().issue.name)


def past_html(room: ExpoRoom, number: str) -> str:
    """A finished Expo, to be read only; raises KeyError where there is none of that number."""
    found = next((each for each in past_rooms(room) if str(each.past) == number), None)
    if found is None:
        raise KeyError(number)
    page = Drawn(found, found.store.expo(), 0)
    parts = {**STEP_PARTS, **_LATER_PARTS}
    steps = ""
    for step in STEPS:
        source = page.plan if step in STEP_PARTS else page.expo
        texts = {place: source.text(place) for place in places() if place.rpartition(".")[0] in parts[step]}
        shot = page.shot(_SHOTS[step]) if step in _SHOTS else ""
        steps += f"<h3>{told(f'step.{step}', room.lang)}</h3>{page.shown(texts)}{shot}"
    back = came_back(found)
    marks = feedback_html(room, back) if back else ""
    return f"<h2>{escape(name_of(found))}</h2>{log_html(page)}{steps}{revealed(page)}{marks}"
