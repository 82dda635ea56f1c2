"""The learner's connection to the practice database: read-only, sealed off and locked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.kernel.limits import QueryLimits, Watch, query_limits
from classroom.kernel.schema_index import SchemaIndex, read_schema

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

READ_STATEMENTS = frozenset({"SELECT", "EXPLAIN", "MULTI"})
"""Statement types a learner may run: SELECT covers WITH, FROM, VALUES, DESCRIBE, SUMMARIZE and SHOW; PIVOT is MULTI."""

_SEAL = (
    "SET enable_progress_bar = false",  # it would leave a widget of its own in the notebook
    "SET disabled_filesystems = 'LocalFileSystem'",
    "SET lock_configuration = true",
)


@dataclass(frozen=True)
class Statement:
    """One statement of a cell."""

    sql: str
    kind: str
    """DuckDB's statement type, such as SELECT."""

    @property
    def reads_only(self) -> bool:
        """Whether a learner may run it."""
        return self.kind in READ_STATEMENTS


class Session:
    """One open practice database."""

    def __init__(self, practice: Path | None, limits: QueryLimits | None = None) -> None:
        self.practice = practice
        self.limits = limits or query_limits()
        self.watch = Watch()
        self.connection = open_sealed(practice, self.limits)
        self._schema: SchemaIndex | None = None

    @property
    def schema(self) -> SchemaIndex:
        """Tables and columns, read once."""
        if self._schema is None:
            self._schema = read_schema(self.connection)
        return self._schema

    def statements(self, sql: str) -> list[Statement]:
        """The statements of a text; raises duckdb.ParserException where it is not SQL."""
        return [Statement(each.query, each.type.name) for each in self.connection.extract_statements(sql)]

    def close(self) -> None:
        """Close the database."""
        self.connection.close()


def open_sealed(practice: Path | None, limits: QueryLimits) -> duckdb.DuckDBPyConnection:
    """Open the practice file (an empty memory database if None) so that SQL reaches nothing else.

    The settings close what `enable_external_access = false` alone leaves open: a temporary directory that may be
    written, and the database file itself as a readable path.
    """
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "python_enable_replacements": "false",
        "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false",
        "allow_persistent_secrets": "false",
        "temp_directory": "",
        "max_temp_directory_size": "0KiB",
        "memory_limit": limits.memory,
        "threads": str(limits.threads),
        "async_threads": "1",
        "max_expression_depth": "250",
    }
    place = str(practice) if practice else ":memory:"
    connection = duckdb.connect(place, read_only=practice is not None, config=config)
    for statement in _SEAL:
        connection.execute(statement)
    return connection
