"""Sums, differences and intervals: of numbers, days and times (pages operators, interval_functions)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import functions, times
from sqlgrade.dialect.forms import Unspoken, made, number_of, want
from sqlgrade.dialect.types import ANY, DATE, DATETIME, FLOAT64, INT64, INTERVAL, MOMENTS, NULL, NUMBERS, Value

if TYPE_CHECKING:
    from sqlgrade.dialect.reader import Reader

SIGNS: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}


def signed(reader: Reader, node: exp.Expr) -> Value:
    """A minus before a number."""
    value = _operand(reader, node.this)
    want(value, "INT64|NUMERIC|FLOAT64|INTERVAL", "-", node)
    if isinstance(value.node, exp.Literal) and value.type == FLOAT64 and float(value.node.name) == 0:
        return Value(made("CAST('-0.0' AS DOUBLE)"), FLOAT64)  # DuckDB's decimal has no such zero
    return Value(exp.Neg(this=value.node), value.type)


def reckoned(reader: Reader, node: exp.Expr) -> Value:
    """The four operations, of numbers, days and intervals."""
    left, right = _operand(reader, node.this), _operand(reader, node.expression)
    sign = SIGNS[type(node)]
    if of_time := _of_time(node, left, right):
        return of_time
    for each in (left, right):
        want(each, "INT64|NUMERIC|FLOAT64", sign, node, (left, right))
    kinds = [each.type for each in (left, right) if each.type != NULL] or [NULL]
    kind = ANY if ANY in kinds else max(kinds, key=(*NUMBERS, NULL).index)
    if isinstance(node, exp.Div):
        kind = FLOAT64 if kind == INT64 else kind
        return Value(functions.stopping_at_zero("{0} / {1}", left.node, right.node), kind)
    if isinstance(node, exp.Mul) and kind == INT64 and all(map(_is_narrow, (left.node, right.node))):
        left = Value(made("CAST({0} AS BIGINT)", left), INT64)
    return Value(type(node)(this=left.node, expression=right.node), kind)


def _operand(reader: Reader, node: exp.Expr) -> Value:
    """One side; in brackets where DuckDB's form of a call is itself a sum, which the sign beside it would tear apart."""
    value = reader.of(node)
    if isinstance(value.node, exp.Binary) and not isinstance(value.node, exp.Dot) and not isinstance(node, exp.Binary):
        return Value(exp.Paren(this=value.node), value.type, value.is_text)
    return value


def _of_time(node: exp.Expr, left: Value, right: Value) -> Value | None:
    """A day and a number, a day or time and an interval, two days, an interval some times; None for anything else."""
    sign = SIGNS[type(node)]
    if isinstance(node, exp.Mul) and sorted((left.type, right.type)) == [INT64, INTERVAL]:
        return Value(made("{0} * {1}", left, right), INTERVAL)
    if not isinstance(node, exp.Add | exp.Sub):
        return None
    if left.type == right.type == INTERVAL:
        return Value(made(f"{{0}} {sign} {{1}}", left, right), INTERVAL)
    if isinstance(node, exp.Add) and left.type == INTERVAL and right.type in (*MOMENTS, ANY):
        left, right = right, left
    if right.type == INTERVAL and left.type in (*MOMENTS, ANY):
        return Value(made(f"{{0}} {sign} {{1}}", left, right), _MOVED.get(left.type, left.type))
    if left.type == DATE and right.type == INT64:
        days = right.node if number_of(right.node) is not None else made("CAST({0} AS INTEGER)", right)
        return Value(made(f"{{0}} {sign} {{1}}", left, days), DATE)
    if left.type in MOMENTS and right.type in MOMENTS and isinstance(node, exp.Sub):
        if left.type == right.type == DATE:
            return Value(made("TO_DAYS(CAST({0} - {1} AS INTEGER))", left, right), INTERVAL)
        raise Unspoken("unsupported", f"{left.type} - {right.type}", node, "TIMESTAMP_DIFF(…, …, SECOND)")
    return None


_MOVED = {DATE: DATETIME}
"""What a day becomes that is moved by an interval; a moment stays what it is."""


def interval(reader: Reader, node: exp.Expr) -> Value:
    """INTERVAL n part."""
    unit = node.args.get("unit")
    if not isinstance(unit, exp.Var):
        raise Unspoken("unsupported", "INTERVAL … TO …", node)
    times.DatePart(unit).among(
        ("MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR")
    )
    count = node.this
    if isinstance(count, exp.Literal) and not re.fullmatch(r"-?\d+", count.name):
        raise Unspoken("form", f"INTERVAL '{count.name}'", node, "INTERVAL 1 DAY")
    value = count.copy() if isinstance(count, exp.Literal) else reader.of(count).node
    return Value(exp.Interval(this=value, unit=exp.var(unit.name.upper())), INTERVAL)


def _is_narrow(node: exp.Expr) -> bool:
    """Whether DuckDB reckons with it in 32 bits at most: a column or a number, or what is made of such."""
    bare = node.unnest()
    if isinstance(bare, exp.Binary):
        return _is_narrow(bare.this) and _is_narrow(bare.expression)
    return isinstance(bare, exp.Column | exp.Literal)
