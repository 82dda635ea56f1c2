"""GoogleSQL's types as words, which of them become others by themselves, and what DuckDB's are called there.

Source: GoogleSQL reference, "Conversion rules" (https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlglot import exp

ANY = "?"
"""A type that is not known; it is taken for any."""
NULL = "NULL"
INT64, FLOAT64, NUMERIC, STRING, BOOL = "INT64", "FLOAT64", "NUMERIC", "STRING", "BOOL"
DATE, DATETIME, TIMESTAMP, TIME, INTERVAL, BYTES = "DATE", "DATETIME", "TIMESTAMP", "TIME", "INTERVAL", "BYTES"
NUMBERS = (INT64, NUMERIC, FLOAT64)
"""Each becomes one that follows it by itself."""
MOMENTS = (DATE, DATETIME, TIMESTAMP)
"""Likewise, as an argument of a function; a DATETIME is not compared with a TIMESTAMP."""

_OF_DUCKDB = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"), INT64),
    **dict.fromkeys(("UBIGINT", "HUGEINT", "UHUGEINT"), INT64),
    **dict.fromkeys(("DOUBLE", "FLOAT"), FLOAT64),
    **dict.fromkeys(("VARCHAR", "UUID"), STRING),
    "BOOLEAN": BOOL,
    "DATE": DATE,
    "TIME": TIME,
    "BLOB": BYTES,
}
_NAMES = {
    **dict.fromkeys("INT64 INT SMALLINT INTEGER BIGINT TINYINT BYTEINT".split(), INT64),
    **dict.fromkeys(("NUMERIC", "DECIMAL", "BIGNUMERIC", "BIGDECIMAL"), NUMERIC),
    **dict.fromkeys(("BOOL", "BOOLEAN"), BOOL),
    **{name: name for name in (FLOAT64, STRING, DATE, DATETIME, TIMESTAMP, TIME, BYTES)},
}
"""A type as GoogleSQL spells it -> the type."""


@dataclass(frozen=True)
class Value:
    """A translated expression and what it is in GoogleSQL."""

    node: exp.Expr
    type: str
    is_text: bool = False
    """Whether it is written as a text, which becomes a date where one is wanted."""


def of_duckdb(name: str, moment: str) -> str:
    """The GoogleSQL type of a DuckDB column; a TIMESTAMP without zone is what the query takes it for."""
    bare = name.upper()
    if bare.startswith("TIMESTAMP") and "ZONE" not in bare and not bare.endswith("TZ"):
        return moment
    if bare.endswith("[]"):
        return array_of(of_duckdb(name[:-2], moment))
    if bare.startswith("DECIMAL"):
        return NUMERIC
    return STRING if bare.startswith("ENUM") else _OF_DUCKDB.get(bare, ANY)


def named(word: str) -> str | None:
    """The type of a name in GoogleSQL; None for a name that it does not know, such as VARCHAR."""
    return _NAMES.get(word.upper())


def array_of(element: str) -> str:
    """The type of a list of such values."""
    return f"ARRAY<{element}>"


def element_of(kind: str) -> str | None:
    """What a list holds; None for what is no list."""
    if kind == ANY:
        return ANY
    return kind[len("ARRAY<") : -1] if kind.startswith("ARRAY<") else None


def fits(value: Value, wanted: str) -> bool:
    """Whether a value may stand where a type is wanted, or one of several, parted by "|"."""
    return any(_fits(value, each) for each in wanted.split("|"))


def _fits(value: Value, wanted: str) -> bool:
    if ANY in (value.type, wanted) or value.type == NULL or value.type == wanted:
        return True
    if wanted == "ARRAY":
        return value.type.startswith("ARRAY<")
    if wanted in MOMENTS and value.is_text:
        return True
    return any(
        value.type in order and wanted in order and order.index(value.type) <= order.index(wanted)
        for order in (NUMBERS, MOMENTS)
    )


def common(values: Iterable[Value]) -> str | None:
    """The type to which all become by themselves; None if there is none."""
    given = list(values)
    known = [each for each in given if each.type != NULL]
    if not known:
        return NULL
    if any(each.type == ANY for each in known):
        return ANY
    kinds = dict.fromkeys(each.type for each in known if not each.is_text) or {STRING: None}
    for order in (NUMBERS, MOMENTS[:2]):
        if len(kinds) > 1 and all(kind in order for kind in kinds):
            kinds = {max(kinds, key=order.index): None}
    if len(kinds) != 1:
        return None
    [kind] = kinds
    return kind if all(fits(each, kind) for each in known) else None
