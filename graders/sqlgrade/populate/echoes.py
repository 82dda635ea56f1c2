"""Rows once more under another key and name, with all that refers to them: groups that tie in whatever is counted or summed of them.

A query that keeps the first three shows how it treats a tie only where one stands at the cut. Of groups made by chance none do,
where what is ranked is a sum of several columns over several tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlgrade.tables.result import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlgrade.tables.model import Column, SchemaModel, Table
    from sqlgrade.tables.result import Row

_MOST_ROWS = 200


def echoed(schema: SchemaModel, made: Database, table: Table, renamed: Callable[[Column], bool]) -> Database:
    """The database with each row of a table twice, and each row that refers to one of them, however far, twice as well.

    Args:
        schema: Whose tables they are.
        made: What is doubled.
        table: The table that the groups are rows of.
        renamed: Whether a text column of it names the row, so that the copy needs another text.
    """
    keys: dict[str, dict[tuple[tuple[str, ...], Row], Row]] = {}
    tables = dict(made.tables)
    for each in schema.varied:
        own = each is table
        rows = tables.get(each.name, ())
        if not (own or any(link.parent in keys for link in each.foreign_keys)) or not rows:
            continue
        copies: list[Row] = []
        known: dict[tuple[tuple[str, ...], Row], Row] = {}
        for number, row in enumerate(rows[:_MOST_ROWS]):
            copy = each.named(row)
            for link in each.foreign_keys:
                told = keys.get(link.parent, {}).get((link.parent_columns, each.pick(row, link.columns)))
                copy.update(zip(link.columns, told, strict=True) if told else {})
            if not own and copy == each.named(row):
                continue
            copy.update(_fresh(each, copy, rows, number, renamed if own else None))
            copied = tuple(copy[c.name] for c in each.columns)
            copies.append(copied)
            for key in each.uniques:
                known[key, each.pick(row, key)] = each.pick(copied, key)
        keys[each.name] = known
        tables[each.name] = (*rows, *copies)
    return Database(tables, made.strategies)


def _fresh(
    table: Table, copy: Mapping[str, Any], rows: tuple[Row, ...], number: int, renamed: Callable[[Column], bool] | None
) -> dict[str, Any]:
    """New values for the keys of a copied row, and for its name."""
    linked = {name for link in table.foreign_keys for name in link.columns}
    keyed = {name for key in table.uniques if linked.isdisjoint(key) for name in key[:1]}
    keyed |= {key[-1] for key in table.uniques if not linked.isdisjoint(key) and not linked.issuperset(key)}
    found = {}
    for column in table.columns:
        value = copy[column.name]
        if column.generated or value is None or column.name in linked:
            continue
        if column.name in keyed or (renamed is not None and column.type.family == "text" and renamed(column)):
            place = table.positions[column.name]
            found[column.name] = _other(column, value, [row[place] for row in rows], number)
    return found


def _other(column: Column, value: Any, there: list[Any], number: int) -> Any:
    if column.type.family == "integer":
        return max(each for each in there if each is not None) + 1 + number
    if column.type.family == "uuid":
        return str(UUID(int=UUID(str(value)).int + 5000 + number))
    return f"{value}{number + 2}" if isinstance(value, str) else value
