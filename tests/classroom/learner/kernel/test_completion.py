"""Tab and Shift-Tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.learner.kernel.inspection import inspect_at
from classroom.learner.kernel.magics import MAGICS
from classroom.learner.state.completion import Completer
from classroom.learner.state.scope import in_text_or_comment, read_scope
from coursebook import load_course

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk


@pytest.fixture
def completer(desk: Desk) -> Completer:
    return Completer(desk.session, tuple(each.name for each in MAGICS))


def offered(completer: Completer, code: str) -> list[str]:
    """The offers at the place marked ¦."""
    return [each.text for each in completer.complete(code.replace("¦", ""), code.index("¦"))[0]]


def test_from_offers_tables(completer: Completer) -> None:
    assert offered(completer, "SELECT * FROM gue¦") == ["guest_devices", "guests"]


def test_an_alias_and_a_dot_offer_that_table_s_columns(completer: Completer) -> None:
    found = offered(completer, "SELECT g.pre¦ FROM guests AS g JOIN talks t ON g.guest_id = t.guest_id")
    assert found == ["prefecture"]


def test_columns_of_the_tables_in_use_come_first(completer: Completer) -> None:
    assert offered(completer, "SELECT guest_¦ FROM talks")[0] == "guest_id"


def test_keywords_follow_the_case_that_is_written(completer: Completer) -> None:
    assert "group by" in offered(completer, "select 1 from guests gr¦")
    assert "GROUP BY" in offered(completer, "SELECT 1 FROM guests GR¦")


def test_names_of_a_with_clause_are_offered(completer: Completer) -> None:
    assert "newest" in offered(completer, "WITH newest AS (SELECT 1) SELECT * FROM new¦")


def test_nothing_is_offered_inside_a_text_or_a_comment(completer: Completer) -> None:
    assert offered(completer, "SELECT 'gue¦'") == []
    assert offered(completer, "-- gue¦") == []


def test_percent_lines_complete_with_their_tables(completer: Completer) -> None:
    assert offered(completer, "%sch¦") == ["%schema"]
    assert offered(completer, "%schema gue¦") == ["guest_devices", "guests"]


def test_a_broken_query_still_completes(completer: Completer) -> None:
    assert "guests" in offered(completer, "SELECT (( 'x FROM talks;\nSELECT * FROM gu¦".replace("'x", "x"))


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT * FROM a", {"a": "a"}),
        ("SELECT * FROM a x, b AS y WHERE 1", {"x": "a", "y": "b"}),
        ("SELECT * FROM a LEFT JOIN b ON a.i = b.i", {"a": "a", "b": "b"}),
        ("SELECT 'FROM z' -- FROM q\nFROM a", {"a": "a"}),
        ("SELECT extract(hour FROM t), x FROM a", {"t": "t", "a": "a"}),
    ],
)
def test_the_scope_reads_from_and_join(sql: str, expected: dict[str, str]) -> None:
    assert {each.alias: each.table for each in read_scope(sql).sources} == expected


def test_after_a_closed_text_one_is_outside() -> None:
    assert not in_text_or_comment("SELECT 'a' ", 11)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_shift_tab_explains_a_column_in_the_learner_s_language(completer: Completer, lang: str) -> None:
    from marketplace import dictionary

    entry = next(each for each in dictionary(lang) if each.name == "guests")  # type: ignore[arg-type]
    meaning = next(each.meaning for each in entry.columns if each.name == "prefecture")
    assert meaning in (inspect_at(completer, load_course(), "SELECT prefecture FROM guests", 9, lang) or "")


def test_shift_tab_explains_tables_aliases_and_functions(completer: Completer) -> None:
    code = "SELECT date_trunc('day', g.registered_at_utc) FROM guests g"
    assert "guests" in (inspect_at(completer, load_course(), code, len(code), "ja") or "")
    assert "registered_at_utc" in (inspect_at(completer, load_course(), code, code.index("registered") + 3, "ja") or "")
    assert "date_trunc" in (inspect_at(completer, load_course(), code, 9, "ja") or "")
