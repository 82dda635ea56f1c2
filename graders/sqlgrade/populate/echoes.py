"""Rows once more under another key and name, with all that refers to them: groups that tie in whatever is counted or summed of them.

A query that keeps the first three shows how it treats a tie only where one stands at the cut. Of groups made by chance none do,
where what is ranked is a sum of several columns over several tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from sqlgrade.tables.model import ForeignKey
from sqlgrade.tables.result import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.tables.model import Column, SchemaModel, Table
    from sqlgrade.tables.result import Row

    _Keys = dict[str, dict[tuple[tuple[str, ...], Row], Row]]
    """By table, of each of its keys what a row had there, and what its copy has."""

_MOST_ROWS = 200


Links: TypeAlias = Mapping[str, tuple[ForeignKey, ...]]
"""By table the columns of other tables that its own refer to, declared or joined by a query."""


def links_of(schema: SchemaModel, read: Collection[str], joined: Iterable[tuple[ColumnId, ColumnId]]) -> Links:
    """The links between the tables that are read."""
    found: dict[str, dict[ForeignKey, None]] = {t.name: dict.fromkeys(t.foreign_keys) for t in schema.varied}
    for pair in joined:
        for (child, column), (parent, key) in (pair, pair[::-1]):
            is_key = child != parent and (key,) in schema.table(parent).uniques
            if is_key and child in found and (column,) not in schema.table(child).uniques:
                found[child][ForeignKey((column,), parent, (key,))] = None
    return {name: tuple(links) for name, links in found.items() if name in read}


def echoed(
    schema: SchemaModel, made: Database, table: Table, links: Links, renamed: Callable[[Column], bool]
) -> Database:
    """The database with each row of a table twice, and each row that refers to one of them, however far, twice as well.

    Args:
        schema: Whose tables they are.
        made: What is doubled.
        table: The table that the groups are rows of.
        links: Along which rows are followed.
        renamed: Whether a text column of it names the row, so that the copy needs another text.
    """
    keys: _Keys = {}
    tables = dict(made.tables)
    for each in (table, *(other for other in schema.varied if other is not table)):
        own = each is table
        rows = tables.get(each.name, ())
        if not (own or any(link.parent in keys for link in links.get(each.name, ()))) or not rows:
            continue
        copies: list[Row] = []
        known: dict[tuple[tuple[str, ...], Row], Row] = {}
        for number, row in enumerate(rows[:_MOST_ROWS]):
            copy = _beside_the_copies(each, row, links, keys)
            if not own and copy == each.named(row):
                continue
            copy.update(_fresh(each, copy, rows, number, links, renamed if own else _keeps_its_name))
            copied = tuple(copy[c.name] for c in each.columns)
            copies.append(copied)
            for key in each.uniques:
                known[key, each.pick(row, key)] = each.pick(copied, key)
        keys[each.name] = known
        tables[each.name] = (*rows, *copies)
    return Database(tables, made.strategies)


def _beside_the_copies(table: Table, row: Row, links: Links, keys: _Keys) -> dict[str, Any]:
    """A row that refers to the copies of what it referred to."""
    copy = table.named(row)
    for link in links.get(table.name, ()):
        told = keys.get(link.parent, {}).get((link.parent_columns, table.pick(row, link.columns)))
        copy.update(zip(link.columns, told, strict=True) if told else {})
    return copy


def _keeps_its_name(_: Column) -> bool:
    return False


def _fresh(
    table: Table,
    copy: Mapping[str, Any],
    rows: tuple[Row, ...],
    number: int,
    links: Links,
    renamed: Callable[[Column], bool],
) -> dict[str, Any]:
    """New values for the keys of a copied row, and for its name."""
    linked = {name for link in links.get(table.name, ()) for name in link.columns}
    keyed = _own_part_of_keys(table, linked)
    found = {}
    for column in table.columns:
        value = copy[column.name]
        if column.generated or value is None or column.name in linked:
            continue
        if column.name in keyed or (column.type.family == "text" and renamed(column)):
            place = table.positions[column.name]
            found[column.name] = _other(column, value, [row[place] for row in rows], number)
    return found


def _own_part_of_keys(table: Table, linked: set[str]) -> set[str]:
    """Of each key the column that a copy needs another value in: one that refers to nothing."""
    free = {key[0] for key in table.uniques if linked.isdisjoint(key)}
    return free | {key[-1] for key in table.uniques if not linked.isdisjoint(key) and not linked.issuperset(key)}


def _other(column: Column, value: Any, there: list[Any], number: int) -> Any:
    if column.type.family == "integer":
        return max(each for each in there if each is not None) + 1 + number
    if column.type.family == "uuid":
        return str(UUID(int=UUID(str(value)).int + 5000 + number))
    return f"{value}{number + 2}" if isinstance(value, str) else value
