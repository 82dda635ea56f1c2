"""CAST: what may be made of what, and how GoogleSQL writes a number or a time as a text (page conversion_rules)."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import structs, times
from sqlgrade.dialect.as_text import as_text
from sqlgrade.dialect.forms import Unspoken, made, text_of, written
from sqlgrade.dialect.types import (
    ANY,
    BOOL,
    BYTES,
    DATE,
    DATETIME,
    FLOAT64,
    INT64,
    INTERVAL,
    JSON,
    MOMENTS,
    NULL,
    NUMERIC,
    STRING,
    TIME,
    TIMESTAMP,
    Value,
    common,
    element_of,
    fields_of,
    is_list,
)

if TYPE_CHECKING:
    from sqlgrade.dialect.reader import Reader

_CASTS = {
    STRING: (INT64, FLOAT64, NUMERIC, BOOL, DATE, DATETIME, TIMESTAMP, TIME, BYTES, INTERVAL),
    INT64: (STRING, FLOAT64, NUMERIC, BOOL),
    FLOAT64: (STRING, INT64, NUMERIC),
    NUMERIC: (STRING, INT64, FLOAT64),
    BOOL: (STRING, INT64),
    DATE: (STRING, DATETIME, TIMESTAMP),
    DATETIME: (STRING, DATE, TIMESTAMP),
    TIMESTAMP: (STRING, DATE, DATETIME),
    TIME: (STRING, DATETIME, TIMESTAMP),
    BYTES: (STRING,),
}  # fmt: skip
"""Type -> what it may be made of (page conversion_rules)."""
DUCKDB = {INT64: "BIGINT", FLOAT64: "DOUBLE", NUMERIC: "DECIMAL(38, 9)", STRING: "VARCHAR", BOOL: "BOOLEAN", DATE: "DATE",
          DATETIME: "TIMESTAMP", TIMESTAMP: "TIMESTAMP", TIME: "TIME", BYTES: "BLOB", JSON: "JSON"}  # fmt: skip
_OF_SQLGLOT = {
    "BIGINT": INT64, "DOUBLE": FLOAT64, "DECIMAL": NUMERIC, "BIGDECIMAL": NUMERIC, "TEXT": STRING, "BOOLEAN": BOOL, "DATE": DATE,
    "DATETIME": DATETIME, "TIMESTAMP": DATETIME, "TIMESTAMPTZ": TIMESTAMP, "TIME": TIME, "INT": INT64, "SMALLINT": INT64,
    "TINYINT": INT64, "BYTEINT": INT64, "BINARY": BYTES, "VARBINARY": BYTES, "JSON": JSON,
}  # fmt: skip
"""sqlglot's name of a type that it has read as GoogleSQL -> the type."""
_DAY = r"\s*\d{1,4}-\d{1,2}-\d{1,2}\s*"
_CLOCK = r"([01]?\d|2[0-3]):\d{1,2}:\d{1,2}(\.\d{0,6})?"
_MOMENT = rf"\s*\d{{1,4}}-\d{{1,2}}-\d{{1,2}}([ Tt]{_CLOCK})?"
_ZONE = r" ?([Zz]|[+-]\d{1,2}(:\d{1,2})?|[A-Za-z]+(/[A-Za-z_]+)+|UTC)"
_ENDS_IN_ZONE = r"[A-Za-z]/|UTC|:[^-+]*[-+]\d|\d-\d+-\d+ ?[-+]\d"
_NOT_READ = re.compile(r":\d{1,2}:(?:60\b|\d\d\.\d{7})")
WRITTEN = {
    INT64: r"\s*[-+]?(\d+|0[xX][0-9a-fA-F]+)\s*",
    FLOAT64: r"(?i)\s*[-+]?((\d+\.?\d*|\.\d+)(e[-+]?\d+)?|inf|infinity|nan)\s*",
    NUMERIC: r"(?i)\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*",
    BOOL: r"(?i)true|false",
    DATE: _DAY,
    DATETIME: rf"{_MOMENT}\s*",
    TIMESTAMP: rf"{_MOMENT}({_ZONE})?\s*",
    TIME: _CLOCK,
}
"""Type -> the texts that CAST reads as it; of others DuckDB reads some."""


