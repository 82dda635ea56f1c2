"""A DDL script read into a SchemaModel, through DuckDB's own catalogue rather than the text."""

from __future__ import annotations

import functools
import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

from sqlgrade.dialect.heading import DUCKDB, SYSTEMS
from sqlgrade.dialect.table_names import in_own_schemas, without_schemas
from sqlgrade.engine.sealed import open_sealed
from sqlgrade.engine.statement_type import type_of
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.assumptions import Assumption, read_assumption, row_rule
from sqlgrade.tables.bonds import bond, dependency, inclusion
from sqlgrade.tables.model import Column, ForeignKey, LeftOut, SchemaModel, Table
from sqlgrade.tables.sqltype import parse_type
from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlgrade.tables.result import Row

logging.getLogger("sqlglot").setLevel(logging.CRITICAL)  # what it cannot parse is handled here, not announced

_KEPT = {"TYPE": "types", "VIEW": "prelude", "MACRO": "prelude", "FUNCTION": "prelude"}
_FOREIGN_DIALECTS = (DUCKDB, *SYSTEMS, "sqlite", "bigquery")


_CREATED = re.compile(r"^\s*CREATE\s+TABLE\b", re.IGNORECASE | re.MULTILINE)


class _DuckdbScript(NamedTuple):
    text: str
    """In DuckDB's words, no name with a schema."""
    paths: dict[str, tuple[str, ...]]
    left_out: tuple[LeftOut, ...] = ()


@functools.lru_cache(maxsize=64)
def read_schema(
    ddl: str, assume: tuple[str, ...] = (), fixed: tuple[str, ...] = (), dialect: str = DUCKDB
) -> SchemaModel:
    """The schema that a DDL script declares; a script in another dialect is translated first.

    A script for one of heading.SYSTEMS is read as such where the dialect says so; else it is tried as several.

    What DuckDB cannot make or keep of such a script is left out, and listed in left_out.

    The rows that the script itself puts into the tables named as fixed are theirs in every database; rows that it puts
    elsewhere are left out.

    Raises:
        ExerciseFault: the script does not run, declares no table, or leaves a fixed one without rows.
    """
    with_rows = bool(fixed)
    read = _of_system(ddl, dialect, with_rows=with_rows) if dialect in SYSTEMS else _runnable(ddl, with_rows=with_rows)
    script, paths = read.text, read.paths
    assume = tuple(without_schemas(text, paths) for text in assume)
    connection = _executed(script)
    tables = _tables(connection)
    left_out = (*read.left_out, *(each for table in tables for each in _of_no_value(table)))
    tables = tuple(_with_values(table) for table in tables)
    kept = _kept_statements(connection, script)
    if not tables:
        raise ExerciseFault("the schema declares no table")
    fixed = tuple(_flat(name, paths) for name in fixed)
    tables = _with_fixed(tables, {name.lower() for name in fixed})
    rows = {table.name: _rows(connection, table) for table in tables if table.fixed}
    _refuse_wrong_fixed(tables, rows, fixed)
    try:
        tables, assume = _with_assumptions(connection, tables, assume)
    finally:
        connection.close()
    prelude, types = tuple(kept["prelude"]), tuple(kept["types"])
    said = tuple(_read(text, tables) for text in assume)
    return SchemaModel(script, tables, prelude, types, assume, rows, said, paths, left_out)


def _flat(name: str, paths: Mapping[str, tuple[str, ...]]) -> str:
    """The name of a table here, by the one that it has in the DDL."""
    return next((flat for flat, path in paths.items() if ".".join(path).lower() == name.lower()), name)


def _read(text: str, tables: tuple[Table, ...]) -> Assumption:
    found, shared = read_assumption(text, tables), dependency(text, tables)
    if shared is not None:
        return replace(found, table=shared.table, closed=True, dependency=shared)
    return replace(found, bond=bond(text, tables))


def _with_assumptions(
    connection: duckdb.DuckDBPyConnection, tables: tuple[Table, ...], assume: tuple[str, ...]
) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """The tables with those assumptions that are no more than a CHECK or a foreign key, and the other assumptions."""
    others = []
    by_name = {table.name: table for table in tables}
    for text in assume:
        if (rule := row_rule(text, tables)) is not None:
            owner = by_name[rule[0]]
            by_name[owner.name] = replace(owner, checks=(*owner.checks, _running(connection, owner, *rule[1:], text)))
        elif (key := inclusion(text, tables)) is not None:
            owner = by_name[key[0]]
            by_name[owner.name] = replace(owner, foreign_keys=(*owner.foreign_keys, key[1]))
        else:
            others.append(text)
    return _parents_first(by_name[table.name] for table in tables), tuple(others)


