"""Groups of rows worth having: values doubled, missing and too many; conditions on aggregates met to the last step.

A HAVING such as sum(x) > 100 AND max(x) < 75 turns for groups that stand nowhere in the query. All cells of a group but
one are drawn, and the one is a column's value like any other: the conditions on the group turn at values of it, which
are closed in on by halving, whatever the aggregates are. Of the groups found so, the smallest for each way to meet the
conditions is kept.
"""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlgrade.engine.checker import checker_for
from sqlgrade.populate.asking import Asker, Told
from sqlgrade.populate.composition import Composition
from sqlgrade.populate.neighbours import around
from sqlgrade.populate.reaching import ReachingGroups

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.populate.atoms import Conditions
    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.populate.group import Group
    from sqlgrade.populate.keys import KeyClasses
    from sqlgrade.populate.pools import Pools
    from sqlgrade.populate.questions import Member, Question
    from sqlgrade.tables.model import SchemaModel
    from sqlgrade.tables.sqltype import SqlType

_FEW_ROWS, _MANY_ROWS, _LARGEST = 12, 30, 600
_MOST_LIMITS, _MOST_COUNTS = 3, 2
_MOST_GROUPS = 9
_SIZES = (1, 2, 3, 4, 5, 6, 7, 8)
_MOST_SIZES = 12
_MOST_TELLING = 10
_NULLED = 0.3
_ORDERED = ("text", "enum", "boolean", "time")
_MOST_HELD = 4
_MOST_SHARED = 3
_MOST_APART = 5
_MOST_MEMBERS = 4


