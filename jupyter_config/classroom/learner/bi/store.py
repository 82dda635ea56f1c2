"""The file of the BI room: SQLite, so that two windows and a kernel can write at once and an upgrade finds everything again."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from classroom.learner.bi.records import (
    Alert,
    AlertState,
    Card,
    Dashboard,
    Kept,
    Look,
    Query,
    Ran,
    Run,
    Schedule,
    Version,
    Visual,
)
from classroom.learner.bi.rows import (
    alert_of,
    changed_one,
    choices_text,
    insert,
    now_text,
    of_query,
    only,
    result_of,
    run_of,
    write_run,
)
from classroom.sqlite_file import bring_up_to_date, connected

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

NAME = "bi.sqlite"
BUSY_SECONDS = 10.0
_MOST_LOG = 500
_MOST_VERSIONS = 100
"""Texts of one query that are kept."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE clock (night INTEGER NOT NULL);
    INSERT INTO clock VALUES (0);
    CREATE TABLE queries (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, sql TEXT NOT NULL, description TEXT NOT NULL, owner TEXT NOT NULL,
        schedule TEXT NOT NULL
    );
    CREATE TABLE results (
        query_id INTEGER PRIMARY KEY REFERENCES queries ON DELETE CASCADE, night INTEGER NOT NULL, at TEXT NOT NULL,
        result TEXT NOT NULL
    );
    CREATE TABLE runs (
        query_id INTEGER NOT NULL REFERENCES queries ON DELETE CASCADE, night INTEGER NOT NULL, at TEXT NOT NULL,
        by_itself INTEGER NOT NULL, seconds REAL NOT NULL, row_count INTEGER NOT NULL, problem TEXT NOT NULL
    );
    CREATE TABLE visuals (
        id INTEGER PRIMARY KEY, query_id INTEGER NOT NULL REFERENCES queries ON DELETE CASCADE, name TEXT NOT NULL,
        kind TEXT NOT NULL, options TEXT NOT NULL
    );
    CREATE TABLE dashboards (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE cards (
        dashboard_id INTEGER NOT NULL REFERENCES dashboards ON DELETE CASCADE, position INTEGER NOT NULL,
        visual_id INTEGER NOT NULL REFERENCES visuals ON DELETE CASCADE, is_wide INTEGER NOT NULL
    );
    CREATE TABLE alerts (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, query_id INTEGER NOT NULL REFERENCES queries ON DELETE CASCADE,
        column_name TEXT NOT NULL, operator TEXT NOT NULL, threshold TEXT NOT NULL, each_time INTEGER NOT NULL,
        state TEXT NOT NULL
    );
    CREATE TABLE looks (
        alert_id INTEGER NOT NULL REFERENCES alerts ON DELETE CASCADE, night INTEGER NOT NULL, at TEXT NOT NULL,
        before TEXT NOT NULL, after TEXT NOT NULL, value TEXT NOT NULL, rang INTEGER NOT NULL
    );
    """,
    """
    CREATE TABLE slides (visual_id INTEGER PRIMARY KEY REFERENCES visuals ON DELETE CASCADE, texts TEXT NOT NULL);
    """,
    """
    ALTER TABLE queries ADD COLUMN chosen TEXT NOT NULL DEFAULT '{}';
    ALTER TABLE dashboards ADD COLUMN chosen TEXT NOT NULL DEFAULT '{}';
    CREATE TABLE answers (
        query_id INTEGER NOT NULL REFERENCES queries ON DELETE CASCADE, chosen TEXT NOT NULL, night INTEGER NOT NULL,
        at TEXT NOT NULL, result TEXT NOT NULL, choices TEXT NOT NULL, PRIMARY KEY (query_id, chosen)
    );
    INSERT INTO answers SELECT query_id, '{}', night, at, result, '{}' FROM results;
    DROP TABLE results;
    """,
    """
    ALTER TABLE looks ADD COLUMN condition TEXT NOT NULL DEFAULT '';
    """,
    """
    ALTER TABLE runs ADD COLUMN start INTEGER;
    ALTER TABLE runs ADD COLUMN spot TEXT NOT NULL DEFAULT '';
    CREATE TABLE versions (
        query_id INTEGER NOT NULL REFERENCES queries ON DELETE CASCADE, at TEXT NOT NULL, who TEXT NOT NULL,
        sql TEXT NOT NULL
    );
    INSERT INTO versions SELECT id, '', owner, sql FROM queries;
    """,
    """
    ALTER TABLE queries ADD COLUMN folder TEXT NOT NULL DEFAULT '';
    ALTER TABLE dashboards ADD COLUMN folder TEXT NOT NULL DEFAULT '';
    CREATE TABLE samples (dashboard_id INTEGER PRIMARY KEY REFERENCES dashboards ON DELETE CASCADE);
    """,
    """
    CREATE TABLE sample_queries (
        query_id INTEGER PRIMARY KEY REFERENCES queries ON DELETE CASCADE,
        dashboard_id INTEGER NOT NULL REFERENCES dashboards ON DELETE CASCADE
    );
    INSERT OR IGNORE INTO sample_queries
    SELECT query_id, dashboard_id FROM samples JOIN cards USING (dashboard_id) JOIN visuals ON visuals.id = visual_id;
    DROP TABLE samples;
    """,
)


class BiStore:
    """Reads and writes what one learner keeps in the BI room.

    A connection is opened for each call; what belongs together is kept together or not at all.

    Args:
        path: The file, made if it is not there.

    Raises:
        sqlite3.Error: the file is none of ours, or could not be locked within `BUSY_SECONDS`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._opened() as connection:
            bring_up_to_date(connection, MIGRATIONS)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with connected(self.path, BUSY_SECONDS) as connection:
            connection.execute("PRAGMA foreign_keys = ON")  # what hangs on a query goes with it
            yield connection

    def night(self) -> int:
        """How many nights have gone by in this room."""
        with self._opened() as connection:
            return int(connection.execute("SELECT night FROM clock").fetchone()[0])

    def queries(self) -> tuple[Query, ...]:
        """All queries, by name."""
        return tuple(self._queries("ORDER BY name, id"))

    def query(self, number: int) -> Query:
        """One query; raises KeyError."""
        return only(self._queries("WHERE id = ?", number), number)

    def _queries(self, rest: str, *values: object) -> list[Query]:
        with self._opened() as connection:
            rows = connection.execute(
                f"SELECT id, name, sql, description, owner, schedule, chosen, folder FROM queries {rest}", values
            ).fetchall()
        return [
            Query(number, name, sql, description, owner, Schedule(schedule), json.loads(chosen), folder)
            for number, name, sql, description, owner, schedule, chosen, folder in rows
        ]

    def keep_query(self, query: Query, who: str = "") -> int:
        """Write a query, a new one if its id is 0, and give its id; raises KeyError if it is gone.

        A text that differs from the one before is a version of its own, by whoever has changed it.
        """
        facts = (query.name, query.sql, query.description, query.owner)
        values = (*facts, query.schedule.value, choices_text(query.chosen), query.folder)
        with self._opened() as connection:
            if not query.id:
                made = insert(connection, "queries (name, sql, description, owner, schedule, chosen, folder)", values)
                return _write_version(connection, made, who, query.sql)
            changed = connection.execute(
                "UPDATE queries SET name = ?, sql = ?, description = ?, owner = ?, schedule = ?, chosen = ?, folder = ? "
                "WHERE id = ?",
                (*values, query.id),
            )
            return _write_version(connection, changed_one(changed, query.id), who, query.sql)

    def versions(self, query: int) -> tuple[Version, ...]:
        """The texts that a query has had, latest first."""
        with self._opened() as connection:
            rows = connection.execute(
                f"SELECT rowid, at, who, sql FROM versions WHERE query_id = ? ORDER BY rowid DESC LIMIT {_MOST_VERSIONS}",
                (query,),
            ).fetchall()
        return tuple(Version(*row) for row in rows)

    def keep_run(self, ran: Ran) -> None:
        """Write down that a query ran, what it gave, and what its alerts said of it."""
        with self._opened() as connection:
            write_run(connection, ran)

    def pass_night(self, night: int, done: Iterable[Ran]) -> bool:
        """Move on to a night with all that it brought; False if another window has moved on meanwhile."""
        with self._opened() as connection:
            moved = connection.execute("UPDATE clock SET night = ? WHERE night = ?", (night, night - 1)).rowcount
            if not moved:
                return False
            for ran in done:
                if connection.execute("SELECT 1 FROM queries WHERE id = ?", (ran.run.query,)).fetchone():
                    write_run(connection, ran)
        return True

    def begin_again(self) -> None:
        """Back to the data as they are: results, log and states are gone, what was made stays."""
        with self._opened() as connection:
            connection.execute("UPDATE clock SET night = 0")
            for table in ("answers", "runs", "looks"):
                connection.execute(f"DELETE FROM {table}")
            connection.execute("UPDATE alerts SET state = ?", (AlertState.UNKNOWN.value,))

    def kept(self, query: int, chosen: Mapping[str, str]) -> Kept | None:
        """The latest result of a query with these values for its parameters; None before it has given one."""
        with self._opened() as connection:
            row = connection.execute(
                "SELECT night, at, result, choices FROM answers WHERE query_id = ? AND chosen = ?",
                (query, choices_text(chosen)),
            ).fetchone()
        if row is None:
            return None
        choices = {name: tuple(each) for name, each in json.loads(row[3]).items()}
        return Kept(row[0], row[1], result_of(row[2]), choices)

    def runs(self, query: int | None = None) -> tuple[Run, ...]:
        """The latest runs, of one query or of all, latest first."""
        where, values = of_query(query)
        with self._opened() as connection:
            rows = connection.execute(
                "SELECT query_id, night, at, by_itself, seconds, row_count, problem, start, spot FROM runs "
                f"{where} ORDER BY rowid DESC LIMIT {_MOST_LOG}",
                values,
            ).fetchall()
        return tuple(run_of(*row) for row in rows)

    def visuals(self, query: int | None = None) -> tuple[Visual, ...]:
        """The visualisations, of one query or of all."""
        where, values = of_query(query)
        with self._opened() as connection:
            rows = connection.execute(
                f"SELECT id, query_id, name, kind, options FROM visuals {where} ORDER BY id", values
            ).fetchall()
        return tuple(Visual(row[0], row[1], row[2], row[3], json.loads(row[4])) for row in rows)

    def visual(self, number: int) -> Visual:
        """One visualisation; raises KeyError."""
        return only([each for each in self.visuals() if each.id == number], number)

    def keep_visual(self, visual: Visual) -> int:
        """Write a visualisation, a new one if its id is 0, and give its id; raises KeyError if it is gone."""
        values = (visual.name, visual.kind, json.dumps(dict(visual.options), ensure_ascii=False))
        with self._opened() as connection:
            if not visual.id:
                return insert(connection, "visuals (name, kind, options, query_id)", (*values, visual.query))
            changed = connection.execute(
                "UPDATE visuals SET name = ?, kind = ?, options = ? WHERE id = ?", (*values, visual.id)
            )
            return changed_one(changed, visual.id)

    def slide(self, visual: int) -> Mapping[str, str]:
        """What a visualisation's slide says, by its parts; empty before anything is written."""
        with self._opened() as connection:
            row = connection.execute("SELECT texts FROM slides WHERE visual_id = ?", (visual,)).fetchone()
        texts: Mapping[str, str] = json.loads(row[0]) if row else {}
        return texts

    def keep_slide(self, visual: int, texts: Mapping[str, str]) -> None:
        """Write what a visualisation's slide says; raises KeyError if that is gone."""
        written = json.dumps(dict(texts), ensure_ascii=False)
        with self._opened() as connection:
            if not connection.execute("SELECT 1 FROM visuals WHERE id = ?", (visual,)).fetchone():
                raise KeyError(visual)
            connection.execute("INSERT OR REPLACE INTO slides VALUES (?, ?)", (visual, written))

    def dashboards(self) -> tuple[Dashboard, ...]:
        """All dashboards, by name."""
        with self._opened() as connection:
            named = connection.execute("SELECT id, name, chosen, folder FROM dashboards ORDER BY name, id").fetchall()
            cards = connection.execute(
                "SELECT dashboard_id, visual_id, is_wide FROM cards ORDER BY dashboard_id, position"
            ).fetchall()
        by_board: dict[int, list[Card]] = {}
        for board, visual, is_wide in cards:
            by_board.setdefault(board, []).append(Card(visual, bool(is_wide)))
        return tuple(
            Dashboard(number, name, tuple(by_board.get(number, ())), json.loads(chosen), folder)
            for number, name, chosen, folder in named
        )

    def dashboard(self, number: int) -> Dashboard:
        """One dashboard; raises KeyError."""
        return only([each for each in self.dashboards() if each.id == number], number)

    def keep_dashboard(self, dashboard: Dashboard) -> int:
        """Write a dashboard with its cards, a new one if its id is 0, and give its id; raises KeyError if it is gone."""
        values = (dashboard.name, choices_text(dashboard.chosen), dashboard.folder)
        with self._opened() as connection:
            if not dashboard.id:
                number = insert(connection, "dashboards (name, chosen, folder)", values)
            else:
                changed = connection.execute(
                    "UPDATE dashboards SET name = ?, chosen = ?, folder = ? WHERE id = ?", (*values, dashboard.id)
                )
                number = changed_one(changed, dashboard.id)
            connection.execute("DELETE FROM cards WHERE dashboard_id = ?", (number,))
            connection.executemany(
                "INSERT INTO cards (dashboard_id, position, visual_id, is_wide) VALUES (?, ?, ?, ?)",
                [(number, at, each.visual, each.is_wide) for at, each in enumerate(dashboard.cards)],
            )
        return number

    def mark_sample(self, dashboard: int, queries: Iterable[int]) -> None:
        """Write down that a dashboard came as a sample, to be thrown away with the queries that came with it."""
        with self._opened() as connection:
            connection.executemany("INSERT INTO sample_queries VALUES (?, ?)", ((each, dashboard) for each in queries))

    def samples(self) -> dict[int, int]:
        """The dashboard with which each query came that came with a sample; those that are still there."""
        with self._opened() as connection:
            return dict(connection.execute("SELECT query_id, dashboard_id FROM sample_queries").fetchall())

    def alerts(self, query: int | None = None) -> tuple[Alert, ...]:
        """The alerts, on one query or all, by name."""
        where, values = of_query(query)
        with self._opened() as connection:
            rows = connection.execute(
                "SELECT id, name, query_id, column_name, operator, threshold, each_time, state FROM alerts "
                f"{where} ORDER BY name, id",
                values,
            ).fetchall()
        return tuple(alert_of(*row) for row in rows)

    def alert(self, number: int) -> Alert:
        """One alert; raises KeyError."""
        return only([each for each in self.alerts() if each.id == number], number)

    def keep_alert(self, alert: Alert) -> int:
        """Write an alert, a new one if its id is 0, and give its id; its state begins anew. Raises KeyError if it is gone."""
        condition = (alert.column, alert.operator, alert.threshold, alert.rings_each_time)
        values = (alert.name, alert.query, *condition, AlertState.UNKNOWN.value)
        with self._opened() as connection:
            if not alert.id:
                names = "alerts (name, query_id, column_name, operator, threshold, each_time, state)"
                return insert(connection, names, values)
            changed = connection.execute(
                "UPDATE alerts SET name = ?, query_id = ?, column_name = ?, operator = ?, threshold = ?, each_time = ?, "
                "state = ? WHERE id = ?",
                (*values, alert.id),
            )
            return changed_one(changed, alert.id)

    def looks(self) -> tuple[Look, ...]:
        """The latest looks at alerts, latest first."""
        with self._opened() as connection:
            rows = connection.execute(
                "SELECT alert_id, night, at, before, after, value, rang, condition FROM looks "
                f"ORDER BY rowid DESC LIMIT {_MOST_LOG}"
            ).fetchall()
        return tuple(
            Look(
                row[0],
                row[1],
                row[2],
                AlertState(row[3]),
                AlertState(row[4]),
                row[5],
                rang=bool(row[6]),
                condition=row[7],
            )
            for row in rows
        )

    def forget(self, kind: str, number: int) -> None:
        """Take a query, visual, dashboard or alert away, with all that hangs on it."""
        table = {"query": "queries", "visual": "visuals", "dashboard": "dashboards", "alert": "alerts"}[kind]
        with self._opened() as connection:
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (number,))


def _write_version(connection: sqlite3.Connection, query: int, who: str, sql: str) -> int:
    """Keep a text that differs from the latest; gives the query's id."""
    last = connection.execute("SELECT sql FROM versions WHERE query_id = ? ORDER BY rowid DESC", (query,)).fetchone()
    if last is None or last[0] != sql:
        connection.execute("INSERT INTO versions VALUES (?, ?, ?, ?)", (query, now_text(), who, sql))
        connection.execute(
            "DELETE FROM versions WHERE query_id = ? AND rowid NOT IN "
            "(SELECT rowid FROM versions WHERE query_id = ? ORDER BY rowid DESC LIMIT ?)",
            (query, query, _MOST_VERSIONS),
        )
    return query
