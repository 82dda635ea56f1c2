"""Values of the wrong kind, and queries that fail only on some rows (E16, E34)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlgrade.errors.tokens import Kind

if TYPE_CHECKING:
    from sqlgrade.errors.card import ErrorCard, Failure

_CONVERSION = re.compile(r"Could not convert string ['\"](?P<value>.*?)['\"] to (?P<type>[A-Z0-9_]+)", re.DOTALL)
_DATE_RANGE = re.compile(r"(?:date|timestamp|time) field value out of range: \"(?P<value>.*?)\"")
_BAD_DATE = re.compile(r"invalid (?:date|timestamp|time) field format: \"(?P<value>.*?)\"")
_NOT_PARSED = re.compile(r'Could not parse string "(?P<value>.*?)" according to format')
_DATES = (_DATE_RANGE, _BAD_DATE, _NOT_PARSED)
_COMPARE = re.compile(r"Cannot compare values of type (?P<left>.+?) and type (?P<right>.+?) - ")
_NO_FUNCTION = re.compile(
    r"argument types '(?P<name>.+?)\((?P<types>.*)\)'|function call \"(?P<name2>.+?)\((?P<types2>.*)\)\""
)
_CAST = re.compile(r"Unimplemented type for cast \((?P<left>.+?) -> (?P<right>.+?)\)")
_UNQUOTED_DATE = re.compile(
    r"(?<![\w'-])(?P<year>\d{4})\s*[-/]\s*(?P<month>\d{1,2})\s*[-/]\s*(?P<day>\d{1,2})(?![\w'-])"
)
_SPECIFIER = re.compile(r'extract specifier "(?P<value>.*?)" not recognized|unrecognized .*specifier "(?P<value2>.*?)"')
_WRONG_COUNT = re.compile(r"Wrong number of arguments to (?P<name>\w+)")
_MACRO = re.compile(r'Macro "(?P<name>.+?)"\(\) does not support the supplied arguments')
_SPELT = {"~~": "LIKE", "~~*": "ILIKE", "!~~": "NOT LIKE", "!~~*": "NOT ILIKE", "~~~": "GLOB"}
_TEMPORAL = ("TIMESTAMP", "DATE", "TIME")
_NUMBERS = ("INTEGER", "BIGINT", "SMALLINT", "TINYINT", "DECIMAL", "DOUBLE")
_PLAIN = {"_LITERAL": "", "STRING": "VARCHAR"}


def text_as_condition(failure: Failure) -> ErrorCard | None:
    """A text where a condition is needed, as in OR '新宿' (E21)."""
    match = _CONVERSION.search(failure.message)
    if match is None or not match["type"].startswith("BOOL"):
        return None
    return failure.card("E21", "text_as_condition", value=match["value"])


def not_a_date(failure: Failure) -> ErrorCard | None:
    """A date that the calendar does not have, or that is written another way (E16)."""
    match = next((found for form in _DATES if (found := form.search(failure.message))), None)
    if match is None:
        return None
    return failure.card("E16", "not_a_date", value=match["value"])


def text_as_number(failure: Failure) -> ErrorCard | None:
    """A text that can't be turned into the type the place needs (E16)."""
    match = _CONVERSION.search(failure.message)
    if (
        match is None or match["value"] == "division by zero"
    ):  # which a translated text says so, where it can't otherwise
        return None
    if match["type"].startswith(_TEMPORAL):
        return failure.card("E16", "not_a_date", value=match["value"])
    return failure.card("E16", "text_as_number", value=match["value"])


def types_differ(failure: Failure) -> ErrorCard | None:
    """A comparison or cast between kinds of value that don't mix (E16)."""
    match = _COMPARE.search(failure.message) or _CAST.search(failure.message)
    if match is None:
        return None
    left, right = _type_name(match["left"]), _type_name(match["right"])
    dates = any(name.startswith(_TEMPORAL) for name in (left, right))
    found = _UNQUOTED_DATE.search(failure.sql)
    date = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}" if found else "2024-01-01"
    key = "date_without_quotes" if dates else "types_differ"
    return failure.card("E16", key, left=left, right=right, date=date)


def wrong_arguments(failure: Failure) -> ErrorCard | None:
    """A function or operator given values it does not take (E16)."""
    match = _NO_FUNCTION.search(failure.message)
    if match:
        name, types = (match["name"] or match["name2"]).strip('"'), match["types"] or match["types2"] or ""
        types = ", ".join(_type_name(kind) for kind in types.split(", "))
        name = _SPELT.get(name, name)
        if name in {"+", "-"} and (number := _number_beside_time(failure, types)):
            return failure.card("E42", "number_beside_time", sign=name, n=number)
        if name == "&":
            return failure.card("E16", "ampersand_joins_nothing")
        key = "wrong_arguments" if name.isidentifier() and name not in _SPELT.values() else "wrong_operands"
        return failure.card("E16", key, name=name, types=types)
    match = _WRONG_COUNT.search(failure.message) or _MACRO.search(failure.message)
    return failure.card("E16", "argument_count", name=match["name"]) if match else None


def _number_beside_time(failure: Failure, types: str) -> str:
    """The number that is added to a moment or taken from it; empty where it is something else."""
    kinds = types.split(", ")
    if len(kinds) != 2 or not kinds[0].startswith(("TIMESTAMP", "DATE")) or not kinds[1].startswith(_NUMBERS):
        return ""
    signs = (i for i, token in enumerate(failure.tokens[:-1]) if token.text in {"+", "-"})
    numbers = (failure.tokens[i + 1] for i in signs if failure.tokens[i + 1].kind is Kind.NUMBER)
    return next((token.text for token in numbers), "")


def unknown_unit(failure: Failure) -> ErrorCard | None:
    """A unit of time that does not exist (E42)."""
    match = _SPECIFIER.search(failure.message)
    return failure.card("E42", "unknown_unit", value=match["value"] or match["value2"]) if match else None


def several_rows(failure: Failure) -> ErrorCard | None:
    """A sub-query that gives several rows where one value is needed (E16)."""
    return (
        failure.card("E16", "several_rows") if "More than one row returned by a subquery" in failure.message else None
    )


def division_by_zero(failure: Failure) -> ErrorCard | None:
    """Division or remainder by zero (E34)."""
    return failure.card("E34", "division_by_zero") if "division by zero" in failure.message.lower() else None


def too_large(failure: Failure) -> ErrorCard | None:
    """A number that does not fit its type (E16)."""
    overflow = failure.message.startswith("Overflow") or "out of range for type" in failure.message
    return failure.card("E16", "too_large") if overflow else None


def old_lambda(failure: Failure) -> ErrorCard | None:
    """The arrow form of lambda, which the engine has given up."""
    return failure.card("E08", "old_lambda") if "lambda" in failure.message and "->" in failure.message else None


def _type_name(text: str) -> str:
    for old, new in _PLAIN.items():
        text = text.replace(old, new)
    return text.strip()
