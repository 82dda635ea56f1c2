"""%dialect: the dialect in which this learner writes answers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.learner.state.dialects import choose_dialect, chosen_dialect
from classroom.messages import say
from classroom.unwritten import why_unwritten
from sqlgrade.dialect.heading import DIALECTS, line_for

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk
    from classroom.session.display import Display

_log = logging.getLogger(__name__)


def show_dialect(desk: Desk, wanted: str) -> Display:
    """Take up the dialect that is wanted, if any, and tell which one holds now."""
    title = say("dialect.title", desk.lang)
    known = next((each for each in DIALECTS if each == wanted.lower()), None)
    if wanted and known is None:
        return notice(title, say("dialect.unknown", desk.lang, name=wanted, known=", ".join(DIALECTS)))
    if known is not None:
        line = line_for(known)
        if desk.folder is None:
            return notice(title, say("dialect.no_folder", desk.lang, line=line))
        try:
            choose_dialect(desk.folder, known)
        except OSError as fault:
            _log.warning("the dialect could not be kept", exc_info=True)
            reason = why_unwritten(desk.lang, desk.folder.hidden, fault) or say("dialect.unkept_why", desk.lang)
            return notice(title, say("dialect.unkept", desk.lang, reason=reason, line=line))
    return notice(title, say(f"dialect.{chosen_dialect(desk.folder)}", desk.lang))
