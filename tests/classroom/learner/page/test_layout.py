"""A cell laid out by its button: the first line, the % lines and the parameters stay, and a cell is read in its own dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.folder import Folder
from classroom.learner.page.handlers import Room
from classroom.learner.state.dialects import choose_dialect
from classroom.learner.state.laying import laid_out

if TYPE_CHECKING:
    from pathlib import Path

CELL = """-- 解答 L1-07
%parameter area choice SHIBUYA,GINZA
select guest_id, nickname -- 名前

from guests where area = '{{ area }}' and not is_test
# 並び
order by 1


%chart bar x=guest_id y=guest_id
"""
LAID = """-- 解答 L1-07
%parameter area choice SHIBUYA,GINZA
SELECT guest_id, nickname -- 名前
FROM guests
WHERE area = '{{ area }}'
  AND NOT is_test
# 並び
ORDER BY 1

%chart bar x=guest_id y=guest_id"""


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = Folder(tmp_path)
    folder.hidden.mkdir()
    return Room(folder, "ja")


def test_the_lines_that_are_no_sql_stay_where_they_are(room: Room) -> None:
    assert room.layout(CELL, "answer-L1-07") == {"text": LAID, "why_not": ""}
    assert room.layout(LAID, "answer-L1-07")["text"] == LAID


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("-- 解答 L1-07\nselect 1\nwhere (a", "2行目"),
        ("select 'a", "引用符"),
        ("select 1 where x = 'a\n%chart bar\n'", "引用符"),
        ("x" * 100_001, "100,000"),
    ],
)
def test_what_cannot_be_read_is_left_as_it_is_and_said_with_its_line(room: Room, source: str, said: str) -> None:
    told = room.layout(source, "x")
    assert told["text"] == source
    assert said in told["why_not"]
    assert "そのまま" in told["why_not"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "-- 解答 L1-07\n", "%chart bar", "-- Answer L1-07\n%tries", "-- 今日の1問 T3\nselect 1"]
)
def test_a_cell_that_holds_little_is_no_trouble(room: Room, text: str) -> None:
    told = room.layout(text, "x")
    assert told["why_not"] == ""
    assert told["text"].strip().lower() == text.strip().lower()


def test_an_answer_is_read_in_the_dialect_that_it_names_or_that_was_chosen(room: Room) -> None:
    choose_dialect(room.folder, "bigquery")
    text = '-- 解答 L1-07\nselect "it\'s" as s # note\nfrom `guests`'
    laid = '-- 解答 L1-07\nSELECT "it\'s" AS s # note\nFROM `guests`'
    assert room.layout(text, "answer-L1-07")["text"] == laid
    assert room.layout(text.replace("L1-07", "P01a-3"), "x")["text"] == laid.replace("L1-07", "P01a-3")
    named = "select r'\\d' as s # note\nfrom guests\n\n-- dialect: bigquery"
    assert laid_out(named, "bigquery", "ja").text == "SELECT r'\\d' AS s # note\nFROM guests\n\n-- dialect: bigquery"


def test_a_comment_behind_another_names_no_dialect_afterwards_either() -> None:
    made = laid_out("select 1 /* one */ -- dialect: bigquery", "duckdb", "en")
    assert (made.text, made.why_not) == ("SELECT 1 /* one */ -- dialect: bigquery", "")
