"""Where the engine's caret points in the writer's own text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sqlgrade.errors.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.errors.tokens import Token

_EXCERPT = re.compile(r"\n\s*LINE (?P<line>\d+): (?P<text>[^\n]*)\n(?P<caret>[ ]*\^+)")
_QUOTED = re.compile(r'at or near "(?P<word>.*?)"(?:\n|$)', re.DOTALL)
_ELLIPSIS = "..."
_SPACES = frozenset("\t\u00a0\u3000\u200b\u2060\ufeff")
"""Spaces that the engine turns into plain ones before it reads the text."""


def split_message(message: str) -> tuple[str, str]:
    """Split the engine's message into its kind (`Parser`, `Binder` …) and its text without the excerpt."""
    excerpt = _EXCERPT.search(message)
    body = (message[: excerpt.start()] if excerpt else message).strip()
    head, separator, rest = body.partition(" Error: ")
    return (head, rest) if separator and "\n" not in head else ("", body)


def find_place(message: str, sql: str) -> tuple[int, int] | tuple[None, None]:
    """Find the span of `sql` under the caret of `message`; (None, None) if the message shows none."""
    excerpt = _EXCERPT.search(message)
    if excerpt is None:
        return _find_quoted(message, sql)
    prefix = len(f"LINE {excerpt['line']}: ")
    caret = excerpt["caret"]
    first = _characters_in_width(excerpt["text"], caret.index("^") - prefix)
    last = _characters_in_width(excerpt["text"], len(caret) - prefix)
    offsets = _find_excerpt(excerpt["text"], int(excerpt["line"]), sql)
    if offsets is None or first >= len(offsets):
        return _find_quoted(message, sql)
    start, end = offsets[first], offsets[min(max(last, first + 1), len(offsets) - 1)]
    return (start, min(end, len(sql))) if start < len(sql) else (None, None)


def span_at(tokens: Sequence[Token], position: int, sql: str) -> tuple[int, int] | tuple[None, None]:
    """Extend an offset to the name, qualified name or call that stands there."""
    at = next((i for i, token in enumerate(tokens) if token.end > position), None)
    if at is None:
        return (position, len(sql)) if position < len(sql) else (None, None)
    last = at
    while last + 2 < len(tokens) and tokens[last + 1].text == ".":
        last += 2
    if last + 1 < len(tokens) and tokens[last + 1].text == "(" and tokens[last].kind is Kind.WORD:
        depth = tokens[last + 1].depth
        last = next(
            (i for i in range(last + 2, len(tokens)) if tokens[i].text == ")" and tokens[i].depth == depth), last
        )
    return tokens[at].start, tokens[last].end


def _characters_in_width(text: str, width: int) -> int:
    """Count the characters that fill `width` columns of a terminal, where an East Asian one fills two."""
    filled = 0
    for index, character in enumerate(text):
        if filled >= width:
            return index
        filled += _width(character)
    return len(text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _find_excerpt(shown: str, line: int, sql: str) -> list[int] | None:
    """For each character of the shown line, and its end, the offset in `sql`."""
    lines = sql.split("\n")
    if line > len(lines):
        return None
    before = sum(len(text) + 1 for text in lines[: line - 1])
    whole, offsets = _as_engine_sees(lines[line - 1])
    for front in (0, len(_ELLIPSIS)):
        for back in (0, len(_ELLIPSIS)):
            cut_is_marked = (not front or shown.startswith(_ELLIPSIS)) and (not back or shown.endswith(_ELLIPSIS))
            found = whole.find(shown[front : len(shown) - back].replace("\t", " ")) if cut_is_marked else -1
            if found >= 0:
                places = (max(0, found + place - front) for place in range(len(shown) + 1))
                return [before + offsets[min(place, len(offsets) - 1)] for place in places]
    return None


def _as_engine_sees(line: str) -> tuple[str, list[int]]:
    """The line with each wide space as plain ones, one a byte, and for each character its offset in `line`."""
    seen: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(line):
        piece = " " * len(character.encode()) if character in _SPACES else character
        seen.append(piece)
        offsets += [offset] * len(piece)
    return "".join(seen), [*offsets, len(line)]


def _find_quoted(message: str, sql: str) -> tuple[int, int] | tuple[None, None]:
    quoted = _QUOTED.search(message)
    if quoted is None:
        return None, None
    start = sql.find(quoted["word"])
    return (start, start + len(quoted["word"])) if start >= 0 and quoted["word"] else (None, None)
