"""A team's Expo, as the page asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from classroom.mentor.expo.together import part, work_together
from classroom.mentor.page.asked import text_of
from classroom.mentor.place.gradebook import name_of
from classroom.mentor.place.wording import told
from classroom.mentor.returning.send import tell_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.mentor.place.folder import MentorFolder


def team_up(folder: MentorFolder, asked: Mapping[str, Any]) -> str:
    """Put the team of who writes to one Expo, and let them know; raises as `work_together`, and Unreachable where only the latter could not be done."""
    writer = text_of(asked, "writer", 100)
    members = work_together(folder, writer)
    tell_class(folder)
    return told("team_expo.made", folder.lang, writer=name_of(folder, writer), count=len(members))


def part_team(folder: MentorFolder, asked: Mapping[str, Any]) -> str:
    """Let them work each on their own again, and let them know; raises as `part`, and Unreachable."""
    writer = part(folder, text_of(asked, "student", 100))
    tell_class(folder)
    return told("team_expo.parted", folder.lang, writer=name_of(folder, writer))
