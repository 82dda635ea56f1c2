"""CHECK constraints and assumptions, evaluated by DuckDB on constraint-free copies."""

from __future__ import annotations

import functools
import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import duckdb
from sqlglot import exp

from sqlgrade.engine.runner import Runner
from sqlgrade.parse import parsed
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.model import SchemaModel, Table, Violation
from sqlgrade.tables.values import Given, given_rows, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlgrade.tables.assumptions import Assumption
    from sqlgrade.tables.bonds import Bond, Dependency
    from sqlgrade.tables.result import Database, Row


_MOST_CLEARINGS = 5
"""Rounds of taking out what breaks assumptions: without a row another one may break one."""


@functools.lru_cache(maxsize=16)
def checker_for(schema: SchemaModel) -> Checker:
    """The checker of a schema, made once per process."""
    return Checker(schema)


def violations(schema: SchemaModel, database: Database) -> list[Violation]:
    """Every rule of the schema that a database breaks, CHECKs and assumptions included."""
    return schema.structural_violations(database) or checker_for(schema).violations(database)


def stays_valid(schema: SchemaModel, smaller: Database) -> bool:
    """Tell whether a valid database still is one after rows, and all that refers to them, were taken away."""
    asked = [assumption for assumption in schema.assumptions if not assumption.closed]
    return not asked or not checker_for(schema).broken(smaller, asked)


