"""What queries of public repositories are made of is read, and gives what GoogleSQL's reference evaluator gives; or is refused by its name."""

from __future__ import annotations

import duckdb
import pytest

from sqlgrade.dialect.googlesql import exists
from sqlgrade.dialect.spoken import Spoken, spoken
from sqlgrade.messages import render
from sqlgrade.tables.result import RunError


def read(sql: str) -> Spoken | RunError:
    found = spoken(f"-- dialect: bigquery\n{sql}", {})
    assert found is not None
    return found


def rows(sql: str) -> list[tuple[object, ...]]:
    found = read(sql)
    assert isinstance(found, Spoken), found
    with duckdb.connect() as connection:
        return connection.execute(found.sql).fetchall()


def refused(sql: str) -> RunError:
    found = read(sql)
    assert isinstance(found, RunError), found
    return found


@pytest.mark.parametrize(
    ("expressions", "expected"),
    [
        ("5 & 3, 5 | 3, 5 ^ 3, ~5", (1, 7, 6, -6)),
        ("-1 << 3, -1 >> 3, 1 << 63, 1 << 64, -8 >> 70", (-8, 2305843009213693951, -9223372036854775808, 0, 0)),
        ("1 + 2 & 3 << 1, (1 | 2) * 3, ~1 + 2, -1 & 255, 1 | 6 ^ 3 & 2", (2, 9, 0, 255, 5)),
        ("1 << CAST(NULL AS INT64), CAST(NULL AS INT64) << 70, ~CAST(NULL AS INT64)", (None, None, None)),
    ],
)
def test_whole_numbers_are_reckoned_with_bit_by_bit(expressions: str, expected: tuple[object, ...]) -> None:
    assert rows(f"SELECT {expressions}") == [expected]


def test_a_shift_by_less_than_zero_stops_and_a_null_that_is_written_out_is_refused() -> None:
    with pytest.raises(duckdb.Error):
        rows("SELECT 1 << -1")
    assert refused("SELECT NULL & 1").name == "& NULL"


def test_a_tilde_between_two_values_is_none_of_bigquerys() -> None:
    assert (refused("SELECT 'a' ~ 'b'").subtype, refused("SELECT 'a' ~ 'b'").name) == ("dialect_no_such", "~")


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("UNION ALL BY NAME SELECT 'y' AS b, 2 AS a", [(1, "x"), (2, "y")]),
        ("UNION ALL STRICT CORRESPONDING SELECT 'y' AS b, 2 AS a", [(1, "x"), (2, "y")]),
        ("FULL OUTER UNION ALL BY NAME SELECT 'y' AS b, 2 AS c", [(1, "x", None), (None, "y", 2)]),
        ("OUTER UNION ALL BY NAME SELECT 'y' AS b, 2 AS c", [(1, "x", None), (None, "y", 2)]),
        ("FULL UNION ALL BY NAME ON (c, b) SELECT 'y' AS b, 2 AS c", [(None, "x"), (2, "y")]),
        ("LEFT UNION ALL BY NAME SELECT 'y' AS b, 2 AS c", [(1, "x"), (None, "y")]),
        ("INNER UNION ALL BY NAME SELECT 'y' AS b, 2 AS c", [("x",), ("y",)]),
        ("UNION ALL CORRESPONDING SELECT 'y' AS b, 2 AS c", [("x",), ("y",)]),
        ("INTERSECT DISTINCT BY NAME SELECT 'x' AS b, 1 AS a", [(1, "x")]),
    ],
)
def test_columns_may_be_matched_by_name(sql: str, expected: list[tuple[object, ...]]) -> None:
    assert rows(f"SELECT 1 AS a, 'x' AS b {sql}") == expected


