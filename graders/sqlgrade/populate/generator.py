"""An endless, reproducible row of valid databases for a set of queries."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlgrade.engine.checker import checker_for
from sqlgrade.populate.agreeing import Agreements
from sqlgrade.populate.atoms import Conditions, read_conditions
from sqlgrade.populate.contrasts import Contrasts
from sqlgrade.populate.derived import in_given_columns
from sqlgrade.populate.echoes import echoed, links_of
from sqlgrade.populate.filling import Filling, with_parents
from sqlgrade.populate.gathering import Gathering
from sqlgrade.populate.groups import Groups
from sqlgrade.populate.keys import key_classes
from sqlgrade.populate.pools import Pools
from sqlgrade.populate.recipe import (
    APART,
    BUNDLED,
    COMPOSED,
    FORESEEN,
    RECIPES,
    TWINS,
    Recipe,
    echoes_of,
    recipes_of_size,
)
from sqlgrade.populate.validity import made_valid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.populate.composition import Composition
    from sqlgrade.tables.model import SchemaModel
    from sqlgrade.tables.result import Database

_MOST_MISSES = 200
"""Databases in a row that met no assumption, after which no more are tried."""
_MOST_COMPOSED, _MOST_TWINS = 12, 4


class Generator:
    """Makes databases on which the given queries show what they do."""

    def __init__(
        self,
        schema: SchemaModel,
        queries: Sequence[str],
        runner: Runner,
        *,
        seed: int = 0,
        authored: Mapping[str, Sequence[Any]] | None = None,
    ) -> None:
        self.schema, self._queries, self._seed, self._runner = schema, queries, seed, runner
        conditions = Conditions()
        for query in queries:
            conditions = conditions.merged(read_conditions(query, schema))
            if (written_out := in_given_columns(query, schema)) is not None:
                conditions = conditions.merged(read_conditions(written_out, schema))
        self.filled = (conditions.used or {t.name for t in schema.tables}) - schema.fixed.keys()
        """The tables that the queries read, without those that are fixed."""
        with_rows = [table for table in schema.varied if table.name in with_parents(schema, self.filled)]
        checks = [f"SELECT 1 FROM {t.quoted} WHERE {check}" for t in with_rows for check in t.checks]
        for query in (*checks, *schema.assume):
            conditions = conditions.merged(_constants_only(read_conditions(query, schema)))
        self.conditions = conditions
        self.barren: set[str] = set()
        """Names of recipes that are left out from now on; whoever asks for databases may add to them."""
        self._pools = Pools(schema, conditions, authored or {}, runner)
        self._agreements = Agreements(schema, self._pools)
        self._keys = key_classes(schema, conditions.joined)
        self._groups = Groups(schema, conditions, self._pools, self._keys, self.filled, runner)

    def databases(self, recipes: Sequence[Recipe] = (), *, first: int = 0) -> Iterator[Database]:
        """The edge cases, then the recipes over and over while one bears anything; the same for the same seed."""
        bundled, composed, echoes = BUNDLED * min(2, len(self.conditions.bundles)), self._composed(), self._echoes()
        sized = recipes_of_size(self.conditions.counts, self.conditions.limits)
        foreseen = tuple(replace(FORESEEN, turn=turn) for turn, _ in enumerate(self._foreseen))
        kinds = itertools.zip_longest(self.empty(), composed, foreseen, sized, bundled, echoes)
        edges = [each for row in kinds for each in row if each]
        again = recipes or (*RECIPES, *(BUNDLED if bundled else ()), *composed, *echoes)
        order = itertools.chain(_interleaved(recipes or RECIPES, edges), self._rounds(again))
        misses = 0
        for number, recipe in enumerate(order):
            if number < first or recipe.name in self.barren:
                continue
            made = self.make(recipe, number)
            misses = 0 if made is not None else misses + 1
            if made is not None:
                yield made
            elif misses > _MOST_MISSES:
                return

    def _composed(self) -> tuple[Recipe, ...]:
        """A recipe for each composition, some of them once more for twins."""
        count = len(self._groups.compositions)
        numbers = ((COMPOSED, min(count, _MOST_COMPOSED)), (TWINS, min(count, _MOST_TWINS)))
        return tuple(replace(recipe, turn=turn) for recipe, most in numbers for turn in range(most))

    def _echoes(self) -> tuple[Recipe, ...]:
        in_runs = any(bundle.run for bundle in self.conditions.bundles)  # the length of a run is no cut
        return () if in_runs else echoes_of(self.conditions.limits)

    @cached_property
    def _foreseen(self) -> tuple[Composition, ...]:
        """What stands together in one database each for mistakes that are often made; the solutions are the first queries."""
        around = (self.schema, self.conditions, self._pools.anew(), self._keys, self.filled, self._runner)
        return Contrasts(*around).foreseen(self._queries)

    def _rounds(self, recipes: Sequence[Recipe]) -> Iterator[Recipe]:
        while any(recipe.name not in self.barren for recipe in recipes):
            yield from recipes

    def empty(self) -> tuple[Recipe, ...]:
        """Recipes that leave everything empty, then each used table in turn."""
        everything = Recipe("empty", 0)
        if len(self.filled) == 1:
            return (everything,)
        return (everything, *(Recipe("empty", 3, flip=0.2, double=0.2, emptied=name) for name in sorted(self.filled)))

    def make(self, recipe: Recipe, number: int) -> Database | None:
        """The database of one recipe and number; None if the assumptions could not be met."""
        for attempt in range(4):
            rng = random.Random(f"{self._seed}/{number}/{attempt}")  # noqa: S311  (reproducible, not secret)
            if recipe.composed:
                made = self._gathered(recipe, rng)
                if made is not None:
                    return made
                continue
            bundle = rng.choice(self.conditions.bundles) if recipe.bundled else None
            fitted = recipe.fitted(bundle.run) if bundle is not None else recipe
            made = Filling(
                self.schema, self._pools, self._keys, self.filled, fitted, rng, self._agreements, bundle
            ).database()
            if made is not None:
                return self._echo(recipe, made) if recipe.echoed else made
        return None

    def _echo(self, recipe: Recipe, made: Database) -> Database | None:
        """The database with the rows of one of the tables that queries read doubled: those that others refer to first."""
        links = links_of(self.schema, self.filled, self.conditions.joined)
        named = {link.parent for each in links.values() for link in each}
        read = [t for t in self.schema.varied if t.name in self.filled]
        tables = sorted(read, key=lambda table: table.name not in named)
        table = tables[recipe.turn % len(tables)] if tables else None
        if table is None:
            return made
        names = checker_for(self.schema)
        free = {
            c.name for c in table.columns if not (self._pools[table.name, c.name].truths or names.rules(table, c.name))
        }
        return made_valid(self.schema, echoed(self.schema, made, table, links, lambda column: column.name in free))

    def apart(self) -> Iterator[Database]:
        """Databases in which columns are as far apart as a condition asks for, or nearly so."""
        bundles = dict.fromkeys(each for bundle in self.conditions.bundles for each in bundle.apart())
        for place, bundle in enumerate(bundles):
            for number, recipe in enumerate(APART):
                rng = random.Random(f"{self._seed}/apart/{place}/{number}")  # noqa: S311  (reproducible, not secret)
                around = (self._pools, self._keys, self.filled, recipe, rng, self._agreements, bundle)
                made = Filling(self.schema, *around).database()
                if made is not None:
                    yield made

    def beyond(self, limit: int, most: int = 0) -> Iterator[Database]:
        """Databases with more rows than a LIMIT lets through, their moments hours apart, or days and months; also with the most of another LIMIT."""
        spare = {
            (table.name, column.name)
            for table in self.schema.varied
            for column in table.columns
            if column.nullable and (table.name, column.name) not in self.conditions.columns
        }
        for place, composition in enumerate(self._groups.beyond(limit, most)):
            for number, (near, bare, unmet) in enumerate(
                ((True, spare, 0), (False, spare, 0), (None, (), 0), (True, spare, 1))
            ):
                rng = random.Random(f"{self._seed}/beyond/{limit}/{place}/{number}")  # noqa: S311  (reproducible, not secret)
                made = self._gathering(composition, rng, near=near, bare=bare, unmet=unmet).database("limit")
                if made is not None:
                    yield made

    def contrasted(self, answer: str, solutions: Sequence[str]) -> Iterator[Database]:
        """Databases for what is asked in one block and not in another, and for what decides only once it is rounded."""
        pools = self._pools.anew()  # what is made for one answer does not hang on the answers before
        around = (self.schema, self.conditions, pools, self._keys, self.filled, self._runner)
        for place, composition in enumerate(Contrasts(*around).compositions(answer, solutions)):
            rng = random.Random(f"{self._seed}/contrast/{place}")  # noqa: S311  (reproducible, not secret)
            made = self._gathering(composition, rng, pools=pools, near=False).database("contrast")
            if made is not None:
                yield made

    def _gathered(self, recipe: Recipe, rng: random.Random) -> Database | None:
        """The database of the composition that is due."""
        made = self._foreseen if recipe.name == FORESEEN.name else self._groups.compositions
        composition = made[recipe.turn]
        return self._gathering(composition, rng, twins=recipe.twins).database(recipe.name)

    def _gathering(
        self,
        composition: Composition,
        rng: random.Random,
        *,
        twins: bool = False,
        near: bool | None = None,
        bare: Collection[ColumnId] = (),
        unmet: int = 0,
        pools: Pools | None = None,
    ) -> Gathering:
        tables = [t for t in self.schema.varied if t.name in with_parents(self.schema, self.filled)]
        around = (self.schema, pools or self._pools, self._keys, tables, self._agreements)
        return Gathering(*around, composition, rng, twins=twins, near=near, bare=bare, unmet=unmet)


def _interleaved(recipes: Sequence[Recipe], edges: Sequence[Recipe]) -> list[Recipe]:
    """The edge cases mixed into the first round of the recipes."""
    pairs = itertools.zip_longest(recipes, edges)
    return [recipe for pair in pairs for recipe in pair if recipe is not None]


def _constants_only(conditions: Conditions) -> Conditions:
    """Constraints give values to try, the same ones for columns that they compare; their conditions hold on every row anyway."""
    return Conditions(conditions.constants, conditions.patterns, links=conditions.links, parts=conditions.parts)
