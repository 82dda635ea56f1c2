"""Calls of GoogleSQL's functions: which it is, whether it takes what it is given, and its form in DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import functions, googlesql, pairs, structs, times
from sqlgrade.dialect.forms import Unspoken, made, number_of, quoted_text, written
from sqlgrade.dialect.function import COMMON, given
from sqlgrade.dialect.types import ANY, INT64, MOMENTS, STRING, Value, fits, is_list
from sqlgrade.dialect.windows import window_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.dialect.function import Function
    from sqlgrade.dialect.reader import Reader

_CLOCKS: dict[type[exp.Expr], str] = {
    exp.CurrentDate: "CURRENT_DATE",
    exp.CurrentDatetime: "CURRENT_DATETIME",
    exp.CurrentTimestamp: "CURRENT_TIMESTAMP",
}
_ORDERED_CALLS = ("ARRAY_AGG", "STRING_AGG")
_SKIPPING = ("FIRST_VALUE", "LAST_VALUE", "NTH_VALUE")


def called(reader: Reader, node: exp.Expr) -> Value:
    """A call, with its window if it has one; raises Unspoken."""
    if isinstance(node, exp.Window):
        return _windowed(reader, node)
    if type(node) in _CLOCKS:
        return times.clock((), exp.Anonymous(this=_CLOCKS[type(node)]))
    if isinstance(node, exp.SafeFunc):
        return _safely(reader, node)
    space = "NET." if isinstance(node, exp.NetFunc) else f"{node.this.name}." if isinstance(node, exp.Dot) else ""
    place = (
        node
        if isinstance(node, exp.Anonymous)
        else node.expression
        if space and isinstance(node, exp.Dot)
        else node.this
    )
    if not isinstance(place, exp.Anonymous):
        raise Unspoken("unsupported", written(node), node)
    return _named(reader, place, f"{space}{place.name}".upper())


def _of_two(value: Value, node: exp.Anonymous) -> Value:
    """CORR of fewer than two pairs is NULL; DuckDB's is NaN."""
    one, other = value.node.args.get("this"), value.node.args.get("expression")
    if not isinstance(one, exp.Expr) or not isinstance(other, exp.Expr):
        return value
    return Value(made("CASE WHEN REGR_COUNT({0}, {1}) > 1 THEN {2} END", one, other, value.node), value.type)


def _safely(reader: Reader, node: exp.Expr) -> Value:
    """SAFE.f(…): NULL where f ends with an error."""
    call = node.this
    name = call.name.upper() if isinstance(call, exp.Anonymous) else ""
    if not name or name in functions.AGGREGATE or name in functions.WINDOW:
        raise Unspoken("unsupported", written(node), node)
    value = reader.of(call)
    if value.node.find(exp.Query) is not None:  # which DuckDB's TRY does not take
        raise Unspoken("unsupported", f"SAFE.{name}(SELECT …)", node)
    tree = exp.Paren(this=value.node.copy())
    for error in list(tree.find_all(exp.Anonymous)):
        if error.name.lower() == "error":
            error.replace(exp.Null())
    bare = tree.this
    return Value(bare if isinstance(bare, exp.Null) else made("TRY({0})", bare), value.type)


def _named(reader: Reader, node: exp.Anonymous, name: str) -> Value:
    if name in functions.WINDOW:
        raise Unspoken("form", f"{name}(…)", node, f"{name}(…) OVER (…)")
    if name in times.TIME_FUNCTIONS:
        return _of_time(reader, node, name)
    if name in functions.AGGREGATE:
        value = _aggregate(reader, node, name)
        return _of_two(value, node) if name == "CORR" else value
    if name == "ARRAY" and len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Query):
        return _listed(reader, node)
    if name == "STRUCT":
        return structs.struct(reader, node)
    if name == "APPROX_QUANTILES":
        return _quantiles(reader, node)
    if name in ("APPROX_TOP_COUNT", "APPROX_TOP_SUM"):
        return _most(reader, node, name)
    if name == "ERROR":
        return Value(made("error({0})", reader.of(node.expressions[0])), ANY)
    if (own := structs.by_its_own_name(reader, node)) is not None:
        return own
    function = functions.SCALAR.get(name)
    if function is None:
        raise _unknown(node, name)
    return _called(function, name, [reader.of(each) for each in node.expressions], node)


def _unknown(node: exp.Expr, name: str) -> Unspoken:
    if googlesql.exists(name) or "." in name:  # with a dot, it may be a function of somebody's own
        return Unspoken("unsupported", f"{name}(…)", node)
    return Unspoken("no_such", f"{node.name}(…)", node, functions.MEANT.get(name, ""))


