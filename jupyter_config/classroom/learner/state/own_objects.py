"""The learner's own views and small tables (`my.`): kept in one file beside the progress, made anew in whatever session asks.

A table is a copy of rows at a moment, so its rows are kept; a view is a question, so its text is. The practice data are
opened read-only as ever: what a learner makes lies in a database of its own, in memory.
"""

from __future__ import annotations

import io
import itertools
import json
import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa

from classroom.session.result import reading_only
from classroom.sqlite_file import bring_up_to_date, connected
from coursebook.own_schema import SCHEMA
from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import duckdb

    from classroom.session.connection import Session
    from coursebook.own_schema import Dropping, Making

    _Copied = tuple[Sequence[Sequence[str]], bytes | None, int | None]

FILE = "my.sqlite"
"""In the learner's hidden folder."""
MOST_OBJECTS = 30
MOST_VALUES = 1_000_000
"""Rows times columns of one table: a year of days by areas takes a hundredth of it."""
MOST_BYTES = 8_000_000
"""Of one table as it is kept, so that all of them together stay below a quarter of a gigabyte."""
MOST_READ = 64
"""Queries inside one another that a view stands for: views of views of views double what has to be planned, each time."""
_BUSY_SECONDS = 3.0
_NAMED = re.compile(r'\bmy\s*\.\s*("[^"]+"|\w+)', re.IGNORECASE)
_BATCH = 50_000
_AS_TEXT = frozenset({"BIT", "UHUGEINT", "BIGNUM"})
"""Types whose values Arrow changes on their way: kept as the engine writes them."""
_MIGRATIONS = (
    """
    CREATE TABLE objects (
        name TEXT PRIMARY KEY, kind TEXT NOT NULL, query TEXT NOT NULL, columns TEXT NOT NULL, rows BLOB, row_count INTEGER,
        made_at TEXT NOT NULL, number INTEGER NOT NULL
    );
    """,
)
_log = logging.getLogger(__name__)


class OwnFault(Exception):  # noqa: N818  (told to the learner)
    """A view or table that can't be made or dropped; `code` names the sentence, `params` its figures."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class OwnObject:
    """One view or table of the learner's."""

    name: str
    kind: str
    """`view` or `table`."""
    query: str
    """The SELECT that it was made of."""
    row_count: int | None
    """Rows of a table; None for a view, which has as many as its query gives."""
    made_at: datetime
    number: int
    """Counts up with everything that is made; two of a name and number are the same."""


