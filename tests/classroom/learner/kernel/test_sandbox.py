"""A learner's SQL reaches nothing but the practice data, and each attempt gets a plain sentence."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from classroom.messages import say
from classroom.session.connection import Session
from classroom.session.limits import QueryLimits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from classroom.learner.state.desk import Desk

ATTEMPTS = [
    ("file", "SELECT * FROM read_csv('/etc/passwd')"),
    ("file", "SELECT content FROM read_text('/etc/hostname')"),
    ("file", "SELECT * FROM '/etc/passwd'"),
    ("file", "SELECT * FROM glob('/etc/*')"),
    ("file", "COPY guests TO 'stolen.csv'"),
    ("file", "COPY (SELECT 1) TO ':memory:'"),
    ("file", "COPY (SELECT 1) TO '.tmp/evil.csv'"),
    ("file", "ATTACH 'other.db'"),
    ("file", "EXPORT DATABASE 'all'"),
    ("network", "SELECT * FROM 'https://example.com/data.parquet'"),
    ("network", "SELECT * FROM read_csv('http://example.com/a.csv')"),
    ("extension", "INSTALL httpfs"),
    ("extension", "LOAD httpfs"),
    ("settings", "SET memory_limit = '100GB'"),
    ("settings", "SET lock_configuration = false"),
    ("settings", "PRAGMA threads = 64"),
    ("write", "CREATE TEMP TABLE guests AS SELECT 1"),
    ("write", "INSERT INTO areas SELECT * FROM areas"),
    ("write", "DROP TABLE guests"),
    ("write", "DELETE FROM guests"),
    ("write", "CREATE TEMP MACRO sum(x) AS 1"),
    ("call", "CALL pragma_version()"),
    ("write", "EXPLAIN ANALYZE CREATE TEMP TABLE guests AS SELECT 1"),
    ("write", "EXPLAIN (ANALYZE, FORMAT JSON) CREATE TEMP TABLE guests AS SELECT 1"),
    ("write", "/* 説明 */ EXPLAIN ANALYZE CREATE TEMP MACRO sum(x) AS 1"),
    ("settings", "EXPLAIN ANALYZE SET VARIABLE a = 1"),
    ("write", "CREATE TEMP TABLE guests AS PIVOT guests ON gender USING count(*)"),
    ("write", "CREATE TEMP TABLE guests AS SELECT * FROM (PIVOT guests ON gender USING count(*))"),
    ("write", "PREPARE p AS PIVOT guests ON gender USING count(*)"),
    ("file", "COPY (PIVOT guests ON gender USING count(*)) TO ':memory:'"),
    ("settings", "SET VARIABLE a = (SELECT count(*) FROM (PIVOT guests ON gender USING count(*)))"),
    ("settings", "SELECT * FROM enable_logging()"),
    ("settings", "SELECT * FROM add_grammar_extension('x')"),
]

READING = [
    "EXPLAIN SELECT 1",
    "EXPLAIN ANALYZE (SELECT 1)",
    "EXPLAIN (FORMAT JSON) FROM areas",
    "-- 件数\nPIVOT areas ON area_code IN ('x') USING count(*)",
    "EXPLAIN PIVOT areas ON area_code USING count(*)",
    "WITH p AS (PIVOT areas ON area_code USING count(*)) SELECT * FROM p",
    "SUMMARIZE areas",
    "SHOW TABLES",
    "VALUES (1)",
    "SELECT '\ud800'",
]


@pytest.mark.parametrize(("code", "sql"), ATTEMPTS, ids=[sql for _, sql in ATTEMPTS])
def test_what_is_not_reading_gets_a_sentence_of_its_own(
    run: Callable[..., Any], code: str, sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".tmp").mkdir()
    ran = run(sql)
    assert say(f"refused.{code}", "ja") in ran.plain
    assert sorted(each.name for each in tmp_path.rglob("*")) == [".tmp"]


@pytest.mark.parametrize("sql", READING)
def test_what_only_reads_is_run(run: Callable[..., Any], sql: str) -> None:
    assert run(sql).trouble is None


def test_a_write_inside_with_meets_a_read_only_file(run: Callable[..., Any]) -> None:
    count = "SELECT count(*) AS n FROM areas"
    before = run(count).plain.split("行")[0]
    for sql in (
        "WITH z AS (DELETE FROM areas RETURNING *) SELECT * FROM z",
        "EXPLAIN ANALYZE WITH z AS (DELETE FROM areas RETURNING *) SELECT * FROM z",
    ):
        assert run(sql).trouble is not None
    assert run(count).plain.split("行")[0] == before


def test_settings_stay_as_they_are_after_an_attempt(run: Callable[..., Any]) -> None:
    run("SET threads = 1; SET enable_external_access = true")
    assert "false" in run("SELECT current_setting('enable_external_access') AS s").plain


def test_the_database_file_itself_cannot_be_read(run: Callable[..., Any], practice: Path) -> None:
    assert run(f"SELECT size FROM read_blob('{practice.as_posix()}')").trouble is not None


@pytest.mark.parametrize("program", ["import os", "print(1)", "!ls", "exit()"])
def test_python_and_shell_are_not_run(run: Callable[..., Any], program: str) -> None:
    assert run(program).trouble is not None


def test_python_variables_are_out_of_reach(run: Callable[..., Any]) -> None:
    assert run("SELECT * FROM desk").trouble is not None


def test_a_query_without_end_is_stopped_in_time(practice: Path, desk: Desk, run: Callable[..., Any]) -> None:
    desk.session.close()
    desk.session = Session(practice, QueryLimits(seconds=0.5))
    ran = run("SELECT count(*) FROM range(10000000) a, range(10000000) b")
    assert say("out_of_time.title", "ja") in ran.plain
    assert run("SELECT 1 AS still_here").trouble is None


def test_stop_reaches_a_running_query(desk: Desk, run: Callable[..., Any]) -> None:
    threading.Timer(0.3, desk.stop).start()
    ran = run("SELECT count(*) FROM range(10000000) a, range(10000000) b")
    assert say("stopped.title", "ja") in ran.plain


def test_a_result_too_large_for_memory_is_told_plainly(run: Callable[..., Any]) -> None:
    ran = run("SELECT list(a) FROM range(1000000000) t(a)")
    assert say("out_of_memory.cause", "ja") in ran.plain


def test_a_query_that_a_busy_machine_held_up_is_not_blamed(desk: Desk, run: Callable[..., Any]) -> None:
    desk.session.limits = QueryLimits(seconds=0.5)
    with pytest.MonkeyPatch.context() as starved:
        starved.setattr("time.process_time", lambda: 0.0)
        ran = run("SELECT count(*) FROM range(10000000) a, range(10000000) b")
    assert say("out_of_time.busy", "ja") in ran.plain
    assert "JOIN" not in ran.plain
