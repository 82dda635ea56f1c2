"""What DuckDB's functions are called in BigQuery, where sqlglot's writer has another meaning for them or none: one line each.

Sources: DuckDB's documentation, "Functions", and the pages below https://cloud.google.com/bigquery/docs/reference/standard-sql/ that
are named by the group. A form that GoogleSQL does not take after all is refused by who reads the translation back.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from sqlglot import exp

from classroom.learner.export.kinds import TimeKind
from sqlgrade.dialect.reading import trees_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.learner.export.kinds import TimeKinds

_BY_KIND: Mapping[type[exp.Expr], tuple[tuple[str, ...], str]] = {
    # date_functions, format-elements
    exp.Dayname: (("this",), "FORMAT_DATE('%A', DATE({0}))"),
    exp.Monthname: (("this",), "FORMAT_DATE('%B', DATE({0}))"),
    exp.Minute: (("this",), "EXTRACT(MINUTE FROM {0})"),
    exp.Second: (("this",), "EXTRACT(SECOND FROM {0})"),
    # timestamp_functions
    # string_functions
    exp.Contains: (("this", "expression"), "STRPOS({0}, {1}) > 0"),
    exp.SplitPart: (
        ("this", "delimiter", "part_index"),
        "IF({0} IS NULL, NULL, IFNULL(SPLIT({0}, {1})[SAFE_ORDINAL({2})], ''))",
    ),
    exp.RegexpFullMatch: (("this", "expression"), "REGEXP_CONTAINS({0}, CONCAT('^(?:', {1}, ')$'))"),
    # mathematical_functions
    exp.Pi: ((), "ACOS(-1)"),
}
"""Kind of node -> its arguments, and BigQuery's form of them."""
_BY_NAME = {
    # string_functions
    ("prefix", 2): "STARTS_WITH({0}, {1})",
    ("suffix", 2): "ENDS_WITH({0}, {1})",
    ("strlen", 1): "BYTE_LENGTH({0})",
    # date_functions
    ("weekday", 1): "EXTRACT(DAYOFWEEK FROM {0}) - 1",
    ("yearweek", 1): "EXTRACT(ISOYEAR FROM {0}) * 100 + EXTRACT(ISOWEEK FROM {0})",
    # bit_functions
    ("epoch_us", 1): "UNIX_MICROS(TIMESTAMP({0}))",
}
"""Name and number of arguments of a function that sqlglot does not know -> BigQuery's form."""
_PARTS = {"DOY": "EXTRACT(DAYOFYEAR FROM {0})", "EPOCH": "UNIX_MICROS(TIMESTAMP({0})) / 1000000"}
_DIRECTIVE = re.compile(r"\{(?::(?P<comma>,)?(?:\.(?P<digits>\d+)f)?)?\}")


@functools.cache
def _form(text: str) -> exp.Expr:
    read = trees_of(f"SELECT {text}")
    assert isinstance(read, list)  # noqa: S101  (the forms are ours)
    form: exp.Expr = read[0].expressions[0]
    return form


def written(form: str, *arguments: exp.Expr) -> exp.Expr:
    """BigQuery's expression of a form and what goes into its places."""
    text = form
    for place in range(len(arguments)):
        text = text.replace(f"{{{place}}}", f"_arg{place}")
    tree = _form(text).copy()
    for column in list(tree.find_all(exp.Column)):
        if column.name.startswith("_arg"):
            node = arguments[int(column.name.removeprefix("_arg"))].copy()
            apart = isinstance(node, exp.Binary | exp.Case) and isinstance(column.parent, exp.Binary)
            column.replace(exp.paren(node) if apart else node)
    return exp.paren(tree) if isinstance(tree, exp.Binary) else tree


