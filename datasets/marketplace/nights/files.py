"""The file of a night, which holds what has come since the end of a data set, and views that put both together."""

from __future__ import annotations

import os
import re
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb

from marketplace import days
from marketplace.checks.running import identity_of
from marketplace.faults import MarketplaceError
from marketplace.manifest import manifest_of
from marketplace.nights.arrivals import CHANGING, NUMBERED, Used, arrivals
from marketplace.nights.later import later_world
from marketplace.nights.merging import FIXED_NAME, armfuls, key_of_table, new_rows
from marketplace.nights.timetable import HORIZON, so_far
from marketplace.schema import TABLES, ddl, keyless_ddl
from marketplace.settings import VERSION, Settings
from marketplace.workplace import put_in_place, workplace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from marketplace.manifest import Manifest
    from marketplace.world import World

ARRIVED = "arrived"
"""Schema of the tables of a night's file."""
_GROWING = (
    "calendar",
    "campaigns",
    "list_impressions",
    "app_events",
    "appointment_status_log",
    "cast_shifts",
    "point_ledger",
    "fraud_scores",
)
"""Tables to which rows are added that never change."""
_ON_TABLE = re.compile(r"^COMMENT ON TABLE", re.MULTILINE)
_COMMENTS = re.compile(r"^COMMENT ON .*;$", re.MULTILINE)
_NAME = re.compile(r"night-(\d{3})\.duckdb")


def night_path(data: Path, night: int) -> Path:
    """Return where the file of a night lies: in a folder beside the data set."""
    return data.with_suffix(".nights") / f"night-{night:03d}.duckdb"


def last_night(data: Path) -> int:
    """Return the latest night of a data set that has a file; 0 if there is none."""
    files = data.with_suffix(".nights").glob("night-*.duckdb")
    return max((int(found[1]) for each in files if (found := _NAME.fullmatch(each.name))), default=0)


def ensure_night(data: Path, night: int) -> Path:
    """Return the file of a night of this very data set, made if it is not there; raises MarketplaceError."""
    path = night_path(data, night)
    if not path.is_file() or _said_by(path) != _identity(facts_of(data)[0], night):
        last = last_night(data)
        if last and not os.access(path.parent, os.W_OK):  # made by whoever runs the place, for all
            raise MarketplaceError("night_not_prepared", night=night, last=last)
        make_night(data, night)
    return path


def make_night(data: Path, night: int, threads: int | None = None) -> Manifest:
    """Write the file of a night (1 to HORIZON) of a data set, and return its manifest; raises MarketplaceError.

    It depends on the data set's seed, scale and locale and on the night alone, not on nights made before.
    """
    if not 1 <= night <= HORIZON:
        raise MarketplaceError("night_unknown", night=night, last=HORIZON)
    started = time.perf_counter()
    facts, used = facts_of(data)
    settings = Settings(float(facts["scale"]), int(facts["seed"]), facts["locale"], out=night_path(data, night))
    settings = replace(settings, threads=threads or settings.threads)
    world = later_world(settings, night)
    with workplace(settings) as place:
        made = place / settings.out.name
        counts = _write(made, data, world, used, _identity(facts, night))
        manifest = _manifest(world, night, counts, time.perf_counter() - started)
        put_in_place(settings, made, manifest, place)
    return manifest


def quoted(path: Path) -> str:
    """Return a path as an SQL string."""
    escaped = str(path).replace("'", "''")
    return f"'{escaped}'"


@contextmanager
def _looking_at(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection to a file that may be open elsewhere in this process, with other settings."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {quoted(path)} AS looked_at (READ_ONLY); USE looked_at")
        yield connection


def _identity(facts: dict[str, str], night: int) -> dict[str, str]:
    """Return what the file of a night says of itself, if its data set says the given."""
    return {**facts, "kind": "night", "night": str(night)}


