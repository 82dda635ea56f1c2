"""Lines as they are written, atom by atom."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlgrade.layout.atoms import Comment
    from sqlgrade.layout.nodes import Placed

WIDTH = 100
"""Columns of a line, where it can be cut."""


class Page:
    """A text in the making; a comment at a line's end ends the line, whatever comes."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line = ""
        self._indent: int | None = 0
        """Where the next line begins that is due; None if none is."""
        self._is_ended = False
        """Whether a comment has ended the line."""
        self._keeps_blank = False

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join([*self._lines, self._line]) if self._line else "\n".join(self._lines)

    @property
    def column(self) -> int:
        """Where the next atom would begin, a blank before it left out."""
        return self._indent if self._indent is not None else len(self._line.rpartition("\n")[2])

    @property
    def is_fresh(self) -> bool:
        """Whether the next atom begins a line."""
        return self._indent is not None

    def newline(self, indent: int, *, keeps_blank: bool = False) -> None:
        """Begin a line with the next atom, and leave an empty one where there was one and it is kept."""
        self._indent, self._keeps_blank = indent, keeps_blank

    def put(self, piece: Placed, hang: int, before_at: int | None = None) -> None:
        """Write an atom and its comments; `hang` is where a line begins that only a comment makes due."""
        atom = piece.atom
        for each in atom.before:
            self.comment(each, before_at if before_at is not None else self._due(hang))
        if self._is_ended and self._indent is None:
            self._indent = hang
        if self._indent is None:
            self._line += f" {atom.text}" if piece.blank else atom.text
        else:
            self._begin(f"{' ' * self._indent}{atom.text}", blank=atom.after_blank and self._keeps_blank)
        if atom.after:
            self._line += f" {atom.after.text}"
            self._is_ended = True

    def comment(self, comment: Comment, indent: int) -> None:
        """Write a comment on a line of its own; the next atom begins another."""
        due = self._due(indent)
        self._begin(f"{' ' * indent}{comment.text}", blank=comment.after_blank)
        self._indent = due

    def _due(self, otherwise: int) -> int:
        return self._indent if self._indent is not None else otherwise

    def _begin(self, line: str, *, blank: bool) -> None:
        if self._line:
            self._lines.append(self._line)
        if blank and self._lines:
            self._lines.append("")
        self._line, self._indent, self._is_ended = line, None, False
