"""Functions and types as Excel, BigQuery and other systems write them, each in DuckDB's form with the writer's own arguments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Any

from sqlgrade.errors import rewritten
from sqlgrade.errors.calls import Argument, Call, calls_in
from sqlgrade.errors.tokens import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlgrade.errors.card import ErrorCard, Failure

UNITS = frozenset(words("YEAR QUARTER MONTH WEEK ISOWEEK DAY HOUR MINUTE SECOND"))
"""Units of time that other systems write without quotes."""
EXCEL, BIGQUERY, OTHER = "Excel", "BigQuery", "other"


@dataclass(frozen=True)
class Form:
    """One way of calling a function that DuckDB writes otherwise."""

    system: str
    """Whose way it is."""
    names: str
    """The function's names, in capitals, with spaces between them."""
    shape: str
    """A letter an argument: v a value, u a unit of time; `*` stands for any number of values."""
    use: str | Callable[[Sequence[Argument]], str]
    """DuckDB's form: a template over the arguments, or a function of them; empty for "there is no such function, use JOIN"."""


FORMS = (
    Form(BIGQUERY, "SAFE_DIVIDE IEEE_DIVIDE", "vv", "{0:operand} / NULLIF({1}, 0)"),
    Form(BIGQUERY, "SAFE_CAST", "v", rewritten.try_cast),
    Form(BIGQUERY, "FORMAT_DATE FORMAT_DATETIME FORMAT_TIMESTAMP", "vv", "strftime({1}, {0})"),
    Form(BIGQUERY, "PARSE_DATE", "vv", "CAST(strptime({1}, {0}) AS DATE)"),
    Form(BIGQUERY, "PARSE_DATETIME PARSE_TIMESTAMP", "vv", "strptime({1}, {0})"),
    Form(BIGQUERY, "DATE_TRUNC DATETIME_TRUNC TIMESTAMP_TRUNC", "vu", "date_trunc({1:unit}, {0})"),
    Form(OTHER, "DATE_TRUNC", "uv", "date_trunc({0:unit}, {1})"),
    Form(BIGQUERY, "DATE_DIFF DATETIME_DIFF TIMESTAMP_DIFF", "vvu", "date_diff({2:unit}, {1}, {0})"),
    Form(OTHER, "DATE_DIFF DATEDIFF TIMESTAMPDIFF", "uvv", "date_diff({0:unit}, {1}, {2})"),
    Form(OTHER, "DATEDIFF DATE_DIFF", "vv", "date_diff('day', {1}, {0})"),
    Form(EXCEL, "DATEDIF", "vvv", rewritten.datedif),
    Form(BIGQUERY, "DATE_SUB DATETIME_SUB TIMESTAMP_SUB", "vv", "{0:operand} - {1}"),
    Form(BIGQUERY, "DATE_ADD DATETIME_ADD TIMESTAMP_ADD", "vv", "{0:operand} + {1}"),
    Form(OTHER, "DATEADD", "uvv", "{2:operand} + INTERVAL ({1}) {0:word}"),
    Form(BIGQUERY, "DATE DATETIME TIMESTAMP", "vv", "{0:operand} AT TIME ZONE 'UTC' AT TIME ZONE {1}"),
    Form(EXCEL, "DATE", "vvv", "make_date({0}, {1}, {2})"),
    Form(BIGQUERY, "CURRENT_DATE", "v", "CAST(now() AT TIME ZONE {0} AS DATE)"),
    Form(BIGQUERY, "EXTRACT", "v", rewritten.extracted_date),
    Form(BIGQUERY, "REGEXP_CONTAINS", "vv", "regexp_matches({0}, {1:pattern})"),
    Form(BIGQUERY, "LOGICAL_OR", "v", "bool_or({0})"),
    Form(BIGQUERY, "LOGICAL_AND", "v", "bool_and({0})"),
    Form(BIGQUERY, "ARRAY_LENGTH", "v", "len({0})"),
    Form(OTHER, "TO_CHAR DATE_FORMAT", "vv", "strftime({0}, {1:format})"),
    Form(OTHER, "TO_DATE STR_TO_DATE", "vv", "CAST(strptime({0}, {1:format}) AS DATE)"),
    Form(OTHER, "NVL", "vv", "COALESCE({0}, {1})"),
    Form(OTHER, "ISNULL", "vv", "COALESCE({0}, {1})"),
    Form(OTHER, "GETDATE SYSDATE", "", "now()"),
    Form(OTHER, "DECODE", "*", rewritten.switch),
    Form(OTHER, "IIF", "vvv", "CASE WHEN {0} THEN {1} ELSE {2} END"),
    Form(OTHER, "CHARINDEX", "vv", "strpos({1}, {0})"),
    Form(EXCEL, "VLOOKUP HLOOKUP XLOOKUP LOOKUP INDEX MATCH", "*", ""),
    Form(EXCEL, "IFERROR IFNA", "vv", rewritten.if_error),
    Form(EXCEL, "IF", "vv", "CASE WHEN {0} THEN {1} END"),
    Form(EXCEL, "IFS", "*", rewritten.ifs),
    Form(EXCEL, "SWITCH", "*", rewritten.switch),
    Form(EXCEL, "AND", "*", rewritten.all_of),
    Form(EXCEL, "OR", "*", rewritten.any_of),
    Form(EXCEL, "TRUE", "", "true"),
    Form(EXCEL, "FALSE", "", "false"),
    Form(EXCEL, "COUNTIF COUNTIFS COUNT_IF", "*", rewritten.countif),
    Form(EXCEL, "SUMIF", "*", rewritten.sumif),
    Form(EXCEL, "AVERAGEIF", "*", rewritten.averageif),
    Form(EXCEL, "SUMIFS", "*", rewritten.sumifs),
    Form(EXCEL, "AVERAGEIFS", "*", rewritten.averageifs),
    Form(EXCEL, "AVERAGE", "v", "AVG({0})"),
    Form(EXCEL, "COUNTA", "v", "COUNT({0})"),
    Form(EXCEL, "COUNTUNIQUE", "v", "COUNT(DISTINCT {0})"),
    Form(EXCEL, "UNIQUE", "v", "DISTINCT {0}"),
    Form(EXCEL, "STDEV", "v", "stddev({0})"),
    Form(EXCEL, "ISBLANK ISNULL ISNA ISERROR", "v", "{0:operand} IS NULL"),
    Form(EXCEL, "CONCATENATE", "*", rewritten.joined_text),
    Form(EXCEL, "TEXT", "vv", rewritten.text),
    Form(EXCEL, "VALUE NUMBER NUMBERVALUE", "v", "CAST({0} AS DOUBLE)"),
    Form(EXCEL, "INT", "v", "floor({0})"),
    Form(EXCEL, "DATEVALUE", "v", "CAST({0} AS DATE)"),
    Form(EXCEL, "ROUNDUP", "*", rewritten.rounded_up),
    Form(EXCEL, "ROUNDDOWN", "*", rewritten.rounded_down),
    Form(EXCEL, "EOMONTH", "*", rewritten.end_of_month),
    Form(EXCEL, "EDATE", "vv", "{0:operand} + INTERVAL ({1}) MONTH"),
    Form(EXCEL, "WEEKNUM", "*", "weekofyear({0})"),
    Form(EXCEL, "LEFT", "vv", "left(CAST({0} AS VARCHAR), {1})"),
    Form(EXCEL, "RIGHT", "vv", "right(CAST({0} AS VARCHAR), {1})"),
    Form(EXCEL, "MID", "vvv", "substr({0}, {1}, {2})"),
    Form(OTHER, "SUBSTR SUBSTRING", "vvv", "substr(CAST({0} AS VARCHAR), {1}, {2})"),
    Form(EXCEL, "LEN LENGTH", "v", "len(CAST({0} AS VARCHAR))"),
    Form(EXCEL, "FIND SEARCH", "vv", "strpos({1}, {0})"),
    Form(EXCEL, "SUBSTITUTE", "vvv", "replace({0}, {1}, {2})"),
)
"""The forms; of several that fit a call the first is told."""

