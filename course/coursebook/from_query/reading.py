"""A query as somebody uses it at work, in their system's SQL, made one that the course's tables answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlgrade.dialect.heading import DUCKDB
from sqlgrade.dialect.spoken import spoken
from sqlgrade.engine.given_columns import tables_with_given
from sqlgrade.engine.runner import Runner
from sqlgrade.engine.sandbox import read_statement
from sqlgrade.layout import CannotRead, lay_out
from sqlgrade.record import DEFAULT_NOW
from sqlgrade.tables.result import Database, RunError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coursebook.schema import Schema

_DIALECT_LINE = re.compile(r"^[^\S\n]*--[^\S\n]*(?:dialect|方言)[^\n]*\n?", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class QueryFromWork:
    """A query that runs on the course's tables."""

    sql: str
    """In DuckDB's SQL, laid out."""
    columns: tuple[str, ...]
    """Those of its result."""
    sorts: bool
    """Whether it ends in an ORDER BY."""

    @property
    def unnamed(self) -> tuple[str, ...]:
        """Columns that bear no name of their own, by which a task could ask for them."""
        return tuple(each for each in self.columns if not _NAME.fullmatch(each))


def tables_of(schema: Schema) -> Mapping[str, Mapping[str, str]]:
    """Table -> column -> type of a course's tables.

    Raises:
        ExerciseFault: the course's script cannot be read.
    """
    return tables_with_given(schema.model, {})


def read_query(schema: Schema, text: str, dialect: str = DUCKDB) -> QueryFromWork | RunError:
    """The query of a text in a dialect, unless it names one itself; or why it can't be used here, placed in that text where it is DuckDB's.

    It may read the course's tables and nothing else; it is run on them while they are empty.

    Raises:
        ExerciseFault: the course's script cannot be read.
    """
    told = spoken(text, tables_of(schema), dialect, keys=schema.model.keys, pasted=True)
    if isinstance(told, RunError):
        return told
    sql = text if told is None else told.sql
    runner = Runner(schema.model, now=schema.now or DEFAULT_NOW, timezone=schema.timezone)
    try:
        statement = read_statement(sql, runner)
        if isinstance(statement, RunError):
            return statement
        with runner.loaded(Database({each.name: () for each in schema.model.tables})) as name:
            result = runner.run(statement.sql, name)
        if isinstance(result, RunError):
            return result
    finally:
        runner.close()
    plain = _DIALECT_LINE.sub("", sql).strip().rstrip(";").rstrip()
    return QueryFromWork(laid_out(plain), result.columns, statement.sorts)


def laid_out(sql: str) -> str:
    """A query laid out, or as it stands where that can't be done."""
    try:
        return lay_out(sql).strip()
    except CannotRead:
        return sql
