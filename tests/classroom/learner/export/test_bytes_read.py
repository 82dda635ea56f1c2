"""What a query would read in BigQuery, beside sums worked out by hand from the documentation's table of sizes.

INT64, FLOAT64, DATE and DATETIME 8 bytes, NUMERIC 16, BOOL 1, STRING 2 and its own in UTF-8, NULL 0
(https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types, "Data type sizes"); a query reads the columns that it
names, in all rows (https://cloud.google.com/bigquery/docs/estimate-costs), and of a partitioned table the days that a filter on the
column itself leaves (https://cloud.google.com/bigquery/docs/querying-partitioned-tables).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from classroom.learner.export import bytes_read
from classroom.learner.export.paper import size_told

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

SCHEMA = {
    "talks": {"talk_id": "BIGINT", "guest_id": "INTEGER", "source": "VARCHAR", "opened_at_utc": "TIMESTAMP"},
    "guests": {
        "guest_id": "INTEGER",
        "prefecture": "VARCHAR",
        "is_test": "BOOLEAN",
        "born": "DATE",
        "points": "DECIMAL(10,2)",
        "ratio": "DOUBLE",
    },
}
ROWS = """
INSERT INTO talks VALUES
  (1, 1, 'list', '2025-12-01 10:00'), (2, 1, NULL, '2025-12-02 00:00'), (3, 2, '検索', '2025-12-02 23:00'), (4, NULL, 'push', NULL);