_TOLD_BY_THE_PARSER = frozenset(words("SAFE_CAST AND OR TRUE FALSE INT UNIQUE DATE DATETIME TIMESTAMP IF LEFT RIGHT"))
"""Calls that DuckDB's grammar itself stumbles over, so that no message names the function."""
_NAMED = (
    re.compile(r"Function with name \"?(?P<name>\w+)\"? (?:does not exist|is not in the catalog)"),
    re.compile(r"argument types '\"?(?P<name>\w+)\"?\("),
    re.compile(r"function call \"(?P<name>\w+)\("),
    re.compile(r"Macro \"(?P<name>\w+)\"\(\)"),
    re.compile(r"Wrong number of arguments (?:provided )?to (?P<name>\w+)"),
    re.compile(r"extract specifier \"DATE\"(?P<name>) not recognized"),
)
_UNIT_AS_COLUMN = re.compile(r'Referenced column "(?P<name>\w+)"')
_TYPE = re.compile(r"Type with name (?P<name>\S+) does not exist!")


def foreign_function(failure: Failure) -> ErrorCard | None:
    """A call in another system's form: DuckDB's form of it (E01)."""
    for call in sorted(calls_in(failure.sql, failure.tokens), key=lambda each: each.end - each.start):
        if not _is_to_blame(call, failure):
            continue
        form = next((form for form in FORMS if call.name in form.names.split() and _fits(form.shape, call)), None)
        if form is not None:
            return _told(call, form, failure)
    return None


