"""Nights go by after the end of a data set: the same for everybody, and nothing of the data set changes."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pytest

from marketplace import MarketplaceError, Settings, build
from marketplace.checks.constraints import constraint_findings
from marketplace.fingerprints import fingerprint
from marketplace.nights import ARRIVED, FIXED_NAME, HORIZON, arrivals, last_night, make_night, night_path
from marketplace.nights.timetable import TIMETABLE
from marketplace.workplace import manifest_path

if TYPE_CHECKING:
    from pathlib import Path

NEVER_CHANGES = {
    "guests": "guest_id, nickname, registered_at_utc, is_test",
    "sessions": "session_id, guest_id, platform, app_version, started_at_utc",
    "talks": "talk_id, guest_id, cast_id, source, opened_at_utc",
    "messages": "message_id, talk_id, sender, body_kind, char_count, sent_at_utc",
    "appointments": "appointment_id, talk_id, guest_id, cast_id, area_code, requested_at_utc, scheduled_start_jst, points",
    "payments": "payment_id, guest_id, kind, amount_yen, points, method, original_payment_id, paid_at_jst",
}
"""Of the tables that change, what stays as it came; the key is the first column."""
EARLY = 40
ONLY_GROWS = (
    "list_impressions",
    "app_events",
    "appointment_status_log",
    "cast_shifts",
    "point_ledger",
    "fraud_scores",
    "calendar",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set of a size at which a single night has dozens of visits."""
    out = tmp_path_factory.mktemp("nights") / "marketplace.duckdb"
    build(Settings(scale=0.3, out=out))
    return out


@pytest.fixture(scope="module")
def all_nights(data: Path) -> Path:
    for night in (EARLY, HORIZON):
        make_night(data, night)
    return data


def opened(data: Path, night: int) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(night_path(data, night)), read_only=True)
    connection.execute(f"ATTACH '{data}' AS {FIXED_NAME} (READ_ONLY)")
    return connection


