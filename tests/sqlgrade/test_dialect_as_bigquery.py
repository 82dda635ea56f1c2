"""GoogleSQL's own words give what they give there; each result was worked out by GoogleSQL's reference evaluator."""

import datetime as dt
from collections.abc import Iterator

import duckdb
import pytest

from sqlgrade.dialect import googlesql
from sqlgrade.dialect.spoken import Spoken, spoken
from sqlgrade.messages import render
from sqlgrade.tables.result import RunError

TABLES = {
    "events": {
        "event_date": "VARCHAR",
        "event_name": "VARCHAR",
        "params": "STRUCT(key VARCHAR, value STRUCT(text VARCHAR, number BIGINT))[]",
        "device": "STRUCT(category VARCHAR)",
    },
    "talks": {"talk_id": "INTEGER", "area": "VARCHAR", "day": "DATE", "at_utc": "TIMESTAMP"},
}
EVENTS = """
    CREATE TABLE events (event_date VARCHAR, event_name VARCHAR,
        params STRUCT("key" VARCHAR, "value" STRUCT("text" VARCHAR, "number" BIGINT))[], device STRUCT(category VARCHAR));
    INSERT INTO events VALUES
        ('20250101', 'view', [{'key': 'page', 'value': {'text': '/a', 'number': NULL}},
            {'key': 'ms', 'value': {'text': NULL, 'number': 5}}], {'category': 'mobile'}),
        ('20250102', 'buy', [], {'category': 'desktop'});
    CREATE TABLE talks (talk_id INTEGER, area VARCHAR, day DATE, at_utc TIMESTAMP)"""


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(EVENTS)
        yield connection


def read(sql: str) -> Spoken | RunError:
    found = spoken(f"{sql}\n-- dialect: bigquery", TABLES)
    assert found is not None
    return found


