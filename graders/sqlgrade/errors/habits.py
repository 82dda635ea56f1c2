"""Words and signs where DuckDB wants others: labels, brackets, CASE, INTERVAL, words of one's own language (E08)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlgrade.errors.calls import calls_in
from sqlgrade.errors.foreign import UNITS
from sqlgrade.errors.tokens import Kind, words

if TYPE_CHECKING:
    from sqlgrade.errors.card import ErrorCard, Failure
    from sqlgrade.errors.tokens import Token

_JAPANESE = {
    "降順": "DESC",
    "昇順": "ASC",
    "かつ": "AND",
    "または": "OR",
    "もしくは": "OR",
    "以上": ">=",
    "以下": "<=",
    "未満": "<",
    "より大きい": ">",
    "ではない": "<>",
    "空": "NULL",
    "空白": "NULL",
    "空欄": "NULL",
}
"""Words of a task that are written into a query, and SQL's."""
_AGGREGATES = frozenset(words("COUNT SUM AVG MIN MAX MEDIAN"))
_ONE_VALUE = re.compile(r"argument types '\"?(?P<name>count|sum|avg|median)\"?\(", re.IGNORECASE)
_ENDS_LABEL = frozenset([",", ")", ";", "FROM"])


def word_of_the_task(failure: Failure) -> ErrorCard | None:
    """`ORDER BY x 降順`: a word of the task where SQL has its own."""
    at = _syntax_place(failure)
    if at is None:
        return None
    for index in (at, at - 1):
        token = failure.tokens[index]
        if index >= 0 and token.text in _JAPANESE:
            return failure.card("E08", "word_of_the_task", _span(token), found=token.text, use=_JAPANESE[token.text])
    return None


def interval_word(failure: Failure) -> ErrorCard | None:
    """`- 7 DAY` without INTERVAL (E42)."""
    at = _syntax_place(failure)
    if at is None or at < 2:
        return None
    number, unit = failure.tokens[at - 1], failure.tokens[at]
    if number.kind is not Kind.NUMBER or unit.upper.removesuffix("S") not in UNITS:
        return None
    use = f"INTERVAL {number.text} {unit.upper}"
    return failure.card("E42", "interval_word", (number.start, unit.end), found=f"{number.text} {unit.text}", use=use)


def label_needs_quotes(failure: Failure) -> ErrorCard | None:
    """`AS rate%`, `AS 1人あたり`, `AS a-b`: a label with signs, or one that begins with a digit."""
    at = _syntax_place(failure)
    if at is None:
        return None
    word = next((i for i in range(at, max(-1, at - 4), -1) if failure.tokens[i].upper == "AS"), None)
    if word is None or word + 1 >= len(failure.tokens) or failure.tokens[word + 1].text == "(":
        return None
    first = last = failure.tokens[word + 1]
    for token in failure.tokens[word + 2 :]:
        if token.upper in _ENDS_LABEL or token.start != last.end:
            break
        last = token
    label = failure.sql[first.start : last.end]
    if failure.tokens[at].start >= last.end or label.isidentifier() or "'" in label or '"' in label:
        return None
    return failure.card("E08", "label_needs_quotes", (first.start, last.end), label=label)


def call_without_brackets(failure: Failure) -> ErrorCard | None:
    """`COUNT *`, `SUM amount` or `USING guest_id` without brackets."""
    at = _syntax_place(failure)
    if at is None:
        return None
    for index in (at - 1, at - 2):
        if index < 0 or index + 1 >= len(failure.tokens):
            continue
        name, inside = failure.tokens[index], failure.tokens[index + 1]
        callable_here = name.upper in _AGGREGATES or name.upper == "USING"
        if callable_here and (inside.text == "*" or (inside.kind is Kind.WORD and inside.upper not in _ENDS_LABEL)):
            separator = " " if name.upper == "USING" else ""
            use = f"{name.text}{separator}({inside.text})"
            return failure.card("E08", "call_without_brackets", (name.start, inside.end), name=name.text, use=use)
    return None


