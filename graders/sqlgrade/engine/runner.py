"""Runs queries on many fillings of a schema, one database schema each, in this process."""

from __future__ import annotations

import re
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlgrade.engine.foreseeing import Foreseeing
from sqlgrade.engine.holding import Holding
from sqlgrade.engine.reading import DEFAULT_CAP, ReadingConnection
from sqlgrade.engine.statements import Writing, insertions, turn_statement
from sqlgrade.tables.model import SchemaModel
from sqlgrade.tables.result import Database, Result, Row, RunError
from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import duckdb

    from sqlgrade.tables.values import Given

_MOST_KEPT = 400
"""Results kept for one database."""
_CHANCE = re.compile("random|uuid|sample", re.IGNORECASE)
_NO_TABLES = SchemaModel("", ())


class Runner:
    """Holds databases (see Holding) and runs queries on them.

    With a file it serves that file read-only under the name "main", and load is not available. A plain one is an engine
    as anybody starts it, with every optimizer and every declared constraint; databases are lent to it, never loaded.
    """

    def __init__(
        self,
        schema: SchemaModel | None = None,
        *,
        file: Path | None = None,
        seconds: float = 2.0,
        memory_mb: int = 256,
        now: dt.datetime | None = None,
        timezone: str = "UTC",
        plain: bool = False,
    ) -> None:
        self._loads, self._plain = schema is not None, plain
        self._schema = schema or _NO_TABLES
        simply = file is None and not plain
        self._connection = ReadingConnection(file, memory_mb=memory_mb, timezone=timezone, now=now, simply=simply)
        self._holding = Holding(self._connection, self._schema)
        self._foreseeing = Foreseeing(self._connection, self._holding)
        self.seconds = seconds
        if plain:
            self._declare()
        else:
            self._lay_tables()

    @property
    def runs(self) -> int:
        """Queries run so far."""
        return self._connection.runs

    @property
    def lends(self) -> bool:
        """False if views or macros have to be made for each database, which lend does not do."""
        return self._plain or (self._loads and not self._schema.prelude)

    def load(self, database: Database, seed: int | None = None) -> str:
        """Takes a database in, its rows shuffled if a seed is given, and returns its name for run.

        The same object under the same seed is held once; each load wants its own drop.
        """
        if not self._loads:
            raise ValueError("a runner without a schema holds one file and loads nothing")
        return self._holding.take(database, seed).name

    def drop(self, name: str) -> None:
        """Gives a loaded database back; it is forgotten once nobody holds it."""
        if self._holding.give_back(name):
            self._foreseeing.drop(name)

    @contextmanager
    def loaded(self, database: Database, seed: int | None = None) -> Iterator[str]:
        """Holds a database for a while: load, and drop at the end."""
        name = self.load(database, seed)
        try:
            yield name
        finally:
            self.drop(name)

    def run(self, sql: str, name: str, *, seconds: float | None = None, cap: int = DEFAULT_CAP) -> Result | RunError:
        """Runs one query on a loaded database in a read-only transaction; the database is never changed."""
        self.ready(sql, name)
        if _CHANCE.search(sql):
            self._seed(name)
        return self._connection.run(sql, seconds or self.seconds, cap)

    def ask(self, sql: str, given: Given, *, cap: int = DEFAULT_CAP) -> Result | RunError:
        """Runs a query of our own that reads no table but its parameters."""
        self.ready(sql, "main")
        return self._connection.run(sql, self.seconds, cap, given)

    def foresee(self, sql: str, names: Sequence[str], order: str | None = None) -> dict[str, Result]:
        """The results of one query on many loaded databases, from a single run.

        They are what run gives, but for the order of rows, which is only the one that is asked for. So it is for queries
        that see no order of rows; what looks wrong is to be run by itself.

        Args:
            sql: A query that runs by itself.
            names: Databases from load; the same ones together again cost less.
            order: An ORDER BY over the query's columns, as the query itself sorts; empty for rows as they come, None where
                their order is nothing to anybody.

        Returns:
            A result for each name; nothing where the query cannot be run so, or fails on one of them.
        """
        if not self.lends or _CHANCE.search(sql) or not names:
            return {}
        return self._foreseeing.results(sql, names, order, self.seconds)

    def foresee_solution(self, sql: str, names: Sequence[str], order: str | None) -> bool:
        """As foresee, for a solution: recall gives these results from now on; False where there are none."""
        found = self.foresee(sql, names, order)
        for name, result in found.items():
            self._holding[name].results[sql, ()] = result
        return bool(found)

    def recall(self, sql: str, name: str) -> Result | RunError:
        """As run, for a solution: its result on a database, or on what is left of it, is kept for the next answer."""
        held = self._holding.get(name)
        if held is None:
            return self.run(sql, name)
        key = sql, self._connection.changes
        if key not in held.results:
            found = self.run(sql, name)
            if isinstance(found, RunError):
                return found
            if len(held.results) >= _MOST_KEPT:
                held.results.clear()
            held.results[key] = found
        return held.results[key]

    def forget(self, name: str) -> None:
        """Drops what recall has kept for a database."""
        self._holding[name].results.clear()

    def ready(self, sql: str, name: str) -> None:
        """Makes the tables that a query mentions, and the database the one that names are looked up in; run does so."""
        self._holding.ready(sql, name)

    def lend(self, database: Database, queries: Sequence[str], seed: int | None = None) -> str:
        """Puts a database up for a few queries, until restore, and returns the name to run them on.

        What is held anyway is used; else its rows are put into the empty tables of "main" and taken back, which costs
        less than tables of its own. Only for queries that have run in read-only transactions before, as for prune.

        Raises:
            duckdb.Error: a plain engine does not take the rows.
        """
        held = self._holding.same(database, seed)
        if held is not None:
            return held.name
        self._connection.end()
        self._connection.use("main")
        rows = (database if seed is None else database.shuffled(seed)).tables
        wanted = dict.fromkeys(t for sql in queries for t in self._holding.mentioned(sql))
        if self._plain:
            wanted = dict.fromkeys(self._schema.varied)
        turned = [] if seed is None else self._holding.fixed_in(" ".join(queries))
        writings = [Writing(turn_statement("main", table)) for table in turned]
        writings += [each for table in wanted for each in insertions("main", table, rows.get(table.name, ()))]
        self._connection.change(writings)
        return "main"

    def prune(self, name: str, queries: Sequence[str], gone: Mapping[str, Sequence[int]]) -> None:
        """Takes rows, by their numbers, out of a database for the queries that are run until restore.

        Only for queries that have run in read-only transactions before: what follows runs in one that is rolled back.
        """
        for sql in queries:
            self.ready(sql, name)
        owner = {**dict.fromkeys(self._schema.fixed, "main"), **dict.fromkeys(self._holding[name].present, name)}
        self._connection.change(
            Writing(f"DELETE FROM {owner[table]}.{quoted(table)} WHERE rowid IN ({', '.join(map(str, numbers))})")
            for table, numbers in gone.items()
            if numbers and table in owner
        )

    def restore(self) -> None:
        """Puts back the rows that prune took out, and takes back what was lent."""
        self._connection.restore()

    def fetch(self, sql: str, name: str, given: Given = ()) -> list[Row]:
        """All rows of a trusted query; errors are DuckDB's own."""
        self.ready(sql, name)
        return self._connection.fetch(sql, given)

    def build(self, schema: str, statements: Sequence[str]) -> None:
        """Runs statements of our own in a schema beside the databases held, which is made where it is missing."""
        self._connection.write(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        self._connection.use(schema)
        for sql in statements:
            self._connection.write(sql)

    def statements(self, sql: str) -> list[duckdb.Statement]:
        """The text's statements as DuckDB's parser sees them."""
        return self._connection.statements(sql, self.seconds)

    def tree(self, sql: str) -> dict[str, Any]:
        """DuckDB's own parse tree of a SELECT."""
        return self._connection.tree(sql, self.seconds)

    def close(self) -> None:
        """Ends the connection and its watchdog."""
        self._connection.close()

    def _declare(self) -> None:
        """The schema as its DDL declares it, without the rows that the DDL put in, but for those of fixed tables."""
        self._connection.write(self._schema.ddl)
        if "INSERT" in self._schema.ddl.upper():
            for table in reversed(self._schema.varied):  # children first
                self._connection.write(f"DELETE FROM {table.quoted}")

    def _lay_tables(self) -> None:
        """The tables without their constraints, empty but for the fixed ones."""
        schema = self._schema
        for statement in (*schema.types, *(t.create_statement("main") for t in schema.tables)):
            self._connection.write(statement)
        for name, fixed in schema.fixed.items():
            self._connection.write_whole(insertions("main", schema.table(name), fixed))

    def _seed(self, name: str) -> None:
        """Lets chance give the same on the same rows, whatever ran before, and something else on other rows."""
        held = self._holding.get(name)
        rows = repr(held.database.tables) if held else f"{name}{self._connection.changes}"
        self._connection.seed(zlib.crc32(rows.encode()) / 2**32)
