"""A learner's own views and tables in BigQuery's dialect: nothing else can be reached through them either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.learner.state.desk import Desk
from classroom.learner.state.own_objects import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

LINE = "-- dialect: bigquery\n"
MADE_BY_ANOTHER = "what another learner has made"


@pytest.fixture
def home(in_folder: Path) -> Path:
    (in_folder / ".penguin").mkdir()
    return in_folder


@pytest.fixture
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What lies in the folder of another learner."""
    file = tmp_path_factory.mktemp("other") / FILE
    file.write_text(MADE_BY_ANOTHER, encoding="utf-8")
    return file


@pytest.fixture
def desk(home: Path, practice: Path) -> Iterator[Desk]:
    desk = Desk(lang="en", practice=practice)
    yield desk
    desk.close()


ATTACKS = [
    "CREATE VIEW my.x AS SELECT * FROM `{other}`",
    "CREATE TABLE my.x AS SELECT * FROM `read_text('{other}')`",
    "CREATE TABLE my.x AS SELECT * FROM read_text('{other}')",
    "CREATE TABLE my.x AS SELECT * FROM `read_csv`('{other}')",
    "CREATE TABLE my.x AS SELECT * FROM my.`read_text('{other}')`",
    "CREATE TABLE my.x AS SELECT read_text('{other}') AS t",
    "CREATE TABLE my.x AS SELECT `read_text`('{other}') AS t",
    "CREATE TABLE my.x AS SELECT * FROM sqlite_scan('{other}', 'x')",
    "CREATE TABLE my.x AS SELECT * FROM UNNEST(glob('/*')) AS file",
    "CREATE TABLE my.x AS SELECT GETENV('HOME') AS home",
    "CREATE TABLE my.x AS SELECT * FROM EXTERNAL_QUERY('us.c', 'SELECT 1')",
    "CREATE TABLE my.x AS SELECT * FROM INFORMATION_SCHEMA.JOBS",
    "CREATE TABLE my.x AS SELECT * FROM `shop.INFORMATION_SCHEMA.PARTITIONS`",
    "CREATE TABLE my.x AS SELECT * FROM `duckdb_databases()`",
    "CREATE TABLE my.x AS SELECT * FROM duckdb_settings()",
    "CREATE TABLE my.x AS SELECT * FROM my.__TABLES__",
    "CREATE TABLE my.x AS SELECT 1 AS n; DROP TABLE guests",
    "CREATE VIEW my.x AS SELECT 1 AS n; CREATE TABLE guests AS SELECT 1 AS n",
    "CREATE VIEW my.x AS (SELECT 1 AS n); COPY guests TO '{other}'",
    "CREATE VIEW my.x AS SELECT 1 AS n |> WHERE n = 1",
    "CREATE VIEW my.`../x` AS SELECT 1 AS n",
    "CREATE VIEW my.`x; DROP TABLE guests` AS SELECT 1 AS n",
    "CREATE TABLE `shop.my.x` AS SELECT 1 AS n",
    "CREATE TABLE shop.my.x AS SELECT 1 AS n",
    "CREATE TABLE practice.x AS SELECT 1 AS n",
    "CREATE OR REPLACE TABLE guests AS SELECT 1 AS n -- my.guests",
    "CREATE OR REPLACE TABLE guests AS SELECT * FROM my.x",
    "CREATE TABLE my.x (n INT64)",
    "CREATE TABLE my.x PARTITION BY day AS SELECT DATE '2025-12-01' AS day",
    "CREATE TABLE my.x CLONE guests",
    "CREATE SNAPSHOT TABLE my.x CLONE guests",
    "CREATE EXTERNAL TABLE my.x OPTIONS (format = 'CSV', uris = ['{other}'])",
    "CREATE MATERIALIZED VIEW my.x AS SELECT 1 AS n",
    "CREATE TEMP FUNCTION f(n INT64) AS (n); SELECT f(1) FROM my.x",
    "CREATE FUNCTION my.f(n INT64) RETURNS INT64 LANGUAGE js AS 'return n'",
    "CREATE MODEL my.m OPTIONS (model_type = 'linear_reg') AS SELECT 1 AS n",
    "LOAD DATA INTO my.x FROM FILES (format = 'CSV', uris = ['{other}'])",
    "EXPORT DATA OPTIONS (uri = '{other}', format = 'CSV') AS SELECT * FROM my.x",
    "EXECUTE IMMEDIATE 'DROP TABLE guests'",
    "BEGIN DROP TABLE guests; END",
    "DECLARE n INT64 DEFAULT 1; SELECT n FROM my.x",
    "MERGE guests USING my.x ON FALSE WHEN NOT MATCHED THEN INSERT ROW",
    "INSERT INTO my.x SELECT 1 AS n",
    "UPDATE my.x SET n = 1 WHERE TRUE",
    "DELETE FROM guests WHERE TRUE -- my.x",
    "TRUNCATE TABLE guests",
    "ALTER TABLE guests RENAME TO my_guests",
    "DROP TABLE `my.guests`; DROP TABLE guests",
    "DROP SCHEMA my CASCADE",
    "CALL my.f()",
    "ASSERT (SELECT COUNT(*) FROM my.x) = 0",
    "GRANT `roles/viewer` ON TABLE guests TO 'user:a@example.com'",
]


def test_no_attack_in_the_dialect_reaches_the_data_another_learner_or_a_file(
    run: Callable[..., Any], home: Path, other: Path, practice: Path
) -> None:
    before = practice.read_bytes()
    for attack in ATTACKS:
        sql = attack.format(other=other)
        ran = run(LINE + sql)
        assert ran.trouble is not None, sql
        assert "Traceback" not in ran.plain, sql
        assert MADE_BY_ANOTHER not in ran.plain, sql
        run("DROP VIEW IF EXISTS my.x")
        run("DROP TABLE IF EXISTS my.x")
    assert run("SELECT COUNT(*) FROM guests").trouble is None
    assert practice.read_bytes() == before
    assert other.read_text(encoding="utf-8") == MADE_BY_ANOTHER
    assert {each.name.partition("-")[0] for each in (home / ".penguin").iterdir()} <= {"my.sqlite", "progress.sqlite"}
    assert [each.name for each in home.iterdir()] == [".penguin"]


@pytest.mark.parametrize("kind", ["VIEW", "TABLE"])
def test_what_is_made_in_the_dialect_is_asked_and_dropped_in_it(run: Callable[..., Any], desk: Desk, kind: str) -> None:
    made = run(
        f"{LINE}CREATE OR REPLACE {kind} my.golds AS SELECT area_code, COUNTIF(grade = 'gold') AS n FROM casts GROUP BY 1"
    )
    assert made.trouble is None
    asked = run(LINE + "SELECT COUNTIF(n > 0) > 0 AS some FROM `my`.golds JOIN areas USING (area_code)")
    assert asked.trouble is None, asked.trouble
    assert desk.last_result is not None
    assert desk.last_result.rows == ((True,),)
    assert run(f"{LINE}DROP {kind} IF EXISTS my.golds").trouble is None
    assert run(LINE + "SELECT n FROM my.golds").trouble is not None
