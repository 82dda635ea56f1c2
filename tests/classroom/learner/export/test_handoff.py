"""The hand-off to BigQuery says the same, or says that it can't."""

import re

import pytest

from classroom.learner.export import to_bigquery

COLUMN_TYPES = {
    "guest_id": "INTEGER",
    "registered_at_utc": "TIMESTAMP",
    "starts_on": "DATE",
    "ends_on": "DATE",
    "amount_yen": "INTEGER",
    "prefecture": "VARCHAR",
}


def translated(sql: str) -> str:
    handoff = to_bigquery(sql, COLUMN_TYPES)
    assert handoff.sql is not None, handoff.refused
    return re.sub(r"\s+", " ", re.sub(r"(?<=\()\s+|\s+(?=\))", "", handoff.sql))


def test_a_japanese_alias_is_quoted() -> None:
    assert "AS `人数`" in translated("SELECT COUNT(*) AS 人数 FROM guests")


def test_a_week_begins_on_monday() -> None:
    assert "DATETIME_TRUNC(`registered_at_utc`, ISOWEEK)" in translated(
        "SELECT date_trunc('week', registered_at_utc) FROM guests"
    )


def test_the_difference_of_two_dates_is_a_number_of_days() -> None:
    assert "DATE_DIFF(`ends_on`, `starts_on`, DAY)" in translated("SELECT ends_on - starts_on FROM campaigns")


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        ("starts_on + guest_id * INTERVAL 1 DAY", "`starts_on` + `guest_id` * INTERVAL '1' DAY"),
        ("starts_on - (INTERVAL 1 MONTH)", "`starts_on` - (INTERVAL '1' MONTH)"),
        ("date_add(starts_on, guest_id * INTERVAL 1 WEEK)", "`starts_on` + (`guest_id` * INTERVAL '1' WEEK)"),
        ("registered_at_utc + to_hours(guest_id + 1)", "`registered_at_utc` + INTERVAL (`guest_id` + 1) HOUR"),
        ("starts_on + to_days(7)", "`starts_on` + INTERVAL 7 DAY"),
        ("starts_on + INTERVAL (guest_id / 2) DAY", "INTERVAL (CAST(TRUNC(`guest_id` / 2) AS INT64)) DAY"),
        ("starts_on + guest_id", "DATE_ADD(`starts_on`, INTERVAL `guest_id` DAY)"),
    ],
)
def test_a_length_of_time_is_no_number_of_days(moved: str, expected: str) -> None:
    assert expected in translated(f"SELECT {moved} AS x FROM guests CROSS JOIN campaigns")


def test_any_value_stays_itself_and_skips_blanks_there_too() -> None:
    assert "ANY_VALUE(`prefecture`)" in translated("SELECT any_value(prefecture) AS p FROM guests")


def test_an_alias_in_where_is_written_out() -> None:
    assert "WHERE (`amount_yen` / 2) > 5" in translated("SELECT amount_yen / 2 AS half FROM payments WHERE half > 5")


@pytest.mark.parametrize(("kind", "expected"), [("SEMI", "WHERE EXISTS("), ("ANTI", "WHERE NOT EXISTS(")])
def test_a_semi_or_anti_join_becomes_a_condition(kind: str, expected: str) -> None:
    assert expected in translated(f"SELECT guest_id FROM guests {kind} JOIN talks USING (guest_id)")


def test_a_date_spine_is_a_date_array() -> None:
    sql = translated("SELECT d FROM range(DATE '2025-01-01', DATE '2025-02-01', INTERVAL 1 DAY) AS r(d)")
    assert "UNNEST(GENERATE_DATE_ARRAY(" in sql
    assert "DATE_SUB(" in sql


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("range(1, 7) AS r(n)", "SELECT `n` FROM UNNEST(GENERATE_ARRAY(1, 7 - 1)) AS `n`) AS `r`"),
        ("(SELECT * FROM range(1, 7)) AS r(n)", "SELECT * FROM UNNEST(GENERATE_ARRAY(1, 7 - 1)) AS `n`) AS `r`"),
        ("(SELECT unnest([1, 2])) AS r(n)", "(SELECT `unnest` AS `n` FROM UNNEST([1, 2]) AS `unnest`) AS `r`"),
        (
            "(SELECT * FROM (VALUES (1), (2))) AS r(n)",
            "UNNEST([STRUCT(1 AS `n`), STRUCT(2 AS `n`)]) AS `_rows`) AS `r`",
        ),
        ("(SELECT 1 UNION ALL SELECT 2) AS r(n)", "(SELECT 1 AS `n` UNION ALL SELECT 2) AS `r`"),
        ("(SELECT 1 AS a, 2 AS b) AS r(n)", "(SELECT `a` AS `n`, `b` FROM (SELECT 1 AS `a`, 2 AS `b`)"),
    ],
)
def test_names_behind_a_source_go_into_it(source: str, expected: str) -> None:
    assert expected in translated(f"SELECT r.n FROM {source}")


