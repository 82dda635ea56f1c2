"""Mistakes the engine runs without a word: a missing comma, `= NULL`, a label that looks like a misspelt keyword."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlgrade.errors.card import ErrorCard, place_card
from sqlgrade.errors.near import nearest
from sqlgrade.errors.tokens import Kind, Token, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Names = Mapping[str, Sequence[str]]

_ENDS_ITEM = frozenset([",", "FROM"])
_CLAUSE_WORDS = ("WHERE", "LIMIT", "ORDER", "GROUP", "HAVING", "JOIN", "DISTINCT")


def quiet_mistakes(sql: str, names: Mapping[str, Sequence[str]] | None = None) -> tuple[ErrorCard, ...]:
    """Name what in a running query was probably not meant; `names` lists the columns of each table."""
    tokens = tokenize(sql)
    return tuple(card for check in _CHECKS for card in check(sql, tokens, names or {}))


def _comma_became_alias(sql: str, tokens: Sequence[Token], names: Names) -> list[ErrorCard]:
    """`SELECT name prefecture`: the second column has become the first one's label (E02)."""
    columns = {column.casefold() for listed in names.values() for column in listed}
    found = []
    for before, left, right, after in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        item = before.upper in {"SELECT", "DISTINCT", ",", "."} and left.kind in {Kind.WORD, Kind.NAME}
        swallowed = right.kind is Kind.WORD and right.text.casefold() in columns and left.text.casefold() in columns
        if item and swallowed and after.upper in _ENDS_ITEM and left.text.casefold() != right.text.casefold():
            params = {"left": left.text, "right": right.text}
            found.append(place_card(sql, "E02", "comma_became_alias", (left.start, right.end), params))
    return found


def _equals_null(sql: str, tokens: Sequence[Token], _names: Names) -> list[ErrorCard]:
    """`= NULL` or `<> NULL`, which is never true (E10)."""
    found = []
    for index, (sign, word) in enumerate(itertools.pairwise(tokens)):
        if word.upper != "NULL" or sign.text not in {"=", "==", "<>", "!="}:
            continue
        use = "IS NULL" if sign.text.startswith("=") else "IS NOT NULL"
        start = tokens[index - 1].start if index else sign.start
        found.append(
            place_card(sql, "E10", "equals_null", (start, word.end), {"found": f"{sign.text} {word.text}", "use": use})
        )
    return found


def _keyword_became_alias(sql: str, tokens: Sequence[Token], _names: Names) -> list[ErrorCard]:
    """`FROM guests WHER`: a misspelt keyword has become the table's label (E08)."""
    found = []
    for before, table, word in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before.upper not in {"FROM", "JOIN"} or table.kind is not Kind.WORD or word.kind is not Kind.WORD:
            continue
        near = nearest(word.text, _CLAUSE_WORDS) if len(word.text) >= 4 else None
        if near and near != word.upper:
            params = {"name": word.text, "near": near}
            found.append(place_card(sql, "E08", "misspelt_keyword", (word.start, word.end), params))
    return found


_CHECKS: tuple[Callable[[str, Sequence[Token], Names], list[ErrorCard]], ...] = (
    _comma_became_alias,
    _equals_null,
    _keyword_became_alias,
)
