"""The level tests beside a learner's room: their pages, and what their buttons ask for."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from classroom.folder import find_practice
from classroom.learner.bi.asking import ProcessAsker
from classroom.learner.exam.actions import ACTIONS, HANDING
from classroom.learner.exam.pages import FIRST, page_html
from classroom.learner.exam.place import ExamRoom
from classroom.learner.exam.sittings import Sittings
from classroom.learner.page.course import the_course, the_library
from classroom.learner.page.handing import class_of

if TYPE_CHECKING:
    from classroom.learner.page.handlers import Room

_log = logging.getLogger(__name__)


def exam_room(room: Room) -> ExamRoom:
    """The level tests beside a learner's room; their process is kept until the language changes."""
    known = room.exam
    if known is None or known.lang != room.lang:
        if known is not None and isinstance(known.asker, ProcessAsker):
            known.asker.close()
        practice = find_practice(room.lang, room.folder.root)
        asker = ProcessAsker(room.lang, practice)
        known = room.exam = ExamRoom(
            *(Sittings(room.folder.hidden), asker, room.lang, room.folder),
            *(practice, the_course(), the_library(), {}),
        )
    return known


def shown(room: ExamRoom, at: str, said: str = "") -> dict[str, Any]:
    """A page; the first one where there is none of that name."""
    try:
        return {"at": at, "html": page_html(room, at, said)}
    except (KeyError, StopIteration):
        _log.info("There is no page %s", at, exc_info=True)
        return {"at": FIRST, "html": page_html(room, FIRST, said)}


def page_at(room: Room, at: str) -> dict[str, Any]:
    """The page of a place; the first one without a place. Results that came back count as read there."""
    exams = exam_room(room)
    if (at or FIRST) == FIRST and (desk := class_of(room.folder)) is not None:
        for each in exams.results():
            desk.mark_read(each.lesson)
    return shown(exams, at or FIRST)


def act(room: Room, action: str, at: str, fields: dict[str, str]) -> dict[str, Any]:
    """What a button asked for; what that has put on its way to the mentors is sent at once.

    Raises:
        KeyError: there is no such action, or it is asked of something that there is not.
    """
    exams = exam_room(room)
    try:
        outcome = ACTIONS[action](exams, fields)
    except (StopIteration, ValueError) as fault:
        raise KeyError(action) from fault
    if action in HANDING and (desk := class_of(room.folder)) is not None:
        desk.synchronise(room.lang)
    page = shown(exams, outcome.at or at, outcome.said)
    if outcome.file is not None:
        page["file"] = outcome.file.for_page()
    return page
