"""The normal form of an answer: what is left when comments and layout are taken away, judged once for all who wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlgrade.dialect.heading import DUCKDB, dialect_of

_SPACE = " \t\r\n\f\v"
_UNUSUAL = re.compile(r"\$\w*\$|\b[eE]'|/\*(?:(?!\*/).)*/\*", re.DOTALL)
_PERCENT_LINE = re.compile(r"^[ \t　]*[%％]", re.MULTILINE)
MOST_CHARACTERS = 100_000


@dataclass(frozen=True)
class NormalForm:
    """A normal form with the place of each of its characters in the text it was made of."""

    text: str
    places: tuple[int, ...]

    def place(self, position: int) -> int:
        """Where a character of the normal form stands in the learner's text; its end for a position behind the last."""
        if not self.places:
            return 0
        return self.places[position] if position < len(self.places) else self.places[-1] + 1


def normal_form(text: str, *, by_line: bool) -> NormalForm:
    """The text without comments, spare white space and closing semicolon.

    Line breaks stay where they matter: in kinds that are read by lines (`by_line`), and beside a % line. A text that names
    another dialect stays as it is: its comments say which, and its quotes follow other rules.
    """
    if len(text) > MOST_CHARACTERS or _UNUSUAL.search(text) or dialect_of(text) != DUCKDB:
        return NormalForm(text, tuple(range(len(text))))
    by_line = by_line or _PERCENT_LINE.search(text) is not None
    kept: list[tuple[str, int]] = []
    for start, end in _pieces(text):
        piece = text[start:end]
        if piece[0] in _SPACE or piece.startswith(("--", "/*")):
            _add_gap(kept, piece, start, by_line=by_line)
        else:
            kept += [(character, start + number) for number, character in enumerate(piece)]
    while kept and kept[-1][0] in _SPACE:
        kept.pop()
    if kept and kept[-1][0] == ";":
        kept.pop()
    while kept and kept[-1][0] in _SPACE:
        kept.pop()
    return NormalForm("".join(character for character, _ in kept), tuple(place for _, place in kept))


_PIECE = re.compile(
    r"""[ \t\r\n\f\v]+|--[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^']|'')*(?:'|\Z)|"(?:[^"]|"")*(?:"|\Z)|.""", re.DOTALL
)


def _pieces(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _PIECE.finditer(text)]


def _add_gap(kept: list[tuple[str, int]], piece: str, start: int, *, by_line: bool) -> None:
    """One space or line break for a run of white space and comments, none at the beginning."""
    breaks = by_line and "\n" in piece
    if not kept:
        return
    if kept[-1][0] in " \n":
        if breaks and kept[-1][0] == " ":
            kept[-1] = ("\n", start)
        return
    kept.append(("\n" if breaks else " ", start))
