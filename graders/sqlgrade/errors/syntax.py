"""Sentences the parser can't read (E02, E08): it names the word where it gave up, seldom the one that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.errors.near import nearest
from sqlgrade.errors.tokens import Kind, words

if TYPE_CHECKING:
    from sqlgrade.errors.card import ErrorCard, Failure
    from sqlgrade.errors.tokens import Token

CLAUSES = ("SELECT", "FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "QUALIFY", "ORDER", "LIMIT", "OFFSET")
"""Clauses in the order in which they are written."""
_FULL = {"GROUP": "GROUP BY", "ORDER": "ORDER BY"}
_GLUE = {"WHERE": " AND ", "HAVING": " AND ", "QUALIFY": " AND ", "GROUP": ", ", "ORDER": ", "}
_STARTS = ("SELECT", "WITH", "FROM", "VALUES", "PIVOT", "UNPIVOT", "DESCRIBE", "SUMMARIZE", "SHOW", "EXPLAIN", "TABLE")
_KEYWORDS = (
    *CLAUSES,
    *words(
        "WITH DISTINCT JOIN INNER LEFT RIGHT FULL OUTER CROSS UNION ALL EXCEPT INTERSECT ON USING AS AND OR NOT IN LIKE ILIKE"
    ),
    *words(
        "BETWEEN IS NULL CASE WHEN THEN ELSE END BY DESC ASC OVER PARTITION ROWS EXISTS VALUES NULLS FIRST LAST FILTER"
    ),
)
_NEEDS_MORE = words(
    "SELECT FROM WHERE BY HAVING ON USING AND OR NOT IN LIKE ILIKE BETWEEN IS WHEN THEN ELSE CASE LIMIT OFFSET QUALIFY JOIN AS"
)
_OPERATORS = frozenset(["=", "<>", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "//", "%", "||", "::", "=="])
_JOINS_FREE = frozenset(["CROSS", "NATURAL", "POSITIONAL", "ASOF"])


def unclosed_quote(failure: Failure) -> ErrorCard | None:
    """A text, a quoted name or a comment that is opened and never closed."""
    kinds = {
        "unterminated string": "unclosed_text",
        "unterminated quoted": "unclosed_name",
        "unterminated /*": "unclosed_comment",
    }
    key = next((key for start, key in kinds.items() if failure.message.startswith(start)), None)
    if key is None:
        return None
    if key == "unclosed_text" and failure.start is not None and _apostrophe(failure.sql, failure.start):
        return failure.card("E08", "apostrophe")
    return failure.card("E08", key)


def _apostrophe(sql: str, at: int) -> bool:
    """Is this quote the third of one text, as in 'it's'?"""
    return sql.count("'", 0, at) >= 2 and at > 1 and (sql[at - 1].isalpha())


def nothing_selected(failure: Failure) -> ErrorCard | None:
    """SELECT with nothing between it and FROM."""
    if "SELECT clause without selection list" not in failure.message:
        return None
    follows = {"FROM", "WHERE", "GROUP", "ORDER", "LIMIT", ")", ";", ""}
    pairs = zip(failure.tokens, [*(token.upper for token in failure.tokens[1:]), ""], strict=True)
    token = next((token for token, after in pairs if token.upper in {"SELECT", "DISTINCT"} and after in follows), None)
    return failure.card("E08", "nothing_selected", (token.start, token.end) if token else None)


def unmatched_bracket(failure: Failure) -> ErrorCard | None:
    """A bracket that is never closed, which the engine reports somewhere else, or one too many."""
    if not _is_syntax(failure):
        return None
    pairs = {")": "(", "]": "["}
    opened: list[Token] = []
    for token in failure.tokens:
        if token.text in pairs.values():
            opened.append(token)
        elif token.text in pairs:
            if not opened or opened[-1].text != pairs[token.text]:
                return failure.card("E08", "extra_bracket", (token.start, token.end), found=token.text)
            opened.pop()
    if not opened:
        return None
    last = opened[-1]
    return failure.card(
        "E08", "unclosed_bracket", (last.start, last.end), found=last.text, use=")" if last.text == "(" else "]"
    )


