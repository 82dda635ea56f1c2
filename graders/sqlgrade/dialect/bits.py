"""Whole numbers bit by bit: `&`, `|`, `^`, `~`, `<<`, `>>` (page operators, "Bitwise operators")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.forms import Unspoken, made, want
from sqlgrade.dialect.types import BYTES, INT64, NULL, Value

if TYPE_CHECKING:
    from sqlgrade.dialect.reader import Reader

_SHIFTED = (
    "CASE WHEN {{1}} < 0 THEN error('a shift by less than zero') WHEN {{1}} > 63 THEN {{0}} & 0 "
    "ELSE CAST(CAST(CAST({{0}} AS BIGINT) AS BIT) {sign} CAST({{1}} AS INTEGER) AS BIGINT) END"
)
"""Of 64 bits, the sign among them: what is pushed out is lost, and what follows is zero; DuckDB's own shifts stop or keep the sign."""
SIGNS: dict[type[exp.Expr], tuple[str, str]] = {
    exp.BitwiseOr: ("|", "({0} | {1})"),
    exp.BitwiseXor: ("^", "XOR(CAST({0} AS BIGINT), CAST({1} AS BIGINT))"),
    exp.BitwiseAnd: ("&", "({0} & {1})"),
    exp.BitwiseLeftShift: ("<<", _SHIFTED.format(sign="<<")),
    exp.BitwiseRightShift: (">>", _SHIFTED.format(sign=">>")),
}
"""Operation -> its sign and DuckDB's form, in brackets: there a sum binds closer."""
_BINDING: dict[type[exp.Expr], int] = {
    exp.BitwiseOr: 0, exp.BitwiseXor: 1, exp.BitwiseAnd: 2, exp.BitwiseLeftShift: 3, exp.BitwiseRightShift: 3, exp.DPipe: 4
}  # fmt: skip
"""The greater, the closer it binds (page operators, "Operator precedence")."""


def by_precedence(tree: exp.Expr | None) -> exp.Expr | None:
    """Operations that sqlglot has read from left to right, each with what it binds."""
    operators: list[type[exp.Expr]] = []
    operands: list[exp.Expr] = []
    current = tree
    while type(current) in _BINDING and isinstance(current, exp.Binary):
        operators.insert(0, type(current))
        operands.insert(0, current.expression)
        current = current.this
    if current is None or len(operators) < 2 or all(each is exp.DPipe for each in operators):
        return tree
    operands.insert(0, current)
    return _bound(operands, operators)


def _bound(operands: list[exp.Expr], operators: list[type[exp.Expr]]) -> exp.Expr:
    """The last of the operators that bind least holds what stands on either side of it."""
    if not operators:
        return operands[0]
    least = min(_BINDING[each] for each in operators)
    at = max(place for place, each in enumerate(operators) if _BINDING[each] == least)
    return operators[at](
        this=_bound(operands[: at + 1], operators[:at]), expression=_bound(operands[at + 1 :], operators[at + 1 :])
    )


def reckoned(reader: Reader, node: exp.Expr) -> Value:
    """An operation on the bits of two whole numbers."""
    sign, form = SIGNS[type(node)]
    sides = [reader.of(node.this), reader.of(node.expression)]
    if any(each.type == NULL for each in sides):
        raise Unspoken("types", f"{sign} NULL", node, "IS NULL")
    for each in sides:
        _check(each, sign, node, sides)
    return Value(made(form, *sides), INT64)


def turned(reader: Reader, node: exp.Expr) -> Value:
    """`~`: each bit turned."""
    value = reader.of(node.this)
    _check(value, "~", node, [value])
    return Value(made("(~{0})", value), INT64)


def _check(value: Value, sign: str, node: exp.Expr, shown: list[Value]) -> None:
    """Raises Unspoken for what is no whole number; BigQuery takes BYTES too."""
    if value.type == BYTES:
        raise Unspoken("unsupported", f"{sign} (BYTES)", node)
    want(value, INT64, sign, node, shown)
