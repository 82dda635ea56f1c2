"""An answer in BigQuery's dialect: run on DuckDB with the differences kept, refused where it is none of GoogleSQL's."""

from collections.abc import Iterator

import duckdb
import pytest

from sqlgrade import Exercise, Pack, Solution, Status, Verdict, build_pack, in_dialect
from sqlgrade.dialect.heading import dialect_of
from sqlgrade.dialect.spoken import Spoken, spoken
from sqlgrade.engine.runner import Runner
from sqlgrade.engine.sandbox import read_statement
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import verdict_sentences
from sqlgrade.service.batch import judge_line
from sqlgrade.tables.result import RunError

LINE = "-- dialect: bigquery\n"
DDL = (
    "CREATE TABLE talks (talk_id INTEGER PRIMARY KEY, minutes INTEGER NOT NULL, yen INTEGER, area VARCHAR, day DATE NOT NULL, "
    "at_utc TIMESTAMP NOT NULL)"
)
TABLES = {
    "talks": {
        "talk_id": "INTEGER",
        "minutes": "INTEGER",
        "yen": "INTEGER",
        "area": "VARCHAR",
        "day": "DATE",
        "at_utc": "TIMESTAMP",
    }
}
ROWS = """INSERT INTO talks VALUES (1, 10, 5, 'a', '2024-01-01', '2024-01-01 14:59:59'), (2, 0, NULL, NULL, '2024-01-07',
    '2024-01-07 15:00:00'), (3, -7, 2, 'b', '2023-12-31', '2023-12-31 23:30:00')"""


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(DDL)
        connection.execute(ROWS)
        yield connection


@pytest.fixture(scope="module")
def pack() -> Pack:
    weeks = "SELECT date_trunc('week', day)::DATE AS week, count(*) AS talks FROM talks GROUP BY 1 ORDER BY 1"
    return build_pack(Exercise("weeks", DDL, (Solution(weeks),)))


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    judge = Judge()
    yield judge
    judge.forget()


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


def read(sql: str) -> Spoken | RunError:
    found = spoken(LINE + sql, TABLES)
    assert found is not None
    return found


def value(engine: duckdb.DuckDBPyConnection, expression: str, where: str = "talk_id = 1") -> object:
    found = read(f"SELECT {expression} FROM talks WHERE {where}")
    assert isinstance(found, Spoken), found
    row = engine.execute(found.sql).fetchone()
    return row and row[0]


def said(verdict: Verdict, answer: str, lang: str = "en") -> str:
    return " ".join(verdict_sentences(verdict, lang, level=2, answer=answer))


def test_the_dialect_stands_before_the_first_word_or_in_the_last_line() -> None:
    assert dialect_of("-- note\n  -- Dialect: BigQuery\nSELECT 1") == "bigquery"
    assert dialect_of("SELECT 1\n-- 方言：bigquery\n") == "bigquery"
    assert dialect_of("SELECT 1 -- dialect: bigquery\n, 2") == "duckdb"
    assert dialect_of("SELECT '\n-- dialect: bigquery\n'") == "duckdb"


