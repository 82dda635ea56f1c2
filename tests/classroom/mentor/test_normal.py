"""The normal form takes away layout and nothing else."""

from __future__ import annotations

import pytest

from classroom.mentor.grading.normal import normal_form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT  1 ,\n\t2 ;\n", "SELECT 1 , 2"),
        ("-- できた\nSELECT 1 -- ここ\nFROM t /* all */ WHERE a", "SELECT 1 FROM t WHERE a"),
        ("SELECT ' a  -- b ' || \"x  y\"", "SELECT ' a  -- b ' || \"x  y\""),
        ("SELECT 'it''s  ok'", "SELECT 'it''s  ok'"),
        ("", ""),
        ("-- nothing", ""),
    ],
)
def test_comments_and_spare_space_go_and_quoted_text_stays(text: str, expected: str) -> None:
    assert normal_form(text, by_line=False).text == expected


def test_lines_stay_where_an_exercise_is_read_by_lines() -> None:
    assert normal_form("SELECT 1\n\n  FROM t;", by_line=True).text == "SELECT 1\nFROM t"
    assert normal_form("SELECT 1\n%chart bar x=a", by_line=True).text == "SELECT 1\n%chart bar x=a"
    assert normal_form("SELECT 1\n%chart bar", by_line=False).text == "SELECT 1\n%chart bar"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT $$ a  b $$",
        "SELECT e'a\\'  b'",
        "/* a /* b */  c */ SELECT 1",
        "-- dialect: bigquery\nSELECT 'it\\'s  -- so'",
        "SELECT  1\n-- dialect: bigquery",
    ],
)
def test_what_could_be_misread_is_left_alone(text: str) -> None:
    assert normal_form(text, by_line=False).text == text


def test_each_character_knows_its_place_in_the_learners_text() -> None:
    text = "-- first\nSELECT   abc\nFROM  t ;"
    form = normal_form(text, by_line=False)
    start = form.text.index("FROM")
    assert text[form.place(start) : form.place(start + 3) + 1] == "FROM"
