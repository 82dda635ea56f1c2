"""Smaller slips the parser stumbles over: a comma, a pair of quotes, a habit from another system (E02, E08, E10, E14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.errors.tokens import Kind, words

if TYPE_CHECKING:
    from sqlgrade.errors.card import ErrorCard, Failure
    from sqlgrade.errors.tokens import Token

_VALUE_KINDS = frozenset([Kind.WORD, Kind.NUMBER, Kind.STRING, Kind.NAME])
_NOT_AN_ITEM = words(
    "SELECT DISTINCT ALL FROM WHERE GROUP BY HAVING ORDER LIMIT AND OR NOT IN LIKE ILIKE BETWEEN IS NULL AS ASC DESC ON JOIN "
    "CASE WHEN THEN ELSE END UNION EXCEPT INTERSECT LEFT RIGHT INNER OUTER FULL CROSS USING OVER PARTITION QUALIFY"
)

_UNITS = words("YEAR YEARS MONTH MONTHS WEEK WEEKS DAY DAYS HOUR HOURS MINUTE MINUTES SECOND SECONDS QUARTER QUARTERS")
"""Words that are a label only behind AS."""
_BLANK = frozenset(["BLANK", "EMPTY", "NONE", "''", "'NULL'", '""', "空", "空欄", "空白"])
"""What is written for NULL."""


def between_without_and(failure: Failure) -> ErrorCard | None:
    """BETWEEN whose two ends are not joined by AND."""
    at = _syntax_place(failure)
    if at is None or at < 2:
        return None
    back = [token.upper for token in failure.tokens[max(0, at - 3) : at]]
    if "BETWEEN" not in back or "AND" in back:
        return None
    return failure.card("E08", "between_without_and")


def like_without_quotes(failure: Failure) -> ErrorCard | None:
    """A LIKE pattern that is not in quotes."""
    at = _syntax_place(failure)
    if at is None:
        return None
    for index in range(max(0, at - 4), at):
        after = failure.tokens[index + 1 :]
        if failure.tokens[index].upper not in {"LIKE", "ILIKE"} or not after or after[0].kind is Kind.STRING:
            continue
        last = after[0]
        for token in after[1:]:
            if token.start != last.end:
                break
            last = token
        pattern = failure.sql[after[0].start : last.end]
        if "%" in pattern:
            return failure.card("E14", "like_without_quotes", (after[0].start, last.end), pattern=pattern)
    return None


def is_something(failure: Failure) -> ErrorCard | None:
    """IS followed by a value: IS is for NULL."""
    at = _syntax_place(failure)
    if not at or failure.tokens[at - 1].upper not in {"IS", "NOT"}:
        return None
    if "IS" not in {token.upper for token in failure.tokens[max(0, at - 2) : at]}:
        return None
    found = failure.tokens[at]
    if found.upper in _BLANK:
        return failure.card("E10", "is_blank", _from(found), found=found.text)
    return failure.card("E10", "is_something", found=found.text)


def top_rows(failure: Failure) -> ErrorCard | None:
    """TOP n, as another database writes LIMIT n."""
    at = _syntax_place(failure)
    if not at or failure.tokens[at - 1].upper != "TOP":
        return None
    return failure.card("E08", "top_rows", _from(failure.tokens[at - 1]), n=failure.tokens[at].text)


def extra_comma(failure: Failure) -> ErrorCard | None:
    """A comma with nothing before it."""
    at = _syntax_place(failure)
    if at is None or failure.tokens[at].text != ",":
        return None
    before = failure.tokens[at - 1].upper if at else ""
    if before in {"SELECT", "BY", ",", "(", "WHERE", "DISTINCT"}:
        return failure.card("E08", "extra_comma", _from(failure.tokens[at]))
    if "LIMIT" in {token.upper for token in failure.tokens[max(0, at - 2) : at]}:
        return failure.card("E08", "limit_comma", _from(failure.tokens[at]))
    return None


def join_word_missing(failure: Failure) -> ErrorCard | None:
    """LEFT, INNER … with the word JOIN left out (E27)."""
    at = _syntax_place(failure)
    if not at or failure.tokens[at - 1].upper not in {"LEFT", "RIGHT", "INNER", "FULL", "OUTER", "CROSS"}:
        return None
    before = failure.tokens[at - 1]
    return failure.card("E27", "join_word_missing", _from(before), word=before.text)


def with_without_query(failure: Failure) -> ErrorCard | None:
    """WITH that names a query and never asks it."""
    at = _syntax_place(failure)
    if (
        at is None
        or failure.tokens[0].upper != "WITH"
        or at < len(failure.tokens) - 2
        or failure.tokens[at if failure.tokens[at].text != ";" else at - 1].text != ")"
    ):
        return None
    steps = [
        token.text
        for token, after, bracket in zip(failure.tokens, failure.tokens[1:], failure.tokens[2:], strict=False)
        if token.kind is Kind.WORD and token.depth == 0 and after.upper == "AS" and bracket.text == "("
    ]
    name = steps[-1] if steps else failure.tokens[1].text  # the last one is what the others were for
    return failure.card("E08", "with_without_query", _from(failure.tokens[0]), name=name)


def alias_missing(failure: Failure) -> ErrorCard | None:
    """AS with no name after it."""
    at = _syntax_place(failure)
    if at is None or at < 2 or failure.tokens[at - 2].upper != "AS":
        return None
    token = failure.tokens[at - 2]
    if failure.tokens[at - 1].upper == "FROM":
        return failure.card("E08", "unfinished", _from(token), word=token.text)
    if failure.tokens[at].kind is Kind.WORD and failure.tokens[at].upper not in _NOT_AN_ITEM:
        alias = f"{failure.tokens[at - 1].text} {failure.tokens[at].text}"
        return failure.card(
            "E08", "alias_in_two_words", (failure.tokens[at - 1].start, failure.tokens[at].end), alias=alias
        )
    return None


def missing_comma(failure: Failure) -> ErrorCard | None:
    """Two items of a list with no comma between them (E02)."""
    at = _syntax_place(failure)
    if not at or not _is_item(failure.tokens[at]):
        return None
    first = at
    while (
        first > 1
        and _is_item(failure.tokens[first - 1])
        and failure.tokens[first - 1].depth == failure.tokens[at].depth
    ):
        first -= 1
    left = failure.tokens[first if first < at else at - 1]
    if left.text != ")" and not _is_item(left):
        return None
    if not _in_a_list(failure, first):
        return None
    right = failure.tokens[first + 1] if first < at else failure.tokens[at]
    if right.upper in _UNITS and not _is_column(right.text, failure):
        return failure.card("E08", "label_needs_as", (left.start, right.end), left=left.text, label=right.text)
    return failure.card("E02", "missing_comma", (left.start, right.end), left=left.text, right=right.text)


def _is_column(word: str, failure: Failure) -> bool:
    """Whether a table has a column of that name."""
    return any(word.lower() == name.lower() for columns in failure.names.values() for name in columns)


def _in_a_list(failure: Failure, at: int) -> bool:
    """Is the nearest keyword before the token one that opens a list?"""
    depth = failure.tokens[at].depth
    for index in range(at - 1, -1, -1):
        token = failure.tokens[index]
        if token.depth < depth:
            return index > 0 and failure.tokens[index - 1].upper == "IN"
        if token.depth == depth and token.upper in {"SELECT", "BY", "DISTINCT"}:
            return True
        if token.depth == depth and token.upper in {"WHERE", "FROM", "HAVING", "ON", "JOIN", "LIMIT"}:
            return False
    return False


def not_sql(failure: Failure) -> ErrorCard | None:
    """A text whose first word starts no query."""
    if _syntax_place(failure) != 0:
        return None
    return failure.card("syntax", "not_sql", found=failure.tokens[0].text)


def any_syntax_error(failure: Failure) -> ErrorCard | None:
    """A syntax error with no better explanation: look one word before the caret."""
    if failure.kind != "Parser":
        return None
    at = failure.at
    if at is None:
        return failure.card("E08", "syntax_somewhere")
    if at == 0:
        return failure.card("E08", "syntax", near=failure.tokens[0].text, before=failure.tokens[0].text)
    return failure.card("E08", "syntax", near=failure.tokens[at].text, before=failure.tokens[at - 1].text)


def _syntax_place(failure: Failure) -> int | None:
    if failure.kind != "Parser" or not failure.message.startswith("syntax error"):
        return None
    return failure.at


def _is_item(token: Token) -> bool:
    return token.kind in _VALUE_KINDS and token.upper not in _NOT_AN_ITEM


def _from(token: Token) -> tuple[int, int]:
    return token.start, token.end