def rows(engine: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    found = read(sql)
    assert isinstance(found, Spoken), found
    return engine.execute(found.sql).fetchall()


def value(engine: duckdb.DuckDBPyConnection, expression: str) -> object:
    return rows(engine, f"SELECT {expression}")[0][0]


@pytest.mark.parametrize("end", [";", " ; -- done", ";\n/* the last */", "; ;"])
def test_an_answer_may_end_in_a_semicolon_and_a_comment(engine: duckdb.DuckDBPyConnection, end: str) -> None:
    assert rows(engine, f"SELECT 1{end}") == [(1,)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("DATE(TIMESTAMP '2024-01-01 16:00:00+00', '+09:00')", dt.date(2024, 1, 2)),
        ("EXTRACT(HOUR FROM TIMESTAMP '2024-01-01 16:00:00+00' AT TIME ZONE '+9')", 1),
        ("EXTRACT(HOUR FROM TIMESTAMP('2024-01-01 00:00:00', '-03:30'))", 3),
        ("FORMAT_TIMESTAMP('%F %T %Ez %z', TIMESTAMP '2024-01-01 16:00:00', '+05:30')", "2024-01-01 21:30:00 +05:30 +0530"),
        ("STRING(TIMESTAMP '2024-01-01 00:00:00+00', 'Asia/Tokyo')", "2024-01-01 09:00:00+09"),
        ("CONCAT(ROUND(50.04, 1), '%')", "50%"),
        ("50.0 || '%'", "50%"),
        ("CAST(1e15 AS STRING)", "1e+15"),
        ("CAST(DATETIME '2024-01-02 03:04:05.1' AS STRING)", "2024-01-02 03:04:05.100"),
        ("CAST(DATETIME '2024-01-02 03:04:00.1234' AS STRING)", "2024-01-02 03:04:00.123400"),
        ("CAST(TIMESTAMP '2024-01-02 03:04:05.5' AS STRING)", "2024-01-02 03:04:05.500+00"),
        ("CAST(TIME '03:00:00' AS STRING)", "03:00:00"),
        ("STRING(TIMESTAMP '2024-01-02 03:04:05.12', 'Asia/Tokyo')", "2024-01-02 12:04:05.120+09"),
        ("FORMAT('%t', TIME '03:04:05.12')", "03:04:05.120"),
        ("TO_JSON_STRING([DATETIME '2024-01-02 03:04:05.1'])", '["2024-01-02T03:04:05.100"]'),
        ("SPLIT('', '')", [""]),
        ("SPLIT('ab', '')", ["a", "b"]),
        ("PARSE_TIME('%H %I %p', '13 02 PM')", dt.time(14)),
        ("SAFE_CAST('12.5' AS INT64)", None),
        ("SAFE_CAST('yes' AS BOOL)", None),
        ("SAFE_CAST('2024/02/03' AS DATE)", None),
        ("SAFE_CAST('20240203' AS DATE)", None),
        ("CAST(' 12 ' AS INT64)", 12),
        ("CAST('-0x123' AS INT64)", -291),
        ("LAX_STRING(JSON '10.0')", "10"),
        ("FORMAT_DATE('%T', DATETIME '1987-08-07 12:34:56')", "12:34:56"),
        ("CAST(NULL AS ARRAY<INT64>)[OFFSET(1)]", None),
        ("LPAD('7', CAST(3 AS INT64), '0')", "007"),
        ("RPAD('abc', 5, 'xy')", "abcxy"),
        ("TIMESTAMP_DIFF('2024-01-02 00:00:00', '2024-01-01 00:00:00', HOUR)", 24),
        ("REGEXP_EXTRACT('abc', r'a(x)?bc')", None),
        ("REGEXP_EXTRACT('abc', r'(\\d*)abc')", ""),
        ("REGEXP_EXTRACT('a1b2c3', r'\\d', 1, 3)", "3"),
        ("EXTRACT(HOUR FROM DATETIME_TRUNC('2024-05-05 10:20:30', HOUR))", 10),
        ("(SELECT CORR(a, b) FROM UNNEST([STRUCT(1.0 AS a, 2.0 AS b)]))", None),
        ("(SELECT x IS NULL FROM UNNEST([1.0, IEEE_DIVIDE(0, 0), NULL]) AS x ORDER BY x LIMIT 1)", True),
        ("(SELECT IS_NAN(x) FROM UNNEST([1.0, IEEE_DIVIDE(0, 0)]) AS x ORDER BY x LIMIT 1)", True),
        ("SUBSTR('abcdef', -4, 2)", "cd"),
        ("INSTR('banana', 'an', 1, 2)", 4),
        ("INSTR('banana', 'an', -1)", 4),
        ("ARRAY_TO_STRING(['a', NULL, 'b'], ',', '-')", "a,-,b"),
        ("CAST(DATETIME(DATE '2024-01-01', TIME '10:20:30') AS STRING)", "2024-01-01 10:20:30"),
        ("TO_JSON_STRING(STRUCT(1 AS a, DATE '2024-01-01' AS d, 1.5 AS f, DATETIME '2024-01-01 10:00:00' AS t))",
         '{"a":1,"d":"2024-01-01","f":1.5,"t":"2024-01-01T10:00:00"}'),
        ("FORMAT(\"%'d items, %s, %.1f%%\", 1234567, 'abc', 12.34)", "1,234,567 items, abc, 12.3%"),
        ("FORMAT('%t %T', 'a', 'b')", 'a "b"'),
        ("FORMAT('%T', STRUCT(1, 'a', DATE '2024-01-01'))", '(1, "a", DATE "2024-01-01")'),
        ("FORMAT('%t', [1, 2, NULL])", "[1, 2, NULL]"),
        ("FORMAT_DATE('%e %b %Y', DATE '2024-03-05')", " 5 Mar 2024"),
        ("FORMAT_DATETIME('%c', DATETIME '2024-03-05 01:02:03')", "Tue Mar  5 01:02:03 2024"),
        ("CAST(PARSE_DATE('%b %e, %Y', 'Mar 5, 2024') AS STRING)", "2024-03-05"),
        ("SAFE.PARSE_DATE('%Y-%m-%d', 'x')", None),
        ("INITCAP('hello wORLD-foo')", "Hello World-Foo"),
        ("[1, 2, 3][0]", 1),
        ("[1, 2, 3][SAFE_OFFSET(9)]", None),
        ("RANGE_BUCKET(25, [0, 10, 20, 30])", 3),
        ("LAST_DAY(DATE '2024-02-10', ISOWEEK)", dt.date(2024, 2, 11)),
        ("TIME_DIFF(TIME '10:20:30', TIME '09:00:00', MINUTE)", 80),
        ("'x' LIKE ANY ('a%', 'x%')", True),
        ("'x' NOT LIKE ALL ('a%', 'b%')", True),
        ("STRUCT(1 AS a, STRUCT(2 AS b) AS c).c.b", 2),
        ("JSON_VALUE('{\"a\": {\"b\": \"x\"}}', '$.a.b')", "x"),
        ("JSON_VALUE('{\"a\": {\"b\": \"x\"}}', '$.a')", None),
        ("ARRAY_LENGTH(JSON_EXTRACT_ARRAY('[1, {\"k\": 2}]'))", 2),
        ("JSON_VALUE_ARRAY('}}')", None),
        ("FLOAT64(JSON '1.5') + INT64(PARSE_JSON('{\"x\": 3}').x)", 4.5),
        ("(SELECT STRING_AGG(x, ',' ORDER BY x LIMIT 2) FROM UNNEST(['c', 'a', 'b']) AS x)", "a,b"),
        ("(SELECT ANY_VALUE(x HAVING MAX y) FROM UNNEST([STRUCT(1 AS x, 2 AS y), (5, 9)]))", 5),
        ("(SELECT ARRAY_AGG(STRUCT(x, y) ORDER BY y DESC LIMIT 1)[OFFSET(0)].x FROM UNNEST([STRUCT(1 AS x, 2 AS y), (5, 9)]))", 5),
        ("UNIX_MICROS(TIMESTAMP_MILLIS(1700000000123))", 1700000000123000),
    ],
)  # fmt: skip
def test_an_expression_gives_what_googlesql_gives(
    engine: duckdb.DuckDBPyConnection, expression: str, expected: object
) -> None:
    assert value(engine, expression) == expected


