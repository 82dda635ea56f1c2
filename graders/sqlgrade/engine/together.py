"""One query on many databases at once: their rows stand in one set of tables, and a lateral join runs it for each.

DuckDB unnests the correlated query (Neumann & Kemper 2015, "Unnesting Arbitrary Queries", BTW) into one plan, so that
two dozen small databases cost little more than two. It is a shortcut for finding out where nothing is wrong: what it
finds wrong is run again on the database alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.engine.statements import Writing, insertion
from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlgrade.tables.model import Table
    from sqlgrade.tables.result import Database, Row

_NUMBER, _NUMBERS, _PLACE = quoted("of which database"), quoted("databases told apart"), quoted("place of the row")
"""Names of ours that stand beside a learner's; no query can have meant them."""


def numbers_statement(schema: str, count: int) -> str:
    """Make the schema, with the databases' numbers."""
    return f"CREATE SCHEMA {schema}; CREATE TABLE {schema}.{_NUMBERS} AS FROM range({count}) t({_NUMBER});"


def table_writings(schema: str, table: Table, databases: Sequence[Database]) -> list[Writing]:
    """Make one table with the rows of all databases, each under its database's number, and without constraints."""
    columns = ", ".join(f"{quoted(c.name)} {c.type.text}{c.computed}" for c in table.columns)
    made = Writing(f"CREATE TABLE {schema}.{table.quoted} ({_NUMBER} BIGINT, {columns})")
    numbered = [(n, row) for n, database in enumerate(databases) for row in database.tables.get(table.name, ())]
    if not numbered:
        return [made]
    numbers, rows = zip(*numbered, strict=True)
    return [made, insertion(schema, table, rows, (_NUMBER, numbers))]


def lateral_query(sql: str, schema: str, tables: Iterable[Table], order: str | None) -> str:
    """Run a query for each number, on tables that are cut to that database; its rows come between number and place.

    The place counts in an order over the query's columns, as what a subquery sorts is not kept, or in the order in which
    the rows come. Without an order there is none: counting places takes a third of the time.
    """
    cut = ", ".join(
        f"{table.quoted} AS (SELECT {', '.join(quoted(column.name) for column in table.columns)} "
        f"FROM {schema}.{table.quoted} WHERE {_NUMBER} = {_NUMBERS}.{_NUMBER})"
        for table in tables
    )
    counted = f"row_number() OVER ({f'ORDER BY {order}' if order else ''})"
    place = f", {counted} AS {_PLACE}" if order is not None else ""
    return (
        f"SELECT {_NUMBERS}.{_NUMBER}, found.* FROM {schema}.{_NUMBERS}, "
        f"LATERAL ({f'WITH {cut} ' if cut else ''}SELECT *{place} FROM ({sql.strip().rstrip(';')}\n)) found"
    )


def rows_by_database(rows: Iterable[Row], count: int, *, placed: bool) -> list[tuple[Row, ...]]:
    """The rows of each database without its number; those that have places in their places, and without them."""
    found: list[list[Row]] = [[] for _ in range(count)]
    for row in rows:
        found[row[0]].append(row[1:])
    if not placed:
        return [tuple(each) for each in found]
    return [tuple(row[:-1] for row in sorted(each, key=lambda row: int(row[-1]))) for each in found]