@pytest.mark.parametrize(
    "sql", ["UNION ALL BY NAME SELECT 2 AS c, 'y' AS b", "UNION ALL BY NAME ON (b) SELECT 2 AS c, 'y' AS b"]
)
def test_names_that_do_not_match_are_told(sql: str) -> None:
    assert refused(f"SELECT 1 AS a, 'x' AS b {sql}").subtype == "dialect_form"


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT s.* REPLACE (9 AS a) FROM (SELECT STRUCT(1 AS a, 2 AS b) AS s)", (9, 2)),
        ("SELECT s.* EXCEPT (a) REPLACE (9 AS b) FROM (SELECT STRUCT(1 AS a, 2 AS b) AS s)", (9,)),
        ("SELECT [STRUCT(1 AS a, 2 AS b)][OFFSET(0)].*", (1, 2)),
        (
            "SELECT ARRAY_AGG(STRUCT(x AS a, -x AS b) ORDER BY x LIMIT 1)[ORDINAL(1)].* FROM UNNEST([3, 1]) AS x",
            (1, -1),
        ),
    ],
)
def test_the_fields_of_a_struct_may_be_left_out_and_replaced(sql: str, expected: tuple[object, ...]) -> None:
    assert rows(sql) == [expected]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT c.b FROM UNNEST(ARRAY<STRUCT<a STRING, b INT64>>[(NULL, 1), ('x', 2)]) AS c ORDER BY 1", [(1,), (2,)]),
        ("SELECT ARRAY_AGG(x RESPECT NULLS ORDER BY x DESC)[OFFSET(0)] FROM UNNEST([1, 2]) AS x", [(2,)]),
        ("SELECT NULL LIKE ANY ('a', 'b'), 'a' LIKE ANY ('a', NULL), 'a' LIKE ALL ('b', NULL)", [(None, True, False)]),
        ("SELECT LENGTH(GENERATE_UUID())", [(36,)]),
        (
            "CREATE TEMP FUNCTION f(r STRUCT<k STRING, v INT64>) AS (r.v + 1); SELECT f(STRUCT('a' AS k, 2 AS v))",
            [(3,)],
        ),
    ],
)
def test_what_repositories_hold_gives_what_it_gives_there(sql: str, expected: list[tuple[object, ...]]) -> None:
    assert rows(sql) == expected


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("WITH t AS (SELECT AS STRUCT 5 AS n, 'x' AS s UNION ALL SELECT AS STRUCT 7, 'y') SELECT * FROM t", [(5, "x"), (7, "y")]),
        ("WITH t AS (SELECT AS STRUCT 5 AS n, 'x' AS s) SELECT t.n, t.s FROM t", [(5, "x")]),
        ("WITH t AS (SELECT AS VALUE STRUCT(1 AS a, 2 AS b)) SELECT b, a FROM t", [(2, 1)]),
    ],
)  # fmt: skip
def test_a_block_of_structs_is_a_table_of_their_fields(sql: str, expected: list[tuple[object, ...]]) -> None:
    assert rows(sql) == expected


def test_a_block_of_values_without_fields_is_refused() -> None:
    assert refused("WITH t AS (SELECT AS VALUE 5) SELECT t FROM t").subtype == "dialect_unsupported"


def test_what_is_taken_of_json_that_is_written_out_is_taken() -> None:
    assert rows("""SELECT JSON '{"a": {"b": [7, 8]}}'.a.b[1], JSON '{"a": 1}'['a']""") == [("8", "1")]
    assert refused("""SELECT JSON '{"": 1}'['']""").name == "''"


@pytest.mark.parametrize("number", ["1e38", "1e29", "0.40000000001", "1e-12"])
def test_a_bignumeric_that_duckdb_cannot_hold_is_refused(number: str) -> None:
    assert refused(f"SELECT BIGNUMERIC '{number}'").name == f"'{number}'"


