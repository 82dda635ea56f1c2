"""STRUCTs, fields and elements: `a.b.c`, `STRUCT(…)`, `array[OFFSET(0)]`, `json.name` (pages data-types, operators); what a text itself has defined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import json_functions
from sqlgrade.dialect.forms import Unspoken, made, number_of, text_of, written
from sqlgrade.dialect.scope import Macro, Scope
from sqlgrade.dialect.types import ANY, BYTES, JSON, NUMBERS, Value, element_of, fields_of, fits, struct_of

if TYPE_CHECKING:
    from sqlgrade.dialect.reader import Reader


def field(value: Value, name: exp.Expr, place: exp.Expr) -> Value:
    """One field of a STRUCT, or one name of JSON; raises Unspoken where there is none."""
    if value.type == JSON:
        return json_functions.field(value, name.name, place)
    fields = fields_of(value.type)
    if fields is None and value.type != ANY:
        raise Unspoken("types", f"{value.type}.{name.name}", place)
    kind = next((kind for each, kind in fields or () if each.lower() == name.name.lower()), None)
    if fields is not None and kind is None:
        known = ", ".join(each for each, _ in fields if each)
        raise Unspoken("column", f'Could not find key "{name.name}" in struct. Candidate Entries: {known}', place)
    whole = value.node if isinstance(value.node, exp.Column | exp.Dot) else exp.Paren(this=value.node)
    identifier = exp.to_identifier(name.name, quoted=bool(name.args.get("quoted")))
    return Value(exp.Dot(this=whole.copy(), expression=identifier), kind or ANY)


def dotted(reader: Reader, node: exp.Expr) -> Value:
    """`….name` behind brackets, a call or a subquery."""
    if isinstance(node.expression, exp.Star):
        raise Unspoken("unsupported", written(node), node)
    if isinstance(node.expression, exp.Anonymous):
        return reader.call(node)
    return field(reader.of(node.this), node.expression, node)


def struct(reader: Reader, node: exp.Expr) -> Value:
    """STRUCT(1 AS a, b) and (1, 2): a name is given, or that of the column."""
    given: list[tuple[str, Value]] = []
    for each in node.expressions:
        value = reader.of(each.unalias())
        name = each.alias if isinstance(each, exp.Alias) else each.name if isinstance(each, exp.Column) else ""
        given.append(("" if isinstance(node, exp.Tuple) else name, value))
    return struct_value(given)


def struct_value(given: list[tuple[str, Value]]) -> Value:
    """A STRUCT of named values, or of values without names; DuckDB wants names that differ."""
    kind = struct_of((name, value.type) for name, value in given)
    if not any(name for name, _ in given):
        return Value(exp.Anonymous(this="ROW", expressions=[value.node.copy() for _, value in given]), kind)
    names: list[str] = []
    for place, (name, _) in enumerate(given, 1):
        told = name if name and name.lower() not in map(str.lower, names) else f"_field_{place}"
        names.append(told)
    parts = [
        exp.PropertyEQ(this=exp.to_identifier(name, quoted=True), expression=value.node.copy())
        for name, (_, value) in zip(names, given, strict=True)
    ]
    return Value(exp.Struct(expressions=parts), kind)


def as_type(value: Value, kind: str) -> Value:
    """A STRUCT as one whose fields have other names: what stands together is joined by place, not by name."""
    theirs, ours = fields_of(kind), fields_of(value.type)
    if (
        theirs is None
        or ours is None
        or len(ours) != len(theirs)
        or [name for name, _ in ours] == [name for name, _ in theirs]
    ):
        return value
    parts = [
        (name, as_type(Value(made(f"STRUCT_EXTRACT_AT({{0}}, {place})", value), mine), of))
        for place, ((name, of), (_, mine)) in enumerate(zip(theirs, ours, strict=True), 1)
    ]
    return Value(struct_value(parts).node, kind)


def element(reader: Reader, node: exp.Expr) -> Value:
    """array[OFFSET(n)], array[ORDINAL(n)], array[n]; without SAFE_ a place that is not there is an error. json[0], json['a']."""
    inside, offset, safe = node.this, node.args.get("offset"), bool(node.args.get("safe"))
    if len(node.expressions) != 1:
        raise Unspoken("unsupported", written(node), node)
    index = node.expressions[0]
    place = number_of(index)
    if isinstance(inside, exp.Anonymous) and inside.name.upper() == "APPROX_QUANTILES":
        return _quantile(reader, inside, place, node)
    array = reader.of(inside)
    if array.type == JSON:
        name = text_of(index)
        if name is not None:
            return json_functions.field(array, name, node)
        if place is None:
            raise Unspoken("unsupported", written(node), node)
        return json_functions.entry(array, place)
    kind = element_of(array.type)
    if kind is None:
        raise Unspoken("types", f"{array.type}[…]", node)
    shift = 0 if offset == 1 else 1
    at = exp.Literal.number(place + shift) if place is not None and place + shift >= 0 else _moved(reader, index, shift)
    taken = made("LIST_EXTRACT({0}, {1})", array, at)
    if safe:
        taken = taken if place is not None and place + shift > 0 else made("CASE WHEN {1} >= 1 THEN {0} END", taken, at)
    else:
        outside = "CASE WHEN ({1} < 1 AND NOT {0} IS NULL) OR {1} > LEN({0}) THEN error('array index out of bounds') ELSE {2} END"
        taken = made(outside, array, at, taken)
    return Value(taken, kind)


def _moved(reader: Reader, index: exp.Expr, shift: int) -> exp.Expr:
    return made(f"{{0}} + {shift}" if shift else "{0}", reader.of(index))


def _quantile(reader: Reader, node: exp.Anonymous, place: int | None, whole: exp.Expr) -> Value:
    """A quantile, exact here: between two values where the middle lies there, as MEDIAN has it."""
    given = [each.this if isinstance(each, exp.IgnoreNulls) else each for each in node.expressions]
    steps = number_of(given[1]) if len(given) == 2 else None
    if steps is None or place is None or not 0 <= place <= steps or isinstance(given[0], exp.Distinct):
        raise Unspoken("unsupported", "APPROX_QUANTILES(…)", whole)
    with reader.scope.columns_first():
        value = reader.of(given[0])
    share = exp.Literal.number(f"{place / steps:.12g}")
    if value.type in (*NUMBERS, ANY):
        form = "MEDIAN({0})" if 2 * place == steps else "QUANTILE_CONT({0}, {1})"
        return Value(made(form, value, share), value.type)
    if not fits(value, "?"):
        raise Unspoken("types", f"APPROX_QUANTILES({value.type})", whole)
    return Value(made("QUANTILE_DISC({0}, {1})", value, share), value.type)


def by_its_own_name(reader: Reader, node: exp.Anonymous) -> Value | None:
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
    told = reader.within(inner).of(found.body)
    return Value(exp.Paren(this=told.node), told.type or ANY)


def octets(reader: Reader, node: exp.Expr) -> Value:
    """b'…' of plain letters."""
    if not node.name.isascii() or "\\" in node.name:
        raise Unspoken("unsupported", written(node), node)
    return Value(made("ENCODE({0})", exp.Literal.string(node.name)), BYTES)
