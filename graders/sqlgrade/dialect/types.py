"""GoogleSQL's types as words, which of them become others by themselves, and what DuckDB's are called there.

Source: GoogleSQL reference, "Conversion rules" (https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTHING = exp.Null()

ANY = "?"
"""A type that is not known; it is taken for any."""
NULL = "NULL"
INT64, FLOAT64, NUMERIC, STRING, BOOL = "INT64", "FLOAT64", "NUMERIC", "STRING", "BOOL"
DATE, DATETIME, TIMESTAMP, TIME, INTERVAL, BYTES = "DATE", "DATETIME", "TIMESTAMP", "TIME", "INTERVAL", "BYTES"
JSON = "JSON"
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
    "JSON": JSON,
    "INTERVAL": INTERVAL,
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
    if bare.startswith("STRUCT("):
        fields = (re.match(r'"?([^"]*?)"?\s+(.+)', each, re.DOTALL) for each in parts_of(name[len("STRUCT(") : -1]))
        return struct_of((each[1], of_duckdb(each[2], moment)) for each in fields if each)
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


def is_list(kind: str) -> bool:
    """Whether a type is a list of something."""
    return kind.startswith("ARRAY<")


def struct_of(fields: Iterable[tuple[str, str]]) -> str:
    """The type of a STRUCT of such fields; one without a name has an empty one."""
    return f"STRUCT<{', '.join(f'{name} {kind}'.strip() for name, kind in fields)}>"


def fields_of(kind: str) -> list[tuple[str, str]] | None:
    """Name and type of each field of a STRUCT; None for what is none."""
    if not kind.startswith("STRUCT<"):
        return None
    found = []
    for each in parts_of(kind[len("STRUCT<") : -1]):
        name, gap, of = each.partition(" ")
        found.append((name, of) if gap and "<" not in name else ("", each))
    return found


def parts_of(text: str) -> list[str]:
    """What commas part on the outermost level."""
    parts, depth, begun = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "<([") - (letter in ">)]")
        if letter == "," and depth == 0:
            parts.append(text[begun:at].strip())
            begun = at + 1
    return [*parts, text[begun:].strip()] if text.strip() else []


def fits(value: Value, wanted: str) -> bool:
    """Whether a value may stand where a type is wanted, or one of several, parted by "|"."""
    return any(_fits(value, each) for each in wanted.split("|"))


def _fits(value: Value, wanted: str) -> bool:
    if ANY in (value.type, wanted) or value.type == NULL or value.type == wanted:
        return True
    if wanted in ("ARRAY", "STRUCT"):
        return value.type.startswith(f"{wanted}<")
    if wanted in (*MOMENTS, TIME) and value.is_text:
        return True
    if (ours := element_of(value.type)) is not None and (theirs := element_of(wanted)) is not None:
        return ours in (theirs, ANY, NULL) or theirs == ANY or {ours, theirs} <= set(NUMBERS)
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
    if len(kinds) > 1 and all(kind.startswith(("STRUCT<", "ARRAY<")) for kind in kinds):
        return _common_inside(list(kinds))
    if len(kinds) != 1:
        return None
    [kind] = kinds
    return kind if all(fits(each, kind) for each in known) else None


def _common_inside(kinds: list[str]) -> str | None:
    """Of lists, or of STRUCTs with as many fields: what their insides become; names are those of the first."""
    if all(each.startswith("ARRAY<") for each in kinds):
        inside = common(Value(_NOTHING, element_of(each) or ANY) for each in kinds)
        return array_of(inside) if inside is not None else None
    fields = [fields_of(each) for each in kinds]
    first = fields[0]
    if first is None or any(each is None or len(each) != len(first) for each in fields):
        return None
    together = []
    for place, (name, _) in enumerate(first):
        kind = common(Value(_NOTHING, each[place][1]) for each in fields if each is not None)
        if kind is None:
            return None
        together.append((name, kind))
    return struct_of(together)
