"""Rows left out by delta debugging (Zeller & Hildebrandt 2002, doi:10.1109/32.988498), each with all that refers to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from sqlgrade.engine.checker import stays_valid
from sqlgrade.shrink.same_way import same_way, still_counts
from sqlgrade.tables.result import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.outcomes.submission import RunOutcome
    from sqlgrade.shrink.attempts import Attempts
    from sqlgrade.tables.model import SchemaModel, Table
    from sqlgrade.tables.result import Row

Place: TypeAlias = tuple[str, int]
"""A row of the database to shrink: its table and its number there."""


Places: TypeAlias = frozenset[Place]


class LeavingOut:
    """One round of leaving out rows: the rows to choose from and what has been tried."""

    def __init__(self, database: Database, outcome: RunOutcome, schema: SchemaModel, trial: Attempts) -> None:
        self._whole = database
        self._outcome = outcome
        self._schema = schema
        self._trial = trial
        self._all: Places = frozenset((name, i) for name, rows in database.tables.items() for i in range(len(rows)))
        self._parents = _parents(database, schema)
        self._dependents: dict[Place, list[Place]] = {}
        for child, parents in self._parents.items():
            for parent in parents:
                self._dependents.setdefault(parent, []).append(child)
        self._found: dict[Places, RunOutcome | None] = {self._all: outcome}
        self._standing = trial.standing(database)
        self._afresh = False

    def fewest(self) -> tuple[Database, RunOutcome]:
        """The database with the fewest rows found on which the answer stays wrong."""
        with self._standing:
            places = self._fewest_places()
        database = self._database(places)
        if places != self._all and not self._trial.holds(database) and self._trial.holds(self._whole):
            # planned otherwise, or with other rows beside, a query may meet another error or give another order
            self._found, self._afresh = {self._all: self._outcome}, True
            places = self._fewest_places()
            database = self._database(places)
        return database, self._found[places] or self._outcome

    def needed(self) -> Database:
        """The rows without those that an engine as anybody starts it can spare."""
        self._afresh = True
        return self._database(self._drop_any_way(self._all))

    def _fewest_places(self) -> Places:
        places = self._drop_tables(self._all)
        size = max(1, len(places) // 2)
        while True:
            fewer = self._drop_chunks(places, size)
            if fewer == places and size == 1:
                break
            places, size = fewer, max(1, min(size // 2, len(fewer) // 2))
        return self._drop_any_way(places)

    def _drop_tables(self, places: Places) -> Places:
        for table in reversed(self._schema.tables):
            rows = frozenset(place for place in places if place[0] == table.name)
            if rows:
                places = self._without(places, rows) or places
        return places

    def _drop_chunks(self, places: Places, size: int) -> Places:
        """Try to drop runs of `size` rows, last tables first: children before the parents they name."""
        order = self._in_order(places)
        for start in range(0, len(order), size):
            chunk = frozenset(order[start : start + size]) & places
            if chunk:
                places = self._without(places, chunk) or places
        return places

    def _drop_any_way(self, places: Places) -> Places:
        """Drop single rows as long as the answer stays wrong in whatever way, so that every row left is needed."""
        for place in self._in_order(places):
            fewer = places - self._dependents_of(place, places)
            if fewer != places and self._keeps(fewer, any_way=True):
                return self._drop_any_way(fewer)
        return places

    def _without(self, places: Places, dropped: Places) -> Places | None:
        gone = frozenset().union(*(self._dependents_of(place, places) for place in dropped))
        fewer = places - gone
        return fewer if fewer != places and self._keeps(fewer) else None

    def _keeps(self, places: Places, *, any_way: bool = False) -> bool:
        """Tell whether the answer stays wrong on these rows alone."""
        if places not in self._found:
            if self._trial.spent or not self._is_valid(places):
                return False
            self._found[places] = (
                self._shown(places) if self._afresh else self._trial.wrong_without(self._standing, self._gone(places))
            )
        found = self._found[places]
        if found is None:
            return False
        return still_counts(self._outcome, found) if any_way else places == self._all or same_way(self._outcome, found)

    def _shown(self, places: Places) -> RunOutcome | None:
        found = self._trial.shown_anew(self._database(places))
        return found and replace(found, order_dependent=self._outcome.order_dependent)

    def _is_valid(self, places: Places) -> bool:
        """Tell whether the rows have their parents, and keep the assumptions if there are any."""
        if any(parent not in places for place in places for parent in self._parents.get(place, ())):
            return False
        return not self._schema.assume or stays_valid(self._schema, self._database(places))

    def _gone(self, places: Places) -> dict[str, list[int]]:
        gone: dict[str, list[int]] = {}
        for table, number in sorted(self._all - places):
            gone.setdefault(table, []).append(number)
        return gone

    def _database(self, places: Places) -> Database:
        if places == self._all:
            return self._whole
        tables = {
            name: tuple(row for i, row in enumerate(rows) if (name, i) in places)
            for name, rows in self._whole.tables.items()
        }
        return Database(tables, (*self._whole.strategies, "shrunk"))

    def _dependents_of(self, place: Place, places: Places) -> Places:
        """The row and every row that, directly or not, refers to it."""
        gone, queue = {place}, [place]
        while queue:
            for child in self._dependents.get(queue.pop(), ()):
                if child in places and child not in gone:
                    gone.add(child)
                    queue.append(child)
        return frozenset(gone)

    def _in_order(self, places: Places) -> list[Place]:
        rank = {table.name: -number for number, table in enumerate(self._schema.tables)}
        return sorted(places, key=lambda place: (rank.get(place[0], 0), -place[1]))


def _parents(database: Database, schema: SchemaModel) -> dict[Place, list[Place]]:
    """For each row the rows that its foreign keys name."""
    found: dict[Place, list[Place]] = {}
    for table in schema.tables:
        for parent, child in _references(table, database, schema):
            found.setdefault(child, []).append(parent)
    return found


def _references(table: Table, database: Database, schema: SchemaModel) -> Iterator[tuple[Place, Place]]:
    rows = database.tables.get(table.name, ())
    for link in table.foreign_keys:
        parent = schema.table(link.parent)
        parents: dict[Row, Place] = {
            parent.pick(row, link.parent_columns): (parent.name, i)
            for i, row in enumerate(database.tables.get(parent.name, ()))
        }
        for number, row in enumerate(rows):
            value = table.pick(row, link.columns)
            if value in parents and parents[value] != (table.name, number):
                yield parents[value], (table.name, number)