class Checker:
    """Holds one connection on which rows are tested against CHECKs and assumptions, for all threads of the process.

    What a CHECK says of the values it names is asked once; databases are made of few values, so most is known soon.
    """

    def __init__(self, schema: SchemaModel) -> None:
        self._schema = schema
        self._runner = Runner(schema)
        self._asking = threading.Lock()  # two queries at once on one connection take each other's rows
        self._known: dict[tuple[str, str], dict[Row, bool]] = {}
        self._computed: dict[tuple[str, str], dict[Row, Any]] = {}
        self._names: dict[tuple[str, str], tuple[str, ...]] = {}

    def violations(self, database: Database) -> list[Violation]:
        """Rows that break a CHECK, and assumptions that return rows."""
        return [*self._unchecked_rows(database), *self.broken(database, self._schema.assumptions)]

    def passing(self, table: Table, rows: list[Row]) -> list[Row]:
        """The rows that pass the table's CHECKs, in order."""
        for check in table.checks:
            rows = [row for row, good in zip(rows, self.holding(table, check, rows), strict=True) if good]
        return rows

    def holding(self, table: Table, check: str, rows: Sequence[Row]) -> list[bool]:
        """For each row whether it passes one of the table's CHECKs."""
        named = self.named(table, check)
        if not rows or not named:
            return [True] * len(rows)
        return self._verdicts(table, check, named, [table.pick(row, named) for row in rows])

    def allowed(self, table: Table, column: str, values: Sequence[Any]) -> list[Any]:
        """The values that the CHECKs on the column alone allow."""
        kept = list(values)
        for check in self.rules(table, column) if kept else ():
            verdicts = self._verdicts(table, check, (column,), [(value,) for value in kept])
            kept = [value for value, good in zip(kept, verdicts, strict=True) if good]
        return kept

    def rules(self, table: Table, column: str) -> tuple[str, ...]:
        """The CHECKs on the column alone."""
        return tuple(check for check in table.checks if self.named(table, check) == (column,))

    def named(self, table: Table, check: str) -> tuple[str, ...]:
        """The table's columns that one of its CHECKs names, all stored ones if its text cannot be read."""
        own = (
            table.name,
            check,
        )  # of the table its name: to compare two tables whole costs more than to read the CHECK
        if own not in self._names:
            self._names[own] = _named_columns(check, table)
        return self._names[own]

    def computed(
        self, table: Table, column: str, expression: str, names: tuple[str, ...], rows: Sequence[Row]
    ) -> list[Any]:
        """For each row what an expression over some of the table's columns comes to in a column's type; NULL where it fails."""
        known = self._computed.setdefault((table.name, column), {})
        picked = [table.pick(row, names) for row in rows]
        keys = [_key(values) for values in picked]
        fresh = {key: values for key, values in zip(keys, picked, strict=True) if key not in known}
        if fresh:
            told = f"TRY_CAST(({expression}) AS {table.column(column).type.text})"
            asked = self._told(table, names, told, list(fresh.values()), None)
            known.update(zip(fresh, asked, strict=True))
        return [known[key] for key in keys]

    def _unchecked_rows(self, database: Database) -> Iterator[Violation]:
        for table in self._schema.varied:
            rows = list(database.tables.get(table.name, ()))
            good = self.passing(table, rows)
            if len(good) < len(rows):
                kept = {id(row) for row in good}
                yield Violation(table.name, "CHECK", next(row for row in rows if id(row) not in kept))

    def broken(self, database: Database, assumptions: Sequence[Assumption]) -> list[Violation]:
        """Those of the assumptions that do not hold."""
        return [
            Violation("", f"assume: {a.text}") for a, gone in self._culprits(database, assumptions) if gone != set()
        ]

    def without_culprits(self, database: Database) -> Database | None:
        """The database without the rows that break assumptions; None if they cannot be told."""
        for _ in range(_MOST_CLEARINGS):
            found = self._culprits(database, self._schema.assumptions)
            if any(numbers is None for _, numbers in found):
                return None
            gone: dict[str | None, set[int]] = defaultdict(set)
            for assumption, numbers in found:
                gone[assumption.table] |= numbers or set()
            if not any(gone.values()):
                return database
            database = self._without_orphans(_without(database, gone))
        return None

    def _culprits(
        self, database: Database, assumptions: Sequence[Assumption]
    ) -> list[tuple[Assumption, set[int] | None]]:
        """For each assumption the numbers of the rows that break it; None if it is broken by no row alone."""
        asked = [each for each in assumptions if each.table is None or database.tables.get(each.table)]
        read = {each: self._read_off(each, database) for each in asked}
        rest = [each for each in asked if read[each] is None]
        if rest:
            with self._asking, self._runner.loaded(database) as name:
                read.update({each: self._found_out(each, name) for each in rest})
        return list(read.items())

    def _read_off(self, assumption: Assumption, database: Database) -> set[int] | None:
        """The culprits, if they can be told without running the assumption's query."""
        if assumption.dependency is not None:
            return _apart(assumption.dependency, database, self._schema)
        if assumption.bond is not None and assumption.bond.told:
            return self._unlike(assumption.bond, database)
        return None

    def _unlike(self, bond: Bond, database: Database) -> set[int]:
        """The numbers of the rows that do not agree with the ones that they name."""
        table, parent = self._schema.table(bond.table), self._schema.table(bond.link.parent)
        others = list(self._schema.rows_of(parent.name, database))
        good = [True] * len(others)
        for rule in bond.rules:
            good = [a and b for a, b in zip(good, self.holding(parent, rule, others), strict=True)]
        named = {parent.pick(row, bond.link.parent_columns): (row, fit) for row, fit in zip(others, good, strict=True)}
        found = set()
        for number, row in enumerate(database.tables.get(table.name, ())):
            other, fit = named.get(table.pick(row, bond.link.columns), (None, True))
            if other is not None and not (fit and bond.holds(table.named(row), parent.named(other))):
                found.add(number)
        return found

    def _found_out(self, assumption: Assumption, name: str) -> set[int] | None:
        query = assumption.culprits or f"SELECT 1 FROM ({assumption.text.rstrip().rstrip(';')}) LIMIT 1"
        try:
            rows = self._runner.fetch(query, name)
        except duckdb.Error as error:
            raise ExerciseFault(f"the assumption does not run: {assumption.text}: {error}") from error
        return None if rows and assumption.table is None else {row[0] for row in rows}

    def _without_orphans(self, database: Database) -> Database:
        while orphans := self._schema.foreign_key_violations(database):
            rows = {(v.table, id(v.row)) for v in orphans}
            gone: dict[str | None, set[int]] = {}
            for table, numbered in database.tables.items():
                gone[table] = {number for number, row in enumerate(numbered) if (table, id(row)) in rows}
            database = _without(database, gone)
        return database

    def _verdicts(self, table: Table, check: str, named: tuple[str, ...], picked: list[Row]) -> list[bool]:
        """Whether the CHECK holds for each choice of values of the columns it names."""
        known = self._known.setdefault((table.name, check), {})
        keys = [_key(values) for values in picked]
        fresh = {key: values for key, values in zip(keys, picked, strict=True) if key not in known}
        if fresh:
            asked = list(fresh.values())
            known.update(zip(fresh, self._asked(table, check, named, asked), strict=True))
        return [known[key] for key in keys]

    def _asked(self, table: Table, check: str, named: tuple[str, ...], picked: list[Row]) -> list[bool]:
        told = self._told(table, named, f"COALESCE(({check}), TRUE)", picked, otherwise=False)
        return [bool(each) for each in told]

    def _told(
        self, table: Table, named: tuple[str, ...], expression: str, picked: list[Row], otherwise: Any
    ) -> list[Any]:
        """What an expression comes to for each choice of values of the columns it names; where it fails, something else."""
        try:
            with self._asking:
                found = self._runner.fetch(*_question(table, expression, named, picked))
        except (duckdb.InterruptException, duckdb.IOException):
            raise  # they tell of the machine, and what is told here is remembered of the values
        except (duckdb.Error, OverflowError, ValueError):
            if len(picked) == 1:
                return [otherwise]
            return [each for values in picked for each in self._told(table, named, expression, [values], otherwise)]
        return [row[0] for row in found]