def _running(connection: duckdb.DuckDBPyConnection, table: Table, check: str, text: str) -> str:
    try:
        connection.execute(f"SELECT 1 FROM {table.quoted} WHERE {check} LIMIT 0")
    except duckdb.Error as error:
        raise ExerciseFault(f"the assumption does not run: {text}: {error}") from error
    return check


def _with_fixed(tables: tuple[Table, ...], names: set[str]) -> tuple[Table, ...]:
    return tuple(replace(table, fixed=table.name.lower() in names) for table in tables)


def _rows(connection: duckdb.DuckDBPyConnection, table: Table) -> tuple[Row, ...]:
    columns = ", ".join("NULL" if c.generated else quoted(c.name) for c in table.columns)
    return tuple(_fetched(connection, f"SELECT {columns} FROM {table.quoted}"))


def _refuse_wrong_fixed(tables: Iterable[Table], rows: Mapping[str, tuple[Row, ...]], asked: tuple[str, ...]) -> None:
    known = {table.name.lower() for table in tables}
    if unknown := [name for name in asked if name.lower() not in known]:
        raise ExerciseFault(f"'fixed' names tables that the schema does not declare: {', '.join(unknown)}")
    if empty := [name for name, there in rows.items() if not there]:
        raise ExerciseFault(f"'fixed' names tables into which the schema's script puts no row: {', '.join(empty)}")
    for table in (table for table in tables if table.fixed):
        if loose := [link.parent for link in table.foreign_keys if link.parent not in rows]:
            raise ExerciseFault(f"the fixed table {table.name} refers to {loose[0]}, which is not fixed")


def _of_system(ddl: str, system: str, *, with_rows: bool) -> _DuckdbScript:
    import sqlglot

    try:
        return _read_as(ddl, system, with_rows=with_rows)
    except (duckdb.Error, sqlglot.errors.SqlglotError, RecursionError) as error:
        raise ExerciseFault(f"the schema cannot be read as one for {SYSTEMS[system]}: {error}") from error


def _read_as(ddl: str, dialect: str, *, with_rows: bool) -> _DuckdbScript:
    """A script in a dialect that sqlglot reads, with what is left out of it."""
    from sqlgrade.dialect.system_ddl import as_duckdb
    from sqlgrade.engine.tried_ddl import that_runs

    text, unread = as_duckdb(ddl, dialect, with_rows=with_rows)
    text, paths = in_own_schemas(text)
    text, unmade = that_runs(text)
    return _DuckdbScript(text, paths, (*unread, *unmade))


def _runnable(ddl: str, *, with_rows: bool) -> _DuckdbScript:
    """The script as DuckDB runs it, without schemas; one that is not DuckDB's as that which is read best."""
    script, paths = in_own_schemas(ddl)
    try:
        _executed(script).close()
    except duckdb.Error as error:
        translated = _translated(ddl, with_rows=with_rows)
        if translated is None:
            raise ExerciseFault(f"the schema does not run: {error}") from error
        return translated
    return _DuckdbScript(script, paths)


def _translated(ddl: str, *, with_rows: bool) -> _DuckdbScript | None:
    """The script read as of each dialect: the reading that has the most tables, then the one that leaves the least out."""
    import sqlglot

    best: tuple[tuple[int, int, int], _DuckdbScript] | None = None
    for dialect in _FOREIGN_DIALECTS:
        try:
            read = _read_as(ddl, dialect, with_rows=with_rows)
            connection = _executed(read.text)
        except (duckdb.Error, sqlglot.errors.SqlglotError, RecursionError, ValueError):
            continue
        created = _tables(connection)
        connection.close()
        keys = sum(len(table.uniques) + len(table.foreign_keys) + len(table.checks) for table in created)
        worth = (len(created), keys - len(read.left_out), -len(read.left_out))
        if created and (best is None or worth > best[0]):
            best = (worth, read)
        if not read.left_out and len(created) >= len(_CREATED.findall(ddl)):
            break
    return best[1] if best is not None else None


