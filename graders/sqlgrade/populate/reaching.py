"""Groups for what shows only in many rows: how far a window looks, days in a row, so many different people, half of a group.

Databases made by chance have a dozen rows. A mean over 28 days, the value twelve months back, 50 different guests or seven
days one after the other need as many rows of the right kind as the query names, and one less, and one more.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

from sqlgrade.populate.composition import Composition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.populate.atoms import Conditions
    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.populate.group import Group
    from sqlgrade.populate.keys import KeyClasses
    from sqlgrade.populate.pools import Pools
    from sqlgrade.tables.model import SchemaModel

_MOST_ROWS, _FEW_ROWS, _MANY_ROWS = 600, 12, 60
_TWO = 2
_MOST_REACHES, _MOST_COUNTS, _MOST_COLUMNS = 2, 2, 2
_DAY = dt.timedelta(days=1)


class ReachingGroups:
    """The compositions for the numbers of rows that some queries name."""

    def __init__(
        self, schema: SchemaModel, conditions: Conditions, pools: Pools, keys: KeyClasses, tables: Sequence[str]
    ) -> None:
        self._schema, self._conditions, self._pools, self._keys = schema, conditions, pools, keys
        self._tables = tables

    def compositions(self) -> Iterator[Composition]:
        """What stands together in one database each, one of each kind in turn."""
        if not self._tables:
            return
        kinds = (
            self._looked_back(),
            self._in_a_row(),
            self._all_different(),
            self._beside_each_other(),
            self._of_two_kinds(),
            self._outlying(),
        )
        for found in itertools.zip_longest(*kinds):
            yield from (each for each in found if each is not None)

    def _counts(self, more_than: int, most: int = _MANY_ROWS) -> list[int]:
        return sorted(n for n in self._conditions.counts if more_than < n <= most)[:_MOST_COUNTS]

    def _looked_back(self) -> Iterator[Composition]:
        """More groups than a window looks back over, of one to three rows: counts alike would hide which of them it takes in."""
        for reach in sorted(self._conditions.reaches, reverse=True)[:_MOST_REACHES]:
            groups: tuple[Group, ...] = tuple(({},) * (1 + place % 3) for place in range(reach + 2))
            if sum(map(len, groups)) <= _MOST_ROWS:
                yield Composition(self._tables[-1], groups)
                yield Composition(self._tables[-1], (({},),) * (reach + 2))

    def _in_a_row(self) -> Iterator[Composition]:
        """Rows on as many days one after the other as a count names, one less and one more; also one day twice, and one left out."""
        for count, column in itertools.product(self._counts(2), self._of_time()):
            start = next((value for value in self._pools[column].values if value is not None), None)
            if start is None:
                continue
            days = [self._moved(start, number) for number in range(count + 2)]
            runs = (
                days[:count],
                days[: count - 1],
                days[: count + 1],
                [*days[: count - 1], days[0]],
                [*days[: count - 1], days[count]],
            )
            yield Composition(column[0], tuple(tuple({column: day} for day in run) for run in runs), shared=True)

    @staticmethod
    def _moved(start: Any, days: int) -> Any:
        try:
            return start + days * _DAY
        except OverflowError:
            return start - days * _DAY

    def _of_time(self) -> list[ColumnId]:
        """The dates and moments of the last table that the queries name."""
        kinds = [(column, self._schema.column(column).type) for column in self._named()]
        return [column for column, kind in kinds if kind.temporal and kind.family != "time"][:_MOST_COLUMNS]

    def _named(self) -> list[ColumnId]:
        """The columns of the last table that the queries name."""
        return sorted(column for column in self._conditions.columns if column[0] == self._tables[-1])

    def _all_different(self) -> Iterator[Composition]:
        """Groups of as many rows as a count names, each of which names another row of the table that is counted apart."""
        members = [each.column for each in self._conditions.members if each.column in self._keys.number]
        for count, column in itertools.product(self._counts(_FEW_ROWS, _MOST_ROWS // 4), members[:_MOST_COLUMNS]):
            if column[0] in self._tables:
                sizes = (count, count + 1, count - 1)
                groups: list[Group] = [tuple({column: number} for number in range(size)) for size in sizes]
                yield Composition(column[0], tuple(groups))

    def _beside_each_other(self) -> Iterator[Composition]:
        """As many rows of one kind as a count names, one less, and half of them, with rows of another kind: at the same moment, and a day later."""
        later = self._later(next(iter(self._of_time()), None))
        for count, member in itertools.product(self._counts(2), self._conditions.members[:_MOST_COLUMNS]):
            column, meant = member.column, [self._pools.constant(text) for text in member.values][:2]
            if column[0] != self._tables[-1] or column in self._keys.number or len(meant) < _TWO:
                continue
            groups: list[Group] = []
            for first, second in itertools.permutations(meant):
                groups += [({column: first},) * count + ({column: second},)]
                groups += [
                    ({column: first, **later[0]},) * size + ({column: second, **later[1]},) * more
                    for size, more in ((count, 1), (count - 1, 1), ((count + 1) // 2, 2))
                ]
            yield Composition(column[0], tuple(groups), shared=True)

    def _later(self, column: ColumnId | None) -> tuple[dict[ColumnId, Any], dict[ColumnId, Any]]:
        """A moment in a column, and the day after it; nothing where there is no such column."""
        start = next((each for each in self._pools[column].values if each is not None), None) if column else None
        return ({}, {}) if column is None or start is None else ({column: start}, {column: self._moved(start, 1)})

    def _of_two_kinds(self) -> Iterator[Composition]:
        """Groups of which half the rows hold the value that is asked for, one less and one more."""
        for count, member in itertools.product(self._counts(2), self._conditions.members[:_MOST_COLUMNS]):
            column, meant = member.column, [self._pools.constant(text) for text in member.values]
            others = [each for each in self._pools[column].values if each is not None and each not in meant]
            if column[0] not in self._tables or column in self._keys.number or not meant or not others:
                continue
            size = count + count % 2
            groups: list[Group] = [
                ({column: meant[0]},) * half + ({column: others[0]},) * (size - half)
                for half in (size // 2, size // 2 - 1, size // 2 + 1)
            ]
            yield Composition(column[0], tuple(groups))

    def _outlying(self) -> Iterator[Composition]:
        """Groups large enough in which one row has far more than the others, beside others on another level."""
        for count, column in itertools.product(self._counts(2), self._of_numbers()):
            values = sorted(each for each in self._pools[column].values if each is not None and each > 0)
            if len(values) > 1:
                low, high = values[0], values[-1]
                groups: list[Group] = [
                    ({column: high}, *({column: low},) * (size - 1)) for size in (count, count + 1, count - 1)
                ]
                yield Composition(column[0], (*groups, ({column: high},) * (count + 1)))

    def _of_numbers(self) -> list[ColumnId]:
        """The numbers of the last table that the queries name and that are no keys."""
        plain = (column for column in self._named() if column not in self._keys.number)
        return [column for column in plain if self._schema.column(column).type.numeric][:_MOST_COLUMNS]
