"""The desk's end of the way that learners reach by themselves: a shared folder, or the hub's service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.exchange.hub_line import hub_line
from classroom.exchange.over_hub import HubForDesk
from classroom.exchange.shared_folder import FolderForDesk

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder


def door_of(folder: MentorFolder) -> FolderForDesk | HubForDesk | None:
    """The desk's end; None where files are carried by hand."""
    if folder.is_on_hub:
        return HubForDesk(hub_line(), folder.course_id, folder.desk / "progress")
    return FolderForDesk(folder.share, folder.course_id) if folder.share else None