def _executed(ddl: str) -> duckdb.DuckDBPyConnection:
    connection = open_sealed()
    try:
        connection.execute(ddl)
    except duckdb.Error:
        connection.close()
        raise
    return connection


def _kept_statements(connection: duckdb.DuckDBPyConnection, ddl: str) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = {"types": [], "prelude": []}
    for statement in connection.extract_statements(ddl):
        words = statement.query.upper().split()
        if type_of(statement) != "CREATE":
            continue
        role = next((_KEPT[w] for w in words[1:5] if w in _KEPT), None)
        if role:
            kept[role].append(statement.query.strip().rstrip(";"))
    return kept


def _fetched(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()


def _tables(connection: duckdb.DuckDBPyConnection) -> tuple[Table, ...]:
    names = [r[0] for r in _fetched(connection, "SELECT table_name FROM duckdb_tables() ORDER BY table_oid")]
    columns = _fetched(
        connection,
        "SELECT c.table_name, c.column_name, c.data_type, c.is_nullable, c.generation_expression FROM duckdb_columns() c "
        "JOIN duckdb_tables() t USING (table_oid) ORDER BY c.table_oid, c.column_index",
    )
    rules = _fetched(
        connection,
        "SELECT table_name, constraint_type, expression, constraint_column_names, referenced_table, "
        "referenced_column_names FROM duckdb_constraints() ORDER BY table_oid, constraint_index",
    )
    built = [_table(n, [c[1:] for c in columns if c[0] == n], [r[1:] for r in rules if r[0] == n]) for n in names]
    return _parents_first([_spelled(t, {other.name.lower(): other for other in built}) for t in built])


def _table(name: str, columns: Sequence[Any], rules: Sequence[Any]) -> Table:
    spelling = {c[0].lower(): c[0] for c in columns}
    rules = [(r[0], r[1], [spelling.get(c.lower(), c) for c in r[2]], *r[3:]) for r in rules]
    primary = [tuple(r[2]) for r in rules if r[0] == "PRIMARY KEY"]
    keys = primary + [tuple(r[2]) for r in rules if r[0] == "UNIQUE"]
    required = {r[2][0] for r in rules if r[0] == "NOT NULL"} | {c for key in primary for c in key}
    return Table(
        name,
        tuple(Column(c, parse_type(t), bool(null) and c not in required, made or "") for c, t, null, made in columns),
        primary[0] if primary else (),
        tuple(dict.fromkeys(keys)),
        tuple(ForeignKey(tuple(r[2]), r[3], tuple(r[4])) for r in rules if r[0] == "FOREIGN KEY"),
        tuple(r[1] for r in rules if r[0] == "CHECK"),
    )


def _of_no_value(table: Table) -> Iterator[LeftOut]:
    """The columns that have to hold something, and of whose type no value can be made here."""
    for column in table.columns:
        if column.type.family == "other" and not column.nullable and not column.generated:
            yield LeftOut("type", f"{table.name}.{column.name}", column.type.text)


def _with_values(table: Table) -> Table:
    """The table with texts for such columns, without which it would stay empty."""
    without = {each.name.rpartition(".")[2] for each in _of_no_value(table)}
    columns = (replace(each, type=parse_type("VARCHAR")) if each.name in without else each for each in table.columns)
    return replace(table, columns=tuple(columns)) if without else table


def _spelled(table: Table, tables: dict[str, Table]) -> Table:
    """The table with the names in its foreign keys spelled as their tables declare them."""
    links = []
    for link in table.foreign_keys:
        parent = tables[link.parent.lower()]
        spelling = {c.name.lower(): c.name for c in parent.columns}
        links.append(ForeignKey(link.columns, parent.name, tuple(spelling[c.lower()] for c in link.parent_columns)))
    return replace(table, foreign_keys=tuple(links))


def _parents_first(tables: Iterable[Table]) -> tuple[Table, ...]:
    waiting, done = list(tables), list[Table]()
    while waiting:
        placed = {t.name for t in done}
        ready = [t for t in waiting if all(k.parent in placed or k.parent == t.name for k in t.foreign_keys)]
        done += ready or waiting[:1]
        waiting = [t for t in waiting if t not in done]
    return tuple(done)