def _mistaken(name: str, arguments: Sequence[Value], node: exp.Expr) -> Unspoken:
    """Why a function does not take what it is given: another overload has it, or there is none."""
    kinds = [each.type for each in arguments]
    if googlesql.takes(name, kinds, [each.is_text for each in arguments]):
        return Unspoken("unsupported", f"{name}({', '.join(kinds)})", node)
    return Unspoken("types", f"{name}({', '.join(kinds)})", node, googlesql.shown(name))


def _called(function: Function, name: str, arguments: Sequence[Value], node: exp.Expr) -> Value:
    """A function of these arguments; raises Unspoken where it does not take them."""
    count = len(arguments)
    taken = function.accepts(count) and all(fits(each, function.wanted(at)) for at, each in enumerate(arguments))
    kind = given(function, arguments) if taken else None
    if kind is None:
        raise _mistaken(name, arguments, node)
    arguments = [_meant_as(function.wanted(at), each, node) for at, each in enumerate(arguments)]
    if function.gives == COMMON and kind in MOMENTS:
        arguments = [times.literal(each, kind, node) if each.is_text else each for each in arguments]
    form = function.form
    tree = made(form, *arguments) if isinstance(form, str) else form(arguments, node)
    texts = function.gives == COMMON and all(each.is_text for each in arguments)
    return Value(tree, kind, texts)


def _meant_as(wanted: str, value: Value, node: exp.Expr) -> Value:
    """A text where a date or time is wanted, as that."""
    if not value.is_text or value.type != STRING or "STRING" in wanted.split("|"):
        return value
    kind = next((each for each in wanted.split("|") if each in MOMENTS), None)
    if kind is None:
        return value
    read = times.literal(value, kind, node)
    return Value(made("CAST({0} AS TIMESTAMP)" if kind != "DATE" else "CAST({0} AS DATE)", read), kind)


def _of_time(reader: Reader, node: exp.Anonymous, name: str) -> Value:
    wants, least, build = times.TIME_FUNCTIONS[name]
    if not least <= len(node.expressions) <= len(wants):
        raise Unspoken(
            "form", f"{name}({', '.join('…' for _ in node.expressions)})", node, googlesql.shown(name) or f"{name}(…)"
        )
    arguments: list[Value] = []
    for wanted, each in zip(wants, node.expressions, strict=False):
        if wanted == "part":
            arguments.append(reader.of(each) if isinstance(each, exp.Interval) else Value(each, ANY))
            continue
        value = reader.of(each)
        if not fits(value, wanted) or (value.is_text and STRING not in wanted and not _takes_texts(wanted)):
            known = [*arguments, value, *(Value(exp.Null(), ANY) for _ in node.expressions[len(arguments) + 1 :])]
            raise _mistaken(name, known, node)
        arguments.append(
            times.literal(value, _meant(name, wanted), node) if value.is_text and _takes_texts(wanted) else value
        )
    return build(arguments, node)


def _takes_texts(wanted: str) -> bool:
    return any(each in MOMENTS for each in wanted.split("|"))


def _meant(name: str, wanted: str) -> str:
    """What a text is read as where a date or time is wanted."""
    if name.startswith("DATE_") or "DATE" in wanted.split("|"):
        return "DATE"
    return "DATETIME" if name.startswith("DATETIME") or name == "DATE" else "TIMESTAMP"


def _aggregate(reader: Reader, node: exp.Anonymous, name: str) -> Value:
    """COUNT, SUM and their like, with DISTINCT, ORDER BY, LIMIT and IGNORE NULLS where they have it."""
    if name == "ANY_VALUE" and isinstance(node.expressions[-1], exp.HavingMax):
        last = node.expressions[-1]
        node = exp.Anonymous(
            this="MAX_BY" if last.args.get("max") else "MIN_BY", expressions=[last.this, last.expression]
        )
        return _aggregate(reader, node, node.name)
    inner = _Inner(node, name)
    if name == "COUNT" and len(inner.given) == 1 and isinstance(inner.given[0], exp.Star):
        return Value(made("COUNT(*)"), "INT64")
    if name == "COUNT" and inner.distinct and (together := pairs.as_one(inner.given[0])):
        with reader.scope.columns_first():
            whole = exp.Tuple(expressions=[reader.of(each.unalias()).node for each in together])
        return Value(exp.Anonymous(this=name, expressions=[exp.Distinct(expressions=[whole])]), "INT64")
    with reader.scope.columns_first():
        arguments = [reader.of(each) for each in inner.given]
        order = reader.ordered(inner.order) if inner.order is not None else None
    _check_aggregate(reader, inner, name, arguments, node)
    if name == "STRING_AGG" and len(arguments) == 1:
        arguments = [*arguments, Value(quoted_text(","), STRING, is_text=True)]
    found = _called(functions.AGGREGATE[name], name, arguments, node)
    if not inner.is_dressed:
        return found
    if name in ("COUNTIF", "APPROX_COUNT_DISTINCT") or ((order or inner.skips) and name not in _ORDERED_CALLS):
        raise Unspoken("unsupported", f"{name}({inner.said})", node)
    return Value(_dressed("LIST" if name == "ARRAY_AGG" else name, arguments, order, inner), found.type)


