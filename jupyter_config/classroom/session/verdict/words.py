"""A query cut into words with their places, each in the clause it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

import sqlglot
from sqlglot.errors import SqlglotError

CLAUSES = frozenset("SELECT FROM JOIN WHERE GROUP HAVING QUALIFY ORDER LIMIT WITH ON USING".split())
_JOINING = frozenset("LEFT RIGHT FULL INNER CROSS".split())
_PUNCTUATION = frozenset("(),.;")


@dataclass(frozen=True)
class Word:
    """One word of a query."""

    text: str
    start: int
    end: int
    """Character offsets; `end` is the first character after it."""
    clause: str
    """The keyword that the clause begins with."""
    key: str
    """What is compared: keywords and names in capitals, texts as they are."""

    @property
    def is_keyword(self) -> bool:
        """Whether it begins a clause."""
        return _head(self.key) in CLAUSES | _JOINING

    @property
    def is_punctuation(self) -> bool:
        """A bracket, comma, dot or semicolon."""
        return self.key in _PUNCTUATION


@lru_cache(maxsize=32)
def words_of(sql: str) -> tuple[Word, ...]:
    """The words of a query without comments; none if it can't be read."""
    try:
        tokens = sqlglot.tokenize(sql, read="duckdb")
    except SqlglotError:
        return ()
    words, clause = [], ""
    for token in tokens:
        text = sql[token.start : token.end + 1]
        is_text = token.token_type.name == "STRING"
        key = text if is_text else text.upper()
        if not is_text and _head(key) in CLAUSES | _JOINING:
            clause = "FROM" if _head(key) in _JOINING | {"JOIN", "ON", "USING"} else _head(key)
        words.append(Word(text, token.start, token.end + 1, clause, key))
    return tuple(words)


def likeness(one: tuple[Word, ...], other: tuple[Word, ...]) -> float:
    """How alike two queries are, 0 to 1."""
    return SequenceMatcher(None, [each.key for each in one], [each.key for each in other], autojunk=False).ratio()


def lacking(right: tuple[Word, ...], answer: tuple[Word, ...]) -> list[Word]:
    """The words of the right query that the answer does not have in that place."""
    matcher = SequenceMatcher(None, [each.key for each in answer], [each.key for each in right], autojunk=False)
    return [word for tag, *_, begin, end in matcher.get_opcodes() if tag != "equal" for word in right[begin:end]]


def _head(key: str) -> str:
    """GROUP for "GROUP BY", which is one word to the tokenizer."""
    return key.split(" ", 1)[0]
