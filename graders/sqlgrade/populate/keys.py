"""Columns that name the same things: foreign keys and equi-joins tie columns into classes that share key values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlgrade.engine.checker import checker_for
from sqlgrade.populate.fresh import fresh_value

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.populate.pools import Pool, Pools
    from sqlgrade.tables.model import SchemaModel
    from sqlgrade.tables.sqltype import SqlType

_WITNESS = 0.85
"""How often the values of a class hold one that meets the queries' conditions on its columns."""


@dataclass(frozen=True)
class KeyClasses:
    """Which class each tied column belongs to."""

    classes: tuple[tuple[ColumnId, ...], ...]

    @cached_property
    def number(self) -> dict[ColumnId, int]:
        """Column to the number of its class."""
        return {column: n for n, members in enumerate(self.classes) for column in members}


def key_classes(schema: SchemaModel, joined: Sequence[tuple[ColumnId, ColumnId]]) -> KeyClasses:
    """Classes of columns tied by foreign keys and by the queries' equi-joins."""
    ties = [
        ((table.name, own), (link.parent, theirs))
        for table in schema.tables
        for link in table.foreign_keys
        for own, theirs in zip(link.columns, link.parent_columns, strict=True)
    ]
    family = {(t.name, c.name): c.type.family for t in schema.tables for c in t.columns}
    ties += [(a, b) for a, b in joined if family[a] == family[b]]
    parent: dict[ColumnId, ColumnId] = {}

    def root(column: ColumnId) -> ColumnId:
        while parent.setdefault(column, column) != column:
            column = parent[column]
        return column

    for left, right in ties:
        parent[root(left)] = root(right)
    groups: dict[ColumnId, list[ColumnId]] = defaultdict(list)
    for column in parent:
        groups[root(column)].append(column)
    return KeyClasses(tuple(tuple(members) for members in groups.values()))


def key_values(
    members: Sequence[ColumnId], count: int, pools: Pools, schema: SchemaModel, rng: random.Random
) -> list[Any]:
    """At least count distinct values for a class, the queries' constants among them, in no particular order."""
    kinds = [schema.column(each).type for each in members]
    kind = min(kinds, key=lambda k: k.limit)
    pointed = _pointed(members, pools, rng)
    fixed = [member for member in members if schema.table(member[0]).fixed]
    plain = _there(fixed, pools, rng) if fixed else _plain(pools[members[0]], kind, count)
    fitting = _fitting([*pointed[: max(2, count // 2)], *plain], kinds)
    checked = [m for m in members if checker_for(schema).rules(schema.table(m[0]), m[1])]
    if checked:
        fitting = pools.allowed(checked, fitting)
        if len(fitting) < count:
            fitting += pools.allowed(checked, _fitting(pools.many(checked[0], count), kinds))
    values = list({repr(v): v for v in fitting}.values())[: max(count, 1)]
    least = min(count, 1) if fixed or checked else count
    for serial in range(1, least - len(values) + 1):
        values.append(fresh_value(kind, serial, values))
    rng.shuffle(values)
    return values


def _fitting(values: Sequence[Any], kinds: Sequence[SqlType]) -> list[Any]:
    """The values, but NULL, that all the types can hold."""
    return [value for value in values if value is not None and all(kind.holds(value) for kind in kinds)]


def _there(fixed: Sequence[ColumnId], pools: Pools, rng: random.Random) -> list[Any]:
    values = [v for member in fixed for v in pools[member].values if v is not None]
    rng.shuffle(values)
    return values


def _pointed(members: Sequence[ColumnId], pools: Pools, rng: random.Random) -> list[Any]:
    """The values that the queries point at, mostly with one that meets their conditions before the others."""
    pointed = [v for member in members for v in pools[member].pointed if v is not None]
    rng.shuffle(pointed)
    return [*_witnesses(members, pools, rng), *pointed] if rng.random() < _WITNESS else pointed


def _plain(pool: Pool, kind: SqlType, count: int) -> list[Any]:
    """Ordinary values; whole numbers begin with those that name rows: 1, 2, 3."""
    plain = [v for v in pool.plain if v is not None and v != ""]
    if kind.family != "integer":
        return plain
    return sorted({v for v in plain if v > 0} | set(range(1, count + 1)), key=lambda v: (v > count, v))


def _witnesses(members: Sequence[ColumnId], pools: Pools, rng: random.Random) -> list[Any]:
    """For each member that the queries put conditions on, a value that meets as many of them as any does."""
    found = []
    for pool in (pools[member] for member in members):
        if pool.truths:
            best = max(pool.met.values())
            fitting = [v for v in pool.values if pool.met[repr(v)] == best and v is not None]
            found += [rng.choice(fitting)] if fitting else []
    return found
