"""Where the words of a translated text stand in the text as it was written."""

from __future__ import annotations

import bisect
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING

import sqlglot
from sqlglot.errors import SqlglotError

from sqlgrade.dialect.heading import BIGQUERY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlglot.tokenizer_core import Token

_MOST_COMPARED = 3_000
"""Words up to which every one is looked for; in a longer text those that recur all the time are passed over."""


_MOST_COPIED = 60
"""Words of a stretch up to which it is looked for elsewhere."""
_BRACKETS = ("(", ")", ",")
_CUT = "…"
_LONGEST_QUOTE, _QUOTED_FIRST, _QUOTED_LAST = 70, 40, 28


def shortened(quotation: str) -> str:
    """A quotation on one line; of a long one the middle is left out, as a comparison says the most at its ends."""
    plain = " ".join(quotation.split())
    if len(plain) <= _LONGEST_QUOTE:
        return plain
    first, last = plain[:_QUOTED_FIRST].rsplit(" ", 1)[0], plain[-_QUOTED_LAST:].split(" ", 1)[-1]
    if first.count("'") % 2:  # a text is not cut in the middle
        first = first[: first.rindex("'")].rstrip()
    if last.count("'") % 2:
        last = last[last.index("'") + 1 :].lstrip()
    return f"{first} {_CUT} {last}".strip()


class Places:
    """The words of two texts that say the same, held against each other."""

    def __init__(self, written: str, translated: str, dialect: str = BIGQUERY) -> None:
        """Take both; they are compared when a place is first asked for."""
        self.written, self.translated, self._dialect = written, translated, dialect

    @cached_property
    def _own(self) -> list[Token]:
        return list(sqlglot.tokenize(self.written, dialect=self._dialect))

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
        own = [self._pairs[number] for number in self._best_copy(inside) if number in self._pairs]
        if not any(self._own[number].text not in _BRACKETS for number in own):
            place = self.back(start)
            word = next(token for token in self._own if token.start == place) if self._own else None
            return place, word.end + 1 if word else place
        first, last = self._balanced(min(own), max(own))
        parted = _has_comma([token.text for token in self._own[first : last + 1]])
        if parted and not _has_comma([self._made[number].text for number in inside]):
            first, last = self._whole_call(first, last)
        return self._own[self._path_begun(first, inside[0])].start, self._own[last].end + 1

    def _path_begun(self, first: int, made: int) -> int:
        """The first word of the name in whose midst a word stands, where its schema is written and not run."""
        if made > 0 and self._made[made - 1].text == ".":
            return first
        while first > 1 and self._own[first - 1].text == ".":
            first -= 2
        return first

    def _best_copy(self, inside: list[int]) -> list[int]:
        """The same words of the translation where most of them were written: what is written once may stand there twice."""
        words = [self._made[number].text.upper() for number in inside]
        copies = [inside] if len(inside) > _MOST_COPIED else [inside, *self._copies(words)]
        return max(copies, key=lambda each: sum(number in self._pairs for number in each))

    def _copies(self, words: list[str]) -> Iterator[list[int]]:
        made = self._words
        for at in range(len(made) - len(words) + 1):
            if words and made[at] == words[0] and made[at : at + len(words)] == words:
                yield list(range(at, at + len(words)))

    @cached_property
    def _words(self) -> list[str]:
        return [token.text.upper() for token in self._made]

    def _balanced(self, first: int, last: int) -> tuple[int, int]:
        """The same words with the brackets that they open or close, and the name of the function whose brackets they are."""
        words = [token.text for token in self._own]
        while last > first and words[last] == ")" and _unclosed(words[first : last + 1]) < 0:
            last -= 1
        while last + 1 < len(words) and _unclosed(words[first : last + 1]) > 0:
            last += 1
        while first > 0 and _unclosed(words[first : last + 1]) < 0:
            first -= 1
        if words[first] == "(" and first > 0 and self._names_function(first - 1):
            first -= 1
        return first, last

    def _whole_call(self, first: int, last: int) -> tuple[int, int]:
        """The call among whose arguments words stand: its sign in the translation stands between them, as in `a // b` for DIV(a, b)."""
        words = [token.text for token in self._own]
        begun = first
        while begun > 0 and _unclosed(words[begun:first]) <= 0:
            begun -= 1
        return self._balanced(begun, last) if _unclosed(words[begun:first]) > 0 else (first, last)

    def _names_function(self, number: int) -> bool:
        """Whether a word is written close to the bracket behind it, as the name of a function is."""
        name, bracket = self._own[number], self._own[number + 1]
        return name.end + 1 == bracket.start and name.text.replace("_", "").isalnum()

    def quoted(self, quotation: str) -> str:
        """A stretch of the translated text in the words in which it was written; anything else as it is."""
        if "(" not in quotation and " " not in quotation:
            return quotation
        ends = quotation.split(f" {_CUT} ")
        if len(ends) == 2:
            return self._both_ends(*ends) or quotation
        is_cut = quotation.endswith(_CUT)
        try:
            words = [token.text.upper() for token in sqlglot.tokenize(quotation.removesuffix(_CUT), dialect="duckdb")]
        except SqlglotError:
            return quotation
        if is_cut:  # its last word may be half of one
            words = words[:-1]
        for numbers in self._copies(words):
            last = numbers[-1]
            while is_cut and last + 1 < len(self._words) and _unclosed(self._words[numbers[0] : last + 1]) > 0:
                last += 1
            start, end = self.span(self._made[numbers[0]].start, self._made[last].end + 1)
            plain = " ".join(self.written[start:end].split())
            return f"{plain} {_CUT}" if is_cut else self.written[start:end]
        return quotation

    def _both_ends(self, first: str, last: str) -> str:
        """A stretch of the translated text of which only the ends are quoted, in the words in which it was written."""
        try:
            ends = [
                [token.text.upper() for token in sqlglot.tokenize(each, dialect="duckdb")] for each in (first, last)
            ]
        except SqlglotError:
            return ""
        begun = next(self._copies(ends[0]), None)
        ended = next((each for each in self._copies(ends[1]) if begun is not None and each[0] > begun[-1]), None)
        if begun is None or ended is None:
            return ""
        start, end = self.span(self._made[begun[0]].start, self._made[ended[-1]].end + 1)
        return shortened(self.written[start:end])


