"""SQL values as JSON and as DuckDB literals, and records read back from JSON."""

from __future__ import annotations

import base64
import datetime as dt
import math
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from uuid import UUID

if TYPE_CHECKING:
    from sqlgrade.tables.sqltype import SqlType

T = TypeVar("T")
_LONGEST_TEXT = 1_000
_FROM_TEXT = frozenset(
    "integer decimal double text boolean date timestamp timestamptz time enum uuid json".split(),
)
"""Families of types to which DuckDB casts a text without losing anything."""

Given: TypeAlias = tuple[tuple[str | None, ...], ...]
"""What the parameters of a statement stand for: a column of texts each."""


def to_plain(value: Any) -> Any:
    """A SQL value or record as JSON can hold it: dates as ISO text, decimals as numbers, NULL as null."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return value.value
        case str():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case dt.datetime():
            return value.isoformat(sep=" ")
        case dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta() | UUID():
            return str(value)
        case bytes() | bytearray() | memoryview():
            return base64.b16encode(bytes(value)).decode()
        case Mapping():
            return {str(to_plain(key)): to_plain(item) for key, item in value.items()}
        case Sequence() | set() | frozenset():
            return [to_plain(item) for item in value]
    return str(value)


def shortened(row: Sequence[Any]) -> tuple[Any, ...]:
    """A row to show: of a text that fills pages, its beginning and how long it is."""
    return tuple(
        f"{value[:_LONGEST_TEXT]}… ({len(value):,})" if isinstance(value, str) and len(value) > _LONGEST_TEXT else value
        for value in row
    )


def literal(value: Any) -> str:
    """A Python value as a DuckDB literal that casts to the column it is inserted into."""
    match value:
        case None:
            return "NULL"
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | Decimal():
            return str(value)
        case float():
            return repr(value) if math.isfinite(value) else f"'{value}'::DOUBLE"
        case bytes() | bytearray():
            return "'" + "".join(f"\\x{byte:02X}" for byte in value) + "'::BLOB"
        case dt.timedelta():
            return f"INTERVAL '{value // dt.timedelta(microseconds=1)} microseconds'"
        case Mapping():
            return "{" + ", ".join(f"{quoted(str(k))}: {literal(v)}" for k, v in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(literal(item) for item in value) + "]"
    return "'" + str(value).replace("'", "''") + "'"


def literal_of(value: Any, kind: SqlType) -> str:
    """A value of a known column type as a DuckDB literal."""
    if kind.family == "map" and isinstance(value, Mapping):
        return "MAP {" + ", ".join(f"{literal(k)}: {literal(v)}" for k, v in value.items()) + "}"
    if kind.family == "struct" and isinstance(value, Mapping):
        inner = ", ".join(f"{quoted(n)}: {literal_of(value.get(n), t)}" for n, t in kind.fields)
        return "{" + inner + "}"
    if kind.family == "list" and isinstance(value, list | tuple):
        return "[" + ", ".join(literal_of(item, kind.fields[0][1]) for item in value) + "]::" + kind.text
    return literal(value)


def given_columns(kinds: Sequence[SqlType], rows: Sequence[Sequence[Any]]) -> Given | None:
    """Rows as columns of texts that cast to these types; None if a type has values that no text stands for.

    DuckDB plans a literal for each cell of a VALUES list, so that a hundred rows take it seven times as long as the same
    rows in one parameter a column.
    """
    if any(kind.family not in _FROM_TEXT for kind in kinds):
        return None
    return tuple(tuple(_as_text(row[place], kind) for row in rows) for place, kind in enumerate(kinds))


def _as_text(value: Any, kind: SqlType) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return str(int(value)) if kind.numeric else str(value).lower()
    return str(value)


def given_rows(
    columns: Sequence[tuple[str, SqlType]], rows: Sequence[Sequence[Any]], *, after: int = 0
) -> tuple[str, Given]:
    """A FROM item, still without a name, that holds some rows, and what its parameters stand for.

    Args:
        columns: The names, as SQL writes them, and types.
        rows: At least one.
        after: Parameters of the statement that come before.
    """
    given = given_columns([kind for _, kind in columns], rows)
    if given is None:
        cells = (
            ", ".join(f"{literal_of(value, kind)}::{kind.text}" for value, (_, kind) in zip(row, columns, strict=True))
            for row in rows
        )
        values = ", ".join(f"({each})" for each in cells)
        return f"(SELECT * FROM (VALUES {values}) given({', '.join(name for name, _ in columns)}))", ()
    parts = (f"unnest(${n})::{kind.text} AS {name}" for n, (name, kind) in enumerate(columns, start=after + 1))
    return f"(SELECT {', '.join(parts)})", given


def quoted(name: str) -> str:
    """A name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def from_plain(kind: type[T], data: Any) -> T:
    """A frozen record rebuilt from the JSON that to_plain made of it."""
    built: T = _rebuilt(kind, data)
    return built


def _rebuilt(kind: Any, data: Any) -> Any:
    if data is None or kind is Any:
        return _frozen(data)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _rebuilt(next(a for a in arguments if a is not type(None)), data)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_rebuilt(arguments[0], item) for item in data)
        return tuple(_rebuilt(a, item) for a, item in zip(arguments, data, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        return {key: _rebuilt(arguments[1], item) for key, item in data.items()}
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        build: Any = kind
        return build(**{f.name: _rebuilt(hints[f.name], data[f.name]) for f in fields(kind) if f.name in data})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return data


def _frozen(data: Any) -> Any:
    return tuple(_frozen(item) for item in data) if isinstance(data, list) else data
