"""GoogleSQL's expressions in DuckDB: operators, casts, calls and windows, each with its type; what is not known is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import bits, json_functions, pairs, structs, sums, times
from sqlgrade.dialect.as_text import as_text
from sqlgrade.dialect.forms import Unspoken, made, quoted_text, text_of, want, written
from sqlgrade.dialect.types import (
    ANY,
    BOOL,
    BYTES,
    DATE,
    DATETIME,
    FLOAT64,
    INT64,
    JSON,
    MOMENTS,
    NULL,
    STRING,
    TIMESTAMP,
    Value,
    array_of,
    common,
    element_of,
    fits,
    is_list,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlgrade.dialect.reader import QueryReader
    from sqlgrade.dialect.scope import Scope

_SIGNS: dict[type[exp.Expr], str] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=",
    exp.NullSafeEQ: "IS NOT DISTINCT FROM", exp.NullSafeNEQ: "IS DISTINCT FROM",
}  # fmt: skip
_OTHER_FORMS: dict[type[exp.Expr], tuple[str, str]] = {
    exp.Mod: ("%", "MOD(…, …)"),
    exp.ILike: ("ILIKE", "LOWER(…) LIKE '…'"),
    exp.Filter: ("FILTER (WHERE …)", "COUNTIF(…)"),
    exp.WithinGroup: ("WITHIN GROUP", "APPROX_QUANTILES(…, 2)[OFFSET(1)]"),
    exp.SimilarTo: ("SIMILAR TO", "REGEXP_CONTAINS(…, r'…')"),
    exp.RegexpLike: ("~", "REGEXP_CONTAINS(…, r'…')"),
    exp.Escape: ("ESCAPE", r"LIKE '…\\_…'"),
}
"""What other databases have -> its name, and how GoogleSQL writes it."""


_GREATEST = 1e150
"""The greatest number that is written; with a greater one DuckDB's own sums and squares end in infinity, where GoogleSQL stops."""


_BEYOND = 2**63
"""The first whole number that is no INT64."""


