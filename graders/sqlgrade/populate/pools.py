"""For each column the values worth putting into it: the queries' constants, their neighbours, plain values."""

from __future__ import annotations

import copy
import datetime as dt
import itertools
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlgrade.engine.checker import checker_for
from sqlgrade.populate.boundaries import turning_values
from sqlgrade.populate.fixed import FixedRows, spread
from sqlgrade.populate.neighbours import around, as_moment, as_number
from sqlgrade.populate.nested import lists_of_structs
from sqlgrade.populate.plain import SAME_DAY, plain_values
from sqlgrade.populate.plenty import further_values
from sqlgrade.populate.regexes import texts_of_regex
from sqlgrade.populate.sought import sought_values
from sqlgrade.tables.result import Result, RunError
from sqlgrade.tables.sqltype import WHOLE, SqlType
from sqlgrade.tables.values import given_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.populate.atoms import Conditions
    from sqlgrade.populate.columns_used import Atom, ColumnId
    from sqlgrade.tables.model import Column, SchemaModel, Table

_MOST_CONSTANTS = 160
_MOST_CRAFTED = 16
_MOST_TEXTS = 48
_FEWEST_ALIKE = 3
_MOST_IN_PART = 12
_NULL_ASKED = "IS NULL"
_MOST_TURNING, _MOST_STEPS = 32, 12
_FEWEST_ALLOWED, _MOST_SOUGHT = 4, 12
"""Of how few values that its CHECKs allow a column has to have more looked for, and how many."""
_LAST_YEAR = 9999
"""Of what has no end yet."""
_MOST_SPREAD = 8
"""Values of a fixed table that are tried whatever the queries say."""


@dataclass(frozen=True)
class Pool:
    """The values of one column."""

    pointed: tuple[Any, ...]
    """The constants it is compared with, their neighbours, the author's values."""
    plain: tuple[Any, ...]
    """Ordinary values of the type."""
    truths: tuple[tuple[bool | None, ...], ...] = ()
    """For each condition on the column, whether it holds for each of the values in turn."""

    @cached_property
    def values(self) -> tuple[Any, ...]:
        """All values, each once."""
        return tuple(_unique([*self.pointed, *self.plain]))

    @cached_property
    def met(self) -> dict[str, int]:
        """How many of the conditions hold, by the value's repr."""
        return {repr(v): sum(t[i] is True for t in self.truths) for i, v in enumerate(self.values)}


def _unique(values: Sequence[Any]) -> list[Any]:
    return list({(type(v).__name__, repr(v)): v for v in values}.values())


