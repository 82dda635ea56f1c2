"""Databases with one row fewer, whose partners are handed to another row or let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.parse import all_parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.tables.model import SchemaModel, Table
    from sqlgrade.tables.result import Database, Row

Link = tuple[str, str, str, str]
"""A column of one table whose values meet those of a column of another: table, column, table, column."""


def merged_databases(database: Database, schema: SchemaModel, queries: Sequence[str]) -> Iterator[Database]:
    """Propose databases without one row: rows that meet it in a join or key meet another row instead, or NULL."""
    links = _links(schema, queries)
    for table in reversed(schema.tables):
        rows = database.tables.get(table.name, ())
        for number in range(len(rows) - 1, -1, -1):
            others = [row for i, row in enumerate(rows) if i != number]
            smaller = database.replace(table.name, others)
            for heir in [*others, None]:
                proposal = _handed_over(smaller, schema, table, rows[number], heir, links)
                if proposal is not None:
                    yield proposal


def _handed_over(
    database: Database, schema: SchemaModel, table: Table, gone: Row, heir: Row | None, links: Sequence[Link]
) -> Database | None:
    """The database with every value that met the row's turned into the heir's, keys apart; None if nothing met it."""
    changed = False
    for owner, column, other, met in links:
        if owner != table.name:
            continue
        old = gone[table.positions[column]]
        new = heir[table.positions[column]] if heir is not None else None
        target = schema.table(other)
        place = target.positions[met]
        rows = database.tables.get(other, ())
        if any(met in key for key in target.uniques):
            continue
        if old is None or old == new or all(row[place] != old for row in rows):
            continue
        if (new is None and not target.column(met).nullable) or not target.column(met).type.holds(new):
            return None
        replaced = tuple((*row[:place], new, *row[place + 1 :]) if row[place] == old else row for row in rows)
        database, changed = database.replace(other, replaced), True
    return database if changed else None


def _links(schema: SchemaModel, queries: Sequence[str]) -> list[Link]:
    """Foreign keys, from the parent's side, and columns that a query compares with = (both ways)."""
    found: dict[Link, None] = {}
    for table in schema.tables:
        for key in table.foreign_keys:
            for column, parent_column in zip(key.columns, key.parent_columns, strict=True):
                found[key.parent, parent_column, table.name, column] = None
    for left, right in _equated(queries):
        for one, other in ((left, right), (right, left)):
            for owner, column in _columns_named(schema, one):
                for target, met in _columns_named(schema, other):
                    if (owner, column) != (target, met):
                        found[owner, column, target, met] = None
    return list(found)


def _equated(queries: Sequence[str]) -> list[tuple[str, str]]:
    """Names of columns that stand on both sides of an equality or are compared by IN."""
    pairs: dict[tuple[str, str], None] = {}
    for query in queries:
        for tree in all_parsed(query):
            for node in tree.find_all(exp.EQ, exp.In):
                names = [column.name.casefold() for column in node.find_all(exp.Column)][:2]
                if len(names) == 2:
                    pairs[names[0], names[1]] = None
            for join in tree.find_all(exp.Join):
                pairs.update(
                    {(name.name.casefold(), name.name.casefold()): None for name in join.args.get("using") or ()}
                )
    return list(pairs)


def _columns_named(schema: SchemaModel, name: str) -> list[tuple[str, str]]:
    return [(t.name, c.name) for t in schema.tables for c in t.columns if c.name.casefold() == name]
