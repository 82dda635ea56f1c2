"""The class page's own sentences, and the box that they stand in."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.mentor.place.faults import DeskFault, told_faults
from classroom.messages import say_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.mentor.place.folder import MentorFolder


def told(code: str, lang: str, **params: object) -> str:
    """A sentence of the class page; raises as `classroom.messages.say` does."""
    return say_in("classroom.mentor.classpage", code, lang, **params)


def outcome_html(folder: MentorFolder, action: Callable[[], str]) -> str:
    """What a button's action says when it is done, or that a held gradebook or a full disk kept it from being done."""
    try:
        with told_faults(folder.root):
            said = action()
    except DeskFault:
        said = told("not_written", folder.lang)
    return f"<p>{escape(said)}</p>"


def html_box(text: str) -> Any:
    """A widget that shows HTML in the page's own style."""
    widgets: Any = import_module("ipywidgets")
    return widgets.HTML(f'<div class="pg">{text}</div>')