class Pools:
    """Pools of all columns for a set of queries, each made when it is first asked for."""

    def __init__(
        self, schema: SchemaModel, conditions: Conditions, authored: Mapping[str, Sequence[Any]], runner: Runner
    ) -> None:
        self._schema, self._conditions, self._authored, self._runner = schema, conditions, authored, runner
        self._constants = self._evaluated()
        self._atoms: dict[ColumnId, list[Atom]] = defaultdict(list)
        for atom in conditions.atoms:
            self._atoms[atom.column].append(atom)
        self._linked = _linked(conditions.links + conditions.joined)
        self._fixed = FixedRows(schema, conditions, self._constants, self._linked, runner)
        self._pools: dict[ColumnId, Pool] = {}
        self._plenty: dict[tuple[ColumnId, bool, int], tuple[Any, ...]] = {}
        self._found: dict[ColumnId, list[Any]] = {}  # sought once: they hang on nothing but the schema and the queries

    def __getitem__(self, column: ColumnId) -> Pool:
        if column not in self._pools:
            table = self._schema.table(column[0])
            self._pools[column] = self._pool(table, table.column(column[1]), self._linked.get(column, ()))
        return self._pools[column]

    def anew(self) -> Pools:
        """The same pools, with nothing remembered of how many values have been asked for."""
        fresh = copy.copy(self)
        fresh.forget()
        return fresh

    def forget(self) -> None:
        """Forgets how many values have been asked for."""
        self._plenty = {}

    def constant(self, text: str) -> Any:
        """The value of a constant of the queries, None if it has none."""
        return self._constants.get(text)

    def many(self, column: ColumnId, count: int, *, near: bool = False, unmet: int = 0) -> tuple[Any, ...]:
        """Different values that meet as many of the column's conditions as any do: so many, if there are.

        They are never none, and NULL is among them only if nothing else is. Moments lie far apart, or near each other.
        So many of the conditions may be `unmet`: one of a CASE asks for nothing.
        """
        known = self._plenty.get((column, near, unmet), ())
        if len(known) < count:
            known = self._plenty[column, near, unmet] = self._made_many(column, count, near=near, unmet=unmet)
        return known

    def _made_many(self, column: ColumnId, count: int, *, near: bool, unmet: int) -> tuple[Any, ...]:
        table, pool, own = self._schema.table(column[0]), self[column], self._schema.column(column)
        there, best = self._fixed.values(table, own), max(pool.met.values(), default=0)
        good = [value for value in pool.values if value is not None and pool.met[repr(value)] == best]
        if not good and None in pool.values:
            return (None,)
        further = list(there) if there is not None else further_values(good, own.type, count, near=near)
        further = self._checked(table, own, further)
        if there is None and len(further) < count:
            further += spread(self._sought(table, own), count)
        values = _unique([*further, *good] if own.type.temporal else [*good, *further])
        if _is_number_key(table, own):
            values = _positive(values)
        return self._meeting(column, tuple(values), best - unmet) or pool.values

    def _meeting(self, column: ColumnId, values: tuple[Any, ...], least: int) -> tuple[Any, ...]:
        """Those of the values that meet at least so many of the column's conditions."""
        if not self[column].truths:
            return values
        truths = self._truths(column, values, self._schema.column(column).type)
        met = [sum(told[place] is True for told in truths) for place in range(len(values))]
        return tuple(value for value, number in zip(values, met, strict=True) if number >= least)

    def _evaluated(self) -> dict[str, Any]:
        """The value of each constant expression, evaluated together, else one at a time."""
        wanted = [text for texts in self._conditions.constants.values() for text in texts]
        wanted += [text for texts in self._conditions.parts.values() for text in texts]
        wanted = list(dict.fromkeys([*wanted, *self._conditions.loose]))[:_MOST_CONSTANTS]
        if not wanted:
            return {}
        together = self._runner.run("SELECT " + ", ".join(wanted), "main")
        if isinstance(together, Result):
            return dict(zip(wanted, together.rows[0], strict=True))
        single = {text: self._runner.run(f"SELECT {text}", "main") for text in wanted}
        return {text: found.rows[0][0] for text, found in single.items() if isinstance(found, Result)}

    def _pool(self, table: Table, column: Column, linked: Sequence[ColumnId]) -> Pool:
        if column.generated:
            return Pool((), (None,))
        own = (table.name, column.name)
        pointed, plain = self._candidates(table, column, linked)
        if self._counts_from_one(table, column):
            pointed, plain = _positive(pointed), _positive(plain)
        pointed, plain = self._checked(table, column, pointed), self._checked(table, column, plain)
        if len({*map(repr, (*pointed, *plain))}) < _FEWEST_ALLOWED:
            plain += spread(self._sought(table, column), _MOST_SOUGHT)
        if (there := self._fixed.values(table, column)) is not None:
            pointed, plain = [v for v in pointed if v in there], spread(list(there), _MOST_SPREAD)
        if self._conditions.cast_text.get(own) and column.type.family == "text":
            pointed, plain = self._castable(own, pointed), self._castable(own, plain)
        if column.nullable and any(_NULL_ASKED in atom.sql for atom in self._atoms.get(own, ())):
            pointed = [*pointed, None]
        pool = Pool(tuple(pointed), tuple(plain) or (() if pointed else (None,)))
        return Pool(pool.pointed, pool.plain, self._truths(own, pool.values, column.type))

    def _candidates(self, table: Table, column: Column, linked: Sequence[ColumnId]) -> tuple[list[Any], list[Any]]:
        """The values that authors and queries point at, and others of the type, before anything is refused."""
        own = (table.name, column.name)
        pointed = [*self._authored.get(f"{table.name}.{column.name}", ())]
        for name in (own, *linked):
            pointed += self._pointed(name, column.type)
        plain = plain_values(column.type, self._conditions.cast_text.get(own, ""))
        if column.type.temporal and any(column.name in key for key in table.uniques):
            plain += [as_moment(moment, column.type) for moment in SAME_DAY]
        few = 6 if column.type.family == "list" else 1
        loose = [v for text in self._conditions.loose for v in around(self._constants.get(text), column.type)[:few]]
        return _unique(pointed), _unique([*plain, *loose[: 6 * few]])

    def _counts_from_one(self, table: Table, column: Column) -> bool:
        """True for a key of whole numbers of which nobody asks for one below 1."""
        if not _is_number_key(table, column):
            return False
        own = (table.name, column.name)
        asked = [*self._authored.get(f"{table.name}.{column.name}", ()), *self._conditions.crafted.get(own, ())]
        asked += self._named_as_ids(own, column.type)
        return not any(isinstance(v, int) and v < 1 for v in asked)

    def _pointed(self, column: ColumnId, kind: SqlType) -> list[Any]:
        constants = [self._constants[t] for t in self._conditions.constants.get(column, ()) if t in self._constants]
        if kind.family == "struct":
            return _structs(constants, kind)
        if kind.family == "list" and kind.fields[0][1].family == "struct":
            named = self._conditions.parts
            return lists_of_structs(kind, {n: [*map(self.constant, texts)] for n, texts in named.items()})
        found = self._fixed.pointed(column, kind) + [
            value for constant in constants for value in around(constant, kind)
        ]
        if kind.family == "text":
            found += self._matching(column, kind)
        if kind.temporal:
            found += _calendar(constants, kind)
        return found + self._turning(column, kind) + _fitting(self._conditions.crafted.get(column, ()), kind)

    def _turning(self, column: ColumnId, kind: SqlType) -> list[Any]:
        """Values on both sides of where conditions on something made of the column turn, and where steps do."""
        turns, steps = (
            (*dict.fromkeys(found.get(column, ())),) for found in (self._conditions.turns, self._conditions.steps)
        )
        found = turning_values(self._runner, turns, kind)[:_MOST_TURNING]
        return found + turning_values(self._runner, steps, kind, of_value=True)[:_MOST_STEPS]

    def _matching(self, column: ColumnId, kind: SqlType) -> list[Any]:
        """Texts for the patterns that a column is matched against, a few for each way in which they meet the conditions."""
        patterns = dict.fromkeys(self._conditions.patterns.get(column, ()))
        texts = _unique([text for pattern in patterns for text in texts_of_regex(pattern) or (pattern,)])
        texts = _unique([*texts, *self._with_parts(column, texts)])
        if len(texts) <= _MOST_TEXTS:
            return texts
        alike: dict[tuple[bool | None, ...], list[Any]] = defaultdict(list)
        for text, *met in zip(texts, *self._truths(column, tuple(texts), kind), strict=True):
            alike[tuple(met)].append(text)
        few = max(_FEWEST_ALIKE, _MOST_TEXTS // len(alike))
        return [text for members in alike.values() for text in members[:few]]

    def _named_as_ids(self, column: ColumnId, kind: SqlType) -> list[Any]:
        """Whole numbers below 1 that a condition on a column picks out: who asks for the person 0 has one."""
        found = [self._constants.get(text) for text in self._conditions.constants.get(column, ())]
        low = tuple(dict.fromkeys(value for value in found if type(value) is int and value < 1))
        truths = self._truths(column, low, kind)
        return [value for place, value in enumerate(low) if any(told[place] for told in truths)]

    def _with_parts(self, column: ColumnId, texts: Sequence[str]) -> list[str]:
        """A text for the patterns with each constant of the column as its beginning, and as its end."""
        constants = [self._constants.get(text) for text in self._conditions.constants.get(column, ())]
        named = [value for value in constants if isinstance(value, str) and value]
        pairs = [(text, part) for text in texts[:1] for part in named if len(part) < len(text)]
        return [made for text, part in pairs for made in (part + text[len(part) :], text[: -len(part)] + part)]

    def _castable(self, column: ColumnId, values: list[Any]) -> list[Any]:
        """The texts that the queries' reading of the column as numbers or dates can bear."""
        target = "DOUBLE" if self._conditions.cast_text[column] == "number" else "TIMESTAMP"
        if not values:
            return values
        rows, given = given_rows([("place", WHOLE), ("c", _TEXT)], list(enumerate(values)))
        found = self._runner.ask(f"SELECT TRY_CAST(c AS {target}) IS NOT NULL FROM {rows} t ORDER BY place", given)
        if not isinstance(found, Result):
            return values
        return [v for v, (good,) in zip(values, found.rows, strict=True) if good]

    def _checked(self, table: Table, column: Column, values: list[Any]) -> list[Any]:
        """The values that the column's own CHECKs allow."""
        return checker_for(self._schema).allowed(table, column.name, values)

    def _sought(self, table: Table, column: Column) -> list[Any]:
        """Values that the column's own CHECKs allow, from a great many; none where it has no CHECKs of its own."""
        own = (table.name, column.name)
        if own not in self._found:
            constants = [self._constants.get(text) for text in self._conditions.constants.get(own, ())]
            bound = checker_for(self._schema).rules(table, column.name)
            self._found[own] = self._checked(table, column, sought_values(column.type, constants)) if bound else []
        return self._found[own]

    def allowed(self, members: Sequence[ColumnId], values: Sequence[Any]) -> list[Any]:
        """Those of the values that the CHECKs of each of the columns allow."""
        kept = list(values)
        for name, column in members:
            kept = self._checked(self._schema.table(name), self._schema.table(name).column(column), kept)
        return kept

    def _truths(self, column: ColumnId, values: tuple[Any, ...], kind: SqlType) -> tuple[tuple[bool | None, ...], ...]:
        atoms = list(dict.fromkeys(self._atoms.get(column, ())))
        if not atoms or not values:
            return ()
        rows, given = given_rows([("place", WHOLE), ("c", kind)], list(enumerate(values)))
        source = f"{rows} t ORDER BY place"
        together = self._runner.ask(f"SELECT {', '.join(f'({a.sql})' for a in atoms)} FROM {source}", given)
        if isinstance(together, Result):
            return tuple(tuple(_truth(row[i]) for row in together.rows) for i in range(len(atoms)))
        singles = [self._runner.ask(f"SELECT ({a.sql}) FROM {source}", given) for a in atoms]
        return tuple(tuple(_truth(row[0]) for row in s.rows) for s in singles if not isinstance(s, RunError))


_TEXT = SqlType("VARCHAR", "text")


def _is_number_key(table: Table, column: Column) -> bool:
    """True for whole numbers that name rows: nobody counts on an id below 1, and right answers may rely on it."""
    named = {*table.primary_key, *(name for link in table.foreign_keys for name in link.columns)}
    return column.type.family == "integer" and column.name in named


def _positive(values: Sequence[Any]) -> list[Any]:
    return [v for v in values if v is None or v > 0]


def _truth(value: Any) -> bool | None:
    return None if value is None else bool(value)


def _linked(pairs: Sequence[tuple[ColumnId, ColumnId]]) -> dict[ColumnId, list[ColumnId]]:
    found: dict[ColumnId, list[ColumnId]] = defaultdict(list)
    for left, right in pairs:
        found[left].append(right)
        found[right].append(left)
    return {column: list(dict.fromkeys(others))[:4] for column, others in found.items()}


def _fitting(values: Sequence[Any], kind: SqlType) -> list[Any]:
    """Those of the moments, texts and whole numbers that the type can hold."""
    if kind.temporal:
        return [as_moment(v, kind) for v in values if isinstance(v, dt.datetime)][:_MOST_CRAFTED]
    if kind.family == "text":
        return [v for v in values if isinstance(v, str)][:_MOST_TEXTS]
    if kind.family in {"integer", "decimal", "double"} and kind.signed:
        numbers = [v for v in values if isinstance(v, int) and abs(v) <= kind.limit]
        return [as_number(Decimal(v), kind) for v in numbers[:_MOST_CRAFTED]]
    return []


def _calendar(constants: Sequence[Any], kind: SqlType) -> list[Any]:
    """Days that small integers can mean beside a temporal column: months, days, hours of the constants' years."""
    years = [c for c in constants if isinstance(c, int) and (1900 <= c < 2100 or c == _LAST_YEAR)] or [2024]
    small = [c for c in constants if type(c) is int and 0 <= c <= 31]
    if not small and len(constants) == 1 and years == [2024]:
        return []
    moments = [dt.datetime(y, *day) for y, day in itertools.product(years, ((1, 1), (12, 31), (7, 15)))]  # noqa: DTZ001  (a TIMESTAMP has no zone)
    moments += itertools.chain.from_iterable(_meant_by(number, years[0], kind) for number in small)
    return [as_moment(moment, kind) for moment in moments]


def _meant_by(number: int, year: int, kind: SqlType) -> Iterator[dt.datetime]:
    """Moments of a year of which a number is the month, the day or the hour."""
    if 1 <= number <= 12:
        yield dt.datetime(year, number, 15)  # noqa: DTZ001  (a TIMESTAMP has no zone)
    if 1 <= number <= 28:
        yield dt.datetime(year, 3, number)  # noqa: DTZ001  (a TIMESTAMP has no zone)
    if number < 24 and kind.family != "date":
        yield dt.datetime(year, 3, 10, number, 30)  # noqa: DTZ001  (a TIMESTAMP has no zone)


def _structs(constants: Sequence[Any], kind: SqlType) -> list[Any]:
    """Structs in which each part in turn goes through the constants' neighbours, plain values and NULL."""
    if not constants:
        return []
    parts = {
        name: _unique([*(v for c in constants for v in around(c, part)[:5]), *plain_values(part, "")[:3], None])
        for name, part in kind.fields
    }
    return [
        {other: value if other == name else choices[place % len(choices)] for other, choices in parts.items()}
        for name, values in parts.items()
        for place, value in enumerate(values[:_MOST_IN_PART])
    ]