def test_a_text_takes_a_dialect_without_any_place_in_it_being_moved() -> None:
    assert in_dialect("SELECT 1\n", "bigquery").startswith("SELECT 1\n-- dialect: bigquery")
    assert in_dialect(LINE + "SELECT 1", "bigquery") == LINE + "SELECT 1"
    assert in_dialect("SELECT 1", "duckdb") == "SELECT 1"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("CAST(DATE_TRUNC(day, WEEK) AS STRING)", "2023-12-31"),
        ("CAST(DATE_TRUNC(day, ISOWEEK) AS STRING)", "2024-01-01"),
        ("CAST(DATE_TRUNC(day, WEEK(WEDNESDAY)) AS STRING)", "2023-12-27"),
        ("DATE_DIFF(day, '2023-12-31', WEEK)", 0),
        ("DATE_DIFF(day, '2023-12-31', ISOWEEK)", 1),
        ("DATETIME_DIFF(DATETIME '2024-01-01 01:00:00', DATETIME '2024-01-01 00:59:59', HOUR)", 1),
        ("TIMESTAMP_DIFF(TIMESTAMP '2024-01-01 01:00:00', TIMESTAMP '2024-01-01 00:59:59', HOUR)", 0),
        ("EXTRACT(DAYOFWEEK FROM day)", 2),
        ("EXTRACT(WEEK FROM day)", 0),
        ("FORMAT_DATE('%Y-Q%Q', day)", "2024-Q1"),
        ("CAST(DATE(TIMESTAMP(at_utc), 'Asia/Tokyo') AS STRING)", "2024-01-01"),
        ("CAST(DATE(TIMESTAMP_ADD(at_utc, INTERVAL 1 SECOND), 'Asia/Tokyo') AS STRING)", "2024-01-02"),
        ("SAFE_DIVIDE(minutes, 0)", None),
        ("minutes / 4", 2.5),
        ("CAST(NULL AS INT64) / (minutes - 10)", None),
        ("(SELECT COUNT(DISTINCT TO_JSON_STRING(STRUCT(minutes > 5, yen > 9))) FROM talks)", 3),
        ("DIV(-7, 2)", -3),
        ("DIV(NUMERIC '-7.5', 2)", -3),
        ("CAST(day + 2 * INTERVAL 1 DAY AS STRING)", "2024-01-03 00:00:00"),
        ("CAST(INTERVAL 9 HOUR - INTERVAL 5 HOUR + day AS STRING)", "2024-01-01 04:00:00"),
        ("CAST(day - (-INTERVAL 1 DAY) AS STRING)", "2024-01-02 00:00:00"),
        ("CAST(INTERVAL 30 HOUR - INTERVAL 3 DAY AS STRING)", "0-0 -3 30:0:0"),
        ("CAST(INTERVAL -14 MONTH AS STRING)", "-1-2 0 0:0:0"),
        ("CAST(INTERVAL -1500 MILLISECOND AS STRING)", "0-0 0 -0:0:1.500"),
        ("CAST(INTERVAL CAST(NULL AS INT64) DAY AS STRING)", None),
        ("MOD(-7, 2)", -1),
        ("CAST(2.5 AS INT64)", 3),
        ("CAST(2.0 AS STRING)", "2"),
        ("GREATEST(1, NULL)", None),
        ("CONCAT('a', NULL)", None),
        ('"a text"', "a text"),
        ("SPLIT('a-b', '-')[OFFSET(1)]", "b"),
        ("SPLIT('a-b', '-')[SAFE_OFFSET(2)]", None),
        ("SUBSTR('abc', -2)", "bc"),
        ("minutes * 1000000000", 10_000_000_000),
        ("REGEXP_EXTRACT('x12', r'\\d+')", "12"),
        ("(SELECT b FROM UNNEST([STRUCT(1 AS a, 'p' AS b), (2, 'q')]) AS x WHERE x.a = 2)", "q"),
    ],
)
def test_a_function_gives_what_it_gives_in_bigquery(
    engine: duckdb.DuckDBPyConnection, expression: str, expected: object
) -> None:
    assert value(engine, expression) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("(talk_id, yen) IN ((1, 5), (2, NULL))", [1]),
        ("(talk_id, yen) NOT IN ((1, 5), (2, NULL))", [3]),
        ("(talk_id, yen) IN (SELECT (talk_id, yen) FROM talks)", [1, 3]),
        ("(area, minutes) IN (SELECT AS STRUCT area, MAX(minutes) FROM talks GROUP BY area)", [1, 3]),
        ("STRUCT(area, day) IN UNNEST([('a', DATE '2024-01-01')])", [1]),
        ("(talk_id, minutes) = (3, -7)", [3]),
    ],
)
def test_several_values_are_compared_one_by_one(
    engine: duckdb.DuckDBPyConnection, condition: str, expected: list[int]
) -> None:
    found = read(f"SELECT talk_id FROM talks WHERE {condition} ORDER BY talk_id")
    assert isinstance(found, Spoken), found
    assert [row[0] for row in engine.execute(found.sql).fetchall()] == expected


