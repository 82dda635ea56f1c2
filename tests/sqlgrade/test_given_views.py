"""Views that a task gives beside its tables: read in answers, solutions and each other, and nobody's mistake."""

from __future__ import annotations

import functools

import pytest

import sqlgrade
from sqlgrade.dialect.given import is_read, mention, written_out
from sqlgrade.mutate import mutate
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.record import Exercise, Solution
from sqlgrade.verdict import Status

DDL = """
CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, is_test BOOLEAN NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES people (id), pieces INTEGER NOT NULL);
"""
GIVEN = {
    "lesson.bought": "SELECT o.id, o.person, o.pieces FROM orders AS o JOIN people AS p ON p.id = o.person WHERE NOT p.is_test",
    "lesson.points": "SELECT person, COUNT(*) AS orders, SUM(CASE WHEN pieces >= 3 THEN 2 ELSE 1 END) AS points FROM lesson.bought GROUP BY person",
}
WRITTEN_OUT = """WITH bought AS (SELECT o.* FROM orders o JOIN people p ON p.id = o.person WHERE NOT p.is_test),
points AS (SELECT person, SUM(CASE WHEN pieces >= 3 THEN 2 ELSE 1 END) AS points FROM bought GROUP BY person)
SELECT person, points FROM points WHERE points >= 3"""
RIGHT = "SELECT person, points FROM lesson.points WHERE points >= 3"


def exercise(solution: str = RIGHT, **further: object) -> Exercise:
    return Exercise("given", DDL, (Solution(solution),), given=GIVEN, **further)  # type: ignore[arg-type]


@functools.cache
def pack() -> sqlgrade.Pack:
    return sqlgrade.pack_for(exercise())


def verdict(answer: str, **further: object) -> sqlgrade.Verdict:
    from sqlgrade.judging.judge import Judge

    return Judge().grade(sqlgrade.pack_for(exercise(**further)) if further else pack(), answer)


@pytest.mark.parametrize(
    "answer",
    [
        RIGHT,
        "SELECT lesson.points.person, lesson.points.points FROM lesson.points WHERE lesson.points.points > 2",
        "WITH points AS (SELECT * FROM LESSON.Points) SELECT person, points FROM points WHERE points >= 3",
        "WITH RECURSIVE p AS (SELECT * FROM lesson.points AS l) SELECT person, points FROM p WHERE NOT points < 3",
        "FROM lesson.points AS p SELECT p.person, p.points WHERE p.points >= 3",
        "-- of lesson.points\nSELECT person, SUM(CASE WHEN pieces >= 3 THEN 2 ELSE 1 END) FROM lesson.bought GROUP BY person HAVING SUM(CASE WHEN pieces >= 3 THEN 2 ELSE 1 END) >= 3",
        WRITTEN_OUT,
        "-- dialect: bigquery\nSELECT person, points FROM `lesson.points` WHERE points >= 3",
        "-- dialect: bigquery\nSELECT l.person, l.points FROM lesson.points AS l WHERE SAFE_CAST(l.points AS INT64) >= 3",
        '(SELECT person, points FROM "lesson"."points" WHERE points >= 3)',
        "((WITH p AS (SELECT * FROM lesson.points) SELECT person, points FROM p WHERE points >= 3));",
        "WITH lesson_points AS (SELECT * FROM lesson.points) SELECT person, points FROM lesson_points WHERE points >= 3",
        "SELECT points.person, points.points FROM lesson.points JOIN people ON people.id = points.person WHERE points.points >= 3",
        "SELECT DISTINCT people.id, points.points FROM people JOIN lesson.points ON points.person = people.id JOIN lesson.bought ON bought.person = people.id WHERE points.points >= 3",
    ],
)
def test_an_answer_reads_them_or_has_them_written_out(answer: str) -> None:
    found = verdict(answer)
    assert found.status is Status.ACCEPTED, found.error or found.counterexample


def test_what_is_wrong_is_found_in_the_writer_s_own_words_and_shown_in_the_view_s_rows() -> None:
    answer = "SELECT person, points\nFROM lesson.points\nWHERE points > 3"
    found = verdict(answer)
    assert found.status is Status.REFUTED
    site = found.findings[0].site
    assert site is not None
    assert answer[site.start : site.end] == "points > 3"
    shown = found.counterexample
    assert shown is not None
    assert shown.tables["lesson.points"].columns == ("person", "orders", "points")
    assert 3 in [row[2] for row in shown.tables["lesson.points"].rows]
    assert "lesson.bought" not in shown.tables


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ("SELECT person, point FROM lesson.points", "point"),
        ("SELECT person, points FROM lesson.pionts", "lesson.pionts"),
        ("SELECT person,, points FROM lesson.points", ","),
        ("-- dialect: bigquery\nSELECT person, point FROM lesson.points", "point"),
    ],
)
def test_an_error_is_placed_in_the_text_as_it_was_written(answer: str, word: str) -> None:
    error = verdict(answer).error
    assert error is not None
    assert error.position is not None
    assert answer[error.position :].startswith(word)
    assert "lesson_" not in " ".join(map(str, error.params.values()))


def test_what_a_task_demands_is_neither_met_nor_broken_by_them() -> None:
    by_person = "SELECT person, COUNT(*) AS n FROM lesson.bought GROUP BY person"
    demanding = {"solution": by_person, "require": ("group",), "forbid": ("case",)}
    assert verdict(by_person, **demanding).notes == ()
    lacking = verdict("SELECT person, orders FROM lesson.points", **demanding)
    assert lacking.status is Status.ACCEPTED
    assert [note.code for note in lacking.notes] == ["construct_missing"]


@pytest.mark.parametrize("query", ["PIVOT lesson.points ON person USING SUM(points)", "TABLE lesson.points"])
def test_a_query_that_begins_otherwise_has_them_too(query: str) -> None:
    out = written_out(query, GIVEN)
    assert out is not None
    assert out.sql.startswith("WITH lesson__bought AS")
    assert out.sql.endswith(query.replace("lesson.points", "lesson__points"))


def test_a_step_of_the_writer_s_own_is_no_view_however_it_is_called() -> None:
    out = written_out("WITH lesson_mine AS (SELECT * FROM lesson.points) SELECT * FROM lesson_mine", GIVEN)
    assert out is not None
    assert is_read("lesson.points", out.sql, GIVEN)
    assert not is_read("lesson.bought", out.sql, GIVEN)


def test_no_mutant_changes_what_is_given() -> None:
    columns = SchemaColumns.of(sqlgrade.engine.ddl.read_schema(DDL), GIVEN)
    out = written_out(RIGHT, GIVEN)
    assert out is not None
    mutants = mutate(out.sql, columns, lambda _: True).mutants
    sites = [each.site for each in mutants if each.site is not None]
    assert any(site.start >= out.start + out.length for site in sites)
    assert not any(out.start <= site.start and site.end <= out.start + out.length for site in sites)


def test_views_stand_before_the_query_each_behind_those_that_it_reads() -> None:
    out = written_out("WITH a AS (SELECT 1) SELECT * FROM lesson.points, a", GIVEN)
    assert out is not None
    put = out.sql[out.start : out.start + out.length]
    assert out.sql.startswith("WITH lesson__bought AS")
    assert put.index("lesson__bought AS") < put.index("lesson__points AS")
    assert out.sql.endswith("a AS (SELECT 1) SELECT * FROM lesson__points AS points, a")
    assert written_out("SELECT 1", GIVEN) is None
    assert written_out("DESCRIBE lesson.points", GIVEN) is None
    assert mention("SELECT 1 FROM `lesson`.`points`", GIVEN) == (15, 30)