def test_what_is_compared_with_several_columns_is_compared_with_one() -> None:
    latest = "SELECT guest_id, MAX(amount_yen) FROM payments GROUP BY guest_id"
    assert "IN (SELECT (`guest_id`, MAX(`amount_yen`)) FROM" in translated(
        f"SELECT payment_id FROM payments WHERE (guest_id, amount_yen) IN ({latest})"
    )
    pairs = translated("SELECT COUNT(DISTINCT (guest_id, prefecture)) FROM guests")
    assert "COUNT(DISTINCT TO_JSON_STRING(STRUCT(`guest_id`, `prefecture`)))" in pairs
    both = f"SELECT payment_id FROM payments WHERE (guest_id, amount_yen) IN ({latest} UNION ALL SELECT 1, 2)"
    assert to_bigquery(both, COLUMN_TYPES).refused == ("(…, …) IN (SELECT …)",)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT hash(guest_id) FROM guests",
        "SELECT COLUMNS('.*_id') FROM guests",
        "SUMMARIZE guests",
        "SELECT * FROM guests ASOF JOIN talks USING (guest_id, registered_at_utc)",
        "SELECT max(amount_yen, 3) FROM payments",
        "SELECT mode(prefecture) FROM guests",
        "SELECT registered_at_utc + INTERVAL '1 day 2 hours' FROM guests",
        "SELECT registered_at_utc + INTERVAL 1.5 HOUR FROM guests",
    ],
)
def test_what_has_no_faithful_form_is_refused_by_name(sql: str) -> None:
    handoff = to_bigquery(sql, COLUMN_TYPES)
    assert handoff.sql is None
    assert handoff.refused


def test_a_moment_to_the_minute_gets_its_seconds() -> None:
    sql = "SELECT guest_id FROM guests WHERE registered_at_utc >= '2025-11-30 20:00' AND prefecture = '20:00'"
    assert ">= '2025-11-30 20:00:00' AND `prefecture` = '20:00'" in translated(sql)


def test_redash_parameters_are_kept() -> None:
    sql = translated(
        "SELECT guest_id FROM guests WHERE prefecture LIKE '%{{ area }}%' AND guest_id > {{ n }}"
        " AND registered_at_utc >= DATE '{{ p.start }}' LIMIT {{ most }}"
    )
    assert "LIKE '%{{ area }}%'" in sql
    assert "> {{ n }}" in sql
    assert "CAST('{{ p.start }}' AS DATE)" in sql
    assert "LIMIT {{ most }}" in sql


def test_a_division_by_a_column_is_reported_as_different() -> None:
    assert to_bigquery("SELECT 1 / amount_yen FROM payments", COLUMN_TYPES).differences == ("division_by_zero",)
    assert to_bigquery("SELECT 1 / NULLIF(amount_yen, 0) FROM payments", COLUMN_TYPES).differences == ()


@pytest.mark.parametrize("total", ["SUM(amount_yen)", "AVG(amount_yen)", "COUNT(*)"])
def test_a_running_total_needs_no_nulls_last_which_bigquery_has_not_there(total: str) -> None:
    said = translated(f"SELECT {total} OVER (ORDER BY guest_id) AS n FROM payments")
    assert "OVER (ORDER BY `guest_id` IS NULL, `guest_id`)" in said


def test_the_row_before_may_be_looked_up_with_nulls_last() -> None:
    assert "NULLS LAST" in translated("SELECT LAG(amount_yen) OVER (ORDER BY guest_id) AS n FROM payments")
