"""What stands behind the editor of a query's page: what Tab offers, the tables beside it, the place of an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.learner.bi.asking import QueryTask
from classroom.learner.bi.pages import page_html
from classroom.learner.bi.place import BiRoom
from classroom.learner.bi.records import Query
from classroom.learner.page.bi_desk import BiDesk
from classroom.learner.page.bi_room import done
from classroom.learner.state.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from classroom.learner.bi.store import BiStore

LINE = "%parameter area list OSAKA, TOKYO\n"
WRONG = "-- 東京🐧\nSELECT prefectur\nFROM guests"


@pytest.fixture
def desk(practice: Path) -> Iterator[BiDesk]:
    made = Desk(lang="ja", practice=practice)
    yield BiDesk(made)
    made.close()


def test_tab_offers_what_a_lesson_would(desk: BiDesk) -> None:
    code = "SELECT * FROM gue"
    told = desk.complete(code, len(code), 0)
    assert told["start"] == code.index("gue")
    assert {"text": "guests", "kind": "table"} in told["offers"]
    assert desk.complete("%par", 4, 0)["offers"] == [{"text": "%parameter", "kind": "magic"}]


def test_the_tables_beside_are_those_of_a_lesson(desk: BiDesk) -> None:
    assert 'data-penguin-fill="%schema guests"' in desk.tables("", 0)
    assert "prefecture" in desk.tables("guests", 0)


@pytest.mark.parametrize("text", [WRONG, LINE + WRONG])
def test_an_error_has_its_place_in_the_text_as_it_is_saved(desk: BiDesk, text: str) -> None:
    place = desk.ask([QueryTask(text)], 0)[0].place
    assert place is not None
    assert text[place.start :].startswith("prefectur\n")
    assert place.spot == "prefectur"


def test_a_place_is_marked_only_as_long_as_it_stands_there(store: BiStore, desk: BiDesk) -> None:
    room = BiRoom(store, desk, "ja")
    number = str(store.keep_query(Query(0, "q", WRONG)))
    done(room, "query/run", "", {"query": number, "sql": WRONG})
    at = WRONG.index("prefectur")
    assert f"data-bi-at='[{at}, {at + 9}]'" in page_html(room, f"query/{number}")
    done(room, "query/save", "", {"query": number, "sql": WRONG.replace("prefectur", "prefecture")[3:]})
    assert "data-bi-at" not in page_html(room, f"query/{number}")


def test_an_error_in_a_value_that_was_put_in_has_no_place(desk: BiDesk) -> None:
    outcome = desk.ask([QueryTask(f"{LINE}SELECT {{{{ area }}}} FROM guests")], 0)[0]
    assert outcome.problem
    assert outcome.place is None
