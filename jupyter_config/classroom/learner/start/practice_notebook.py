"""The practice notebook: a card with a button for each way of practising; what is answered stays below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.practice.menu import LINE, menu_card
from classroom.learner.start.notebooks import markdown_cell, notebook_bytes, shown_cell
from classroom.messages import say

if TYPE_CHECKING:
    from coursebook import Course
    from coursebook.practice import Library


def practice_notebook(library: Library, course: Course, lang: str) -> bytes:
    """The notebook as it is laid out; the same bytes each time."""
    cells = [
        markdown_cell("practice-intro", say("practice_notebook.intro", lang)),
        shown_cell("practice-menu", f"%{LINE}", menu_card(library, course, lang)),
    ]
    return notebook_bytes(cells, "practice", lang)
