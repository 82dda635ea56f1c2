"""The course, read once for a server's whole life."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from classroom.chosen_course import chosen_course

if TYPE_CHECKING:
    from coursebook import Course
    from coursebook.practice import Library


@cache
def the_course() -> Course:
    """The course that is taught here."""
    return chosen_course()


def the_library() -> Library:
    """What can be practised in it."""
    from coursebook.practice import library_of

    return library_of(the_course().root)
