"""Break it, the game of the day: one draft for everybody, and the fewest rows that show it wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.practice.cards import say
from coursebook.kind import AnswerForm
from sqlgrade.engine.written_rows import rows_written

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from classroom.learner.progress import Try
    from coursebook.practice import Library, TemplateRecord


def template_of_day(
    library: Library, begun: Collection[str], closed: Collection[str], day: date
) -> TemplateRecord | None:
    """The template whose draft is to be broken on a business day; None before the lesson that teaches it was begun.

    Args:
        library: The templates.
        begun: The lessons that were begun.
        closed: Templates that an open review asks.
        day: The business day; who has the same templates and data has the same draft.
    """
    rows = [each for _, each in sorted(library.templates.items()) if each.kind.answer is AnswerForm.ROWS]
    found = [each for each in rows if each.id not in closed and (not each.after or each.after in begun)]
    return found[day.toordinal() % len(found)] if found else None


def fewest(tries: Iterable[Try]) -> int | None:
    """Rows of the smallest answer that was right; 0 where a right draft was approved, None before there is one."""
    return min((rows_written(each.answer) for each in tries if each.accepted), default=None)


def record_said(tries: Iterable[Try], lang: str) -> str:
    """What there is to beat."""
    rows = fewest(tries)
    return say("break_first", lang) if rows is None else say("break_record", lang, rows=rows)
