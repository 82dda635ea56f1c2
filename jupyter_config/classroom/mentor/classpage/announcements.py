"""Announcements: a mentor's own words to chosen learners, on their home, once each, and to nobody who wants none."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.exchange.moments import moment_in
from classroom.mentor.classpage.questions import ANNOUNCEMENT, write_to
from classroom.mentor.classpage.reminders import who_wants_none
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.turn import WORDS, one_at_a_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.mentor.place.folder import MentorFolder

MOST = 4_000
"""Letters of one."""
_THE_SAME_WITHIN = dt.timedelta(days=1)
"""The same words to the same learner within this time are a button that was pressed twice."""


class NoWay(Exception):  # noqa: N818  (told to the mentor)
    """Nbgrader's own exchange has no way for a word without a hand-in."""


@dataclass(frozen=True)
class Announced:
    """What came of an announcement, by learner's id."""

    sent: tuple[str, ...]
    had: tuple[str, ...]
    """Who had the same words already."""
    unwanted: tuple[str, ...]
    """Who wants none (`no_reminders` in the desk's settings)."""


def announce(folder: MentorFolder, students: Iterable[str], text: str) -> Announced:
    """Send a mentor's words, as they are written, to these learners.

    Raises:
        NoWay: hand-ins travel by nbgrader's own exchange.
        Unreachable: the shared folder is closed; sent again, it goes to those alone whom it has not reached.
        DeskFault: another program is announcing something for too long.
    """
    if folder.has_stock_exchange:
        raise NoWay
    wanted, unwanted = list(dict.fromkeys(students)), who_wants_none(folder)
    name = f"{ANNOUNCEMENT}{hashlib.sha256(text.encode()).hexdigest()[:16]}-"
    sent = []
    with one_at_a_time(folder, of=WORDS):
        now = dt.datetime.now(dt.UTC)
        had = {
            each.student
            for each in class_file(folder).replies()
            if each.question_key.startswith(name) and abs(now - moment_in(each.at)) < _THE_SAME_WITHIN
        }
        for each in wanted:
            if each not in had and each not in unwanted:
                write_to(folder, each, "", text, ANNOUNCEMENT, f"{name}{now:%Y%m%d}")
                sent.append(each)
    left_out = tuple(each for each in wanted if each in unwanted)
    return Announced(tuple(sent), tuple(each for each in wanted if each in had and each not in unwanted), left_out)
