"""Cards for what the judge itself refuses before or while running."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.errors.card import ErrorCard, place_card
from sqlgrade.errors.tokens import tokenize, words

if TYPE_CHECKING:
    from sqlgrade.errors.tokens import Token

_WRITING = words("INSERT UPDATE DELETE MERGE CREATE DROP ALTER TRUNCATE COPY REPLACE")


def refuse(key: str, sql: str, **params: str | float) -> ErrorCard:
    """Make the card of a refusal: `empty`, `several_statements`, `not_a_query`, `writes`, `function`, `catalogue`, `time` and the like."""
    code = {"empty": "empty"}.get(key, "limit" if key in LIMITS else "not_allowed")
    span, found = _refused_place(key, sql, str(params.get("name", "")))
    if found and "name" not in params:
        params = {**params, "name": found}
    return place_card(sql, code, key, span, params)


LIMITS = frozenset(["time", "memory", "rows", "too_long", "too_deep"])
"""Refusals that are limits, not prohibitions."""

REFUSALS = frozenset(
    ["empty", "several_statements", "not_a_query", "writes", "function", "catalogue", "other_schema", "file"]
)
"""Refusals that are prohibitions."""


def statement_refusal(sql: str) -> ErrorCard | None:
    """Refuse a text that is empty, holds several statements or does not ask a question; None if it is one query."""
    tokens = tokenize(sql)
    if not [token for token in tokens if token.text != ";"]:
        return refuse("empty", sql)
    first = next(token for token in tokens if token.text != ";")
    parts = _statement_starts(tokens)
    if len(parts) > 1:
        return place_card(
            sql, "not_allowed", "several_statements", (parts[1].start, len(sql.rstrip())), {"count": len(parts)}
        )
    if first.upper in _WRITING:
        return refuse("writes", sql, name=first.upper)
    return None


def _statement_starts(tokens: tuple[Token, ...]) -> list[Token]:
    starts: list[Token] = []
    fresh = True
    for token in tokens:
        if token.text == ";":
            fresh = True
        elif fresh:
            starts.append(token)
            fresh = False
    return starts


def _refused_place(key: str, sql: str, name: str) -> tuple[tuple[int | None, int | None], str]:
    """The word that is refused, where it stands."""
    tokens = tokenize(sql)
    if name:
        hit = next((t for t in tokens if t.text.strip('"').casefold() == name.casefold()), None)
        return ((hit.start, hit.end) if hit else (None, None)), name
    if key == "several_statements":
        starts = _statement_starts(tokens)
        return ((starts[1].start, len(sql)), "") if len(starts) > 1 else ((None, None), "")
    if key in {"writes", "not_a_query"}:
        words = [t for t in tokens if t.upper in _WRITING] or list(tokens[:1])
        return ((words[0].start, words[0].end), words[0].upper) if words else ((None, None), "")
    return (None, None), ""
