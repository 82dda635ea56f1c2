from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import duckdb
import pytest

from marketplace import MarketplaceError, Settings, build, prebuying
from marketplace.checks import check, running
from marketplace.checks.constraints import duplicate_queries, orphan_queries, violation_queries
from marketplace.pools import pools_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from marketplace.checks import Report


def broken(small: Path, folder: Path, *statements: str) -> Report:
    damaged = folder / "damaged.duckdb"
    damaged.write_bytes(small.read_bytes())
    with duckdb.connect(str(damaged)) as connection:
        for statement in statements:
            connection.execute(statement)
    return check(damaged)


def test_everything_planted_is_found_in_a_small_data_set(small: Path) -> None:
    report = check(small)
    assert [(finding.name, finding.found.en) for finding in report.failed] == []
    assert len(report.findings) >= 40


def test_every_check_speaks_both_languages(small: Path) -> None:
    for finding in check(small).findings:
        for text in (finding.title, finding.planted, finding.found):
            assert "{" not in text.ja + text.en, finding.name
            assert not any("\u3040" <= letter <= "\u9fff" for letter in text.en), finding.name
        assert any("\u3040" <= letter <= "\u9fff" for letter in finding.title.ja), finding.name
        assert finding.found.en.count("; ") == 0 or finding.found.ja != finding.found.en or finding.name < "100"


def test_a_tiny_data_set_promises_its_constraints(tmp_path: Path) -> None:
    build(Settings(scale=0.001, out=tmp_path / "a.duckdb"))
    report = check(tmp_path / "a.duckdb")
    assert report.ok
    assert len(report.findings) == 4


