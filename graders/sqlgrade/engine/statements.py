"""Statements that put rows into tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.tables.values import literal_of, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.tables.model import Table
    from sqlgrade.tables.result import Row


def insert_statement(schema: str, table: Table, rows: Sequence[Row]) -> str:
    """Puts rows into a table of a schema; empty where there are none."""
    if not rows:
        return ""
    values = ["(" + ", ".join(literal_of(row[place], c.type) for place, c in table.stored) + ")" for row in rows]
    start = f"INSERT INTO {schema}.{table.quoted} ({', '.join(quoted(c.name) for _, c in table.stored)}) VALUES "
    if any(table.refers_back(link) for link in table.foreign_keys):
        return "".join(f"{start}{each};" for each in values)
    return f"{start}{', '.join(values)};"


def turn_statement(schema: str, table: Table) -> str:
    """Puts the rows of a fixed table into a schema in reverse; those that stand there already make room."""
    names = ", ".join(quoted(column.name) for _, column in table.stored)
    source = f"SELECT {names} FROM main.{table.quoted} ORDER BY rowid DESC"
    if schema == "main":
        made = f"CREATE TEMP TABLE turned AS {source};DELETE FROM main.{table.quoted};"
        return f"{made}INSERT INTO main.{table.quoted} ({names}) FROM temp.turned;DROP TABLE temp.turned;"
    return f"{table.create_statement(schema)}INSERT INTO {schema}.{table.quoted} ({names}) {source};"
