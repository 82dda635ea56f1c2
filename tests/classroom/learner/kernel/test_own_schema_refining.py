"""A table of one's own is refined from itself, every statement runs once, and nothing that only reads changes one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import duckdb
import pytest

from classroom.learner.state import own_objects
from classroom.learner.state.desk import Desk
from classroom.messages import say
from classroom.session.limits import QueryLimits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any


@pytest.fixture
def desk(in_folder: Path, practice: Path) -> Iterator[Desk]:
    (in_folder / ".penguin").mkdir()
    desk = Desk(lang="ja", practice=practice)
    yield desk
    desk.close()


def rows(run: Callable[..., Any], desk: Desk, sql: str) -> Any:
    assert run(sql).trouble is None, sql
    assert desk.last_result is not None
    return desk.last_result.rows


def test_a_table_is_made_anew_from_what_it_held(run: Callable[..., Any], desk: Desk, practice: Path) -> None:
    run("CREATE TABLE my.snap AS SELECT 1 AS x")
    for _ in range(2):
        assert run("CREATE OR REPLACE TABLE my.snap AS SELECT x + 1 AS x FROM my.snap").trouble is None
    assert rows(run, desk, "SELECT x FROM my.snap") == ((3,),)
    run("CREATE VIEW my.doubled AS SELECT 2 * x AS x FROM my.snap")
    assert run("CREATE OR REPLACE TABLE my.snap AS SELECT x FROM my.doubled").trouble is None
    assert rows(run, desk, "SELECT x FROM my.doubled") == ((12,),)
    assert run("CREATE OR REPLACE TABLE my.doubled AS SELECT x FROM my.doubled").trouble is None
    desk.close()
    other = Desk(lang="ja", practice=practice)  # as after a restart
    try:
        other.open_own()
        asked = other.session.connection.sql("SELECT s.x, d.x FROM my.snap s, my.doubled d")
        assert asked.fetchall() == [(6, 12)]
    finally:
        other.close()


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE OR REPLACE VIEW my.v AS SELECT x + 1 AS x FROM my.v",
        "CREATE OR REPLACE VIEW my.v AS SELECT x + 1 AS x FROM my.over_v",
        'CREATE OR REPLACE VIEW my.v AS SELECT x FROM my . "v" WHERE x > (SELECT min(x) FROM my.v)',
    ],
)
def test_a_view_that_would_read_itself_is_refused_and_stays_as_it_was(
    sql: str, run: Callable[..., Any], desk: Desk
) -> None:
    run("CREATE VIEW my.v AS SELECT 1 AS x")
    run("CREATE VIEW my.over_v AS SELECT x FROM my.v")
    ran = run(sql)
    assert ran.trouble.cause == say("own.itself", "ja", name="v")
    assert rows(run, desk, "SELECT x FROM my.v") == ((1,),)
    assert rows(run, desk, "SELECT x FROM my.over_v") == ((1,),)


def test_a_statement_that_fails_runs_once_and_has_no_effect(
    run: Callable[..., Any], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("CREATE TABLE my.t AS SELECT 1 AS x")
    executed: list[str] = []
    connection = desk.session.connection

    class Watched:
        def execute(self, sql: str, *given: Any) -> Any:
            executed.append(sql)
            return connection.execute(sql, *given)

        def __getattr__(self, name: str) -> Any:
            return getattr(connection, name)

    monkeypatch.setattr(desk.session, "connection", Watched())
    for sql in (
        "CREATE OR REPLACE TABLE my.t AS SELECT nonsense FROM my.t",
        "CREATE OR REPLACE TABLE my.t AS SELECT x FROM my.nowhere",
        "CREATE OR REPLACE VIEW my.t AS SELECT x + FROM my.t",
        "SELECT nonsense FROM my.t",
        "DESCRIBE my.nowhere",
        "SELECT * FROM my.nowhere",
    ):
        assert run(sql).trouble is not None
    asked = [each for each in executed if not each.startswith(("BEGIN", "ROLLBACK", "EXPLAIN"))]
    assert asked == []
    monkeypatch.undo()
    assert rows(run, desk, "SELECT x FROM my.t") == ((1,),)


def test_the_place_of_a_mistake_is_marked_in_the_statement_that_makes_something(run: Callable[..., Any]) -> None:
    sql = "CREATE OR REPLACE TABLE my.t AS\nSELECT guest_id,\n       nonsense\nFROM guests"
    trouble = run(sql).trouble
    assert trouble.sql[trouble.start : trouble.end] == "nonsense"
    assert trouble.line == 3


HIDDEN = [
    "WITH z AS (DELETE FROM my.t RETURNING *) SELECT * FROM z",
    "WITH z AS (UPDATE my.t SET x = 9 RETURNING *) SELECT * FROM z",
    "WITH z AS (INSERT INTO my.t SELECT 9 RETURNING *) SELECT * FROM z",
    "EXPLAIN ANALYZE WITH a AS (SELECT 9 AS x) INSERT INTO my.t SELECT x FROM a",
    "EXPLAIN (ANALYZE, FORMAT json) WITH a AS (SELECT 9 AS x) INSERT INTO my.t SELECT x FROM a",
    "EXPLAIN ANALYZE WITH a AS (SELECT 9 AS x) DELETE FROM my.t",
    "CREATE TABLE my.u AS WITH z AS (DELETE FROM my.t RETURNING *) SELECT * FROM z",
    "CREATE VIEW my.u AS WITH z AS (DELETE FROM my.t RETURNING *) SELECT * FROM z",
    "FROM (WITH z AS (DELETE FROM my.t RETURNING *) SELECT * FROM z)",
]


@pytest.mark.parametrize("sql", HIDDEN)
def test_a_write_hidden_in_a_query_is_refused_in_words_and_changes_nothing(
    sql: str, run: Callable[..., Any], desk: Desk
) -> None:
    run("CREATE TABLE my.t AS SELECT 1 AS x")
    ran = run(sql)
    assert ran.trouble is not None
    assert ran.trouble.cause == say("own.form", "ja") or ran.trouble.engine.startswith(("Parser Error", "Binder Error"))
    assert rows(run, desk, "SELECT x FROM my.t") == ((1,),)
    assert [each.name for each in desk.own_objects.listed()] == ["t"]
    run("%save xlsx")
    run("%steps")
    assert rows(run, desk, "SELECT x FROM my.t") == ((1,),)


def test_no_more_is_read_than_may_be_kept(run: Callable[..., Any], desk: Desk) -> None:
    began = time.monotonic()
    ran = run("CREATE TABLE my.large AS SELECT i FROM range(100000000000) t(i)")
    assert ran.trouble.cause == say("own.too_large", "ja", columns=1, most=own_objects.MOST_VALUES)
    assert time.monotonic() - began < 20
    assert run("SELECT * FROM my.large").trouble is not None
    assert desk.own_objects.listed() == ()


def test_the_time_limit_and_stop_reach_what_is_made(run: Callable[..., Any], desk: Desk) -> None:
    desk.session.limits = QueryLimits(seconds=0.5)
    desk.open_own()
    endless = "CREATE TABLE my.t AS SELECT count(*) AS n, nonsense FROM range(10000000) a, range(10000000) b"
    assert run(endless).trouble is not None
    ran = run(endless.replace(", nonsense", ""))
    assert say("out_of_time.title", "ja") in ran.plain
    assert run("CREATE TABLE my.t AS SELECT 1 AS x").trouble is None


def test_views_that_double_with_every_storey_are_refused(run: Callable[..., Any]) -> None:
    run("CREATE VIEW my.v0 AS SELECT 1 AS x")
    for number in range(1, 12):
        ran = run(f"CREATE VIEW my.v{number} AS SELECT a.x FROM my.v{number - 1} a, my.v{number - 1} b")
        if ran.trouble is not None:
            break
    assert ran.trouble.cause == say("own.too_wide", "ja", most=own_objects.MOST_READ)
    assert number > 3


def test_columns_of_the_same_name_are_told_apart_as_the_engine_does(run: Callable[..., Any], desk: Desk) -> None:
    query = "SELECT 1 AS a, 2 AS a, 3 AS A, 4 AS b"
    run(f"CREATE TABLE my.t AS {query}")
    rows(run, desk, "SELECT * FROM my.t")
    assert desk.last_result is not None
    with duckdb.connect() as plain:
        plain.execute(f"CREATE TABLE t AS {query}")
        names = tuple(row[0] for row in plain.execute("DESCRIBE t").fetchall())
    assert desk.last_result.columns == names


def test_values_that_arrow_would_change_are_kept_as_they_are(run: Callable[..., Any], desk: Desk) -> None:
    query = "SELECT '101'::BIT AS b, 340282366920938463463374607431768211455::UHUGEINT AS u, 1 AS n"
    assert run(f"CREATE TABLE my.t AS {query}").trouble is None
    asked = desk.session.connection.sql("SELECT b::VARCHAR, u::VARCHAR, n, typeof(b), typeof(u) FROM my.t").fetchall()
    assert asked == [("101", "340282366920938463463374607431768211455", 1, "BIT", "UHUGEINT")]