INSERT INTO guests VALUES (1, '東京都', FALSE, '1990-01-01', 10.5, 0.5), (2, NULL, TRUE, NULL, NULL, 0.25);
"""
TALK_ID, GUEST_ID, SOURCE, OPENED = 4 * 8, 3 * 8, (2 + 4) + (2 + 6) + (2 + 4), 3 * 8
TALKS = TALK_ID + GUEST_ID + SOURCE + OPENED
ID, PREFECTURE, IS_TEST, BORN, POINTS, RATIO = 2 * 8, 2 + 9, 2 * 1, 8, 16, 2 * 8
GUESTS = ID + PREFECTURE + IS_TEST + BORN + POINTS + RATIO
BOTH = TALKS + GUESTS

CASES = [
    # the query, bytes of its columns, bytes with SELECT *, bytes of the days that are left of partitioned tables
    ("SELECT * FROM talks", TALKS, TALKS, None),
    ("SELECT talk_id FROM talks", TALK_ID, TALKS, None),
    ("SELECT talk_id FROM talks ORDER BY guest_id LIMIT 1", TALK_ID + GUEST_ID, TALKS, None),
    ("SELECT source FROM talks", SOURCE, TALKS, None),
    ("SELECT COUNT(*) FROM talks", 0, TALKS, None),
    ("SELECT COUNT(*) FROM talks WHERE source = 'list'", SOURCE, TALKS, None),
    ("SELECT AVG(points), MAX(ratio), MIN(born) FROM guests", POINTS + RATIO + BORN, GUESTS, None),
    ("SELECT g.prefecture, COUNT(*) FROM talks JOIN guests g USING (guest_id) GROUP BY 1", GUEST_ID + ID + PREFECTURE, BOTH, None),
    ("SELECT talk_id FROM talks t JOIN guests g ON g.guest_id = t.guest_id WHERE NOT is_test", TALK_ID + GUEST_ID + ID + IS_TEST, BOTH, None),
    ("WITH a AS (SELECT * FROM talks) SELECT talk_id FROM a WHERE source = 'list'", TALK_ID + SOURCE, TALKS, None),
    ("SELECT a.talk_id FROM talks a JOIN talks b ON a.guest_id = b.guest_id AND a.opened_at_utc < b.opened_at_utc", TALK_ID + GUEST_ID + OPENED, TALKS, None),
    ("SELECT prefecture FROM guests UNION ALL SELECT source FROM talks", PREFECTURE + SOURCE, BOTH, None),
    ("SELECT prefecture FROM guests g WHERE NOT EXISTS (SELECT 1 FROM talks t WHERE t.guest_id = g.guest_id AND source IS NULL)", PREFECTURE + ID + GUEST_ID + SOURCE, BOTH, None),
    ("SELECT talk_id, ROW_NUMBER() OVER (PARTITION BY guest_id ORDER BY opened_at_utc) AS n FROM talks QUALIFY n = 1", TALK_ID + GUEST_ID + OPENED, TALKS, None),
    ("SELECT guest_id AS g, COUNT(source) AS n FROM talks GROUP BY ALL HAVING n > 0 ORDER BY n", GUEST_ID + SOURCE, TALKS, None),
    ("SELECT COUNT(DISTINCT guest_id) FROM talks WHERE opened_at_utc >= '2025-12-02'", GUEST_ID + OPENED, TALKS, 2 * 8 + 2 * 8),
    ("SELECT talk_id FROM talks WHERE opened_at_utc < TIMESTAMP '2025-12-02 00:00'", TALK_ID + OPENED, TALKS, 8 + 8),
    ("SELECT talk_id FROM talks WHERE opened_at_utc < '2025-12-02 00:01'", TALK_ID + OPENED, TALKS, 3 * 8 + 3 * 8),
    ("SELECT talk_id FROM talks WHERE opened_at_utc BETWEEN '2025-12-01 12:00' AND '2025-12-01 13:00' AND source = 'x'", TALK_ID + SOURCE + OPENED, TALKS, 8 + (2 + 4) + 8),
    ("SELECT talk_id FROM talks WHERE CAST(opened_at_utc + INTERVAL 4 HOUR AS DATE) = DATE '2025-12-02'", TALK_ID + OPENED, TALKS, None),
    ("SELECT talk_id FROM talks WHERE opened_at_utc + INTERVAL 1 DAY > TIMESTAMP '2025-12-02'", TALK_ID + OPENED, TALKS, None),
    ("SELECT talk_id FROM talks WHERE date_diff('day', TIMESTAMP '2025-12-02', opened_at_utc) < 0", TALK_ID + OPENED, TALKS, 8 + 8),
    ("SELECT talk_id FROM talks WHERE month(opened_at_utc) = 12", TALK_ID + OPENED, TALKS, None),
    ("SELECT talk_id FROM talks WHERE extract(month FROM opened_at_utc) = 12", TALK_ID + OPENED, TALKS, None),
    ("SELECT talk_id FROM talks WHERE strftime(opened_at_utc, '%Y-%m') = '2025-12'", TALK_ID + OPENED, TALKS, None),
    ("SELECT talk_id FROM talks WHERE strftime(opened_at_utc, '%Y%m%d') = '20251201'", TALK_ID + OPENED, TALKS, 8 + 8),
    ("SELECT prefecture FROM guests WHERE strftime(born, '%Y-%m-%d') = '1990-01-01'", PREFECTURE + BORN, GUESTS, None),
    ("SELECT talk_id FROM talks WHERE CAST(opened_at_utc AS DATE) = DATE '2025-12-01'", TALK_ID + OPENED, TALKS, 8 + 8),
    ("SELECT talk_id FROM talks WHERE date_trunc('day', opened_at_utc) >= '2025-12-02'", TALK_ID + OPENED, TALKS, 2 * 8 + 2 * 8),
    ("SELECT talk_id FROM talks WHERE date_trunc('month', opened_at_utc) = '2025-11-01'", TALK_ID + OPENED, TALKS, 0),
    ("SELECT talk_id FROM talks WHERE strftime(opened_at_utc, '%Y-%m-%d') = '2025-12-01'", TALK_ID + OPENED, TALKS, 8 + 8),
    ("SELECT talk_id FROM talks WHERE extract(year FROM opened_at_utc) BETWEEN 2024 AND 2025", TALK_ID + OPENED, TALKS, 3 * 8 + 3 * 8),
    ("SELECT talk_id FROM talks WHERE CAST(opened_at_utc AS DATE) IN (DATE '2025-12-01', DATE '2025-11-01')", TALK_ID + OPENED, TALKS, 8 + 8),
    ("SELECT talk_id FROM talks WHERE opened_at_utc IN (TIMESTAMP '2025-12-01 10:00')", TALK_ID + OPENED, TALKS, 8 + 8),
    ("SELECT talk_id FROM talks WHERE talk_id IN (1, 2) OR opened_at_utc IN (TIMESTAMP '2025-12-01 10:00')", TALK_ID + OPENED, TALKS, None),
    ("SELECT talk_id FROM talks WHERE CAST(opened_at_utc AS DATE) IN (SELECT CAST(opened_at_utc AS DATE) FROM talks)", TALK_ID + OPENED, TALKS, None),
    ("SELECT talk_id FROM talks WHERE extract(hour FROM opened_at_utc) = 10", TALK_ID + OPENED, TALKS, None),
    ("SELECT talk_id FROM talks WHERE CAST(opened_at_utc AS DATE) IN (SELECT unnest([DATE '2025-12-01']))", TALK_ID + OPENED, TALKS, 8 + 8),
    ("SELECT talk_id FROM talks WHERE date_sub('day', TIMESTAMP '2025-12-02', opened_at_utc) < 0", TALK_ID + OPENED, TALKS, 0),
    ("SELECT talk_id FROM talks WHERE hour(opened_at_utc) = 10", TALK_ID + OPENED, TALKS, None),
    ("SELECT talk_id FROM talks WHERE '2025-12-02' <= opened_at_utc UNION ALL SELECT talk_id FROM talks", TALK_ID + OPENED, TALKS, None),
    ("SELECT talk_id FROM talks WHERE opened_at_utc < '2025-12-02' UNION ALL SELECT talk_id FROM talks WHERE opened_at_utc > '2025-12-02'", TALK_ID + OPENED, TALKS, 3 * 8 + 3 * 8),
    ("SELECT prefecture FROM guests WHERE born > DATE '1990-01-01'", PREFECTURE + BORN, GUESTS, 0),
    ("SELECT prefecture, talk_id FROM guests JOIN talks USING (guest_id) WHERE born = DATE '1990-01-01'", PREFECTURE + ID + BORN + TALK_ID + GUEST_ID, BOTH, (2 + 9) + 8 + 8 + TALK_ID + GUEST_ID),
]  # fmt: skip


@pytest.fixture(scope="module")
def data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for table, columns in SCHEMA.items():
        connection.execute(f"CREATE TABLE {table} ({', '.join(' '.join(each) for each in columns.items())})")
    connection.execute(ROWS)
    return connection


@pytest.mark.parametrize(("sql", "read", "everything", "of_days"), CASES)
def test_the_bytes_are_those_that_a_sum_by_hand_gives(
    data: duckdb.DuckDBPyConnection, sql: str, read: int, everything: int, of_days: int | None
) -> None:
    found = bytes_read(sql, SCHEMA, lambda asked: data.execute(asked).fetchall()[0])
    assert found is not None
    assert (found.read, found.all_columns, found.of_days) == (read, everything, of_days)


def test_a_moment_that_is_compared_in_a_calculation_is_named(data: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT talk_id FROM talks WHERE hour(opened_at_utc) < 3"
    found = bytes_read(sql, SCHEMA, lambda asked: data.execute(asked).fetchall()[0])
    assert found is not None
    assert [each.hidden for each in found.touched] == [("opened_at_utc",)]


@pytest.mark.parametrize(
    ("handed_over", "of_days"),
    [
        ("SELECT talk_id FROM talks WHERE TIMESTAMP_ADD(opened_at_utc, INTERVAL 1 DAY) > '2025-12-02'", 6 * 8),
        ("SELECT talk_id FROM talks WHERE opened_at_utc + INTERVAL 1 DAY > '2025-12-02'", None),
        ("", None),
    ],
)
def test_a_column_that_is_moved_leaves_days_out_only_by_a_call(
    data: duckdb.DuckDBPyConnection, handed_over: str, of_days: int | None
) -> None:
    sql = "SELECT talk_id FROM talks WHERE opened_at_utc + INTERVAL 1 DAY > TIMESTAMP '2025-12-02'"
    found = bytes_read(sql, SCHEMA, lambda asked: data.execute(asked).fetchall()[0], handed_over)
    assert found is not None
    assert found.of_days == of_days


@pytest.mark.parametrize(
    "sql", ["SELECT * FROM others", "SELECT * FROM my.talks", "no SQL at all ((", "SELECT * FROM lists"]
)
def test_what_cannot_be_told_is_not_told(data: duckdb.DuckDBPyConnection, sql: str) -> None:
    schema = {**SCHEMA, "lists": {"of_numbers": "INTEGER[]"}}
    assert bytes_read(sql, schema, lambda asked: data.execute(asked).fetchall()[0]) is None


@pytest.mark.parametrize(("count", "told"), [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KB"), (5 * 1024**3, "5.0 GB")])
def test_bytes_are_told_in_units_of_1024(count: int, told: str) -> None:
    assert size_told(count) == told


def test_the_hand_over_says_what_it_would_read_with_the_values_and_keeps_the_parameters(
    run: Callable[..., Any],
) -> None:
    cell = (
        "%parameter p range last_7_days\nSELECT COUNT(DISTINCT guest_id) AS n FROM talks\n"
        "WHERE opened_at_utc >= '{{ p.start }}' AND opened_at_utc < '{{ p.end }}'\n%bigquery"
    )
    said = run(cell).plain
    assert "`opened_at_utc` >= '{{ p.start }}'" in said
    assert "talks.guest_id, talks.opened_at_utc" in said
    assert "talks.opened_at_utc で日ごとに分けた表" in said
