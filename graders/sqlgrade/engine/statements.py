"""Statements that put rows into tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlgrade.tables.sqltype import WHOLE
from sqlgrade.tables.values import Given, given_columns, literal_of, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.tables.model import Table
    from sqlgrade.tables.result import Row


@dataclass(frozen=True)
class Writing:
    """A statement of our own, and what its parameters stand for."""

    sql: str
    given: Given = ()


def insertions(schema: str, table: Table, rows: Sequence[Row]) -> list[Writing]:
    """Put rows into a table of a schema; nothing where there are none."""
    if any(table.refers_back(link) for link in table.foreign_keys):
        return [insertion(schema, table, [row]) for row in rows]
    return [insertion(schema, table, rows)] if rows else []


def insertion(
    schema: str, table: Table, rows: Sequence[Row], numbers: tuple[str, Sequence[int]] | None = None
) -> Writing:
    """Put rows into a table of a schema in one statement; some have a column of numbers in front, which is named."""
    ahead = [(numbers[0], WHOLE)] if numbers else []
    names = [*(name for name, _ in ahead), *(quoted(column.name) for _, column in table.stored)]
    kinds = [*(kind for _, kind in ahead), *(column.type for _, column in table.stored)]
    places = [place for place, _ in table.stored]
    filled = [[row[place] for place in places] for row in rows]
    if numbers:
        filled = [[number, *cells] for number, cells in zip(numbers[1], filled, strict=True)]
    start = f"INSERT INTO {schema}.{table.quoted} ({', '.join(names)})"
    given = given_columns(kinds, filled)
    if given is not None:
        return Writing(f"{start} SELECT {', '.join(f'unnest(${n + 1})' for n in range(len(kinds)))}", given)
    values = (", ".join(map(literal_of, cells, kinds)) for cells in filled)
    return Writing(f"{start} VALUES {', '.join(f'({each})' for each in values)}")


def turn_statement(schema: str, table: Table) -> str:
    """Puts the rows of a fixed table into a schema in reverse; those that stand there already make room."""
    names = ", ".join(quoted(column.name) for _, column in table.stored)
    source = f"SELECT {names} FROM main.{table.quoted} ORDER BY rowid DESC"
    if schema == "main":
        made = f"CREATE TEMP TABLE turned AS {source};DELETE FROM main.{table.quoted};"
        return f"{made}INSERT INTO main.{table.quoted} ({names}) FROM temp.turned;DROP TABLE temp.turned;"
    return f"{table.create_statement(schema)}INSERT INTO {schema}.{table.quoted} ({names}) {source};"
