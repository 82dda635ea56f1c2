"""The Expo beside a learner's room: its pages, and what their buttons ask for."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from classroom.exchange.expo.certificate import AbilityShown, LevelShown
from classroom.exchange.expo.record import EXPO
from classroom.exchange.expo.words import plain
from classroom.exchange.mailbox import Mailbox
from classroom.folder import find_practice
from classroom.learner.bi.asking import ProcessAsker
from classroom.learner.bi.store import NAME as BI_NAME
from classroom.learner.bi.store import BiStore
from classroom.learner.expo.actions import ACTIONS, HANDING
from classroom.learner.expo.pages import SECOND, page_html
from classroom.learner.expo.place import MONTH_FILE, ExpoRoom
from classroom.learner.expo.store import NAME, ExpoStore
from classroom.learner.expo.story import first
from classroom.learner.page.course import the_course, the_library
from classroom.learner.page.handing import class_of
from classroom.learner.page.records import read_progress
from classroom.learner.practice.self_check import is_review_passed, self_checks
from classroom.learner.progress.opening import open_progress
from coursebook.expo import load_expo
from coursebook.practice.spacing import business_day

if TYPE_CHECKING:
    from classroom.language import Lang
    from classroom.learner.page.handlers import Room
    from classroom.learner.practice.self_check import SelfCheck

_log = logging.getLogger(__name__)


def expo_room(room: Room) -> ExpoRoom:
    """The Expo beside a learner's room; its processes are kept until the language changes."""
    known = room.expo
    if known is None or known.lang != room.lang:
        for each in (known.asker, known.month_asker) if known is not None else ():
            if isinstance(each, ProcessAsker):
                each.close()
        hidden, practice = room.folder.hidden, find_practice(room.lang, room.folder.root)
        known = room.expo = ExpoRoom(
            ExpoStore(hidden / NAME),
            ProcessAsker(room.lang, practice),
            ProcessAsker(room.lang, hidden / MONTH_FILE),
            BiStore(hidden / BI_NAME),
            load_expo(the_course().root),
            room.lang,
            room.folder,
            practice,
            levels=lambda: levels_shown(room),
        )
    return known


def levels_shown(room: Room) -> tuple[LevelShown, ...]:
    """The self-checks and reviews of all levels, and what the learner's record shows of them today."""
    store, lang, library = open_progress(room.folder.progress, the_course()), room.lang, the_library()
    progress, history = read_progress(store, Mailbox(room.folder.hidden).known.state)
    checks = self_checks(library, the_course(), progress, history, business_day(datetime.now(UTC)))
    return tuple(
        LevelShown(
            level.number,
            level.name[lang],
            (
                *(_line(each, lang) for each in checks if each.ability.level == level.number),
                *(
                    AbilityShown(each.title[lang], (each.id,), is_review_passed(each, history))
                    for each in library.reviews
                    if each.level == level.number
                ),
            ),
        )
        for level in the_course().record.levels
    )


def _line(check: SelfCheck, lang: Lang) -> AbilityShown:
    """A line with its exercises; which of them were solved with the solution open stands beside them."""
    exercises = tuple(
        plain("certificate.aided", lang, exercise=each) if each in check.aided else each
        for each in check.ability.shown_by
    )
    return AbilityShown(check.ability.text[lang], exercises, check.shown)


def shown(room: ExpoRoom, at: str, said: str = "") -> dict[str, Any]:
    """A page; the first one where there is none of that name."""
    try:
        return {"at": at, "html": page_html(room, at, said)}
    except KeyError:
        _log.info("There is no page %s", at, exc_info=True)
        return {"at": first(room), "html": page_html(room, first(room), said)}


def done(room: ExpoRoom, action: str, at: str, fields: dict[str, str]) -> dict[str, Any]:
    """What a button asked for, and the page that follows; raises KeyError for an action or a field that there is not."""
    outcome = ACTIONS[action](room, fields)
    page = {**shown(room, outcome.at or at, outcome.said), "said": outcome.said}
    if outcome.file is not None:
        page["file"] = outcome.file.for_page()
    return page


def page_at(room: Room, at: str) -> dict[str, Any]:
    """The page of a place; the first one without a place. Marks that came back count as read where they stand."""
    if at == SECOND and (desk := class_of(room.folder)) is not None:
        desk.mark_read(EXPO)
    expo = expo_room(room)
    return shown(expo, at or first(expo))


def act(room: Room, action: str, at: str, fields: dict[str, str]) -> dict[str, Any]:
    """What a button asked for; what that has put on its way to the mentors is sent at once."""
    expo = expo_room(room)
    page = done(expo, action, at, fields)
    if action in HANDING and (desk := class_of(room.folder)) is not None:
        desk.synchronise(room.lang)
        page["html"] = shown(expo, page["at"], page.pop("said"))["html"]
    page.pop("said", None)
    return page