def case_without_end(failure: Failure) -> ErrorCard | None:
    """CASE that END does not close."""
    if not _is_syntax(failure):
        return None
    opened: list[Token] = []
    for token in failure.tokens:
        if token.upper == "CASE":
            opened.append(token)
        elif token.upper == "END" and opened:
            opened.pop()
    return failure.card("E08", "case_without_end", (opened[-1].start, opened[-1].end)) if opened else None


def misspelt_keyword(failure: Failure) -> ErrorCard | None:
    """A word that is one slip away from a keyword, under the caret or just before it."""
    at = failure.at
    if at is None or not _is_syntax(failure):
        return None
    names = {name.casefold() for table, columns in failure.names.items() for name in (table, *columns)}
    tables = {table.casefold() for table in failure.names}
    for index in (at - 1, at, at - 2):
        if not 0 <= index < len(failure.tokens):
            continue
        token = failure.tokens[index]
        if token.kind is not Kind.WORD or token.upper in _KEYWORDS or token.text.casefold() in names:
            continue
        from_before_a_table = index == at - 1 and failure.tokens[at].text.casefold() in tables
        if len(token.text) < (3 if index == at or from_before_a_table else 4):
            continue
        near = nearest(token.text, _STARTS if index == 0 else ("FROM", "JOIN") if from_before_a_table else _KEYWORDS)
        near = {"GROUPBY": "GROUP BY", "ORDERBY": "ORDER BY", "PARTITIONBY": "PARTITION BY"}.get(token.upper, near)
        if near and token.upper != near:
            return failure.card("E08", "misspelt_keyword", (token.start, token.end), name=token.text, near=near)
    return None


def second_query(failure: Failure) -> ErrorCard | None:
    """A query that begins where one stands already, with nothing between them."""
    at = failure.at
    if not at or not _is_syntax(failure) or failure.tokens[at].upper not in {"SELECT", "WITH"}:
        return None
    token, before = failure.tokens[at], failure.tokens[at - 1]
    if before.upper in _NEEDS_MORE or before.text in _OPERATORS or before.text in {",", "(", ")"}:
        return None
    beside = {each.upper for each in failure.tokens[:at] if each.depth == token.depth}
    if not {"SELECT", "FROM"} <= beside:
        return None
    return failure.card("not_allowed", "second_query", (token.start, len(failure.sql.rstrip())), word=token.upper)


def clause_order(failure: Failure) -> ErrorCard | None:
    """A clause that stands after one it must precede, or stands twice."""
    at = failure.at
    if at is None or not _is_syntax(failure) or failure.tokens[at].upper not in CLAUSES:
        return None
    token = failure.tokens[at]
    seen = _clauses_before(failure, at)
    place = CLAUSES.index(token.upper)
    span = (token.start, token.end)
    name = _FULL.get(token.upper, token.upper)
    if token.upper in seen and token.upper != "SELECT":
        use = _both_in_one(failure, at)
        return failure.card("E08", "clause_twice_joined" if use else "clause_twice", span, clause=name, use=use)
    later = next((clause for clause in seen if CLAUSES.index(clause) > place), None)
    if later is None:
        return None
    return failure.card("E08", "clause_order", span, clause=name, before=_FULL.get(later, later))


def _both_in_one(failure: Failure, at: int) -> str:
    """The clause at a place and the earlier one of its name written as one; empty where they can't be joined by a word."""
    token = failure.tokens[at]
    glue = _GLUE.get(token.upper)
    first = next((i for i in range(at - 1, -1, -1) if failure.tokens[i].upper == token.upper), None)
    if glue is None or first is None:
        return ""
    parts = [_inside(failure, first), _inside(failure, at)]
    if glue == " AND ":
        parts = [f"({part})" if " OR " in part.upper() else part for part in parts]
    return f"{_FULL.get(token.upper, token.upper)} {glue.join(parts)}" if all(parts) else ""


