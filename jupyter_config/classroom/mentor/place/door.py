"""Which way hand-ins travel, by the course folder's settings, and the desk's end of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.exchange.hub_line import hub_line
from classroom.exchange.invitation import BY_FOLDER, BY_HAND, BY_HUB
from classroom.exchange.over_hub import HubForDesk
from classroom.exchange.shared_folder import FolderForDesk

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder


def way_of(folder: MentorFolder) -> str:
    """The name of the way that the class uses, as invitations give it."""
    if folder.is_on_hub:
        return BY_HUB
    return BY_FOLDER if folder.share else BY_HAND


def door_of(folder: MentorFolder) -> FolderForDesk | HubForDesk | None:
    """The desk's end; None where files are carried by hand."""
    if way_of(folder) == BY_HUB:
        return HubForDesk(hub_line(), folder.course_id, folder.desk / "progress")
    return FolderForDesk(folder.share, folder.course_id) if folder.share else None
