"""Attacks through an answer: none reaches a file, the network, a setting or the tables, and the judge lives on."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest

from sqlgrade import Exercise, Grader, Limits, Pack, Reason, Solution, Status, build_pack
from sqlgrade.engine import sandbox

DDL = "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR, n INTEGER);"

NOT_ALLOWED = [
    "",
    "   -- only a comment",
    "SELECT id FROM t; SELECT 1",
    "SELECT id FROM t; DROP TABLE t",
    "DROP TABLE t",
    "DELETE FROM t",
    "INSERT INTO t VALUES (99, 'x', 1)",
    "UPDATE t SET n = 0",
    "CREATE TABLE u (a INT)",
    "CREATE TEMP TABLE t AS SELECT 1 AS id",
    "CREATE TEMP MACRO sum(x) AS 1",
    "CREATE VIEW v AS SELECT 1",
    "WITH z AS (INSERT INTO t VALUES (99, 'x', 1) RETURNING id) SELECT * FROM z",
    "WITH z AS (DELETE FROM t RETURNING id) SELECT id FROM z",
    "WITH z AS (UPDATE t SET n = 1 RETURNING id) SELECT id FROM z",
    "ATTACH ':memory:' AS other",
    "ATTACH '/tmp/x.db'",
    "DETACH memory",
    "COPY t TO '/tmp/stolen.csv'",
    "COPY (SELECT 1) TO ':memory:'",
    "COPY (SELECT 1) TO '.tmp/evil.csv'",
    "COPY t FROM '/etc/passwd'",
    "EXPORT DATABASE '/tmp/all'",
    "IMPORT DATABASE '/tmp/all'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET memory_limit='100GB'",
    "SET lock_configuration=false",
    "RESET threads",
    "PRAGMA database_list",
    "PRAGMA enable_profiling",
    "CALL pragma_version()",
    "SET VARIABLE x = 1",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "BEGIN TRANSACTION",
    "COMMIT",
    "CHECKPOINT",
    "VACUUM",
    "EXPLAIN ANALYZE SELECT 1",
    "DESCRIBE t",
    "SUMMARIZE t",
    "SHOW TABLES",
    "USE main",
    "ALTER TABLE t ADD COLUMN x INT",
    "COMMENT ON TABLE t IS 'x'",
    "CREATE SECRET s (TYPE http)",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/proc/self/environ')",
    "SELECT * FROM read_parquet('https://example.org/x.parquet')",
    "SELECT * FROM read_json('s3://bucket/x.json')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM 'x.csv'",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM parquet_metadata('x')",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_tables()",
    "SELECT * FROM duckdb_tables",
    "SELECT sql FROM sqlite_master",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM pg_catalog.pg_tables",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('t')",
    "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "SELECT current_setting('memory_limit')",
    "SELECT getvariable('x')",
    "SELECT getenv('HOME')",
    "SELECT nextval('s')",
    "SELECT setseed(0.5)",
    "SELECT sleep_ms(60000)",
    "SELECT pg_sleep(60)",
    "SELECT write_log('x')",
    "SELECT current_query()",
    "SELECT id FROM t WHERE name = ?",
    "SELECT id FROM t WHERE name = $name",
    "PIVOT (SELECT * FROM read_csv('/etc/passwd')) ON column0 USING count(*)",
    "SELECT id FROM (FROM which_secret('x', 'y'))",
    "SELECT * FROM duckdb_tables, (WITH duckdb_tables AS (SELECT 1 AS a) SELECT * FROM duckdb_tables)",
    "SELECT sql FROM sqlite_master, (WITH sqlite_master AS (SELECT 1 AS a) SELECT a FROM sqlite_master) x",
    "WITH x AS (SELECT * FROM pg_tables) PIVOT x ON tablename USING count(*)",
    "PIVOT t ON id USING max(current_setting('threads'))",
    "PIVOT (SELECT $$ ' $$ AS a, sleep_ms(9000) AS b, $$ ' $$ AS c) ON a USING count(*)",
    "PIVOT (SELECT E'\\'' AS a, sleep_ms(9000) AS b, E'\\'' AS c) ON a USING count(*)",
    "CREATE TEMP TABLE t AS PIVOT t ON name USING count(*)",
    "COPY (PIVOT t ON name USING count(*)) TO ':memory:'",
    "SET VARIABLE a = (SELECT count(*) FROM (PIVOT t ON name USING count(*)))",
    "WITH p AS (PIVOT t ON name USING count(*)) INSERT INTO t VALUES (99, 'x', 1)",
    "EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1 AS id",
    "SELECT system.main.sleep_ms(60000)",
    "SELECT (60000).sleep_ms()",
    "SELECT list_transform([60000], lambda x: sleep_ms(x))",
    "SELECT current_schema()",
    "SELECT uuidv7()",
    "SELECT txid_current()",
    "SELECT id FROM t USING SAMPLE 50%",
    "FROM t TABLESAMPLE bernoulli(50%)",
    "SELECT * FROM duckdb_logs",
    "SELECT * FROM duckdb_temporary_files()",
    "SELECT * FROM duckdb_variables()",
    "SELECT * FROM duckdb_prepared_statements()",
    "SELECT * FROM enable_logging()",
    "SELECT * FROM truncate_duckdb_logs()",
    "SELECT * FROM add_grammar_extension('x')",
    "SELECT * FROM create_external_resource('x')",
    "SELECT * FROM read_duckdb('/tmp/x.db')",
    "SELECT * FROM python_map_function(1)",
    "SELECT * FROM seq_scan('t')",
    "SELECT * FROM sql_auto_complete('SEL')",
    "FROM (DESCRIBE t)",
    "FROM (SHOW ALL TABLES)",
    "FROM t, LATERAL (SELECT * FROM read_csv_auto('/etc/passwd'))",
    "SELECT id FROM t WHERE name IN (FROM '/etc/passwd')",
    "SELECT (SELECT content FROM read_text('/proc/self/cmdline'))",
    'SELECT * FROM "/proc/self/environ"',
    "SELECT * FROM 'http://169.254.169.254/latest.csv'",
    "SELECT * FROM sqlite_scan('/tmp/x.db', 't')",
    "SELECT * FROM postgres_query('h', 'select 1')",
    "SELECT * FROM arrow_scan(1, 2, 3)",
    "SELECT * FROM temp.t",
    'SELECT * FROM "duckdb_databases"()',
    "SELECT * FROM INFORMATION_SCHEMA.COLUMNS",
    "SELECT id FROM t LIMIT (SELECT sleep_ms(60000)::INT)",
    "SELECT id FROM t QUALIFY row_number() OVER (ORDER BY sleep_ms(60000)) = 1",
    "SELECT list_reduce([60000, 1], lambda x, y: sleep_ms(x))",
    "SELECT count(*) FILTER (WHERE getenv('PATH') LIKE 'x%') FROM t",
    "SELECT id FROM t GROUP BY GROUPING SETS ((id), (current_setting('threads')))",
    "SELECT error(getenv('HOME')) FROM t",
    "SELECT id FROM t\x00; DROP TABLE t",
    "SELECT '" + "x" * 1_000_000 + "'",
]

DOES_NOT_RUN = [
    "SELECT * FROM python_variable",
    "SELECT * FROM no_such_table",
    "これは SQL ではありません",
    "SELECT " + "(" * 5_000 + "1" + ")" * 5_000,
    "SELECT " + "NOT " * 20_000 + "TRUE",
    "\x00SELECT 1",
    "SELECT '\ud800' || x FROM t",
    "SELECT " + "[" * 20_000 + "1" + "]" * 20_000,
    "SELECT " + "f(" * 5_000 + ")" * 5_000,
    "SELECT * FROM " + "(SELECT * FROM " * 3_000 + "t" + ")" * 3_000,
    "SELECT id FROM t" + " JOIN t USING (id)" * 1000,
    "SELECT id FROM t GROUP BY CUBE (" + ", ".join(f"id + {i}" for i in range(25)) + ")",
    "SELECT " + "x" * 99_000,
    "FROM t AT (VERSION => 1)",
    "WITH RECURSIVE z AS (SELECT 1 AS id UNION ALL (DELETE FROM t RETURNING id)) SELECT * FROM z",
    "WITH z AS (MERGE INTO t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE RETURNING t.id) FROM z",
    "SELECT list_aggregate([1, 2], 'query')",
    "SELECT '" + "[" * 90_000 + "'::INT[]",
    "WITH c0 AS (FROM t), " + ", ".join(f"c{i} AS (FROM c{i - 1})" for i in range(1, 1_500)) + " FROM c1499",
]

BOMBS = [
    "SELECT count(*) FROM range(1000000000000)",
    "WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM r) SELECT count(*) FROM r",
    "SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000000) c",
    "SELECT len(range(3000000000))",
    "SELECT length(repeat('x', 2000000000)) FROM range(2000)",
    "SELECT count(DISTINCT x) FROM range(2000000000) r(x)",
    "SELECT list(x) FROM range(1000000000) r(x)",
    "SELECT lpad('x', 2000000000, 'y') FROM range(3)",
    "SELECT regexp_extract_all(repeat('ab', 50000000), 'a')[1]",
    "SELECT string_agg(repeat('x', 100000), '') FROM range(100000)",
    "SELECT list_distinct(range(200000000))",
    "SELECT regexp_replace(repeat('x', 10000000), 'x', repeat('y', 1000), 'g')",
    "WITH RECURSIVE r AS (SELECT repeat('x', 1000) AS s UNION ALL SELECT s || s FROM r) SELECT length(s) FROM r",
    "WITH RECURSIVE r(a, b) USING KEY (a) AS (SELECT 1, 1 UNION SELECT a, b + 1 FROM r) SELECT * FROM r",
    "PIVOT (SELECT range AS a FROM range(20000)) ON a USING count(*)",
    "WITH a AS (SELECT 1 x), "
    + ", ".join(
        f"a{i} AS NOT MATERIALIZED (SELECT * FROM a{i - 1 or ''} UNION ALL SELECT * FROM a{i - 1 or ''})"
        for i in range(1, 41)
    )
    + " SELECT count(*) FROM a40",
]

LEGITIMATE = [
    "SELECT id, strftime(DATE '2024-01-01', '%Y-%m'), regexp_replace(name, 'a', 'b') FROM t",
    "SELECT id FROM t, unnest([1, 2]) u(x)",
    "SELECT x FROM range(3) r(x)",
    "SELECT list_transform([n], lambda x: x + 1), {'a': n}.a FROM t",
    "SELECT id FROM main.t",
    "WITH pg_like AS (SELECT id FROM t) SELECT id FROM pg_like",
    "FROM t SELECT max(n) FILTER (WHERE n > 1), median(n), quantile_cont(n, 0.5), mode(n)",
    "PIVOT t ON n IN (1, 2) USING count(*) GROUP BY name",
    "SELECT json_extract('{\"a\": 1}', '$.a'), try_cast('x' AS INTEGER), age(DATE '2024-01-01', DATE '2023-01-01')",
    "SELECT id, row_number() OVER w FROM t WINDOW w AS (ORDER BY id)",
    "SELECT generate_series FROM generate_series(1, 3)",
    "SELECT id, current_date, now() FROM t",
    "SELECT id FROM t WHERE name GLOB 'a*' OR name IS DISTINCT FROM 'b'",
    "SELECT COLUMNS(lambda c: c LIKE 'n%') FROM t",
    "SELECT parse_filename('/a/b.c'), version(), hash(name), md5(name), url_encode(name) FROM t",
    "SELECT name FROM pg_timezone_names() WHERE name = 'Asia/Tokyo'",
    "SELECT st_astext('POINT(1 2)'::GEOMETRY) FROM t",
    "WITH duckdb_like AS (SELECT id FROM t) SELECT id + 1 FROM duckdb_like",
    "SELECT 'a\x00b' FROM t",
    "SELECT '\ud800' FROM t",
    "SELECT random(), uuid() FROM t",
    "SELECT id FROM t WHERE " + " OR ".join(["n = 1"] * 1_000),
]

PURE_THOUGH_VOLATILE = {"error", "gen_random_uuid", "random", "uuid", "uuidv4"}
"""Functions that DuckDB calls volatile and an answer may use: they change nothing, and chance is seeded."""


@pytest.fixture(scope="module")
def pack() -> Pack:
    limits = Limits(seconds=0.7)
    return build_pack(Exercise("attack", DDL, (Solution("SELECT id FROM t WHERE n > 1"),), limits=limits))


@pytest.mark.parametrize("attack", NOT_ALLOWED, ids=lambda text: text[:50] or "empty")
def test_what_is_no_question_is_not_allowed(grader: Grader, pack: Pack, attack: str) -> None:
    verdict = grader.grade(pack, attack)
    assert verdict.status is Status.INVALID
    assert verdict.reason is Reason.NOT_ALLOWED or (verdict.error is not None and verdict.error.kind == "bind")


@pytest.mark.parametrize("path", ["d1.t", "memory.d0.t", '"memory"."main"."t"'])
def test_a_schema_before_the_tasks_table_leads_to_no_other_database(grader: Grader, pack: Pack, path: str) -> None:
    """Each database of the judge is such a schema: a query from work names its own, and means the table of the task."""
    plain, led = (grader.grade(pack, f"SELECT id FROM {table} WHERE n > 2") for table in ("t", path))
    assert (led.status, led.mistake) == (Status.REFUTED, plain.mistake)
    shown = [each.counterexample for each in (led, plain)]
    assert shown[0] is not None
    assert shown[0] == shown[1]


@pytest.mark.parametrize("text", DOES_NOT_RUN, ids=lambda text: text[:30])
def test_what_cannot_be_read_does_not_run(grader: Grader, pack: Pack, text: str) -> None:
    assert grader.grade(pack, text).status is Status.INVALID


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda text: text[:40])
def test_a_bomb_costs_only_itself(grader: Grader, pack: Pack, bomb: str) -> None:
    verdict = grader.grade(pack, bomb)
    assert (verdict.status, verdict.reason) == (Status.INVALID, Reason.LIMIT)
    assert grader.grade(pack, "SELECT id FROM t WHERE n > 1").status is Status.ACCEPTED


def test_a_text_of_thousands_of_parts_is_judged_or_stopped(grader: Grader, pack: Pack) -> None:
    verdict = grader.grade(pack, "SELECT id FROM t UNION ALL " * 2_000 + "SELECT id FROM t")
    assert verdict.status is Status.REFUTED or verdict.reason is Reason.LIMIT  # as fast as the machine is
    assert grader.grade(pack, "SELECT id FROM t WHERE n > 1").status is Status.ACCEPTED


@pytest.mark.parametrize("query", LEGITIMATE, ids=lambda text: text[:40])
def test_an_analysts_query_is_run(grader: Grader, pack: Pack, query: str) -> None:
    assert grader.grade(pack, query).status is Status.REFUTED


def test_every_function_with_an_effect_is_refused() -> None:
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('scalar', 'aggregate') "
            "AND (has_side_effects OR stability = 'VOLATILE')"
        ).fetchall()
    assert {name for (name,) in rows if not sandbox.is_refused(name)} == PURE_THOUGH_VOLATILE


def test_chance_gives_the_same_verdict_twice(grader: Grader, pack: Pack) -> None:
    answer = "SELECT id FROM t WHERE n > 1 AND random() < 0.5"
    first = grader.grade(pack, answer)
    grader.grade(pack, "SELECT random() FROM t")
    assert replace(grader.grade(pack, answer), ms={}) == replace(first, ms={})
    assert first.status is not Status.ACCEPTED


def test_the_number_of_a_row_is_no_key(grader: Grader, pack: Pack) -> None:
    assert grader.grade(pack, "SELECT id FROM t WHERE n > 1 AND rowid >= 0").status is Status.ACCEPTED
    assert grader.grade(pack, "SELECT rowid + 1 FROM t WHERE n > 1").status is not Status.ACCEPTED


def test_nothing_is_left_behind(grader: Grader, pack: Pack) -> None:
    for attack in ("CREATE TEMP TABLE t AS SELECT 1 AS id", "WITH z AS (DELETE FROM t RETURNING id) SELECT id FROM z"):
        grader.grade(pack, attack)
    assert grader.grade(pack, "SELECT id FROM t WHERE NOT n <= 1").status is Status.ACCEPTED
