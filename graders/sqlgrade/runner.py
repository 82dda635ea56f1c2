"""One DuckDB connection that holds many fillings of a schema, one database schema each, and runs queries on them."""

from __future__ import annotations

import functools
import itertools
import json
import re
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import duckdb

from sqlgrade import far_dates
from sqlgrade import result as kinds
from sqlgrade.engine import Watchdog, open_sealed
from sqlgrade.result import Database, Result, Row, RunError, cut_message
from sqlgrade.together import lateral_query, numbers_statement, rows_by_database, table_statement
from sqlgrade.values import literal_of, quoted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlgrade.schema import SchemaModel, Table

GRACE: float | None = None
"""Set in a worker process: seconds after which a query that ignores its interrupt ends the process."""

_MOST_PARSED = 256
_MOST_KEPT = 400
"""Results kept for one database."""
_CHANCE = re.compile("random|uuid|sample", re.IGNORECASE)

DEFAULT_CAP = 20_000
"""Rows after which a result is given up as too large."""

_KINDS: tuple[tuple[type[duckdb.Error], str], ...] = (
    (duckdb.ParserException, kinds.SYNTAX),
    (duckdb.SyntaxException, kinds.SYNTAX),
    (duckdb.InterruptException, kinds.TIMEOUT),
    (duckdb.OutOfMemoryException, kinds.MEMORY),
    (duckdb.BinderException, kinds.BIND),
    (duckdb.CatalogException, kinds.BIND),
    (duckdb.PermissionException, kinds.NOT_ALLOWED),
    (duckdb.TransactionException, kinds.NOT_ALLOWED),
)


class _Held:
    """A database that is known by name: its rows, the tables that are in the engine by now, results worth keeping."""

    def __init__(self, name: str, source: Database, seed: int | None) -> None:
        self.name, self.source, self.seed = name, source, seed
        self.database = source if seed is None else source.shuffled(seed)
        self.holders = 0
        self.present: set[str] = set()
        self.results: dict[tuple[str, str], Result] = {}


@dataclass
class _Group:
    """Databases whose rows stand in one set of tables, and which tables those are by now."""

    schema: str
    databases: tuple[Database, ...]
    present: set[str] = field(default_factory=set)


