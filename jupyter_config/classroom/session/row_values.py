"""Rows of an Arrow batch as Python values; what Python's dates cannot hold comes as the text that the engine writes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

_BEYOND_PYTHON = (OverflowError, ValueError)
"""A date before the year 1 or after 9999, infinity, a moment between two microseconds."""


def rows_of(batch: Any, connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """The rows of a record batch that came from `connection`."""
    return list(zip(*(_values(batch, at, connection) for at in range(batch.num_columns)), strict=True))


def _values(batch: Any, at: int, connection: duckdb.DuckDBPyConnection) -> list[Any]:
    column = batch.column(at)
    try:
        values: list[Any] = column.to_pylist()
    except _BEYOND_PYTHON:
        return [_value(*each) for each in zip(column, _texts(batch, at, connection), strict=True)]
    return values


def _value(scalar: Any, text: str | None) -> Any:
    try:
        return scalar.as_py()
    except _BEYOND_PYTHON:
        return text


def _texts(batch: Any, at: int, connection: duckdb.DuckDBPyConnection) -> list[str | None]:
    """Every value of a column as text; on a cursor of its own, for the connection is still at its result."""
    arrow: Any = import_module("pyarrow")
    field = batch.schema.field(at).with_name("value")
    table = arrow.Table.from_arrays([batch.column(at)], schema=arrow.schema([field]))
    with connection.cursor() as cursor:
        return [row[0] for row in cursor.from_arrow(table).project("CAST(value AS VARCHAR)").fetchall()]
