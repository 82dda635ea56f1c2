"""What is counted over a class from its progress files, and told to everybody in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.mentor.classpage.definitions import definitions
from classroom.mentor.classpage.forgetting import class_haste
from classroom.mentor.classpage.progress_files import read_files
from classroom.mentor.returning.send import keep_definitions, keep_haste, read_definitions, read_haste, tell_class
from coursebook.practice.vague import load_questions

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder


def tell_counted(folder: MentorFolder) -> None:
    """Count anew, in the latest progress file of each learner, who defined a question of the day how, and how fast the class forgets, and tell the class where that changes anything.

    Raises:
        Unreachable: the way to the class is closed; what was counted is told the next time.
    """
    files = read_files(folder).values()
    counted = definitions(load_questions(folder.course.root), files)
    haste = class_haste(folder.course, files)
    if (counted, haste) != (read_definitions(folder), read_haste(folder)):
        keep_definitions(folder, counted)
        keep_haste(folder, haste)
        if not folder.has_stock_exchange:
            tell_class(folder)
