"""Several values compared at once, `(a, b) IN ((1, 2))`: a STRUCT in GoogleSQL, compared field by field (page operators, "IN").

DuckDB takes NULL for equal to NULL within such a value, GoogleSQL does not, so the fields are compared one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.forms import Unspoken, made
from sqlgrade.dialect.types import BOOL, Value, element_of, fields_of, is_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.dialect.reader import Reader


def fields(node: exp.Expr) -> list[exp.Expr]:
    """The fields of STRUCT(1 AS a, …) or (1, …); none for anything else."""
    written = isinstance(node, exp.Tuple) or (isinstance(node, exp.Anonymous) and node.name.upper() == "STRUCT")
    return list(node.expressions) if written else []


def as_one(node: exp.Expr) -> list[exp.Expr]:
    """The fields that COUNT(DISTINCT …) takes as one text, by TO_JSON_STRING or FORMAT('%t', …); none for anything else."""
    if fields(node):
        raise Unspoken("form", "COUNT(DISTINCT (…, …))", node, "COUNT(DISTINCT TO_JSON_STRING(STRUCT(…, …)))")
    if isinstance(node, exp.Anonymous) and node.expressions:
        name, first = node.name.upper(), node.expressions[0]
        as_text = name == "FORMAT" and isinstance(first, exp.Literal) and first.name.lower() == "%t"
        if name == "TO_JSON_STRING" or as_text:
            return fields(node.expressions[-1])
    return []


def equal(reader: Reader, node: exp.Expr, sign: str) -> Value:
    """`(a, b) = (c, d)`; raises Unspoken for a sign that GoogleSQL does not have between STRUCTs."""
    if not fields(node.expression):
        return alike([reader.of(node.this), reader.of(node.expression)], node, sign)
    return _signed(_equal(reader, _values(reader, node.this), node.expression, node), node, sign)


def alike(sides: Sequence[Value], node: exp.Expr, sign: str) -> Value:
    """Two STRUCTs compared, whatever gives them; raises Unspoken for a sign that GoogleSQL does not have between them, and for lists."""
    kinds = [each.type for each in sides]
    if isinstance(node, exp.NullSafeEQ | exp.NullSafeNEQ) and not any(map(is_list, kinds)):
        return Value(type(node)(this=sides[0].node, expression=sides[1].node), BOOL)
    return _signed(same(sides[0], sides[1], node), node, sign)


def _signed(held: exp.Expr, node: exp.Expr, sign: str) -> Value:
    if not isinstance(node, exp.EQ | exp.NEQ):
        raise Unspoken("types", f"STRUCT {sign} STRUCT", node, "=")
    whole: exp.Expr = exp.Paren(this=held)
    return Value(exp.Not(this=whole) if isinstance(node, exp.NEQ) else whole, BOOL)


def same(one: Value, other: Value, place: exp.Expr) -> exp.Expr:
    """Whether two values are equal, STRUCTs field by field."""
    if is_list(one.type) or is_list(other.type):
        raise Unspoken("types", f"= ({one.type})", place)
    ours, theirs = fields_of(one.type), fields_of(other.type)
    if not ours or not theirs:
        return exp.EQ(this=one.node.copy(), expression=other.node.copy())
    if len(ours) != len(theirs):
        raise Unspoken("types", f"STRUCT ({len(ours)}, {len(theirs)})", place)
    pairs = [
        same(_field(one, at, mine), _field(other, at, of), place)
        for at, ((_, mine), (_, of)) in enumerate(zip(ours, theirs, strict=True), 1)
    ]
    return exp.and_(*pairs)


def _field(value: Value, place: int, kind: str) -> Value:
    return Value(made(f"STRUCT_EXTRACT_AT({{0}}, {place})", value), kind)


def among(value: Value, array: Value, place: exp.Expr) -> Value:
    """A STRUCT IN UNNEST of a list of such: NULL where nothing is equal and something may be."""
    element = Value(exp.column("_element"), element_of(array.type) or value.type)
    told = made("LIST_TRANSFORM({0}, LAMBDA _element: {1})", array, same(element, value, place))
    form = "CASE WHEN LIST_BOOL_OR({0}) THEN TRUE WHEN LEN(LIST_FILTER({0}, LAMBDA e: e IS NULL)) > 0 THEN NULL ELSE FALSE END"
    return Value(made(form, told), BOOL)


def contained(reader: Reader, node: exp.Expr) -> Value:
    """`(a, b)` IN a list, an array or a subquery that gives such values."""
    ours = _values(reader, node.this)
    if (asked := node.args.get("query")) is not None:
        return _in_query(reader, ours, asked.unnest(), node)
    listed = node.expressions
    if (unnest := node.args.get("unnest")) is not None:
        array = unnest.expressions[0]
        listed = array.expressions if isinstance(array, exp.Array) else []
        if not listed or not all(map(fields, listed)):
            return among(reader.of(node.this), reader.of(array), node)
    return Value(exp.Paren(this=exp.or_(*(_equal(reader, ours, each, node) for each in listed))), BOOL)


def _values(reader: Reader, node: exp.Expr) -> list[Value]:
    return [reader.of(each.unalias()) for each in fields(node)]


def _equal(reader: Reader, ours: Sequence[Value], theirs: exp.Expr, place: exp.Expr) -> exp.Expr:
    values = _values(reader, theirs)
    if len(values) != len(ours):
        raise Unspoken("types", f"STRUCT ({len(ours)}, {len(values)})", place)
    pairs = [reader.of_one_type(list(each), "STRUCT", place) for each in zip(ours, values, strict=True)]
    return exp.and_(*(same(one, other, place) for one, other in pairs))


def _in_query(reader: Reader, ours: Sequence[Value], query: exp.Expr, place: exp.Expr) -> Value:
    """IN (SELECT (x, y) …) or IN (SELECT AS STRUCT x, y …), whose fields become columns."""
    if not isinstance(query, exp.Select):
        raise Unspoken("unsupported", "STRUCT IN (…)", place)
    if str(query.args.get("kind") or "").upper() == "STRUCT":
        outputs = query.expressions
    elif len(query.expressions) == 1:
        outputs = fields(query.expressions[0].unalias())
    else:
        raise Unspoken("form", "IN (SELECT …, …)", place, "IN (SELECT (…, …) …)")
    inner = query.copy()
    inner.set("kind", None)
    inner.set("expressions", [each.copy() for each in outputs])
    told, columns = reader.query(inner, reader.scope)
    if columns is None or len(columns) != len(ours):
        raise Unspoken("types", f"STRUCT ({len(ours)}, {len(outputs)})", place)
    for one, kind in zip(ours, columns.values(), strict=True):
        reader.of_one_type([one, Value(exp.Null(), kind)], "IN", place)
    return Value(exp.In(this=exp.Tuple(expressions=[each.node for each in ours]), query=exp.Subquery(this=told)), BOOL)