@pytest.mark.parametrize(
    "expression",
    ["CAST('12.5' AS INT64)", "CAST('x' AS FLOAT64)", "LEFT('abc', 1 - 3)", "SUBSTR('abc', 1, 1 - 4)", "CAST('yes' AS BOOL)"],
)  # fmt: skip
def test_what_stops_there_stops_here(engine: duckdb.DuckDBPyConnection, expression: str) -> None:
    with pytest.raises(duckdb.Error):
        value(engine, expression)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT p.key, p.value.number FROM events AS e, UNNEST(e.params) AS p ORDER BY 1", [("ms", 5), ("page", None)]),
        ("SELECT key FROM events, events.params WHERE value.text IS NOT NULL", [("page",)]),
        (
            "SELECT (SELECT value.text FROM UNNEST(params) WHERE key = 'page') AS page FROM events ORDER BY event_date",
            [("/a",), (None,)],
        ),
        ("SELECT event_name, p.key FROM events LEFT JOIN UNNEST(params) AS p ORDER BY 1, 2", [("buy", None), ("view", "ms"), ("view", "page")]),
        ("SELECT p.*, o FROM events, UNNEST(params) AS p WITH OFFSET AS o WHERE o = 1", [("ms", {"text": None, "number": 5}, 1)]),
        ("SELECT device.category, COUNT(*) AS n FROM events GROUP BY device.category ORDER BY 1", [("desktop", 1), ("mobile", 1)]),
        ("SELECT params[SAFE_OFFSET(0)].key FROM events ORDER BY event_date", [("page",), (None,)]),
        ("SELECT event_name FROM `p.analytics_1.events_*` WHERE _TABLE_SUFFIX BETWEEN '20250102' AND '20250131'", [("buy",)]),
        ("SELECT column_name FROM d.INFORMATION_SCHEMA.COLUMNS WHERE table_name = 'talks' ORDER BY ordinal_position LIMIT 1", [("talk_id",)]),
        ("SELECT x FROM UNNEST([2, 1]) AS x QUALIFY ROW_NUMBER() OVER (ORDER BY x) = 1", [(1,)]),
        ("SELECT ARRAY_CONCAT_AGG(x) OVER () FROM (SELECT [1, 1] AS x UNION ALL SELECT NULL)", [([1, 1],), ([1, 1],)]),
        ("SELECT CORR(x, 2 * x) OVER (ORDER BY x) FROM UNNEST([1, 2]) AS x", [(None,), (1.0,)]),
        ("SELECT * FROM (SELECT 'a' AS k, 1 AS v UNION ALL SELECT 'b', 2) PIVOT(SUM(v) FOR k IN ('a', 'b'))", [(1, 2)]),
        ("SELECT * FROM (SELECT 1 AS id, 2 AS a, NULL AS b) UNPIVOT(v FOR n IN (a, b))", [(1, 2, "a")]),
        ("SELECT ARRAY_LENGTH(ARRAY(SELECT AS STRUCT 1, 2 UNION ALL SELECT AS STRUCT 3, 4))", [(2,)]),
        ("WITH t AS (SELECT STRUCT('a' AS x) AS s UNION ALL SELECT STRUCT('b')) SELECT s.x FROM t ORDER BY 1", [("a",), ("b",)]),
    ],
)  # fmt: skip
def test_nested_and_repeated_columns_are_read(
    engine: duckdb.DuckDBPyConnection, query: str, expected: list[tuple[object, ...]]
) -> None:
    assert rows(engine, query) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("DECLARE x INT64 DEFAULT 5; SELECT x + 1", 6),
        ("DECLARE a, b DATE DEFAULT DATE '2024-01-01'; SET b = DATE_ADD(a, INTERVAL 3 DAY); SELECT DATE_DIFF(b, a, DAY)", 3),
        ("CREATE TEMP FUNCTION f(a INT64, b INT64) RETURNS INT64 AS (a * b + 1); SELECT f(2, 1 + 2)", 7),
        ("DECLARE x INT64 DEFAULT 5; SELECT x FROM (SELECT 1 AS x)", 1),
        ("DECLARE s, e TIMESTAMP; SELECT s IS NULL", True),
        ("SELECT ARRAY_LENGTH(GENERATE_TIMESTAMP_ARRAY('2024-01-01 00:00:00', '2024-01-01 02:00:00', INTERVAL 1 HOUR))", 3),
    ],
)  # fmt: skip
def test_a_script_is_its_query_with_what_it_names_put_in(
    engine: duckdb.DuckDBPyConnection, script: str, expected: object
) -> None:
    assert rows(engine, script) == [(expected,)]


