"""GoogleSQL's functions of JSON (page json_functions) in DuckDB: JSON is a value of its own, or a text that holds it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import times, zones
from sqlgrade.dialect.as_text import as_text, with_fraction
from sqlgrade.dialect.forms import Unspoken, made, quoted_text, text_of, written
from sqlgrade.dialect.function import Function
from sqlgrade.dialect.types import (
    ANY,
    BOOL,
    BYTES,
    DATE,
    DATETIME,
    FLOAT64,
    INT64,
    JSON,
    NUMERIC,
    STRING,
    TIME,
    TIMESTAMP,
    Value,
    array_of,
    element_of,
    fields_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.dialect.function import Builder
    from sqlgrade.dialect.reader import Reader

_JSON = "JSON|STRING"
_STEP = re.compile(
    r"""\.(?:"(?P<quoted>[^"]*)"|(?P<plain>[^.\[\]"']+))|\[(?:(?P<place>\d+)|'(?P<one>[^']*)'|"(?P<two>[^"]*)"|(?P<bare>\w+))\]"""
)


def path_of(value: Value | None, place: exp.Expr) -> exp.Expr:
    """A path as DuckDB writes it; GoogleSQL's may have names in brackets."""
    told = "$" if value is None else text_of(value)
    if told is None:
        raise Unspoken("unsupported", f"{place.name.upper()}(…)", place)
    if re.match(r"lax(?: recursive)? *\$", told):
        raise Unspoken("unsupported", f"'{told}'", place)
    steps, at = [], 1
    while told.startswith("$") and at < len(told):
        found = _STEP.match(told, at)
        if found is None:
            raise Unspoken("form", f"'{told}'", place, "'$.name[0]'")
        at = found.end()
        if found["place"] is not None:
            steps.append(f"[{found['place']}]")
        else:
            name = next(found[each] for each in ("quoted", "plain", "one", "two", "bare") if found[each] is not None)
            _check(name, place)
            steps.append(f'."{name}"' if not re.fullmatch(r"\w+", name) else f".{name}")
    if not told.startswith("$"):
        raise Unspoken("form", f"'{told}'", place, "'$.name[0]'")
    return quoted_text("$" + "".join(steps))


def _of(value: Value, place: exp.Expr) -> exp.Expr:
    """JSON of a value; a text that holds none is NULL. One that is written out and breaks off is read as far as it goes in GoogleSQL, and not here."""
    if value.type == JSON:
        return value.node
    told = text_of(value)
    if told is not None and told.lstrip()[:1] in ("{", "["):
        try:
            json.loads(told)
        except ValueError:
            raise Unspoken("unsupported", f"{place.name.upper()}('{told}', …)", place) from None
    return made("TRY(CAST({0} AS JSON))", value)


