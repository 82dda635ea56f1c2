"""Lesson 14's test query on marts with planted faults: it is silent on a sound one, and tells each fault in its own column."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from coursebook import load_course

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coursebook import Exercise

AREAS = ["FUKUOKA", "GINZA", "NAGOYA", "OSAKA", "ROPPONGI", "SHIBUYA", "SHINJUKU", "YOKOHAMA"]
LAST = dt.date(2025, 12, 31)
PLANTED = {
    "a sound mart": ("", (0, 0, LAST)),
    "a pair twice, with another count": ("INSERT INTO lesson.old_mart VALUES ('2025-12-03', 'GINZA', 5)", (1, 0, LAST)),
    "two pairs twice": ("INSERT INTO lesson.old_mart FROM lesson.old_mart WHERE requests = 2 AND area_code IN ('GINZA', 'OSAKA') AND day(business_date) = 9", (2, 0, LAST)),
    "a pair missing": ("DELETE FROM lesson.old_mart WHERE day(business_date) = 3 AND area_code = 'GINZA'", (0, 1, LAST)),
    "a day missing": ("DELETE FROM lesson.old_mart WHERE day(business_date) = 15", (0, 8, LAST)),
    "an area missing": ("DELETE FROM lesson.old_mart WHERE area_code = 'NAGOYA'", (0, 31, LAST)),
    "a stale mart": ("DELETE FROM lesson.old_mart WHERE day(business_date) = 31", (0, 8, dt.date(2025, 12, 30))),
    "an empty mart": ("DELETE FROM lesson.old_mart", (0, 248, None)),
}  # fmt: skip


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return next(each for each in load_course().lesson("L14").exercises if each.id == "L14-04")


@pytest.fixture(scope="module")
def data() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE calendar AS SELECT CAST(day AS DATE) AS business_date"
            " FROM range(DATE '2025-11-01', DATE '2026-02-01', INTERVAL 1 DAY) AS days(day)"
        )
        connection.execute("CREATE SCHEMA lesson")
        connection.execute(f"CREATE TABLE areas AS SELECT unnest({AREAS}) AS area_code")
        yield connection


def found(data: duckdb.DuckDBPyConnection, sql: str, fault: str) -> Any:
    """What a test query says of a mart in which this was planted."""
    data.execute(
        "CREATE OR REPLACE TABLE lesson.old_mart AS SELECT business_date, area_code, 2 AS requests FROM calendar CROSS JOIN areas"
        " WHERE business_date BETWEEN '2025-12-01' AND '2025-12-31'"
    )
    if fault:
        data.execute(fault)
    return data.execute(sql).fetchall()


@pytest.mark.parametrize("planted", PLANTED)
def test_a_right_test_query_tells_what_was_planted_and_nothing_else(
    exercise: Exercise, data: duckdb.DuckDBPyConnection, planted: str
) -> None:
    fault, expected = PLANTED[planted]
    for each in (*exercise.solutions, *exercise.also_right):
        assert found(data, each.sql, fault) == [expected], each.stem


def test_each_near_miss_is_silent_about_a_fault_or_cries_without_one(
    exercise: Exercise, data: duckdb.DuckDBPyConnection
) -> None:
    for each in exercise.near_misses:
        told = {planted: found(data, each.sql, fault) == [expected] for planted, (fault, expected) in PLANTED.items()}
        assert not all(told.values()), each.stem
