"""Groups that are alike once their values are rounded, or that lie on the other side of a bound then.

Of what a query decides by, rounded, each column in turn holds one value in some rows of a group and another in the rest; what
the groups give, rounded and as it is, is asked of all of them in one query.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlgrade.engine.checker import checker_for
from sqlgrade.populate.composition import Composition
from sqlgrade.populate.neighbours import around
from sqlgrade.populate.questions import cell_of
from sqlgrade.populate.roundings import roundings_near, roundings_of
from sqlgrade.tables.result import Result
from sqlgrade.tables.sqltype import WHOLE
from sqlgrade.tables.values import given_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.populate.atoms import Conditions
    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.populate.group import Group
    from sqlgrade.populate.keys import KeyClasses
    from sqlgrade.populate.pools import Pools
    from sqlgrade.populate.questions import Question
    from sqlgrade.populate.roundings import Rounding
    from sqlgrade.tables.model import SchemaModel
    from sqlgrade.tables.sqltype import SqlType

_MOST_VALUES, _MOST_OF_ROW = 7, 60
_SIZES, _SIZES_AT_A_BOUND, _LARGE_SIZES = tuple(range(1, 13)), tuple(range(1, 25)), (51, 101, 201)
_SIZES_OF_TWO = tuple(range(13, 61))
"""Tried of a column with two values where no two smaller groups are alike: a rate that is drawn to a mean tells most of those apart."""
_MOST_ALIKE = _MOST_ADDED = 24
_MOST_FORESEEN = 6
_FINER = 0.0044
"""What a floating number may have beyond the two digits that its constants are written with."""
_TINY = 1e-9
"""What a sum of floating numbers may be off, as a part of it."""
_MOST_ASKED = 100_000
_NOTHING = "0"


class _Seen(NamedTuple):
    """What a group of so many rows gives: rounded, exact, and how many of the other questions it meets."""

    rounded: Any
    exact: Any
    met: int
    size: int
    first: int
    """How many of its rows, the first ones, hold the first of the two values."""
    values: tuple[Any, Any]
    column: ColumnId
    held: dict[ColumnId, Any]
    """What all its rows hold in other columns."""

    @property
    def group(self) -> Group:
        """Its rows."""
        cells = (self.values[place >= self.first] for place in range(self.size))
        return tuple({**self.held, self.column: cell} for cell in cells)


class RoundedGroups:
    """Makes the compositions for one rounding after another."""

    def __init__(
        self,
        schema: SchemaModel,
        conditions: Conditions,
        pools: Pools,
        keys: KeyClasses,
        tables: Sequence[str],
        runner: Runner,
    ) -> None:
        """The tables are those that the queries read, each after those that it names."""
        self._schema, self._conditions, self._pools, self._keys, self._runner = schema, conditions, pools, keys, runner
        self._tables = tables

    def of(self, rounding: Rounding) -> Iterator[Composition]:
        """Groups that are alike when rounded, or that a bound takes the one way and not the other."""
        for family in self._families(rounding):
            yield from family

    def foreseen(self, queries: Sequence[str]) -> tuple[Composition, ...]:
        """For each way in which the queries round, or would by mistake, a composition of each family."""
        apart: dict[tuple[str, str], Rounding] = {}
        for read in (roundings_of, roundings_near):
            found = {each for sql in queries for each in read(sql, self._schema)}
            for each in sorted(found, key=lambda each: (-len(each.rows), repr(each))):
                apart.setdefault((each.rounded, each.exact), each)
        rows = itertools.zip_longest(*map(self._first_of, list(apart.values())[:_MOST_FORESEEN]))
        once = {repr(each): each for row in rows for each in row if each is not None}
        return tuple(once.values())[:_MOST_FORESEEN]

    def _first_of(self, rounding: Rounding) -> Iterator[Composition]:
        """One composition of each family, the most telling first."""
        families = self._families(rounding)
        middle = len(families) // 2
        for pair in itertools.zip_longest(reversed(families[middle:]), families[:middle]):
            yield from (family[0] for family in pair if family is not None)

    def _families(self, rounding: Rounding) -> list[list[Composition]]:
        """Groups at a bound; or those that are alike when rounded, then those whose sum or mean is another one then."""
        if not self._has(rounding.columns):
            return []
        grain = next(name for name in reversed(self._tables) if name in {table for table, _ in rounding.columns})
        seen = list(self._seen(rounding))
        if rounding.condition:
            return [[Composition(grain, each, shared=True)] for each in _beyond(seen)]
        found = []
        for low, high in _alike(seen):
            apart = [(low, high, low), (high, low, high)]
            together = [((*low, *high, *low),)] if rounding.of_row else []
            found.append([Composition(grain, groups, shared=True) for groups in (*apart, *together)])
        for each in _off(seen):
            together = [(tuple(itertools.chain(*each)),)] if rounding.of_row else []
            found.append([Composition(grain, groups, shared=True) for groups in (*together, each)])
        return found

    def _seen(self, rounding: Rounding) -> Iterator[_Seen]:
        """What groups give in which one column holds one of two values."""
        asked = [q for q in self._conditions.questions if not q.of_row and self._has(q.columns)]
        columns = self._columns(rounding, asked)
        met = " + ".join(f"coalesce(({q.sql})::BOOLEAN::INTEGER, 0)" for q in asked) or _NOTHING
        sizes = (1,) if rounding.of_row else _SIZES_AT_A_BOUND if rounding.condition else _SIZES
        for column in (c for c in rounding.columns if c not in self._keys.number):
            values = self._values(column, of_row=rounding.of_row)
            if len(values) < 2:
                continue
            found = self._asked(rounding, columns, column, values, sizes, met)
            larger = _larger(sizes, values, found)
            yield from [*found, *self._asked(rounding, columns, column, values, larger, met)] if larger else found

    def _columns(self, rounding: Rounding, asked: Sequence[Question]) -> tuple[ColumnId, ...]:
        """The columns that decide what groups give, and whether their rows count."""
        of_rows = [column for _, named in rounding.rows for column in named if self._has((column,))]
        return tuple(dict.fromkeys((*rounding.columns, *of_rows, *(c for q in asked for c in q.columns))))

    def _has(self, columns: Iterable[ColumnId]) -> bool:
        """True if all the columns are in tables that the queries read."""
        return all(table in self._tables for table, _ in columns)

    def _usual(self, column: ColumnId, rounding: Rounding) -> Any:
        """A value of the column that the conditions on rows take, if they ask about it alone."""
        values = list(
            {repr(value): value for value in (*self._pools.many(column, 1), *self._pools[column].values)}.values()
        )
        texts = [text for text, named in rounding.rows if named == (column,)]
        kind = self._schema.column(column).type
        rows, given = given_rows([("place", WHOLE), (_name(column), kind)], list(enumerate(values)))
        sql = f"SELECT min(place) FROM {rows} t WHERE {' AND '.join(texts) or 'TRUE'}"
        found = self._runner.ask(sql, given)
        place = found.rows[0][0] if isinstance(found, Result) else None
        return values[place or 0]

    def _values(self, column: ColumnId, *, of_row: bool) -> list[Any]:
        """Values of a column that are worth telling apart, in their order."""
        pool, kind = self._pools[column], self._schema.column(column).type
        values = [value for value in (*pool.pointed, *pool.plain) if value is not None]
        if not kind.numeric:
            alike = {tuple(told[place] for told in pool.truths): value for place, value in enumerate(pool.values)}
            whole = of_row or kind.family == "boolean"  # a CASE asks a yes or no without a condition
            return (values if whole else [value for value in alike.values() if value is not None])[:_MOST_VALUES]
        if of_row:
            values += [near for value in values for near in (*_finer(value, kind), *around(value, kind))]
            table = self._schema.table(column[0])
            values = list(checker_for(self._schema).allowed(table, column[1], values))
        unique = list({repr(value): value for value in values}.values())
        return sorted(unique[: _MOST_OF_ROW if of_row else _MOST_VALUES])

    def _asked(
        self,
        rounding: Rounding,
        columns: Sequence[ColumnId],
        column: ColumnId,
        values: Sequence[Any],
        sizes: Sequence[int],
        met: str,
    ) -> list[_Seen]:
        """The groups of these sizes with some rows of one value and the others of another; large ones of values side by side."""
        kinds: dict[ColumnId, SqlType] = {c: self._schema.column(c).type for c in columns}
        usual = {c: self._usual(c, rounding) for c in columns if c != column}
        near = "y.i = x.i + 1" if sizes is _LARGE_SIZES else "y.i > x.i"
        held, given = given_rows([("i", WHOLE), ("v", kinds[column])], list(enumerate(values)))
        once, further = given_rows(
            [("one", WHOLE), *((_name(c), kinds[c]) for c in usual)], [(1, *usual.values())], after=len(given)
        )
        source = f"""WITH vals AS (SELECT * FROM {held} h), usual AS (SELECT * FROM {once} u),
            tried AS (SELECT x.i AS "#a", y.i AS "#b", x.v AS "#x", y.v AS "#y", n AS "#n", unnest(range(0, n + 1)) AS "#j"
                FROM vals x JOIN vals y ON {near}, (SELECT unnest({list(sizes)}) AS n) s),
            spread AS (SELECT *, unnest(range(0, "#n")) AS "#r" FROM tried),
            cells AS (SELECT *, CASE WHEN "#r" < "#j" THEN "#x" ELSE "#y" END AS {_name(column)} FROM spread, usual)"""
        found = self._runner.ask(f"{source} {_outputs(rounding, columns, met)}", (*given, *further), cap=_MOST_ASKED)
        if not isinstance(found, Result):
            return [] if met == _NOTHING else self._asked(rounding, columns, column, values, sizes, _NOTHING)
        own = {c: value for c, value in usual.items() if c not in self._keys.number}
        seen: dict[str, _Seen] = {}
        for a, b, n, j, *told in sorted(found.rows, key=_plainest):
            rounded, exact, number = told
            if None not in told[:2]:
                one = _Seen(rounded, exact, number, n, j, (values[a], values[b]), column, own)
                seen.setdefault(repr((rounded, exact, n, number)), one)
        return list(seen.values())


def _larger(sizes: Sequence[int], values: Sequence[Any], found: Sequence[_Seen]) -> Sequence[int]:
    """Further sizes of groups, where those tried do not tell; empty where they do, or where no others would."""
    if sizes is _SIZES_AT_A_BOUND and all(each.rounded == each.exact for each in found):
        return _LARGE_SIZES
    two = sizes is _SIZES and len(values) == 2
    return _SIZES_OF_TWO if two and next(_alike(found), None) is None else ()


def _outputs(rounding: Rounding, columns: Sequence[ColumnId], met: str) -> str:
    """What each group gives, as a SELECT of its cells."""
    outputs = f'SELECT "#a", "#b", "#n", "#j", ({rounding.rounded}), ({rounding.exact})'
    if rounding.of_row:
        return f"{outputs}, {_NOTHING} FROM cells"
    rows = " AND ".join(text for text, named in rounding.rows if {*named} <= {*columns}) or "TRUE"
    return f'{outputs}, {met} FROM cells WHERE {rows} GROUP BY "#a", "#b", "#n", "#j"'


def _finer(value: Any, kind: SqlType) -> tuple[float, ...]:
    return (value + _FINER,) if kind.family == "double" else ()


def _name(column: ColumnId) -> str:
    return cell_of(column).sql(dialect="duckdb")


def _plainest(row: Sequence[Any]) -> tuple[int, ...]:
    """Groups of which few rows are unlike the others come first."""
    a, b, n, j, *_ = row
    return min(j, n - j), b - a, a, n, j


def _beyond(seen: Sequence[_Seen]) -> Iterator[tuple[Group, ...]]:
    """The smallest group that is taken once its value is rounded, and the smallest that is not taken any more."""
    for way in (True, False):
        turned = [each for each in seen if bool(each.rounded) is way and bool(each.exact) is not way]
        if turned:
            yield (min(turned, key=lambda each: (-each.met, each.size)).group,)


def _alike(seen: Sequence[_Seen]) -> Iterator[tuple[Group, Group]]:
    """Two small groups that are one when rounded: the lesser first, once it has fewer rows and once more."""
    most = max((each.met for each in seen), default=0)
    alike: dict[str, list[_Seen]] = defaultdict(list)
    for each in sorted(seen, key=lambda each: each.size):
        if each.met == most and len(alike[repr(each.rounded)]) < _MOST_ALIKE:
            alike[repr(each.rounded)].append(each)
    pairs = [
        pair
        for those in alike.values()
        for pair in itertools.permutations(those, 2)
        if _less(pair[0].exact, pair[1].exact)
    ]
    fewer = [pair for pair in pairs if pair[0].size <= pair[1].size]
    more = [pair for pair in pairs if pair[0].size > pair[1].size]
    for those in (fewer, more):
        if those:
            low, high = min(those, key=lambda pair: pair[0].size + pair[1].size)
            yield low.group, high.group


def _off(seen: Sequence[_Seen]) -> Iterator[tuple[Group, ...]]:
    """Small groups of which the sum, or the mean, is another one if each is rounded first."""
    numbers = [each for each in seen if all(isinstance(v, int | float | Decimal) for v in (each.rounded, each.exact))]
    most = max((each.met for each in numbers), default=0)
    small = sorted((each for each in numbers if each.met == most), key=lambda each: each.size)[:_MOST_ADDED]
    if not small:
        return
    yield (max(small, key=_distance).group,) * 5
    digits = max(-int(Decimal(str(each.rounded)).normalize().as_tuple().exponent) for each in small)
    for trio in itertools.combinations_with_replacement(small, 3):
        first, after = fmean(float(each.rounded) for each in trio), fmean(float(each.exact) for each in trio)
        if _to_digits(first, digits) != _to_digits(after, digits):
            yield tuple(each.group for each in trio)
            return


def _to_digits(value: float, digits: int) -> Decimal:
    """The value as the engine rounds it: a half goes away from zero."""
    return Decimal(str(round(value, digits + 6))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _distance(seen: _Seen) -> float:
    return abs(float(seen.rounded) - float(seen.exact))


def _less(one: Any, other: Any) -> bool:
    """Whether one value is less than another by more than what a sum of floating numbers may be off."""
    if isinstance(one, int | float | Decimal) and isinstance(other, int | float | Decimal):
        return float(other) - float(one) > _TINY * max(1.0, abs(float(one)), abs(float(other)))
    try:
        return bool(one < other)
    except TypeError:
        return False