class Groups:
    """The compositions for a set of queries, made when first asked for; none if they ask nothing of groups."""

    def __init__(
        self,
        schema: SchemaModel,
        conditions: Conditions,
        pools: Pools,
        keys: KeyClasses,
        used: set[str],
        runner: Runner,
    ) -> None:
        self._schema, self._conditions, self._pools, self._keys, self._runner = schema, conditions, pools, keys, runner
        self._tables = [table.name for table in schema.varied if table.name in used]

    @cached_property
    def _questions(self) -> list[Question]:
        """What is asked, without what nobody asks an aggregate of."""
        questions = self._conditions.questions
        summed = {column for each in questions if not each.of_row for column in each.columns}
        return [each for each in questions if not each.aside or not summed.isdisjoint(each.columns)]

    @cached_property
    def compositions(self) -> tuple[Composition, ...]:
        """What stands together in one database each, in the order in which it is worth trying."""
        asked = any(not question.of_row for question in self._questions)
        met = self._in_step(self._cornered()) if self._questions else []
        members = self._conditions.members[:_MOST_MEMBERS] if asked else []
        held = (found for member in members for found in self._with_member(member))
        far = ReachingGroups(self._schema, self._conditions, self._pools, self._keys, self._tables)
        pairs = itertools.zip_longest(met, held, self._sized(), self._ample(), far.compositions())
        return tuple(found for row in pairs for found in row if found is not None)

    def _grain(self, columns: Sequence[ColumnId]) -> str | None:
        """The table that refers to the others, of those whose columns are named."""
        named = {table for table, _ in columns}
        return next((name for name in reversed(self._tables) if name in named), None)

    def _sized(self) -> Iterator[Composition]:
        """Groups of as many rows as a condition turns at, one less and one more."""
        for count in sorted(self._conditions.counts):
            sizes = [size for size in (count, count + 1, count - 1) if size]
            for grain in self._tables[: -1 - len(self._tables) if count <= _MANY_ROWS else -2 : -1]:
                yield Composition(grain, tuple(({},) * size for size in sizes))

    def _ample(self) -> Iterator[Composition]:
        """More different rows than a LIMIT lets through, with what refers to them and without; groups that are large enough beside many that aren't."""
        size = max((n for n in self._conditions.counts if n <= _FEW_ROWS), default=0) + 1
        for count in sorted(self._conditions.limits)[:_MOST_LIMITS]:
            if size > 1 and size * count <= _LARGEST:
                yield Composition(self._tables[-1], (({},) * size,) * (count + 2))
            for place, grain in enumerate(reversed(self._tables)):
                yield Composition(grain, (({},),) * (count + 2), alone=place > 0)
            yield from self._crowded(count)

    def _crowded(self, limit: int) -> Iterator[Composition]:
        """Groups of as many rows as a condition turns at, and more groups of one row than a LIMIT lets through.

        Only here is a cut before the condition another one than after it. Of the large ones there are more than it lets
        through, too, so that there has to be a cut; two if they would be very many rows.
        """
        for count in sorted(count for count in self._conditions.counts if count > 1)[:_MOST_COUNTS]:
            large = limit + 1 if (limit + 1) * count <= _LARGEST // 2 else 2
            groups: tuple[Group, ...] = (({},) * count,) * large + (({},),) * (2 * limit + 1)
            if sum(map(len, groups)) <= _LARGEST:
                yield Composition(self._tables[-1], groups)

    def beyond(self, limit: int, most: int = 0) -> Iterator[Composition]:
        """Far more rows than a LIMIT lets through, of each table in turn: not every one of them meets what is asked.

        Also as many rows, alike in their numbers, as another LIMIT lets through, of which nothing may be cut.
        """
        for place, grain in enumerate(reversed(self._tables)):
            yield Composition(grain, (({},),) * min(2 * limit + 2, limit + _LARGEST), alone=place > 0)
        for place, grain in enumerate(reversed(self._tables) if limit < most <= limit + _LARGEST else ()):
            yield Composition(grain, ((self._usual_numbers(grain),),) * most, alone=place > 0)

    def _usual_numbers(self, table: str) -> dict[ColumnId, Any]:
        """A value for each number of a table that is no key."""
        linked = {name for link in self._schema.table(table).foreign_keys for name in link.columns}
        own = (each for each in self._schema.table(table).columns if each.type.numeric and not each.generated)
        plain = ((table, each.name) for each in own if each.name not in linked)
        return {column: self._drawn(column)[0] for column in plain if column not in self._keys.number}

    def _with_member(self, member: Member) -> Iterator[Composition]:
        """Groups with one of the values missing, doubled, or beside another."""
        if member.column[0] not in self._tables:
            return
        wanted, others = self._values(member)
        if len(wanted) + len(others) > 1:
            bags = [bag for bag in dict.fromkeys(_bags(wanted, others, self._counts())) if bag]
            groups = [tuple({member.column: value} for value in bag) for bag in bags]
            for place in range(0, min(len(groups), 2 * _MOST_GROUPS), _MOST_GROUPS):
                yield Composition(member.column[0], tuple(groups[place : place + _MOST_GROUPS]))

    def _counts(self) -> list[int]:
        return [count for count in sorted(self._conditions.counts) if count <= _FEW_ROWS]

    def _values(self, member: Member) -> tuple[list[Any], list[Any]]:
        """The values meant, and some others."""
        most = min(_MOST_APART, max(3, *self._counts(), 0))
        if member.column in self._keys.number:
            return list(range(most)), [most]
        kind = self._schema.column(member.column).type
        pool = [value for value in self._pools[member.column].values if value is not None]
        known = {repr(value) for value in pool}
        meant = [each for text in member.values for each in around(self._pools.constant(text), kind)[:1]]
        if not (kind.numeric or kind.temporal or kind.family in _ORDERED):
            return [], []
        wanted = list({repr(value): value for value in meant if repr(value) in known}.values())[:_MOST_HELD]
        others = [value for value in pool if value not in wanted]
        return (wanted, _beside(wanted, others)) if wanted else (others[:most], others[most : most + 1])

    def _cornered(self) -> dict[tuple[int, Told], Group]:
        """The smallest group for each question that turns and each way in which the others are met there."""
        asked = dict.fromkeys(c for question in self._questions for c in question.columns)
        kinds = {c: self._schema.column(c).type for c in asked if c[0] in self._tables}
        asker = Asker(self._runner, self._questions, kinds, set(self._keys.number))
        if not asker.questions or not kinds:
            return {}
        usual = {column: self._drawn(column)[0] for column in kinds}
        telling = {column: self._telling(column, usual, asker) for column in kinds}
        rng = random.Random("groups")  # noqa: S311  (reproducible, not secret)
        bases = [*self._bases(telling, self._sizes(asker), rng), *_pairs_beside(usual, telling, kinds)]
        found: dict[tuple[int, Told], Group] = {}
        for column in self._turnable(kinds):
            for number, told, group in asker.turning(bases, column, telling[column]):
                known = found.get((number, told))
                if (known is None or _weight(group) < _weight(known)) and self._allowed(column, group):
                    found[number, told] = group
        return found

    def _turnable(self, kinds: dict[ColumnId, SqlType]) -> list[ColumnId]:
        """The columns of numbers that are no keys."""
        return [column for column, kind in kinds.items() if kind.numeric and column not in self._keys.number]

    def _allowed(self, column: ColumnId, group: Group) -> bool:
        """True if the column's own CHECKs take the value that was found for it."""
        table = self._schema.table(column[0])
        return bool(checker_for(self._schema).allowed(table, column[1], [group[0][column]]))

    def _sizes(self, asker: Asker) -> list[int]:
        """Of how many rows groups are tried."""
        if all(question.of_row for question in asker.questions):
            return [1]
        return sorted({*_SIZES, *(n + d for n in self._counts() for d in (-1, 0, 1) if n + d > 0)})[:_MOST_SIZES]

    def _bases(self, telling: dict[ColumnId, list[Any]], sizes: Sequence[int], rng: random.Random) -> Iterator[Group]:
        """Groups of some sizes: rows all alike, rows drawn, rows drawn with NULL among them."""
        for size in sizes:
            for number in range(max(map(len, telling.values()))):
                yield ({column: values[number % len(values)] for column, values in telling.items()},) * size
            for column, values in telling.items() if size > 1 else ():
                yield from _shared_out(column, values, size, {c: told[0] for c, told in telling.items()})
            for nulled in (0.0, _NULLED):
                yield tuple({c: self._mixed(c, number, nulled, rng) for c in telling} for number in range(size))

    def _telling(self, column: ColumnId, usual: dict[ColumnId, Any], asker: Asker) -> list[Any]:
        """The first and the last value of those for which the questions say the same of a single row."""
        drawn = self._drawn(column)
        alike: dict[Told, list[Any]] = defaultdict(list)
        for value, told in zip(drawn, asker.told([({**usual, column: value},) for value in drawn]), strict=True):
            alike[told].append(value)
        ends = [(values[0], min(values), max(values)) for values in alike.values()]
        return list({repr(value): value for three in ends for value in three}.values())[:_MOST_TELLING]

    def _drawn(self, column: ColumnId) -> list[Any]:
        """Values that a group's rows are drawn from."""
        if column in self._keys.number:
            return [0]
        pool = self._pools[column]
        return [value for value in pool.pointed or pool.plain if value is not None] or [1]

    def _mixed(self, column: ColumnId, number: int, nulled: float, rng: random.Random) -> Any:
        if column in self._keys.number:
            return number
        nullable = self._schema.column(column).nullable
        return None if nullable and rng.random() < nulled else rng.choice(self._drawn(column))

    def _in_step(self, found: dict[tuple[int, Told], Group]) -> list[Composition]:
        """The groups that meet the most first, so many in a database."""
        order = sorted(found, key=lambda key: (-sum(told is True for told in key[1]), _weight(found[key])))
        groups = [found[key] for key in order][: 2 * _MOST_GROUPS]
        grain = self._grain([column for group in groups[:1] for column in group[0]])
        if grain is None:
            return []
        return [
            Composition(grain, tuple(groups[place : place + _MOST_GROUPS]))
            for place in range(0, len(groups), _MOST_GROUPS)
        ]


