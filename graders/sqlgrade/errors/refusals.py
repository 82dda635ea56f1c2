"""Cards for what the judge itself refuses, before a query runs or while it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.errors.card import ErrorCard, place_card
from sqlgrade.errors.place import span_at
from sqlgrade.errors.tokens import tokenize, words
from sqlgrade.nesting import MOST_NESTED
from sqlgrade.record import LONGEST_ANSWER
from sqlgrade.tables import result as kinds

if TYPE_CHECKING:
    from sqlgrade.errors.card import Failure
    from sqlgrade.errors.tokens import Token
    from sqlgrade.tables.result import RunError

_LIMITS = {kinds.TIMEOUT: "time", kinds.MEMORY: "memory", kinds.TOO_LARGE: "rows"}
_CHARACTERS_AN_ID = 10
_WRITING = words("INSERT UPDATE DELETE MERGE CREATE DROP ALTER TRUNCATE COPY REPLACE ATTACH DETACH EXPORT")
_OF_A_DIALECT = "dialect_"
_WITH_ADVICE = ("dialect_no_such", "dialect_types", "dialect_unsupported")
_OF_A_SCRIPT = ("script_statement", "script_twice", "script_without_query")
_RULES = {
    "several_statements": "several_statements",
    "parameter": "parameter",
    "function": "function",
    "catalogue": "catalogue",
    "qualified_name": "other_schema",
    "file": "file",
    "sample": "sample",
    "forbidden": "forbidden",
    "unreadable_pivot": "unreadable_pivot",
    **{rule: rule for rule in _OF_A_SCRIPT},
}


def refuse_run(error: RunError, sql: str) -> ErrorCard | None:
    """Make the card of a limit or a refusal; None if the query simply failed."""
    if error.kind in _LIMITS:
        params = {"cap": int(error.subtype)} if error.subtype.isdigit() else {}
        key = "rows" if params else "time" if error.kind == kinds.TOO_LARGE else _LIMITS[error.kind]
        return place_card(sql, "limit", key, (None, None), params)
    if error.subtype == "too_deep":
        return _too_deep(sql)
    if error.subtype.startswith(_OF_A_DIALECT):
        return _of_dialect(error, sql)
    if error.kind != kinds.NOT_ALLOWED:
        return None
    if error.subtype == "too_long":
        return _too_long(sql)
    if error.subtype in _OF_A_SCRIPT:
        return _refused_by_rule(error, sql)
    return statement_refusal(sql) or _refused_by_rule(error, sql)


def _of_dialect(error: RunError, sql: str) -> ErrorCard:
    """The card of a text in another dialect: what that does not have, or what can't be run here."""
    use = next(iter(error.candidates), "")
    key = f"{error.subtype}_use" if use and error.subtype in _WITH_ADVICE else error.subtype
    span = (None, None) if error.position is None else span_at(tokenize(sql), error.position, sql)
    code = "not_allowed" if error.kind == kinds.NOT_ALLOWED else "E16"
    return place_card(sql, code, key, span, {"name": error.name, "use": use})


def _too_long(sql: str) -> ErrorCard:
    """The card of a text that nothing has looked at: neither does this."""
    ids = LONGEST_ANSWER // _CHARACTERS_AN_ID
    params = {"count": f"{len(sql):,}", "most": f"{LONGEST_ANSWER:,}", "ids": f"{ids:,}"}
    return place_card(sql, "limit", "too_long", (None, None), params)


def too_deep(failure: Failure) -> ErrorCard | None:
    """Refuse what nests without brackets, such as a long chain of signs, where the engine gives up."""
    return _too_deep(failure.sql) if "Max expression depth" in failure.message else None


def _too_deep(sql: str) -> ErrorCard:
    return place_card(sql, "limit", "too_deep", (None, None), {"most": MOST_NESTED})


def statement_refusal(sql: str) -> ErrorCard | None:
    """Refuse a text that is empty, holds several statements or changes data; None if it may be one query."""
    tokens = tokenize(sql)
    starts = _statement_starts(tokens)
    if not starts:
        return place_card(sql, "empty", "empty", (None, None), {})
    if len(starts) > 1:
        span = (starts[1].start, len(sql.rstrip()))
        return place_card(sql, "not_allowed", "several_statements", span, {"count": len(starts)})
    if starts[0].upper in _WRITING:
        return place_card(sql, "not_allowed", "writes", (starts[0].start, starts[0].end), {"name": starts[0].upper})
    return None


def _refused_by_rule(error: RunError, sql: str) -> ErrorCard:
    tokens = tokenize(sql)
    name = error.name
    if error.position is not None:
        span: tuple[int | None, int | None] = span_at(tokens, error.position, sql)
    else:
        hit = next((token for token in tokens if name and token.text.strip('"').casefold() == name.casefold()), None)
        span = (hit.start, hit.end) if hit else (None, None)
    if error.subtype in _RULES:
        return place_card(sql, "not_allowed", _RULES[error.subtype], span, {"name": name})
    writing = next((token for token in tokens if token.upper in _WRITING and token.upper != "REPLACE"), None)
    if writing:
        span = (writing.start, writing.end)
        return place_card(sql, "not_allowed", "writes", span, {"name": writing.upper})
    first = tokens[0]
    return place_card(sql, "not_allowed", "not_a_query", (first.start, first.end), {"name": first.upper})


def _statement_starts(tokens: tuple[Token, ...]) -> list[Token]:
    """The first word of each statement."""
    starts: list[Token] = []
    fresh = True
    for token in tokens:
        if token.text == ";":
            fresh = True
        elif fresh:
            starts.append(token)
            fresh = False
    return starts