class Expressions:
    """Translates the expressions of one scope."""

    def __init__(self, scope: Scope, query: QueryReader) -> None:
        self.scope, self.query = scope, query

    def within(self, scope: Scope) -> Expressions:
        """The same in another scope."""
        return Expressions(scope, self.query)

    def of(self, node: exp.Expr) -> Value:
        """One expression; raises Unspoken."""
        if reader := _READERS.get(type(node)):
            return reader(self, node)
        if form := _OTHER_FORMS.get(type(node)):
            raise Unspoken("no_such", form[0], node, form[1])
        raise Unspoken("unsupported", written(node), node)

    def truth(self, node: exp.Expr, clause: str) -> exp.Expr:
        """A condition."""
        value = self.of(node)
        if not fits(value, BOOL):
            raise Unspoken("types", f"{clause} ({value.type})", node, "… = …")
        return value.node

    def ordered(self, order: exp.Expr) -> exp.Order:
        """ORDER BY; NULLs are the smallest."""
        keys = []
        for each in order.expressions:
            first = each.args.get("nulls_first")
            alone = (
                isinstance(each.this, exp.Column)
                and not each.this.table
                and each.this.name.lower() in self.scope.outputs
            )
            value = self.of(each.this)
            key = exp.column(each.this.this.copy()) if alone and self.scope.sees_outputs else value.node
            if value.type == FLOAT64 and any(each.may_be_nan for each in self.scope.around()):
                rank = made("CASE WHEN {0} IS NULL THEN 0 WHEN ISNAN(CAST({0} AS DOUBLE)) THEN 1 ELSE 2 END", key)
                rank = made("CASE {0} WHEN 0 THEN NULL ELSE {0} END", rank)
                keys.append(exp.Ordered(this=rank, desc=each.args.get("desc"), nulls_first=first))
            keys.append(exp.Ordered(this=key, desc=each.args.get("desc"), nulls_first=first))
        return exp.Order(expressions=keys)

    def plain(self, node: exp.Expr) -> Value:
        """Literals and NULL."""
        if isinstance(node, exp.Null):
            return Value(exp.Null(), NULL)
        if isinstance(node, exp.Boolean):
            return Value(node.copy(), BOOL)
        if isinstance(node, exp.RawString) or node.is_string:
            return Value(quoted_text(node.name), STRING, is_text=True)
        whole = node.name.isdigit()
        if not whole and abs(float(node.name)) > _GREATEST:
            raise Unspoken("unsupported", node.name, node)
        if whole and int(node.name) >= _BEYOND + isinstance(node.parent, exp.Neg):
            raise Unspoken("form", node.name, node, f"NUMERIC '{node.name}'")
        return Value(exp.Literal.number(node.name), INT64 if whole else FLOAT64)

    def column(self, node: exp.Expr) -> Value:
        """A column, a field of one, or an output by its name."""
        parts = [node.args[each] for each in ("catalog", "db", "table", "this") if node.args.get(each) is not None]
        value, fields = self.scope.path(parts, node)
        for each in fields:
            value = structs.field(value, each, node)
        return value

    def bracketed(self, node: exp.Expr) -> Value:
        """An expression in brackets."""
        inside = self.of(node.this)
        return Value(exp.Paren(this=inside.node), inside.type, inside.is_text)

    def joined_truths(self, node: exp.Expr) -> Value:
        """AND and OR; a long chain of them is read without going deeper."""
        terms: list[exp.Expr] = []
        current = node
        while type(current) is type(node):
            terms.append(current.expression)
            current = current.this
        name = node.key.upper()
        whole = self.truth(current, name)
        for each in reversed(terms):
            whole = type(node)(this=whole, expression=self.truth(each, name))
        return Value(whole, BOOL)

    def negated(self, node: exp.Expr) -> Value:
        """NOT."""
        if isinstance(node.this.unnest(), exp.Null):
            raise Unspoken("types", "NOT NULL", node, "IS NOT NULL")
        return Value(exp.Not(this=self.truth(node.this, "NOT")), BOOL)

    def compared(self, node: exp.Expr) -> Value:
        """A comparison: both sides are of one type."""
        if pairs.fields(node.this):
            return pairs.equal(self, node, _SIGNS[type(node)])
        sides = self.of_one_type([self.of(node.this), self.of(node.expression)], _SIGNS[type(node)], node)
        if any(each.type == JSON for each in sides):
            raise Unspoken("types", f"JSON {_SIGNS[type(node)]} JSON", node, "JSON_VALUE(…, '$.…') = '…'")
        if any(each.type.startswith(("STRUCT<", "ARRAY<")) for each in sides):
            return pairs.alike(sides, node, _SIGNS[type(node)])
        if any(each.type == NULL for each in sides) and not isinstance(node, exp.NullSafeEQ | exp.NullSafeNEQ):
            raise Unspoken("types", f"{_SIGNS[type(node)]} NULL", node, "IS NULL")
        return Value(type(node)(this=sides[0].node, expression=sides[1].node), BOOL)

    def between(self, node: exp.Expr) -> Value:
        """BETWEEN."""
        parts = [self.of(each) for each in (node.this, node.args["low"], node.args["high"])]
        this, low, high = (each.node for each in self.of_one_type(parts, "BETWEEN", node))
        return Value(exp.Between(this=this, low=low, high=high), BOOL)

    def contained(self, node: exp.Expr) -> Value:
        """IN a list, a subquery or an array."""
        if pairs.fields(node.this):
            return pairs.contained(self, node)
        this = self.of(node.this)
        if node.args.get("unnest") is not None:
            array = self.of(node.args["unnest"].expressions[0])
            self.of_one_type([this, Value(exp.Null(), element_of(array.type) or NULL)], "IN UNNEST", node)
            if this.type.startswith("STRUCT<"):
                return pairs.among(this, array, node)
            return Value(exp.In(this=this.node, query=exp.Subquery(this=made("SELECT UNNEST({0})", array))), BOOL)
        if (asked := node.args.get("query")) is not None:
            query, columns = self.query(asked.unnest(), self.scope)
            kind = next(iter(columns.values())) if columns else ANY
            if this.type.startswith("STRUCT<"):  # NULL within is equal to NULL in DuckDB
                raise Unspoken("unsupported", "STRUCT IN (…)", node)
            if {this.type, kind} <= set(MOMENTS) and this.type != kind:
                raise Unspoken("types", f"{this.type} IN ({kind})", node, f"CAST(… AS {kind})")
            self.of_one_type([this, Value(exp.Null(), kind)], "IN", node)
            return Value(exp.In(this=this.node, query=exp.Subquery(this=query)), BOOL)
        values = self.of_one_type([this, *(self.of(each) for each in node.expressions)], "IN", node)
        if this.type.startswith(("STRUCT<", "ARRAY<")):
            return Value(exp.Paren(this=exp.or_(*(pairs.same(this, each, node) for each in values[1:]))), BOOL)
        return Value(exp.In(this=values[0].node, expressions=[each.node for each in values[1:]]), BOOL)

    def is_(self, node: exp.Expr) -> Value:
        """IS NULL, IS TRUE, IS FALSE."""
        value = self.of(node.this)
        if isinstance(node.expression, exp.Boolean):
            want(value, BOOL, "IS TRUE", node)
        elif not isinstance(node.expression, exp.Null):
            raise Unspoken("unsupported", "IS", node)
        return Value(exp.Is(this=value.node, expression=node.expression.copy()), BOOL)

    def alike(self, node: exp.Expr) -> Value:
        """LIKE: a backslash takes a wildcard's meaning away. LIKE ANY and LIKE ALL: one after the other."""
        if isinstance(node.expression, exp.Any | exp.All):
            return self._alike_several(node)
        this, pattern = self.of(node.this), self.of(node.expression)
        if NULL in (this.type, pattern.type):
            raise Unspoken("types", "LIKE NULL", node, "IS NULL")
        return Value(self._like(this, pattern, node), BOOL)

    def _like(self, this: Value, pattern: Value, node: exp.Expr) -> exp.Expr:
        for each in (this, pattern):
            want(each, STRING, "LIKE", node)
        held: exp.Expr = exp.Like(this=this.node, expression=pattern.node, negate=node.args.get("negate"))
        if "\\" in (text_of(pattern) or ""):
            held = exp.Escape(this=held, expression=quoted_text("\\"))
        return held

    def _alike_several(self, node: exp.Expr) -> Value:
        listed = node.expression.this.unnest()
        given = listed.expressions if isinstance(listed, exp.Tuple) else [listed]
        if isinstance(listed, exp.Query | exp.Unnest) or not given:
            raise Unspoken("unsupported", written(node), node)
        this = self.of(node.this)
        each = [self._like(this, self.of(pattern), node) for pattern in given]
        joined = exp.or_ if isinstance(node.expression, exp.Any) else exp.and_
        return Value(exp.Paren(this=joined(*each)), BOOL)

    def chained(self, node: exp.Expr) -> Value:
        """Texts joined by ||."""
        sides = [self.of(node.this), self.of(node.expression)]
        if all(is_list(each.type) for each in sides):
            return Value(made("{0} || {1}", *sides), sides[0].type)
        if any(each.type == BYTES for each in sides):
            return Value(made("{0} || {1}", *sides), BYTES)
        return Value(exp.DPipe(this=as_text(sides[0]), expression=as_text(sides[1])), STRING)

    def chosen(self, node: exp.Expr) -> Value:
        """CASE and IF: all results are of one type."""
        branches = [node] if isinstance(node, exp.If) else node.args["ifs"]
        base = self.of(node.this) if isinstance(node, exp.Case) and node.this is not None else None
        conditions = [self._when(base, each, is_if=each is node) for each in branches]
        otherwise = node.args.get("false" if isinstance(node, exp.If) else "default")
        values = [self.of(each.args["true"]) for each in branches]
        values += [self.of(otherwise)] if otherwise is not None else []
        name = "IF" if isinstance(node, exp.If) else "CASE"
        values = self.of_one_type(values, name, node)
        case = exp.Case(this=base.node if base else None, ifs=[])
        for condition, value in zip(conditions, values, strict=False):
            case.append("ifs", exp.If(this=condition, true=value.node))
        if otherwise is not None:
            case.set("default", values[-1].node)
        return Value(case, common(values) or ANY, all(each.is_text for each in values))

    def _when(self, base: Value | None, branch: exp.Expr, *, is_if: bool) -> exp.Expr:
        """What a branch of CASE or IF wants."""
        if base is None:
            return self.truth(branch.this, "IF" if is_if else "WHEN")
        if base.type.startswith("STRUCT<"):  # NULL within is equal to NULL in DuckDB
            raise Unspoken("unsupported", "CASE STRUCT WHEN …", branch)
        return self.of_one_type([base, self.of(branch.this)], "CASE", branch)[1].node

    def cast(self, node: exp.Expr) -> Value:
        """CAST and SAFE_CAST, and literals such as DATE '2024-07-01'."""
        from sqlgrade.dialect.casts import converted

        return converted(self, node)

    def extract(self, node: exp.Expr) -> Value:
        """EXTRACT(part FROM value [AT TIME ZONE zone])."""
        inside = node.expression
        zone = inside.args["zone"] if isinstance(inside, exp.AtTimeZone) else None
        value = self.of(inside.this if zone is not None else inside)
        want(value, "DATE|DATETIME|TIMESTAMP|TIME|INTERVAL", "EXTRACT", node)
        if zone is not None:
            want(value, TIMESTAMP, "AT TIME ZONE", node)
            if value.type in (DATE, DATETIME):
                raise Unspoken(
                    "types", f"EXTRACT(… FROM {value.type} AT TIME ZONE …)", node, "TIMESTAMP(…) AT TIME ZONE …"
                )
            value = Value(times.in_zone(value, self.of(zone)), DATETIME)
        return times.extracted(times.DatePart(node.this), value, node)

    def subquery(self, node: exp.Expr) -> Value:
        """A query that gives one value."""
        query, columns = self.query(node.this, self.scope)
        kinds = list(columns.values()) if columns is not None else [ANY]
        return Value(exp.Subquery(this=query), kinds[0] if kinds else ANY)

    def exists(self, node: exp.Expr) -> Value:
        """EXISTS."""
        return Value(exp.Exists(this=self.query(node.this.unnest(), self.scope)[0]), BOOL)

    def array(self, node: exp.Expr) -> Value:
        """A list written out."""
        values = self.of_one_type([self.of(each) for each in node.expressions], "[…]", node)
        kind = common(values) or ANY
        if is_list(kind):
            raise Unspoken("types", array_of(kind), node, "[STRUCT([…])]")
        return Value(exp.Array(expressions=[structs.as_type(each, kind).node for each in values]), array_of(kind))

    def of_one_type(self, values: Sequence[Value], name: str, place: exp.Expr) -> list[Value]:
        """Values of one type, texts among them read as dates where the others are; raises Unspoken where they are of several."""
        kind = common(values)
        if kind is None:
            shown = ", ".join(dict.fromkeys(each.type for each in values if each.type != NULL))
            raise Unspoken("types", f"{name} ({shown})", place)
        if kind not in MOMENTS:
            return list(values)
        return [times.literal(each, kind, place) if each.is_text else each for each in values]

    def call(self, node: exp.Expr) -> Value:
        """A function."""
        from sqlgrade.dialect.calls import called

        return called(self, node)