_HEXADECIMAL = re.compile(r"\s*[-+]?0[xX][0-9a-fA-F]{1,15}\s*")


def converted(reader: Reader, node: exp.Expr) -> Value:
    """CAST and SAFE_CAST, and literals such as DATE '2024-07-01'."""
    to, safe = node.args["to"], isinstance(node, exp.TryCast)
    kind = _OF_SQLGLOT.get(to.this.value if isinstance(to, exp.DataType) else "", "")
    value = reader.of(node.this)
    if node.args.get("format") is not None:
        raise Unspoken("unsupported", written(node), node)
    if kind not in _CASTS:
        return _whole(value, node)
    _check_parameters(to, kind, node)
    _check_text(value, kind, node)
    if value.type not in (*_CASTS[kind], kind, ANY, NULL):
        raise Unspoken("types", f"CAST({value.type} AS {kind})", node)
    if value.is_text and kind in MOMENTS and not safe:
        value = times.literal(value, kind, node)
        if value.type == TIMESTAMP and not value.is_text:
            return value
    if kind == INT64 and value.is_text and (hexadecimal := _HEXADECIMAL.fullmatch(text_of(value) or "")):
        return Value(made(f"CAST({int(hexadecimal[0], 16)} AS BIGINT)"), INT64)
    if kind == STRING:
        return Value(as_text(value), STRING)
    if to.expressions and kind == NUMERIC:
        return Value(_try(made(f"CAST({{0}} AS {_numeric(to)})", _read(value, kind, safe=safe)), safe=safe), kind)
    if kind == INT64 and value.type in (FLOAT64, NUMERIC):
        value = Value(made("ROUND({0})", value), value.type)
    return Value(_made_of(value, kind, safe=safe), kind)


def _made_of(value: Value, kind: str, *, safe: bool) -> exp.Expr:
    if kind == BYTES and value.type == STRING:
        return made("ENCODE({0})", value)
    if kind == TIMESTAMP and value.type == STRING and not value.is_text:
        return _moment(value, safe=safe)
    return made(f"{_named(safe=safe)}({{0}} AS {DUCKDB[kind]})", _read(value, kind, safe=safe))


def _named(*, safe: bool) -> str:
    return "TRY_CAST" if safe else "CAST"


def _moment(value: Value, *, safe: bool) -> exp.Expr:
    """A text as a TIMESTAMP, in the zone that it may name; DuckDB reads none in a time without one, and +9 only as +09."""
    whole = made(f"{_named(safe=safe)}({{0}} AS TIMESTAMP)", _read(value, TIMESTAMP, safe=safe))
    two_digits = made(r"REGEXP_REPLACE({0}, ' ?([-+])(\d)(:\d+)?\s*$', '\10\2\3')", value)
    zoned = made(r"REGEXP_REPLACE({0}, ' ([-+]\d+(:\d+)?)\s*$', '\1')", two_digits)
    form = f"CASE WHEN REGEXP_MATCHES({{0}}, '{_ENDS_IN_ZONE}') THEN {_named(safe=safe)}({{1}} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' ELSE {{2}} END"
    return made(form, value, zoned, whole)


def _try(node: exp.Expr, *, safe: bool) -> exp.Expr:
    return exp.TryCast(this=node.this, to=node.args["to"]) if safe and isinstance(node, exp.Cast) else node


def _numeric(to: exp.Expr) -> str:
    sizes = [int(each.name) for each in to.expressions]
    return f"DECIMAL({min(sizes[0], 38)}, {sizes[1] if len(sizes) > 1 else 0})"


def _check_parameters(to: exp.Expr, kind: str, node: exp.Expr) -> None:
    """NUMERIC(p, s) and STRING(n) stand in CAST; other types take no numbers."""
    if to.expressions and kind not in (NUMERIC, STRING, BYTES):
        raise Unspoken("no_such", to.sql("bigquery"), node, kind)
    if to.expressions and kind in (STRING, BYTES):
        raise Unspoken("unsupported", f"CAST(… AS {to.sql('bigquery')})", node, f"CAST(… AS {kind})")


