"""Conditions that are only half written, or hold a column against what it is not (E10, E16, E21)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlgrade.errors.calls import COMPARISONS
from sqlgrade.errors.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.errors.card import ErrorCard, Failure
    from sqlgrade.errors.tokens import Token

_TEXT_TO = re.compile(r"Could not convert string ['\"](?P<value>.*?)['\"] to (?P<type>[A-Z0-9_]+)", re.DOTALL)
_EMPTY_DATE = re.compile(r'field format: ""')
_TUPLE = re.compile(
    r"can't be cast to the destination type (?:TUPLE|STRUCT)|Cannot compare values of type .* and type (?:TUPLE|STRUCT)"
)
_SIGNS = {("&", "&"): "AND", ("||", ""): "OR"}
_UNEQUAL = {"=": "<>", "==": "<>", ">": "<=", "<": ">=", ">=": "<", "<=": ">"}
_CONNECTIVES = frozenset(["AND", "OR"])
_BEFORE_BRACKETS = frozenset(["AND", "OR", "NOT", "WHERE", "HAVING", "ON", "WHEN", "IN"])
_OF_CONDITIONS = frozenset(["WHERE", "HAVING", "ON", "QUALIFY"])
_CLAUSES = _OF_CONDITIONS | {"SELECT", "FROM", "JOIN", "BY", "LIMIT", "USING"}
_VALUES = frozenset([Kind.STRING, Kind.NUMBER])


def compared_with_empty_text(failure: Failure) -> ErrorCard | None:
    """`= ''` on a column that holds no text: blank is NULL (E10)."""
    match = _TEXT_TO.search(failure.message)
    if (match is None or match["value"]) and not _EMPTY_DATE.search(failure.message):
        return None
    for index, token in enumerate(failure.tokens[2:], 2):
        sign = failure.tokens[index - 1].text
        if token.text == "''" and sign in {"=", "==", "<>", "!="}:
            column, start = _operand_before(failure.tokens, index - 1)
            use = "IS NULL" if sign.startswith("=") else "IS NOT NULL"
            return failure.card("E10", "empty_text", (start, token.end), column=column, use=use)
    return None


def text_for_truth(failure: Failure) -> ErrorCard | None:
    """A text held against a column of true and false (E16)."""
    match = _TEXT_TO.search(failure.message)
    if match is None or not match["type"].startswith("BOOL"):
        return None
    for index, token in enumerate(failure.tokens[2:], 2):
        if token.text == f"'{match['value']}'" and failure.tokens[index - 1].text in {"=", "==", "<>", "!="}:
            column, start = _operand_before(failure.tokens, index - 1)
            return failure.card("E16", "text_for_truth", (start, token.end), column=column, value=match["value"])
    return None


def second_value_alone(failure: Failure) -> ErrorCard | None:
    """`= 'a' OR 'b'`: the second value has no column of its own (E21)."""
    match = _TEXT_TO.search(failure.message)
    if match is None or not match["type"].startswith("BOOL"):
        return None
    for index, token in enumerate(failure.tokens[4:], 4):
        before = failure.tokens[index - 4 : index]
        alone = token.text == f"'{match['value']}'" and before[3].upper in _CONNECTIVES and before[2].kind in _VALUES
        if alone and before[1].text in {"=", "=="}:
            column, start = _operand_before(failure.tokens, index - 3)
            use = f"{column} IN ({before[2].text}, {token.text})"
            return failure.card("E21", "second_value_alone", (start, token.end), value=match["value"], use=use)
    return None


def columns_joined_by_and(failure: Failure) -> ErrorCard | None:
    """`SELECT a AND b`: columns are parted by commas (E08)."""
    if not failure.tokens or "when casting from source column" not in failure.message:
        return None
    for left, word, right in zip(failure.tokens, failure.tokens[1:], failure.tokens[2:], strict=False):
        if word.upper == "FROM":
            return None
        if word.upper == "AND" and left.kind is right.kind is Kind.WORD:
            params = {"left": left.text, "right": right.text}
            return failure.card("E08", "columns_joined_by_and", (left.start, right.end), **params)
    return None


def several_values(failure: Failure) -> ErrorCard | None:
    """`= 'a', 'b'` or `= ('a', 'b')`: several values go with IN (E21)."""
    at = failure.at
    if failure.kind == "Parser" and failure.message.startswith("syntax error") and at and at > 2:
        return _listed(failure, at) if failure.tokens[at].text == "," else None
    return _in_brackets(failure) if _TUPLE.search(failure.message) else None


def comma_for_and(failure: Failure) -> ErrorCard | None:
    """A comma between two conditions, where AND belongs (E08)."""
    at = failure.at
    if failure.kind != "Parser" or not failure.message.startswith("syntax error") or not at or at < 2:
        return None
    tokens = failure.tokens
    if tokens[at].text != "," or at + 1 >= len(tokens) or tokens[at + 1].kind in _VALUES:
        return None
    beside = [token.upper for token in tokens[:at] if token.depth == tokens[at].depth]
    clause = next((word for word in reversed(beside) if word in _CLAUSES), "")
    if clause not in _OF_CONDITIONS:
        return None
    return failure.card("E08", "comma_for_and", (tokens[at].start, tokens[at].end), clause=clause)


def _listed(failure: Failure, at: int) -> ErrorCard | None:
    """The values from the one before the caret's comma to the last that follows it."""
    tokens = failure.tokens
    if tokens[at - 1].kind not in _VALUES or tokens[at - 2].text not in {"=", "=="}:
        return None
    last = at - 1
    while last + 2 < len(tokens) and tokens[last + 1].text == "," and tokens[last + 2].kind in _VALUES:
        last += 2
    if last == at - 1:
        return None
    column, start = _operand_before(tokens, at - 2)
    use = f"{column} IN ({', '.join(token.text for token in tokens[at - 1 : last + 1 : 2])})"
    return failure.card("E21", "several_values", (start, tokens[last].end), use=use)