def test_division_by_zero_is_an_error(engine: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.Error, match="division by zero"):
        value(engine, "10 / minutes", "minutes = 0")


@pytest.mark.parametrize(
    "form", ["SELECT yen / (minutes * 0) FROM talks", "SELECT RANK() OVER (ORDER BY 1 / (minutes * 0)) FROM talks"]
)
def test_division_by_zero_is_told_as_that(judge: Judge, form: str) -> None:
    exercise = Exercise("any", DDL, (Solution("SELECT yen + 0.5 FROM talks"),))
    verdict = judge.grade(build_pack(exercise), LINE + form)
    errors = [verdict.error, verdict.counterexample and verdict.counterexample.error]
    assert [each.code for each in errors if each] == ["E34"]


def test_nulls_are_the_smallest(engine: duckdb.DuckDBPyConnection) -> None:
    up, down = (read(f"SELECT yen FROM talks ORDER BY yen {way}") for way in ("", "DESC"))
    assert isinstance(up, Spoken)
    assert isinstance(down, Spoken)
    assert engine.execute(up.sql).fetchall() == [(None,), (2,), (5,)]
    assert engine.execute(down.sql).fetchall() == [(5,), (2,), (None,)]


def test_the_name_of_an_output_is_meant_before_that_of_a_column(engine: duckdb.DuckDBPyConnection) -> None:
    found = read(
        "SELECT DATE_TRUNC(day, MONTH) AS day, COUNTIF(yen > 2) AS n FROM `shop.x.talks` GROUP BY day HAVING n = 1"
    )
    assert isinstance(found, Spoken)
    assert [str(row[0]) for row in engine.execute(found.sql).fetchall()] == ["2024-01-01"]


@pytest.mark.parametrize(
    ("sql", "rule", "use"),
    [
        ("SELECT minutes // 10 FROM talks", "no_such", "DIV(…, …)"),
        ("SELECT minutes::INT64 FROM talks", "no_such", "CAST(… AS …)"),
        ("SELECT CAST(area AS VARCHAR) FROM talks", "no_such", "STRING"),
        ("SELECT strftime(day, '%Y') FROM talks", "no_such", "FORMAT_DATE('%Y-%m', …)"),
        ("SELECT COUNT(*) FILTER (WHERE yen > 1) FROM talks", "no_such", "COUNTIF(…)"),
        ("SELECT yen % 2 FROM talks", "no_such", "MOD(…, …)"),
        ("SELECT * FROM talks WHERE area = 5", "types", ""),
        ("SELECT * FROM talks WHERE yen = '5'", "types", ""),
        ("SELECT * FROM talks WHERE yen = NULL", "types", "IS NULL"),
        ("SELECT IF(yen, 1, 2) FROM talks", "types", "… = …"),
        ("SELECT COUNTIF(yen) FROM talks", "types", "COUNTIF(BOOL)"),
        ("SELECT DATE(DATETIME(at_utc), 'Asia/Tokyo') FROM talks", "types", "DATE(TIMESTAMP(…), …)"),
        ("SELECT yen + 1 AS more FROM talks WHERE more > 1", "name", ""),
        ("SELECT yen + 1 AS more, more + 1 FROM talks", "name", ""),
        ("SELECT * FROM talks WHERE day = '2024/01/01'", "form", "'2024-07-01'"),
        ("SELECT RANK() OVER () FROM talks", "form", "RANK(…) OVER (ORDER BY …)"),
        ("SELECT 1 FROM talks WHERE (area, day) IN (SELECT area, day FROM talks)", "form", "IN (SELECT (…, …) …)"),
        (
            "SELECT COUNT(DISTINCT (area, day)) FROM talks",
            "form",
            "COUNT(DISTINCT TO_JSON_STRING(STRUCT(…, …)))",
        ),
        ("SELECT 1 FROM talks WHERE (area, day) IN ((1, 2, 3))", "types", ""),
        ("SELECT 1 FROM talks WHERE (area, day) < ('a', '2024-01-01')", "types", "="),
        ("SELECT JSON_SET(JSON '{}', '$.a', 1) FROM talks", "unsupported", ""),
        ("SELECT * FROM EXTERNAL_QUERY('a', 'SELECT 1')", "unsupported", ""),
    ],
)
def test_what_bigquery_does_not_take_is_refused_with_what_it_takes(sql: str, rule: str, use: str) -> None:
    found = read(sql)
    assert isinstance(found, RunError), found.sql if found else ""
    assert (found.subtype, found.candidates) == (f"dialect_{rule}", (use,) if use else ())