def test_every_constraint_of_the_schema_is_proved() -> None:
    assert (len(list(duplicate_queries())), len(list(orphan_queries())), len(list(violation_queries()))) == (19, 26, 75)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("INSERT INTO talks FROM talks LIMIT 1", "001-keys-are-unique"),
        ("DELETE FROM casts WHERE cast_id = 1", "002-references-lead-somewhere"),
        ("UPDATE appointments SET status = 'maybe'", "003-checks-hold"),
        ("UPDATE payments SET card_fp = NULL WHERE method = 'card'", "003-checks-hold"),
        ("UPDATE payments SET original_payment_id = payment_id + 1000000 WHERE kind = 'refund'", "004-promises-hold"),
        ("UPDATE talks SET opened_at_utc = opened_at_utc + INTERVAL 3 YEAR", "004-promises-hold"),
        ("UPDATE sessions SET started_at_utc = started_at_utc + INTERVAL 9 HOUR", "101-late-night-hours"),
        ("DELETE FROM point_ledger WHERE entry_kind = 'purchase'", "114-ledger-reconciles"),
        (
            "UPDATE experiment_assignments SET variant = CASE guest_id % 2 WHEN 0 THEN 'control' ELSE 'treatment' END",
            "133-experiment-mismatch",
        ),
        (
            "UPDATE messages SET sent_at_utc = '2025-06-10 03:00', read_at_utc = NULL WHERE message_id = 9",
            "123-closed-days-are-closed",
        ),
        ("UPDATE calendar SET is_closed = false", "123-closed-days-are-closed"),
        ("UPDATE list_impressions SET position = 13 - position WHERE algo = 'popular_v1'", "124-popular-on-top"),
        ("DELETE FROM appointments", "125-clicked-but-not-booked"),
        (
            "UPDATE appointments SET area_code = casts.area_code FROM casts WHERE casts.cast_id = appointments.cast_id",
            "126-visits-to-other-areas",
        ),
        ("DELETE FROM messages WHERE sender = 'cast'", "127-answering-soon-pays"),
        (
            "UPDATE experiment_assignments SET variant = CASE guest_id % 2 WHEN 0 THEN 'control' ELSE 'treatment' END",
            "128-mismatch-has-a-cause",
        ),
        ("UPDATE payments SET status = 'failed'", "129-met-without-paying"),
        ("UPDATE experiment_assignments SET exposed_at_utc = assigned_at_utc", "135-planned-split-and-exposure"),
        ("UPDATE experiment_assignments SET treatment_percent = 20", "135-planned-split-and-exposure"),
        ("UPDATE sessions SET app_version = '3.4.0' WHERE app_version = '3.4.1'", "222-two-versions-of-a-pattern"),
        ("UPDATE guests SET is_test = false", "202-test-accounts-in-each-month"),
        ("UPDATE guests SET prefecture = '東京都' WHERE prefecture IS NULL", "209-missing-values"),
        ("DELETE FROM list_impressions WHERE screen = 'search'", "211-rule-score-rows"),
        ("DELETE FROM app_events WHERE event_name = 'session_start' AND rowid < 20", "223-app-events-agree"),
        ("DELETE FROM app_events WHERE event_name = 'talk_open'", "223-app-events-agree"),
        ("DELETE FROM app_events WHERE len(event_params) = 4 AND event_name = 'page_view'", "223-app-events-agree"),
        ("UPDATE app_events SET event_params = list_append(event_params, event_params[1])", "004-promises-hold"),
        ("UPDATE app_events SET event_name = 'talk_open'", "004-promises-hold"),
    ],
)
def test_what_is_taken_out_is_missed(small: Path, tmp_path: Path, statement: str, name: str) -> None:
    assert name in [finding.name for finding in broken(small, tmp_path, statement).failed]


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A data set of a size at which what happens in one area, or in one week, stands out from chance."""
    out = tmp_path_factory.mktemp("standard") / "marketplace.duckdb"
    build(Settings(scale=1.0, out=out))
    with duckdb.connect(str(out)) as connection:
        yield connection


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        (
            "UPDATE talks SET opened_at_utc = opened_at_utc + INTERVAL 42 DAY WHERE CAST(opened_at_utc + INTERVAL 4 HOUR AS DATE) = '2025-11-07'",
            "122-incident-night",
        ),
        ("UPDATE experiments SET area_code = 'GINZA' WHERE unit = 'area'", "136-area-wise-measure"),
        (
            "UPDATE campaigns SET starts_on = starts_on + 42, ends_on = ends_on + 42 WHERE aim = 'purchase'",
            "137-campaign-moves-purchases",
        ),
    ],
)
def test_what_only_a_standard_data_set_can_show_is_there_and_missed_when_taken_out(
    standard: duckdb.DuckDBPyConnection, statement: str, name: str
) -> None:
    query = (files("marketplace") / "checks" / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    found = [standard.execute(query).fetchone()]
    standard.execute(f"BEGIN; {statement}")
    found.append(standard.execute(query).fetchone())
    standard.execute("ROLLBACK")
    assert [row and row[0] for row in found] == [True, False]


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        (
            "UPDATE guests SET prefecture = CASE WHEN guest_id % 2 = 0 THEN '東京都' ELSE '大阪府' END",
            "301-shown-casts-far-away",
        ),
        ("DELETE FROM messages WHERE sender = 'cast'", "302-slow-casts"),
        (
            "UPDATE guests SET interest_tag = CASE WHEN guest_id % 5 > 0 THEN 'golf' END",
            "303-release-passes-guests-by",
        ),
        ("UPDATE payments SET status = 'failed' WHERE status = 'charged_back'", "304-rings-cost"),
        (
            "UPDATE campaigns SET starts_on = starts_on + 42, ends_on = ends_on + 42 WHERE aim = 'purchase'",
            "305-campaign-brings-sales-forward",
        ),
        ("UPDATE campaigns SET cost_yen = cost_yen // 10", "306-advertising-cohorts-cost-more"),
        (
            "UPDATE appointments SET talk_id = appointment_id % 9000",
            "307-clicked-but-not-asked",
        ),
        (
            "UPDATE messages SET sent_at_utc = sent_at_utc + INTERVAL 1 HOUR WHERE sender = 'cast'",
            "308-answers-wait-by-day",
        ),
        (
            "UPDATE guests SET acquisition_channel = 'sns_ad' WHERE guest_id NOT IN (SELECT guest_id FROM payments)",
            "351-channels-buy-alike",
        ),
        (
            """DELETE FROM appointments AS a USING guests AS g WHERE a.guest_id = g.guest_id AND g.registered_at_utc < '2024-04-01'
            AND a.requested_at_utc < g.registered_at_utc + INTERVAL 8 DAY""",
            "352-first-requests-come-no-sooner",
        ),
        (
            "UPDATE list_impressions SET cast_id = 5 WHERE position = 1 AND shown_at_utc >= '2025-10-01'",
            "353-new-rule-concentrates-nothing",
        ),
        ("UPDATE experiment_assignments SET treatment_percent = 50", "354-push-timing-does-no-harm"),
        (
            "DELETE FROM sessions WHERE CAST(started_at_utc + INTERVAL 4 HOUR AS DATE) = '2025-11-07'",
            "355-a-closed-day-is-no-outage",
        ),
    ],
)
def test_what_an_expo_may_find_is_there_and_missed_when_taken_out(
    standard: duckdb.DuckDBPyConnection, statement: str, name: str
) -> None:
    query = (files("marketplace") / "checks" / "expo" / f"{name}.sql").read_text(encoding="utf-8")
    found = [standard.execute(query).fetchone()]
    standard.execute(f"BEGIN; {statement}")
    found.append(standard.execute(query).fetchone())
    standard.execute("ROLLBACK")
    assert [bool(row and row[0]) for row in found] == [True, False]


def test_issues_and_false_trails_are_told_only_when_asked_for(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_ENOUGH_FOR_ISSUES", 0.0)
    plain, whole = ({each.name for each in check(small, with_issues=asked).findings} for asked in (False, True))
    told = whole - plain
    assert len([each for each in told if "300" < each < "350"]) >= 6
    assert len([each for each in told if each > "350"]) >= 4


def test_too_small_a_data_set_is_not_asked_for_an_expos_issues(small: Path) -> None:
    with pytest.raises(MarketplaceError) as refused:
        check(small, with_issues=True)
    assert refused.value.code == "issues_need_std"


def test_the_campaign_moves_purchases_and_adds_none(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prebuying, "MOVED_PER_MILLE", 0)
    build(Settings(scale=0.01, out=tmp_path / "without.duckdb"))
    bought = "SELECT guest_id, points, status FROM {}.payments ORDER BY ALL"
    days = "SELECT guest_id, points, paid_at_jst FROM {}.payments ORDER BY ALL"
    with duckdb.connect(str(small), read_only=True) as connection:
        connection.execute(f"ATTACH '{tmp_path / 'without.duckdb'}' AS without (READ_ONLY)")
        first, second = (
            [connection.execute(query.format(name)).fetchall() for name in ("main", "without")]
            for query in (bought, days)
        )
    assert first[0] == first[1]
    assert second[0] != second[1]


def test_a_file_of_someone_else_is_no_data_set(tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    duckdb.connect(str(other)).close()
    with pytest.raises(MarketplaceError, match="not a data set of this course"):
        check(other)
    with pytest.raises(MarketplaceError, match="does not exist"):
        check(tmp_path / "none.duckdb")


def test_messages_read_alike_in_both_languages() -> None:
    japanese, english = pools_of("ja"), pools_of("en")
    assert japanese.spans == english.spans
    assert len(japanese.bodies) == len(english.bodies)
    assert all("{" not in body for body in japanese.bodies + english.bodies)
    assert not any("\u3040" <= letter <= "\u30ff" for body in english.bodies for letter in body)
