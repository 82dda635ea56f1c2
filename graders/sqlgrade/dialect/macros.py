"""Calls of functions that the text itself defines with CREATE TEMP FUNCTION."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.forms import Unspoken, made
from sqlgrade.dialect.scope import Macro, Scope
from sqlgrade.dialect.types import ANY, Value

if TYPE_CHECKING:
    from sqlgrade.dialect.expressions import Expressions


def called(reader: Expressions, node: exp.Anonymous) -> Value | None:
    """A call of such a function; None for any other."""
    found = next(
        (each.macros[node.name.lower()] for each in reader.scope.around() if node.name.lower() in each.macros), None
    )
    if found is None:
        return None
    values = [reader.of(each) for each in node.expressions]
    if len(values) != len(found.names):
        raise Unspoken("form", f"{node.name}(…)", node, f"{node.name}({', '.join(found.names)})")
    outermost = list(reader.scope.around())[-1]
    bracketed = [Value(made("({0})", each), each.type, each.is_text) for each in values]
    inner = Scope(
        variables=dict(zip(found.names, bracketed, strict=True)),
        macros={**outermost.macros, node.name.lower(): Macro((), exp.Null())},
    )
    told = type(reader)(inner, reader.query).of(found.body)
    return Value(exp.Paren(this=told.node), told.type or ANY)