def _pairs_beside(
    usual: dict[ColumnId, Any], telling: dict[ColumnId, list[Any]], kinds: dict[ColumnId, SqlType]
) -> Iterator[Group]:
    """Two rows alike that count, with each number worth trying: together they may meet what none of them does."""
    for column in (column for column, kind in kinds.items() if kind.numeric):
        yield from (({**usual, column: value},) * 2 for value in telling[column])


def _shared_out(column: ColumnId, values: Sequence[Any], size: int, usual: dict[ColumnId, Any]) -> Iterator[Group]:
    """Rows alike that together come to about as much as one value: a sum can be met while no row of it is large."""
    whole = sorted({int(value) for value in values if type(value) in (int, Decimal)}, key=abs, reverse=True)
    for share in (value // size for value in whole[:_MOST_SHARED]):
        if share:
            yield ({**usual, column: share},) * size


def _beside(wanted: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """Of the other values one before, one between and one behind those that are meant."""
    low, high = min(wanted), max(wanted)
    parts = (
        [v for v in others if v < low],
        [v for v in others if low < v < high],
        [v for v in others if v > high],
    )
    return [values[0] for values in parts if values]


def _weight(group: Group) -> tuple[bool, int, int]:
    """No number below zero, then fewer rows, then values that are shorter to write."""
    values = [value for row in group for value in row.values()]
    negative = any(isinstance(value, int | float | Decimal) and value < 0 for value in values)
    return negative, len(group), sum(len(repr(value)) for value in values)


def _bags(wanted: Sequence[Any], others: Sequence[Any], counts: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """What a group may hold: all of the values, one twice, one missing, one of them in place of another, one more."""
    whole = tuple(wanted)
    yield whole
    yield from ((value,) * len(whole) for value in whole if len(whole) > 1)
    yield from (whole[:place] + whole[place + 1 :] for place in range(len(whole)))
    yield from ((*whole, value) for value in (*whole[:1], *whole[-1:], *others))
    yield from ((*whole[:-1], *others[:1]), tuple(others[:1]), (*whole[:1], *others[:1]), whole + whole)
    for count in counts:
        yield from ((value,) * count for value in whole[:2])
        yield whole + whole[-1:] * (count - len(whole))
