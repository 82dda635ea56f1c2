"""Colleagues' ways of solving an exercise: right answers that a mentor chooses, shown without a name to whoever has solved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.exchange.records import ColleaguesWay
from classroom.mentor.returning.send import keep_ways, read_ways, tell_class

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder


def is_shown(folder: MentorFolder, exercise: str, sql: str) -> bool:
    """Whether an answer is shown."""
    return _way(folder, exercise, sql) in read_ways(folder)


def show(folder: MentorFolder, exercise: str, sql: str, *, shown: bool) -> None:
    """Show an answer, or show it no more; the class is told.

    Args:
        folder: The mentor's folder.
        exercise: The exercise's id, as the class has it.
        sql: The answer's normal form, which holds no comment and so no name.
        shown: Whether it is to be shown.

    Raises:
        Unreachable: the way to the class is closed; the choice is kept, and told the next time.
    """
    way = _way(folder, exercise, sql)
    others = tuple(each for each in read_ways(folder) if each != way)
    keep_ways(folder, (*others, way) if shown else others)
    if not folder.has_stock_exchange:
        tell_class(folder)


def _way(folder: MentorFolder, exercise: str, sql: str) -> ColleaguesWay:
    course = folder.course
    latest = course.numbering.ids(course.used_numbering, course.numbering.latest)
    return ColleaguesWay(latest.get(exercise, exercise), sql)