def _each_name_once(text: str) -> str:
    """JSON as written, but for an object that has a name twice: its first value counts."""
    twice = False

    def first(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal twice
        told: dict[str, object] = {}
        for name, value in pairs:
            twice = twice or name in told
            told.setdefault(name, value)
        return told

    try:
        told = json.loads(text, object_pairs_hook=first)
    except ValueError:
        return text  # the engine says so
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if twice else text


def _parsed(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """PARSE_JSON."""
    told = text_of(arguments[0])
    return made("JSON({0})", arguments[0] if told is None else quoted_text(_each_name_once(told)))


def _extract(whole: exp.Expr, path: exp.Expr) -> exp.Expr:
    """By its name: where DuckDB's arrow is written, a path with `*` gives no list."""
    return exp.Anonymous(this="JSON_EXTRACT", expressions=[whole.copy(), path.copy()])


def _scalar(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """JSON_VALUE: a scalar as text; NULL for what is none."""
    path = path_of(arguments[1] if len(arguments) > 1 else None, place)
    return made("JSON_VALUE({0}, {1}) ->> '$'", _of(arguments[0], place), path)


def _part(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """JSON_QUERY: a part, as JSON or as text, as it was given."""
    part = made(
        "JSON_EXTRACT({0}, {1})", _of(arguments[0], place), path_of(arguments[1] if len(arguments) > 1 else None, place)
    )
    return part if arguments[0].type == JSON else made("NULLIF(CAST({0} AS VARCHAR), 'null')", part)


def _parts(form: str) -> Builder:
    """The elements of a list in JSON; NULL for what is no list."""

    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        whole, path = _of(arguments[0], place), path_of(arguments[1] if len(arguments) > 1 else None, place)
        each = quoted_text(path.name + "[*]")
        told = form
        if form == "query":
            told = "{0}" if arguments[0].type == JSON else "LIST_TRANSFORM({0}, LAMBDA e: CAST(e AS VARCHAR))"
        items = made("CAST({0} AS JSON[])", _extract(whole, each))
        held = "JSON_TYPE({0}, {1}) = 'ARRAY'"
        if form == _TEXTS:  # of scalars alone
            held += " AND LEN(LIST_FILTER({3}, LAMBDA e: JSON_TYPE(e) IN ('OBJECT', 'ARRAY'))) = 0"
        return made(f"CASE WHEN {held} THEN {{2}} END", whole, path, made(told, items), items)

    return build


_TEXTS = "LIST_TRANSFORM({0}, LAMBDA e: e ->> '$')"


def ready(value: Value) -> exp.Expr:
    """A value whose moments are written as JSON has them in GoogleSQL."""
    if value.type == DATETIME:
        return made("REPLACE({0}, ' ', 'T')", as_text(value))
    if value.type == TIMESTAMP:
        return made("REPLACE({0}, ' ', 'T') || 'Z'", with_fraction(made("CAST({0} AS VARCHAR)", value)))
    if value.type in (DATE, TIME):
        return as_text(value)
    if value.type == BYTES:
        return made("TO_BASE64({0})", value)
    if value.type in (FLOAT64, NUMERIC):
        return made("CAST({0} AS JSON)", as_text(value))
    inside = element_of(value.type) if value.type != ANY else None
    if inside is not None and _needs(inside):
        return made("LIST_TRANSFORM({0}, LAMBDA e: {1})", value, ready(Value(exp.column("e"), inside)))
    fields = fields_of(value.type)
    if fields is not None and _needs(value.type):
        parts = []
        for place, (name, kind) in enumerate(fields, 1):
            field = Value(made(f"STRUCT_EXTRACT_AT({{0}}, {place})", value), kind)
            parts.append(
                exp.PropertyEQ(this=exp.to_identifier(name or f"_field_{place}", quoted=True), expression=ready(field))
            )
        return made("CASE WHEN NOT {0} IS NULL THEN {1} END", value, exp.Struct(expressions=parts))
    return value.node


def _needs(kind: str) -> bool:
    return any(each in kind for each in (DATETIME, TIMESTAMP, BYTES, FLOAT64, NUMERIC, TIME))


def _as_json(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    if arguments[0].type == JSON:
        return arguments[0].node
    return made("TO_JSON({0})", ready(arguments[0]))


def _as_json_text(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    if len(arguments) > 1:
        raise Unspoken("unsupported", "TO_JSON_STRING(…, …)", place)
    return made("COALESCE(CAST({0} AS VARCHAR), 'null')", _as_json(arguments, place))


def _strict(type_: str, form: str) -> Builder:
    """STRING(json) and its like: an error for JSON of another type; of a TIMESTAMP, a text."""

    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        kinds = ", ".join(f"'{each}'" for each in type_.split())
        text = made("{0} ->> '$'", arguments[0])
        return made(
            f"CASE WHEN JSON_TYPE({{0}}) IN ({kinds}) THEN {form} WHEN JSON_TYPE({{0}}) IS NULL THEN NULL ELSE error('JSON of another type') END",
            arguments[0],
            text,
        )

    return build


def string_of(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """STRING(…): of JSON, or of a date or time, in a zone if one is named."""
    if arguments[0].type == JSON:
        return _strict("VARCHAR", "{1}")(arguments, place)
    if len(arguments) > 1:
        from sqlgrade.dialect.format_elements import formatted

        local = zones.in_zone(times.as_moment(arguments[0]), arguments[1])
        form = Value(quoted_text("%Ez"), STRING)
        apart = formatted([form, *arguments], exp.Anonymous(this="FORMAT_TIMESTAMP")).node
        whole = with_fraction(made("CAST({0} AS VARCHAR)", local))
        return made("{0} || REGEXP_REPLACE({1}, ':00$', '')", whole, apart)
    return as_text(arguments[0])


def _lax_text(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """A scalar as text, a number as CAST writes it."""
    scalar = made("JSON_VALUE({0}, '$') ->> '$'", arguments[0])
    number = as_text(Value(made("CAST({0} AS DOUBLE)", scalar), FLOAT64))
    return made("CASE WHEN JSON_TYPE({0}) = 'DOUBLE' THEN {1} ELSE {2} END", arguments[0], number, scalar)


def _as_given(value: Value) -> str:
    """The type of a part: JSON of JSON, a text of a text."""
    return value.type if value.type in (JSON, ANY) else STRING


_WHOLE = "UBIGINT BIGINT DOUBLE HUGEINT"
JSON_PAGE = {
    **dict.fromkeys(("JSON_VALUE", "JSON_EXTRACT_SCALAR"), Function((_JSON, STRING), STRING, _scalar, 1)),
    **dict.fromkeys(
        ("JSON_QUERY", "JSON_EXTRACT"),
        Function((_JSON, STRING), lambda given: _as_given(given[0]), _part, 1),
    ),
    **dict.fromkeys(
        ("JSON_VALUE_ARRAY", "JSON_EXTRACT_STRING_ARRAY"),
        Function((_JSON, STRING), array_of(STRING), _parts(_TEXTS), 1),
    ),
    **dict.fromkeys(
        ("JSON_QUERY_ARRAY", "JSON_EXTRACT_ARRAY"),
        Function(
            (_JSON, STRING),
            lambda given: array_of(_as_given(given[0])),
            _parts("query"),
            1,
        ),
    ),
    "TO_JSON": Function((ANY,), JSON, _as_json),
    "TO_JSON_STRING": Function((ANY, BOOL), STRING, _as_json_text, 1),
    "PARSE_JSON": Function((STRING,), JSON, _parsed),
    "STRING": Function(("JSON|DATE|DATETIME|TIMESTAMP|TIME", STRING), STRING, string_of, 1),
    "INT64": Function((JSON,), INT64, _strict(_WHOLE, "CAST({1} AS BIGINT)")),
    **dict.fromkeys(("FLOAT64", "DOUBLE"), Function((JSON,), FLOAT64, _strict(_WHOLE, "CAST({1} AS DOUBLE)"))),
    "BOOL": Function((JSON,), BOOL, _strict("BOOLEAN", "CAST({1} AS BOOLEAN)")),
    "LAX_STRING": Function((JSON,), STRING, _lax_text),
    "LAX_INT64": Function(
        (JSON,),
        INT64,
        "CASE JSON_VALUE({0}, '$') ->> '$' WHEN 'true' THEN 1 WHEN 'false' THEN 0 "
        "ELSE TRY(CAST(ROUND(CAST(JSON_VALUE({0}, '$') ->> '$' AS DOUBLE)) AS BIGINT)) END",
    ),
    "LAX_FLOAT64": Function((JSON,), FLOAT64, "TRY_CAST(JSON_VALUE({0}, '$') ->> '$' AS DOUBLE)"),
    "LAX_BOOL": Function(
        (JSON,),
        BOOL,
        "CASE WHEN JSON_TYPE({0}) IN ('UBIGINT', 'BIGINT', 'DOUBLE', 'HUGEINT') THEN CAST({0} ->> '$' AS DOUBLE) <> 0 "
        "WHEN LOWER(JSON_VALUE({0}, '$') ->> '$') IN ('true', 'false') THEN LOWER({0} ->> '$') = 'true' END",
    ),
    "JSON_TYPE": Function(
        (JSON,),
        STRING,
        "CASE JSON_TYPE({0}) WHEN 'VARCHAR' THEN 'string' WHEN 'OBJECT' THEN 'object' WHEN 'ARRAY' THEN 'array' WHEN 'BOOLEAN' "
        "THEN 'boolean' WHEN 'NULL' THEN 'null' ELSE 'number' END",
    ),
}
"""Page json_functions."""


def field(value: Value, name: str, place: exp.Expr) -> Value:
    """`json.name` and `json['name']`."""
    _check(name, place)
    return Value(made("JSON_EXTRACT({0}, {1})", value, quoted_text(f'$."{name}"')), JSON)


def entry(value: Value, place: int) -> Value:
    """`json[0]`."""
    return Value(made("JSON_EXTRACT({0}, {1})", value, quoted_text(f"$[{place}]")), JSON)


def _check(name: str, place: exp.Expr) -> None:
    """A name that can stand in a path of DuckDB's, which knows no quote within quotes and no empty name; raises Unspoken for another."""
    if not name or any(sign in name for sign in '"\\*'):
        raise Unspoken("unsupported", f"'{name}'", place)


def written_out(reader: Reader, node: exp.Expr) -> Value:
    """JSON '…'; what is taken of it, sqlglot reads as taken of the text."""
    if isinstance(node.this, exp.Literal):
        return Value(made("JSON({0})", quoted_text(_each_name_once(node.this.name))), JSON)
    taken = node.this.copy()
    innermost = taken
    while isinstance(innermost.this, exp.Bracket | exp.Dot):
        innermost = innermost.this
    if not isinstance(innermost.this, exp.Literal):
        raise Unspoken("unsupported", written(node), node)
    innermost.set("this", exp.ParseJSON(this=innermost.this.copy(), is_literal=True))
    return reader.of(taken)
