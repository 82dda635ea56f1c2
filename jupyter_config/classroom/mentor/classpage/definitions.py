"""How many in the class took which reading of each question of the day, told to whoever has answered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.exchange.records import DefinedHow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.mentor.classpage.progress_files import LearnersFile
    from coursebook.practice.vague import QuestionRecord


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
