from __future__ import annotations

import duckdb

from marketplace import TABLES, ddl, keyless_ddl


def catalog(script: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(script)
    return connection


def columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    query = "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal ORDER BY ALL"
    return connection.execute(query).fetchall()


def test_every_table_and_column_has_a_comment_in_both_languages() -> None:
    connection = catalog(ddl())
    tables = connection.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall()
    assert {name for name, _ in tables} == set(TABLES)
    comments = [comment for _, comment in tables] + [row[4] for row in columns(connection)]
    assert all(comment and " / " in str(comment) for comment in comments)


def test_the_keyless_schema_differs_in_constraints_alone() -> None:
    assert columns(catalog(ddl())) == columns(catalog(keyless_ddl()))
    kinds = catalog(keyless_ddl()).execute("SELECT DISTINCT constraint_type FROM duckdb_constraints()").fetchall()
    assert kinds == [("NOT NULL",)]


def test_tables_stand_after_the_tables_they_refer_to() -> None:
    query = "SELECT table_name, referenced_table FROM duckdb_constraints() WHERE constraint_type = 'FOREIGN KEY'"
    references = catalog(ddl()).execute(query).fetchall()
    assert references
    assert all(TABLES.index(table) > TABLES.index(other) for table, other in references)