class Runner:
    """Holds databases and runs queries on them, in this process.

    A table of a database is made in the engine when a query first mentions it; names that a database's own schema
    lacks are looked up in "main", where every table stands empty. Queries share one read-only transaction until
    something has to be written.

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
        self._schema, self._plain = schema, plain
        self._connection = open_sealed(file, memory_mb=memory_mb, timezone=timezone, now=now, simply=not plain)
        self._watchdog = Watchdog(self._connection)
        self._watchdog.grace = GRACE
        self._numbers = itertools.count()
        self._current = "main"
        self._held: dict[str, _Held] = {}
        self._same: dict[tuple[int, int | None], _Held] = {}
        self._groups: dict[tuple[str, ...], _Group] = {}
        self._reading = False
        self._pruning = ""
        self._parsed = functools.lru_cache(maxsize=_MOST_PARSED)(self._connection.extract_statements)
        self._mentioned = functools.lru_cache(maxsize=_MOST_PARSED)(self._tables_in)
        self.seconds = seconds
        self.runs = 0
        if schema is not None and plain:
            self._connection.execute(schema.ddl)
            self._empty(schema)
        elif schema is not None:
            for statement in (*schema.types, *(t.create_statement("main") for t in schema.tables)):
                self._connection.execute(statement)

    @property
    def lends(self) -> bool:
        """False if views or macros have to be made for each database, which lend does not do."""
        return self._plain or (self._schema is not None and not self._schema.prelude)

    def load(self, database: Database, seed: int | None = None) -> str:
        """Takes a database in, its rows shuffled if a seed is given, and returns its name for run.

        The same object under the same seed is held once; each load wants its own drop.
        """
        if self._schema is None:
            raise ValueError("a runner without a schema holds one file and loads nothing")
        held = self._same.get((id(database), seed))
        if held is None:
            held = _Held(f"d{next(self._numbers)}", database, seed)
            self._held[held.name] = self._same[id(database), seed] = held
            if self._schema.prelude:
                self._make(held.name, self._schema.tables)
                self._add_prelude(held.name)
        held.holders += 1
        return held.name

    def drop(self, name: str) -> None:
        """Gives a loaded database back; it is forgotten once nobody holds it."""
        held = self._held[name]
        held.holders -= 1
        if held.holders:
            return
        del self._held[name], self._same[id(held.source), held.seed]
        for names in [names for names in self._groups if name in names]:
            self._drop_schema(self._groups.pop(names).schema)
        if held.present or (self._schema is not None and self._schema.prelude):
            self._drop_schema(name)

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
        return self._run_here(sql, seconds or self.seconds, cap)

    def _run_here(self, sql: str, seconds: float, cap: int) -> Result | RunError:
        """Runs a query where names are looked up now."""
        self.runs += 1
        with self._watchdog.over(seconds):
            try:
                self._start_reading()
                outcome = self._fetched(sql, cap)
            except duckdb.Error as error:
                outcome = as_run_error(error, sql, timed_out=self._watchdog.fired)
            except (ValueError, OverflowError) as error:
                outcome = RunError(kinds.RUNTIME, cut_message(str(error)))
            except MemoryError:
                outcome = RunError(kinds.MEMORY, "out of memory")
        if isinstance(outcome, RunError):
            self._stop_reading()
            self._start_pruned()
        return outcome

    def foresee(self, sql: str, names: Sequence[str], order: str = "") -> dict[str, Result]:
        """The results of one query on many loaded databases, from a single run.

        They are what run gives, but for the order of rows, which is only the one that is asked for. So it is for queries
        that see no order of rows; what looks wrong is to be run by itself.

        Args:
            sql: A query that runs by itself.
            names: Databases from load; the same ones together again cost less.
            order: An ORDER BY over the query's columns, as the query itself sorts; nothing if it does not.

        Returns:
            A result for each name; nothing where the query cannot be run so, or fails on one of them.
        """
        if not self.lends or _CHANCE.search(sql) or not names:
            return {}
        names = sorted(names)
        group, tables = self._together(tuple(names)), self._mentioned(sql)
        missing = [table for table in tables if table.name not in group.present]
        self._use("main")
        if missing:
            self._stop_reading()
            self._connection.execute("".join(table_statement(group.schema, t, group.databases) for t in missing))
            group.present.update(table.name for table in missing)
        found = self._run_here(lateral_query(sql, group.schema, tables, order), self.seconds, DEFAULT_CAP)
        if isinstance(found, RunError):
            return {}
        rows = rows_by_database(found.rows, len(names))
        columns, types = found.columns[1:-1], found.types[1:-1]
        return {name: Result(columns, types, own) for name, own in zip(names, rows, strict=True)}

    def foresee_solution(self, sql: str, names: Sequence[str], order: str) -> bool:
        """As foresee, for a solution: recall gives these results from now on; False where there are none."""
        found = self.foresee(sql, names, order)
        for name, result in found.items():
            self._held[name].results[sql, ""] = result
        return bool(found)

    def _together(self, names: tuple[str, ...]) -> _Group:
        if names not in self._groups:
            databases = tuple(self._held[name].database for name in names)
            group = self._groups[names] = _Group(f"g{next(self._numbers)}", databases)
            self._stop_reading()
            self._connection.execute(numbers_statement(group.schema, len(names)))
        return self._groups[names]

    def recall(self, sql: str, name: str) -> Result | RunError:
        """As run, for a solution: its result on a database, or on what is left of it, is kept for the next answer."""
        if name not in self._held:
            return self.run(sql, name)
        kept = self._held[name].results
        key = sql, self._pruning
        if key not in kept:
            found = self.run(sql, name)
            if isinstance(found, RunError):
                return found
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            kept[key] = found
        return kept[key]

    def forget(self, name: str) -> None:
        """Drops what recall has kept for a database."""
        self._held[name].results.clear()

    def ready(self, sql: str, name: str) -> None:
        """Makes the tables that a query mentions, and the database the one that names are looked up in; run does so."""
        held = self._held.get(name)
        if held is None:
            self._use(name)
            return
        missing = [t for t in self._mentioned(sql) if t.name not in held.present and held.database.tables.get(t.name)]
        if missing:
            self._make(name, missing)
        self._use(name if held.present else "main")

    def lend(self, database: Database, queries: Sequence[str], seed: int | None = None) -> str:
        """Puts a database up for a few queries, until restore, and returns the name to run them on.

        What is held anyway is used; else its rows are put into the empty tables of "main" and taken back, which costs
        less than tables of its own. Only for queries that have run in read-only transactions before, as for prune.

        Raises:
            duckdb.Error: a plain engine does not take the rows.
        """
        held = self._same.get((id(database), seed))
        if held is not None:
            return held.name
        self._stop_reading()
        self._use("main")
        rows = (database if seed is None else database.shuffled(seed)).tables
        wanted = dict.fromkeys(t for sql in queries for t in self._mentioned(sql))
        if self._plain and self._schema is not None:
            wanted = dict.fromkeys(self._schema.tables)
        self._pruning = "BEGIN;" + "".join(_insert("main", t, rows.get(t.name, ())) for t in wanted)
        self._start_pruned()
        return "main"

    def prune(self, name: str, queries: Sequence[str], gone: Mapping[str, Sequence[int]]) -> None:
        """Takes rows, by their numbers, out of a database for the queries that are run until restore.

        Only for queries that have run in read-only transactions before: what follows runs in one that is rolled back.
        """
        for sql in queries:
            self.ready(sql, name)
        self._stop_reading()
        present = self._held[name].present
        deletions = [
            f"DELETE FROM {quoted(table)} WHERE rowid IN ({', '.join(map(str, numbers))})"
            for table, numbers in gone.items()
            if numbers and table in present
        ]
        self._pruning = "; ".join(("BEGIN", *deletions))
        self._start_pruned()

    def restore(self) -> None:
        """Puts back the rows that prune took out."""
        self._pruning = ""
        self._stop_reading()

    def fetch(self, sql: str, name: str) -> list[Row]:
        """All rows of a trusted query; errors are DuckDB's own."""
        self.ready(sql, name)
        self._stop_reading()
        return self._connection.execute(sql).fetchall()

    def statements(self, sql: str) -> list[duckdb.Statement]:
        """The text's statements as DuckDB's parser sees them."""
        with self._watchdog.over(self.seconds):
            return self._connection.extract_statements(sql)

    def tree(self, sql: str) -> dict[str, Any]:
        """DuckDB's own parse tree of a SELECT."""
        with self._watchdog.over(self.seconds):
            self._stop_reading()
            rows = self._connection.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()
        tree: dict[str, Any] = json.loads(rows[0][0])
        return tree

    def close(self) -> None:
        """Ends the connection and its watchdog."""
        self._watchdog.close()
        self._connection.close()

    def _tables_in(self, sql: str) -> tuple[Table, ...]:
        """The tables that a text can mean: those whose names stand anywhere in it."""
        text = sql.casefold()
        return tuple(t for t in self._schema.tables if t.name.casefold() in text) if self._schema else ()

    def _empty(self, schema: SchemaModel) -> None:
        """Takes out the rows that the DDL itself may have put in, children first."""
        if "INSERT" in schema.ddl.upper():
            for table in reversed(schema.tables):
                self._connection.execute(f"DELETE FROM {table.quoted}")

    def _make(self, name: str, tables: Sequence[Table]) -> None:
        held = self._held[name]
        statements = ["BEGIN;", f"CREATE SCHEMA IF NOT EXISTS {name};"]
        for table in tables:
            rows = held.database.tables.get(table.name, ())
            if rows:
                statements += (table.create_statement(name), _insert(name, table, rows))
        self._stop_reading()
        try:
            self._connection.execute("".join(statements) + "COMMIT;")
        except duckdb.Error:
            self._connection.execute("ROLLBACK")
            raise
        held.present.update(t.name for t in tables)

    def _fetched(self, sql: str, cap: int) -> Result | RunError:
        statements = self._parsed(sql)
        plain = len(statements) == 1 and statements[0].type == duckdb.StatementType.SELECT
        cursor = self._connection.execute(statements[0] if plain else sql)
        described = cursor.description or []
        rows = cursor.fetchmany(cap + 1)
        if len(rows) > cap:
            return RunError(kinds.TOO_LARGE, f"more than {cap} rows", subtype=str(cap))
        types = tuple(str(d[1]) for d in described)
        return Result(tuple(d[0] for d in described), types, self._with_far_dates(sql, types, rows))

    def _with_far_dates(self, sql: str, types: Sequence[str], rows: list[Row]) -> tuple[Row, ...]:
        """The rows with a text for each date that Python has none for; for infinities the query is run once more."""
        places = far_dates.date_places(types)
        if not places or not rows:
            return tuple(rows)
        known: Sequence[Row] = rows
        if far_dates.may_be_infinite(rows, places):
            asked = far_dates.infinities_query(sql, len(types), places)
            known = far_dates.with_infinities(rows, self._connection.execute(asked).fetchall(), places)
        return far_dates.marked(known, places)

    def _drop_schema(self, name: str) -> None:
        self._use("main")
        self._stop_reading()
        self._connection.execute(f"DROP SCHEMA {name} CASCADE")

    def _seed(self, name: str) -> None:
        """Lets chance give the same on the same rows, whatever ran before, and something else on other rows."""
        self._start_reading()
        held = self._held.get(name)
        rows = repr(held.database.tables) if held else name + self._pruning
        seed = zlib.crc32(rows.encode()) / 2**32
        self._connection.execute(f"SELECT setseed({seed})").fetchall()

    def _start_pruned(self) -> None:
        """Begins the transaction without the pruned rows, again if an error has ended it; nothing if none are pruned."""
        if self._pruning:
            self._do(self._pruning)
            self._reading = True

    def _start_reading(self) -> None:
        if not self._reading:
            self._do("BEGIN TRANSACTION READ ONLY")
            self._reading = True

    def _stop_reading(self) -> None:
        if not self._reading:
            return
        self._reading = False
        try:
            self._do("ROLLBACK")
        except duckdb.Error:
            self._current = ""

    def _do(self, sql: str) -> None:
        """Runs statements of our own, parsed once for all the times that they recur."""
        for statement in self._parsed(sql):
            self._connection.execute(statement)

    def _use(self, name: str) -> None:
        if name == self._current:
            return
        try:
            self._do(f"USE {name}")
        except duckdb.TransactionException:
            self._stop_reading()
            self._do(f"USE {name}")
        self._current = name

    def _add_prelude(self, name: str) -> None:
        if self._schema is None or not self._schema.prelude:
            return
        self._stop_reading()
        self._use(name)
        for statement in self._schema.prelude:
            self._connection.execute(statement)


