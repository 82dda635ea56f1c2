"""One database made of groups: their rows tied to the same rows above them, each row with its own below."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from sqlgrade.populate.placing import Placer
from sqlgrade.populate.validity import made_valid
from sqlgrade.tables.result import Database

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Iterator, Sequence

    from sqlgrade.populate.agreeing import Agreements, Draft
    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.populate.composition import Composition
    from sqlgrade.populate.keys import KeyClasses
    from sqlgrade.populate.pools import Pools
    from sqlgrade.tables.model import SchemaModel, Table

_SHARED = 0.75
"""How often the rows of a group name one row of another table together, where nothing says so."""
_ALIKE, _TWINNED = 0.7, 0.5
"""How often, in a database of twins, a column holds one value for a group, and two groups the same one."""

_NEAR = 0.3
"""How often the moments of a database differ in their hours, not in their days."""

_GROUP, _ROW, _NUMBERED, _EMPTY = "group", "row", "numbered", "empty"


class Gathering:
    """Makes the database of one composition; every choice comes from one random source."""

    def __init__(
        self,
        schema: SchemaModel,
        pools: Pools,
        keys: KeyClasses,
        tables: Sequence[Table],
        agreements: Agreements,
        composition: Composition,
        rng: random.Random,
        *,
        twins: bool = False,
        near: bool | None = None,
        bare: Collection[ColumnId] = (),
        unmet: int = 0,
    ) -> None:
        """Make a filling.

        Args:
            schema: What is filled.
            pools: Values of the columns.
            keys: Which columns name the same things.
            tables: Those that are filled.
            agreements: What CHECKs on several columns allow.
            composition: The groups.
            rng: The one source of chance.
            twins: Each second group shares some of the values that groups are told apart by.
            near: Whether moments differ in their hours rather than in their days; left to chance if it is None.
            bare: Columns that hold nothing, so that they are in no other's way.
            unmet: How many of the conditions on a column its values may leave unmet.
        """
        self._schema, self._pools, self._keys, self._tables = schema, pools, keys, tables
        self._agreements, self._composition, self._rng, self._twins = agreements, composition, rng, twins
        self._rows = [(group, row) for group, rows in enumerate(composition.groups) for row in rows]
        self._told = {column for _, row in self._rows for column in row}
        self._named = _named_tables(schema, keys)
        self._ways = self._ways_of_tables()
        self._shares = {
            (table.name, column.name): self._share((table.name, column.name))
            for table in tables
            for column in table.columns
        }
        numbers = [v for _, row in self._rows for c, v in row.items() if c in self._named and isinstance(v, int)]
        self._room = max(len(self._rows), *(number + 1 for number in numbers), 1)
        self._bare, self._unmet = bare, unmet
        self._near = rng.random() < _NEAR if near is None else near
        self._offset = rng.randrange(4) * (not composition.shared)

    def database(self, name: str) -> Database | None:
        """The filling, valid under all constraints; None if the assumptions could not be met."""
        kept = self._told if self._composition.shared else ()
        placer = Placer(self._schema, self._pools, self._keys, self._agreements, {}, self._rng, self._other, kept)
        placer.serial = len(self._rows)
        for table in self._tables:
            drafts = [self._draft(table, *each) for each in self._places(table)]
            placer.place(table, drafts, 0.0)
        filled = Database({table: tuple(rows) for table, rows in placer.rows.items()}, (name,))
        return made_valid(self._schema, filled)

    def _ways_of_tables(self) -> dict[str, str]:
        """For each table whether it has a row for each group, for each row, or for each number that rows name."""
        ways: dict[str, str] = {}
        apart = _EMPTY if self._composition.alone else _ROW
        for name in (self._composition.grain, *(table.name for table in reversed(self._tables))):
            waiting = [name] if ways.setdefault(name, apart if ways else _ROW) == _ROW else []
            while waiting:
                child = waiting.pop()
                for column, parent in self._named.items():
                    if column[0] == child and parent not in ways:
                        ways[parent] = self._way(ways[child], column, parent)
                        waiting.append(parent)
        return ways

    def _way(self, below: str, column: ColumnId, parent: str) -> str:
        if column in self._told:
            return _NUMBERED
        own = any(table == parent for table, _ in self._told)
        if self._composition.shared:
            return _ROW if any(self._differs(parent, rows) for rows in self._composition.groups) else _GROUP
        return _ROW if below != _GROUP and (own or self._rng.random() >= _SHARED) else _GROUP

    @staticmethod
    def _differs(table: str, rows: Sequence[dict[ColumnId, Any]]) -> bool:
        """True if the rows of a group want different rows of a table."""
        return any(row.get(c) != rows[0].get(c) for row in rows for c in row if c[0] == table)

    def _places(self, table: Table) -> Iterator[tuple[int, int, dict[ColumnId, Any]]]:
        """Which rows a table gets: where it stands among the values of its key, its group, what it holds."""
        way = self._ways[table.name]
        if way == _GROUP:
            groups = enumerate(self._composition.groups)
            yield from ((n, n, rows[0] if self._composition.shared else {}) for n, rows in groups)
        elif way == _NUMBERED:
            numbers = {v for _, row in self._rows for c, v in row.items() if self._named.get(c) == table.name}
            yield from ((number, number, {}) for number in sorted(n for n in numbers if n is not None))
        elif way == _ROW:
            yield from ((number, *each) for number, each in enumerate(self._rows))

    def _draft(self, table: Table, place: int, group: int, held: dict[ColumnId, Any]) -> Draft:
        return {c.name: self._cell(table, (table.name, c.name), place, group, held) for c in table.columns}

    def _cell(self, table: Table, column: ColumnId, place: int, group: int, held: dict[ColumnId, Any]) -> Any:
        blank, rows = self._composition.blank or (None, frozenset())
        if table.column(column[1]).generated or column in self._bare or (column == blank and place in rows):
            return None
        tied, named = column in self._keys.number, self._named.get(column)
        if column in held and not tied:
            return held[column]
        if tied and named is not None:
            place = self._place_named(column, named, place, group, held)
        elif not any(column[1] in key for key in table.uniques):
            place = self._shares[column].get(group, place)
        many = self._many(column)
        return many[(place + self._offset) % len(many)]

    def _place_named(self, column: ColumnId, named: str, place: int, group: int, held: dict[ColumnId, Any]) -> int:
        """Where the row stands that a row names."""
        way = self._ways.get(named, _GROUP)
        if way == _NUMBERED:
            number = held.get(column, group)
            return number if number is not None else group
        return self._shares[column].get(group, group) if way == _GROUP else place

    def _share(self, column: ColumnId) -> dict[int, int]:
        """Which of a column's values each group holds; empty if its rows go their own ways."""
        if column in self._keys.number or not self._twins or self._rng.random() < _ALIKE:
            twinned = self._twins and self._rng.random() < _TWINNED
            return {group: group // 2 if twinned else group for group in range(len(self._composition.groups))}
        return {}

    def _many(self, column: ColumnId) -> Sequence[Any]:
        """Values for a column's places: for columns that name the same things the same ones."""
        return self._pools.many(self._source(column), self._room, near=self._near, unmet=self._unmet)[: self._room]

    def _source(self, column: ColumnId) -> ColumnId:
        """Of the columns that name the same things one with conditions, else the one whose values the others name."""
        number = self._keys.number.get(column)
        if number is None:
            return column
        members = self._keys.classes[number]
        asked = (each for each in members if self._pools[each].truths)
        fixed = (each for each in members if each[0] in self._schema.fixed)
        named = (each for each in members if each not in self._named)
        return next(itertools.chain(asked, fixed, named, members))

    def _other(self, column: ColumnId, _: Any) -> Any:
        """Another value for a cell that breaks a CHECK."""
        return self._rng.choice(self._pools[column].values)


def _named_tables(schema: SchemaModel, keys: KeyClasses) -> dict[ColumnId, str]:
    """For each column that names rows of another table, which one: by a foreign key, or equated with a key alone."""
    found = {
        (table.name, name): link.parent
        for table in schema.varied
        for link in table.foreign_keys
        for name in link.columns
        if link.parent != table.name
    }
    for members in keys.classes:
        unique = [each for each in members if (each[1],) in schema.table(each[0]).uniques and each not in found]
        for column in members if len(unique) == 1 else ():
            if column[0] != unique[0][0]:
                found.setdefault(column, unique[0][0])
    return found