def _in_brackets(failure: Failure) -> ErrorCard | None:
    for index, (sign, opening) in enumerate(zip(failure.tokens, failure.tokens[1:], strict=False)):
        if sign.text not in {"=", "=="} or opening.text != "(":
            continue
        closing = next((t for t in failure.tokens[index + 2 :] if t.text == ")" and t.depth == opening.depth), None)
        if closing is not None and index:
            column, start = _operand_before(failure.tokens, index)
            use = f"{column} IN {failure.sql[opening.start : closing.end]}"
            return failure.card("E21", "several_values", (start, closing.end), use=use)
    return None


def sign_for_word(failure: Failure) -> ErrorCard | None:
    """`&&` for AND, and `||`, which joins texts, for OR (E08)."""
    chained = "Chained comparisons" in failure.message
    if failure.kind != "Parser" and "&&" not in failure.message:
        return None
    for left, right in zip(failure.tokens, failure.tokens[1:], strict=False):
        if left.text == right.text == "&" and left.end == right.start:
            return failure.card("E08", "sign_for_word", (left.start, right.end), found="&&", use="AND")
        if chained and left.text == "||":
            return failure.card("E08", "sign_for_word", (left.start, left.end), found="||", use="OR")
    return None


def chained_comparison(failure: Failure) -> ErrorCard | None:
    """`1 <= x <= 2`, as mathematics writes it (E08)."""
    if "Chained comparisons" not in failure.message:
        return None
    for index in range(len(failure.tokens) - 4):
        low, first, middle, second, high = failure.tokens[index : index + 5]
        if (
            first.text in COMPARISONS
            and second.text in COMPARISONS
            and not {low.text, middle.text, high.text} & {"(", ")"}
        ):
            use = f"{low.text} {first.text} {middle.text} AND {middle.text} {second.text} {high.text}"
            return failure.card("E08", "chained_comparison", (low.start, high.end), use=use)
    return None