def test_time_columns_are_of_one_type_in_the_whole_query() -> None:
    both = (
        "SELECT * FROM talks WHERE at_utc > TIMESTAMP '2024-01-01 00:00:00' AND at_utc < DATETIME '2025-01-01 00:00:00'"
    )
    assert isinstance(read("SELECT * FROM talks WHERE at_utc > TIMESTAMP '2024-01-01 00:00:00'"), Spoken)
    assert isinstance(read("SELECT * FROM talks WHERE at_utc > DATETIME '2024-01-01 00:00:00'"), Spoken)
    assert isinstance(read(both), RunError)


def test_a_week_from_sunday_is_refuted_and_one_from_monday_accepted(judge: Judge, pack: Pack) -> None:
    answer = LINE + "SELECT DATE_TRUNC(day, {}) AS week, COUNT(*) AS talks FROM talks GROUP BY week ORDER BY week"
    assert judge.grade(pack, answer.format("ISOWEEK")).status is Status.ACCEPTED
    assert judge.grade(pack, answer.format("WEEK(MONDAY)")).status is Status.ACCEPTED
    wrong = judge.grade(pack, answer.format("WEEK"))
    assert wrong.status is Status.REFUTED
    site = wrong.findings[0].site
    assert site is not None
    assert answer.format("WEEK")[site.start : site.end] == "DATE_TRUNC(day, WEEK)"
    assert wrong.findings[0].mistake == "week_from_sunday"
    assert "ISOWEEK" in said(wrong, answer.format("WEEK"), "ja")
    assert "DATE_TRUNC('week'" not in said(wrong, answer.format("WEEK"))


def test_days_of_the_week_are_numbered_as_bigquery_does(judge: Judge) -> None:
    """There Sunday is 1, and no part of a date counts from Monday."""
    solution = Solution("SELECT id FROM days WHERE isodow(day) IN (6, 7)")
    ddl = "CREATE TABLE days (id INTEGER PRIMARY KEY, day DATE NOT NULL)"
    answer = LINE + "SELECT id FROM days WHERE EXTRACT(DAYOFWEEK FROM day) IN (6, 7)"
    wrong = judge.grade(build_pack(Exercise("d", ddl, (solution,))), answer)
    assert wrong.status is Status.REFUTED
    assert "Sunday is 0" not in said(wrong, answer)
    assert "isodow" not in said(wrong, answer)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_error_points_into_the_text_as_it_was_written(judge: Judge, pack: Pack, lang: str) -> None:
    answer = LINE + "SELECT DATE_TRUNC(dya, ISOWEEK) AS week,\n  COUNT(*) AS talks FROM talks GROUP BY week"
    verdict = judge.grade(pack, answer)
    assert verdict.status is Status.INVALID
    assert verdict.error is not None
    assert (verdict.error.line, verdict.error.position) == (2, answer.index("dya"))
    assert "day" in said(verdict, answer, lang)


