"""The words of the data in another language: authors write the Japanese values, whole literals are replaced."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from string import digits

import duckdb

_QUOTES = "'\"‘’“”＇＂$"
"""Marks that open or close a text, full-width and curly ones too, which learners paste."""
_MATCHES = frozenset({"LIKE", "ILIKE"})
"""After these stands a pattern, not a value."""


@dataclass(frozen=True)
class Wording:
    """What stands in another language for the Japanese values that authors write."""

    words: Mapping[str, str] = field(default_factory=dict)
    """Value of a column -> its wording."""
    patterns: Mapping[str, str] = field(default_factory=dict)
    """What stands after LIKE -> what stands there instead; other texts after LIKE are looked up in `words`."""

    def value(self, value: object) -> object:
        """A value in the other language, with the number that a filling has put behind it; what is no word stays."""
        if not isinstance(value, str):
            return value
        word = value.rstrip(digits)
        return self.words[word] + value.removeprefix(word) if word in self.words else self.words.get(value, value)

    def sql(self, text: str) -> str:
        """A query or script whose whole literals and names are in the other language; comments stay."""
        if not any(word in text for word in (*self.words, *self.patterns)):
            return text
        return "".join(self._tokens(text))

    def _tokens(self, text: str) -> Iterator[str]:
        """The text piece by piece, in DuckDB's own cut: it reads what does not run as well, such as curly quotes."""
        raw, tokens = text.encode(), duckdb.tokenize(text)
        yield raw[: tokens[0][0]].decode() if tokens else text
        after_like = False
        for number, (start, kind) in enumerate(tokens):
            end = tokens[number + 1][0] if number + 1 < len(tokens) else len(raw)
            token = raw[start:end].decode()
            if kind == duckdb.token_type.comment:
                yield token
                continue
            inner = token.strip().strip(_QUOTES)
            known = self.patterns.get(inner) if after_like else None
            yield token.replace(inner, known or self.words.get(inner, inner)) if inner else token
            after_like = inner.upper() in _MATCHES
