"""What pages say of the sample dashboard: how it is had, and how it is thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.bi.markup import act, buttons, form, told
from classroom.learner.bi.place import MARKETPLACE
from classroom.learner.bi.sample import is_empty

if TYPE_CHECKING:
    from classroom.learner.bi.place import BiRoom


def sample_offer(room: BiRoom) -> str:
    """The way to the sample, in a room that holds nothing yet and has the tables that it reads."""
    if not is_empty(room) or not set(MARKETPLACE) <= set(room.tables):
        return ""
    lang = room.lang
    return (
        f'<section class="penguin-bi-sample"><h3>{told("sample.title", lang)}</h3><p>{told("sample.what", lang)}</p>'
        f"{form(buttons(act('sample/make', told('sample.make', lang))))}</section>"
    )


def sample_note(room: BiRoom, board: int) -> str:
    """That this is the sample, and the button that throws it away; nothing for any other dashboard."""
    if board not in room.store.samples().values():
        return ""
    lang = room.lang
    away = act("sample/forget", told("sample.forget", lang), sure=told("sample.forget_sure", lang), board=board)
    return f'<section class="penguin-bi-sample"><p>{told("sample.note", lang)}</p>{form(buttons(away))}</section>'
