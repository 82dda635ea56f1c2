"""What running a query gives, and the fillings of a schema it runs on."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Row: TypeAlias = tuple[Any, ...]

SYNTAX = "syntax"
BIND = "bind"
RUNTIME = "runtime"
TIMEOUT = "timeout"
MEMORY = "memory"
TOO_LARGE = "too_large"
NOT_ALLOWED = "not_allowed"
BUSY = "busy"
"""The machine did not give the query its time: nothing is known of it."""

LONGEST_MESSAGE = 2_000
"""Characters of the engine's words that are kept: it may quote a value, or a line of the text, of any length."""

LIMIT_KINDS = frozenset({TIMEOUT, MEMORY, TOO_LARGE, BUSY})
"""Kinds of RunError that mean a limit was hit, not that the query is wrong."""


@dataclass(frozen=True)
class Result:
    """A query's result: column names, DuckDB type names and all rows in the order returned."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class RunError:
    """Why a query gave no result; position is a character offset into the query's text, if known."""

    kind: str
    message: str
    position: int | None = None
    subtype: str = ""
    """DuckDB's error_subtype (COLUMN_NOT_FOUND, MISSING_ENTRY, ...) or the rule that refused the text."""
    name: str = ""
    """The name DuckDB could not resolve, or the construct that was refused."""
    candidates: tuple[str, ...] = ()
    """Names DuckDB offers instead."""


@dataclass(frozen=True)
class Database:
    """One filling of the schema's tables: rows in the DDL's column order, and the strategies that made it."""

    tables: Mapping[str, tuple[Row, ...]]
    strategies: tuple[str, ...] = ()

    @property
    def total_rows(self) -> int:
        """Rows of all tables together."""
        return sum(len(rows) for rows in self.tables.values())

    def shuffled(self, seed: int) -> Database:
        """The same rows in another physical order (seed 0 reverses, which disturbs every tie)."""
        return Database({name: _reordered(rows, seed) for name, rows in self.tables.items()}, self.strategies)

    def replace(self, table: str, rows: Sequence[Row]) -> Database:
        """The same database with other rows in one table."""
        return Database({**self.tables, table: tuple(rows)}, self.strategies)


def cut_message(message: str) -> str:
    """The engine's words with the middle left out where they are too long; its excerpt and caret stand at the end."""
    if len(message) <= LONGEST_MESSAGE:
        return message
    half = LONGEST_MESSAGE // 2
    return f"{message[:half]} … {message[-half:]}"


def _reordered(rows: tuple[Row, ...], seed: int) -> tuple[Row, ...]:
    if seed == 0:
        return rows[::-1]
    moved = list(rows)
    random.Random(seed).shuffle(moved)  # noqa: S311  (a reproducible shuffle, not a secret)
    return tuple(moved)
