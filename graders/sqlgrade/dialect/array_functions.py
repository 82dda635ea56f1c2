"""GoogleSQL's functions of lists (page array_functions) in DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.dialect.forms import Unspoken, made, number_of
from sqlgrade.dialect.function import COMMON, ELEMENT, SAME, Function
from sqlgrade.dialect.types import BOOL, INT64, NULL, STRING, Value, array_of, common

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlglot import exp

    from sqlgrade.dialect.function import Builder

_NUMBER = "INT64|NUMERIC|FLOAT64"


def _concatenated(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """ARRAY_CONCAT: NULL as soon as one is NULL."""
    whole = arguments[0].node
    for each in arguments[1:]:
        whole = made("{0} || {1}", whole, each)
    return whole


def _as_one_text(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """ARRAY_TO_STRING: NULLs are left out, or written as the third argument has it."""
    array = arguments[0].node
    if len(arguments) > 2:
        array = made("LIST_TRANSFORM({0}, LAMBDA e: COALESCE(e, {1}))", array, arguments[2])
    return made("ARRAY_TO_STRING({0}, {1})", array, arguments[1])


def _series(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """GENERATE_ARRAY: both ends belong to it; steps of decimals are counted in whole ones."""
    step = arguments[2] if len(arguments) > 2 else None
    if step is not None and number_of(step.node) == 0:
        raise Unspoken("form", "GENERATE_ARRAY(…, …, 0)", place, "GENERATE_ARRAY(…, …, 1)")
    if all(each.type in (INT64, NULL) for each in arguments):
        form = "GENERATE_SERIES({0}, {1})" if step is None else "GENERATE_SERIES({0}, {1}, {2})"
        return made(form, *arguments)
    by = step.node if step is not None else made("1")
    count = "CAST(FLOOR(({1} - {0}) / {2} + 1e-9) AS BIGINT)"
    form = f"LIST_TRANSFORM(GENERATE_SERIES(0, {count}), LAMBDA n: CAST({{0}} AS DOUBLE) + n * {{2}})"
    return made(form, arguments[0], arguments[1], by)


def _sliced(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    start, end = (number_of(each.node) for each in arguments[1:])
    if start is None or end is None or start < 0 or end < 0:
        raise Unspoken("unsupported", "ARRAY_SLICE(…)", place)
    return made(f"LIST_SLICE({{0}}, {start + 1}, {end + 1})", arguments[0])


def _end(form: str) -> Builder:
    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        return made(
            f"CASE WHEN LEN({{0}}) = 0 THEN error('the array is empty') ELSE LIST_EXTRACT({{0}}, {form}) END",
            arguments[0],
        )

    return build


def _bucket(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """RANGE_BUCKET: how many borders are at most the point; NULL where a border is NULL is an error there."""
    return made("CASE WHEN NOT {0} IS NULL THEN LEN(LIST_FILTER({1}, LAMBDA b: b <= {0})) END", *arguments)


ARRAY_PAGE = {
    "ARRAY_LENGTH": Function(("ARRAY",), INT64, "LEN({0})"),
    "ARRAY_REVERSE": Function(("ARRAY",), SAME, "LIST_REVERSE({0})"),
    "ARRAY_CONCAT": Function(("ARRAY", "…"), COMMON, _concatenated),
    "ARRAY_TO_STRING": Function((array_of(STRING), STRING, STRING), STRING, _as_one_text, 2),
    "ARRAY_FIRST": Function(("ARRAY",), ELEMENT, _end("1")),
    "ARRAY_LAST": Function(("ARRAY",), ELEMENT, _end("-1")),
    "ARRAY_SLICE": Function(("ARRAY", INT64, INT64), SAME, _sliced),
    "ARRAY_IS_DISTINCT": Function(
        ("ARRAY",),
        BOOL,
        "LEN({0}) = LEN(LIST_DISTINCT({0})) + CAST(LEN(LIST_FILTER({0}, LAMBDA e: e IS NULL)) > 0 AS BIGINT)",
    ),
    "GENERATE_ARRAY": Function((_NUMBER, _NUMBER, _NUMBER), lambda given: array_of(common(given) or INT64), _series, 2),
    "RANGE_BUCKET": Function(("?", "ARRAY"), INT64, _bucket),
}
"""Page array_functions, and RANGE_BUCKET of mathematical_functions."""
