"""FORMAT (page string_functions, "FORMAT"): its specifiers in DuckDB's printf, values as %t and %T write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import types
from sqlgrade.dialect.as_text import as_text
from sqlgrade.dialect.forms import Unspoken, made, quoted_text, text_of
from sqlgrade.dialect.types import ANY, Value, element_of, fields_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPECIFIER = re.compile(r"%(?:(%)|(?P<flags>[-+ 0#']*)(?P<width>\d*)(?P<digits>\.\d+)?(?P<letter>[a-zA-Z])|.)")
_WANTED = {
    **dict.fromkeys("di", "INT64"),
    **dict.fromkeys("oxX", "INT64"),
    **dict.fromkeys("fFeEgG", "NUMERIC|FLOAT64"),
    "s": "STRING",
    **dict.fromkeys("tT", ANY),
}


def printed(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """FORMAT; NULL where one of its values is NULL, but for %t and %T."""
    form = text_of(arguments[0])
    found = list(_SPECIFIER.finditer(form or ""))
    told = [each for each in found if each[1] is None]
    if form is None or any(each["letter"] is None or each["letter"] not in _WANTED for each in told):
        raise Unspoken("unsupported", "FORMAT(…)", place)
    if len(told) != len(arguments) - 1:
        raise Unspoken("form", f"FORMAT('{form}', …)", place, f"FORMAT('{form}', {', '.join('…' for _ in told)})")
    values: list[exp.Expr] = []
    pieces, begun = [], 0
    for each in found:
        pieces.append(form[begun : each.start()])
        begun = each.end()
        pieces.append("%%" if each[1] else _one(each, arguments[len(values) + 1], values, place))
    pieces.append(form[begun:])
    return exp.Anonymous(this="PRINTF", expressions=[quoted_text("".join(pieces)), *values])


def _one(found: re.Match[str], value: Value, values: list[exp.Expr], place: exp.Expr) -> str:
    """DuckDB's specifier for one of GoogleSQL's; what it prints is added to the values."""
    letter, wanted = found["letter"], _WANTED[found["letter"]]
    if letter in "tT":
        text = shown(value) if letter == "t" else literal(value)
        values.append(made("COALESCE({0}, 'NULL')", text))
        return f"%{found['flags'].replace(chr(39), '')}{found['width']}s"
    if not types.fits(value, wanted) or (value.type == types.INT64 and wanted != "INT64"):
        raise Unspoken("types", f"FORMAT('%{letter}', {value.type})", place, f"CAST(… AS {wanted.rpartition('|')[2]})")
    values.append(value.node.copy() if letter not in "fFeEgG" else made("CAST({0} AS DOUBLE)", value))
    flags = found["flags"].replace("'", ",")
    if "," in flags and letter in "eEgGoxX":
        raise Unspoken("unsupported", f"FORMAT('{found[0]}', …)", place)
    letter = {"i": "d", "F": "f"}.get(letter, letter)
    return f"%{flags}{found['width']}{found['digits'] or ''}{letter}"


def shown(value: Value) -> exp.Expr:
    """A value as %t writes it."""
    if (inside := element_of(value.type)) is not None and value.type != ANY:
        each = made("COALESCE({0}, 'NULL')", shown(Value(exp.column("e"), inside)))
        return made("'[' || ARRAY_TO_STRING(LIST_TRANSFORM({0}, LAMBDA e: {1}), ', ') || ']'", value, each)
    if (fields := fields_of(value.type)) is not None:
        return _of_fields(value, fields, typed=False)
    if value.type == types.FLOAT64:
        text = as_text(value)
        return made(r"CASE WHEN REGEXP_FULL_MATCH({0}, '-?\d+') THEN {0} || '.0' ELSE {0} END", text)
    if value.type == types.JSON:
        return made("CAST({0} AS VARCHAR)", value)
    return as_text(value)


def literal(value: Value) -> exp.Expr:
    """A value as %T writes it: as it could be written in a query."""
    if (inside := element_of(value.type)) is not None and value.type != ANY:
        each = made("COALESCE({0}, 'NULL')", literal(Value(exp.column("e"), inside)))
        return made("'[' || ARRAY_TO_STRING(LIST_TRANSFORM({0}, LAMBDA e: {1}), ', ') || ']'", value, each)
    if (fields := fields_of(value.type)) is not None:
        return _of_fields(value, fields, typed=True)
    if value.type == types.STRING:
        escaped = made(
            "REPLACE(REPLACE({0}, {1}, {2}), {3}, {4})", value, *map(quoted_text, ("\\", "\\\\", '"', '\\"'))
        )
        return made("{0} || {1} || {0}", quoted_text('"'), escaped)
    if value.type in (types.DATE, types.DATETIME, types.TIMESTAMP, types.TIME, types.NUMERIC):
        quote = "'" if value.type == types.NUMERIC else '"'
        return made("{0} || {1} || {2}", quoted_text(f"{value.type} {quote}"), as_text(value), quoted_text(quote))
    return shown(value)


def _of_fields(value: Value, fields: list[tuple[str, str]], *, typed: bool) -> exp.Expr:
    parts = []
    for place, (_, kind) in enumerate(fields, 1):
        field = Value(made(f"STRUCT_EXTRACT_AT({{0}}, {place})", value), kind)
        parts.append(made("COALESCE({0}, 'NULL')", literal(field) if typed else shown(field)))
    whole = parts[0]
    for each in parts[1:]:
        whole = made("{0} || ', ' || {1}", whole, each)
    blank = made("{0} IS NULL", value)
    return exp.Case().when(blank, exp.Null()).else_(made("'(' || {0} || ')'", whole))
