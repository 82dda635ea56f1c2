"""An empty room offers a sample dashboard, which is thrown away as one; queries and dashboards are filed, and copied."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from classroom.learner.bi.markup import plain
from classroom.learner.bi.pages import page_html
from classroom.learner.bi.place import MARKETPLACE, BiRoom
from classroom.learner.bi.records import Alert, Card, Dashboard, Query, Visual
from classroom.learner.bi.sample import PARTS
from classroom.learner.bi.store import MIGRATIONS, NAME, BiStore
from classroom.learner.page.bi_room import done

if TYPE_CHECKING:
    from pathlib import Path

    from script import Script


def test_the_sample_has_results_at_once_and_is_thrown_away_with_its_queries(real: BiRoom) -> None:
    for place in ("queries", "dashboards"):
        assert 'data-bi-do="sample/make"' in page_html(real, place)
    made = done(real, "sample/make", "dashboards", {})
    assert made["html"].count("penguin-bi-card") == len(PARTS)
    assert not [each.problem for each in real.store.runs() if each.problem]
    assert len(real.store.runs()) == len(PARTS)
    assert "sample/make" not in page_html(real, "queries") + page_html(real, "dashboards")
    for code in ("period", "joined", "paid"):  # what its field and its steps are called
        assert plain(f"sample.{code}", real.lang) in made["html"]
    board = real.store.dashboards()[0].id
    done(real, "sample/forget", made["at"], {"board": str(board)})
    assert (real.store.queries(), real.store.dashboards(), real.store.samples()) == ((), (), {})


def test_a_room_is_asked_for_the_tables_that_the_sample_reads() -> None:
    read = set().union(*(set(re.findall(r"\b(?:FROM|JOIN) ([a-z]+)\b", part.text)) for part in PARTS))
    assert read - {"days"} == set(MARKETPLACE)


def test_a_dashboard_of_ones_own_is_not_offered_to_be_thrown_away(room: BiRoom, store: BiStore) -> None:
    board = store.keep_dashboard(Dashboard(0, "mine"))
    assert "sample/forget" not in page_html(room, f"dashboard/{board}")
    assert "sample/make" not in page_html(room, "queries")


def test_what_is_used_elsewhere_stays_when_the_sample_goes(room: BiRoom, store: BiStore) -> None:
    done(room, "sample/make", "", {})
    board, queries = store.dashboards()[0], store.queries()
    shared, watched = (store.visual(each.visual).query for each in board.cards[:2])
    store.keep_dashboard(Dashboard(0, "mine", board.cards[:1]))
    store.keep_alert(Alert(0, "a", watched, "requests", ">", "0"))
    done(room, "sample/forget", "", {"board": str(board.id)})
    assert {each.id for each in store.queries()} == {shared, watched}
    assert len(queries) == len(PARTS)


def test_a_query_of_ones_own_on_the_sample_stays_and_one_that_was_taken_off_it_goes(
    room: BiRoom, store: BiStore
) -> None:
    done(room, "sample/make", "", {})
    board = store.dashboards()[0]
    own = store.keep_query(Query(0, "mine", "SELECT 1"))
    shown = store.keep_visual(Visual(0, own, "mine", "table"))
    store.keep_dashboard(replace(board, cards=(*board.cards[1:], Card(shown))))
    done(room, "sample/forget", "", {"board": str(board.id)})
    assert [each.id for each in store.queries()] == [own]
    assert [each.id for each in store.visuals()] == [shown]


def test_a_sample_of_an_earlier_version_goes_with_its_queries(tmp_path: Path, script: Script) -> None:
    with closing(sqlite3.connect(tmp_path / NAME, isolation_level=None)) as earlier:
        for step in MIGRATIONS[: next(n for n, step in enumerate(MIGRATIONS) if "sample_queries" in step)]:
            earlier.executescript(step)
            earlier.execute(f"PRAGMA user_version = {earlier.execute('PRAGMA user_version').fetchone()[0] + 1}")
        earlier.executescript("""
            INSERT INTO queries (id, name, sql, description, owner, schedule) VALUES
                (1, 'a', 'SELECT 1', '', '', 'never'), (2, 'mine', 'SELECT 2', '', '', 'never');
            INSERT INTO visuals VALUES (1, 1, 'a', 'table', '{}'), (2, 1, 'b', 'table', '{}');
            INSERT INTO dashboards (id, name) VALUES (7, 'sample');
            INSERT INTO cards VALUES (7, 0, 1, 0), (7, 1, 2, 0);
            INSERT INTO samples VALUES (7);
        """)
    store = BiStore(tmp_path / NAME)
    done(BiRoom(store, script, "en"), "sample/forget", "", {"board": "7"})
    assert [each.name for each in store.queries()] == ["mine"]
    assert store.dashboards() == ()


def test_a_dashboard_of_ones_own_is_not_thrown_away_as_a_sample(room: BiRoom, store: BiStore) -> None:
    board = store.keep_dashboard(Dashboard(0, "mine"))
    done(room, "sample/forget", "", {"board": str(board)})
    assert [each.id for each in store.dashboards()] == [board]


def test_queries_and_dashboards_stand_under_their_folders(room: BiRoom, store: BiStore) -> None:
    query = str(store.keep_query(Query(0, "b", "SELECT 1")))
    store.keep_query(Query(0, "a", "SELECT 2"))
    done(room, "query/save", "", {"query": query, "folder": " 週次  会議 "})
    html = page_html(room, "queries")
    assert html.index(">a<") < html.index('penguin-bi-folder">週次 会議<') < html.index(">b<")
    assert '<option value="週次 会議">' in page_html(room, "query/2")
    board = str(store.keep_dashboard(Dashboard(0, "朝")))
    done(room, "board/rename", "", {"board": board, "folder": "週次 会議"})
    assert store.dashboard(int(board)) == Dashboard(int(board), "朝", folder="週次 会議")
    assert "penguin-bi-folder" in page_html(room, "dashboards")


@pytest.mark.parametrize(("lang", "name"), [("ja", "talksのコピー"), ("en", "talks (copy)")])
def test_a_copy_takes_what_is_written_and_its_visualisations(
    store: BiStore, script: Script, lang: str, name: str
) -> None:
    room = BiRoom(store, script, lang)
    query = store.keep_query(Query(0, "talks", "SELECT 1", folder="f"))
    store.keep_visual(Visual(0, query, "v", "table"))
    done(room, "query/copy", "", {"query": str(query), "name": "talks", "sql": "SELECT 2"})
    copied = store.query(2)
    assert (copied.name, copied.sql, copied.folder) == (name, "SELECT 2", "f")
    assert [each.query for each in store.visuals()] == [query, copied.id]
    board = store.keep_dashboard(Dashboard(0, "talks", (Card(1, is_wide=True),)))
    done(room, "board/copy", "", {"board": str(board)})
    assert store.dashboard(2) == Dashboard(2, name, (Card(1, is_wide=True),))
