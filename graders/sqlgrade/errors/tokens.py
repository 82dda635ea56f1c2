"""Words of an SQL text with their places, cut so that broken text still gives words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    STRING = "string"
    NAME = "name"
    """A double-quoted or back-quoted identifier."""
    MARK = "mark"
    """An operator, bracket or separator."""


@dataclass(frozen=True)
class Token:
    """One word of the text."""

    kind: Kind
    text: str
    start: int
    end: int
    depth: int
    """How many brackets are open around it; a bracket counts as outside itself."""

    @property
    def upper(self) -> str:
        """The text in capitals, for comparison with keywords."""
        return self.text.upper()


_PATTERN = re.compile(
    r"""
      (?P<skip>[\s\u200b\u2060\ufeff]+|--[^\n]*|/\*.*?(?:\*/|\Z))
    | (?P<string>[eEbBxX]?'(?:[^']|'')*(?:'|\Z)|\$(\w*)\$.*?(?:\$\3\$|\Z))
    | (?P<name>"(?:[^"]|"")*(?:"|\Z)|`[^`]*(?:`|\Z))
    | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)
    | (?P<word>(?:[^\W\d]|[^\x00-\x7f\s\u200b\u2060\ufeff])(?:[\w$]|[^\x00-\x7f\s\u200b\u2060\ufeff])*)
    | (?P<mark><>|!=|<=|>=|==|=>|=<|::|->>|->|\|\||//|\*\*|:=|[^\s])
    """,
    re.VERBOSE | re.DOTALL,
)


def tokenize(sql: str) -> tuple[Token, ...]:
    """Cut the text into tokens; an unclosed quote runs to the end of the text."""
    tokens: list[Token] = []
    depth = 0
    for match in _PATTERN.finditer(sql):
        kind = match.lastgroup
        if kind is None or kind == "skip":
            continue
        text = match.group()
        if text == ")":
            depth = max(0, depth - 1)
        tokens.append(Token(Kind(kind), text, match.start(), match.end(), depth))
        if text == "(":
            depth += 1
    return tuple(tokens)


def words(text: str) -> tuple[str, ...]:
    """Make keywords from one line of them, in their order."""
    return tuple(text.split())
