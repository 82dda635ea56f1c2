"""Plainer values for the cells of a small database, proposed one change at a time."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from sqlgrade.tables.model import Column, SchemaModel, Table
    from sqlgrade.tables.result import Database

_PLAIN_DAY = dt.date(2024, 4, 1)
_SHORT = 12


def plainer_databases(
    database: Database, schema: SchemaModel, queries: Sequence[str]
) -> Generator[Database, bool, None]:
    """Propose databases with one plainer cell each; send True if the last proposal holds, to build on it.

    Only columns that a query names are worth it, and keys stay as they are.
    """
    for table in schema.tables:
        for column in _named_columns(table, queries):
            place = table.positions[column.name]
            for number in range(len(database.tables.get(table.name, ()))):
                for value in _plainer(database, table, column, number):
                    rows = list(database.tables[table.name])
                    rows[number] = (*rows[number][:place], value, *rows[number][place + 1 :])
                    proposal = database.replace(table.name, rows)
                    if (yield proposal):
                        database = proposal
                        break


def _named_columns(table: Table, queries: Sequence[str]) -> list[Column]:
    words = {word.casefold() for query in queries for word in re.findall(r"\w+", query)}
    keys = {name for key in table.uniques for name in key}
    keys |= {name for link in table.foreign_keys for name in link.columns}
    return [c for c in table.columns if c.name.casefold() in words and c.name not in keys and not c.generated]


def _plainer(database: Database, table: Table, column: Column, number: int) -> Iterator[Any]:
    """Values to try in one cell, the plainest first; none if the cell is plain already."""
    place = table.positions[column.name]
    value = database.tables[table.name][number][place]
    neighbours = [row[place] for row in database.tables[table.name][:number] if row[place] is not None]
    if value in neighbours:
        return
    plain = (each for each in _plain_values(value) if column.type.holds(each))
    near = _distinct(neighbours)
    candidates = [*near, *plain]
    yield from (c for c in candidates[:3] if c != value and _complexity(c) < _complexity(value))
    if neighbours and value is not None:
        yield from (n for n in near if _complexity(n) == _complexity(value) and n != value)


def _distinct(values: Sequence[Any]) -> list[Any]:
    """Each value once, in order; arrays and structs have no hash."""
    return [value for place, value in enumerate(values) if value not in values[:place]]


def _plain_values(value: Any) -> list[Any]:
    match value:
        case bool() | None:
            return []
        case int():
            return [1, 2, 10]
        case Decimal():
            return [Decimal(1), Decimal(10)]
        case float():
            return [1.0, 10.0]
        case str():
            return []
        case dt.datetime():
            return [
                dt.datetime.combine(_PLAIN_DAY, dt.time(10), value.tzinfo),
                value.replace(minute=0, second=0, microsecond=0),
            ]
        case dt.date():
            return [_PLAIN_DAY]
    return []


def _complexity(value: Any) -> int:
    """How much there is to read in a value; NULL, which asks for a second thought, counts most."""
    match value:
        case None:
            return 1000
        case bool():
            return 0
        case int() | Decimal() | float():
            return len(str(value)) + (2 if value < 0 else 0)
        case str():
            odd = len(value) > _SHORT or value != value.strip() or not value or value != value.casefold()
            return len(value) + (5 if odd else 0)
        case dt.datetime():
            return 10 + sum(part != 0 for part in (value.hour, value.minute, value.second, value.microsecond)) * 3
        case dt.date():
            return 10
    return 50