def call_after_a_column(failure: Failure) -> ErrorCard | None:
    """`grade COUNT(*)`: no comma before a function (E02)."""
    at = _syntax_place(failure)
    if at is None or at < 2 or failure.tokens[at].text != "(":
        return None
    left, name = failure.tokens[at - 2], failure.tokens[at - 1]
    if left.kind is not Kind.WORD or name.upper not in _AGGREGATES | {"ROUND", "COALESCE"}:
        return None
    if not _after_select(failure, at - 2):
        return None
    call = next((each for each in calls_in(failure.sql, failure.tokens) if each.start == name.start), None)
    end = call.end if call else name.end
    right = " ".join(failure.sql[name.start : end].split())
    return failure.card("E02", "missing_comma", (left.start, end), left=left.text, right=right)


def _after_select(failure: Failure, at: int) -> bool:
    before = failure.tokens[at - 1] if at else None
    return before is not None and (before.upper in {"SELECT", "DISTINCT", ",", "BY"} or before.text == ".")


def over_without_brackets(failure: Failure) -> ErrorCard | None:
    """`OVER ORDER BY x` without brackets (E37)."""
    at = _syntax_place(failure)
    if not at or failure.tokens[at - 1].upper != "OVER" or failure.tokens[at].text == "(":
        return None
    return failure.card("E37", "over_without_brackets", _span(failure.tokens[at - 1]))


def case_in_pieces(failure: Failure) -> ErrorCard | None:
    """CASE without WHEN or THEN, or with commas between its branches."""
    at = _syntax_place(failure)
    if at is None:
        return None
    opened = [i for i, token in enumerate(failure.tokens[: at + 1]) if token.upper == "CASE"]
    if not opened or any(token.upper == "END" for token in failure.tokens[opened[-1] : at]):
        return None
    token, said = failure.tokens[at], [each.upper for each in failure.tokens[opened[-1] : at]]
    if token.upper == "THEN" and "WHEN" not in said:
        return failure.card("E08", "case_without_when", _span(failure.tokens[opened[-1]]))
    if token.text == "," and "THEN" in said:
        return failure.card("E08", "comma_in_case", _span(token))
    branch = said[len(said) - 1 - said[::-1].index("WHEN") :] if "WHEN" in said else []
    waits = bool(branch) and "THEN" not in branch and len(branch) > 2
    if waits and (token.kind in {Kind.NUMBER, Kind.STRING} or token.upper in {"ELSE", "END", "WHEN"}):
        return failure.card("E08", "case_without_then", _span(token), before=failure.tokens[at - 1].text)
    return None


def misplaced_digits(failure: Failure) -> ErrorCard | None:
    """`ROUND(AVG(x, 1))`, or several columns in one COUNT: an aggregate takes one value (E48, E16)."""
    match = _ONE_VALUE.search(failure.message)
    calls = calls_in(failure.sql, failure.tokens)
    name = match["name"].upper() if match else ""
    call = next((each for each in calls if each.name == name and len(each.arguments) > 1), None)
    if call is None:
        return None
    first, last = call.arguments[0].text, call.arguments[-1]
    outer = next((each for each in calls if each.name == "ROUND" and each.start < call.start < each.end), None)
    written = failure.sql[call.start : call.start + len(name)]
    span = (call.start, call.end)
    if len(call.arguments) == 2 and last.text.isdigit():
        use = f"ROUND({written}({first}), {last.text})"
        return failure.card(
            "E48", "misplaced_digits", (outer.start, outer.end) if outer else span, name=written, use=use
        )
    use = ", ".join(f"{written}({each.text})" for each in call.arguments)
    return failure.card("E16", "one_column_a_call", span, name=written, use=use)


def _syntax_place(failure: Failure) -> int | None:
    if failure.kind != "Parser" or not failure.message.startswith("syntax error"):
        return None
    return failure.at


def _span(token: Token) -> tuple[int, int]:
    return token.start, token.end