def half_condition(failure: Failure) -> ErrorCard | None:
    """`x >= 1 AND <= 2`: each condition names its column (E21)."""
    at = _syntax_place(failure)
    if at is None or at < 4 or failure.tokens[at - 1].upper not in _CONNECTIVES:
        return None
    token = failure.tokens[at]
    if token.text not in COMPARISONS and token.upper not in {"LIKE", "IN", "IS"}:
        return None
    signs = (i for i in range(at - 2, 0, -1) if _compares(failure.tokens[i]))
    sign = next(signs, 0)
    if not sign:
        return None
    column, _ = _operand_before(failure.tokens, sign)
    word = failure.tokens[at - 1]
    rest = failure.tokens[at + 1].text if at + 1 < len(failure.tokens) and failure.tokens[at + 1].text != "(" else "…"
    use = f"{word.upper} {column} {token.text} {rest}"
    return failure.card("E21", "half_condition", (word.start, token.end), word=word.upper, use=use)


def _compares(token: Token) -> bool:
    return token.text in COMPARISONS or token.upper in {"LIKE", "BETWEEN", "IN", "IS"}


def not_before_sign(failure: Failure) -> ErrorCard | None:
    """`x NOT = 1`: the sign itself says it (E46)."""
    at = _syntax_place(failure)
    if not at or failure.tokens[at - 1].upper != "NOT" or failure.tokens[at].text not in _UNEQUAL:
        return None
    sign = failure.tokens[at].text
    span = (failure.tokens[at - 1].start, failure.tokens[at].end)
    return failure.card("E46", "not_before_sign", span, found=f"NOT {sign}", use=_UNEQUAL[sign])


def contains(failure: Failure) -> ErrorCard | None:
    """`x CONTAINS 'a'`, as other tools write it (E14)."""
    at = _syntax_place(failure)
    if not at or failure.tokens[at].upper not in {"CONTAINS", "INCLUDES"}:
        return None
    after = failure.tokens[at + 1] if at + 1 < len(failure.tokens) else None
    text = after.text.strip("'") if after is not None and after.kind is Kind.STRING else "…"
    return failure.card("E14", "contains", found=failure.tokens[at].upper, use=f"LIKE '%{text}%'")


def column_before_exists(failure: Failure) -> ErrorCard | None:
    """`x NOT EXISTS (SELECT …)`: EXISTS asks of no column (E46)."""
    at = _syntax_place(failure)
    if not at or failure.tokens[at].upper != "EXISTS":
        return None
    first = at - 1 if failure.tokens[at - 1].upper != "NOT" else at - 2
    if (
        first < 0
        or failure.tokens[first].kind is not Kind.WORD
        or failure.tokens[first].upper in {"WHERE", "AND", "OR"}
    ):
        return None
    word = "NOT " if first == at - 2 else ""
    column = failure.tokens[first].text
    span = (failure.tokens[first].start, failure.tokens[at].end)
    return failure.card(
        "E46", "column_before_exists", span, column=column, word=f"{word}EXISTS", use=f"{column} {word}IN"
    )


def _operand_before(tokens: Sequence[Token], sign: int) -> tuple[str, int]:
    """The column or call that stands before a sign, and where it begins."""
    first = sign - 1
    if tokens[first].text == ")":
        depth = tokens[first].depth
        first = next((i for i in range(first - 1, 0, -1) if tokens[i].text == "(" and tokens[i].depth == depth), first)
        first -= tokens[first - 1].kind is Kind.WORD and tokens[first - 1].upper not in _BEFORE_BRACKETS
    while first > 1 and tokens[first - 1].text == ".":
        first -= 2
    after = [*tokens[first + 1 : sign], None]
    pairs = zip(tokens[first:sign], after, strict=True)
    written = "".join(f"{left.text} " if _parts(left, right) else left.text for left, right in pairs)
    return written, tokens[first].start


def _parts(left: Token, right: Token | None) -> bool:
    """Whether a space stands between two tokens as they are commonly written."""
    return right is not None and (left.text == "," or (left.kind is not Kind.MARK and right.kind is not Kind.MARK))


def _syntax_place(failure: Failure) -> int | None:
    if failure.kind != "Parser" or not failure.message.startswith("syntax error"):
        return None
    return failure.at