@pytest.mark.parametrize("number", ["12345678901234567890.123456789", "1e10"])
def test_another_one_is_read(number: str) -> None:
    assert str(rows(f"SELECT BIGNUMERIC '{number}'")[0][0]).startswith("1")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a.b.* REPLACE (1 AS c), f.* EXCEPT (d) FROM `p.d.t`",
        "SELECT reviewed + INTERVAL 30 DAY, INTERVAL 1 DAY + reviewed FROM `p.d.t`",
        "SELECT JSON_VALUE(e.name) FROM `p.d.t`, UNNEST(JSON_QUERY_ARRAY(payload, '$.all')) AS e",
        "SELECT * FROM `p.d.t` UNPIVOT (n FOR kind IN (a, b))",
        "SELECT * FROM `p.d.t` PIVOT (SUM(n) FOR kind IN ('a', 'b'))",
    ],
)
def test_of_tables_that_are_not_here_nothing_is_said_that_nobody_knows(sql: str) -> None:
    found = read(sql)
    assert isinstance(found, Spoken), found
    with duckdb.connect() as connection, pytest.raises(duckdb.CatalogException):
        connection.execute(found.sql)


@pytest.mark.parametrize("sql", ["SELECT @day", "SELECT 1 LIMIT @day", "SELECT DATE_ADD(@day, INTERVAL 1 DAY)"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_parameter_is_told_as_what_it_is(sql: str, lang: str) -> None:
    found = refused(sql)
    assert (found.subtype, found.name) == ("dialect_parameter", "@day")
    assert "@day" in render(f"error.{found.subtype}.cause", {"name": found.name}, lang)


def test_a_setting_of_the_session_is_no_parameter() -> None:
    assert (refused("SELECT @@time_zone").subtype, refused("SELECT @@time_zone").name) == (
        "dialect_unsupported",
        "@@time_zone",
    )


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "SELECT CASE s WHEN STRUCT(NULL, 2) THEN 1 END FROM (SELECT STRUCT(1 AS x, 2 AS y) AS s)",
            "CASE STRUCT WHEN …",
        ),
        ("SELECT 'a' AS x FROM UNNEST([1, 2]) GROUP BY ALL", "GROUP BY ALL"),
        ("SELECT SAFE.TRANSLATE('apple', 'aa', 'bc')", "TRANSLATE(…, 'aa', …)"),
    ],
)
def test_what_duckdb_would_answer_otherwise_is_refused(sql: str, told: str) -> None:
    assert refused(sql).name == told


def test_null_within_a_struct_is_equal_to_nothing_in_nullif() -> None:
    sql = "SELECT NULLIF(s, (NULL, 2)), NULLIF(s, (1, 2)) FROM (SELECT STRUCT(1 AS x, 2 AS y) AS s)"
    assert rows(sql) == [({"x": 1, "y": 2}, None)]
    assert rows("SELECT NULLIF(s, (NULL, 2)) IS NULL FROM (SELECT STRUCT(NULL AS x, 2 AS y) AS s)") == [(False,)]


def test_a_table_function_that_googlesqls_list_lacks_is_known() -> None:
    assert exists("RANGE_SESSIONIZE")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT * FROM GAP_FILL(TABLE device_data, ts_column => 'time')", "GAP_FILL(TABLE …)"),
        ("SELECT * FROM VECTOR_SEARCH(TABLE d.t, 'x', (SELECT 1))", "VECTOR_SEARCH(TABLE …)"),
        ("SELECT * FROM t MATCH_RECOGNIZE (ORDER BY x MEASURES a AS b)", "MATCH_RECOGNIZE (…)"),
        ("SELECT WITH AGGREGATION_THRESHOLD a, COUNT(*) FROM t GROUP BY a", "SELECT WITH AGGREGATION_THRESHOLD"),
        ("SELECT JSON_QUERY(JSON '{}', 'lax $.a.b')", "'lax $.a.b'"),
        ("SELECT JSON_QUERY(JSON '{}', 'lax recursive $.a')", "'lax recursive $.a'"),
    ],
)
def test_what_bigquerys_own_pages_show_is_no_mistake_of_the_writers(sql: str, told: str) -> None:
    assert (refused(sql).subtype, refused(sql).name) == ("dialect_unsupported", told)