def _named_columns(check: str, table: Table) -> tuple[str, ...]:
    stored = {c.name.lower(): c for c in table.columns if not c.generated}
    tree = parsed(check)
    if tree is None:
        return tuple(c.name for c in stored.values())
    words = {c.name.lower() for c in tree.find_all(exp.Column)}
    computed = [c for c in table.columns if c.generated and c.name.lower() in words]
    if computed:
        return tuple(c.name for c in stored.values())
    return tuple(c.name for low, c in stored.items() if low in words)


def _apart(dependency: Dependency, database: Database, schema: SchemaModel) -> set[int]:
    """The numbers of the rows that differ from an earlier one with the same key."""
    table, found = schema.table(dependency.table), set[int]()
    first: dict[Row, dict[str, Any]] = {}
    for number, row in enumerate(database.tables.get(table.name, ())):
        told = {
            name: value for name, value in table.named(row).items() if name in dependency.columns and value is not None
        }
        known = first.setdefault(table.pick(row, dependency.key), told)
        if any(known.get(name, value) != value for name, value in told.items()):
            found.add(number)
        else:
            known.update(told)
    return found


def _without(database: Database, gone: Mapping[str | None, Collection[int]]) -> Database:
    for table, numbers in gone.items():
        rows = database.tables[table] if table else ()
        if numbers and table:
            database = database.replace(table, [row for number, row in enumerate(rows) if number not in numbers])
    return database


def _question(table: Table, expression: str, named: tuple[str, ...], picked: Sequence[Row]) -> tuple[str, str, Given]:
    rows, given = given_rows([(quoted(name), table.column(name).type) for name in named], picked)
    computed = "".join(f", {c.expression} AS {quoted(c.name)}" for c in table.columns if c.generated)
    source = f"(SELECT *{computed} FROM {rows} AS {table.quoted}) AS {table.quoted}"
    return f"SELECT {expression} FROM {source}", "main", given


def _key(row: Row) -> Row:
    """The values told apart by type as well: 1, 1.0 and TRUE are equal in Python."""
    return tuple((type(v), repr(v) if isinstance(v, (list, dict, float)) else v) for v in row)