class OwnObjects:
    """Reads and writes one learner's file of views and tables.

    Args:
        path: The file, made with the first view or table.

    A session is told by its `held`: name -> number of what it has.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def listed(self) -> tuple[OwnObject, ...]:
        """All of them, in the order in which they were made; none where there is no file yet."""
        if not self.path.exists():
            return ()
        with connected(self.path, _BUSY_SECONDS) as connection:
            bring_up_to_date(connection, _MIGRATIONS)
            rows = connection.execute(
                "SELECT name, kind, query, row_count, made_at, number FROM objects ORDER BY number"
            ).fetchall()
        return tuple(
            OwnObject(name, kind, query, count, datetime.fromisoformat(made), number)
            for name, kind, query, count, made, number in rows
        )

    def bring(self, session: Session) -> None:
        """Let a session have what is kept, no more and no less; another window may have made or dropped something."""
        kept = {each.name: each for each in self.listed()}
        for name in [each for each, number in session.held.items() if each not in kept or kept[each].number != number]:
            _forget(session, name)
        waiting = [each for each in kept.values() if each.name not in session.held]
        with session.watch.over(session.limits.seconds):
            for _ in range(2):  # a view may rest on one that was replaced after it
                waiting = [each for each in waiting if not self._put(session, each)]
        for each in waiting:
            _log.warning("my.%s can't be made again", each.name)

    def make(self, session: Session, made: Making) -> OwnObject | None:
        """Make a view or table and keep it; None where one of that name stays, as IF NOT EXISTS asks.

        Raises:
            OwnFault: its name, its size or the number of them forbids it.
            duckdb.Error: its query does not run.
        """
        known = {each.name: each for each in self.listed()}
        if not made.has_fit_name:
            raise OwnFault("name", name=made.name)
        if made.name in known and made.only_if_new:
            return None
        if made.name in known and not made.replaces:
            raise OwnFault("exists", name=made.name, kind=made.kind)
        if made.name not in known and len(known) >= MOST_OBJECTS:
            raise OwnFault("too_many", most=MOST_OBJECTS)
        if made.kind == "view" and _weight(made.query, known) > MOST_READ:
            raise OwnFault("too_wide", most=MOST_READ)
        copied = _copied(session.connection, made) if made.kind == "table" else _asked(session.connection, made)
        return self._keep(session, made, copied, known)

    def take_in(
        self, made: Making, columns: Sequence[str], types: Sequence[str], rows: Sequence[Sequence[object]]
    ) -> None:
        """Keep rows that came from a file as a table; sessions have it when they next ask for their own.

        Raises:
            OwnFault: its name, its size or the number of them forbids it.
        """
        if not made.has_fit_name:
            raise OwnFault("name", name=made.name)
        if len(self.listed()) >= MOST_OBJECTS:
            raise OwnFault("too_many", most=MOST_OBJECTS)
        kinds = {"BIGINT": pa.int64(), "DOUBLE": pa.float64(), "DATE": pa.date32(), "TIMESTAMP": pa.timestamp("us")}
        values = [
            pa.array(each, kinds.get(kind, pa.string()))
            for each, kind in zip(zip(*rows, strict=False), types, strict=True)
        ]
        table, kept = pa.table(dict(zip(columns, values, strict=True))), io.BytesIO()
        with pa.ipc.new_stream(kept, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
            stream.write_table(table, _BATCH)
        if kept.tell() > MOST_BYTES:
            raise OwnFault("too_heavy", most=MOST_BYTES // 1_000_000)
        told = list(zip(columns, types, strict=True))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with connected(self.path, _BUSY_SECONDS) as connection:
            bring_up_to_date(connection, _MIGRATIONS)
            connection.execute(
                "INSERT INTO objects SELECT ?, ?, ?, ?, ?, ?, ?, COALESCE(MAX(number), 0) + 1 FROM objects",
                (
                    *(made.name, made.kind, made.query, json.dumps(told), kept.getvalue(), len(rows)),
                    datetime.now(UTC).isoformat(),
                ),
            )

    def drop(self, session: Session, dropped: Dropping) -> bool:
        """Drop one of them for good; False where there is none, as IF EXISTS allows.

        Raises:
            OwnFault: there is none of that name, or it is of the other kind.
        """
        known = {each.name: each for each in self.listed()}
        if dropped.name not in known:
            if dropped.only_if_there:
                return False
            raise OwnFault("unknown", name=dropped.name, kind=dropped.kind)
        if known[dropped.name].kind != dropped.kind:
            raise OwnFault(f"other_kind_{known[dropped.name].kind}", name=dropped.name)
        with connected(self.path, _BUSY_SECONDS) as connection:
            connection.execute("DELETE FROM objects WHERE name = ?", (dropped.name,))
        _forget(session, dropped.name)
        return True

    def _keep(self, session: Session, made: Making, copied: _Copied, known: Mapping[str, OwnObject]) -> OwnObject:
        """Write it down and let the session have it: both, or neither."""
        import duckdb

        now = datetime.now(UTC)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with connected(self.path, _BUSY_SECONDS) as connection:
            bring_up_to_date(connection, _MIGRATIONS)
            number = int(connection.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM objects").fetchone()[0])
            columns, rows, count = copied
            connection.execute(
                "INSERT OR REPLACE INTO objects VALUES (?,?,?,?,?,?,?,?)",
                (made.name, made.kind, made.query, json.dumps(columns), rows, count, now.isoformat(), number),
            )
            _forget(session, made.name)
            try:
                if made.kind == "view":
                    session.connection.execute(_create_view(made.name, made.query))
                else:
                    _load(session.connection, made.name, columns, rows or b"")
            except duckdb.Error as fault:
                if made.kind == "view" and made.name in _reached(made.query, known):
                    raise OwnFault("itself", name=made.name) from fault
                raise
        session.held[made.name] = number
        session.forget_schema()
        return OwnObject(made.name, made.kind, made.query, count, now, number)

    def _put(self, session: Session, each: OwnObject) -> bool:
        """Make one of them in a session; False if it can't be made, now or ever."""
        import duckdb

        try:
            if each.kind == "view":
                session.connection.execute(_create_view(each.name, each.query))
            else:
                _load(session.connection, each.name, *self._kept_rows(each.name))
        except (duckdb.Error, pa.ArrowException, ValueError, TypeError) as fault:
            _log.info("my.%s: %s", each.name, fault)
            return False
        session.held[each.name] = each.number
        session.forget_schema()
        return True

    def _kept_rows(self, name: str) -> tuple[Sequence[Sequence[str]], bytes]:
        """Columns with their types, and rows as an Arrow stream."""
        with connected(self.path, _BUSY_SECONDS) as kept:
            columns, rows = kept.execute("SELECT columns, rows FROM objects WHERE name = ?", (name,)).fetchone()
        return json.loads(columns), rows


