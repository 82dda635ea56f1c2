"""The history of a query, an alert tried before it is saved, and the clock that a notebook shares with the room."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from script import Script, result

from classroom.learner.bi.markup import plain
from classroom.learner.bi.pages import page_html
from classroom.learner.bi.place import BiRoom, morning_text
from classroom.learner.bi.preview import MORNINGS
from classroom.learner.bi.records import Query, Schedule
from classroom.learner.bi.store import NAME, BiStore
from classroom.learner.page.bi_room import done
from classroom.learner.panel.night_view import show_night
from classroom.learner.state.desk import Desk
from classroom.session.connection import Session

if TYPE_CHECKING:
    from pathlib import Path


def test_each_text_is_kept_with_who_wrote_it_and_can_be_gone_back_to(store: BiStore, script: Script) -> None:
    room = BiRoom(store, script, "en", who="aoki")
    number = store.keep_query(Query(0, "q", "SELECT 1 AS n"), "sato")
    done(room, "query/save", "", {"query": str(number), "sql": "SELECT 2 AS n"})
    done(room, "query/save", "", {"query": str(number), "sql": "SELECT 2 AS n", "name": "other name"})
    assert [(each.who, each.sql) for each in store.versions(number)] == [
        ("aoki", "SELECT 2 AS n"),
        ("sato", "SELECT 1 AS n"),
    ]
    html = page_html(room, f"query/{number}/history")
    assert "<del>- SELECT 1 AS n</del>\n<ins>+ SELECT 2 AS n</ins>" in html
    first = store.versions(number)[-1]
    done(room, "query/restore", "", {"query": str(number), "version": str(first.number)})
    assert store.query(number).sql == "SELECT 1 AS n"
    assert len(store.versions(number)) == 3


def test_what_an_earlier_text_ran_into_is_not_told_of_the_one_that_stands_there(store: BiStore, script: Script) -> None:
    room = BiRoom(store, script, "en")
    number = store.keep_query(Query(0, "q", "bad"))
    done(room, "query/run", "", {"query": str(number), "sql": "bad"})
    failed, changed = plain("query.failed_first", "en", day="X").split("X")[1], plain("query.changed", "en")
    assert failed in page_html(room, f"query/{number}")
    time.sleep(0.002)  # the file's clock counts milliseconds
    done(room, "query/save", "", {"query": str(number), "sql": "good"})
    html = page_html(room, f"query/{number}")
    assert failed not in html
    assert changed in html


def test_a_long_query_that_was_changed_all_over_keeps_nobody_waiting(store: BiStore, script: Script) -> None:
    room = BiRoom(store, script, "en")
    lines = [f"SELECT column_{each}, SUM(amount) FROM orders WHERE region = {each} UNION ALL" for each in range(300)]
    number = store.keep_query(Query(0, "q", "\n".join(lines)))
    changed = [each.replace("column", "columns").replace("amount", "amounts") for each in lines]
    store.keep_query(Query(number, "q", "\n".join(changed)))
    began = time.process_time()
    html = page_html(room, f"query/{number}/history")
    assert time.process_time() - began < 5
    assert (html.count("<del>"), html.count("<ins>")) == (300, 300)


def alert_on(room: BiRoom, column: str = "n") -> str:
    room.store.keep_query(Query(0, "q", "numbers"))
    done(room, "query/run", "", {"query": "1"})
    done(room, "alert/new", "", {"query": "1"})
    assert room.store.alert(1).column == column
    return "1"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_alert_is_tried_on_28_mornings_and_nothing_is_kept(store: BiStore, script: Script, lang: str) -> None:
    room = BiRoom(store, script, lang)
    script.answers = {
        ("numbers", night): result("n area", (30 if night in (-3, -2, -20) else 1, "x"), types="BIGINT VARCHAR")
        for night in range(-MORNINGS + 1, 1)
    }
    alert = alert_on(room)
    before = store.alert(1)
    told = done(room, "alert/preview", "alert/1", {"alert": alert, "column": "n", "operator": ">", "threshold": "10"})
    assert told["aside"]
    assert "html" not in told
    assert told["said"].count("<tr>") == MORNINGS + 1
    assert told["said"].count("♪") == 4  # twice it begins, twice it is over
    assert (store.alert(1), store.looks()) == (before, ())


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_preview_that_had_no_time_for_all_mornings_shows_the_latest_and_says_so(
    store: BiStore, script: Script, lang: str
) -> None:
    room = BiRoom(store, script, lang)
    script.answers = {"numbers": result("n area", (30, "x"), types="BIGINT VARCHAR")}
    alert = alert_on(room)
    asked = {"alert": alert, "column": "n", "operator": ">", "threshold": "10"}
    script.mornings = 3
    told = done(room, "alert/preview", "alert/1", asked)["said"]
    assert told.count("<tr>") == 3 + 1
    assert plain("preview.short", lang, asked=3, mornings=MORNINGS) in told
    assert morning_text(0, lang) in told
    script.mornings = 0
    assert done(room, "alert/preview", "alert/1", asked)["said"] == plain("preview.stopped", lang)


def test_conditions_are_words_and_only_numbers_are_offered(store: BiStore, script: Script) -> None:
    room = BiRoom(store, script, "ja")
    script.answers = {"numbers": result("n area", (1, "x"), types="BIGINT VARCHAR")}
    alert_on(room)
    html = page_html(room, "alert/1")
    assert "以上 (&gt;=)" in html
    assert '<option value="area"' not in html


def test_a_morning_before_the_end_holds_nothing_later(practice: Path) -> None:
    past, whole = Session(practice, night=-9), Session(practice)
    end = "TIMESTAMP '2025-12-22 20:00'"
    asked = f"SELECT count(*) FILTER (closed_at_utc >= {end} OR opened_at_utc >= {end}), count(*) FROM talks"
    later, count = past.connection.execute(asked).fetchall()[0]
    all_of_them = whole.connection.execute(f"SELECT count(*) FROM talks WHERE opened_at_utc < {end}").fetchall()
    assert (later, count) == (0, all_of_them[0][0])
    assert past.connection.execute("SELECT max(business_date)::VARCHAR FROM calendar").fetchall() == [("2025-12-22",)]
    assert past.schema.tables.keys() == whole.schema.tables.keys()
    past.close()
    whole.close()


def test_a_notebook_and_the_room_have_one_clock(
    practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = tmp_path / ".penguin"
    hidden.mkdir()
    store = BiStore(hidden / NAME)
    store.keep_query(Query(0, "q", "SELECT count(*) AS n FROM talks", schedule=Schedule.DAILY))
    desk = Desk(lang="ja", practice=practice)
    monkeypatch.setattr(Desk, "progress_path", hidden / "progress.sqlite")
    show_night(desk, "")
    show_night(desk, "3")
    assert (store.night(), desk.night) == (3, 3)
    assert [each.night for each in store.runs()] == [3, 2, 1]
    looked = show_night(desk, "1").data["text/plain"]
    assert (store.night(), desk.night) == (3, 1)
    assert "2026-01-03" in looked
    desk.close()
