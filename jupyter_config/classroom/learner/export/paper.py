"""A query handed over in words: the SQL for BigQuery, what to mind there, how its parameters are set up, what it would read."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from classroom.learner.export.analyzer import last_word
from classroom.learner.export.bigquery import BigQueryHandoff, to_bigquery
from classroom.learner.export.bytes_read import bytes_read
from classroom.messages import say_in
from coursebook.parameters import ParameterKind
from sqlgrade.dialect.given import reads_given, written_out
from sqlgrade.dialect.heading import BIGQUERY, dialect_of
from sqlgrade.parameters import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.learner.export.bytes_read import BytesRead
    from classroom.learner.state.desk import Desk
    from coursebook.parameters import Parameter

_log = logging.getLogger(__name__)
_MESSAGES = "classroom.learner.export"
_SECONDS = 10.0


@dataclass(frozen=True)
class Paper:
    """What somebody takes along to work."""

    sql: str
    """The SQL for BigQuery; empty where there is none."""
    notes: tuple[str, ...]
    """What to know about it; of a query without a BigQuery form, why."""
    differs: tuple[str, ...] = ()
    """What BigQuery answers otherwise."""
    costs: tuple[str, ...] = ()
    """What it would read there."""


def refused(constructs: str, lang: str) -> Paper:
    """The paper of a query that has no BigQuery form."""
    return Paper("", (say_in(_MESSAGES, "handoff.refused", lang, constructs=constructs),))


def hand_over(desk: Desk, sql: str, as_run: str, parameters: Iterable[Parameter] = ()) -> Paper:
    """A query as it goes to work.

    Args:
        desk: The sitting: its tables, its rows, its language.
        sql: The query, with its parameters in braces.
        as_run: The same with values in their place, which is what is measured.
        parameters: What is known of the parameters, for whoever has to set them up in Redash.
    """
    lang = desk.lang
    handoff = BigQueryHandoff(_with_views(desk, sql)) if dialect_of(sql) == BIGQUERY else in_bigquery(desk, sql)
    if handoff.sql is None:
        return refused(", ".join(handoff.refused), lang)
    if not names_in(sql) and (complaint := last_word(handoff.sql, desk.session.schema)):
        _log.info("GoogleSQL's analyzer does not take a translation: %s", complaint)
        return refused("SQL", lang)
    notes = [say_in(_MESSAGES, "handoff.same", lang)]
    if names := names_in(sql):
        notes.append(say_in(_MESSAGES, "handoff.parameters", lang, names=", ".join(names)))
    notes += [_in_redash(each, lang) for each in parameters]
    differs = (say_in(_MESSAGES, f"difference.{code}", lang) for code in handoff.differences)
    return Paper(handoff.sql, tuple(notes), tuple(differs), tuple(_costs(desk, as_run, handoff.sql)))


def in_bigquery(desk: Desk, sql: str) -> BigQueryHandoff:
    """A query of DuckDB's for BigQuery, the views that lessons give written out."""
    return to_bigquery(_written_out(desk, sql), desk.session.schema.column_types, tables_of(desk))


def _written_out(desk: Desk, sql: str) -> str:
    """A query of DuckDB's, the views that it reads written out."""
    out = written_out(sql, desk.given_views)
    return out.sql if out else sql


def _with_views(desk: Desk, sql: str) -> str | None:
    """A query of BigQuery's with the views that it reads written out; None where one of them has no such form."""
    if not reads_given(sql, desk.given_views):
        return sql
    views = {name: to_bigquery(query, desk.session.schema.column_types).sql for name, query in desk.given_views.items()}
    known = {name: query for name, query in views.items() if query}
    out = written_out(sql, known, BIGQUERY) if len(known) == len(views) else None
    return out.sql if out else None


def tables_of(desk: Desk) -> dict[str, dict[str, str]]:
    """Table -> column -> DuckDB's type, names in lower case."""
    return {
        table.name.lower(): {name: column.type for name, column in table.columns.items()}
        for table in desk.session.schema.tables.values()
    }


def _in_redash(parameter: Parameter, lang: str) -> str:
    """How a parameter is set up there, in the words of its form."""
    kind = "query" if parameter.query else parameter.kind.value
    listed = ", ".join(parameter.choices) if parameter.kind is ParameterKind.LIST else parameter.query
    return say_in(_MESSAGES, f"redash.{kind}", lang, name=parameter.name, listed=listed)


def _costs(desk: Desk, sql: str, handed_over: str) -> list[str]:
    """What a query would read in BigQuery, in sentences; none where that cannot be told."""
    session = desk.session
    schema = tables_of(desk)
    sql = _written_out(desk, sql)
    try:
        with session.watch.over(_SECONDS):
            found = bytes_read(sql, schema, lambda asked: session.connection.execute(asked).fetchall()[0], handed_over)
    except duckdb.Error:
        _log.info("what a query would read in BigQuery was not measured", exc_info=True)
        return []
    return _told(found, desk.lang) if found is not None and found.touched else []


def _told(found: BytesRead, lang: str) -> list[str]:
    def told(code: str, **params: object) -> str:
        return say_in(_MESSAGES, f"cost.{code}", lang, **params)

    columns = ", ".join(f"{each.table}.{name}" for each in found.touched for name in each.columns)
    sizes = {"read": size_told(found.read), "all": size_told(found.all_columns)}
    said = [told("read", columns=columns, **sizes) if columns else told("no_column", **sizes)]
    days = ", ".join(f"{each.table}.{each.day_column}" for each in found.touched if each.day_column)
    if found.of_days is not None:
        said.append(told("days", columns=days, read=size_told(found.of_days)))
    hidden = ", ".join(f"{each.table}.{name}" for each in found.touched for name in each.hidden)
    if hidden:
        said.append(told("hidden", columns=hidden))
    return [*said, told("rule")]


def size_told(count: int) -> str:
    """A number of bytes as BigQuery's console shows it: in units of 1,024."""
    units = ("B", "KB", "MB", "GB", "TB")
    power = max(place for place in range(len(units)) if place == 0 or count >= 1024**place)
    return f"{count / 1024**power:.{1 if power else 0}f} {units[power]}"
