"""A text for PostgreSQL, MySQL, SQL Server or Snowflake as DuckDB runs it, with the differences kept; what is not known to mean the same is refused by name.

sqlglot reads and prints; what it takes for the same and is not, is held here (tests/sqlgrade/test_systems.py has a case for each).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, ParseError, SqlglotError, UnsupportedError
from sqlglot.tokenizer_core import TokenType

from sqlgrade.dialect.heading import SYSTEMS
from sqlgrade.dialect.keyed_groups import KeyedGroups
from sqlgrade.dialect.mysql_words import (
    READ_AS_TEXTS,
    as_texts,
    conditions_as_numbers,
    grouped_by_outputs,
    without_constant_order,
    without_introducers,
)
from sqlgrade.dialect.system_formats import BARE_DECIMAL, strftime_of
from sqlgrade.dialect.system_types import types_of
from sqlgrade.dialect.system_values import (
    cast_of,
    days_as_written,
    digits_of,
    divided_in_whole,
    in_form,
    mode_of,
    similar_as_regex,
    texts_as_numbers,
    with_thousands,
)
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import RunError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlgrade.dialect.system_types import Tables, Types

_KEPT = frozenset(
    "TO_CHAR TO_VARCHAR TO_DATE TO_TIMESTAMP DATE_FORMAT STR_TO_DATE FORMAT TIMESTAMPDIFF DAYOFWEEK WEEKDAY WEEK YEARWEEK INITCAP "
    "NOW SYSDATE GETDATE SYSDATETIME SUBSTRING_INDEX STUFF SPLIT DATENAME".split()
)
"""Calls that are kept as they are written: sqlglot forgets which of several they were, or takes their formats for strftime's."""
_SAME = frozenset(
    "Count CountIf Sum Avg Min Max Median Coalesce Nullif Round Abs Ceil Floor Greatest Least Lower Upper Trim Length Substring Left Right "
    "Replace StrPosition Concat ConcatWs If Case Cast TryCast Extract CurrentDate CurrentTimestamp DateDiff DateAdd DateSub TimestampTrunc DateTrunc "
    "TsOrDsToDate TsOrDsToTimestamp Year Month Day Quarter Hour Minute Second LastDay Dayname Monthname DateFromParts RowNumber Rank DenseRank "
    "Ntile Lag Lead FirstValue LastValue NthValue PercentRank CumeDist Stddev StddevSamp StddevPop Variance VariancePop GroupConcat ArrayAgg "
    "LogicalOr LogicalAnd PercentileCont PercentileDisc Exists Pow Sqrt Exp Ln Log Sign RegexpLike RegexpILike And Or Xor Trunc AnyValue SplitPart "
    "Convert GenerateSeries ExplodingGenerateSeries StartsWith EndsWith Contains Pad Repeat Reverse Corr ApproxDistinct Date Any All DPipe "
    "TimestampDiff Unnest Mod Filter TimeStrToTime Now UnixToTime Radians Degrees Sin Cos Tan Cot Asin Acos Atan Atan2 Pi".split()
)
"""Calls that mean the same once sqlglot has printed them for DuckDB, but for what is mended below."""
_RENAMED = {
    "COUNT_BIG": "COUNT",
    "MID": "SUBSTRING",
    "STDEVP": "STDDEV_POP",
    "STDEV": "STDDEV_SAMP",
    "VARP": "VAR_POP",
    "VAR": "VAR_SAMP",
}
_FORMATTED = {
    "TO_CHAR": ("postgres", "snowflake"), "TO_VARCHAR": ("snowflake",), "DATE_FORMAT": ("mysql",), "FORMAT": ("tsql", "mysql", "postgres"),
    "TO_DATE": ("postgres", "snowflake"), "STR_TO_DATE": ("mysql",), "TO_TIMESTAMP": ("postgres", "snowflake"),
}  # fmt: skip
"""Call -> the systems that have it."""
_NOW = "CAST(CURRENT_TIMESTAMP AS TIMESTAMP)"
_OF_NOW = frozenset({"NOW", "SYSDATE", "GETDATE", "SYSDATETIME"})
_UNITS_OF_DAYS = frozenset({"DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "DD", "MM", "YY", "YYYY"})
_NAMED_PARTS = {"month": "%B", "mm": "%B", "weekday": "%A", "dw": "%A", "year": "%Y", "yyyy": "%Y"}
_FORMS = {
    ("mysql", "DAYOFWEEK", 1): "(DAYOFWEEK({0}) + 1)", ("snowflake", "DAYOFWEEK", 1): "DAYOFWEEK({0})", ("mysql", "WEEKDAY", 1): "(ISODOW({0}) - 1)",
    ("postgres", "TO_TIMESTAMP", 1): "TO_TIMESTAMP({0})", ("snowflake", "TO_DATE", 1): "CAST({0} AS DATE)", ("postgres", "AGE", 2): "AGE({0}, {1})",
}  # fmt: skip
"""System, call and how many are given to it -> the same in DuckDB."""
_STOPS = "CASE WHEN {0} = 0 AND {2} IS NOT NULL THEN error('division by zero') ELSE {1} END"


class _Unknown(Exception):  # noqa: N818  (what a construct is, not what we did)
    def __init__(self, name: str, node: exp.Expr | None = None, rule: str = "unsupported") -> None:
        super().__init__(name)
        self.name, self.rule = name, rule
        starts = [each.meta["start"] for each in node.walk() if "start" in each.meta] if node is not None else []
        self.place = min(starts, default=None)


def translated(text: str, system: str, tables: Tables, keys: Mapping[str, tuple[str, ...]]) -> str | RunError:
    """A query in DuckDB's SQL, or why there is none.

    Args:
        text: as written, tables without schemas.
        system: one of heading.SYSTEMS.
        tables: table -> column -> DuckDB's type.
        keys: table -> the columns of its primary key.
    """
    text = without_introducers(text) if system == "mysql" else text
    try:
        tokens = sqlglot.tokenize(text, dialect=system)
        cast = next((each.start for each in tokens if each.token_type is TokenType.DCOLON), None)
        if cast is not None and system in ("mysql", "tsql"):
            return _refusal("no_such", "::", system, cast)
        trees = [tree for tree in _parser(system).parse(tokens, text) if tree is not None]
        groups = KeyedGroups(system, tables, keys)
        read = [_SystemReader(system, types_of(tree, tables, system), groups).query(tree) for tree in trees]
        return ";\n".join(each.sql("duckdb", pretty=True, unsupported_level=ErrorLevel.RAISE) for each in read)
    except _Unknown as unknown:
        return _refusal(unknown.rule, unknown.name, system, unknown.place)
    except UnsupportedError as unsupported:
        return _refusal("unsupported", str(unsupported).splitlines()[0], system, None)
    except ParseError as error:
        return _no_sql(error, text)
    except SqlglotError as error:  # the tokenizer's
        return RunError(kinds.SYNTAX, f"Parser Error: {str(error).splitlines()[0]}")


def _no_sql(error: ParseError, text: str) -> RunError:
    """Sqlglot's complaint in the form of the engine's, which is what the cards are made of."""
    first = error.errors[0] if error.errors else {}
    before, near = str(first.get("start_context") or ""), str(first.get("highlight") or "")
    at = text.find(f"{before}{near}") if near else -1
    said = f'at or near "{near}"' if near else "at end of input"
    return RunError(kinds.SYNTAX, f"Parser Error: syntax error {said}", at + len(before) if at >= 0 else None)


def _refusal(rule: str, name: str, system: str, place: int | None) -> RunError:
    kind = kinds.NOT_ALLOWED if rule == "unsupported" else kinds.BIND
    return RunError(kind, f"{SYSTEMS[system]}: {name}", place, f"dialect_system_{rule}", name, (SYSTEMS[system],))


@functools.cache
def _parser(system: str) -> Any:
    dialect = sqlglot.Dialect.get_or_raise(system)
    base = dialect.parser_class
    functions = {name: made for name, made in base.FUNCTIONS.items() if name not in _KEPT}
    parsers = {name: made for name, made in base.FUNCTION_PARSERS.items() if name not in _KEPT}
    made = type("Parser", (base,), {"FUNCTIONS": functions, "FUNCTION_PARSERS": parsers})
    return made(dialect=dialect)


@dataclass
class _SystemReader:
    """Mends what sqlglot takes for the same."""

    system: str
    types: Types
    groups: KeyedGroups

    def query(self, tree: exp.Expr) -> exp.Expr:
        """The tree for DuckDB; raises _Unknown."""
        if not isinstance(tree, exp.Query):
            raise _Unknown(tree.name.upper() if isinstance(tree, exp.Command) else tree.key.upper())
        if self.system == "mysql":
            without_constant_order(tree)
            conditions_as_numbers(tree, self.types)
            grouped_by_outputs(tree, self.groups.sources_with)
        days_as_written(tree, self.types, self.system)
        if self.system in ("postgres", "mysql"):
            for select in tree.find_all(exp.Select):
                self.groups.name_what_leans(select)
        for node in list(tree.walk(bfs=False))[::-1]:  # what stands inside first
            put = self._mended(node)
            if put is node:
                continue
            if node is tree:
                tree = put
            else:
                node.replace(put)
        return tree

    def _mended(self, node: exp.Expr) -> exp.Expr:
        """What a node is in DuckDB; itself where sqlglot prints it right."""
        if self.system == "mysql":
            texts_as_numbers(node, self.types)
        match node:
            case exp.Anonymous():
                return self._call(node)
            case exp.Div() | exp.IntDiv() | exp.Mod():
                return self._division(node)
            case exp.Cast() | exp.SimilarTo() | exp.WithinGroup():
                return self._of_value(node)
            case _ if isinstance(node, READ_AS_TEXTS) and self.system in ("mysql", "tsql"):
                as_texts(node, self.types, self.system)
            case exp.DataType() if node.this is exp.DataType.Type.DECIMAL and not node.expressions:
                return exp.DataType.build(BARE_DECIMAL[self.system], dialect="duckdb")
            case exp.ILike() if self.system in ("mysql", "tsql"):
                raise _Unknown("ILIKE", node, "no_such")
            case exp.Add() | exp.Sub() | exp.Avg() | exp.Convert():
                return self._computed(node)
            case (
                exp.DateAdd()
                | exp.DateSub()
                | exp.TimestampTrunc()
                | exp.DateTrunc()
                | exp.DateDiff()
                | exp.CurrentTimestamp()
            ):
                return self._of_time(node)
            case exp.DayOfWeek() if self.system in ("mysql", "tsql"):
                return in_form("({0} + 1)", node)
            case exp.Extract() if self.system == "tsql":
                return self._date_part(node)
        self._refuse(node)
        return node

    def _of_value(self, node: exp.Expr) -> exp.Expr:
        match node:
            case exp.Cast():
                return cast_of(node, self.types, self.system)
            case exp.SimilarTo():
                found = similar_as_regex(node)
                if found is None or isinstance(node.parent, exp.Escape):
                    raise _Unknown("SIMILAR TO", node)
                return found
            case exp.WithinGroup() if (found := mode_of(node)) is not None:
                return found
        return node

    def _computed(self, node: exp.Expr) -> exp.Expr:
        match node:
            case exp.Add() if self.system == "tsql" and (
                self.types.is_text(node.left) or self.types.is_text(node.right)
            ):
                return exp.DPipe(this=node.left.copy(), expression=node.right.copy())
            case exp.Add() | exp.Sub() if isinstance(node.right, exp.Interval) and self.system == "mysql":
                return self._still_a_date(node, node.left, node.right.text("unit"))
            case exp.Avg() if (
                self.system == "tsql" and self.types.is_whole(node.this) and not isinstance(node.parent, exp.Window)
            ):
                return in_form("CAST(TRUNC({0}) AS BIGINT)", node)
            case exp.Convert():
                return self._converted(node)
        return node

    def _of_time(self, node: exp.Expr) -> exp.Expr:
        match node:
            case exp.DateAdd() | exp.DateSub():
                return self._still_a_date(node, node.this, node.text("unit"))
            case exp.TimestampTrunc() | exp.DateTrunc() if self.system == "snowflake" and self.types.is_date(node.this):
                return exp.cast(node.copy(), "DATE")
            case exp.DateDiff() if self.system == "tsql" and node.text("unit").upper().startswith("WEEK"):
                raise _Unknown("DATEDIFF(week, …)", node)
            case exp.CurrentTimestamp() if self.system in ("mysql", "tsql"):
                return in_form(_NOW)
        return node

    def _refuse(self, node: exp.Expr) -> None:
        """Refuses what would mean something else, or is not known."""
        if isinstance(node, exp.Fetch | exp.Limit):
            options = node.args.get("limit_options")
            if options is not None and options.args.get("with_ties"):
                raise _Unknown("WITH TIES", node)
            if options is not None and options.args.get("percent"):
                raise _Unknown("TOP … PERCENT", node)
        if isinstance(node, exp.Rollup | exp.Cube) and not node.expressions:
            raise _Unknown(f"WITH {node.key.upper()}", node)
        if isinstance(node, exp.JSONExtract | exp.JSONExtractScalar | exp.Explode | exp.Command | exp.Into | exp.Lock):
            raise _Unknown(node.sql(self.system)[:40], node)
        ordered = isinstance(node, exp.Mode) and isinstance(node.parent, exp.WithinGroup)
        if isinstance(node, exp.Func) and type(node).__name__ not in _SAME and not ordered:
            raise _Unknown(node.sql(self.system).partition("(")[0].strip() or node.sql_name(), node)
        if isinstance(node, exp.Parameter | exp.SessionParameter | exp.PropertyEQ):
            raise _Unknown(node.sql(self.system), node)

    def _division(self, node: exp.Div | exp.IntDiv | exp.Mod) -> exp.Expr:
        if not isinstance(node, exp.Div):
            return divided_in_whole(node, self.types) if self.system == "mysql" else node
        if self.system == "mysql":
            if isinstance(node.right, exp.Literal) and node.right.name.strip("0."):
                node.set("safe", False)
            return node
        sides = [self.types.is_whole(each) for each in (node.left, node.right)]
        if self.system != "snowflake" and False not in sides and None in sides:
            raise _Unknown(node.sql(self.system), node)
        if self.system != "snowflake" and sides == [True, True]:
            return exp.IntDiv(this=node.left.copy(), expression=node.right.copy())
        divided = exp.Div(this=node.left.copy(), expression=node.right.copy(), typed=False, safe=False)
        if (isinstance(node.right, exp.Literal) and node.right.name.strip("0.")) or _is_safe(node.right):
            return divided
        return in_form(_STOPS, node.right, divided, node.left)

    def _still_a_date(self, node: exp.Expr, start: exp.Expr, unit: str) -> exp.Expr:
        if self.system != "postgres" and self.types.is_date(start) and unit.upper() in _UNITS_OF_DAYS:
            return exp.cast(node.copy(), "DATE")
        return node

    def _date_part(self, node: exp.Extract) -> exp.Expr:
        part = node.name.upper()
        if part in ("DAYOFWEEK", "WEEKDAY", "DW"):
            return in_form("({0} + 1)", node)
        if part.startswith("WEEK") or part in ("WK", "WW"):
            raise _Unknown("DATEPART(week, …)", node)
        return node

    def _converted(self, node: exp.Convert) -> exp.Expr:
        """CONVERT(type, value), without a style."""
        kind, value = node.this, node.expression
        if node.args.get("style") is not None or (
            isinstance(kind, exp.DataType) and kind.this in exp.DataType.TEXT_TYPES
        ):
            raise _Unknown(node.sql(self.system), node)
        cast = exp.TryCast if node.args.get("safe") else exp.Cast
        return cast_of(cast(this=value.copy(), to=kind.copy()), self.types, self.system)

    def _call(self, node: exp.Anonymous) -> exp.Expr:
        """What a call that sqlglot has left as it is written is in DuckDB."""
        name, given = node.name.upper(), node.expressions
        found = self._formatted(name, given, node) if len(given) == 2 else None
        if found is not None:
            return found
        if name in _OF_NOW:
            return in_form(_NOW) if self.system != "postgres" else exp.CurrentTimestamp()
        if name in _RENAMED and self.system in ("mysql", "tsql"):
            return exp.Anonymous(this=_RENAMED[name], expressions=[each.copy() for each in given])
        if (form := _FORMS.get((self.system, name, len(given)))) is not None:
            return in_form(form, *given)
        if name == "TIMESTAMPDIFF" and len(given) == 3 and self.system == "mysql":
            unit = exp.Literal.string(given[0].name.lower())
            return in_form("DATESUB({0}, CAST({1} AS TIMESTAMP), CAST({2} AS TIMESTAMP))", unit, given[1], given[2])
        raise _Unknown(name, node)

    def _formatted(self, name: str, given: list[exp.Expr], node: exp.Expr) -> exp.Expr | None:
        """A call with a format, or the name of a part of a date."""
        if name in _FORMATTED and self.system not in _FORMATTED[name]:
            raise _Unknown(name, node, "no_such")
        if name in ("TO_CHAR", "TO_VARCHAR", "DATE_FORMAT", "FORMAT"):
            return self._written(name, given, node)
        if name in ("TO_DATE", "STR_TO_DATE"):
            return in_form("CAST(STRPTIME({0}, {1}) AS DATE)", given[0], self._format(name, given[1], dates_only=True))
        if name == "TO_TIMESTAMP":
            return in_form("STRPTIME({0}, {1})", given[0], self._format(name, given[1]))
        if name == "DATENAME" and (form := _NAMED_PARTS.get(given[0].name.lower())):
            return in_form("STRFTIME(CAST({0} AS TIMESTAMP), {1})", given[1], exp.Literal.string(form))
        return None

    def _written(self, name: str, given: list[exp.Expr], node: exp.Expr) -> exp.Expr:
        """A number or a moment as a text in a format."""
        found = with_thousands(*given) if name == "FORMAT" and self.system == "mysql" else None
        if found is None and self.types.is_number(given[0]):
            found = digits_of(given[0], given[1].name) if name == "TO_CHAR" and self.system == "postgres" else None
            if found is None:
                raise _Unknown(f"{name}({given[0].sql(self.system)}, …)", node)
        return found or in_form("STRFTIME({0}, {1})", given[0], self._format(name, given[1]))

    def _format(self, name: str, node: exp.Expr, *, dates_only: bool = False) -> exp.Expr:
        if not isinstance(node, exp.Literal) or not node.is_string:
            raise _Unknown(f"{name}(…, {node.sql(self.system)})", node)
        form, unknown = strftime_of(node.name, self.system)
        if unknown or (dates_only and re.search(r"%-?[HIMSp]", form)):
            raise _Unknown(f"{name}(…, '{unknown or node.name}')", node)
        return exp.Literal.string(form)


def _is_safe(node: exp.Expr) -> bool:
    """Whether a divisor is never 0."""
    return isinstance(node, exp.Nullif) and node.expression.name == "0"
