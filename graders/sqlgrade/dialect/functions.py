"""GoogleSQL's functions that can be run here: what they take, what they give, and their form in DuckDB.

Grouped by the page that describes them below https://cloud.google.com/bigquery/docs/reference/standard-sql/; what is not here
is told as a function that can't be run here, or as none of GoogleSQL's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.forms import Unspoken, made, number_of, quoted_text, text_of
from sqlgrade.dialect.types import ANY, FLOAT64, INT64, STRING, Value, array_of, common, element_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SAME = "same"
"""Gives the type of its first argument."""
COMMON = "common"
"""Gives the type that all its arguments become."""
_NUMBER = "INT64|NUMERIC|FLOAT64"
_SPACES = " \t\n\r\x0b\x0c\u00a0\u3000"
"""What TRIM takes away where it is not told."""


@dataclass(frozen=True)
class Function:
    """One function of GoogleSQL."""

    wants: tuple[str, ...]
    """The types of its arguments; "…" after the last repeats it."""
    gives: str
    form: str | Callable[[Sequence[Value], exp.Expr], exp.Expr]
    """Its DuckDB form, or what makes it."""
    least: int = -1
    """How many arguments it needs; all if negative."""

    def accepts(self, count: int) -> bool:
        """Whether it takes so many arguments."""
        if self.wants[-1:] == ("…",):
            return count >= max(self.least, 1)
        return (len(self.wants) if self.least < 0 else self.least) <= count <= len(self.wants)

    def wanted(self, place: int) -> str:
        """The type of an argument."""
        return self.wants[place] if self.wants[place : place + 1] not in ((), ("…",)) else self.wants[-2]


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


def _joined(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """CONCAT: NULL as soon as one is NULL."""
    texts = [each.node if each.type == STRING else made("CAST({0} AS VARCHAR)", each) for each in arguments]
    whole = texts[0]
    for each in texts[1:]:
        whole = made("{0} || {1}", whole, each)
    return whole


def _cut(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """SUBSTR: a place of 0 is the first."""
    start = number_of(arguments[1].node)
    if start == 0:
        arguments = [arguments[0], Value(exp.Literal.number(1), INT64), *arguments[2:]]
    if start is not None and start < 0 and len(arguments) == 2:
        return made("RIGHT({0}, {1})", arguments[0], exp.Literal.number(-start))
    if start is not None and start < 0:
        return made("LEFT(RIGHT({0}, {1}), {2})", arguments[0], exp.Literal.number(-start), arguments[2])
    return made(f"SUBSTR({', '.join(f'{{{n}}}' for n in range(len(arguments)))})", *arguments)


def _trimmed(name: str) -> Callable[[Sequence[Value], exp.Expr], exp.Expr]:
    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        taken = arguments[1].node if len(arguments) > 1 else quoted_text(_SPACES)
        return made(f"{name}({{0}}, {{1}})", arguments[0], taken)

    return build


def _padded(name: str) -> Callable[[Sequence[Value], exp.Expr], exp.Expr]:
    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        filling = arguments[2].node if len(arguments) > 2 else quoted_text(" ")
        return made(f"{name}({{0}}, {{1}}, {{2}})", *arguments[:2], filling)

    return build


def _pattern_part(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """REGEXP_EXTRACT: NULL where nothing is found; the group, where the pattern has one."""
    pattern = text_of(arguments[1])
    try:
        groups = re.compile(pattern or "").groups
    except re.error:
        groups = 2
    if pattern is None or groups > 1:
        raise Unspoken("unsupported", "REGEXP_EXTRACT(…)", place)
    return made(f"CASE WHEN REGEXP_MATCHES({{0}}, {{1}}) THEN REGEXP_EXTRACT({{0}}, {{1}}, {groups}) END", *arguments)


def _printed(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """FORMAT of whole numbers, texts and decimals."""
    form = text_of(arguments[0])
    found = re.findall(r"%(?:%|([-+0 ]*\d*)(?:(\.\d+)?([dsf]))?|.)", form or "")
    letters = [letter for _, _, letter in found if letter]
    wanted = {"d": INT64, "s": STRING, "f": FLOAT64}
    if form is None or form.count("%%") + len(letters) != len(found) or len(letters) != len(arguments) - 1:
        raise Unspoken("unsupported", "FORMAT(…)", place)
    for letter, each in zip(letters, arguments[1:], strict=True):
        if each.type not in (wanted[letter], ANY):
            raise Unspoken("types", f"FORMAT('%{letter}', {each.type})", place, f"CAST(… AS {wanted[letter]})")
    return exp.Anonymous(this="PRINTF", expressions=[each.node.copy() for each in arguments])


def _as_called(name: str) -> Callable[[Sequence[Value], exp.Expr], exp.Expr]:
    """A function that DuckDB has under the same name, with as many arguments as it is given."""

    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        return made(f"{name}({', '.join(f'{{{n}}}' for n in range(len(arguments)))})", *arguments)

    return build


def _logarithm(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    """LOG is the natural one where no base is named."""
    return made("LN({0})" if len(arguments) == 1 else "LN({0}) / LN({1})", *arguments)


def _split(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    by = arguments[1].node if len(arguments) > 1 else quoted_text(",")
    return made("STRING_SPLIT({0}, {1})", arguments[0], by)


def _coalesced(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
    return exp.Coalesce(this=arguments[0].node.copy(), expressions=[each.node.copy() for each in arguments[1:]])


_CONDITIONAL = {
    "COALESCE": Function((ANY, "…"), COMMON, _coalesced),
    "IFNULL": Function((ANY, ANY), COMMON, _coalesced),
    "NULLIF": Function((ANY, ANY), COMMON, "NULLIF({0}, {1})"),
}
_MATHEMATICAL = {
    "ABS": Function((_NUMBER,), SAME, "ABS({0})"),
    "SIGN": Function((_NUMBER,), SAME, "SIGN({0})"),
    "ROUND": Function(("NUMERIC|FLOAT64", INT64), SAME, _as_called("ROUND"), 1),
    "TRUNC": Function(("NUMERIC|FLOAT64", INT64), SAME, _as_called("TRUNC"), 1),
    **dict.fromkeys(("CEIL", "CEILING"), Function(("NUMERIC|FLOAT64",), SAME, "CEIL({0})")),
    "FLOOR": Function(("NUMERIC|FLOAT64",), SAME, "FLOOR({0})"),
    "MOD": Function(("INT64|NUMERIC", "INT64|NUMERIC"), COMMON, _divided("{0} % {1}")),
    "DIV": Function(("INT64|NUMERIC", "INT64|NUMERIC"), COMMON, _whole_division),
    "SAFE_DIVIDE": Function((_NUMBER, _NUMBER), FLOAT64, "{0} / NULLIF({1}, 0)"),
    "IEEE_DIVIDE": Function((_NUMBER, _NUMBER), FLOAT64, "CAST({0} AS DOUBLE) / {1}"),
    "SQRT": Function((_NUMBER,), FLOAT64, "SQRT({0})"),
    **dict.fromkeys(("POW", "POWER"), Function((_NUMBER, _NUMBER), FLOAT64, "POW({0}, {1})")),
    "EXP": Function((_NUMBER,), FLOAT64, "EXP({0})"),
    "LN": Function((_NUMBER,), FLOAT64, "LN({0})"),
    "LOG10": Function((_NUMBER,), FLOAT64, "LOG10({0})"),
    "LOG": Function((_NUMBER, _NUMBER), FLOAT64, _logarithm, 1),
    "GREATEST": Function((ANY, "…"), COMMON, _none_blank("GREATEST")),
    "LEAST": Function((ANY, "…"), COMMON, _none_blank("LEAST")),
}
_STRING = {
    **{name: Function((STRING,), STRING, f"{name}({{0}})") for name in ("UPPER", "LOWER", "REVERSE")},
    **dict.fromkeys(("LENGTH", "CHAR_LENGTH", "CHARACTER_LENGTH"), Function((STRING,), INT64, "LENGTH({0})")),
    **{name: Function((STRING, STRING), STRING, _trimmed(name), 1) for name in ("TRIM", "LTRIM", "RTRIM")},
    "REPLACE": Function((STRING, STRING, STRING), STRING, "REPLACE({0}, {1}, {2})"),
    **dict.fromkeys(("SUBSTR", "SUBSTRING"), Function((STRING, INT64, INT64), STRING, _cut, 2)),
    **dict.fromkeys(("STRPOS", "INSTR"), Function((STRING, STRING), INT64, "STRPOS({0}, {1})")),
    "LEFT": Function((STRING, INT64), STRING, "LEFT({0}, {1})"),
    "RIGHT": Function((STRING, INT64), STRING, "RIGHT({0}, {1})"),
    **{name: Function((STRING, INT64, STRING), STRING, _padded(name), 2) for name in ("LPAD", "RPAD")},
    "REPEAT": Function((STRING, INT64), STRING, "REPEAT({0}, {1})"),
    "CONCAT": Function((ANY, "…"), STRING, _joined),
    "STARTS_WITH": Function((STRING, STRING), "BOOL", "STARTS_WITH({0}, {1})"),
    "ENDS_WITH": Function((STRING, STRING), "BOOL", "ENDS_WITH({0}, {1})"),
    "REGEXP_CONTAINS": Function((STRING, STRING), "BOOL", "REGEXP_MATCHES({0}, {1})"),
    "REGEXP_EXTRACT": Function((STRING, STRING), STRING, _pattern_part),
    "REGEXP_REPLACE": Function((STRING, STRING, STRING), STRING, "REGEXP_REPLACE({0}, {1}, {2}, 'g')"),
    "SPLIT": Function((STRING, STRING), array_of(STRING), _split, 1),
    "FORMAT": Function((STRING, ANY, "…"), STRING, _printed),
}
_ARRAY = {
    "ARRAY_LENGTH": Function(("ARRAY",), INT64, "LEN({0})"),
    "ARRAY_REVERSE": Function(("ARRAY",), SAME, "LIST_REVERSE({0})"),
    "ARRAY_TO_STRING": Function((array_of(STRING), STRING), STRING, "ARRAY_TO_STRING({0}, {1})"),
    "GENERATE_ARRAY": Function((INT64, INT64, INT64), array_of(INT64), _as_called("GENERATE_SERIES"), 2),
}
_OF_DAYS = {
    "UNIX_DATE": Function(("DATE",), INT64, "CAST({0} AS DATE) - DATE '1970-01-01'"),
    "DATE_FROM_UNIX_DATE": Function((INT64,), "DATE", "DATE '1970-01-01' + CAST({0} AS INTEGER)"),
    "UNIX_SECONDS": Function(("TIMESTAMP",), INT64, "CAST(FLOOR(EPOCH(CAST({0} AS TIMESTAMP))) AS BIGINT)"),
    "TIMESTAMP_SECONDS": Function((INT64,), "TIMESTAMP", "MAKE_TIMESTAMP({0} * 1000000)"),
}
_AGGREGATE = {
    "COUNT": Function((ANY,), INT64, "COUNT({0})"),
    "COUNTIF": Function(("BOOL",), INT64, "COUNT(CASE WHEN {0} THEN 1 END)"),
    "SUM": Function((_NUMBER,), SAME, "SUM({0})"),
    "AVG": Function((_NUMBER,), FLOAT64, "AVG({0})"),
    "MIN": Function((ANY,), SAME, "MIN({0})"),
    "MAX": Function((ANY,), SAME, "MAX({0})"),
    "ANY_VALUE": Function((ANY,), SAME, "ANY_VALUE({0})"),
    "LOGICAL_AND": Function(("BOOL",), "BOOL", "BOOL_AND({0})"),
    "LOGICAL_OR": Function(("BOOL",), "BOOL", "BOOL_OR({0})"),
    "STRING_AGG": Function((STRING, STRING), STRING, "STRING_AGG({0}, {1})", 1),
    "ARRAY_AGG": Function((ANY,), "ARRAY", "LIST({0})"),
    "APPROX_COUNT_DISTINCT": Function((ANY,), INT64, "COUNT(DISTINCT {0})"),
    **dict.fromkeys(("STDDEV", "STDDEV_SAMP"), Function((_NUMBER,), FLOAT64, "STDDEV_SAMP({0})")),
    **dict.fromkeys(("VARIANCE", "VAR_SAMP"), Function((_NUMBER,), FLOAT64, "VAR_SAMP({0})")),
    "STDDEV_POP": Function((_NUMBER,), FLOAT64, "STDDEV_POP({0})"),
    "VAR_POP": Function((_NUMBER,), FLOAT64, "VAR_POP({0})"),
    **{
        name: Function((_NUMBER, _NUMBER), FLOAT64, f"{name}({{0}}, {{1}})")
        for name in ("CORR", "COVAR_POP", "COVAR_SAMP")
    },
    "MAX_BY": Function((ANY, ANY), SAME, "ARG_MAX({0}, {1})"),
    "MIN_BY": Function((ANY, ANY), SAME, "ARG_MIN({0}, {1})"),
}
_WINDOW = {
    **{name: Function((), INT64, f"{name}()") for name in ("ROW_NUMBER", "RANK", "DENSE_RANK")},
    **{name: Function((), FLOAT64, f"{name}()") for name in ("PERCENT_RANK", "CUME_DIST")},
    "NTILE": Function((INT64,), INT64, "NTILE({0})"),
    "LAG": Function((ANY, INT64, ANY), SAME, _as_called("LAG"), 1),
    "LEAD": Function((ANY, INT64, ANY), SAME, _as_called("LEAD"), 1),
    "FIRST_VALUE": Function((ANY,), SAME, "FIRST_VALUE({0})"),
    "LAST_VALUE": Function((ANY,), SAME, "LAST_VALUE({0})"),
    "NTH_VALUE": Function((ANY, INT64), SAME, "NTH_VALUE({0}, {1})"),
    "PERCENTILE_CONT": Function((_NUMBER, FLOAT64), FLOAT64, "QUANTILE_CONT({0}, {1})"),
    "PERCENTILE_DISC": Function((ANY, FLOAT64), SAME, "QUANTILE_DISC({0}, {1})"),
}
SCALAR_PAGES = {
    "conditional_expressions": _CONDITIONAL,
    "mathematical_functions": _MATHEMATICAL,
    "string_functions": _STRING,
    "array_functions": _ARRAY,
    "date_functions": _OF_DAYS,
}
SCALAR = {name: each for page in SCALAR_PAGES.values() for name, each in page.items()}
AGGREGATE = _AGGREGATE
"""Pages aggregate_functions, approximate_aggregate_functions, statistical_aggregate_functions."""
WINDOW = _WINDOW
"""Pages numbering_functions, navigation_functions."""
ORDERED = frozenset("RANK DENSE_RANK PERCENT_RANK CUME_DIST NTILE LAG LEAD".split())
"""Those that BigQuery refuses without an ORDER BY."""

KNOWN = frozenset(
    "APPROX_QUANTILES APPROX_TOP_COUNT APPROX_TOP_SUM ARRAY ARRAY_CONCAT ARRAY_CONCAT_AGG ARRAY_FIRST ARRAY_LAST BIT_AND BIT_COUNT "
    "BIT_OR BIT_XOR BYTE_LENGTH CASE CBRT CHR CODE_POINTS_TO_STRING COLLATE CONTAINS_SUBSTR COS COT COUNT CURRENT_TIME ERROR "
    "EXTERNAL_QUERY FARM_FINGERPRINT FROM_BASE64 FROM_HEX GENERATE_TIMESTAMP_ARRAY GENERATE_UUID GROUPING HLL_COUNT INITCAP IS_INF "
    "IS_NAN JSON_EXTRACT JSON_EXTRACT_SCALAR JSON_QUERY JSON_VALUE JUSTIFY_DAYS JUSTIFY_HOURS JUSTIFY_INTERVAL KEYS MAKE_INTERVAL MD5 "
    "NET NORMALIZE OFFSET ORDINAL PARSE_BIGNUMERIC PARSE_JSON PARSE_NUMERIC PARSE_TIME RAND RANGE RANGE_BUCKET REGEXP_EXTRACT_ALL "
    "REGEXP_INSTR REGEXP_SUBSTR SAFE_ADD SAFE_CONVERT_BYTES_TO_STRING SAFE_MULTIPLY SAFE_NEGATE SAFE_SUBTRACT SESSION_USER SHA1 SHA256 "
    "SHA512 SIN SOUNDEX STRING STRUCT TAN TIME TIMESTAMP_MICROS TIMESTAMP_MILLIS TIME_ADD TIME_DIFF TIME_SUB TIME_TRUNC TO_BASE64 "
    "TO_CODE_POINTS TO_HEX TO_JSON TO_JSON_STRING TRANSLATE UNICODE UNIX_MICROS UNIX_MILLIS UNNEST EDIT_DISTANCE FORMAT_TIME".split()
)
"""Further functions of GoogleSQL, which can't be run here; of any other name it has none."""

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


def given(function: Function, arguments: Sequence[Value]) -> str | None:
    """The type that a function gives for its arguments; None where they become no common one."""
    if function.gives == SAME:
        first = arguments[0].type
        whole = function.wants[0] == "NUMERIC|FLOAT64" and first == INT64
        return FLOAT64 if whole else first
    if function.gives == COMMON:
        return common(arguments)
    if function.gives == "ARRAY":
        return array_of(arguments[0].type)
    return function.gives


def is_list(kind: str) -> bool:
    """Whether a type is a list of something."""
    return element_of(kind) is not None
