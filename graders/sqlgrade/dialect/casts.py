"""CAST: what may be made of what, and how GoogleSQL writes a number or a time as a text (page conversion_rules)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import times
from sqlgrade.dialect.forms import Unspoken, made
from sqlgrade.dialect.types import (
    ANY,
    BOOL,
    BYTES,
    DATE,
    DATETIME,
    FLOAT64,
    INT64,
    MOMENTS,
    NULL,
    NUMERIC,
    STRING,
    TIME,
    TIMESTAMP,
    Value,
)

if TYPE_CHECKING:
    from sqlgrade.dialect.expressions import Expressions

_CASTS = {
    STRING: (INT64, FLOAT64, NUMERIC, BOOL, DATE, DATETIME, TIMESTAMP, TIME),
    INT64: (STRING, FLOAT64, NUMERIC, BOOL),
    FLOAT64: (STRING, INT64, NUMERIC),
    NUMERIC: (STRING, INT64, FLOAT64),
    BOOL: (STRING, INT64),
    DATE: (STRING, DATETIME, TIMESTAMP),
    DATETIME: (STRING, DATE, TIMESTAMP),
    TIMESTAMP: (STRING, DATE, DATETIME),
    TIME: (STRING,),
}  # fmt: skip
"""Type -> what it may be made of (page conversion_rules)."""
_DUCKDB = {INT64: "BIGINT", FLOAT64: "DOUBLE", NUMERIC: "DECIMAL(38, 9)", STRING: "VARCHAR", BOOL: "BOOLEAN", DATE: "DATE",
           DATETIME: "TIMESTAMP", TIMESTAMP: "TIMESTAMP", TIME: "TIME"}  # fmt: skip
_OF_SQLGLOT = {
    "BIGINT": INT64, "DOUBLE": FLOAT64, "DECIMAL": NUMERIC, "BIGDECIMAL": NUMERIC, "TEXT": STRING, "BOOLEAN": BOOL, "DATE": DATE,
    "DATETIME": DATETIME, "TIMESTAMP": DATETIME, "TIMESTAMPTZ": TIMESTAMP, "TIME": TIME, "INT": INT64, "SMALLINT": INT64,
    "TINYINT": INT64, "BYTEINT": INT64, "BINARY": BYTES, "VARBINARY": BYTES,
}  # fmt: skip
"""sqlglot's name of a type that it has read as GoogleSQL -> the type."""


def converted(reader: Expressions, node: exp.Expr) -> Value:
    """CAST and SAFE_CAST, and literals such as DATE '2024-07-01'."""
    to = node.args["to"]
    kind = _OF_SQLGLOT.get(to.this.value if isinstance(to, exp.DataType) else "", "")
    if kind not in _DUCKDB or node.args.get("format") is not None:
        raise Unspoken("unsupported", f"CAST(… AS {to.sql('bigquery')})", node)
    value, safe = reader.of(node.this), isinstance(node, exp.TryCast)
    if value.type not in (*_CASTS[kind], kind, ANY, NULL):
        raise Unspoken("types", f"CAST({value.type} AS {kind})", node)
    if value.is_text and kind in MOMENTS and not safe:
        value = times.literal(value, kind, node)
        if value.type == TIMESTAMP:
            return value
    if kind == STRING and value.type in (FLOAT64, NUMERIC):
        digits = made(r"REGEXP_REPLACE(CAST({0} AS VARCHAR), '(\.\d*[1-9])0+$', '\1')", value)
        return Value(made(r"REGEXP_REPLACE({0}, '\.0+$', '')", digits), STRING)
    if kind == STRING and value.type == TIMESTAMP:
        return Value(made("CAST({0} AS VARCHAR) || '+00'", value), STRING)
    if kind == INT64 and value.type in (FLOAT64, NUMERIC):
        value = Value(made("ROUND({0})", value), value.type)
    form = f"{'TRY_CAST' if safe else 'CAST'}({{0}} AS {_DUCKDB[kind]})"
    return Value(made(form, value), kind)
