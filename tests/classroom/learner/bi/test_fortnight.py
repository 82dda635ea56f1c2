"""A fortnight lived in the BI room: which alert rings when, against what was planted; a restart in between, a query that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.learner.bi.actions import ACTIONS
from classroom.learner.bi.asking import DeskAsker
from classroom.learner.bi.pages import page_html
from classroom.learner.bi.place import BiRoom
from classroom.learner.bi.records import Alert, AlertState, Card, Dashboard, Query, Schedule, Visual
from classroom.learner.bi.running import is_due, pass_a_night, run_queries
from classroom.learner.bi.store import BiStore
from classroom.learner.state.desk import Desk
from marketplace.nights import TIMETABLE
from marketplace.nights.timetable import night_of

if TYPE_CHECKING:
    from pathlib import Path

    from script import Script

FIRST, LAST = 27, 40
_DAY = "(SELECT max(business_date) FROM calendar)"
_SHOWN_LAST = f"shown_at_utc >= {_DAY} - INTERVAL 4 HOUR"
LATE = f"""SELECT {_DAY} AS business_date, count(*) AS late FROM list_impressions
WHERE ingested_at_utc >= {_DAY} - INTERVAL 4 HOUR AND ingested_at_utc - shown_at_utc > INTERVAL 12 HOUR"""
DOUBLES = f"""SELECT {_DAY} AS business_date, count(*) - count(DISTINCT (session_id, cast_id, position, shown_at_utc)) AS doubles
FROM list_impressions WHERE {_SHOWN_LAST}"""
TALKS = "SELECT CAST(opened_at_utc + INTERVAL 4 HOUR AS DATE) AS day, count(*) AS talks FROM talks GROUP BY day ORDER BY day"
BROKEN = "SELECT no_such_column FROM talks"
RESTARTED_AFTER = 33


def planted(kind: str) -> tuple[int, int]:
    """First and last night of what is planted in the fortnight."""
    (found,) = (each for each in TIMETABLE if each.kind == kind and FIRST <= night_of(each.first) <= LAST)
    return night_of(found.first), night_of(found.last)


@pytest.fixture(scope="module")
def lived(practice: Path, tmp_path_factory: pytest.TempPathFactory) -> BiRoom:
    """The room after it."""
    store = BiStore(tmp_path_factory.mktemp("bi") / "bi.sqlite")
    schedules = {LATE: Schedule.DAILY, DOUBLES: Schedule.DAILY, TALKS: Schedule.WEEKLY, BROKEN: Schedule.DAILY}
    numbers = [store.keep_query(Query(0, sql[:20], sql, schedule=each)) for sql, each in schedules.items()]
    visuals = [store.keep_visual(Visual(0, each, f"{each}", "table")) for each in numbers]
    store.keep_dashboard(Dashboard(0, "朝会", tuple(Card(each) for each in visuals)))
    store.keep_alert(Alert(0, "late", numbers[0], "late", ">=", "10"))
    store.keep_alert(Alert(0, "doubles", numbers[1], "doubles", ">", "0"))
    for night in range(1, FIRST):
        store.pass_night(night, [])  # nothing ran in them
    desk = Desk(lang="ja", practice=practice)
    for seen in range(FIRST - 1, LAST):
        if seen == RESTARTED_AFTER:
            desk.close()
            desk, store = Desk(lang="ja", practice=practice), BiStore(store.path)
        assert pass_a_night(store, DeskAsker(desk), seen)
    desk.close()
    return BiRoom(store, DeskAsker(desk), "ja")


def rang(room: BiRoom, name: str) -> list[tuple[int, AlertState]]:
    names = {each.id: each.name for each in room.store.alerts()}
    return [
        (each.night, each.after) for each in reversed(room.store.looks()) if each.rang and names[each.alert] == name
    ]


def test_an_alert_rings_on_the_planted_nights_and_on_no_other(lived: BiRoom) -> None:
    _, late = planted("late_batch")
    first, _ = planted("double_release")
    assert rang(lived, "late") == [(late + 1, AlertState.TRIGGERED), (late + 2, AlertState.OK)]
    assert rang(lived, "doubles") == [(first, AlertState.TRIGGERED)]


def test_each_alert_was_looked_at_every_morning_though_the_room_was_restarted(lived: BiRoom) -> None:
    for alert in lived.store.alerts():
        assert [each.night for each in reversed(lived.store.looks()) if each.alert == alert.id] == [
            *range(FIRST, LAST + 1)
        ]


def test_a_scheduled_query_that_fails_says_so_each_morning_and_the_others_go_on(lived: BiRoom) -> None:
    by_query = {each.sql: list(lived.store.runs(each.id)) for each in lived.store.queries()}
    assert len(by_query[BROKEN]) == LAST - FIRST + 1
    assert all("no_such_column" in run.problem for run in by_query[BROKEN])
    assert not any(run.problem for sql in (LATE, DOUBLES, TALKS) for run in by_query[sql])
    assert "no_such_column" in page_html(lived, "log")


def test_a_weekly_query_ran_on_mondays_alone(lived: BiRoom) -> None:
    (query,) = (each for each in lived.store.queries() if each.sql == TALKS)
    nights = [each.night for each in lived.store.runs(query.id)]
    assert nights == [night for night in range(LAST, FIRST - 1, -1) if is_due(Schedule.WEEKLY, night)]
    assert len(nights) == 2


def test_the_log_tells_each_night_what_was_planted_in_it(lived: BiRoom) -> None:
    log = page_html(lived, "log")
    assert log.count("2回ずつ記録") == 5
    assert "ひと晩遅れて届きました" in log


def test_a_result_holds_nothing_later_than_the_night(lived: BiRoom) -> None:
    (query,) = (each for each in lived.store.queries() if each.sql == LATE)
    assert (kept := lived.store.kept(query.id, {})) is not None
    assert (kept.night, kept.result.rows[0][0]) == (LAST, "2026-02-09")


def test_two_windows_that_press_at_once_let_one_night_pass(room: BiRoom, script: Script) -> None:
    assert pass_a_night(room.store, script, 0)
    assert not pass_a_night(BiStore(room.store.path), script, 0)
    assert "別の画面" in ACTIONS["night"](room, {"seen": "0"}).said
    assert room.store.night() == 1


def test_a_night_whose_data_can_t_be_had_does_not_pass(room: BiRoom, script: Script) -> None:
    script.last = 0
    assert "no such night" in ACTIONS["night"](room, {"seen": "0"}).said
    assert (room.store.night(), room.store.runs()) == (0, ())


def test_running_by_hand_looks_at_the_alerts_too(real: BiRoom) -> None:
    number = real.store.keep_query(Query(0, "q", "SELECT 5 AS n"))
    real.store.keep_alert(Alert(0, "a", number, "n", "<", "10"))
    run_queries(real.store, real.asker, [real.store.query(number)])
    assert [each.state for each in real.store.alerts()] == [AlertState.TRIGGERED]
