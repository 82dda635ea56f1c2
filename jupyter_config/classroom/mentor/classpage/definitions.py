"""How many in the class took which reading of each question of the day, told to whoever has answered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.exchange.records import DefinedHow
from classroom.mentor.classpage.progress_files import read_files
from classroom.mentor.returning.send import keep_definitions, read_definitions, tell_class
from coursebook.practice.vague import load_questions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.mentor.classpage.progress_files import LearnersFile
    from classroom.mentor.place.folder import MentorFolder
    from coursebook.practice.vague import QuestionRecord


def tell_definitions(folder: MentorFolder, assignment: str) -> None:
    """Count anew from the progress that is at the desk, and tell the class where that changes anything.

    Raises:
        Unreachable: the way to the class is closed; what was counted is told the next time.
    """
    counted = definitions(load_questions(folder.course.root), read_files(folder, assignment).values())
    if counted != read_definitions(folder):
        keep_definitions(folder, counted)
        if not folder.has_stock_exchange:
            tell_class(folder)


def definitions(questions: Iterable[QuestionRecord], files: Iterable[LearnersFile]) -> tuple[DefinedHow, ...]:
    """The questions that somebody has answered by one of their readings, each with how many took which."""
    taken = [each for file in files for each in file.defined]
    counted = []
    for question in questions:
        named = [reading for asked, reading in taken if asked == question.id]
        counts = tuple(
            sum(each in (reading.name.ja, reading.name.en) for each in named) for reading in question.readings
        )
        if any(counts):
            counted.append(DefinedHow(question.id, counts))
    return tuple(counted)