def _insert(schema: str, table: Table, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    values = ["(" + ", ".join(literal_of(row[place], c.type) for place, c in table.stored) + ")" for row in rows]
    start = f"INSERT INTO {schema}.{table.quoted} ({', '.join(quoted(c.name) for _, c in table.stored)}) VALUES "
    if any(table.refers_back(link) for link in table.foreign_keys):
        return "".join(f"{start}{each};" for each in values)
    return f"{start}{', '.join(values)};"


def as_run_error(error: duckdb.Error, sql: str, *, timed_out: bool = False) -> RunError:
    """A DuckDB exception as a value, with its place in the text as a character offset."""
    kind = next((kind for cause, kind in _KINDS if isinstance(error, cause)), kinds.RUNTIME)
    if timed_out:
        kind = kinds.TIMEOUT
    text = str(error)
    start = text.find("{")
    try:
        facts: dict[str, str] = json.loads(text[start:]) if start >= 0 else {}
    except ValueError:
        facts = {}
    head = text[:start].strip() if facts else ""
    return RunError(
        kind,
        cut_message(f"{head} {facts['exception_message']}".strip() if facts else text),
        _characters(sql, facts.get("position")),
        facts.get("error_subtype", ""),
        facts.get("name", ""),
        tuple(c.strip() for c in facts.get("candidates", "").split(",") if c.strip()),
    )


def _characters(sql: str, position: str | None) -> int | None:
    """DuckDB counts bytes; readers count characters."""
    if position is None or not position.isdigit():
        return None
    return len(sql.encode()[: int(position)].decode(errors="ignore"))