def _create_view(name: str, query: str) -> str:
    return f"CREATE VIEW {SCHEMA}.{name} AS {query}"


def _load(connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[Sequence[str]], rows: bytes) -> None:
    """Make a table of rows that are kept."""
    told = ", ".join(f"CAST({quoted(column)} AS {kind}) AS {quoted(column)}" for column, kind in columns)
    connection.register("_kept", pa.ipc.open_stream(io.BytesIO(rows)).read_all())
    try:
        connection.execute(f"CREATE TABLE {SCHEMA}.{name} AS SELECT {told} FROM _kept")
    finally:
        connection.unregister("_kept")


def _asked(connection: duckdb.DuckDBPyConnection, made: Making) -> _Copied:
    """Nothing of a view but that its query can be asked, and only reads."""
    with reading_only(connection):
        connection.sql(made.query)
    return [], None, None


def _copied(connection: duckdb.DuckDBPyConnection, made: Making) -> _Copied:
    """What a query gives now: columns with their types, rows as an Arrow stream, and how many; no more than is kept is read."""
    kept, count = io.BytesIO(), 0
    with reading_only(connection):
        relation = connection.sql(made.query)
        names = _told_apart(relation.columns)
        columns = [(name, str(kind)) for name, kind in zip(names, relation.types, strict=True)]
        if any(kind in _AS_TEXT for _, kind in columns):
            places = enumerate((kind for _, kind in columns), 1)
            relation = relation.project(
                ", ".join(f"CAST(#{at} AS VARCHAR)" if kind in _AS_TEXT else f"#{at}" for at, kind in places)
            )
        most = MOST_VALUES // max(len(columns), 1)
        reader = relation.to_arrow_reader(_BATCH)
        try:
            schema = pa.schema([each.with_name(name) for each, name in zip(reader.schema, names, strict=True)])
            with pa.ipc.new_stream(kept, schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
                for batch in reader:
                    count += batch.num_rows
                    if count > most:
                        raise OwnFault("too_large", columns=len(columns), most=most)
                    stream.write_batch(pa.record_batch(batch.columns, schema=schema))
                    if kept.tell() > MOST_BYTES:
                        raise OwnFault("too_heavy", most=MOST_BYTES // 1_000_000)
        finally:
            reader.close()
    return columns, kept.getvalue(), count


def _told_apart(names: Sequence[str]) -> list[str]:
    """Column names as a table has them: of those that are the same but for case, the later ones get a number, as the engine does."""
    taken: set[str] = set()
    told = []
    for name in names:
        numbers = (f"{name}_{number}" for number in itertools.count(1))
        free = next(each for each in itertools.chain([name], numbers) if each.casefold() not in taken)
        taken.add(free.casefold())
        told.append(free)
    return told


def _mentioned(query: str) -> list[str]:
    """The names after `my.` in a query, each as often as it stands there."""
    return [found[1].strip('"') for found in _NAMED.finditer(query)]


def _reached(query: str, known: Mapping[str, OwnObject]) -> set[str]:
    """What a query may read of the learner's own, through views as well."""
    reached: set[str] = set()
    waiting = _mentioned(query)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            if name in known and known[name].kind == "view":
                waiting += _mentioned(known[name].query)
    return reached


def _weight(query: str, known: Mapping[str, OwnObject]) -> int:
    """How many queries the engine has to plan for this one, each view anew wherever it is named."""
    weights: dict[str, int] = {}

    def weight(text: str, above: frozenset[str]) -> int:
        total = 1
        for name in _mentioned(text):
            if name in known and known[name].kind == "view" and name not in above:
                if name not in weights:
                    weights[name] = weight(known[name].query, above | {name})
                total += weights[name]
        return total

    return weight(query, frozenset())


def _forget(session: Session, name: str) -> None:
    import duckdb

    for kind in ("VIEW", "TABLE"):
        try:
            session.connection.execute(f"DROP {kind} IF EXISTS {SCHEMA}.{name}")
        except duckdb.CatalogException:  # it is of the other kind
            continue
    session.held.pop(name, None)
    session.forget_schema()
