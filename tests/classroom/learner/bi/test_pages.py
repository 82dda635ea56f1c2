"""The pages of the room in both languages, and what their buttons do."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from script import Script, result

from classroom.learner.bi.actions import ACTIONS
from classroom.learner.bi.drawing import FIELDS
from classroom.learner.bi.pages import TABS, page_html
from classroom.learner.bi.place import BiRoom
from classroom.learner.bi.records import Alert, Card, Dashboard, Query, Schedule, Visual
from classroom.learner.bi.store import BiStore
from classroom.learner.page.bi_room import done, shown
from classroom.learner.page.records import ringing
from coursebook.messages import sentences_in

if TYPE_CHECKING:
    from pathlib import Path

EVIL = "<script>alert('x')</script>"
BAD = f"%parameter area list {EVIL}, OSAKA\n%parameter period range last_7_days\nSELECT '{{{{ area }}}}' FROM {{{{ period.start }}}}"


@pytest.fixture(scope="module", params=["ja", "en"])
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BiRoom:
    """A room with one of everything, in each language; nothing in it is changed."""
    store, script = BiStore(tmp_path_factory.mktemp("bi") / "bi.sqlite"), Script()
    room = BiRoom(store, script, request.param)
    query = store.keep_query(Query(0, EVIL, f"SELECT '{EVIL}'", EVIL, EVIL, Schedule.DAILY), EVIL)
    store.keep_query(replace(store.query(query), sql="good"))
    broken = store.keep_query(Query(0, "broken", BAD, schedule=Schedule.DAILY))
    script.answers = {"good": result("day n", ("2026-01-05", 4), ("2026-01-06", 8)), BAD: EVIL}
    for kind, names in FIELDS.items():
        store.keep_visual(Visual(0, query, EVIL, kind, {"x": "day", "y": "n", "color": "day"} if names else {}))
    store.keep_visual(Visual(0, broken, EVIL, "table"))
    board = store.keep_dashboard(Dashboard(0, EVIL, tuple(Card(each.id) for each in store.visuals())))
    store.mark_sample(board, [query])
    done(room, "alert/new", "", {"query": str(query)})
    done(room, "alert/save", "", {"alert": "1", "column": "n", "operator": "<", "threshold": "10", "name": EVIL})
    for night in range(2):
        done(room, "night", "alerts", {"seen": str(night)})
    return room


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_query_is_laid_out_and_kept_and_one_that_cannot_be_read_stays(lang: str, tmp_path: Path) -> None:
    store = BiStore(tmp_path / "bi.sqlite")
    room = BiRoom(store, Script(), lang)
    query = str(store.keep_query(Query(0, "q", "select 1 as n")))
    done(room, "query/format", "", {"query": query, "sql": "select a, b from t -- why\nwhere a = {{ n }}"})
    laid = store.query(int(query)).sql
    assert laid.startswith("SELECT a, b\nFROM t -- why\nWHERE a = {{ n }}")
    told = done(room, "query/format", "", {"query": query, "sql": "select 'open"})
    assert store.query(int(query)).sql == laid
    assert "html" not in told
    assert told["said"]


PLACES = (
    *TABS,
    "query/1",
    "query/2",
    "query/1/bigquery",
    "query/1/history",
    "dashboard/1",
    "dashboard/1/edit",
    "alert/1",
    "slide/2",
)


@pytest.fixture(scope="module")
def pages(full: BiRoom) -> dict[str, str]:
    """Its pages."""
    return {place: page_html(full, place) for place in PLACES}


def test_every_page_is_drawn_in_both_languages_and_nothing_in_it_is_read_as_html(
    full: BiRoom, pages: dict[str, str], store: BiStore
) -> None:
    for place, html in pages.items():
        assert "<script" not in html, place
        assert html.count("<section") == html.count("</section>"), place
        assert EVIL in unescape(html), place
        assert full.lang == "ja" or not re.search(r"[぀-ヿ一-鿿]", html), place


def test_every_way_on_a_page_leads_somewhere_and_every_button_does_something(
    full: BiRoom, pages: dict[str, str], store: BiStore
) -> None:
    ways = {way for html in pages.values() for way in re.findall(r'data-bi-go="([^"]+)"', html)}
    slides = {way for way in ways if way.startswith("slide/")}
    assert all(page_html(full, way) for way in ways - slides - pages.keys())
    assert slides == {f"slide/{each.id}" for each in full.store.visuals() if each.query == 1}
    empty = page_html(replace(full, store=store), "dashboards")
    asked = {name for html in (*pages.values(), empty) for name in re.findall(r'data-bi-(?:do|change)="([^"]+)"', html)}
    assert asked == ACTIONS.keys()


def test_the_log_of_a_morning_has_what_ran_by_itself_and_no_look_by_hand(room: BiRoom, script: Script) -> None:
    script.answers["good"] = result("n", (4,))
    query = room.store.keep_query(Query(0, "q", "good", schedule=Schedule.DAILY))
    room.store.keep_alert(Alert(0, "bell", query, "n", ">", "0"))
    done(room, "night", "log", {"seen": "0"})
    once = page_html(room, "log").count("bell")
    time.sleep(0.002)  # the log tells looks apart by their millisecond
    done(room, "query/run", "log", {"query": str(query)})
    assert len(room.store.looks()) == 2
    assert page_html(room, "log").count("bell") == once == 1


def test_a_saved_query_is_taken_to_work_with_its_parameters_and_what_it_would_read(real: BiRoom) -> None:
    sql = (
        "%parameter area list TOKYO, OSAKA\n%parameter period range last_7_days\n"
        "SELECT count(*) AS talks FROM talks WHERE source = '{{ area }}' AND opened_at_utc >= '{{ period.start }}'"
    )
    query = real.store.keep_query(Query(0, "q", sql))
    said = unescape(page_html(real, f"query/{query}/bigquery"))
    assert "`source` = '{{ area }}'" in said
    assert "Dropdown List" in said
    assert "period.start と period.end" in said
    assert "talks.opened_at_utc" in said.split("BigQuery が読む量")[1]


def test_a_saved_query_that_does_not_run_says_why_in_place_of_its_bigquery_form(real: BiRoom) -> None:
    query = real.store.keep_query(Query(0, "q", "SELECT no_such_column FROM talks"))
    assert "no_such_column" in page_html(real, f"query/{query}/bigquery").split("<h3>")[-1]


def test_an_empty_room_says_how_to_begin(room: BiRoom) -> None:
    for tab in TABS:
        assert page_html(room, tab)
    page = page_html(room, "queries")
    assert sentences_in("classroom.learner.bi", "ja")["query.none_how"] in page
    assert 'data-bi-do="query/new"' in page
    assert 'data-bi-do="sample/make"' in page


def test_a_room_of_other_tables_is_offered_no_sample_and_asks_one_of_its_own(store: BiStore, script: Script) -> None:
    room = BiRoom(store, script, "en", tables=("order items", "shops"))
    assert "sample/make" not in page_html(room, "queries") + page_html(room, "dashboards")
    done(room, "query/new", "queries", {})
    (query,) = store.queries()
    assert query.sql == 'SELECT *\nFROM "order items"\nLIMIT 10'


def test_what_another_window_has_deleted_is_told_and_nothing_breaks(room: BiRoom, script: Script) -> None:
    script.answers["good"] = result("n", (4,))
    query = room.store.keep_query(Query(0, "q", "good", schedule=Schedule.DAILY))
    visual = room.store.keep_visual(Visual(0, query, "v", "table"))
    room.store.keep_dashboard(Dashboard(0, "b", (Card(visual),)))
    room.store.keep_alert(Alert(0, "a", query, "n", "<", "10"))
    done(room, "night", "log", {"seen": "0"})
    room.store.forget("query", query)
    said = sentences_in("classroom.learner.bi", "ja")["gone"]
    assert said in shown(room, "query/1")["html"]
    assert said in shown(room, "nowhere/1")["html"]
    assert said in done(room, "query/run", "query/1", {"query": "1", "sql": "good"})["html"]
    assert said in done(room, "query/run", "query/1", {})["html"]
    assert page_html(room, "dashboard/1")
    assert page_html(room, "log")


def test_an_action_that_there_is_not_is_no_page(room: BiRoom) -> None:
    with pytest.raises(KeyError):
        done(room, "drop", "queries", {})


def test_a_query_is_saved_run_and_looked_at(real: BiRoom) -> None:
    at = done(real, "query/new", "queries", {})["at"]
    fields = {"query": at.split("/")[1], "name": "朝の数字", "schedule": "daily"}
    sql = "SELECT area_code, count(*) AS talks FROM talks JOIN casts USING (cast_id) GROUP BY area_code ORDER BY 1"
    page = done(real, "query/run", at, {**fields, "sql": sql})["html"]
    assert "TOKYO" in page or "SHINJUKU" in page
    done(real, "visual/new", at, fields)
    (visual,) = real.store.visuals()
    assert (visual.kind, visual.options) == ("bar", {"x": "area_code", "y": "talks"})
    assert "data-bi-chart" in shown(real, at)["html"]


@pytest.mark.parametrize(
    "sql", ["DROP TABLE guests", "SELECT * FROM read_csv('/etc/passwd')", "SELECT 1; SELECT 2", "", "SELEC 1"]
)
def test_what_a_cell_would_refuse_is_refused_here_in_the_same_words(real: BiRoom, sql: str) -> None:
    number = real.store.keep_query(Query(0, "q", "SELECT 1"))
    done(real, "query/run", f"query/{number}", {"query": str(number), "sql": sql})
    (run,) = real.store.runs(number)
    assert re.search("[ぁ-ん]", run.problem)
    assert real.store.kept(number, {}) is None


def test_every_sentence_of_the_room_is_said_somewhere() -> None:
    """By its whole code, or by one that is put together from how it begins."""
    from importlib.resources import files
    from pathlib import Path

    folder = Path(str(files("classroom"))) / "learner" / "bi"
    source = "".join(each.read_text(encoding="utf-8") for each in folder.glob("*.py"))
    begun = tuple(re.findall(r'f"([a-z]+\.[a-z_]*)\{', source))
    codes = sentences_in("classroom.learner.bi", "en")
    assert [each for each in codes if not re.search(rf"[\"']{each}[\"']", source) and not each.startswith(begun)] == []


@pytest.mark.parametrize(
    ("types", "column", "threshold"),
    [
        ("VARCHAR BIGINT", "n", "100人"),
        ("VARCHAR BIGINT", "n", ""),
        ("VARCHAR BIGINT", "", "80"),
        ("VARCHAR BIGINT", "gone", "80"),
        ("DATE BIGINT", "day", "80"),
        ("VARCHAR BOOLEAN", "n", "はい"),
    ],
)
def test_an_alert_that_could_never_be_compared_is_not_saved_and_what_is_typed_stays(
    room: BiRoom, script: Script, types: str, column: str, threshold: str
) -> None:
    query = room.store.keep_query(Query(0, "日別", "daily"))
    value = True if "BOOLEAN" in types else 4
    script.answers["daily"] = result("day n", ("2026-01-05", value), types=types)
    done(room, "query/run", "", {"query": str(query)})
    done(room, "alert/new", "", {"query": str(query)})
    before = room.store.alert(1)
    told = done(
        room, "alert/save", "alert/1", {"alert": "1", "column": column, "operator": "<", "threshold": threshold}
    )
    assert "html" not in told  # the page stays as it is
    assert "保存していません" in told["said"]
    assert any(each in told["said"] for each in (threshold, column, "見る列", "しきい値") if each)
    assert room.store.alert(1) == before


def test_full_width_digits_and_commas_are_a_number(room: BiRoom, script: Script) -> None:
    query = room.store.keep_query(Query(0, "日別", "daily"))
    script.answers["daily"] = result("n", (4,), types="BIGINT")
    done(room, "query/run", "", {"query": str(query)})
    done(room, "alert/new", "", {"query": str(query)})
    done(room, "alert/save", "alert/1", {"alert": "1", "column": "n", "operator": "<", "threshold": "１,０００"})
    assert room.store.alert(1).threshold == "1000"


def test_an_alert_whose_query_has_changed_says_that_it_will_never_ring(room: BiRoom, script: Script) -> None:
    query = room.store.keep_query(Query(0, "日別", "daily", schedule=Schedule.DAILY))
    script.answers["daily"] = result("n", (4,), types="BIGINT")
    done(room, "query/run", "", {"query": str(query)})
    done(room, "alert/new", "", {"query": str(query)})
    done(room, "alert/save", "alert/1", {"alert": "1", "column": "n", "operator": "<", "threshold": "80"})
    assert "このままでは" not in page_html(room, "alert/1")
    script.answers["daily"] = result("n", ("2026-01-05",), types="DATE")
    done(room, "night", "alerts", {"seen": "0"})
    assert not any(each.rang for each in room.store.looks())
    assert "このままでは、このアラートは鳴りません" in page_html(room, "alert/1")


def test_home_tells_what_rings_until_it_is_as_usual_again(room: BiRoom, script: Script) -> None:
    query = room.store.keep_query(Query(0, "日別", "daily", schedule=Schedule.DAILY))
    script.answers = {"daily": result("n", (4,), types="BIGINT")}
    done(room, "alert/new", "", {"query": str(query)})
    assert "このままでは、このアラートは鳴りません" in page_html(
        room, "alert/1"
    )  # whoever leaves it so is not told of each morning
    done(
        room,
        "alert/save",
        "alert/1",
        {"alert": "1", "name": "多い日", "column": "n", "operator": ">", "threshold": "3"},
    )
    assert ringing(room.store.path) == ()
    done(room, "night", "alerts", {"seen": "0"})
    assert [each.name for each in ringing(room.store.path)] == ["多い日"]
    script.answers = {"daily": result("n", (2,), types="BIGINT")}
    done(room, "night", "alerts", {"seen": "1"})
    assert ringing(room.store.path) == ()


def test_home_makes_no_bi_room_and_lives_with_a_broken_one(tmp_path: Path) -> None:
    file = tmp_path / "bi.sqlite"
    assert ringing(file) == ()
    assert not file.exists()
    file.write_bytes(b"this is no database")
    assert ringing(file) == ()


def test_the_log_keeps_what_was_asked_that_morning(room: BiRoom, script: Script) -> None:
    query = room.store.keep_query(Query(0, "日別", "daily", schedule=Schedule.DAILY))
    other = room.store.keep_query(Query(0, "別のクエリ", "other"))
    script.answers = {"daily": result("n", (4,), types="BIGINT"), "other": result("m", (4,), types="BIGINT")}
    done(room, "alert/new", "", {"query": str(query)})
    fields = {"alert": "1", "column": "n", "operator": "<", "threshold": "10"}
    done(room, "alert/save", "alert/1", fields)
    done(room, "night", "alerts", {"seen": "0"})
    done(room, "alert/save", "alert/1", {**fields, "threshold": "3"})
    for place in ("log", "alert/1"):
        assert "n が 10 より小さい" in page_html(room, place)
        assert "n が 3 より小さい" not in page_html(room, place)
    done(room, "alert/save", "alert/1", {**fields, "query": str(other)})
    assert "n が 10 より小さい" in page_html(room, "log")


def test_a_query_that_gave_no_result_is_told_as_a_failure_by_its_name_with_the_cause(
    room: BiRoom, script: Script
) -> None:
    query = room.store.keep_query(Query(0, "<日別>", "daily", schedule=Schedule.DAILY))
    script.answers["daily"] = "<cause>"
    html = done(room, "query/run", "", {"query": str(query)})["html"]
    told = re.search(r'<p class="penguin-bi-said penguin-bi-failed" role="alert">(.*?)</p>', html)
    assert told is not None
    assert "クエリ「&lt;日別&gt;」は動きませんでした。&lt;cause&gt;" in told[1]
    assert "ほか" not in told[1]
    night = done(room, "night", "alerts", {"seen": "0"})["html"]
    assert 'penguin-bi-said penguin-bi-failed" role="alert"' in night
