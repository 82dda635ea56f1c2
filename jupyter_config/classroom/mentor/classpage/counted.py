"""What is counted over a class from its progress files, and told to everybody in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from classroom.mentor.classpage.definitions import definitions
from classroom.mentor.classpage.forgetting import class_haste
from classroom.mentor.classpage.progress_files import read_files
from classroom.mentor.place.wording import told
from classroom.mentor.returning.send import (
    keep_broken,
    keep_definitions,
    keep_haste,
    read_broken,
    read_definitions,
    read_haste,
    tell_class,
)
from coursebook.practice import library_of
from coursebook.practice.day_draft import broken_in, class_best, drill_of_day
from coursebook.practice.spacing import business_day
from coursebook.practice.vague import load_questions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from classroom.exchange.records import DefinedHow
    from classroom.mentor.place.folder import MentorFolder
    from coursebook.practice.day_draft import Broken

DRAFT_DAYS = 7
"""Business days whose drafts are told of, today's among them."""


def tell_counted(folder: MentorFolder) -> None:
    """Count anew who defined a question of the day how, how fast the class forgets and with how few rows it broke the drafts of the day; tell the class what has changed.

    Raises:
        Unreachable: the way to the class is closed; what was counted is told the next time.
    """
    files, today = read_files(folder).values(), business_day(datetime.now(UTC))
    days = [today - timedelta(days=ago) for ago in range(DRAFT_DAYS)]
    counted = (
        definitions(load_questions(folder.course.root), files),
        class_haste(folder.course, files),
        class_best(library_of(folder.course.root), (each.attempts for each in files), days),
    )
    kept = (read_definitions(folder), read_haste(folder), read_broken(folder))
    if counted == kept:
        return
    _keep(folder, *counted)
    if not folder.has_stock_exchange:
        try:
            tell_class(folder)
        except Exception:
            _keep(folder, *kept)  # else nothing would be new the next time
            raise


def _keep(folder: MentorFolder, defined: Iterable[DefinedHow], haste: int, broken: Iterable[Broken]) -> None:
    keep_definitions(folder, defined)
    keep_haste(folder, haste)
    keep_broken(folder, broken)


def broken_on(folder: MentorFolder, day: date) -> Broken | None:
    """How the class fared with the draft of a day as that was counted last; None where nobody was right yet."""
    if not (counted := read_broken(folder)):
        return None  # whose draft it is need not be found out
    library = library_of(folder.course.root)
    drill = drill_of_day(library, {each.after for each in library.templates.values()}, day)
    return broken_in(counted, drill)


def draft_said(folder: MentorFolder, now: datetime) -> str:
    """How the class fares with the draft of the day, without names; empty where nobody was right yet."""
    found = broken_on(folder, business_day(now))
    return told("today.draft", folder.lang, count=found.learners, rows=found.rows) if found else ""
