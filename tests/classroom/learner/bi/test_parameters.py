"""Queries with parameters in the BI room: chosen with the query or for a whole dashboard, and never with an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.learner.bi.asking import DeskAsker, QueryTask
from classroom.learner.bi.choosing import chosen_in
from classroom.learner.bi.pages import page_html
from classroom.learner.bi.parameters import body_of, chosen_for, parameters_of, with_lines
from classroom.learner.bi.records import Card, Dashboard, Query, Visual
from classroom.learner.bi.running import run_queries
from classroom.learner.page.bi_room import done
from coursebook.parameters import declared_in

if TYPE_CHECKING:
    from script import Script

    from classroom.learner.bi.place import BiRoom

LINES = """%parameter area list TOKYO, OSAKA
%parameter n number 3
SELECT '{{ area }}' AS area, {{ n }} AS n"""


def test_the_lines_of_a_query_say_what_may_be_put_in_and_are_no_part_of_its_sql() -> None:
    assert body_of(LINES) == "SELECT '{{ area }}' AS area, {{ n }} AS n"
    assert [(each.name, each.first) for each in parameters_of(LINES)] == [("area", "TOKYO"), ("n", "3")]
    assert with_lines(body_of(LINES), declared_in(LINES)) == LINES


def test_what_is_chosen_for_other_queries_is_no_part_of_a_query_s_values() -> None:
    assert chosen_for(LINES, {"n": "1", "day": "today"}, {"n": "2"}) == {"n": "2"}


def test_the_values_of_a_dashboard_reach_all_its_queries_and_leave_the_queries_own_alone(real: BiRoom) -> None:
    texts = (LINES, "%parameter area list TOKYO, OSAKA\nSELECT lower('{{ area }}') AS small")
    numbers = [real.store.keep_query(Query(0, text[-5:], text)) for text in texts]
    visuals = [real.store.keep_visual(Visual(0, each, "v", "table")) for each in numbers]
    board = real.store.keep_dashboard(Dashboard(0, "b", tuple(Card(each) for each in visuals)))
    run_queries(real.store, real.asker, real.store.queries())
    fields = {"board": str(board), "chosen.area": "OSAKA", "chosen.n": "7"}
    page = done(real, "board/choose", f"dashboard/{board}", fields)["html"]
    assert page.count('name="chosen.area"') == 1
    assert ">OSAKA<" in page
    assert ">osaka<" in page
    assert ">7<" in page
    assert ">TOKYO<" in page_html(real, f"query/{numbers[0]}")


def test_a_list_from_a_query_is_offered_once_it_has_run(real: BiRoom) -> None:
    text = "%parameter area query SELECT area_code FROM areas ORDER BY 1\nSELECT '{{ area }}' AS area"
    number = real.store.keep_query(Query(0, "q", text))
    run_queries(real.store, real.asker, [real.store.query(number)])
    page = page_html(real, f"query/{number}")
    assert page.count("<option") > 8
    chosen = done(real, "query/choose", f"query/{number}", {"query": str(number), "chosen.area": "OSAKA"})["html"]
    assert '<option value="OSAKA" selected>' in chosen
    assert ">OSAKA</td>" in chosen


@pytest.mark.parametrize(
    "value",
    ["1; DROP TABLE guests", "x' UNION SELECT version() --", "{{ n }}", "", "\x00", "read_csv('/etc/passwd')"],
)
def test_a_number_takes_only_numbers(real: BiRoom, value: str) -> None:
    (asked,) = real.asker.ask([QueryTask(LINES, {"n": value})], 0)
    assert asked.result is None
    assert asked.problem


def test_a_text_without_quotes_is_told_by_its_parameter_and_not_by_its_value(real: BiRoom) -> None:
    (asked,) = real.asker.ask([QueryTask("%parameter area list SHIBUYA\nSELECT {{ area }} AS a FROM casts")], 0)
    assert "'{{ area }}'" in asked.problem
    assert "SHIBUYA" not in asked.problem


def test_what_text_has_become_is_judged_as_what_it_has_become(real: BiRoom) -> None:
    text = "%parameter t text\nSELECT '{{ t }}' AS t"
    questions = [QueryTask(text, {"t": each}) for each in ("a'; DROP TABLE guests --", "' || getenv('HOME') || '")]
    assert isinstance(real.asker, DeskAsker)
    assert [each.result for each in real.asker.ask(questions, 0)] == [None, None]


def test_a_query_with_parameters_has_no_alert(room: BiRoom, script: Script) -> None:
    number = room.store.keep_query(Query(0, "q", LINES))
    told = done(room, "alert/new", "alerts", {"query": str(number)})["html"]
    assert "パラメータがあるので" in told
    assert room.store.alerts() == ()


def test_a_period_moves_with_the_room_or_is_one_s_own() -> None:
    assert chosen_in({"chosen.p": "last_7_days", "own.p": " "}) == {"p": "last_7_days"}
    assert chosen_in({"chosen.p": "", "own.p": "2025-12-01..2025-12-07"}) == {"p": "2025-12-01..2025-12-07"}
