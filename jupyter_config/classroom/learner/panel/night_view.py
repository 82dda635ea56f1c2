"""What the line %night shows: where the learner's "now" stands, in a notebook of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.messages import say

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk
    from classroom.session.display import Display


def show_night(desk: Desk, argument: str) -> Display:
    """Let as many nights have gone by as asked for, the next one by default; a lesson's notebook keeps its data."""
    from marketplace.faults import MarketplaceError
    from marketplace.nights import HORIZON

    if desk.lesson:
        return notice(say("night.lesson_title", desk.lang), say("night.lesson", desk.lang))
    if not desk.marker.course.parts.bi:
        return notice(say("night.not_gone_title", desk.lang), say("night.none", desk.lang))
    if argument and not argument.isdecimal():
        return notice(say("night.unread_title", desk.lang), say("night.unread", desk.lang, last=HORIZON))
    try:
        desk.go_to(int(argument[:6]) if argument else desk.night + 1)
    except MarketplaceError as fault:
        return notice(say("night.not_gone_title", desk.lang), fault.sentence(desk.lang))
    return _told(desk)


def _told(desk: Desk) -> Display:
    from marketplace.nights import day_of

    if not desk.night:
        return notice(say("night.back_title", desk.lang), say("night.fixed", desk.lang))
    day = day_of(desk.night).isoformat()
    return notice(say("night.gone_title", desk.lang, night=desk.night, day=day), say("night.gone", desk.lang, day=day))