def test_names_are_quoted_only_where_duckdb_needs_it(engine: duckdb.DuckDBPyConnection) -> None:
    found = read("SELECT `yen`, 1 AS offset, 2 AS `a b` FROM `talks` WHERE `talk_id` = 1")
    assert isinstance(found, Spoken)
    assert '"yen"' not in found.sql
    assert [each[0] for each in engine.execute(found.sql).description] == ["yen", "offset", "a b"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_dialect_that_nobody_knows_is_told(judge: Judge, pack: Pack, lang: str) -> None:
    verdict = judge.grade(pack, "-- dialect: mysql\nSELECT 1")
    assert verdict.status is Status.INVALID
    assert "mysql" in said(verdict, "", lang)


def test_a_line_of_a_batch_names_its_dialect() -> None:
    line = {"id": 1, "schema": DDL, "solutions": ["SELECT count(*) FILTER (WHERE yen > 3) FROM talks"]}
    answered = judge_line({**line, "answer": "SELECT COUNTIF(yen > 3) FROM talks", "dialect": "bigquery"})
    assert answered["verdict"] == "accepted"
    assert "dialect" in judge_line({**line, "answer": "SELECT 1", "dialect": "oracle"})["message"]


def test_a_task_that_rules_filter_out_takes_countif() -> None:
    solution = "SELECT sum(CASE WHEN yen > 3 THEN 1 ELSE 0 END) FROM talks"
    line = {"id": 1, "schema": DDL, "solutions": [solution], "forbid": ["filter"], "dialect": "bigquery"}
    assume = ["SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM talks)"]
    answered = judge_line({**line, "assume": assume, "answer": "SELECT COUNTIF(yen > 3) FROM talks"})
    assert answered["verdict"] == "accepted"


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT * FROM `read_csv('/etc/passwd')`",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT read_text('/etc/passwd')",
        "SELECT * FROM `/etc/passwd`",
        "SELECT * FROM EXTERNAL_QUERY('us.c', 'SELECT * FROM secrets')",
        "SELECT * FROM ML.PREDICT(MODEL `m`, TABLE talks)",
        "SELECT * FROM `region-us`.INFORMATION_SCHEMA.JOBS",
        "SELECT * FROM `p.d.INFORMATION_SCHEMA.PARTITIONS`",
        "SELECT * FROM duckdb_settings",
        "SELECT * FROM `p.d.duckdb_tables`",
        "SELECT * FROM sqlite_master",
        "SELECT getenv('HOME')",
        "SELECT CURRENT_SETTING('memory_limit')",
        "SELECT SESSION_USER()",
        "SELECT @@project_id",
        "SELECT * FROM talks FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()",
        "SELECT * FROM talks TABLESAMPLE SYSTEM (10 PERCENT)",
        "EXECUTE IMMEDIATE 'SELECT 1'",
        "DECLARE x INT64 DEFAULT 1",
        "BEGIN SELECT 1; END",
        "CREATE TEMP FUNCTION f(x STRING) AS (read_text(x)); SELECT f('/etc/passwd')",
        "CREATE TABLE stolen AS SELECT * FROM talks",
        "EXPORT DATA OPTIONS(uri='gs://x/*') AS SELECT * FROM talks",
        "LOAD DATA INTO talks FROM FILES (uris=['gs://x'])",
        "INSERT INTO talks SELECT * FROM talks",
        "DROP TABLE talks",
        "SELECT 1; DROP TABLE talks",
        "SELECT 1 /* */; ATTACH 'x.db'",
        "SELECT 'a\\'; DROP TABLE talks; --'; COPY talks TO 'x'",
        'SELECT `a"; DROP TABLE talks; --` FROM talks; SELECT 1',
        "SELECT (SELECT AS STRUCT * FROM talks)",
        "SELECT * FROM UNNEST(read_blob('x'))",
        "PRAGMA version",
        "SET memory_limit = '1GB'",
        "CALL sniff_csv('x')",
        "INSTALL httpfs",
        "SELECT SAFE.READ_TEXT(area) FROM talks",
        "SELECT query('SELECT 1')",
    ],
)
def test_nothing_leaves_through_the_dialect(attack: str, runner: Runner) -> None:
    found = spoken(LINE + attack, TABLES)
    assert found is not None
    assert isinstance(found, RunError) or isinstance(read_statement(found.sql, runner), RunError)


def test_a_name_or_text_cannot_end_what_it_stands_in(engine: duckdb.DuckDBPyConnection) -> None:
    for written in ("'a\\'; DROP TABLE talks; --'", '"a\'; DROP TABLE talks; --"', 'r"\'; DROP TABLE talks; --"'):
        assert "DROP" in str(value(engine, written))
    found = read('SELECT yen AS `a"; DROP TABLE talks; --` FROM talks')
    assert isinstance(found, Spoken)
    assert engine.execute(found.sql).description[0][0] == 'a"; DROP TABLE talks; --'