def foreign_type(failure: Failure) -> ErrorCard | None:
    """A type by another system's name (E01)."""
    match = _TYPE.search(failure.message)
    use = rewritten.TYPES.get(match["name"].strip('"').upper()) if match else None
    if match is None or use is None:
        return None
    at = next((t for t in failure.tokens if t.text.casefold() == match["name"].casefold()), None)
    return failure.card("E01", "foreign_type", (at.start, at.end) if at else None, name=match["name"], use=use)


def _told(call: Call, form: Form, failure: Failure) -> ErrorCard | None:
    span = (call.start, call.end)
    system = "" if form.system == OTHER else form.system
    if form.use == "":
        return failure.card("E01", "foreign_lookup", span, name=call.name, system=system)
    use = form.use(call.arguments) if callable(form.use) else _FILLING.format(form.use, *call.arguments)
    if not use:
        return None
    return failure.card(
        "E01", "foreign_function" if system else "foreign_form", span, name=call.name, system=system, use=use
    )


def _is_to_blame(call: Call, failure: Failure) -> bool:
    """Whether the engine's complaint is about this call, not about something in its brackets."""
    named = next((match for form in _NAMED if (match := form.search(failure.message))), None)
    if named is not None:
        return call.name == (named["name"].upper() or "EXTRACT") and (failure.start is None or _holds(call, failure))
    if unit := _UNIT_AS_COLUMN.search(failure.message):
        said = unit["name"].upper()
        return said in UNITS and any(each.text.upper() == said for each in call.arguments)
    return failure.kind == "Parser" and call.name in _TOLD_BY_THE_PARSER and _holds(call, failure)


def _holds(call: Call, failure: Failure) -> bool:
    return failure.start is not None and call.start <= failure.start < call.end


def _fits(shape: str, call: Call) -> bool:
    if shape == "*":
        return bool(call.arguments)
    if len(shape) != len(call.arguments):
        return False
    return all(_is_unit(each) for letter, each in zip(shape, call.arguments, strict=True) if letter == "u")


def _is_unit(argument: Argument) -> bool:
    return argument.plain.upper().removesuffix("S") in UNITS


class _Filling(Formatter):
    """Puts arguments into a template: as they are written, as an operand, a unit of time or a format of dates."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """One argument by its specification."""
        argument: Argument = value
        if format_spec == "operand":
            return argument.as_operand
        if format_spec == "unit":
            return f"'{argument.plain.lower().removeprefix('iso')}'"
        if format_spec == "word":
            return argument.plain.upper()
        if format_spec == "pattern":
            return argument.text.removeprefix("r").replace('"', "'")
        return rewritten.date_format(argument) if format_spec == "format" else argument.text


_FILLING = _Filling()
