"""The calls of functions in a text, cut into their arguments."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sqlgrade.errors.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.errors.tokens import Token

COMPARISONS = frozenset(["=", "<>", "!=", "==", "<", ">", "<=", ">="])
_LOOSE = COMPARISONS | frozenset(["+", "-", "*", "/", "//", "%", "||"])
_LOOSE_WORDS = frozenset(["AND", "OR", "NOT", "IN", "LIKE", "BETWEEN", "IS", "CASE"])


@dataclass(frozen=True)
class Argument:
    """One argument of a call."""

    text: str
    """As it is written, each stretch of white space as one space."""
    tokens: tuple[Token, ...]

    @property
    def as_operand(self) -> str:
        """The text in brackets, if an operator beside it would tear it apart."""
        outside = min((token.depth for token in self.tokens), default=0)
        loose = any(
            token.depth == outside and (token.text in _LOOSE or token.upper in _LOOSE_WORDS)
            for token in self.tokens[1:]
        )
        return f"({self.text})" if loose else self.text

    @property
    def is_condition(self) -> bool:
        """Whether it compares something."""
        return any(token.text in COMPARISONS or token.upper in {"LIKE", "IN", "IS", "NOT"} for token in self.tokens)

    @property
    def plain(self) -> str:
        """A text without its quotes; anything else as it is written."""
        return self.text[1:-1].replace("''", "'") if self.is_text else self.text

    @property
    def is_text(self) -> bool:
        """Whether it is one text in quotes."""
        return len(self.tokens) == 1 and self.tokens[0].text.startswith("'") and len(self.text) > 1


@dataclass(frozen=True)
class Call:
    """A name, its brackets and what stands in them."""

    name: str
    """In capitals."""
    start: int
    end: int
    arguments: tuple[Argument, ...]


def calls_in(sql: str, tokens: Sequence[Token]) -> tuple[Call, ...]:
    """All calls in the order in which they begin; brackets that are never closed make none."""
    found = []
    for at, (name, opening) in enumerate(pairwise(tokens)):
        if name.kind is not Kind.WORD or opening.text != "(":
            continue
        inside = range(at + 2, len(tokens))
        last = next((i for i in inside if tokens[i].text == ")" and tokens[i].depth == opening.depth), None)
        if last is not None:
            arguments = _arguments(sql, tokens[at + 2 : last], opening.depth + 1)
            found.append(Call(name.upper, name.start, tokens[last].end, arguments))
    return tuple(found)


def _arguments(sql: str, tokens: Sequence[Token], depth: int) -> tuple[Argument, ...]:
    if not tokens:
        return ()
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == "," and token.depth == depth:
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(_argument(sql, part) for part in parts)


def _argument(sql: str, part: Sequence[Token]) -> Argument:
    text = " ".join(sql[part[0].start : part[-1].end].split()) if part else ""
    return Argument(text, tuple(part))
