"""GoogleSQL's functions of texts (pages string_functions, hash_functions, net_functions) in DuckDB."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.as_text import as_text
from sqlgrade.dialect.forms import Unspoken, made, number_of, quoted_text, text_of
from sqlgrade.dialect.function import Function, narrow, stopped_below
from sqlgrade.dialect.printing import printed
from sqlgrade.dialect.types import ANY, BYTES, INT64, STRING, Value, array_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.dialect.function import Builder

_SPACES = " \t\n\r\x0b\x0c\x85\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u3000"
"""What TRIM takes away where it is not told: what Unicode calls white space."""
_TEXT = "STRING|BYTES"


def joined(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """CONCAT: NULL as soon as one is NULL."""
    whole = as_text(arguments[0]) if arguments[0].type != BYTES else arguments[0].node
    for each in arguments[1:]:
        whole = made("{0} || {1}", whole, as_text(each) if each.type != BYTES else each.node)
    return whole


def _cut(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """SUBSTR: a place of 0 is the first, one before the beginning of the text too; no length is below 0."""
    text, start = arguments[0], number_of(arguments[1].node)
    length = arguments[2] if len(arguments) > 2 else None
    if start is None:
        return _stopped(_cut_anywhere(text, arguments[1], length), length)
    if start < 0:
        begun = made("RIGHT({0}, {1})", text, exp.Literal.number(-start))
        return begun if length is None else _stopped(made("LEFT({0}, {1})", begun, length), length)
    first = exp.Literal.number(max(start, 1))
    if length is None:
        return made("SUBSTR({0}, {1})", text, first)
    return _stopped(made("SUBSTR({0}, {1}, {2})", text, first, length), length)


def _cut_anywhere(text: Value, start: Value, length: Value | None) -> exp.Expr:
    first = made(
        "CASE WHEN {1} > 0 THEN {1} WHEN {1} < 0 THEN GREATEST(LENGTH({0}) + {1} + 1, 1) ELSE 1 END", text, start
    )
    return (
        made("SUBSTR({0}, {1})", text, first) if length is None else made("SUBSTR({0}, {1}, {2})", text, first, length)
    )


def _stopped(whole: exp.Expr, length: Value | None) -> exp.Expr:
    return whole if length is None else stopped_below("{0}", length, whole)


def _of_count(form: str) -> Builder:
    """LEFT, RIGHT, REPEAT: an error below 0."""

    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        return stopped_below(form, arguments[1], *arguments)

    return build


def _trimmed(name: str) -> Builder:
    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        taken = arguments[1].node if len(arguments) > 1 else quoted_text(_SPACES)
        return made(f"{name}({{0}}, {{1}})", arguments[0], taken)

    return build


def _padded(name: str) -> Builder:
    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        filling = arguments[2].node if len(arguments) > 2 else quoted_text(" ")
        whole = made(f"{name}({{0}}, {{1}}, {{2}})", arguments[0], narrow(arguments[1]), filling)
        return stopped_below("{0}", arguments[1], whole)

    return build


def _found(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """INSTR: from a place on, the n-th; from the end where the place is below 0 is not run here."""
    if len(arguments) == 2:
        return made("STRPOS({0}, {1})", *arguments)
    start, count = number_of(arguments[2].node), number_of(arguments[3].node) if len(arguments) > 3 else 1
    if start == -1 and count == 1:  # the last one
        behind = made("STRPOS(REVERSE({0}), REVERSE({1}))", *arguments[:2])
        return made("CASE WHEN {2} = 0 THEN 0 ELSE LENGTH({0}) - {2} - LENGTH({1}) + 2 END", *arguments[:2], behind)
    if start is None or start < 1 or count is None or not 1 <= count <= _MOST_COUNTED:
        raise Unspoken("unsupported", "INSTR(…)", place)
    at: exp.Expr = exp.Literal.number(start)
    for _ in range(count):
        after = made("SUBSTR({0}, {1})", arguments[0], at)
        at = made("NULLIF(STRPOS({0}, {1}), 0) + {2}", after, arguments[1], at)
    return made("CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL ELSE COALESCE({2} - 1, 0) END", *arguments[:2], at)


_MOST_COUNTED = 5


def _group_of(pattern: str | None, place: exp.Expr, name: str) -> tuple[int, bool]:
    """Which group of a pattern is meant, and whether '' is what it gives where it takes no part."""
    try:
        read = re.compile(pattern or "")
    except re.error:
        read = None
    if pattern is None or read is None or read.groups > 1:
        raise Unspoken("unsupported", f"{name}(…)", place)
    return read.groups, read.groups == 1 and _may_be_left_out(pattern)


def _may_be_left_out(pattern: str) -> bool:
    """Whether the only group of a pattern need take no part in a match, and is never empty where it does."""
    depth, start = 0, -1
    for found in re.finditer(r"\\.|\[(?:\\.|[^\]])*\]|\((\?)?|\)", pattern):
        if found[0].startswith("(") and found[1] is None and start < 0:
            start = found.start()
        depth += found[0].startswith("(")
        if found[0] == ")":
            depth -= 1
    if start < 0:
        return False
    try:
        inside = re.compile(_bracket(pattern, start))
    except re.error:
        return False
    return inside.fullmatch("") is None


def _bracket(pattern: str, start: int) -> str:
    """What stands in the bracket that opens at a place."""
    depth = 0
    for found in re.finditer(r"\\.|\[(?:\\.|[^\]])*\]|\(|\)", pattern[start:]):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0:
            return pattern[start + 1 : start + found.start()]
    return ""


def _pattern_part(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """REGEXP_EXTRACT: NULL where nothing is found; the group, where the pattern has one and it takes part."""
    name = place.name.upper()
    group, blank = _group_of(text_of(arguments[1]), place, name)
    if len(arguments) > 2:
        start, count = number_of(arguments[2].node), number_of(arguments[3].node) if len(arguments) > 3 else 1
        if start is None or start < 1 or count is None or count < 1:
            raise Unspoken("unsupported", f"{name}(…)", place)
        text = made("SUBSTR({0}, {1})", arguments[0], exp.Literal.number(start)) if start > 1 else arguments[0].node
        return made(f"REGEXP_EXTRACT_ALL({{0}}, {{1}}, {group})[{count}]", text, arguments[1])
    part = made(f"REGEXP_EXTRACT({{0}}, {{1}}, {group})", *arguments)
    return made(
        "CASE WHEN REGEXP_MATCHES({0}, {1}) THEN {2} END", *arguments, made("NULLIF({0}, '')", part) if blank else part
    )


def _pattern_parts(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    group, _ = _group_of(text_of(arguments[1]), place, "REGEXP_EXTRACT_ALL")
    return made(f"REGEXP_EXTRACT_ALL({{0}}, {{1}}, {group})", *arguments)


def _split(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    by = arguments[1].node if len(arguments) > 1 else quoted_text(",")
    parts = made("STRING_SPLIT({0}, {1})", arguments[0], by)
    if isinstance(by, exp.Literal) and by.this:
        return parts
    return made(
        "CASE WHEN {1} IS NULL THEN NULL WHEN {0} = '' THEN [''] ELSE {2} END", arguments[0], by, parts
    )  # DuckDB's is empty where both are


def _contained(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """CONTAINS_SUBSTR: whatever the case, after NFKC."""
    whole = as_text(arguments[0])
    return made("CONTAINS(LOWER(NFC_NORMALIZE({0})), LOWER(NFC_NORMALIZE({1})))", whole, arguments[1])


def _capitals(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """INITCAP: each word begins with a capital, words being parted by the usual signs."""
    if len(arguments) > 1:
        raise Unspoken("unsupported", "INITCAP(…, …)", place)
    pieces = r"REGEXP_EXTRACT_ALL(LOWER({0}), '[^\s\[\](){}/|<>!?@\"^#$&~_,.:;*%+=-]+|[\s\[\](){}/|<>!?@\"^#$&~_,.:;*%+=-]+')"
    return made(
        f"ARRAY_TO_STRING(LIST_TRANSFORM({pieces}, LAMBDA w: UPPER(LEFT(w, 1)) || SUBSTR(w, 2)), '')", arguments[0]
    )


def _as_hex(form: str) -> Builder:
    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        return made(form, arguments[0])

    return build


def _translated(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """TRANSLATE: a letter that is named twice is an error there."""
    letters = text_of(arguments[1])
    if letters is not None and len(set(letters)) < len(letters):
        raise Unspoken("form", f"TRANSLATE(…, '{letters}', …)", place, "TRANSLATE(…, 'ab', 'xy')")
    return made("TRANSLATE({0}, {1}, {2})", *arguments)


STRING_PAGE = {
    **{name: Function((STRING,), STRING, f"{name}({{0}})") for name in ("UPPER", "LOWER", "REVERSE")},
    **dict.fromkeys(("CHAR_LENGTH", "CHARACTER_LENGTH"), Function((STRING,), INT64, "LENGTH({0})")),
    "LENGTH": Function(
        (_TEXT,),
        INT64,
        lambda given, _: made("LENGTH({0})" if given[0].type != BYTES else "OCTET_LENGTH({0})", given[0]),
    ),
    **dict.fromkeys(
        ("BYTE_LENGTH", "OCTET_LENGTH"),
        Function(
            (_TEXT,),
            INT64,
            lambda given, _: made("STRLEN({0})" if given[0].type != BYTES else "OCTET_LENGTH({0})", given[0]),
        ),
    ),
    **{name: Function((STRING, STRING), STRING, _trimmed(name), 1) for name in ("TRIM", "LTRIM", "RTRIM")},
    "REPLACE": Function(
        (STRING, STRING, STRING),
        STRING,
        lambda given, _: made(
            "CASE WHEN {1} = '' THEN {0} ELSE REPLACE({0}, {1}, {2}) END"
            if text_of(given[1]) in (None, "")
            else "REPLACE({0}, {1}, {2})",
            *given,
        ),
    ),
    "TRANSLATE": Function((STRING, STRING, STRING), STRING, _translated),
    **dict.fromkeys(("SUBSTR", "SUBSTRING"), Function((STRING, INT64, INT64), STRING, _cut, 2)),
    "STRPOS": Function((STRING, STRING), INT64, "STRPOS({0}, {1})"),
    "INSTR": Function((STRING, STRING, INT64, INT64), INT64, _found, 2),
    "LEFT": Function((STRING, INT64), STRING, _of_count("LEFT({0}, {1})")),
    "RIGHT": Function((STRING, INT64), STRING, _of_count("RIGHT({0}, {1})")),
    **{name: Function((STRING, INT64, STRING), STRING, _padded(name), 2) for name in ("LPAD", "RPAD")},
    "REPEAT": Function((STRING, INT64), STRING, _of_count("REPEAT({0}, {1})")),
    "CONCAT": Function((ANY, "…"), STRING, joined),
    "STARTS_WITH": Function((STRING, STRING), "BOOL", "STARTS_WITH({0}, {1})"),
    "ENDS_WITH": Function((STRING, STRING), "BOOL", "ENDS_WITH({0}, {1})"),
    "CONTAINS_SUBSTR": Function((ANY, STRING), "BOOL", _contained),
    "INITCAP": Function((STRING, STRING), STRING, _capitals, 1),
    "REGEXP_CONTAINS": Function((STRING, STRING), "BOOL", "REGEXP_MATCHES({0}, {1})"),
    **dict.fromkeys(
        ("REGEXP_EXTRACT", "REGEXP_SUBSTR"), Function((STRING, STRING, INT64, INT64), STRING, _pattern_part, 2)
    ),
    "REGEXP_EXTRACT_ALL": Function((STRING, STRING), array_of(STRING), _pattern_parts),
    "REGEXP_REPLACE": Function((STRING, STRING, STRING), STRING, "REGEXP_REPLACE({0}, {1}, {2}, 'g')"),
    "SPLIT": Function((STRING, STRING), array_of(STRING), _split, 1),
    "FORMAT": Function((STRING, ANY, "…"), STRING, printed),
    "ASCII": Function(
        (STRING,),
        INT64,
        "CASE WHEN {0} = '' THEN 0 WHEN UNICODE({0}) > 127 THEN error('a letter is not of ASCII') ELSE ASCII({0}) END",
    ),
    "UNICODE": Function((STRING,), INT64, "CASE WHEN {0} = '' THEN 0 ELSE UNICODE({0}) END"),
    "CHR": Function((INT64,), STRING, lambda given, _: made("CHR({0})", narrow(given[0]))),
    "EDIT_DISTANCE": Function((STRING, STRING), INT64, "LEVENSHTEIN({0}, {1})"),
    "NORMALIZE": Function((STRING,), STRING, "NFC_NORMALIZE({0})"),
    "TO_HEX": Function((BYTES,), STRING, "LOWER(HEX({0}))"),
    "FROM_HEX": Function((STRING,), BYTES, "FROM_HEX({0})"),
    "TO_BASE64": Function((BYTES,), STRING, "TO_BASE64({0})"),
    "FROM_BASE64": Function((STRING,), BYTES, "FROM_BASE64({0})"),
    "SAFE_CONVERT_BYTES_TO_STRING": Function((BYTES,), STRING, "TRY(DECODE({0}))"),
    "MD5": Function((_TEXT,), BYTES, "FROM_HEX(MD5({0}))"),
    "SHA1": Function((_TEXT,), BYTES, "FROM_HEX(SHA1({0}))"),
    "SHA256": Function((_TEXT,), BYTES, "FROM_HEX(SHA256({0}))"),
    "NET.HOST": Function(
        (STRING,),
        STRING,
        r"LOWER(REGEXP_EXTRACT({0}, '^\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//(?:[^@/]*@)?([^:/?#\s]+)', 1))",
    ),
}
"""Pages string_functions, hash_functions, net_functions."""
