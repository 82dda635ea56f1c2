"""A learner's own "now": nights go by over the shared practice data, and nothing later can be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from classroom.learner.kernel.execute import run_cell
from classroom.learner.state.desk import Desk
from classroom.session.connection import Session
from marketplace.nights import ensure_night, night_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from classroom.session.display import Display

NIGHT, LATER = 6, 90
END = "TIMESTAMP '2026-01-06 20:00'"
MOMENTS = {
    "guests": ("registered_at_utc", "verified_at_utc", "deleted_at_utc"),
    "guest_devices": ("first_seen_at_utc", "last_seen_at_utc"),
    "sessions": ("started_at_utc", "ended_at_utc"),
    "list_impressions": ("shown_at_utc", "ingested_at_utc"),
    "talks": ("opened_at_utc", "closed_at_utc"),
    "messages": ("sent_at_utc", "read_at_utc", "deleted_at_utc"),
    "appointments": ("requested_at_utc",),
    "appointment_status_log": ("changed_at_utc",),
    "payments": ("paid_at_jst - INTERVAL 9 HOUR", "updated_at_jst - INTERVAL 9 HOUR"),
    "point_ledger": ("booked_at_jst - INTERVAL 9 HOUR",),
}
"""Tables and the columns that say when something happened."""
DAYS = {
    "calendar": "business_date",
    "cast_shifts": "business_date",
    "fraud_scores": "scored_on",
    "campaigns": "starts_on",
}


@pytest.fixture
def at_night(practice: Path) -> Iterator[Desk]:
    """A desk after six nights, beside which the file of a much later one lies."""
    ensure_night(practice, LATER)
    desk = Desk(lang="ja", practice=practice)
    desk.go_to(NIGHT)
    yield desk
    desk.close()


def plain(desk: Desk, source: str) -> str:
    """What a cell shows, as text."""
    shown: list[Display] = []
    run_cell(desk, source, shown.append)
    return "\n".join(each.data.get("text/plain", "") for each in shown)


def value(desk: Desk, sql: str) -> object:
    row = desk.session.connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(("table", "column"), [(table, each) for table, columns in MOMENTS.items() for each in columns])
def test_nothing_has_happened_later_than_now(at_night: Desk, table: str, column: str) -> None:
    assert value(at_night, f"SELECT count(*) FROM {table} WHERE {column} >= {END}") == 0


@pytest.mark.parametrize(("table", "column"), list(DAYS.items()))
def test_no_business_day_after_the_last_one_is_known(at_night: Desk, table: str, column: str) -> None:
    assert value(at_night, f"SELECT count(*) FROM {table} WHERE {column} > '2026-01-06'") == 0


@pytest.mark.parametrize(
    "catalog", ["duckdb_tables()", "information_schema.tables", "duckdb_columns()", "duckdb_databases()"]
)
def test_the_catalog_knows_no_other_night(at_night: Desk, catalog: str) -> None:
    assert value(at_night, f"SELECT count(*) FROM {catalog} AS c WHERE c::VARCHAR LIKE '%night-{LATER:03d}%'") == 0


def ways_past_now(practice: Path) -> list[str]:
    """Statements that would reach the later night's file, or the shared one beyond what it shows."""
    later = night_path(practice, LATER)
    readers = (
        "read_blob",
        "read_text",
        "read_csv",
        "read_json",
        "read_parquet",
        "sniff_csv",
        "parquet_metadata",
        "glob",
    )
    return [
        *(f"SELECT * FROM {reader}('{later}')" for reader in readers),
        f"SELECT * FROM '{later}'",
        f"ATTACH '{later}' AS later (READ_ONLY)",
        f"ATTACH '{later}'",
        f"COPY talks FROM '{later}'",
        f"IMPORT DATABASE '{later.parent}'",
        f"EXPORT DATABASE '{later.parent}'",
        f"EXPLAIN SELECT * FROM '{later}'",
        f"DESCRIBE SELECT * FROM '{later}'",
        f"SUMMARIZE '{later}'",
        f"SET file_search_path = '{later.parent}'",
        "SET enable_external_access = true",
        "RESET disabled_filesystems",
        "SET lock_configuration = false",
        "SELECT rowid FROM talks",
        f'SELECT * FROM "night-{LATER:03d}".arrived.talks',
        f'SELECT * FROM "night-{LATER:03d}".main.talks',
        "DETACH fixed",
        "USE fixed",
        "CALL pragma_database_size()",
        "PRAGMA database_list",
        "LOAD sqlite",
        "INSTALL httpfs",
        "CREATE TABLE t AS FROM talks",
        "CREATE TEMP VIEW talks AS FROM arrived.talks",
        "INSERT INTO arrived.talks FROM arrived.talks",
        "DELETE FROM arrived.talks",
        "WITH z AS (DELETE FROM arrived.talks RETURNING *) FROM z",
        "UPDATE arrived.talks SET closed_at_utc = NULL",
        "COPY talks TO '/tmp/talks.csv'",
        "SELECT getenv('HOME')",
        "CHECKPOINT fixed",
        "VACUUM",
        "ALTER VIEW talks RENAME TO t",
        "DROP VIEW talks",
    ]


