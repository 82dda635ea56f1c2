"""Characters that a Japanese keyboard leaves in a query: they look like SQL's own and are not (E03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.errors.card import ErrorCard, Failure, place_card
from sqlgrade.errors.tokens import Kind, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.errors.tokens import Token

QUOTES = "＇＂“”„‟‘’‚‛｀´「」『』"
"""Marks that are meant as the straight quote around text."""

_REPLACEMENTS = (
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(QUOTES, "'")
    | {"、": ",", "､": ",", "。": ";", "｡": ";", "−": "-", "–": "-", "—": "-", "―": "-", "‐": "-"}
    | {"×": "*", "÷": "/", "≧": ">=", "≦": "<=", "≥": ">=", "≤": "<=", "≠": "<>", "・": "."}
    | dict.fromkeys("\u200c\u200d\u00ad", "")
)
_DIGITS_AND_LETTERS = frozenset(c for c, plain in _REPLACEMENTS.items() if plain.isalnum())


_INVISIBLE_SPACES = frozenset("\u200b\u2060\ufeff")
"""Characters the engine takes for a space, so that they cut a name in two."""


def full_width(failure: Failure) -> ErrorCard | None:
    """Blame the first full-width character under the caret or, in a syntax error, the first outside text."""
    found = sorted({*_stand_ins(failure.tokens), *_cuts(failure)})
    under = [at for at in found if failure.start is not None and failure.start <= at <= (failure.end or 0)]
    anywhere = found if failure.kind == "Parser" or failure.start is None else []
    chosen = under or anywhere
    if not chosen or failure.kind not in {"Parser", "Binder", "Catalog"}:
        return None
    return character_card(failure.sql, chosen[0], len(found))


def mended(sql: str) -> str:
    """The text with every stand-in outside text, quoted names and comments replaced by what is meant."""
    written = list(sql)
    for at in _stand_ins(tokenize(sql)):
        written[at] = _REPLACEMENTS[sql[at]]
    return "".join(written)


def character_card(sql: str, at: int, count: int) -> ErrorCard:
    """Make the card for the full-width character at offset `at`, one of `count`."""
    character = sql[at]
    plain = _REPLACEMENTS.get(character, "")
    if plain == "":
        key, params = "invisible_character", {}
    elif character in QUOTES:
        key, params = "full_width_quote", {"found": character}
    elif character in _DIGITS_AND_LETTERS:
        key, params = "full_width_letter", {"found": character, "use": plain}
    else:
        key, params = "full_width", {"found": character, "use": plain}
    return place_card(sql, "E03", key, (at, at + 1), {**params, "count": count})


def _stand_ins(tokens: Sequence[Token]) -> Iterator[int]:
    """Offsets of stand-ins outside text, quoted names and comments."""
    for token in tokens:
        if token.kind in {Kind.STRING, Kind.NAME}:
            continue
        for offset, character in enumerate(token.text):
            if character in _REPLACEMENTS:
                yield token.start + offset


def _cuts(failure: Failure) -> Iterator[int]:
    """The invisible space that cuts the name under the caret in two."""
    end = failure.end
    if end is not None and failure.sql[end : end + 1] in _INVISIBLE_SPACES and failure.sql[end + 1 : end + 2].isalnum():
        yield end
