"""Values that a reader knows for the cells on which nothing depends."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlglot import exp

from sqlgrade.parse import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlgrade.tables.model import SchemaModel, Table
    from sqlgrade.tables.result import Database, Row

Familiar: TypeAlias = Mapping[str, Sequence["Row"]]
"""Table -> rows that the exercise's author has put there."""

_DRESSED = frozenset({"text", "integer", "decimal", "double"})
"""Families of types; times have to fit each other, and truth has but two values."""


def familiar_rows(databases: Iterable[Database], schema: SchemaModel) -> Familiar:
    """The rows of hand-made databases, in the order in which they stand there."""
    known = tuple(databases)
    return {t.name: tuple(row for database in known for row in database.tables.get(t.name, ())) for t in schema.tables}


def dressed(database: Database, schema: SchemaModel, queries: Sequence[str], familiar: Familiar) -> Database:
    """The database with familiar values in columns that no query does more with than to show them.

    What a familiar name stands for (an area's code, say) is told as the author did. Apart from that, equal values stay
    equal and different ones different. Keys, NULLs and familiar values stay as they are.
    """
    used = _used_names(queries)
    for table in schema.tables:
        rows, known = database.tables.get(table.name, ()), familiar.get(table.name, ())
        free = [table.positions[name] for name in _free_columns(table, used)]
        if rows and known and free:
            database = database.replace(table.name, _dressed_rows(rows, known, free, _name_of(table)))
    return database


def _dressed_rows(rows: Sequence[Row], known: Sequence[Row], free: Sequence[int], name: int | None) -> list[Row]:
    named = {row[name]: row for row in known} if name is not None else {}
    twins = [named.get(row[name]) if name is not None else None for row in rows]
    columns = list(zip(*rows, strict=True))
    for place in free:
        told = [v if v is None or twin is None else twin[place] for v, twin in zip(columns[place], twins, strict=True)]
        others = [v for v, twin in zip(told, twins, strict=True) if twin is None]
        new = _renamed(others, dict.fromkeys(row[place] for row in known), taken=told)
        columns[place] = tuple(v if twin else new.get(v, v) for v, twin in zip(told, twins, strict=True))
    return list(zip(*columns, strict=True))


def _renamed(values: Sequence[Any], familiar: Collection[Any], taken: Collection[Any]) -> dict[Any, Any]:
    """A familiar value that is not taken for each other one; none at all if there are too few."""
    strange = [value for value in dict.fromkeys(values) if value is not None and value not in familiar]
    spare = [value for value in familiar if value is not None and value not in taken]
    return dict(zip(strange, spare, strict=False)) if len(strange) <= len(spare) else {}


def _name_of(table: Table) -> int | None:
    """The place of the key, if the key is one column that holds a text."""
    if len(table.primary_key) != 1:
        return None
    place = table.positions[table.primary_key[0]]
    return place if table.columns[place].type.family == "text" else None


def _free_columns(table: Table, used: frozenset[str]) -> list[str]:
    keys = {name for key in table.uniques for name in key}
    keys |= {name for link in table.foreign_keys for name in link.columns}
    return [
        c.name
        for c in table.columns
        if c.type.family in _DRESSED and not c.generated and c.name not in keys and c.name.casefold() not in used
    ]


def _used_names(queries: Sequence[str]) -> frozenset[str]:
    """The names of columns that some query does more with than to show them, under whatever alias, in lower case."""
    used, aliases = set[str](), list[tuple[str, str]]()
    for query in queries:
        tree = parsed(query)
        if tree is None:
            used |= {word.casefold() for word in re.findall(r"\w+", query)}
            continue
        for column in tree.find_all(exp.Column):
            renamed = column.parent if isinstance(column.parent, exp.Alias) else None
            if not isinstance((renamed or column).parent, exp.Select):
                used.add(column.name.casefold())
            elif renamed is not None:
                aliases.append((renamed.alias.casefold(), column.name.casefold()))
        used |= {node.name.casefold() for node in tree.find_all(exp.Identifier) if isinstance(node.parent, exp.Join)}
    for alias, name in reversed(aliases):  # an outer query comes first and may use what an inner one has renamed
        used |= {name} if alias in used else set()
    return frozenset(used)
