"""One database made by a recipe: constellations drawn from the pools, then made valid."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlgrade.populate.bundles import STARTS
from sqlgrade.populate.fresh import fresh_value
from sqlgrade.populate.keys import KeyClasses, key_values
from sqlgrade.populate.placing import Placer
from sqlgrade.populate.pools import Pool, Pools
from sqlgrade.populate.validity import made_valid
from sqlgrade.tables.result import Database

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from sqlgrade.populate.agreeing import Agreements, Draft
    from sqlgrade.populate.bundles import Bundle
    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.populate.recipe import Recipe
    from sqlgrade.tables.model import Column, SchemaModel, Table
    from sqlgrade.tables.sqltype import SqlType

_FANNED = 0.6
_WILD = 0.75
_DECIDING_NULLS = 0.3
_TIED_WITNESS = 0.7
_AT_THE_BOUNDARY = 0.5
"""How often a value that need not meet its conditions is a constant of theirs or one beside it."""
_SHORTEST_RUN = 2
_RUN_CUTS = (0, 1, 2, 3)
"""Lengths of runs: a bundle has steps for two more than what is asked for, and one less is to be tried too."""
_FIRST_STEPS = 0.6
"""How often a value of a bundle is its start or one of its first steps, which most conditions turn on."""
_LEVELS = tuple(map(Decimal, (1, 0, -1)))
"""From where columns that are compared with each other alone begin: what holds of them may turn at 0."""


@dataclass(frozen=True)
class _Spot:
    """What decides on the cells of one column in one filling."""

    column: Column
    place: ColumnId
    null_chance: float | None
    """None where NULL may not stand."""
    tied: int | None
    """The number of its class of tied columns."""
    bundled: Sequence[Any]
    alone: bool
    """It is a key by itself."""
    keyed: bool
    """It is part of a key."""
    first: bool
    """It is the first column of the primary key."""


class Filling:
    """Fills a schema once; every choice comes from one random source."""

    def __init__(
        self,
        schema: SchemaModel,
        pools: Pools,
        keys: KeyClasses,
        used: set[str],
        recipe: Recipe,
        rng: random.Random,
        agreements: Agreements,
        bundle: Bundle | None = None,
    ) -> None:
        self._agreements = agreements
        self._schema, self._pools, self._keys, self._recipe, self._rng = schema, pools, keys, recipe, rng
        self._tables = [t for t in schema.varied if t.name in with_parents(schema, used)]
        self._subpools: dict[ColumnId, Pool] = {}
        self._spots: dict[str, list[_Spot]] = {}
        self._bundled = self._bundle_values(bundle) if bundle is not None else {}
        self._in_step = rng.choice(bundle.in_step) if bundle is not None else 0.0
        self._places = self._steps_taken(bundle) if bundle is not None else [0]
        self._class_values = [self._shared_values(members) for members in keys.classes]
        self._serial = 0
        self._flips = [self._flipped_columns() for _ in range(recipe.size)]
        if recipe.failed and (conditioned := self._conditioned()):
            self._flips = [{rng.choice(conditioned)}] * recipe.size
        self._nulled = self._nulled_columns()
        fanned = 1.0 if recipe.bundled or recipe.nulled else _FANNED
        self._fanned = {t.name for t in self._tables if rng.random() < fanned} if recipe.fan else set()

    def database(self) -> Database | None:
        """The filling, valid under all constraints; None if the assumptions could not be met."""
        drafts: dict[str, list[Draft]] = {t.name: [] for t in self._tables}
        for number in range(self._recipe.size):
            for table in self._tables:
                drafts[table.name] += self._drafts(table, number)
        placer = Placer(self._schema, self._pools, self._keys, self._agreements, self._bundled, self._rng, self._other)
        placer.serial = self._serial
        for table in self._tables:
            if table.name != self._recipe.emptied:
                placer.place(table, drafts[table.name], self._recipe.copied)
        filled = Database({name: tuple(rows) for name, rows in placer.rows.items()}, (self._recipe.name,))
        return made_valid(self._schema, filled)

    def _drafts(self, table: Table, number: int) -> list[Draft]:
        chance, recipe = self._rng.random(), self._recipe
        if chance < recipe.missing:
            return []
        count = 2 if chance < recipe.missing + recipe.double else 1
        return [self._draft(table, number) for _ in range(count)]

    def _draft(self, table: Table, number: int) -> Draft:
        seen: set[int] = set()
        return {spot.column.name: self._cell(spot, number, seen) for spot in self._spots_of(table)}

    def _spots_of(self, table: Table) -> list[_Spot]:
        if table.name not in self._spots:
            self._spots[table.name] = [self._spot(table, column) for column in table.columns]
        return self._spots[table.name]

    def _spot(self, table: Table, column: Column) -> _Spot:
        place = (table.name, column.name)
        return _Spot(
            column,
            place,
            self._null_chance(place) if column.nullable else None,
            self._keys.number.get(place),
            self._bundled.get(place, ()),
            alone=(column.name,) in table.uniques,
            keyed=any(column.name in key for key in table.uniques),
            first=column.name in table.primary_key[:1],
        )

    def _cell(self, spot: _Spot, number: int, seen: set[int]) -> Any:
        if spot.column.generated or spot.place == self._nulled[number]:
            return None
        if spot.null_chance is not None and self._rng.random() < spot.null_chance:
            return None
        if spot.tied is not None:
            return self._tied_cell(spot, spot.tied, number, seen)
        if spot.bundled:
            return self._of_bundle(spot.bundled, number, unique=spot.alone)
        if self._recipe.fresh and self._rng.random() < self._recipe.fresh:
            return self._new_value(spot.place, spot.column.type)
        return self._value(spot.place, flipped=spot.place in self._flips[number])

    def _tied_cell(self, spot: _Spot, tied: int, number: int, seen: set[int]) -> Any:
        """A value of the class that the column belongs to, the constellation's own unless it stands elsewhere."""
        elsewhere = tied in seen or self._rng.random() < self._recipe.crossed
        seen.add(tied)
        values = self._class_values[tied]
        wanted = self._wanted(spot.place, values, number)
        if wanted and not spot.keyed:
            return self._rng.choice(wanted)
        if spot.place[0] in self._fanned and not spot.alone:
            return values[self._rng.randrange(min(self._recipe.fan, len(values)))]
        if elsewhere and not spot.first:
            return self._rng.choice(values) if number == 0 else values[self._rng.randrange(min(number, len(values)))]
        return values[number % len(values)]

    def _steps_taken(self, bundle: Bundle) -> list[int]:
        """Where in the bundle the rows stand one after another: a run of some length, or the start and other steps."""
        if bundle.run and self._recipe.whole:
            self._in_step = 1.0
            return list(range(max(_SHORTEST_RUN, bundle.run - self._rng.choice(_RUN_CUTS[:3]))))
        if bundle.run:
            return list(range(max(_SHORTEST_RUN, bundle.run - self._rng.choice(_RUN_CUTS))))
        others = list(range(1, max(2, len(bundle.steps))))
        self._rng.shuffle(others)
        others.sort(key=lambda place: place == 1 and self._rng.random() < _FIRST_STEPS, reverse=True)
        return [0, *others]

    def _of_bundle(self, values: Sequence[Any], number: int, *, unique: bool) -> Any:
        """The value at a row's own place in the bundle, or any of them."""
        if unique:
            return values[number % len(values)]
        if self._rng.random() < self._in_step:
            return values[self._places[number % len(self._places)] % len(values)]
        return self._rng.choice(values[:3] if self._rng.random() < _FIRST_STEPS else values)

    def _bundle_values(self, bundle: Bundle) -> dict[ColumnId, list[Any]]:
        """The values of the bundle's columns, from a start that the conditions on one of them allow."""
        decided = [c for c in bundle.columns if self._pools[c].truths]
        start = self._witness(self._pools[self._rng.choice(decided)]) if decided else None
        moment, number = self._rng.choice(STARTS), Decimal(1)
        if isinstance(start, dt.date):
            moment = dt.datetime.fromisoformat(start.isoformat()).replace(tzinfo=None)
        elif isinstance(start, int | Decimal) and not isinstance(start, bool):
            number = Decimal(start)
        kinds = {column: self._schema.column(column).type for column in bundle.columns}
        if not decided and len(kinds) > 1 and all(kind.numeric for kind in kinds.values()):
            number = self._rng.choice(_LEVELS)
        return {c: bundle.values(c, kind, moment if kind.temporal else number) for c, kind in kinds.items()}

    def _shared_values(self, members: tuple[ColumnId, ...]) -> list[Any]:
        """The values of a class of tied columns: the bundle's if one of them is in it."""
        bundled = next((self._bundled[column] for column in members if self._bundled.get(column)), None)
        return bundled or key_values(members, self._recipe.size, self._pools, self._schema, self._rng)

    def _wanted(self, column: ColumnId, values: Sequence[Any], number: int) -> list[Any]:
        """Those of a class's values that meet the most conditions on a tied column, unless it goes its own way."""
        pool = self._pools[column]
        if not pool.truths or column in self._flips[number] or self._rng.random() >= _TIED_WITNESS:
            return []
        best = max((pool.met.get(repr(v), 0) for v in values), default=0)
        return [v for v in values if best and pool.met.get(repr(v), 0) == best]

    def _null_chance(self, column: ColumnId) -> float:
        """NULL in a deciding column ends a whole constellation, so it is put there less often."""
        deciding = column in self._keys.number or bool(self._pools[column].truths) or column in self._bundled
        return self._recipe.nulls * (_DECIDING_NULLS if deciding else 1.0)

    def _flipped_columns(self) -> set[ColumnId]:
        """The conditioned columns that go their own way in one constellation: mostly none or a single one."""
        conditioned = self._conditioned()
        flip = self._recipe.flip
        if flip >= _WILD:
            return {column for column in conditioned if self._rng.random() < flip}
        if not conditioned or self._rng.random() >= 2 * flip:
            return set()
        return set(self._rng.sample(conditioned, min(len(conditioned), 1 if self._rng.random() < 0.75 else 2)))

    def _conditioned(self) -> list[ColumnId]:
        return [(t.name, c.name) for t in self._tables for c in t.columns if self._pools[t.name, c.name].truths]

    def _nulled_columns(self) -> list[ColumnId | None]:
        """For each constellation the column that is NULL in it, if any; those that the queries put conditions on first."""
        nullable = [(t.name, c.name) for t in self._tables for c in t.columns if c.nullable and not c.generated]
        choices = [column for column in nullable if self._pools[column].truths] or nullable
        often = self._recipe.nulled if choices else 0.0
        return [
            self._rng.choice(choices) if often and self._rng.random() < often else None
            for _ in range(self._recipe.size)
        ]

    def _value(self, column: ColumnId, *, flipped: bool = False) -> Any:
        pool = self._subpool(column)
        if pool.truths and not flipped:
            return self._witness(pool)
        pointed = flipped and pool.pointed and self._rng.random() < _AT_THE_BOUNDARY
        return self._rng.choice(pool.pointed if pointed else pool.values)

    def _new_value(self, column: ColumnId, kind: SqlType) -> Any:
        self._serial += 1
        made = fresh_value(kind, self._serial, self._pools[column].values)
        return self._value(column) if made is None else made

    def _witness(self, pool: Pool) -> Any:
        """A value that meets as many of the column's conditions as can be met together, in a random order."""
        return pool.values[self._witness_place(pool)]

    def _witness_place(self, pool: Pool) -> int:
        fitting = list(range(len(pool.values)))
        for truth in self._rng.sample(pool.truths, len(pool.truths)):
            narrowed = [i for i in fitting if truth[i]]
            fitting = narrowed or fitting
        return self._rng.choice(fitting)

    def _subpool(self, column: ColumnId) -> Pool:
        """The column's values in this database: a few of them if the recipe asks for few."""
        if column not in self._subpools:
            whole = self._pools[column]
            self._subpools[column] = self._cut(whole) if self._recipe.variety else whole
        return self._subpools[column]

    def _cut(self, pool: Pool) -> Pool:
        places = list(range(len(pool.values)))
        pointed = places[: len(pool.pointed)]
        count = self._recipe.variety
        chosen = [self._witness_place(pool)] if pool.truths else []
        others = [p for p in pointed if p not in chosen]
        chosen += self._rng.sample(others, min(len(others), max(0, count - len(chosen))))
        rest = [p for p in places if p not in chosen]
        fewest = 0 if self._recipe.bundled and chosen else 1
        chosen += self._rng.sample(rest, min(len(rest), max(fewest, count - len(chosen))))
        truths = tuple(tuple(truth[p] for p in chosen) for truth in pool.truths)
        return Pool(tuple(pool.values[p] for p in chosen), (), truths)

    def _other(self, column: ColumnId, value: Any) -> Any:
        """Another value for a cell: in a bundle the next one up or down, so that what decides together stays near."""
        bundled = self._bundled.get(column, ())
        if value not in bundled:
            return self._rng.choice(bundled or self._subpool(column).values)
        ordered = sorted(bundled)
        place = ordered.index(value) + self._rng.choice((-1, 1))
        return ordered[min(max(place, 0), len(ordered) - 1)]


def with_parents(schema: SchemaModel, used: set[str]) -> set[str]:
    """The used tables and all that they point to."""
    wanted, waiting = set(used), list(used)
    while waiting:
        for link in schema.table(waiting.pop()).foreign_keys:
            if link.parent not in wanted:
                wanted.add(link.parent)
                waiting.append(link.parent)
    return wanted
