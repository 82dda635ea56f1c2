"""A right query with the words blanked out that the learner's answer lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.session.verdict.words import lacking, likeness, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classroom.session.verdict.words import Word

_MOST_BLANKS = 5
_LEAST_LIKENESS = 0.5


@dataclass(frozen=True)
class FillIn:
    """A query with blanks."""

    parts: tuple[str, ...]
    """The text before, between and after the blanks: one more than there are blanks."""
    blanks: tuple[str, ...]
    """The words that belong there."""
    choices: tuple[str, ...] = ()
    """Words to choose from, where writing is not asked for."""

    def text(self) -> str:
        """The query with numbered blanks."""
        return self.filled([f"___[{number}]" for number in range(1, len(self.blanks) + 1)])

    def filled(self, words: Sequence[str]) -> str:
        """The query with these words in the blanks."""
        between = [f"{word}{part}" for word, part in zip(words, self.parts[1:], strict=True)]
        return self.parts[0] + "".join(between)

    def wrong(self, words: Sequence[str]) -> tuple[int, ...]:
        """The numbers, from 1, of the blanks that hold another word."""
        pairs = zip(words, self.blanks, strict=True)
        return tuple(at for at, (given, right) in enumerate(pairs, 1) if _folded(given) != _folded(right))


def make_fill_in(right: str, answer: str, clause: str | None, *, choose: bool = False) -> FillIn | None:
    """Blank out what `answer` lacks, first of all in the clause at fault; None if the two are too far apart.

    Args:
        right: a right query.
        answer: the learner's query, or a starter whose blanks are to be chosen.
        clause: the clause at fault, or None if it is not known.
        choose: give words to choose from.
    """
    words, written = words_of(right), words_of(answer)
    if not words or likeness(words, written) < _LEAST_LIKENESS:
        return None
    blanked = _chosen(words, [each for each in lacking(words, written) if not each.is_punctuation], clause)
    if not blanked:
        return None
    edges = [0, *(edge for word in blanked for edge in (word.start, word.end)), len(right)]
    parts = tuple(right[begin:end] for begin, end in zip(edges[::2], edges[1::2], strict=True))
    texts = tuple(word.text for word in blanked)
    return FillIn(parts, texts, _choices(words, texts) if choose else ())


def _chosen(words: Sequence[Word], lacked: list[Word], clause: str | None) -> list[Word]:
    """At most a handful of blanks: in the clause at fault if something lacks there, else wherever it lacks."""
    wanted = (clause or "").split(" ")[0].upper().replace("JOIN", "FROM")
    there = [each for each in lacked if each.clause == wanted]
    whole = [each for each in words if each.clause == wanted and not each.is_keyword and not each.is_punctuation]
    return (there or lacked or whole)[:_MOST_BLANKS]


def _choices(words: Sequence[Word], blanks: Sequence[str]) -> tuple[str, ...]:
    """The right words among others of the same query, in the order of the alphabet."""
    others = [each.text for each in words if not each.is_punctuation and not each.is_keyword]
    return tuple(sorted({*blanks, *others[:4]}, key=str.casefold))


def _folded(word: str) -> str:
    return word.strip() if word.strip().startswith("'") else word.strip().upper()
