"""Atoms as brackets and CASE … END hold them together."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from sqlgrade.layout.atoms import CannotRead, LaidAtom

_CLOSES = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True)
class Placed:
    """An atom with the blank before it."""

    atom: LaidAtom
    blank: bool

    @property
    def word(self) -> str:
        """The grammar's word that it is, or nothing."""
        return self.atom.word

    @property
    def flat(self) -> str:
        """What it is on one line."""
        return self.atom.text

    @property
    def first(self) -> Placed:
        """The piece that it begins with."""
        return self

    @property
    def last(self) -> Placed:
        """The piece that it ends with."""
        return self

    @property
    def is_forced(self) -> bool:
        """Whether a comment inside keeps it from standing on one line."""
        return False


@dataclass(frozen=True)
class Group:
    """What stands between brackets, or from CASE to END."""

    first: Placed
    items: tuple[Node, ...]
    last: Placed
    word: str = field(default="", init=False)

    @property
    def is_case(self) -> bool:
        """Whether it is CASE … END."""
        return self.first.word == "CASE"

    @cached_property
    def flat(self) -> str:
        """What it is on one line."""
        return flat([self.first, *self.items, self.last])

    @cached_property
    def is_forced(self) -> bool:
        """Whether a comment inside keeps it from standing on one line."""
        return is_forced([self.first, *self.items, self.last])


Node: TypeAlias = Placed | Group


def flat(nodes: list[Node]) -> str:
    """Nodes on one line."""
    parts = [f"{' ' if at and node.first.blank else ''}{node.flat}" for at, node in enumerate(nodes)]
    return "".join(parts)


def is_forced(nodes: list[Node]) -> bool:
    """Whether a comment between the first atom and the last keeps nodes from standing on one line."""
    return any(
        node.is_forced or (at > 0 and node.first.atom.before) or (at < len(nodes) - 1 and node.last.atom.after)
        for at, node in enumerate(nodes)
    )


def grouped(pieces: list[Placed]) -> list[Node]:
    """The nodes of a text.

    Raises:
        CannotRead: a bracket has no partner.
    """
    open_at: list[tuple[Placed, list[Node]]] = []
    items: list[Node] = []
    for piece in pieces:
        text = piece.atom.text
        if text in _CLOSES.values() or piece.word == "CASE":
            open_at.append((piece, items))
            items = []
        elif piece.word == "END" and open_at and open_at[-1][0].word == "CASE":
            first, around = open_at.pop()
            items = [*around, Group(first, tuple(items), piece)]
        elif text in _CLOSES:
            items = _without_open_cases(open_at, items)
            if not open_at or open_at[-1][0].atom.text != _CLOSES[text]:
                raise CannotRead("bracket", piece.atom.start)
            first, around = open_at.pop()
            items = [*around, Group(first, tuple(items), piece)]
        else:
            items.append(piece)
    items = _without_open_cases(open_at, items)
    if open_at:
        raise CannotRead("bracket", open_at[-1][0].atom.start)
    return items


def _without_open_cases(open_at: list[tuple[Placed, list[Node]]], items: list[Node]) -> list[Node]:
    """A CASE that has no END is a word like others."""
    while open_at and open_at[-1][0].word == "CASE":
        first, around = open_at.pop()
        items = [*around, first, *items]
    return items
