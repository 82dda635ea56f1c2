"""Facts about DuckDB that the judge rests on; a new version shows here what has moved."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(config={"threads": "1"})
    connection.execute("SET TimeZone='UTC'")
    yield connection
    connection.close()


VALUES: list[tuple[str, Any]] = [
    ("1 / 2", 0.5),
    ("7 // 2", 3),
    ("round(2.5)", Decimal(3)),
    ("round(-2.5)", Decimal(-3)),
    ("round(2.675, 2)", Decimal("2.68")),
    ("round(2.675::DOUBLE, 2)", 2.67),
    ("0.1 + 0.2 = 0.3", True),
    ("TRUE = 1", True),
    ("'1' = 1", True),
    ("'a' = 'A'", False),
    ("'a' = 'a '", False),
    ("typeof(sum(x)) FROM range(2) r(x)", "HUGEINT"),
    ("typeof(avg(x)) FROM range(2) r(x)", "DOUBLE"),
    ("sum(x) FROM range(0) r(x)", None),
    ("count(*) FROM range(0) r(x)", 0),
    ("DATE '2024-01-31' + INTERVAL 1 MONTH", dt.datetime(2024, 2, 29)),  # noqa: DTZ001
    ("DATE '2024-01-31' + 1", dt.date(2024, 2, 1)),
    ("date_diff('hour', TIMESTAMP '2024-01-01 00:59', TIMESTAMP '2024-01-01 01:01')", 1),
    ("date_sub('hour', TIMESTAMP '2024-01-01 00:59', TIMESTAMP '2024-01-01 01:01')", 0),
    ("TIMESTAMP '2024-01-31 10:00' BETWEEN DATE '2024-01-01' AND DATE '2024-01-31'", False),
    ("dayofweek(DATE '2024-01-07')", 0),
    ("date_trunc('week', DATE '2024-01-07')", dt.datetime(2024, 1, 1)),  # noqa: DTZ001
    ("list(x) FROM (SELECT x FROM range(3) r(x) UNION ALL SELECT NULL ORDER BY x)", [0, 1, 2, None]),
    ("NULL IN (SELECT 1)", None),
    ("1 NOT IN (SELECT unnest([2, NULL]))", None),
]


@pytest.mark.parametrize(("expression", "value"), VALUES, ids=[e for e, _ in VALUES])
def test_values(engine: duckdb.DuckDBPyConnection, expression: str, value: object) -> None:
    assert engine.execute(f"SELECT {expression}").fetchall()[0][0] == value


def test_division_by_zero_is_infinite_but_integer_division_fails(engine: duckdb.DuckDBPyConnection) -> None:
    infinite, undefined = engine.execute("SELECT 1 / 0, 0 / 0").fetchall()[0]
    assert math.isinf(infinite)
    assert math.isnan(undefined)
    with pytest.raises(duckdb.Error):
        engine.execute("SELECT 1 // 0").fetchall()


ERRORS = [
    "SELECT (SELECT unnest([1, 2]))",
    "SELECT 'x' = 1",
    "SELECT list_transform([1], x -> x + 1)",
    "SELECT x, count(*) FROM range(2) r(x)",
]


@pytest.mark.parametrize("sql", ERRORS)
def test_errors(engine: duckdb.DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        engine.execute(sql).fetchall()


TYPES = {
    "WITH z AS (INSERT INTO nowhere VALUES (1) RETURNING x) SELECT * FROM z": "SELECT",
    "PIVOT (SELECT 1 AS a) ON a USING count(*)": "MULTI",
    "DESCRIBE SELECT 1": "SELECT",
    "SHOW TABLES": "SELECT",
    "FROM range(3)": "SELECT",
    "EXPLAIN SELECT 1": "EXPLAIN",
}


@pytest.mark.parametrize(("sql", "kind"), TYPES.items())
def test_statement_types(engine: duckdb.DuckDBPyConnection, sql: str, kind: str) -> None:
    assert engine.extract_statements(sql)[0].type.name == kind


def test_names_may_repeat_at_the_top(engine: duckdb.DuckDBPyConnection) -> None:
    assert [d[0] for d in engine.execute("SELECT 1 AS a, 2 AS a").description] == ["a", "a"]


def test_tied_rows_share_a_running_total_by_default(engine: duckdb.DuckDBPyConnection) -> None:
    rows = engine.execute("SELECT sum(v) OVER (ORDER BY k) FROM (VALUES (1, 1), (1, 2)) t(k, v)").fetchall()
    assert [r[0] for r in rows] == [3, 3]


def test_a_read_only_transaction_refuses_a_writing_cte() -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t (x INT)")
    connection.execute("BEGIN TRANSACTION READ ONLY")
    with pytest.raises(duckdb.Error):
        connection.execute("WITH z AS (INSERT INTO t VALUES (1) RETURNING x) SELECT * FROM z").fetchall()
    connection.execute("ROLLBACK")
    assert connection.execute("SELECT count(*) FROM t").fetchall() == [(0,)]


def test_names_missing_in_a_schema_are_found_in_main() -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t (x INT); CREATE MACRO today() AS DATE '2024-01-01'; CREATE SCHEMA d; USE d")
    assert connection.execute("SELECT count(*), any_value(today()) FROM t").fetchall()[0][0] == 0
    assert connection.execute("SELECT today()").fetchall() == [(dt.date(2024, 1, 1),)]


def test_positions_in_errors_count_bytes() -> None:
    connection = duckdb.connect()
    connection.execute("SET errors_as_json=true")
    with pytest.raises(duckdb.Error, match=r'"position":"20"'):
        connection.execute("SELECT 'あいう', foo FROM range(1)")


def test_nulls_come_last_by_default(engine: duckdb.DuckDBPyConnection) -> None:
    for direction in ("ASC", "DESC"):
        rows = engine.execute(f"SELECT x FROM (VALUES (1), (NULL), (2)) t(x) ORDER BY x {direction}").fetchall()
        assert rows[-1] == (None,)