_READERS: dict[type[exp.Expr], Callable[[Expressions, exp.Expr], Value]] = {
    **dict.fromkeys((exp.Literal, exp.RawString, exp.Null, exp.Boolean), Expressions.plain),
    exp.Column: Expressions.column,
    exp.Paren: Expressions.bracketed,
    **dict.fromkeys((exp.And, exp.Or), Expressions.joined_truths),
    exp.Not: Expressions.negated,
    exp.Neg: sums.signed,
    **dict.fromkeys(_SIGNS, Expressions.compared),
    **dict.fromkeys(sums.SIGNS, sums.reckoned),
    **dict.fromkeys(bits.SIGNS, bits.reckoned),
    exp.BitwiseNot: bits.turned,
    exp.Between: Expressions.between,
    exp.In: Expressions.contained,
    exp.Is: Expressions.is_,
    exp.Like: Expressions.alike,
    exp.DPipe: Expressions.chained,
    exp.Interval: sums.interval,
    **dict.fromkeys((exp.Case, exp.If), Expressions.chosen),
    **dict.fromkeys((exp.Cast, exp.TryCast), Expressions.cast),
    exp.Extract: Expressions.extract,
    exp.Subquery: Expressions.subquery,
    exp.Exists: Expressions.exists,
    exp.Array: Expressions.array,
    exp.Bracket: structs.element,
    exp.Dot: structs.dotted,
    exp.Tuple: structs.struct,
    exp.ByteString: structs.octets,
    exp.ParseJSON: json_functions.written_out,
    **dict.fromkeys(
        (exp.Anonymous, exp.Window, exp.SafeFunc, exp.NetFunc, exp.IgnoreNulls, exp.RespectNulls), Expressions.call
    ),
    **dict.fromkeys((exp.CurrentDate, exp.CurrentDatetime, exp.CurrentTimestamp), Expressions.call),
}
"""Kind of node -> who reads it; of any other kind nothing is run."""