@pytest.mark.parametrize(
    "script",
    [
        "DECLARE x INT64 DEFAULT 5",
        "SET memory_limit = '1GB'; SELECT 1",
        "CREATE TEMP FUNCTION f(a INT64) RETURNS STRING LANGUAGE js AS 'return 1'; SELECT f(2)",
        "CREATE TEMP FUNCTION f(a INT64) AS (f(a)); SELECT f(2)",
        "DECLARE x INT64 DEFAULT 5; DROP TABLE talks",
        "CREATE OR REPLACE FUNCTION d.f(x INT64) AS (x); SELECT 1",
    ],
)
def test_nothing_else_of_a_script_is_run(script: str) -> None:
    assert isinstance(read(script), RunError)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT COUNT(x), MAX(y), STDDEV(z) FROM `p.d.unknown`",
        "SELECT DATE_TRUNC(d, MONTH) AS m, COUNT(*) AS n FROM unknown GROUP BY m",
        "SELECT DATE_ADD(d, INTERVAL 1 DAY), DATETIME_TRUNC(t, HOUR), DATE(s) FROM unknown",
        "SELECT u.a.b.c, (SELECT value.string_value FROM UNNEST(event_params) WHERE key = 'x') FROM unknown AS u",
        "SELECT hits.page.pagePath FROM `p.d.ga_sessions_*`, UNNEST(hits) AS hits WHERE _TABLE_SUFFIX > '20170101'",
        "SELECT * FROM a JOIN b USING (id)",
    ],
)
def test_a_query_over_tables_that_are_not_here_is_read(query: str) -> None:
    """It is the engine that says which table there is not."""
    assert isinstance(read(query), Spoken)


