"""What the systems make of values without being asked: numbers of texts, whole numbers of others, days of what is written otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.dialect.system_types import Types

_COMPARED = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Between, exp.In, exp.NullSafeEQ)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)([ T].*)?")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})( .*)?")
_NUMBERED = (exp.Sum, exp.Avg, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.Neg)
_BEGINNING = (
    "CASE WHEN {{0}} IS NOT NULL THEN COALESCE(TRY_CAST(REGEXP_EXTRACT(CAST({{0}} AS VARCHAR), '^{}') AS {}), 0) END"
)
_LEADING = _BEGINNING.format(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", "DOUBLE")
"""The number that a text begins with, 0 where there is none."""
_LEADING_WHOLE = _BEGINNING.format(r"\s*[-+]?\d+", "HUGEINT")
"""The digits that a text begins with, for a cast to a whole number: MySQL leaves out what stands behind a point."""
_WHOLE = {"mysql": "ROUND({0})", "snowflake": "ROUND({0})", "postgres": "ROUND({0})", "tsql": "TRUNC({0})"}
"""How what has decimals becomes a whole number: a half goes away from 0, in SQL Server all decimals go."""
_BYTES = (exp.DataType.Type.BINARY, exp.DataType.Type.VARBINARY)
_DIGITS = re.compile(r"(FM)?(0+|9+)", re.IGNORECASE)


def days_as_written(tree: exp.Expr, types: Types, system: str) -> None:
    """Writes days that columns of time are compared with as DuckDB reads them: '20240131', in SQL Server '1/31/2024' too."""
    for node in tree.find_all(*_COMPARED):
        parts = list(node.iter_expressions())
        known = [found for part in parts if (found := types.known(part)) is not None]
        if not any(found.this in exp.DataType.TEMPORAL_TYPES for found in known):
            continue
        for part in parts:
            if isinstance(part, exp.Literal) and part.is_string and (day := _iso(part.name.strip(), system)):
                part.replace(exp.Literal.string(day))


def _iso(text: str, system: str) -> str:
    if found := _COMPACT.fullmatch(text):
        return "-".join(found.groups()[:3]) + (found[4] or "")
    if system == "tsql" and (found := _AMERICAN.fullmatch(text)):
        month, day, year, time = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}{time or ''}"
    return ""


def texts_as_numbers(node: exp.Expr, types: Types) -> None:
    """Makes numbers of the texts that MySQL adds up, computes with or holds against a number in a node: what they begin with, else 0."""
    for part in list(_operands(node, types)):
        if types.is_text(part):
            part.replace(in_form(_LEADING, part))


def _operands(node: exp.Expr, types: Types) -> Iterator[exp.Expr]:
    """What is to be a number; a written text beside one is read as one by DuckDB."""
    parts = list(node.iter_expressions())
    if isinstance(node, _COMPARED) and any(map(types.is_number, parts)):
        yield from (each for each in parts if not isinstance(each, exp.Literal))
    if isinstance(node, _NUMBERED) and not any(isinstance(each, exp.Interval | exp.Distinct) for each in parts):
        yield from parts


def divided_in_whole(node: exp.Binary, types: Types) -> exp.Expr:
    """MySQL's DIV and %: NULL where the divisor is 0, and DIV leaves out what stands behind the point, which DuckDB does of whole numbers alone."""
    by: exp.Expr = node.right.copy()
    if not (isinstance(by, exp.Literal) and by.name.strip("0.")):
        by = exp.Nullif(this=by, expression=exp.Literal.number(0))
    if isinstance(node, exp.Mod) or (types.is_whole(node.left) and types.is_whole(node.right)):
        return type(node)(this=node.left.copy(), expression=by)
    return in_form("CAST(ROUND(({0} - {0} % {1}) / {1}) AS BIGINT)", node.left, by)


def cast_of(node: exp.Cast, types: Types, system: str) -> exp.Expr:
    """A number with decimals that is made a whole one, as the system rounds it; in MySQL what a text is made; any other cast as it is."""
    known = types.known(node.this)
    if system == "mysql" and types.is_text(node.this):
        return _cast_of_text(node)
    decimals = known is not None and known.this in exp.DataType.NUMERIC_TYPES - exp.DataType.INTEGER_TYPES
    if not decimals or node.to.this not in exp.DataType.INTEGER_TYPES:
        return node
    column_of_doubles = (
        known is not None and known.this in exp.DataType.FLOAT_TYPES and node.this.find(exp.AggFunc) is None
    )
    if system == "postgres" and column_of_doubles:  # rounds a half to the even number, as DuckDB does
        return node
    return type(node)(this=in_form(_WHOLE[system], node.this), to=node.to.copy())


