"""The only way to a DuckDB that runs what others wrote: closed to everything but the data in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_Config = dict[str, str | bool | int | float | list[str]]
_SEALED: _Config = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_persistent_secrets": "false",
    "temp_directory": "",  # else it may be written, external access or not
    "max_temp_directory_size": "0KiB",
    "max_expression_depth": "250",
    "async_threads": "1",  # by default there are nine, each with 8 MB of address space
}
_LOCK = (
    "SET enable_progress_bar=false",  # it would leave a widget of its own in a notebook
    "SET disabled_filesystems='LocalFileSystem'",  # else the database file itself is a readable path
    "SET lock_configuration=true",
)
FIRST = "practice"
"""Name of the file whose tables need no name in front, where there are several."""
_PAST = "past"
_KEPT_OPTIMIZERS = frozenset(["deliminator", "filter_pushdown"])
"""What turns comma joins and correlated subqueries into joins, without which a dozen rows a table can be too many."""

_CLOCK = {
    "now": "TIMESTAMPTZ '{instant}'",
    "get_current_timestamp": "TIMESTAMPTZ '{instant}'",
    "current_timestamp": "TIMESTAMPTZ '{instant}'",
    "transaction_timestamp": "TIMESTAMPTZ '{instant}'",
    "current_date": "DATE '{instant}'",
    "today": "DATE '{instant}'",
    "current_localtimestamp": "TIMESTAMP '{instant}'",
    "current_localtime": "TIME '{clock}'",
    "get_current_time": "TIME '{clock}'",
}


def open_sealed(
    file: Path | None = None,
    *,
    memory: str = "256MB",
    threads: int = 1,
    timezone: str | None = "UTC",
    now: dt.datetime | None = None,
    simply: bool = False,
    errors_as_json: bool = False,
    beside: Mapping[str, Path] | None = None,
    own: str = "",
    given: str = "",
    past: Iterable[tuple[str, str]] = (),
) -> duckdb.DuckDBPyConnection:
    """A connection to a read-only file, or to memory, with files, network, extensions and settings shut off.

    Args:
        file: Absent for a database in memory.
        memory: As DuckDB writes it. Strings being built escape it; an address-space limit is the second fence.
        threads: Each engine has so many.
        timezone: None for the machine's own.
        now: Freezes the clock, by macros that stand before the engine's own functions.
        simply: With few optimizers, for tables so tiny that finding the best plan costs more than following the first.
        errors_as_json: With places, for programs; without, with an excerpt and a caret, for people.
        beside: Further files, by the names that the first one's views know them by; read-only too.
        past: Views, by their names, that stand before the first file's tables; they know the file as `FIRST`.
        own: Name of a database in memory, beside the files, in which whoever asks may have tables of theirs made.
        given: Name of another, for views that whoever asks is given.
    """
    config = {**_SEALED, "memory_limit": memory, "threads": str(threads), "errors_as_json": str(errors_as_json).lower()}
    views = tuple(past)
    in_memory = tuple(filter(None, (own, given)))
    if in_memory or (file and (beside or views)):
        connection = _attached({FIRST: file, **(beside or {})} if file else {}, config, in_memory, views)
    else:
        connection = duckdb.connect(str(file) if file else ":memory:", read_only=file is not None, config=config)
    if timezone is not None:
        connection.execute(f"SET TimeZone='{timezone}'")
    if simply:
        _plan_simply(connection)
    if now is not None:
        _freeze_clock(connection, now, temporary=file is not None)
    for statement in _LOCK:
        connection.execute(statement)
    return connection


def _attached(
    files: Mapping[str, Path], config: _Config, in_memory: Iterable[str], views: tuple[tuple[str, str], ...]
) -> duckdb.DuckDBPyConnection:
    """A database in memory that sees some files; not one of them opened by its name, under which this process would share it."""
    connection = duckdb.connect(":memory:", config={**config, "enable_external_access": "true"})
    for name, path in files.items():
        quoted = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS {name} (READ_ONLY)")
    for name in in_memory:
        connection.execute(f"ATTACH ':memory:' AS {name}")
    if files:
        connection.execute(f"USE {FIRST}")
    if views:
        connection.execute(f"ATTACH ':memory:' AS {_PAST}")
        for name, query in views:
            connection.execute(f"CREATE VIEW {_PAST}.main.{name} AS {query}")
        connection.execute(f"USE {_PAST}")
    connection.execute("SET enable_external_access=false")  # it can be taken away, never given back
    return connection


def _plan_simply(connection: duckdb.DuckDBPyConnection) -> None:
    known = {str(row[0]) for row in connection.execute("SELECT name FROM duckdb_optimizers()").fetchall()}
    connection.execute(f"SET disabled_optimizers='{','.join(sorted(known - _KEPT_OPTIMIZERS))}'")
    # else groups come in the order of their keys, which hides that a tie-break is missing
    connection.execute("SET perfect_ht_threshold=0")


def _freeze_clock(connection: duckdb.DuckDBPyConnection, now: dt.datetime, *, temporary: bool) -> None:
    kind = "TEMP MACRO" if temporary else "MACRO"
    for name, value in _CLOCK.items():
        body = value.format(instant=now.isoformat(sep=" "), clock=now.time().isoformat())
        connection.execute(f"CREATE {kind} {name}() AS {body}")