class PlacesAround:
    """The same where something was put into the translation that was written nowhere: what lies in it stands for a name."""

    def __init__(self, places: Places, put: tuple[int, int], stands_for: tuple[int, int]) -> None:
        """Take the places of the translation without it, where it was put and its length, and the name's stretch."""
        self._places, self._stands_for = places, stands_for
        self._start, self._length = put

    def back(self, offset: int) -> int:
        """As for any translation; of a word that was put in, the name's place."""
        inside = self._start <= offset < self._start + self._length
        return self._stands_for[0] if inside else self._places.back(self._before(offset))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """As for any translation; of a stretch that was put in, the name's."""
        if self._start <= start and end <= self._start + self._length:
            return self._stands_for
        before = self._before(start)
        return self._places.span(before, max(self._before(end), before + 1))

    def quoted(self, quotation: str) -> str:
        """As for any translation."""
        return self._places.quoted(quotation)

    def _before(self, offset: int) -> int:
        """A place in the translation before anything was put in."""
        return offset - self._length if offset >= self._start + self._length else min(offset, self._start)


def _has_comma(words: list[str]) -> bool:
    """Whether a comma stands outside of all brackets."""
    return any(word == "," and _unclosed(words[:place]) == 0 for place, word in enumerate(words))


def _unclosed(words: list[str]) -> int:
    """How many brackets are opened and not closed; below zero if more are closed."""
    return words.count("(") - words.count(")")
