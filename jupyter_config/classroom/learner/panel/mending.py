"""Full-width signs, mended with one button on the error card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.panel.offer import put_back, sentence

if TYPE_CHECKING:
    from classroom.session.trouble import Trouble

_OF_CHARACTERS = frozenset({"full_width", "full_width_letter", "full_width_quote", "invisible_character"})


def mend_button(trouble: Trouble, source: str, lang: str) -> str:
    """A button that writes the mended text into the cell and runs it; nothing where the trouble is another."""
    if trouble.key not in _OF_CHARACTERS:
        return ""
    from sqlgrade.errors import mended  # what knows all errors is loaded with the first one

    text = mended(source)
    if text == source:
        return ""
    return put_back(text, sentence("mend.button", lang), sentence("mend.note", lang), runs=True)
