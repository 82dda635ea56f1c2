"""The class page's own sentences."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.mentor.faults import DeskFault, told_faults
from classroom.messages import say_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.mentor.place import MentorFolder


def told(code: str, lang: str, **params: object) -> str:
    """A sentence of the class page; raises as `classroom.messages.say` does."""
    return say_in("classroom.cohort", code, lang, **params)


def outcome_html(folder: MentorFolder, action: Callable[[], str]) -> str:
    """What a button's action says when it is done, or that a held gradebook or a full disk kept it from being done."""
    try:
        with told_faults(folder.root):
            said = action()
    except DeskFault:
        said = told("not_written", folder.lang)
    return f"<p>{escape(said)}</p>"
