"""Two who hand in together, as the page asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from classroom.mentor.collecting.pairs import pair_up, part
from classroom.mentor.page.asked import text_of
from classroom.mentor.place.gradebook import name_of
from classroom.mentor.place.wording import told
from classroom.mentor.returning.send import tell_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.mentor.place.folder import MentorFolder


def pair_them(folder: MentorFolder, lesson: str, asked: Mapping[str, Any]) -> str:
    """Pair two up, and let them know; raises as `pair_up`, and Unreachable where only the latter could not be done."""
    one, other = text_of(asked, "one", 100), text_of(asked, "other", 100)
    pair_up(folder, lesson, one, other)
    tell_class(folder)
    return told("pair.made", folder.lang, lesson=lesson, one=name_of(folder, one), other=name_of(folder, other))


def part_them(folder: MentorFolder, lesson: str, asked: Mapping[str, Any]) -> str:
    """Let two hand in each alone again, and let them know; raises as `part`, and Unreachable."""
    student = text_of(asked, "student", 100)
    part(folder, lesson, student)
    tell_class(folder)
    return told("pair.parted", folder.lang, lesson=lesson, student=name_of(folder, student))
