"""What is kept in the BI room survives restarts, two windows and what is deleted beside it."""

from __future__ import annotations

import sqlite3

import pytest
from script import result

from classroom.learner.bi.records import Alert, AlertState, Card, Dashboard, Look, Query, Ran, Run, Schedule, Visual
from classroom.learner.bi.store import MIGRATIONS, BiStore


def test_everything_is_there_again_after_a_restart(store: BiStore) -> None:
    query = store.keep_query(Query(0, "朝の数字", "SELECT 1", "毎朝見る", "佐藤", Schedule.DAILY, {"n": "3"}))
    visual = store.keep_visual(Visual(0, query, "線", "line", {"x": "d", "y": "n"}))
    board = store.keep_dashboard(Dashboard(0, "朝会", (Card(visual, is_wide=True),)))
    alert = store.keep_alert(Alert(0, "少ない", query, "n", "<", "10"))
    kept = result("d n", ("2026-01-05", 3))
    look = Look(alert, 1, "2026-01-05T00:00:00+00:00", AlertState.UNKNOWN, AlertState.TRIGGERED, "3", rang=True)
    run = Run(query, 1, "2026-01-05T00:00:00+00:00", True, 0.1, 1)
    assert store.pass_night(1, [Ran(run, kept, looks=(look,))])
    again = BiStore(store.path)
    assert again.night() == 1
    assert again.query(query) == Query(query, "朝の数字", "SELECT 1", "毎朝見る", "佐藤", Schedule.DAILY, {"n": "3"})
    assert again.visual(visual).options == {"x": "d", "y": "n"}
    assert again.dashboard(board).cards == (Card(visual, is_wide=True),)
    assert again.alert(alert).state is AlertState.TRIGGERED
    assert (again.runs(), again.looks()) == ((run,), (look,))
    assert (found := again.kept(query, {})) is not None
    assert found.result == kept


def test_what_hangs_on_a_query_goes_with_it(store: BiStore) -> None:
    query = store.keep_query(Query(0, "q", "SELECT 1"))
    visual = store.keep_visual(Visual(0, query, "v", "table"))
    board = store.keep_dashboard(Dashboard(0, "b", (Card(visual),)))
    store.keep_alert(Alert(0, "a", query, "n", ">", "1"))
    store.forget("query", query)
    assert (store.visuals(), store.alerts(), store.dashboard(board).cards) == ((), (), ())


def test_two_windows_write_into_one_file(store: BiStore) -> None:
    other = BiStore(store.path)
    first, second = store.keep_query(Query(0, "a", "SELECT 1")), other.keep_query(Query(0, "b", "SELECT 2"))
    assert [each.id for each in store.queries()] == [first, second]
    other.forget("query", first)
    with pytest.raises(KeyError):
        store.keep_query(Query(first, "a", "SELECT 3"))


def test_a_night_that_another_window_has_let_pass_is_not_passed_again(store: BiStore) -> None:
    assert store.pass_night(1, [])
    assert not store.pass_night(1, [])
    assert store.night() == 1


def test_going_back_to_the_first_morning_keeps_what_was_made(store: BiStore) -> None:
    query = store.keep_query(Query(0, "q", "SELECT 1"))
    run = Run(query, 1, "2026-01-05T00:00:00+00:00", True, 0.1, 1)
    store.pass_night(1, [Ran(run, result("n", (1,)))])
    store.begin_again()
    assert (store.night(), store.runs(), store.kept(query, {})) == (0, (), None)
    assert [each.id for each in store.queries()] == [query]


def test_a_newer_file_is_left_as_it_is(store: BiStore) -> None:
    with sqlite3.connect(store.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert BiStore(store.path).night() == 0


def test_a_file_of_an_earlier_edition_keeps_its_results(store: BiStore) -> None:
    query = store.keep_query(Query(0, "q", "SELECT 1"))
    run = Run(query, 1, "2026-01-05T00:00:00+00:00", True, 0.1, 1)
    store.keep_run(Ran(run, result("n", (1,))))
    old = store.path.with_name("old.sqlite")
    with sqlite3.connect(old) as earlier:
        for step in MIGRATIONS[:2]:
            earlier.executescript(step)
        earlier.execute("PRAGMA user_version = 2")
        earlier.execute("INSERT INTO queries VALUES (7, 'q', 'SELECT 1', '', '', 'daily')")
        written = sqlite3.connect(store.path).execute("SELECT result FROM answers").fetchone()[0]
        earlier.execute("INSERT INTO results VALUES (7, 1, '2026-01-05T00:00:00+00:00', ?)", (written,))
    found = BiStore(old).kept(7, {})
    assert found is not None
    assert found.result == result("n", (1,))