def _check_text(value: Value, kind: str, node: exp.Expr) -> None:
    """What GoogleSQL reads of a text that is written out, and DuckDB does not: the sixtieth second, digits of a time or BIGNUMERIC that are too many."""
    text = text_of(value) or ""
    beyond = kind == NUMERIC and node.args["to"].this.value == "BIGDECIMAL" and not _fits_numeric(text)
    if beyond or (kind in (*MOMENTS, TIME) and _NOT_READ.search(text)):
        raise Unspoken("unsupported", f"'{text}'", node)


_NUMERIC_WHOLE, _NUMERIC_SCALE = 29, 9
"""Digits before and behind the point that a NUMERIC holds."""


def _fits_numeric(text: str) -> bool:
    """Whether a number has at most 29 digits before its point and 9 behind it; what is none is told by the engine."""
    try:
        told = Decimal(text.strip())
    except InvalidOperation:
        return True
    exponent = told.as_tuple().exponent
    return not isinstance(exponent, int) or (abs(told) < Decimal(10) ** _NUMERIC_WHOLE and exponent >= -_NUMERIC_SCALE)


def _read(value: Value, kind: str, *, safe: bool) -> exp.Expr:
    """A text that is to be read as a number or time: only where it is written as GoogleSQL has it."""
    if value.type != STRING or kind not in WRITTEN or (value.is_text and _is_written(value, kind)):
        return value.node
    form = WRITTEN[kind].replace("'", "''")
    told = (
        "REPLACE({0}, 't', 'T')" if kind in (DATETIME, TIMESTAMP) else "{0}"
    )  # the small letter is not read by DuckDB
    other = "NULL" if safe else f"{{0}} || ' ({kind})'"
    return made(f"CASE WHEN REGEXP_FULL_MATCH({{0}}, '{form}') THEN {told} ELSE {other} END", value)


def _is_written(value: Value, kind: str) -> bool:
    return re.fullmatch(WRITTEN[kind], text_of(value) or "") is not None


def _whole(value: Value, node: exp.Expr) -> Value:
    """CAST of a list or STRUCT whose insides are that already; an empty one takes any type."""
    to = node.args["to"]
    kind = kind_of(to)
    if kind is None:
        raise Unspoken("unsupported", written(node), node)
    if is_list(element_of(kind) or ""):
        raise Unspoken("types", kind, node, "ARRAY<STRUCT<…>>")
    together = common([value, Value(exp.Null(), kind)])
    if together is None and not (is_list(kind) and element_of(value.type) in (NULL, ANY)):
        raise Unspoken("types", f"CAST({value.type} AS {kind})", node)
    value = structs.as_type(_elements_as(value, kind), kind)
    return Value(made(f"CAST({{0}} AS {duckdb_type(kind)})", value), kind)


def _elements_as(value: Value, kind: str) -> Value:
    """The elements of a list that is written out, with the names of the type."""
    inside = element_of(kind)
    if not isinstance(value.node, exp.Array) or inside is None or (mine := element_of(value.type)) is None:
        return value
    told = [structs.as_type(Value(each, mine), inside).node for each in value.node.expressions]
    return Value(exp.Array(expressions=told), kind)


def kind_of(to: exp.Expr) -> str | None:
    """The type that a text names, lists and STRUCTs among them; None for one that is not known here."""
    if not isinstance(to, exp.DataType):
        return None
    name = to.this.value if isinstance(to.this, exp.DType) else ""
    if name == "ARRAY" and len(to.expressions) == 1:
        inside = kind_of(to.expressions[0])
        return f"ARRAY<{inside}>" if inside else None
    if name == "STRUCT":
        fields = []
        for each in to.expressions:
            named = isinstance(each, exp.ColumnDef)
            inside = kind_of(each.args["kind"] if named else each)
            if inside is None:
                return None
            fields.append(f"{each.name} {inside}" if named else inside)
        return f"STRUCT<{', '.join(fields)}>"
    return _OF_SQLGLOT.get(name) if not to.expressions else None


def duckdb_type(kind: str) -> str:
    """DuckDB's name of a type."""
    if (inside := element_of(kind)) is not None and kind != ANY:
        return f"{duckdb_type(inside)}[]"
    if (fields := fields_of(kind)) is not None:
        named = (f'"{name or f"_{place}"}" {duckdb_type(of)}' for place, (name, of) in enumerate(fields, 1))
        return f"STRUCT({', '.join(named)})"
    return DUCKDB.get(kind, "VARCHAR")
