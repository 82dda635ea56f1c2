"""CHECK constraints and assumptions, evaluated by DuckDB on constraint-free copies."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import duckdb
from sqlglot import exp

from sqlgrade.parse import parsed
from sqlgrade.record import ExerciseFault
from sqlgrade.runner import Runner
from sqlgrade.schema import SchemaModel, Table, Violation
from sqlgrade.values import literal_of, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.result import Database, Row


@functools.lru_cache(maxsize=16)
def checker_for(schema: SchemaModel) -> Checker:
    """The checker of a schema, made once per process."""
    return Checker(schema)


class Checker:
    """Holds one connection on which rows are tested against CHECKs and assumptions.

    What a CHECK says of the values it names is asked once; databases are made of few values, so most is known soon.
    """

    def __init__(self, schema: SchemaModel) -> None:
        self._schema = schema
        self._runner = Runner(schema)
        self._known: dict[tuple[str, str], dict[Row, bool]] = {}

    def violations(self, database: Database) -> list[Violation]:
        """Rows that break a CHECK, and assumptions that return rows."""
        return [*self._unchecked_rows(database), *self._broken_assumptions(database)]

    def passing(self, table: Table, rows: list[Row]) -> list[Row]:
        """The rows that pass the table's CHECKs, in order."""
        for check in table.checks:
            rows = [row for row, good in zip(rows, self.holding(table, check, rows), strict=True) if good]
        return rows

    def holding(self, table: Table, check: str, rows: Sequence[Row]) -> list[bool]:
        """For each row whether it passes one of the table's CHECKs."""
        named = named_columns(check, table)
        if not rows or not named:
            return [True] * len(rows)
        return self._verdicts(table, check, named, [table.pick(row, named) for row in rows])

    def allowed(self, table: Table, column: str, values: Sequence[Any]) -> list[Any]:
        """The values that the CHECKs on the column alone allow."""
        kept = list(values)
        for check in table.checks:
            if kept and named_columns(check, table) == (column,):
                verdicts = self._verdicts(table, check, (column,), [(value,) for value in kept])
                kept = [value for value, good in zip(kept, verdicts, strict=True) if good]
        return kept

    def _unchecked_rows(self, database: Database) -> Iterator[Violation]:
        for table in self._schema.tables:
            rows = list(database.tables.get(table.name, ()))
            good = self.passing(table, rows)
            if len(good) < len(rows):
                kept = {id(row) for row in good}
                yield Violation(table.name, "CHECK", next(row for row in rows if id(row) not in kept))

    def _broken_assumptions(self, database: Database) -> Iterator[Violation]:
        if not self._schema.assume:
            return
        with self._runner.loaded(database) as name:
            for query in self._schema.assume:
                try:
                    found = self._runner.fetch(f"SELECT 1 FROM ({query.rstrip().rstrip(';')}) LIMIT 1", name)
                except duckdb.Error as error:
                    raise ExerciseFault(f"the assumption does not run: {query}: {error}") from error
                if found:
                    yield Violation("", f"assume: {query}")

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
        try:
            found = self._runner.fetch(_question(table, check, named, picked), "main")
        except duckdb.Error:
            if len(picked) == 1:
                return [False]
            return [good for values in picked for good in self._asked(table, check, named, [values])]
        return [bool(row[0]) for row in found]


@functools.lru_cache(maxsize=4096)
def named_columns(check: str, table: Table) -> tuple[str, ...]:
    """The table's columns that a CHECK names, all stored ones if its text cannot be read."""
    stored = {c.name.lower(): c for c in table.columns if not c.generated}
    tree = parsed(check)
    if tree is None:
        return tuple(c.name for c in stored.values())
    words = {c.name.lower() for c in tree.find_all(exp.Column)}
    computed = [c for c in table.columns if c.generated and c.name.lower() in words]
    if computed:
        return tuple(c.name for c in stored.values())
    return tuple(c.name for low, c in stored.items() if low in words)


def _question(table: Table, check: str, named: tuple[str, ...], picked: Sequence[Row]) -> str:
    kinds = [table.column(name).type for name in named]
    rows = ", ".join(
        "(" + ", ".join(f"{literal_of(v, kind)}::{kind.text}" for v, kind in zip(row, kinds, strict=True)) + ")"
        for row in picked
    )
    names = ", ".join(map(quoted, named))
    computed = "".join(f", {c.expression} AS {quoted(c.name)}" for c in table.columns if c.generated)
    source = f"(SELECT *{computed} FROM (VALUES {rows}) AS {table.quoted}({names})) AS {table.quoted}"
    return f"SELECT COALESCE(({check}), TRUE) FROM {source}"


def _key(row: Row) -> Row:
    """The values told apart by type as well: 1, 1.0 and TRUE are equal in Python."""
    return tuple((type(v), repr(v) if isinstance(v, (list, dict, float)) else v) for v in row)
