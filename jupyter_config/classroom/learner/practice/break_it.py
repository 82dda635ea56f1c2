"""Break it, the game of the day: what there is to beat, one's own record and the class's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.practice.cards import say
from coursebook.practice.day_draft import broken_in, drill_of_day, fewest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from classroom.learner.practice.history import History
    from classroom.learner.progress import Try
    from coursebook.practice import Library
    from coursebook.practice.day_draft import Broken


def record_said(tries: Iterable[Try], lang: str) -> str:
    """What there is to beat of one's own."""
    rows = fewest(tries)
    return say("break_first", lang) if rows is None else say("break_record", lang, rows=rows)


def class_said(broken: Broken | None, lang: str) -> str:
    """The class's best, without names; empty where nobody was right yet."""
    return say("break_class", lang, rows=broken.rows, count=broken.learners) if broken else ""


def draft_on_home(library: Library, history: History, today: date, lang: str) -> str:
    """The words of home's line about the draft of the day; empty before the lesson that teaches it, and once it is broken."""
    drill = drill_of_day(library, history.begun, today)
    if not drill or fewest(each for each in history.tries if each.exercise_id == drill) is not None:
        return ""
    return " ".join(filter(None, (say("break_home", lang), class_said(broken_in(history.broken, drill), lang))))
