"""Where GoogleSQL and DuckDB part company at the edges: compared by what GoogleSQL's reference evaluator gives, or refused by name."""

import datetime as dt

import duckdb
import pytest

from sqlgrade.dialect.spoken import Spoken, spoken


def read(sql: str) -> object:
    return spoken(f"-- dialect: bigquery\n{sql}", {})


def rows(sql: str) -> list[tuple[object, ...]]:
    found = read(sql)
    assert isinstance(found, Spoken), found
    with duckdb.connect() as engine:
        engine.execute("SET timezone = 'Asia/Tokyo'")
        return engine.execute(found.sql).fetchall()


def at(written: str) -> dt.datetime:
    return dt.datetime.fromisoformat(written)


def refused(sql: str) -> tuple[str, str]:
    found = read(sql)
    assert found is not None
    assert not isinstance(found, Spoken), found.sql
    return found.subtype, found.name  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("condition", "result"),
    [
        ('(1, ("this", NULL)) IN UNNEST([(1, ("that", 3)), (1, ("this", 3))])', None),
        ("STRUCT(1 AS a, 2 AS b) = STRUCT(1 AS a, NULL AS b)", None),
        ("STRUCT(1 AS a, 2 AS b) = STRUCT(3 AS a, NULL AS b)", False),
        ("(1, 2) != (1, 3)", True),
        ("s = (1, NULL)", None),
        ("(1, 2) = s", True),
        ("s IN ((3, 4), (1, 2))", True),
        ("s IN UNNEST([(1, 3), (1, NULL)])", None),
        ("s IN UNNEST([(1, 2), (1, NULL)])", True),
        ("s IN UNNEST([(3, 4)])", False),
    ],
)
def test_structs_are_compared_field_by_field_and_null_is_equal_to_nothing(condition: str, result: object) -> None:
    assert rows(f"SELECT {condition} FROM (SELECT STRUCT(1 AS x, 2 AS y) AS s)") == [(result,)]


def test_lists_are_not_compared_and_structs_not_by_size() -> None:
    assert refused("SELECT [1] = [1]") == ("dialect_types", "= (ARRAY<INT64>)")
    assert refused("SELECT (1, 2) < (1, 3)") == ("dialect_types", "STRUCT < STRUCT")
    assert refused("SELECT NULL LIKE 'a%'") == ("dialect_types", "LIKE NULL")


def test_of_a_name_that_json_has_twice_the_first_counts() -> None:
    assert rows(
        """SELECT TO_JSON_STRING(JSON '{"key": 1, "key": 2}'), JSON_QUERY(PARSE_JSON('{"a": 1, "a": 2}'), '$')"""
    ) == [('{"key":1}', '{"a":1}')]


def test_json_that_breaks_off_is_refused_by_name() -> None:
    assert refused("""SELECT JSON_VALUE('{"hello": "world"', '$.hello')""")[0] == "dialect_unsupported"
    assert rows("SELECT JSON_VALUE(t, '$.hello') FROM (SELECT 'no JSON' AS t)") == [(None,)]


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT STDDEV_SAMP(x) FROM UNNEST([1.0, 2.2e+304]) AS x", ("dialect_unsupported", "2.2e+304")),
        ("SELECT 9223372036854775808", ("dialect_form", "9223372036854775808")),
        ("SELECT TIME '23:59:60'", ("dialect_unsupported", "'23:59:60'")),
        (
            "SELECT w FROM UNNEST([1]) AS w WHERE (SELECT ARRAY_AGG(w) FROM (SELECT 1)) IS NOT NULL",
            ("dialect_unsupported", "(SELECT ARRAY_AGG(…) …)"),
        ),
        ("SELECT * FROM ML.PREDICT(MODEL `p.d.m`, (SELECT 1 AS x))", ("dialect_unsupported", "ML.PREDICT(MODEL …)")),
        ("""SELECT (JSON '{"a": 1}')['a"b']""", ("dialect_unsupported", "'a\"b'")),
    ],
)
def test_what_duckdb_would_give_otherwise_is_refused_by_its_name(sql: str, told: tuple[str, str]) -> None:
    assert refused(sql) == told


def test_the_least_whole_number_and_a_column_called_model_are_read() -> None:
    assert rows("SELECT -9223372036854775808, SUM(model) FROM (SELECT 1 AS model)") == [(-9223372036854775808, 1)]


