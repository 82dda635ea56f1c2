"""What may stand before a query: DECLARE and SET of variables, and functions for the time being (pages procedural-language, user-defined-functions).

Nothing of it is run by itself: a variable is its expression wherever it is named, a function's call is what it works out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.expressions import Expressions
from sqlgrade.dialect.forms import Unspoken, made, written
from sqlgrade.dialect.scope import Macro, Scope
from sqlgrade.dialect.types import Value

if TYPE_CHECKING:
    from sqlgrade.dialect.queries import Queries


@dataclass(frozen=True)
class _Before:
    """Those who read what may stand before a query."""

    queries: Queries
    scope: Scope

    def value(self, node: exp.Expr, kind: exp.Expr | None) -> Value:
        told = exp.Cast(this=node.copy(), to=kind.copy()) if kind is not None else node
        found = Expressions(self.scope, self.queries.read).of(told)
        return found if isinstance(found.node, exp.Literal) else Value(made("({0})", found), found.type, found.is_text)


def prepared(queries: Queries, node: exp.Expr, scope: Scope) -> bool:
    """Whether a statement was one of these; the scope knows from here on what it has named. Raises Unspoken."""
    before = _Before(queries, scope)
    if isinstance(node, exp.Declare):
        for item in node.expressions:
            default = item.args.get("default") or exp.Null()
            names = item.this if isinstance(item.this, list) else [item.this]
            for name in names:
                scope.variables[name.name.lower()] = before.value(default, item.args.get("kind"))
        return True
    if isinstance(node, exp.Set):
        for item in node.expressions:
            if not isinstance(item.this, exp.EQ) or item.this.this.name.lower() not in scope.variables:
                raise Unspoken("unsupported", written(node), node)
            scope.variables[item.this.this.name.lower()] = before.value(item.this.expression, None)
        return True
    if isinstance(node, exp.Create):
        _function(node, scope)
        return True
    return False


def _function(node: exp.Create, scope: Scope) -> None:
    """CREATE TEMP FUNCTION f(x INT64) AS (…)."""
    head = node.this
    properties = node.args["properties"].expressions if node.args.get("properties") is not None else []
    other = next((each for each in properties if isinstance(each, exp.LanguageProperty)), None)
    if not isinstance(head, exp.UserDefinedFunction) or other is not None or isinstance(node.expression, exp.Literal):
        raise Unspoken("unsupported", f"LANGUAGE {other.name if other is not None else '…'}", node)
    returned = next((each.this for each in properties if isinstance(each, exp.ReturnsProperty)), None)
    body = node.expression.unnest() if isinstance(node.expression, exp.Paren) else node.expression
    if isinstance(body, exp.Query):
        body = exp.Subquery(this=body)
    if returned is not None:
        body = exp.Cast(this=body.copy(), to=returned.copy())
    names = tuple(each.name.lower() for each in head.expressions)
    scope.macros[head.this.name.lower()] = Macro(names, body)