def _said_by(path: Path) -> dict[str, str]:
    try:
        with _looking_at(path) as connection:
            return identity_of(connection, path)
    except (duckdb.Error, MarketplaceError):
        return {}


def facts_of(data: Path) -> tuple[dict[str, str], Used]:
    """Return what a data set says of itself, and the ids used in it."""
    if not data.is_file():
        raise MarketplaceError("file_missing", path=data)
    try:
        with _looking_at(data) as connection:
            facts = identity_of(connection, data)
            if facts["kind"] != "standard" or facts["version"] != VERSION:
                raise MarketplaceError("not_this_version", path=data)
            highest = ", ".join(
                f"(SELECT coalesce(max({key_of_table(table)[0]}), 0) FROM {table})" for table in NUMBERED
            )
            row = connection.execute(f"SELECT {highest}, (SELECT max(event_id) FROM list_impressions)").fetchone()
    except duckdb.Error as fault:
        raise MarketplaceError("not_a_dataset", path=data) from fault
    *ids, event = row or ()
    return facts, Used(dict(zip(NUMBERED, ids, strict=True)), int(event[1:], 16) if event else 0)


def writing_config(settings: Settings) -> dict[str, Any]:
    """Return how a file is opened that is written in one go: nothing is logged that would be folded into the file at once."""
    return {
        "threads": settings.threads,
        "memory_limit": f"{settings.memory_mb}MB",
        "wal_autocheckpoint": "1KB",
    }


def _write(made: Path, data: Path, world: World, used: Used, identity: dict[str, str]) -> dict[str, int]:
    """Write the night's tables and views and return the rows of each table."""
    with duckdb.connect(str(made), config=writing_config(world.settings)) as connection:
        connection.execute(f"ATTACH {quoted(data)} AS {FIXED_NAME} (READ_ONLY)")
        labels = ", ".join(f"'{name}={value}'" for name, value in identity.items())
        connection.execute(f"BEGIN; CREATE TYPE marketplace_build AS ENUM ({labels}); CREATE SCHEMA {ARRIVED}")
        connection.execute(f"SET schema='{ARRIVED}'; {_COMMENTS.sub('', keyless_ddl())}; SET schema='main'")
        _fill(connection, world, used)
        for table in TABLES:
            connection.execute(f"CREATE VIEW {table} AS {_view(table)}")
        connection.execute("\n".join(_COMMENTS.findall(_ON_TABLE.sub("COMMENT ON VIEW", ddl()))))
        connection.execute("COMMIT; CHECKPOINT")
        counts = ((table, connection.execute(f"SELECT count(*) FROM {ARRIVED}.{table}").fetchone()) for table in TABLES)
        return {table: int(row[0]) if row else 0 for table, row in counts}


def _fill(connection: duckdb.DuckDBPyConnection, world: World, used: Used) -> None:
    for table, armful in armfuls(arrivals(world, used)):
        connection.register("armful", armful)
        connection.execute(f"INSERT INTO {ARRIVED}.{table} BY NAME {new_rows(table, armful)}")
        connection.unregister("armful")


def _view(table: str) -> str:
    """Return the query of a view: the data set's rows, but for those that have changed, and the night's."""
    fixed, arrived = f"{FIXED_NAME}.main.{table}", f"{ARRIVED}.{table}"
    if table in _GROWING:
        return f"FROM {fixed} UNION ALL FROM {arrived}"
    if table in CHANGING or table == "guest_devices":
        key = ", ".join(key_of_table(table))
        return f"SELECT f.* FROM {fixed} AS f ANTI JOIN {arrived} AS a USING ({key}) UNION ALL FROM {arrived}"
    return f"FROM {fixed}"


def _manifest(world: World, night: int, counts: dict[str, int], seconds: float) -> Manifest:
    planted = {"night": night, "happenings": [each.told() for each in so_far(night)]}
    return manifest_of(world, days.DAYS, counts, seconds, planted)
