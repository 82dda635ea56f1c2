"""Parameters as a panel offers them, and as an exercise declares them."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from coursebook import Course
from coursebook.checks.parameters_told import parameters_told
from coursebook.checks.queries_run import queries_run
from coursebook.messages import LANGUAGES
from coursebook.parameters import (
    RANGES,
    BadValue,
    Parameter,
    ParameterKind,
    declared_in,
    filling,
    for_names,
    read_line,
    texts_of,
)
from coursebook.settings import parameters_of, settings_of

Spoil = Callable[[Callable[[Path], None]], Course]
TODAY = dt.date(2026, 1, 1)
AREA = Parameter("area", ParameterKind.LIST, choices=("GINZA", "SHIBUYA"))
N = Parameter("n", ParameterKind.NUMBER)
DAY = Parameter("day", ParameterKind.DATE)
PERIOD = Parameter("period", ParameterKind.RANGE)
WORD = Parameter("word")


@pytest.mark.parametrize(
    ("parameter", "written", "text"),
    [
        (WORD, "O'Hara; -- 東京", "O'Hara; -- 東京"),
        (N, "10", "10"),
        (N, "−２．５", "-2.5"),
        (AREA, "GINZA", "GINZA"),
        (DAY, "yesterday", "2025-12-31"),
        (DAY, "２０２５-12-01", "2025-12-01"),
    ],
)
def test_a_value_of_its_kind_is_put_in_as_text(parameter: Parameter, written: str, text: str) -> None:
    assert texts_of(parameter, written, TODAY) == {parameter.name: text}


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2025-12-01..2025-12-07", "2025-12-01", "2025-12-07"),
        ("2025-12-01 ～ yesterday", "2025-12-01", "2025-12-31"),
        ("yesterday", "2025-12-31", "2025-12-31"),
        ("last_7_days", "2025-12-25", "2025-12-31"),
        ("this_week", "2025-12-29", "2026-01-01"),
        ("last_week", "2025-12-22", "2025-12-28"),
        ("this_month", "2026-01-01", "2026-01-01"),
        ("last_month", "2025-12-01", "2025-12-31"),
    ],
)
def test_a_period_is_two_business_days_and_the_last_days_end_with_yesterday(written: str, start: str, end: str) -> None:
    assert texts_of(PERIOD, written, TODAY) == {"period.start": start, "period.end": end}


@pytest.mark.parametrize("name", RANGES)
def test_no_period_reaches_beyond_today(name: str) -> None:
    ends = texts_of(PERIOD, name, TODAY)
    assert ends["period.start"] <= ends["period.end"] <= TODAY.isoformat()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("parameter", "written", "code"),
    [
        (N, "1 OR TRUE", "not_a_number"),
        (N, "1,000", "not_a_number"),
        (N, "9" * 400, "not_a_number"),
        (AREA, "GINZA' OR 'a' = 'a", "not_in_list"),
        (DAY, "2025-12-01'", "not_a_day"),
        (DAY, "2025-02-30", "no_such_day"),
        (PERIOD, "2025-12-01", "not_a_range"),
        (PERIOD, "2025-12-07..2025-12-01", "range_backwards"),
        (WORD, "a\nb", "control"),
        (WORD, "a\x00", "control"),
        (WORD, "x" * 1001, "too_long"),
        (WORD, "{{ area }}", "braces"),
    ],
)
def test_what_is_none_of_its_kind_is_told_and_not_put_in(
    parameter: Parameter, written: str, code: str, lang: str
) -> None:
    with pytest.raises(BadValue) as bad:
        texts_of(parameter, written, TODAY)
    assert bad.value.code == code
    assert parameter.name in bad.value.sentence(lang)


@pytest.mark.parametrize(
    ("line", "parameter"),
    [
        ("area list GINZA, SHIBUYA", AREA),
        ("エリア list 東京、大阪", Parameter("エリア", ParameterKind.LIST, choices=("東京", "大阪"))),
        ("n number 10", Parameter("n", ParameterKind.NUMBER, "10")),
        ("word", WORD),
        (
            "area query SELECT area_code FROM areas",
            Parameter("area", ParameterKind.LIST, query="SELECT area_code FROM areas"),
        ),
    ],
)
def test_a_line_declares_a_parameter(line: str, parameter: Parameter) -> None:
    assert read_line(line) == parameter
    assert declared_in(f"%parameter {line}\nSELECT 1") == {parameter.name: parameter}


@pytest.mark.parametrize(
    ("line", "code"),
    [("2nd text", "bad_name"), ("a colour red", "bad_kind"), ("a list", "no_choices"), ("a query", "no_query")],
)
def test_a_line_that_declares_none_says_why(line: str, code: str) -> None:
    with pytest.raises(BadValue) as bad:
        read_line(line)
    assert bad.value.code == code
    assert declared_in(f"%parameter {line}") == {}


def test_names_without_a_declaration_are_texts_and_periods() -> None:
    known = for_names(("period.start", "period.end", "word", "area"), {"area": AREA})
    assert known == (PERIOD, WORD, AREA)
    assert filling(known, {"area": "SHIBUYA"}, TODAY)["area"] == "SHIBUYA"


PARAMETERS = """
[parameters.prefecture]
kind = "list"
label = {ja = "都道府県", en = "Prefecture"}
choices = ["東京都", "大阪府"]
values = ["東京都", "大阪府"]