def test_forty_ways_past_now_lead_nowhere(at_night: Desk, practice: Path) -> None:
    ways = ways_past_now(practice)
    assert len(ways) >= 40
    got_through = [way for way in ways if run_cell(at_night, way, lambda _: None) is None]
    assert got_through == []
    told = [
        re.sub(r"[\d.]+ 秒", "", plain(at_night, f"SELECT count(*) AS n FROM {talks}"))
        for talks in ("later.talks", "talks")
    ]
    assert re.search(r"\d{3}", told[0])
    assert told[0] == told[1]  # a schema of work's is passed over: it means the table as it is tonight
    assert value(at_night, "SELECT max(requested_at_utc) FROM appointments") is not None


def test_two_learners_look_at_one_file_on_different_nights(practice: Path) -> None:
    sessions = [Session(practice), Session(practice, night=3), Session(practice, night=NIGHT)]
    latest = [
        each.connection.execute("SELECT max(business_date)::VARCHAR FROM calendar").fetchone() for each in sessions
    ]
    for each in sessions:
        each.close()
    assert latest == [("2025-12-31",), ("2026-01-03",), ("2026-01-06",)]


def test_the_line_lets_one_night_go_by_and_brings_back(desk: Desk) -> None:
    count = "SELECT max(business_date)::VARCHAR AS day FROM calendar"
    assert "2026-01-01" in plain(desk, "%night")
    assert "2026-01-01" in plain(desk, count)
    assert "2026-01-02" in plain(desk, "%night")
    assert "2026-01-05" in plain(desk, "%night 5")
    assert "2025年12月31日まで" in plain(desk, "%night 0")
    assert "2025-12-31" in plain(desk, count)


def test_tables_keep_their_meaning_at_night(desk: Desk) -> None:
    told, fixed = plain(desk, "%schema guests"), desk.session.schema
    plain(desk, "%night 2")
    assert re.sub(r"\d+", "", plain(desk, "%schema guests")) == re.sub(r"\d+", "", told)
    assert {name: tuple(each.columns) for name, each in desk.session.schema.tables.items()} == {
        name: tuple(each.columns) for name, each in fixed.tables.items()
    }


def test_an_answer_works_on_the_fixed_period_whatever_the_night(desk: Desk) -> None:
    plain(desk, "%night 4")
    shown = plain(desk, "-- 解答 L1-01\nSELECT max(registered_at_utc) AS latest FROM guests")
    assert "2025年末のデータに戻りました" in shown
    assert "2026-01" not in shown
    assert desk.night == 0


def test_a_lessons_notebook_stays_in_its_period(practice: Path) -> None:
    desk = Desk(lang="ja", practice=practice, lesson="L3")
    assert "レッスンのノートブックでは" in plain(desk, "%night 4")
    assert desk.night == 0


@pytest.mark.parametrize("argument", ["tomorrow", "-1", "1.5", "152", "999999999999"])
def test_a_night_that_cannot_be_is_answered_with_what_can(desk: Desk, argument: str) -> None:
    assert "151" in plain(desk, f"%night {argument}")
    assert desk.night == 0