@pytest.mark.parametrize(
    "call",
    ["JSON_SET(JSON '{}', '$.a', 1)", "DATE_BUCKET(day, INTERVAL 2 DAY)", "SEARCH(area, 'x')", "NET.IP_FROM_STRING(area)", "ST_GEOGPOINT(1, 2)",
     "ML.PREDICT(1)", "HLL_COUNT.INIT(area)", "SOUNDEX(area)", "REGEXP_INSTR(area, 'a')", "SAFE_CONVERT_BYTES_TO_STRING(area)"],
)  # fmt: skip
def test_of_what_bigquery_has_nobody_says_it_has_not(call: str) -> None:
    found = read(f"SELECT {call} FROM talks")
    assert isinstance(found, RunError)
    assert found.subtype in ("dialect_unsupported", "dialect_types")
    assert not found.name.startswith(("JSON_SET ", "DOT"))


def test_a_part_that_is_forgotten_is_no_matter_of_types() -> None:
    found = read("SELECT DATE_DIFF(day, day) FROM talks")
    assert isinstance(found, RunError)
    assert found.subtype == "dialect_form"
    assert found.candidates[0].endswith("DAY)")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT JSON '1' = JSON '1.0'",
        "SELECT area, COUNT(*) FROM talks GROUP BY GROUPING SETS ((1), ())",
        "SELECT SAFE.ARRAY_FIRST(ARRAY(SELECT talk_id FROM talks))",
        "SELECT PARSE_TIME('%H %p', '03 PM')",
        "SELECT PARSE_DATETIME('%F %I %p %H', '2024-01-02 02 PM 13')",
    ],
)
def test_what_duckdb_would_answer_otherwise_is_refused(query: str) -> None:
    assert isinstance(read(query), RunError)


@pytest.mark.parametrize("zone", ["JST", "+25:00", "Nowhere/City"])
def test_a_zone_that_is_none_is_told_as_written(zone: str) -> None:
    found = read(f"SELECT DATE(at_utc, '{zone}') FROM talks")
    assert isinstance(found, RunError)
    assert (found.subtype, found.name) == ("dialect_form", f"'{zone}'")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM talks TABLESAMPLE SYSTEM (10 PERCENT)",
        "SELECT a << b'x' FROM (SELECT b'y' AS a)",
        "SELECT ML.PREDICT(1)",
    ],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_name_of_our_own_is_shown(query: str, lang: str) -> None:
    found = read(query)
    assert isinstance(found, RunError)
    told = render(f"error.{found.subtype}.cause", {"name": found.name, "use": ""}, lang)
    assert not any(word in told for word in ("TABLESAMPLE_", "BITWISE", "DOT", "SEMICOLON"))


def test_the_list_of_functions_is_googlesqls() -> None:
    assert len(googlesql.signatures()) > 400
    assert googlesql.takes("INSTR", ["STRING", "STRING", "INT64", "INT64"])
    assert googlesql.takes("ARRAY_TO_STRING", ["ARRAY<STRING>", "STRING", "STRING"])
    assert googlesql.takes("CORR", ["INT64", "INT64"])
    assert not googlesql.takes("LPAD", ["INT64", "INT64"])
    assert not googlesql.exists("STRFTIME")
