"""GoogleSQL's functions that can be run here: what they take, what they give, and their form in DuckDB.

Grouped by the page that describes them below https://cloud.google.com/bigquery/docs/reference/standard-sql/; what is not here
is told as a function that can't be run here, or as none of GoogleSQL's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import pairs
from sqlgrade.dialect.array_functions import ARRAY_PAGE
from sqlgrade.dialect.forms import made
from sqlgrade.dialect.function import COMMON, NUMBER, SAME, Function, as_called, narrow
from sqlgrade.dialect.json_functions import JSON_PAGE
from sqlgrade.dialect.text_functions import STRING_PAGE
from sqlgrade.dialect.types import ANY, BOOL, FLOAT64, INT64, STRING, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def _none_blank(form: str) -> Callable[[Sequence[Value], exp.Expr], exp.Expr]:
    """GREATEST and LEAST: NULL as soon as one is NULL; DuckDB leaves NULLs out."""

    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        chosen = exp.Anonymous(this=form, expressions=[each.node.copy() for each in arguments])
        blank = [
            exp.Is(this=_bracketed(each.node), expression=exp.Null()) for each in arguments if not _is_fixed(each.node)
        ]
        return exp.Case().when(exp.or_(*blank), exp.Null()).else_(chosen) if blank else chosen

    return build


def _is_fixed(node: exp.Expr) -> bool:
    return isinstance(node, exp.Literal)


def _bracketed(node: exp.Expr) -> exp.Expr:
    return exp.Paren(this=node.copy()) if isinstance(node, exp.Binary | exp.Case) else node.copy()


def _divided(form: str) -> Callable[[Sequence[Value], exp.Expr], exp.Expr]:
    """A division that stops at zero."""

    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        return stopping_at_zero(form, arguments[0].node, arguments[1].node)

    return build


def _whole_division(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """DIV: cut towards zero, as DuckDB's sign for it cuts whole numbers; of decimals that sign leaves some."""
    whole = all(each.type == INT64 for each in arguments)
    return _divided("{0} // {1}" if whole else "CAST(TRUNC({0} / {1}) AS BIGINT)")(arguments, place)


def stopping_at_zero(form: str, number: exp.Expr, divisor: exp.Expr) -> exp.Expr:
    """A division by what may be zero, which is an error in BigQuery and not in DuckDB; NULL divided by zero is NULL there too."""
    bare = divisor.unnest()
    if isinstance(bare, exp.Nullif) or (isinstance(bare, exp.Literal) and float(bare.name) != 0):
        return made(form, number, divisor)
    if isinstance(number.unnest(), exp.Literal) or sum(1 for _ in number.walk()) > _MOST_WRITTEN_TWICE:
        return made(f"CASE WHEN {{1}} = 0 THEN error('division by zero') ELSE {form} END", number, divisor)
    stops = f"CASE WHEN {{1}} = 0 AND NOT {{0}} IS NULL THEN error('division by zero') ELSE {form} END"
    return made(stops, number, divisor)


_MOST_WRITTEN_TWICE = 100
"""Nodes of a dividend; a chain of divisions would else double with each."""


