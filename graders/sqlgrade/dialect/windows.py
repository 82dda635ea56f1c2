"""OVER (…): partitions, order and frame of a window (page window-function-calls)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.forms import Unspoken
from sqlgrade.dialect.types import NULL, fits

if TYPE_CHECKING:
    from sqlgrade.dialect.reader import Reader


def window_of(reader: Reader, node: exp.Expr, call: exp.Expr) -> exp.Expr:
    """The same window around a call; raises Unspoken for a frame over something else than rows or numbers."""
    args: dict[str, object] = {"this": call, "over": node.args.get("over")}
    with reader.scope.columns_first():
        if parts := node.args.get("partition_by"):
            args["partition_by"] = [reader.of(each).node for each in parts]
        if (order := node.args.get("order")) is not None:
            args["order"] = _settled(reader.ordered(order))
        if (spec := node.args.get("spec")) is not None:
            args["spec"] = _frame(reader, spec)
    if (name := node.args.get("alias")) is not None:
        args["alias"] = name.copy()
    if node.args.get("first") is not None:
        raise Unspoken("unsupported", "OVER", node)
    return exp.Window(**args)


def _settled(order: exp.Order) -> exp.Order:
    """The same keys; DuckDB sorts no window by what calls error(), so a text that is no number ends it in the same words."""
    for call in list(order.find_all(exp.Anonymous)):
        if call.name.lower() == "error":
            call.replace(exp.cast(call.expressions[0].copy(), "DOUBLE", dialect="duckdb"))
    return order


def _frame(reader: Reader, spec: exp.Expr) -> exp.Expr:
    if spec.args.get("exclude"):
        raise Unspoken("no_such", "EXCLUDE", spec)
    kept = dict(spec.args)
    for side in ("start", "end"):
        bound = spec.args.get(side)
        if isinstance(bound, exp.Interval):
            raise Unspoken(
                "no_such", "RANGE … INTERVAL", bound, "ORDER BY UNIX_DATE(…) RANGE BETWEEN 6 PRECEDING AND CURRENT ROW"
            )
        if isinstance(bound, exp.Expr):
            value = reader.of(bound)
            if not fits(value, "INT64|FLOAT64") or value.type == NULL:
                raise Unspoken("types", f"{spec.args.get('kind')} {value.type} PRECEDING", spec)
            kept[side] = value.node
    return exp.WindowSpec(**kept)
