"""The course, read once for a server's whole life."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coursebook import Course
    from coursebook.practice import Library


@cache
def the_course() -> Course:
    """The course that PENGUIN_COURSE names, or the one that comes with the package."""
    from coursebook import load_course

    return load_course(os.environ.get("PENGUIN_COURSE") or None)


@cache
def the_library() -> Library:
    """What can be practised in it."""
    from coursebook.practice import load_library

    return load_library(the_course().root)