def one(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_a_night_is_the_same_on_one_thread_or_two_and_whatever_was_made_before(small: Path) -> None:
    make_night(small, 9, threads=1)
    first = fingerprint(night_path(small, 9), ARRIVED)
    for night in (8, 9):
        make_night(small, night, threads=2)
    assert fingerprint(night_path(small, 9), ARRIVED) == first


def test_a_night_is_the_same_in_another_process(small: Path) -> None:
    make_night(small, 5)
    here = fingerprint(night_path(small, 5), ARRIVED)
    night_path(small, 5).unlink()
    command = [sys.executable, "-m", "classroom", "data", "night", "--data", str(small), "--to", "5"]
    subprocess.run(command, check=True, capture_output=True)
    assert fingerprint(night_path(small, 5), ARRIVED) == here


@pytest.mark.parametrize("table", NEVER_CHANGES)
def test_what_came_by_an_early_night_is_there_with_the_same_ids_later(all_nights: Path, table: str) -> None:
    columns = NEVER_CHANGES[table]
    with closing(opened(all_nights, HORIZON)) as connection:
        connection.execute(f"ATTACH '{night_path(all_nights, EARLY)}' AS early (READ_ONLY)")
        lost = f"SELECT {columns} FROM early.{ARRIVED}.{table} EXCEPT SELECT {columns} FROM {ARRIVED}.{table}"
        kept = f"SELECT {columns} FROM early.{ARRIVED}.{table} INTERSECT SELECT {columns} FROM {ARRIVED}.{table}"
        assert one(connection, f"SELECT count(*) FROM ({lost})") == 0
        assert one(connection, f"SELECT count(*) FROM ({kept})") > 0


@pytest.mark.parametrize("table", ONLY_GROWS)
def test_tables_that_only_grow_keep_every_row(all_nights: Path, table: str) -> None:
    with closing(opened(all_nights, HORIZON)) as connection:
        connection.execute(f"ATTACH '{night_path(all_nights, EARLY)}' AS early (READ_ONLY)")
        lost = f"FROM early.{ARRIVED}.{table} EXCEPT ALL FROM {ARRIVED}.{table}"
        assert one(connection, f"SELECT count(*) FROM ({lost})") == 0


@pytest.mark.parametrize("table", NEVER_CHANGES)
def test_rows_of_the_data_change_only_where_a_status_comes_in(all_nights: Path, table: str) -> None:
    columns = NEVER_CHANGES[table]
    key = columns.partition(",")[0]
    old = f"{key} IN (SELECT {key} FROM {FIXED_NAME}.{table})"
    with closing(opened(all_nights, HORIZON)) as connection:
        new = f"SELECT {columns} FROM {ARRIVED}.{table} WHERE {old} EXCEPT SELECT {columns} FROM {FIXED_NAME}.{table}"
        assert one(connection, f"SELECT count(*) FROM ({new})") == 0


def test_rows_without_a_later_moment_have_not_changed(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_night(small, HORIZON)
    asked_for_few = fingerprint(night_path(small, HORIZON), ARRIVED)
    monkeypatch.setattr(arrivals, "_tells_of_later", lambda rows, _: np.ones(rows.count, bool))
    make_night(small, HORIZON)
    assert fingerprint(night_path(small, HORIZON), ARRIVED) == asked_for_few


def test_the_data_set_itself_stays_as_it_was(small: Path) -> None:
    before = small.read_bytes()
    make_night(small, 3)
    assert small.read_bytes() == before


@pytest.mark.parametrize("night", [EARLY, HORIZON])
def test_keys_references_checks_and_promises_hold_every_night(all_nights: Path, night: int) -> None:
    with closing(opened(all_nights, night)) as connection:
        assert [each.found.en for each in constraint_findings(connection) if not each.ok] == []


def test_no_balance_falls_below_nothing(all_nights: Path) -> None:
    running = (
        "SELECT sum(points) OVER (PARTITION BY guest_id ORDER BY booked_at_jst, entry_id) AS balance FROM point_ledger"
    )
    with closing(opened(all_nights, HORIZON)) as connection:
        assert one(connection, f"SELECT count(*) FROM ({running}) WHERE balance < 0") == one(
            connection,
            f"SELECT count(*) FROM ({running.replace('point_ledger', 'fixed.point_ledger')}) WHERE balance < 0",
        )


def test_talks_of_december_go_on_in_january(all_nights: Path) -> None:
    of_the_first_nights = "FROM appointments AS a JOIN talks AS t USING (talk_id) WHERE a.requested_at_utc BETWEEN '2025-12-31 20:00' AND '2026-01-03 20:00'"
    with closing(opened(all_nights, HORIZON)) as connection:
        asked = one(connection, f"SELECT count(*) {of_the_first_nights}")
        earlier = one(connection, f"SELECT count(*) {of_the_first_nights} AND t.opened_at_utc < '2025-12-31 20:00'")
    assert asked > 4
    assert earlier > asked / 2


DAYS = """
WITH seen AS (
  SELECT cast(started_at_utc + INTERVAL 4 HOUR AS date) AS day, count(*) AS sessions, count(*) FILTER (platform = 'android') AS android
  FROM sessions GROUP BY 1
),
shown AS (
  SELECT cast(shown_at_utc + INTERVAL 4 HOUR AS date) AS day, count(*) AS shown, count(*) FILTER (ingested_at_utc - shown_at_utc > INTERVAL 20 HOUR) AS late,
         count(*) - count(DISTINCT (guest_id, cast_id, position, shown_at_utc)) AS twice
  FROM list_impressions GROUP BY 1
),
talked AS (
  SELECT cast(opened_at_utc + INTERVAL 4 HOUR AS date) AS day, count(*) FILTER (area_code = 'SHINJUKU') AS talks
  FROM talks JOIN casts USING (cast_id) GROUP BY 1
),
paid AS (SELECT cast(paid_at_jst - INTERVAL 5 HOUR AS date) AS day, count(*) AS payments FROM payments GROUP BY 1),
came AS (SELECT cast(registered_at_utc + INTERVAL 4 HOUR AS date) AS day, count(*) AS guests FROM guests GROUP BY 1)
SELECT {} FROM calendar AS c LEFT JOIN seen ON seen.day = business_date LEFT JOIN shown ON shown.day = business_date
LEFT JOIN talked ON talked.day = business_date LEFT JOIN paid ON paid.day = business_date LEFT JOIN came ON came.day = business_date
WHERE business_date BETWEEN '{}' AND '{}'
"""


MEASURED = [
    ("coalesce(sum(talks), 0)", ("2026-01-15", "2026-01-15"), 0, 0),
    ("coalesce(sum(talks), 0)", ("2026-01-16", "2026-01-16"), 2, 99),
    ("avg(android / sessions)", ("2026-01-22", "2026-01-22"), 0.0, 0.22),
    ("avg(android / sessions)", ("2026-01-08", "2026-01-21"), 0.27, 0.42),
    ("sum(payments)", ("2026-01-22", "2026-01-22"), 2, 99),
    ("avg(late / shown)", ("2026-01-29", "2026-01-29"), 0.5, 0.7),
    ("avg(late / shown)", ("2026-01-30", "2026-02-04"), 0.0, 0.03),
    ("avg(twice / shown)", ("2026-02-08", "2026-02-09"), 0.3, 0.5),
    ("avg(twice / shown)", ("2026-02-16", "2026-02-20"), 0.0, 0.02),
    ("avg(guests)", ("2026-02-20", "2026-02-22"), 12, 40),
    ("avg(guests)", ("2026-02-01", "2026-02-19"), 2, 9),
    ("avg(sessions)", ("2026-03-13", "2026-03-14"), 95, 140),
    ("avg(sessions)", ("2026-03-06", "2026-03-07"), 60, 110),
]


@pytest.mark.parametrize(("measured", "day", "least", "most"), MEASURED)
def test_what_the_timetable_says_has_happened(
    all_nights: Path, measured: str, day: tuple[str, str], least: float, most: float
) -> None:
    with closing(opened(all_nights, HORIZON)) as connection:
        assert least <= float(one(connection, DAYS.format(measured, *day))) <= most


def test_every_kind_that_is_planted_is_measured_on_one_of_its_days() -> None:
    of_themselves = {"monday_low", "holiday", "payday"}
    seen = {
        each.kind
        for each in TIMETABLE
        for _, (first, last), _, _ in MEASURED
        if each.first <= date.fromisoformat(first) and date.fromisoformat(last) <= each.last
    }
    assert {each.kind for each in TIMETABLE} - of_themselves - seen == set()


def test_a_late_batch_is_not_there_until_the_night_after(data: Path) -> None:
    of_the_night = (
        "SELECT count(*) FROM list_impressions WHERE cast(shown_at_utc + INTERVAL 4 HOUR AS date) = '2026-01-29'"
    )
    counts = []
    for night in (29, 30):
        make_night(data, night)
        with closing(opened(data, night)) as connection:
            counts.append(one(connection, of_the_night))
    assert counts[0] < 0.55 * counts[1]


def test_the_manifest_tells_what_has_happened_so_far_and_no_more(small: Path) -> None:
    make_night(small, 22)
    planted = json.loads(manifest_path(night_path(small, 22)).read_text("utf-8"))["planted"]
    assert [each["kind"] for each in planted["happenings"]] == ["monday_low", "holiday", "area_collapse", "lost_logs"]
    assert planted["happenings"][2] == {
        "kind": "area_collapse",
        "first": "2026-01-15",
        "last": "2026-01-15",
        "area": "SHINJUKU",
    }


def test_the_next_night_comes_after_the_last_one(tmp_path: Path) -> None:
    data = tmp_path / "m.duckdb"
    build(Settings(scale=0.001, out=data))
    assert last_night(data) == 0
    make_night(data, 4)
    assert last_night(data) == 4


@pytest.mark.parametrize("night", [0, HORIZON + 1])
def test_a_night_beyond_the_horizon_is_refused_with_what_to_do(small: Path, night: int) -> None:
    with pytest.raises(MarketplaceError, match=f"from 1 to {HORIZON}"):
        make_night(small, night)


def test_nights_follow_a_data_set_and_nothing_else(small: Path, tmp_path: Path) -> None:
    make_night(small, 2)
    with pytest.raises(MarketplaceError, match="penguin data build"):
        make_night(night_path(small, 2), 1)
    with pytest.raises(MarketplaceError, match="does not exist"):
        make_night(tmp_path / "none.duckdb", 1)