def _check_aggregate(reader: Reader, inner: _Inner, name: str, arguments: Sequence[Value], node: exp.Expr) -> None:
    """Raises Unspoken for lists where they are not taken, and for an aggregate that DuckDB takes for another query's."""
    if _is_of_outside(reader, inner.given):
        raise Unspoken("unsupported", f"(SELECT {name}(…) …)", node)
    taken_whole = name not in ("MIN", "MAX", "ARRAY_AGG") and not (name == "COUNT" and inner.distinct)
    if not taken_whole and arguments and is_list(arguments[0].type):
        raise Unspoken("types", f"{name}({arguments[0].type})", node)


def _is_of_outside(reader: Reader, given: Sequence[exp.Expr]) -> bool:
    """Whether an aggregate's columns are all of a query around its own, to which DuckDB then takes it to belong."""
    scope = reader.scope
    named = [column.parts[0].name.lower() for each in given for column in each.find_all(exp.Column)]
    if not named or scope.outer is None or not scope.sources:
        return False
    own = any(scope.own(name) or any(each.name == name for each in scope.sources) for name in named)
    return not own and all(
        any(around.own(name) or any(each.name == name for each in around.sources) for around in scope.outer.around())
        for name in named
    )


class _Inner:
    """What stands between the brackets of an aggregate beside its arguments."""

    def __init__(self, node: exp.Anonymous, name: str) -> None:
        given = list(node.expressions)
        self.order: exp.Expr | None = None
        self.limit: int | None = None
        self.skips = self.distinct = False
        while given and isinstance(given[-1], exp.Limit | exp.Order | exp.IgnoreNulls | exp.RespectNulls):
            last = given.pop()
            if isinstance(last, exp.RespectNulls):
                if name not in _ORDERED_CALLS:
                    raise Unspoken("unsupported", f"{name}(… RESPECT NULLS)", node)
            elif isinstance(last, exp.Limit):
                self.limit = number_of(last.expression)
                if self.limit is None or name not in _ORDERED_CALLS:
                    raise Unspoken("unsupported", f"{name}(… LIMIT)", node)
            elif isinstance(last, exp.Order):
                self.order = last
            else:
                self.skips = True
            given.append(last.this)
        if len(given) == 1 and isinstance(given[0], exp.Distinct):
            self.distinct = True
            given = list(given[0].expressions)
            if given and isinstance(given[-1], exp.IgnoreNulls):  # as sqlglot reads it where ORDER BY follows
                self.skips, given[-1] = True, given[-1].this
        self.given = given

    @property
    def is_dressed(self) -> bool:
        """Whether there is anything."""
        return self.distinct or self.skips or self.order is not None or self.limit is not None

    @property
    def said(self) -> str:
        """What there is, as it is written."""
        return "DISTINCT …" if self.distinct else "… ORDER BY …" if self.order else "… IGNORE NULLS"


def _dressed(name: str, arguments: Sequence[Value], order: exp.Order | None, inner: _Inner) -> exp.Expr:
    """An aggregate of DuckDB's with what GoogleSQL writes between its brackets."""
    nodes = [each.node.copy() for each in arguments]
    if inner.distinct:
        nodes[0] = exp.Distinct(expressions=[nodes[0]])
    if order is not None:
        nodes[-1] = exp.Order(this=nodes[-1], expressions=order.expressions)
    tree: exp.Expr = exp.Anonymous(this=name, expressions=nodes)
    if inner.skips:
        blank = exp.Is(this=arguments[0].node.copy(), expression=exp.Null())
        tree = exp.Filter(this=tree, expression=exp.Where(this=exp.Not(this=exp.Paren(this=blank))))
    if inner.limit is None:
        return tree
    if name == "STRING_AGG":
        return _first_texts(arguments, order, inner)
    return made(f"LIST_SLICE({{0}}, 1, {inner.limit})", tree)


def _first_texts(arguments: Sequence[Value], order: exp.Order | None, inner: _Inner) -> exp.Expr:
    """STRING_AGG(… LIMIT n): the first texts that are no NULL, joined."""
    values: exp.Expr = arguments[0].node.copy()
    if inner.distinct:
        values = exp.Distinct(expressions=[values])
    if order is not None:
        values = exp.Order(this=values, expressions=order.expressions)
    blank = exp.Is(this=arguments[0].node.copy(), expression=exp.Null())
    listed = exp.Filter(
        this=exp.Anonymous(this="LIST", expressions=[values]),
        expression=exp.Where(this=exp.Not(this=exp.Paren(this=blank))),
    )
    return made(f"ARRAY_TO_STRING(LIST_SLICE({{0}}, 1, {inner.limit}), {{1}})", listed, arguments[1])