def _logarithm(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """LOG is the natural one where no base is named."""
    return made("LN({0})" if len(arguments) == 1 else "LN({0}) / LN({1})", *arguments)


def _coalesced(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    return exp.Coalesce(this=arguments[0].node.copy(), expressions=[each.node.copy() for each in arguments[1:]])


def _null_if(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """NULLIF; of STRUCTs, within which DuckDB takes NULL for equal to NULL, as they are compared elsewhere."""
    if any(each.type.startswith("STRUCT<") for each in arguments):
        held = pairs.same(arguments[0], arguments[1], place)
        return made("CASE WHEN {0} THEN NULL ELSE {1} END", held, arguments[0])
    return made("NULLIF({0}, {1})", *arguments)


def _to_digits(name: str) -> Callable[[Sequence[Value], exp.Expr], exp.Expr]:
    """ROUND and TRUNC, to a number of digits."""

    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        if len(arguments) == 1:
            return made(f"{name}({{0}})", arguments[0])
        return made(f"{name}({{0}}, {{1}})", arguments[0], narrow(arguments[1]))

    return build


_OF_ANGLES = "SIN COS TAN ASIN ACOS ATAN SINH COSH TANH ASINH ACOSH ATANH CBRT".split()
_SAFE_SIGNS = {"ADD": "+", "SUBTRACT": "-", "MULTIPLY": "*"}
_CONDITIONAL = {
    "COALESCE": Function((ANY, "…"), COMMON, _coalesced),
    "IFNULL": Function((ANY, ANY), COMMON, _coalesced),
    "NULLIF": Function((ANY, ANY), COMMON, _null_if),
}
_MATHEMATICAL = {
    "ABS": Function((NUMBER,), SAME, "ABS({0})"),
    "SIGN": Function((NUMBER,), SAME, "SIGN({0})"),
    "ROUND": Function(("NUMERIC|FLOAT64", INT64), SAME, _to_digits("ROUND"), 1),
    "TRUNC": Function(("NUMERIC|FLOAT64", INT64), SAME, _to_digits("TRUNC"), 1),
    **dict.fromkeys(("CEIL", "CEILING"), Function(("NUMERIC|FLOAT64",), SAME, "CEIL({0})")),
    "FLOOR": Function(("NUMERIC|FLOAT64",), SAME, "FLOOR({0})"),
    "MOD": Function(("INT64|NUMERIC", "INT64|NUMERIC"), COMMON, _divided("{0} % {1}")),
    "DIV": Function(("INT64|NUMERIC", "INT64|NUMERIC"), COMMON, _whole_division),
    "SAFE_DIVIDE": Function((NUMBER, NUMBER), FLOAT64, "{0} / NULLIF({1}, 0)"),
    "IEEE_DIVIDE": Function((NUMBER, NUMBER), FLOAT64, "CAST({0} AS DOUBLE) / {1}"),
    "SQRT": Function((NUMBER,), FLOAT64, "SQRT({0})"),
    **dict.fromkeys(("POW", "POWER"), Function((NUMBER, NUMBER), FLOAT64, "POW({0}, {1})")),
    "EXP": Function((NUMBER,), FLOAT64, "EXP({0})"),
    "LN": Function((NUMBER,), FLOAT64, "LN({0})"),
    "LOG10": Function((NUMBER,), FLOAT64, "LOG10({0})"),
    "LOG": Function((NUMBER, NUMBER), FLOAT64, _logarithm, 1),
    **{name: Function((NUMBER,), FLOAT64, f"{name}({{0}})") for name in _OF_ANGLES},
    "COT": Function((NUMBER,), FLOAT64, "CASE WHEN {0} = 0 THEN error('division by zero') ELSE COT({0}) END"),
    "ATAN2": Function((NUMBER, NUMBER), FLOAT64, "ATAN2({0}, {1})"),
    "IS_NAN": Function((NUMBER,), BOOL, "ISNAN(CAST({0} AS DOUBLE))"),
    "IS_INF": Function((NUMBER,), BOOL, "ISINF(CAST({0} AS DOUBLE))"),
    "RAND": Function((), FLOAT64, "RANDOM()"),
    "GENERATE_UUID": Function((), STRING, "CAST(UUID() AS VARCHAR)"),
    **{
        f"SAFE_{name}": Function((NUMBER, NUMBER), COMMON, f"TRY({{0}} {sign} {{1}})")
        for name, sign in _SAFE_SIGNS.items()
    },
    "SAFE_NEGATE": Function((NUMBER,), SAME, "TRY(-{0})"),
    "BIT_COUNT": Function((INT64,), INT64, "BIT_COUNT(CAST({0} AS BIGINT))"),
    "GREATEST": Function((ANY, "…"), COMMON, _none_blank("GREATEST")),
    "LEAST": Function((ANY, "…"), COMMON, _none_blank("LEAST")),
}
_OF_DAYS = {
    "UNIX_DATE": Function(("DATE",), INT64, "CAST({0} AS DATE) - DATE '1970-01-01'"),
    "DATE_FROM_UNIX_DATE": Function((INT64,), "DATE", "DATE '1970-01-01' + CAST({0} AS INTEGER)"),
    "UNIX_SECONDS": Function(("TIMESTAMP",), INT64, "CAST(FLOOR(EPOCH(CAST({0} AS TIMESTAMP))) AS BIGINT)"),
    "UNIX_MILLIS": Function(("TIMESTAMP",), INT64, "CAST(FLOOR(EPOCH_US(CAST({0} AS TIMESTAMP)) / 1000) AS BIGINT)"),
    "UNIX_MICROS": Function(("TIMESTAMP",), INT64, "EPOCH_US(CAST({0} AS TIMESTAMP))"),
    "TIMESTAMP_SECONDS": Function((INT64,), "TIMESTAMP", "MAKE_TIMESTAMP(CAST({0} AS BIGINT) * 1000000)"),
    "TIMESTAMP_MILLIS": Function((INT64,), "TIMESTAMP", "MAKE_TIMESTAMP(CAST({0} AS BIGINT) * 1000)"),
    "TIMESTAMP_MICROS": Function((INT64,), "TIMESTAMP", "MAKE_TIMESTAMP(CAST({0} AS BIGINT))"),
}
_AGGREGATE = {
    "COUNT": Function((ANY,), INT64, "COUNT({0})"),
    "COUNTIF": Function(("BOOL",), INT64, "COUNT(CASE WHEN {0} THEN 1 END)"),
    "SUM": Function((NUMBER,), SAME, "SUM({0})"),
    "AVG": Function((NUMBER,), FLOAT64, "AVG({0})"),
    "MIN": Function((ANY,), SAME, "MIN({0})"),
    "MAX": Function((ANY,), SAME, "MAX({0})"),
    "ANY_VALUE": Function((ANY,), SAME, "ANY_VALUE({0})"),
    "LOGICAL_AND": Function(("BOOL",), "BOOL", "BOOL_AND({0})"),
    "LOGICAL_OR": Function(("BOOL",), "BOOL", "BOOL_OR({0})"),
    "STRING_AGG": Function((STRING, STRING), STRING, "STRING_AGG({0}, {1})", 1),
    "ARRAY_AGG": Function((ANY,), "ARRAY", "LIST({0})"),
    "APPROX_COUNT_DISTINCT": Function((ANY,), INT64, "COUNT(DISTINCT {0})"),
    **dict.fromkeys(("STDDEV", "STDDEV_SAMP"), Function((NUMBER,), FLOAT64, "STDDEV_SAMP({0})")),
    **dict.fromkeys(("VARIANCE", "VAR_SAMP"), Function((NUMBER,), FLOAT64, "VAR_SAMP({0})")),
    "STDDEV_POP": Function((NUMBER,), FLOAT64, "STDDEV_POP({0})"),
    "VAR_POP": Function((NUMBER,), FLOAT64, "VAR_POP({0})"),
    **{
        name: Function((NUMBER, NUMBER), FLOAT64, f"{name}({{0}}, {{1}})")
        for name in ("CORR", "COVAR_POP", "COVAR_SAMP")
    },
    "MAX_BY": Function((ANY, ANY), SAME, "ARG_MAX({0}, {1})"),
    "MIN_BY": Function((ANY, ANY), SAME, "ARG_MIN({0}, {1})"),
    **{name: Function((INT64,), INT64, f"{name}({{0}})") for name in ("BIT_AND", "BIT_OR", "BIT_XOR")},
    "ARRAY_CONCAT_AGG": Function(("ARRAY",), SAME, "FLATTEN(LIST({0}))"),
    "GROUPING": Function((ANY,), INT64, "GROUPING({0})"),
}
_WINDOW = {
    **{name: Function((), INT64, f"{name}()") for name in ("ROW_NUMBER", "RANK", "DENSE_RANK")},
    **{name: Function((), FLOAT64, f"{name}()") for name in ("PERCENT_RANK", "CUME_DIST")},
    "NTILE": Function((INT64,), INT64, "NTILE({0})"),
    "LAG": Function((ANY, INT64, ANY), SAME, as_called("LAG"), 1),
    "LEAD": Function((ANY, INT64, ANY), SAME, as_called("LEAD"), 1),
    "FIRST_VALUE": Function((ANY,), SAME, "FIRST_VALUE({0})"),
    "LAST_VALUE": Function((ANY,), SAME, "LAST_VALUE({0})"),
    "NTH_VALUE": Function((ANY, INT64), SAME, "NTH_VALUE({0}, {1})"),
    "PERCENTILE_CONT": Function((NUMBER, FLOAT64), FLOAT64, "QUANTILE_CONT({0}, {1})"),
    "PERCENTILE_DISC": Function((ANY, FLOAT64), SAME, "QUANTILE_DISC({0}, {1})"),
}
SCALAR_PAGES = {
    "conditional_expressions": _CONDITIONAL,
    "mathematical_functions": _MATHEMATICAL,
    "string_functions": STRING_PAGE,
    "array_functions": ARRAY_PAGE,
    "json_functions": JSON_PAGE,
    "date_functions": _OF_DAYS,
}
SCALAR = {name: each for page in SCALAR_PAGES.values() for name, each in page.items()}
AGGREGATE = _AGGREGATE
"""Pages aggregate_functions, approximate_aggregate_functions, statistical_aggregate_functions."""
WINDOW = _WINDOW
"""Pages numbering_functions, navigation_functions."""
ORDERED = frozenset("RANK DENSE_RANK PERCENT_RANK CUME_DIST NTILE LAG LEAD".split())
"""Those that BigQuery refuses without an ORDER BY."""

MEANT = {
    "STRFTIME": "FORMAT_DATE('%Y-%m', …)",
    "STRPTIME": "PARSE_DATE('%Y-%m-%d', …)",
    "DATE_PART": "EXTRACT(MONTH FROM …)",
    "DATEDIFF": "DATE_DIFF(…, …, DAY)",
    "DATEADD": "DATE_ADD(…, INTERVAL 1 DAY)",
    "NOW": "CURRENT_DATETIME()",
    "GETDATE": "CURRENT_DATETIME()",
    "TODAY": "CURRENT_DATE()",
    "COUNT_IF": "COUNTIF(…)",
    "MEDIAN": "APPROX_QUANTILES(…, 2)[OFFSET(1)]",
    "QUANTILE_CONT": "APPROX_QUANTILES(…, 100)[OFFSET(90)]",
    "QUANTILE_DISC": "APPROX_QUANTILES(…, 100)[OFFSET(90)]",
    "NVL": "IFNULL(…, …)",
    "ISNULL": "IFNULL(…, …)",
    "IIF": "IF(…, …, …)",
    "LEN": "LENGTH(…)",
    "BOOL_OR": "LOGICAL_OR(…)",
    "BOOL_AND": "LOGICAL_AND(…)",
    "LIST": "ARRAY_AGG(…)",
    "LISTAGG": "STRING_AGG(…, ',')",
    "GROUP_CONCAT": "STRING_AGG(…, ',')",
    "REGEXP_MATCHES": "REGEXP_CONTAINS(…, r'…')",
    "CONTAINS": "STRPOS(…, '…') > 0",
    "GENERATE_SERIES": "GENERATE_ARRAY(…, …)",
    "ARG_MAX": "MAX_BY(…, …)",
    "ARG_MIN": "MIN_BY(…, …)",
    "EPOCH": "UNIX_SECONDS(…)",
    "TO_CHAR": "FORMAT_DATE('%Y-%m', …)",
    "TO_DATE": "PARSE_DATE('%Y-%m-%d', …)",
    "TRY_CAST": "SAFE_CAST(… AS INT64)",
    "YEAR": "EXTRACT(YEAR FROM …)",
    "MONTH": "EXTRACT(MONTH FROM …)",
    "DAY": "EXTRACT(DAY FROM …)",
    "HOUR": "EXTRACT(HOUR FROM …)",
    "WEEK": "EXTRACT(WEEK FROM …)",
    "QUARTER": "EXTRACT(QUARTER FROM …)",
    "DAYOFWEEK": "EXTRACT(DAYOFWEEK FROM …)",
    "ISODOW": "EXTRACT(DAYOFWEEK FROM …)",
}
"""What other databases call otherwise -> how GoogleSQL writes it."""
