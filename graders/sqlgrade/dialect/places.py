"""Where the words of a translated text stand in the text as it was written."""

from __future__ import annotations

import bisect
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING

import sqlglot
from sqlglot.errors import SqlglotError

from sqlgrade.dialect.reading import tokens_of

if TYPE_CHECKING:
    from sqlglot.tokenizer_core import Token

_MOST_COMPARED = 3_000
"""Words up to which every one is looked for; in a longer text those that recur all the time are passed over."""


class Places:
    """The words of two texts that say the same, held against each other."""

    def __init__(self, written: str, translated: str) -> None:
        """Take both; they are compared when a place is first asked for."""
        self.written, self.translated = written, translated

    @cached_property
    def _own(self) -> list[Token]:
        return tokens_of(self.written)

    @cached_property
    def _made(self) -> list[Token]:
        return list(sqlglot.tokenize(self.translated, dialect="duckdb"))

    @cached_property
    def _pairs(self) -> dict[int, int]:
        """Number of a translated word -> number of the same word as it was written."""
        made, own = ([token.text.upper() for token in each] for each in (self._made, self._own))
        matcher = SequenceMatcher(None, made, own, autojunk=len(made) > _MOST_COMPARED)
        return {block.a + step: block.b + step for block in matcher.get_matching_blocks() for step in range(block.size)}

    def back(self, offset: int) -> int:
        """Where the word at a place of the translated text was written; of a word that was put in, the nearest one's."""
        at = max(bisect.bisect_right([token.start for token in self._made], offset) - 1, 0)
        near = sorted(self._pairs, key=lambda number: (abs(number - at), number < at))
        return self._own[self._pairs[near[0]]].start if near else 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the translated text was written."""
        inside = [n for n, token in enumerate(self._made) if token.start < end and token.end + 1 > start]
        own = [self._pairs[number] for number in inside if number in self._pairs]
        if not own:
            place = self.back(start)
            word = next(token for token in self._own if token.start == place) if self._own else None
            return place, word.end + 1 if word else place
        first, last = self._balanced(min(own), max(own))
        return self._own[first].start, self._own[last].end + 1

    def _balanced(self, first: int, last: int) -> tuple[int, int]:
        """The same words with the brackets that they open."""
        words = [token.text for token in self._own]
        open_ = sum({"(": 1, ")": -1}.get(word, 0) for word in words[first : last + 1])
        while open_ > 0 and last + 1 < len(words):
            last += 1
            open_ += {"(": 1, ")": -1}.get(words[last], 0)
        return first, last

    def quoted(self, quotation: str) -> str:
        """A stretch of the translated text in the words in which it was written; anything else as it is."""
        if "(" not in quotation and " " not in quotation:
            return quotation
        try:
            words = [token.text.upper() for token in sqlglot.tokenize(quotation, dialect="duckdb")]
        except SqlglotError:
            return quotation
        made = [token.text.upper() for token in self._made]
        for at in range(len(made) - len(words) + 1):
            if words and made[at : at + len(words)] == words:
                start, end = self.span(self._made[at].start, self._made[at + len(words) - 1].end + 1)
                return self.written[start:end]
        return quotation