def test_a_time_that_clocks_show_twice_is_the_first() -> None:
    sql = "SELECT TIMESTAMP '2024-11-03 01:30:00 America/Los_Angeles', TIMESTAMP '2024-11-03 01:30:00 Asia/Tokyo'"
    assert rows(sql) == [(at("2024-11-03 08:30"), at("2024-11-02 16:30"))]


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2024-07-01 10:30:00+09", 1),
        ("2024-07-01 10:30:00+9", 1),
        ("2024-07-01 10:30:00 Asia/Tokyo", 1),
        ("2024-07-01T10:30:00Z", 10),
        ("2024-07-01t10:30:00", 10),
        ("2024-07-01 10:30:00 UTC", 10),
    ],
)
def test_a_text_that_names_a_zone_is_a_moment_of_it_wherever_it_comes_from(text: str, hour: int) -> None:
    moment = at(f"2024-07-01 {hour:02}:30")
    sql = f"SELECT TIMESTAMP '{text}', CAST(t AS TIMESTAMP), SAFE_CAST(t AS TIMESTAMP) FROM (SELECT CONCAT('{text}') AS t)"
    assert rows(sql) == [(moment, moment, moment)]


def test_milliseconds_are_added() -> None:
    assert rows("SELECT TIMESTAMP_ADD(TIMESTAMP '2024-07-01', INTERVAL 5 MILLISECOND)") == [
        (at("2024-07-01 00:00:00.005000"),)
    ]


def test_nulls_are_left_out_of_distinct_values_in_an_order() -> None:
    assert rows(
        "SELECT ARRAY_AGG(DISTINCT a IGNORE NULLS ORDER BY a LIMIT 2) FROM UNNEST([3, NULL, 2, 2, 1]) AS a"
    ) == [([1, 2],)]


def test_a_recursive_with_may_name_a_later_block() -> None:
    assert rows("WITH RECURSIVE r AS (SELECT a FROM s), s AS (SELECT 2 AS a) SELECT a FROM r") == [(2,)]


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "SELECT x FROM UNNEST([1]) AS x GROUP BY GROUPING SETS (x, x + 1)",
            ("dialect_unsupported", "GROUPING SETS (x, x + 1)"),
        ),
        ("SELECT [[1]]", ("dialect_types", "ARRAY<ARRAY<INT64>>")),
        ("SELECT CAST(NULL AS ARRAY<ARRAY<INT64>>)", ("dialect_types", "ARRAY<ARRAY<INT64>>")),
        ("SELECT ARRAY_AGG(x) FROM (SELECT [1] AS x)", ("dialect_types", "ARRAY_AGG(ARRAY<INT64>)")),
        ("SELECT CAST([] AS JSON)", ("dialect_types", "CAST(ARRAY<NULL> AS JSON)")),
        ("SELECT NOT NULL", ("dialect_types", "NOT NULL")),
        ("SELECT BIGNUMERIC '0.40000000001'", ("dialect_unsupported", "'0.40000000001'")),
    ],
)
def test_what_googlesql_has_not_or_duckdb_only_otherwise_is_refused(sql: str, told: tuple[str, str]) -> None:
    assert refused(sql) == told


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("SAFE.ERROR('x')", None),
        ("SAFE.ASCII('é')", None),
        ("SAFE_CAST('24:00:00' AS TIME)", None),
        ("IEEE_DIVIDE(1, -0.0)", float("-inf")),
        ("SPLIT('x', NULL)", None),
        ("COUNT(a) FROM (SELECT [1] AS a)", 1),
        ("COUNT(*) FROM UNNEST([STRUCT(1 AS x, 2 AS y)]) GROUP BY GROUPING SETS ((x, y), (x), ()) LIMIT 1", 1),
        ("SUM(x) FROM (SELECT AS VALUE 1 UNION ALL SELECT AS VALUE 2) AS x", 3),
        (
            "EXTRACT(YEAR FROM d) FROM (SELECT DATE '2024-01-01' AS d) GROUP BY ROLLUP (EXTRACT(YEAR FROM d)) ORDER BY 1 DESC",
            2024,
        ),
    ],
)
def test_what_the_reference_evaluator_gives(expression: str, result: object) -> None:
    assert rows(f"SELECT {expression}")[0][0] == result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("2 * EXTRACT(DAYOFWEEK FROM DATE '2024-07-03')", 8),
        ("10 - EXTRACT(DAYOFWEEK FROM DATE '2024-07-03')", 6),
        ("-EXTRACT(DAYOFWEEK FROM DATE '2024-07-03')", -4),
        ("UNIX_DATE(DATE '2024-07-03') - UNIX_DATE(DATE '2024-07-01')", 2),
        ("1 - 2 * 3 + 4", -1),
    ],
)
def test_a_call_that_is_a_sum_in_duckdb_is_reckoned_with_as_a_whole(expression: str, result: int) -> None:
    assert rows(f"SELECT {expression}") == [(result,)]
