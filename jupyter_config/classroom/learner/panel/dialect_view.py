"""%dialect: the dialect in which this learner writes answers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.learner.state.dialects import choose_dialect, chosen_dialect
from classroom.messages import say
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
        try:
            if desk.folder is None:
                return notice(title, say("dialect.no_folder", desk.lang, line=line_for(known)))
            choose_dialect(desk.folder, known)
        except OSError:
            _log.warning("the dialect could not be kept", exc_info=True)
            return notice(title, say("dialect.unkept", desk.lang, line=line_for(known)))
    return notice(title, say(f"dialect.{chosen_dialect(desk.folder)}", desk.lang))
