"""What keeps scores from the platform, in a mentor's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.mentor.passback.settings import read_key, read_platform, who_came
from classroom.mentor.place.faults import DeskFault
from classroom.messages import say

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder

_STEPS = ("token", "column", "score")


def why_in_words(fault: str, lang: str) -> str:
    """What a score's fault says: at which step, and what the platform or the network said."""
    step, _, said = fault.partition(": ")
    return say(f"desk.lti.at_{step}", lang, why=said or "–") if step in _STEPS else fault


def what_is_wrong(folder: MentorFolder) -> str:
    """What in the settings, the key or the hub's file keeps all of them, as a sentence; empty where nothing does."""
    try:
        settings = read_platform(folder)
        if settings is not None:
            read_key(folder)
            who_came(settings)
    except DeskFault as fault:
        return say(f"desk.{fault.code}", folder.lang, **fault.params)
    return ""
