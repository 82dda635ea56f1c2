from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from marketplace import FIXED, TABLES, ddl, fixed_rows, keyless_ddl, promise_about, promises

if TYPE_CHECKING:
    from pathlib import Path


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


def test_the_fixed_tables_hold_what_every_data_set_holds(small: Path) -> None:
    connection = catalog(ddl() + fixed_rows())
    connection.execute(f"ATTACH '{small}' AS data (READ_ONLY)")
    for table in FIXED:
        missing = connection.execute(f"SELECT * FROM data.{table} EXCEPT SELECT * FROM main.{table}").fetchall()
        assert missing == []
    (last,) = connection.execute("SELECT max(business_date) FROM data.calendar").fetchall()
    beyond = connection.execute("SELECT count(*) FROM calendar WHERE business_date > ?", last).fetchall()
    assert beyond == [(365,)]
    assert (
        connection.execute("SELECT count(*) FROM areas").fetchall()
        == connection.execute("SELECT count(*) FROM data.areas").fetchall()
    )


def test_every_promise_names_what_the_schema_has_and_holds_on_the_data(small: Path) -> None:
    connection = catalog(ddl())
    data = duckdb.connect(str(small), read_only=True)
    assert len(promises()) > 20
    for promise in promises():
        assert connection.execute(promise).fetchall() == []
        assert data.execute(promise).fetchall() == []


def test_every_promise_is_about_something_that_has_words() -> None:
    about = {promise_about(each) for each in promises()}
    assert about == {"app_event", "open_day", "refund", "resent", "same_person"}
    assert promise_about("CHECK (amount_yen <> 0)") == ""
