"""What is written as TOML is read as what it was, in the form for people and in that for programs."""

from __future__ import annotations

import tomllib

from coursebook.toml_text import toml_lines, toml_text, toml_value

TABLE = {
    "name": 'a "quoted" \\ name\x7f',
    "title": {"ja": "表で練習", "en": "Practice"},
    "count": 3,
    "is_short": True,
    "words": ["a", "b\x7f"],
    "clock": {"ahead": 9, "day_begins": 5},
}


def test_both_forms_are_read_as_what_was_written() -> None:
    assert tomllib.loads(toml_text(TABLE)) == TABLE
    assert tomllib.loads(toml_lines(TABLE)) == TABLE


def test_a_key_that_is_no_bare_word_is_quoted() -> None:
    assert tomllib.loads(f"of = {toml_value({'two words': 1, 'bare': 2})}") == {"of": {"two words": 1, "bare": 2}}


def test_sql_stands_in_lines_of_its_own_for_people() -> None:
    text = toml_text({"solution": "SELECT 1\nFROM t"})
    assert "SELECT 1\nFROM t\n" in text
    assert tomllib.loads(text)["solution"].strip() == "SELECT 1\nFROM t"
