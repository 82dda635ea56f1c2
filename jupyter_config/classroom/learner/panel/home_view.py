"""What the line %home shows: where the page's own home is, and whether it knows what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.learner.progress.opening import UNUSABLE
from classroom.messages import say
from classroom.unwritten import why_unwritten

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk
    from classroom.session.display import Display


def show_home(desk: Desk) -> list[Display]:
    """Where home is; before that, that there is a progress file which can't be used now, so that home is a beginner's."""
    found = notice(say("home.title", desk.lang), say("home.where", desk.lang))
    return [*_unread(desk), found]


def _unread(desk: Desk) -> list[Display]:
    if desk.progress_path is None:
        return []
    try:
        if desk.progress is not None:
            desk.progress.last_place()
            return []
        fault = None
    except UNUSABLE as raised:
        fault = raised
    reason = why_unwritten(desk.lang, desk.progress_path.parent, fault) or say("home.unread_why", desk.lang)
    return [notice(say("home.unread", desk.lang), reason)]
