"""Reminders before a due date: a draft for each learner from what is known, sent once, and to nobody who wants none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.mentor.classpage.questions import REMINDER, write_to
from classroom.mentor.place.calendar import as_utc, in_zone, zone_of
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.wording import told

if TYPE_CHECKING:
    from collections.abc import Collection

    from classroom.mentor.classpage.whole import WholeClass
    from classroom.mentor.place.folder import MentorFolder

WITHIN = dt.timedelta(days=3)
"""So long before a due date somebody who has not handed in may be reminded."""
SETTING = "no_reminders"
"""In the desk's settings: the ids of learners who want none, and no announcements either."""


@dataclass(frozen=True)
class Reminder:
    """One draft."""

    student: str
    lesson: str
    due: str
    """ISO 8601 in UTC; the learner's own, where there is an extension."""
    exercise: str
    """The next of the lesson, under which it stands, and on home."""
    text: str


def reminders(view: WholeClass) -> tuple[Reminder, ...]:
    """Whom a mentor may remind now, by lesson; nbgrader's own exchange has no way for a word without a hand-in."""
    if view.folder.has_stock_exchange:
        return ()
    sent = class_file(view.folder).reminded()
    unwanted = who_wants_none(view.folder)
    found = [
        _draft(view, lesson, each.id, due)
        for lesson in view.released
        for each in view.learners
        if each.id not in view.states[lesson] and each.id not in unwanted
        if (due := _due(view, lesson, each.id)) is not None and (each.id, lesson, due) not in sent
    ]
    return tuple(found)


def who_wants_none(folder: MentorFolder) -> frozenset[str]:
    """Who is neither reminded nor told what is announced."""
    named = folder.settings.get(SETTING, [])
    return frozenset(map(str, named)) if isinstance(named, list) else frozenset()


def _due(view: WholeClass, lesson: str, student: str) -> str | None:
    """The date, if it is near enough."""
    mark = view.marks.get((lesson, student))
    due = as_utc(mark.duedate) if mark is not None and mark.duedate is not None else view.due[lesson]
    if due is None:
        return None
    left = dt.datetime.fromisoformat(due) - view.now
    return due if dt.timedelta(0) < left <= WITHIN else None


def _draft(view: WholeClass, lesson: str, student: str, due: str) -> Reminder:
    lang, file = view.folder.lang, view.files.get(student)
    exercises = view.folder.course.lesson(lesson).placed_ids(lang)
    right = {each.exercise for each in file.attempts if each.status == "accepted"} if file else set()
    done = sum(each in right for each in exercises)
    when = in_zone(dt.datetime.fromisoformat(due), zone_of(view.folder))
    code = "reminder.begun" if done else "reminder.not_begun"
    text = told(code, lang, lesson=lesson, when=when, done=done, count=len(exercises))
    following = next((each for each in exercises if each not in right), exercises[-1])
    return Reminder(student, lesson, due, following, text)


def remind(view: WholeClass, lesson: str, students: Collection[str] | None, text: str = "") -> tuple[str, ...]:
    """Send the drafts of a lesson to these learners, or to all whom it is for; with another text, that one. Gives who got one.

    Raises:
        Unreachable: the shared folder is closed; who got theirs before is not asked again.
    """
    sent = []
    for each in reminders(view):
        if each.lesson == lesson and (students is None or each.student in students):
            write_to(view.folder, each.student, each.exercise, text or each.text, REMINDER)
            class_file(view.folder).note_reminded(each.student, lesson, each.due)
            sent.append(each.student)
    return tuple(sent)