def _listed(reader: Reader, node: exp.Anonymous) -> Value:
    """ARRAY(SELECT …)."""
    query, columns = reader.query(node.expressions[0], reader.scope)
    kinds = list(columns.values()) if columns else [ANY]
    return Value(exp.Anonymous(this="ARRAY", expressions=[query]), f"ARRAY<{kinds[0]}>")


def _quantiles(reader: Reader, node: exp.Anonymous) -> Value:
    """All the quantiles, exact here."""
    steps = number_of(node.expressions[1]) if len(node.expressions) == 2 else None
    if steps is None or not 0 < steps <= 1000:
        raise Unspoken("unsupported", "APPROX_QUANTILES(…)", node)
    value = reader.of(node.expressions[0])
    shares = exp.Array(expressions=[exp.Literal.number(f"{place / steps:.12g}") for place in range(steps + 1)])
    form = "QUANTILE_CONT" if fits(value, "FLOAT64") else "QUANTILE_DISC"
    return Value(made(f"{form}({{0}}, {{1}})", value, shares), f"ARRAY<{value.type}>")


def _most(reader: Reader, node: exp.Anonymous, name: str) -> Value:
    """APPROX_TOP_COUNT and APPROX_TOP_SUM, exact here: the first so many values with their number or sum."""
    count = number_of(node.expressions[-1])
    with reader.scope.columns_first():
        arguments = [reader.of(each) for each in node.expressions[:-1]]
    if count is None or len(arguments) != (1 if name == "APPROX_TOP_COUNT" else 2):
        raise _mistaken(name, [*arguments, Value(exp.Null(), INT64)], node)
    if name == "APPROX_TOP_SUM":
        raise Unspoken("unsupported", f"{name}(…)", node)
    entries = "LIST_TRANSFORM(MAP_ENTRIES(HISTOGRAM({0})), LAMBDA e: {'count': e.value, 'value': e.key})"
    first = made(f"LIST_SLICE(LIST_SORT({entries}, 'DESC'), 1, {count})", arguments[0])
    told = made("LIST_TRANSFORM({0}, LAMBDA e: {'value': e.value, 'count': e.count})", first)
    return Value(told, f"ARRAY<STRUCT<value {arguments[0].type}, count INT64>>")


def _windowed(reader: Reader, node: exp.Expr) -> Value:
    """A call with OVER."""
    call, skips = node.this, False
    if isinstance(call, exp.IgnoreNulls):
        call, skips = call.this, True
    if not isinstance(call, exp.Anonymous):
        raise Unspoken("unsupported", "OVER", node)
    name = call.name.upper()
    if name in functions.WINDOW:
        value = _window_function(reader, call, name, skips=skips)
    elif name in functions.AGGREGATE and not skips:
        value = _aggregate(reader, call, name)
        value = _of_two(value, call) if name == "CORR" else value
    elif name in functions.SCALAR or name in times.TIME_FUNCTIONS:
        raise Unspoken("types", f"{name}(…) OVER (…)", node)
    else:
        raise _unknown(call, name)
    if name in functions.ORDERED and node.args.get("order") is None and node.args.get("alias") is None:
        raise Unspoken("form", f"{name}(…) OVER (…)", node, f"{name}(…) OVER (ORDER BY …)")
    return Value(_over(reader, node, value.node), value.type)


def _over(reader: Reader, node: exp.Expr, call: exp.Expr) -> exp.Expr:
    """The window around a call, or around each aggregate in it where DuckDB's form is more than one."""
    inside = [] if isinstance(call, exp.AggFunc | exp.IgnoreNulls) else list(call.find_all(exp.AggFunc))
    if not inside:
        return window_of(reader, node, call)
    for each in inside:
        each.replace(window_of(reader, node, each.copy()))
    return call


def _window_function(reader: Reader, call: exp.Anonymous, name: str, *, skips: bool) -> Value:
    given = list(call.expressions)
    if given and isinstance(given[-1], exp.IgnoreNulls):
        given[-1], skips = given[-1].this, True
    if skips and name not in _SKIPPING:
        raise Unspoken("no_such", f"{name}(… IGNORE NULLS)", call)
    with reader.scope.columns_first():
        arguments = [reader.of(each) for each in given]
    if name in ("LAG", "LEAD") and len(arguments) == 3:
        _called(functions.SCALAR["COALESCE"], name, [arguments[0], arguments[2]], call)
    value = _called(functions.WINDOW[name], name, arguments, call)
    if skips:
        return Value(exp.IgnoreNulls(this=value.node), value.type)
    return value