[parameters.day]
kind = "date"
label = {ja = "日", en = "Day"}
default = "yesterday"
values = [2024-07-01, "yesterday", "today"]
"""


def with_parameters(folder: Path, text: str = PARAMETERS, sql: str = "'{{ prefecture }}' '{{ day }}'") -> None:
    toml = folder / "exercises" / "02-tokyo-newest" / "exercise.toml"
    toml.write_text(toml.read_text("utf-8") + text, "utf-8")
    solution = toml.parent / "solution.sql"
    solution.write_text(f"{solution.read_text('utf-8').rstrip()}\n-- {sql}\n", "utf-8")
    for other in (toml.parent / "also-right").glob("*.sql"):
        other.write_text(f"{other.read_text('utf-8').rstrip()}\n-- {sql}\n", "utf-8")


def test_the_settings_take_the_values_in_turn_and_days_count_from_the_courses_now(spoil: Spoil) -> None:
    course = spoil(with_parameters)
    exercise = course.lessons[0].by_folder["02-tokyo-newest"]
    today = course.schema.today
    assert settings_of(exercise) == (
        {"prefecture": "東京都", "day": "2024-07-01"},
        {"prefecture": "大阪府", "day": (today - dt.timedelta(days=1)).isoformat()},
        {"prefecture": "東京都", "day": today.isoformat()},
    )
    assert [each.label for each in parameters_of(exercise, "en")] == ["Prefecture", "Day"]


@pytest.mark.parametrize(
    ("text", "sql", "code"),
    [
        (
            PARAMETERS.replace('"東京都", "大阪府"]\n\n', '"東京都"]\n\n'),
            "'{{ prefecture }}' '{{ day }}'",
            "parameter_values_few",
        ),
        (PARAMETERS.replace("2024-07-01", '"soon"'), "'{{ prefecture }}' '{{ day }}'", "parameter_value"),
        (
            PARAMETERS.replace('choices = ["東京都", "大阪府"]\n', ""),
            "'{{ prefecture }}' '{{ day }}'",
            "parameter_choices",
        ),
        (PARAMETERS, "'{{ prefecture }}'", "parameter_missing"),
        (PARAMETERS, "'{{ prefecture }}' '{{ day }}' {{ n }}", "parameter_unknown"),
        (PARAMETERS.replace("parameters.day", 'parameters."the day"'), "'{{ prefecture }}'", "parameter_name"),
    ],
)
def test_a_faulty_declaration_is_told_to_its_author(spoil: Spoil, text: str, sql: str, code: str) -> None:
    course = spoil(lambda folder: with_parameters(folder, text, sql))
    assert code in [problem.code for problem in parameters_told(course.lessons[0])]


def test_a_sound_declaration_has_no_problem(spoil: Spoil) -> None:
    course = spoil(with_parameters)
    assert course.problems == ()
    assert list(parameters_told(course.lessons[0])) == []


def test_a_cell_of_a_lesson_runs_with_the_values_that_its_parameters_have_at_first(spoil: Spoil) -> None:
    def add_cells(folder: Path) -> None:
        for lang in LANGUAGES:
            path = folder / f"lesson.{lang}.md"
            cell = "%parameter n number 3\nSELECT * FROM guests WHERE '{{ word }}' = '' LIMIT {{ n }}"
            path.write_text(f"{path.read_text('utf-8')}\n```sql\n{cell}\n```\n", "utf-8")

    assert list(queries_run(spoil(add_cells).lessons[0])) == []
