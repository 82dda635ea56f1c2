"""The line %night: the BI room's clock, moved on or looked back from in a notebook of the learner's own."""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.messages import say

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk
    from classroom.session.display import Display

_log = logging.getLogger(__name__)


def show_night(desk: Desk, argument: str) -> Display:
    """Look at the data after so many nights, the room's next one by default; a lesson's notebook keeps its data.

    Nights that have not gone by yet go by in the BI room, too, with what is due on their mornings; the room never goes back.
    """
    from marketplace.faults import MarketplaceError
    from marketplace.nights import HORIZON

    if desk.lesson:
        return notice(say("night.lesson_title", desk.lang), say("night.lesson", desk.lang))
    if not desk.marker.course.parts.bi:
        return notice(say("night.not_gone_title", desk.lang), say("night.none", desk.lang))
    if argument and not argument.isdecimal():
        return notice(say("night.unread_title", desk.lang), say("night.unread", desk.lang, last=HORIZON))
    try:
        now = _go(desk, int(argument[:6]) if argument else None)
    except MarketplaceError as fault:
        return notice(say("night.not_gone_title", desk.lang), fault.sentence(desk.lang))
    except (sqlite3.Error, OSError):
        _log.warning("The BI room's clock can't be used", exc_info=True)
        return notice(say("night.not_gone_title", desk.lang), say("night.no_clock", desk.lang))
    return _told(desk, now)


def _go(desk: Desk, asked: int | None) -> int:
    """Look at the data after the asked nights; gives where the room's clock stands then.

    Raises:
        MarketplaceError: there is no such night.
        NightUnreachable: as an OSError, a night could not go by in the room.
    """
    from classroom.learner.bi.asking import DeskAsker
    from classroom.learner.bi.running import NightUnreachable, pass_a_night
    from classroom.learner.bi.store import NAME, BiStore

    if desk.progress_path is None:  # there is no room
        desk.go_to(desk.night + 1 if asked is None else asked)
        return desk.night
    store, asker = BiStore(desk.progress_path.with_name(NAME)), DeskAsker(desk)
    wanted = store.night() + 1 if asked is None else asked
    desk.go_to(wanted)
    try:
        while (now := store.night()) < wanted:
            pass_a_night(store, asker, now)
    except NightUnreachable as fault:
        raise OSError(str(fault)) from fault
    desk.go_to(wanted)
    return now


def _told(desk: Desk, now: int) -> Display:
    from marketplace.nights import day_of

    if not desk.night:
        return notice(say("night.back_title", desk.lang), say("night.fixed", desk.lang))
    day = day_of(desk.night).isoformat()
    seen = say("night.gone", desk.lang, day=day)
    if desk.progress_path is not None:
        seen += " " + say(
            "night.back_from" if desk.night < now else "night.room", desk.lang, day=day_of(now).isoformat()
        )
    return notice(say("night.gone_title", desk.lang, night=desk.night, day=day), seen)