def _inside(failure: Failure, at: int) -> str:
    """What stands in the clause that begins at a token."""
    depth, clause = failure.tokens[at].depth, failure.tokens[at].upper
    first = at + 1 + (clause in _FULL)
    ends = (
        i
        for i in range(first, len(failure.tokens))
        if failure.tokens[i].depth < depth
        or failure.tokens[i].text == ";"
        or (failure.tokens[i].depth == depth and failure.tokens[i].upper in {*CLAUSES, "UNION"})
    )
    last = next(ends, len(failure.tokens)) - 1
    if last < first:
        return ""
    return " ".join(failure.sql[failure.tokens[first].start : failure.tokens[last].end].split())


def _clauses_before(failure: Failure, at: int) -> list[str]:
    """Clauses already written in the same query block, in the order in which they stand."""
    seen: list[str] = []
    depth = failure.tokens[at].depth
    for token in failure.tokens[:at]:
        if token.depth < depth or (token.depth == depth and token.upper in {"UNION", "EXCEPT", "INTERSECT"}):
            seen.clear()
        elif token.depth == depth and token.upper in CLAUSES:
            seen.append(token.upper)
    return seen


def unfinished(failure: Failure) -> ErrorCard | None:
    """A word or sign after which something must follow and nothing does."""
    at = failure.at
    if at is None or not _is_syntax(failure):
        return None
    token, before = failure.tokens[at], failure.tokens[at - 1] if at else None
    ends = at == len(failure.tokens) - 1 or failure.tokens[at + 1].text == ";"
    if ends and _wants_more(token):
        return failure.card("E08", "unfinished", (token.start, token.end), word=_phrase(failure, at))
    closes = token.upper in CLAUSES or token.upper in {"AND", "OR", ")", ";", ","}
    if before is not None and closes and _wants_more(before):
        key = "two_connectives" if token.upper in {"AND", "OR"} and before.upper in {"AND", "OR"} else "unfinished"
        return failure.card("E08", key, (before.start, before.end), word=_phrase(failure, at - 1))
    return None


def _wants_more(token: Token) -> bool:
    return token.upper in _NEEDS_MORE or token.text in _OPERATORS or token.text in {",", "."}


def _phrase(failure: Failure, at: int) -> str:
    """The keyword with its first half: GROUP BY rather than BY."""
    token = failure.tokens[at]
    if token.upper == "BY" and at:
        return f"{failure.tokens[at - 1].text} {token.text}"
    return token.text


def join_without_condition(failure: Failure) -> ErrorCard | None:
    """JOIN whose ON is missing (E27)."""
    at = failure.at
    if at is None or not _is_syntax(failure):
        return None
    joins = [i for i, token in enumerate(failure.tokens[: at + 1]) if token.upper == "JOIN"]
    if not joins or any(token.upper in {"ON", "USING"} for token in failure.tokens[joins[-1] : at + 1]):
        return None
    if joins[-1] and failure.tokens[joins[-1] - 1].upper in _JOINS_FREE:
        return None
    token = failure.tokens[min(joins[-1] + 1, at)]
    return failure.card("E27", "join_without_on", (token.start, token.end), table=token.text)


def by_missing(failure: Failure) -> ErrorCard | None:
    """GROUP or ORDER without BY."""
    at = failure.at
    if not at or not _is_syntax(failure) or failure.tokens[at].upper == "BY":
        return None
    before = failure.tokens[at - 1]
    if before.upper not in {"GROUP", "ORDER", "PARTITION"}:
        return None
    return failure.card("E08", "by_missing", (before.start, before.end), clause=before.upper)


def _is_syntax(failure: Failure) -> bool:
    return failure.kind == "Parser" and failure.message.startswith("syntax error")
