"""A cell's text laid out anew: its SQL by the judge's rules of layout, its first line and its % lines as they are."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.messages import say
from classroom.session.cell_text import MagicLine, SqlBlock, hash_comments, split_cell
from coursebook.answer_cell import KERNEL_LINES, below_first_line, recognise
from sqlgrade.dialect.heading import named_dialect
from sqlgrade.layout import CannotRead, lay_out
from sqlgrade.record import LONGEST_ANSWER


@dataclass(frozen=True)
class LaidCell:
    """What became of a cell's text."""

    text: str
    """As it is to be; as it was where it can't be read."""
    why_not: str = ""
    """Why it was left as it is, as a sentence."""


def laid_out(source: str, dialect: str, lang: str) -> LaidCell:
    """A cell's text laid out in the dialect in which it is read; what it means is what it meant, else it is left as it is."""
    if len(source) > LONGEST_ANSWER:
        return LaidCell(source, say("layout.long", lang, most=f"{LONGEST_ANSWER:,}"))
    below = below_first_line(source)
    head = source[: len(source) - len(below)]
    try:
        text = head + _laid_out(below, dialect)
    except CannotRead as unread:
        line = below.count("\n", 0, unread.place) + 1
        return LaidCell(source, say(f"layout.{unread.code}", lang, line=line))
    if _frame(text) != _frame(source):
        return LaidCell(source, say("layout.text", lang, line=1))
    return LaidCell(text)


def _laid_out(text: str, dialect: str) -> str:
    parts: list[str] = []
    for block in split_cell(text, KERNEL_LINES):
        above, here = text[: block.offset], text[block.offset :]
        space = above[len(above.rstrip()) :] + here[: len(here) - len(here.lstrip())]
        is_apart = bool(parts) and space.count("\n") > 1
        parts += ["", _block(block, text, dialect)] if is_apart else [_block(block, text, dialect)]
    return "\n".join(parts)


def _block(block: SqlBlock | MagicLine, text: str, dialect: str) -> str:
    if isinstance(block, MagicLine):
        return text[block.offset :].split("\n", 1)[0].rstrip()
    try:
        return lay_out(block.sql, dialect, hash_comments)
    except CannotRead as unread:
        raise CannotRead(unread.code, block.offset + unread.place) from unread


def _frame(source: str) -> tuple[object, ...]:
    """What the room reads of a cell beside its SQL."""
    answer = recognise(source)
    lines = [(each.name, each.argument) for each in split_cell(source, KERNEL_LINES) if isinstance(each, MagicLine)]
    return answer and answer.exercise_id, named_dialect(source), lines