def own_forms(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """A function by the tables."""
    found = _BY_KIND.get(type(node))
    if found is not None:
        arguments = [node.args.get(name) for name in found[0]]
        given = [each for each in arguments if isinstance(each, exp.Expr)]
        return written(found[1], *given) if len(given) == len(arguments) else node
    if isinstance(node, exp.Anonymous):
        form = _BY_NAME.get((str(node.this).lower(), len(node.expressions)))
        return written(form, *node.expressions) if form else node
    if isinstance(node, exp.Extract) and (form := _PARTS.get(node.this.name.upper())):
        return written(form, node.expression)
    return node


def milliseconds(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`epoch_ms` of a moment counts, and of a number makes a moment."""
    if not isinstance(node, exp.UnixToTime) or node.args.get("scale") is None:
        return node
    if kinds.of(node.this) in (TimeKind.MOMENT, TimeKind.DATE):
        return written("UNIX_MILLIS(TIMESTAMP({0}))", node.this)
    return node


def logarithms(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`log(x)` is of base 10 in DuckDB, and the natural one in BigQuery."""
    if isinstance(node, exp.Log) and node.args.get("expression") is None:
        return written("LOG10({0})", node.this)
    return node


def joined_texts(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`concat` and `concat_ws` leave NULLs out, which BigQuery does in ARRAY_TO_STRING alone; numbers are written as texts."""
    if not isinstance(node, exp.Concat | exp.ConcatWs):
        return node
    given = list(node.expressions)
    mark = given.pop(0) if isinstance(node, exp.ConcatWs) else exp.Literal.string("")
    texts = [each if each.is_string else exp.cast(each.copy(), "VARCHAR", dialect="duckdb") for each in given]
    if all(each.is_string for each in texts) and not isinstance(node, exp.ConcatWs):
        return exp.Anonymous(this="CONCAT", expressions=texts)
    return exp.Anonymous(this="ARRAY_TO_STRING", expressions=[exp.Array(expressions=texts), mark.copy()])


def decimals(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`x::DECIMAL(10, 2)` rounds to two digits; sqlglot would leave the numbers out."""
    to = node.args.get("to")
    if not isinstance(node, exp.Cast) or not isinstance(to, exp.DataType) or not to.is_type("decimal"):
        return node
    sizes = [int(each.name) for each in to.expressions]
    if not sizes or isinstance(node.parent, exp.Round):
        return node
    bare = type(node)(this=node.this.copy(), to=exp.DataType.build("DECIMAL"))
    return exp.Anonymous(this="ROUND", expressions=[bare, exp.Literal.number(sizes[1] if len(sizes) > 1 else 0)])


def texts_read_as_numbers(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`TRY_CAST(text AS INTEGER)` rounds '12.5' in DuckDB, and is NULL in BigQuery."""
    if not isinstance(node, exp.TryCast) or not node.to.is_type("int", "bigint", "smallint", "tinyint"):
        return node
    if not kinds.is_text(node.this):
        return node
    number = exp.TryCast(this=node.this.copy(), to=exp.DataType.build("DOUBLE"))
    rounded = exp.Anonymous(this="ROUND", expressions=[number])
    return exp.TryCast(this=rounded, to=exp.DataType.build("BIGINT"))


def truths_counted(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`sum(a = b)` counts truths; BigQuery adds up no BOOL."""
    if isinstance(node, exp.Sum) and kinds.is_truth(node.this):
        return exp.Sum(this=exp.cast(node.this.copy(), "BIGINT", dialect="duckdb"))
    return node


def formats(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`format('{:,} yen', x)` and `printf('%d', x)`: FORMAT has C's directives; `{}` writes any value."""
    if isinstance(node, exp.Anonymous) and str(node.this).lower() == "printf":
        return exp.Anonymous(this="FORMAT", expressions=[each.copy() for each in node.expressions])
    if not isinstance(node, exp.Format) or not node.this.is_string:
        return node
    pieces, begun, form = [], 0, node.this.name
    found = list(_DIRECTIVE.finditer(form))
    if len(found) != len(node.expressions) or "{" in _DIRECTIVE.sub("", form):
        return node
    for each in found:
        letter = f".{each['digits']}f" if each["digits"] else "d" if each["comma"] else "t"
        pieces += [form[begun : each.start()].replace("%", "%%"), f"%{chr(39) if each['comma'] else ''}{letter}"]
        begun = each.end()
    pieces.append(form[begun:].replace("%", "%%"))
    return exp.Anonymous(this="FORMAT", expressions=[exp.Literal.string("".join(pieces)), *node.expressions])


def escapes(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`LIKE '…' ESCAPE '!'`: BigQuery's sign is the backslash, which DuckDB takes as it stands."""
    if isinstance(node, exp.Escape) and isinstance(node.this, exp.Like) and node.this.expression.is_string:
        sign, pattern = node.expression.name, node.this.expression.name
        told = re.sub(f"{re.escape(sign)}(.)", r"\\\1", pattern.replace("\\", "\\\\"))
        return exp.Like(
            this=node.this.this.copy(), expression=exp.Literal.string(told), negate=node.this.args.get("negate")
        )
    if isinstance(node, exp.Like) and not isinstance(node.parent, exp.Escape) and node.expression.is_string:
        pattern = node.expression.name
        if "\\" in pattern and not node.meta.get("escaped"):
            told_ = exp.Like(this=node.this.copy(), expression=exp.Literal.string(pattern.replace("\\", "\\\\")))
            told_.meta["escaped"] = True
            return told_
    return node


def parts_of_texts(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`text[1]` and `text[1:3]` are letters of a text."""
    if not isinstance(node, exp.Bracket) or not kinds.is_text(node.this) or len(node.expressions) != 1:
        return node
    index = node.expressions[0]
    if isinstance(index, exp.Slice):
        start, end = index.this, index.args.get("expression")
        if not isinstance(start, exp.Literal) or not isinstance(end, exp.Literal):
            return node
        length = int(end.name) - int(start.name) + 1
        return written(f"SUBSTR({{0}}, {start.name}, {max(length, 0)})", node.this)
    if isinstance(index, exp.Literal) and not index.is_string:
        return written(f"SUBSTR({{0}}, {int(index.name) + 1}, 1)", node.this)
    return node


def moves(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`date_add(d, INTERVAL '7' DAY)`: a function wants a number there."""
    interval = node.args.get("expression")
    if (
        not isinstance(node, exp.DateAdd)
        or not isinstance(interval, exp.Interval)
        or not isinstance(interval.this, exp.Literal)
    ):
        return node
    if not interval.this.name.lstrip("-").isdigit():
        return node
    length = exp.Interval(this=exp.Literal.number(interval.this.name), unit=interval.args["unit"].copy())
    if kinds.of(node.this) is TimeKind.DATE and interval.args["unit"].name.upper().rstrip("S") in _OF_DAYS:
        moved = exp.Anonymous(this="DATE_ADD", expressions=[node.this.copy(), length])
        return exp.Anonymous(this="DATETIME", expressions=[moved])  # DuckDB's is a moment
    return exp.Add(this=node.this.copy(), expression=length)


_OF_DAYS = ("DAY", "WEEK", "MONTH", "QUARTER", "YEAR")


def orders(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`string_agg(x, ',' ORDER BY y)`: BigQuery sorts NULLs first there and knows no NULLS LAST; whether y is NULL is asked first."""
    if not isinstance(node, exp.Order) or not isinstance(node.parent, exp.GroupConcat | exp.ArrayAgg | exp.Distinct):
        return node
    keys: list[exp.Expr] = []
    distinct = isinstance(node.this, exp.Distinct)
    for key in node.expressions:
        if not key.args.get("desc") and not distinct and not key.args.get("nulls_first"):
            keys.append(exp.Ordered(this=exp.Is(this=key.this.copy(), expression=exp.Null()), nulls_first=True))
        keys.append(exp.Ordered(this=key.this.copy(), desc=key.args.get("desc"), nulls_first=not key.args.get("desc")))
    node.set("expressions", keys)
    return node


def all_replaced(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`regexp_replace(…, 'g')`: BigQuery replaces all of them, and never the first alone."""
    if (
        isinstance(node, exp.RegexpReplace)
        and node.args.get("modifiers") is not None
        and node.args["modifiers"].name == "g"
    ):
        kept = [node.this, node.expression, node.args["replacement"]]
        return exp.Anonymous(this="REGEXP_REPLACE", expressions=[each.copy() for each in kept])
    return node


def swapped_format(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`strftime('%Y', d)`: DuckDB takes both orders."""
    if isinstance(node, exp.TimeToStr) and node.this.is_string and not node.args["format"].is_string:
        return exp.TimeToStr(this=node.args["format"].copy(), format=node.this.copy())
    return node


OWN_FORMS = (
    swapped_format,
    own_forms,
    milliseconds,
    logarithms,
    joined_texts,
    decimals,
    texts_read_as_numbers,
    truths_counted,
    formats,
    escapes,
    parts_of_texts,
    moves,
    orders,
    all_replaced,
)