def _cast_of_text(node: exp.Cast) -> exp.Expr:
    """MySQL's cast of a text: to a number what it begins with; BINARY is the text, whose capitals and small letters are told apart here."""
    if node.to.this in _BYTES:
        text: exp.Expr = node.this.copy()
        return text
    if node.to.this not in exp.DataType.NUMERIC_TYPES:
        return node
    form = _LEADING_WHOLE if node.to.this in exp.DataType.INTEGER_TYPES else _LEADING
    return exp.Cast(this=in_form(form, node.this), to=node.to.copy())


def similar_as_regex(node: exp.SimilarTo) -> exp.Expr | None:
    """SIMILAR TO by the standard, where % and _ stand for what they do in LIKE; None if its pattern is not written out."""
    pattern = node.expression
    if not isinstance(pattern, exp.Literal) or not pattern.is_string:
        return None
    parts = re.findall(r"\[[^\]]*\]|\\.|.", pattern.name, re.DOTALL)
    signs = {"%": ".*", "_": ".", ".": r"\.", "^": r"\^", "$": r"\$"}
    made = "".join(signs.get(part, part) for part in parts)
    return exp.Anonymous(
        this="REGEXP_FULL_MATCH", expressions=[node.this.copy(), exp.Literal.string(made), exp.Literal.string("s")]
    )


def mode_of(node: exp.WithinGroup) -> exp.Expr | None:
    """MODE() WITHIN GROUP (ORDER BY x): of several that come equally often the first; None for another aggregate."""
    if not isinstance(node.this, exp.Mode) or not isinstance(node.expression, exp.Order):
        return None
    order = node.expression.copy()
    value = order.expressions[0].this.copy()
    return exp.Anonymous(this="MODE", expressions=[exp.Order(this=value, expressions=order.expressions)])


def digits_of(value: exp.Expr, form: str) -> exp.Expr | None:
    """A number as PostgreSQL's TO_CHAR writes it in a format of nothing but 0s or 9s; None for another."""
    found = _DIGITS.fullmatch(form)
    if found is None:
        return None
    wide, has_zeros = len(found[2]), found[2][0] == "0"
    is_filled = not has_zeros and not found[1]  # with blanks, among them the one that keeps the place of the sign
    sign = f"CASE WHEN ROUND({{0}}) < 0 THEN '-' ELSE '{' ' if has_zeros and not found[1] else ''}' END"
    digits = "CAST(CAST(ABS(ROUND({0})) AS HUGEINT) AS VARCHAR)"
    filled = f"LPAD({digits}, {wide}, '0')" if has_zeros else digits
    fits = f"CASE WHEN LENGTH({digits}) > {wide} THEN REPEAT('#', {wide}) ELSE {filled} END"
    whole = f"{sign} || {fits}"
    return in_form(f"LPAD({whole}, {wide + 1}, ' ')" if is_filled else f"({whole})", value)


def with_thousands(value: exp.Expr, places: exp.Expr) -> exp.Expr | None:
    """MySQL's FORMAT(number, places); None where the places are not written out."""
    if not isinstance(places, exp.Literal) or not places.is_int or int(places.name) > 30:
        return None
    count = int(places.name)
    form = exp.Literal.string(f"{{:,.{count}f}}")
    rounded = exp.cast(exp.Round(this=value.copy(), decimals=exp.Literal.number(count)), "DOUBLE")
    return exp.Anonymous(this="FORMAT", expressions=[form, rounded])


def in_form(form: str, *parts: exp.Expr) -> exp.Expr:
    """DuckDB's expression of a form with these parts in it."""
    names = [f"_part_{number}" for number in range(len(parts))]
    tree: exp.Expr = exp.maybe_parse(form.format(*names), dialect="duckdb")
    by_name = dict(zip(names, parts, strict=True))

    def put(node: exp.Expr) -> exp.Expr:
        part = by_name.get(node.name) if isinstance(node, exp.Column) else None
        if part is None:
            return node
        return (
            exp.Paren(this=part.copy())
            if isinstance(part, exp.Binary) and isinstance(node.parent, exp.Binary)
            else part.copy()
        )

    made: exp.Expr = tree.transform(put)
    return made
