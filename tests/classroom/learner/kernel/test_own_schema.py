"""A learner's own views and tables: made, used, kept and dropped; and nothing else can be reached through them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from classroom.learner.state import own_objects
from classroom.learner.state.desk import Desk
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

DAILY = "SELECT area_code, COUNT(*) AS casts FROM casts GROUP BY area_code"
MAKE = f"CREATE OR REPLACE VIEW my.casts_by_area AS {DAILY}"


@pytest.fixture
def home(in_folder: Path) -> Path:
    (in_folder / ".penguin").mkdir()
    return in_folder


@pytest.fixture
def desk(home: Path, practice: Path) -> Iterator[Desk]:
    desk = Desk(lang="ja", practice=practice)
    yield desk
    desk.close()


def test_a_view_is_made_shown_and_asked(run: Callable[..., Any]) -> None:
    made = run(MAKE)
    assert made.trouble is None
    assert say("own.made_view", "ja", name="casts_by_area") in made.plain
    assert "SHIBUYA" in made.plain
    asked = run("SELECT COUNT(*) AS n FROM my.casts_by_area JOIN areas USING (area_code)")
    assert asked.trouble is None
    assert "casts_by_area" in run("%my").plain


def test_a_table_stays_as_it_was_and_a_view_does_not(run: Callable[..., Any], desk: Desk) -> None:
    run("CREATE TABLE my.now_there AS SELECT 1::HUGEINT AS n, INTERVAL 3 DAY AS span, NULL::DATE AS day")
    run("CREATE VIEW my.seen AS SELECT n FROM my.now_there")
    run("CREATE OR REPLACE TABLE my.now_there AS SELECT 2::HUGEINT AS n, INTERVAL 3 DAY AS span, NULL::DATE AS day")
    run("SELECT n FROM my.seen")
    assert desk.last_result is not None
    assert desk.last_result.rows == ((2,),)
    assert desk.last_result.types == ("HUGEINT",)


def test_what_was_made_is_there_in_another_kernel_and_what_that_one_made_here(
    run: Callable[..., Any], desk: Desk, environment: dict[str, str], home: Path
) -> None:
    run("CREATE TABLE my.kept AS SELECT i, i::HUGEINT AS big, INTERVAL 1 MONTH AS span FROM range(3) t(i)")
    run("CREATE VIEW my.on_it AS SELECT SUM(big) AS total FROM my.kept")
    program = (
        "from classroom.learner.state.desk import Desk\n"
        "from classroom.learner.kernel.execute import run_cell\n"
        "desk = Desk(lang='en')\n"
        "show = lambda display: None\n"
        "run_cell(desk, 'SELECT total::INTEGER AS total, typeof(span) AS kind FROM my.on_it, my.kept LIMIT 1', show)\n"
        "print(desk.last_result.rows)\n"
        "run_cell(desk, 'CREATE OR REPLACE VIEW my.on_it AS SELECT 7 AS total; DROP TABLE my.kept', show)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], env=environment, cwd=home, check=True, capture_output=True)
    assert ran.stdout.decode().strip() == "((3, 'INTERVAL'),)"
    run("SELECT total FROM my.on_it")
    assert desk.last_result is not None
    assert desk.last_result.rows == ((7,),)
    assert run("SELECT * FROM my.kept").trouble is not None


@pytest.mark.parametrize(
    ("code", "sql"),
    [
        ("exists", "CREATE VIEW my.casts_by_area AS SELECT 1 AS a"),
        ("name", 'CREATE VIEW my."売上" AS SELECT 1 AS a'),
        ("name", "CREATE VIEW my.Daily AS SELECT 1 AS a"),
        ("unknown", "DROP VIEW my.nothing"),
        ("other_kind_view", "DROP TABLE my.casts_by_area"),
        ("form", "INSERT INTO my.casts_by_area SELECT 1, 2"),
        ("form", "CREATE TABLE my.empty (a INTEGER)"),
        ("form", "CREATE VIEW my.v (a) AS SELECT 1"),
        ("form", "ALTER VIEW my.casts_by_area RENAME TO other"),
    ],
)
def test_what_cannot_be_done_is_told_with_what_can(code: str, sql: str, run: Callable[..., Any]) -> None:
    run(MAKE)
    ran = run(sql)
    assert ran.trouble is not None
    assert ran.trouble.advice == say(f"own.{code}_advice", "ja", name="casts_by_area")
    assert run("SELECT casts FROM my.casts_by_area").trouble is None


def test_a_view_of_a_query_with_parameters_is_not_made_and_no_form_is_blamed(
    run: Callable[..., Any], desk: Desk
) -> None:
    ran = run("CREATE VIEW my.in_area AS SELECT * FROM casts WHERE area_code = '{{ area }}'")
    assert ran.trouble.cause == say("own.parameters", "ja")
    assert "{{ }}" in ran.trouble.cause
    assert desk.own_objects.listed() == ()


def test_a_new_one_that_does_not_run_leaves_the_old_one(run: Callable[..., Any]) -> None:
    run(MAKE)
    assert run("CREATE OR REPLACE VIEW my.casts_by_area AS SELECT nonsense FROM casts").trouble is not None
    assert run("SELECT casts FROM my.casts_by_area").trouble is None


def test_if_not_exists_and_if_exists_do_what_they_say(run: Callable[..., Any], desk: Desk) -> None:
    run(MAKE)
    assert (
        say("own.stays", "ja", name="casts_by_area")
        in run("CREATE VIEW IF NOT EXISTS my.casts_by_area AS SELECT 1 AS a").plain
    )
    assert desk.last_result is not None
    assert "casts" in desk.last_result.columns
    assert say("own.nothing_dropped", "ja", name="nothing") in run("DROP TABLE IF EXISTS my.nothing").plain


def test_size_and_number_are_bounded(run: Callable[..., Any], desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    large = run("CREATE TABLE my.large AS SELECT i, i AS j FROM range(600000) t(i)")
    assert large.trouble.cause == say("own.too_large", "ja", columns=2, most=500_000)
    heavy = run("CREATE TABLE my.heavy AS SELECT md5(i::VARCHAR) || md5((-i)::VARCHAR) AS s FROM range(400000) t(i)")
    assert heavy.trouble.cause == say("own.too_heavy", "ja", most=8)
    assert desk.own_objects.listed() == ()
    monkeypatch.setattr(own_objects, "MOST_OBJECTS", 2)
    for name in ("a", "b"):
        run(f"CREATE VIEW my.{name} AS SELECT 1 AS one")
    assert run("CREATE VIEW my.c AS SELECT 1 AS one").trouble.cause == say("own.too_many", "ja", most=2)
    assert run("CREATE OR REPLACE VIEW my.b AS SELECT 2 AS one").trouble is None


def test_outside_of_a_folder_nothing_is_made(in_folder: Path, practice: Path, at: Callable[..., Any]) -> None:
    desk = Desk(lang="en", practice=practice)
    try:
        assert at(desk, MAKE).trouble.cause == say("own.no_folder", "en")
        assert [each.name for each in in_folder.iterdir()] == []
    finally:
        desk.close()


ATTACKS = [
    "CREATE VIEW my.x AS SELECT * FROM read_csv('/etc/passwd')",
    "CREATE TABLE my.x AS SELECT * FROM read_text('/etc/hostname')",
    "CREATE TABLE my.x AS SELECT * FROM '/etc/passwd'",
    "CREATE TABLE my.x AS SELECT * FROM glob('/*')",
    "CREATE TABLE my.x AS FROM 'https://example.com/a.parquet'",
    "CREATE VIEW my.x AS SELECT getenv('HOME') AS home",
    "CREATE VIEW practice.main.x AS SELECT 1",
    "CREATE TABLE practice.x AS SELECT 1",
    "CREATE TABLE memory.x AS SELECT 1",
    "CREATE TABLE main.x AS SELECT 1",
    "CREATE TABLE x AS SELECT 1",
    "CREATE TEMP TABLE my.x AS SELECT 1",
    "CREATE TEMP VIEW my.x AS SELECT 1",
    "CREATE OR REPLACE TABLE guests AS SELECT 1 -- my.guests",
    "CREATE OR REPLACE TABLE /* my. */ guests AS SELECT 1",
    "CREATE TABLE my.main.x AS SELECT 1",
    "CREATE SCHEMA my.s",
    "CREATE MACRO my.f(x) AS x",
    "CREATE TYPE my.t AS ENUM ('a')",
    "CREATE SEQUENCE my.s",
    "CREATE INDEX i ON my.x (a)",
    "CREATE TRIGGER my.t AFTER INSERT ON guests FOR EACH ROW SELECT 1",
    "DROP TABLE guests -- my.guests",
    "DROP SCHEMA my",
    "DROP TABLE my.guests; DROP TABLE guests",
    "DROP TABLE my.x CASCADE",
    "ATTACH 'my.db' AS other",
    "ATTACH ':memory:' AS my.x",
    "DETACH my",
    "USE my.main",
    "COPY my.x TO 'x.csv'",
    "COPY (SELECT * FROM my.x) TO '.penguin/my.sqlite'",
    "EXPORT DATABASE 'my.x'",
    "INSERT INTO guests SELECT * FROM my.x",
    "UPDATE guests SET nickname = 'my.x'",
    "DELETE FROM guests USING my.x",
    "TRUNCATE my.x",
    "SET search_path = 'my.main'",
    "PRAGMA database_list('my.x')",
    "CALL my.f()",
    "LOAD 'my.x'",
    "VACUUM my.x",
    'CREATE VIEW my."../x" AS SELECT 1',
    'CREATE VIEW my."x; DROP TABLE guests" AS SELECT 1',
    "CREATE VIEW my.x AS SELECT 1; DROP TABLE guests",
]


def test_no_attack_through_the_own_schema_reaches_anything(run: Callable[..., Any], home: Path, practice: Path) -> None:
    before = practice.read_bytes()
    for sql in ATTACKS:
        ran = run(sql)
        assert ran.trouble is not None, sql
        assert "Traceback" not in ran.plain, sql
        run("DROP VIEW IF EXISTS my.x")
    assert run("SELECT COUNT(*) FROM guests").trouble is None
    assert practice.read_bytes() == before
    assert {each.name.partition("-")[0] for each in (home / ".penguin").iterdir()} <= {"my.sqlite", "progress.sqlite"}
    assert [each.name for each in home.iterdir()] == [".penguin"]


def test_a_broken_file_is_told_and_the_practice_data_can_still_be_asked(run: Callable[..., Any], home: Path) -> None:
    (home / ".penguin" / own_objects.FILE).write_bytes(b"no database" * 1000)
    assert run(MAKE).trouble.cause == say("own.broken", "ja")
    assert run(MAKE).trouble is None
    assert run("SELECT COUNT(*) FROM guests").trouble is None


def test_a_view_is_seen_from_the_night_that_is_looked_at(run: Callable[..., Any], desk: Desk) -> None:
    run("CREATE VIEW my.visits AS SELECT COUNT(*) AS n FROM sessions")
    run("SELECT n FROM my.visits")
    assert desk.last_result is not None
    (first,) = desk.last_result.rows
    desk.go_to(2)
    run("SELECT n FROM my.visits")
    (later,) = desk.last_result.rows
    assert later > first
    desk.go_to(0)
    run("SELECT n FROM my.visits")
    assert desk.last_result.rows == (first,)
