"""One change to a sound course gives one problem, with its file, line and remedy."""

import ast
import inspect
from collections.abc import Callable
from pathlib import Path

import pytest

from coursebook import Course, CourseError, check_course, load_course
from coursebook.checks import COURSE_CHECKS, LESSON_CHECKS
from coursebook.checks.starters_fit_kind import starters_fit_kind

Spoil = Callable[[Callable[[Path], None]], Course]
EXERCISES = Path("exercises")


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(lesson: Path) -> None:
        text = (lesson / name).read_text(encoding="utf-8")
        assert old in text
        (lesson / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


def remove(name: str) -> Callable[[Path], None]:
    return lambda lesson: (lesson / name).unlink()


def add(name: str, text: str = "x") -> Callable[[Path], None]:
    def change(lesson: Path) -> None:
        (lesson / name).parent.mkdir(exist_ok=True)
        (lesson / name).write_text(text, encoding="utf-8")

    return change


def append(name: str, text: str) -> Callable[[Path], None]:
    def change(lesson: Path) -> None:
        with (lesson / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def both(*changes: Callable[[Path], None]) -> Callable[[Path], None]:
    def change(lesson: Path) -> None:
        for each in changes:
            each(lesson)

    return change


def test_a_sound_course_has_no_problems(sample: Course) -> None:
    assert check_course(sample) == []


VIEW = """
[[views]]
name = "seen"
title = { ja = "a", en = "a" }
meaning = { ja = "a", en = "a" }

[views.columns]
n.ja = "a"
n.en = "a"
"""
LISTED = 'lessons = ["01-sample"]            # folders under lessons/, in the order they are taken'
CASES = {
    "schema_left_out": edit(
        "../../schema.sql", "CHECK (cast_rank IN ('bronze', 'silver', 'gold'))", "CHECK (cast_rnak IN ('gold'))"
    ),
    "schema_unread": add("../../schema.sql", "CREATE TABLE ((\n"),
    "expo_order": add("../../expo/rubric.toml", "passes_with = 18\nrows = []\n"),
    "kind_needs_file": remove("exercises/02-tokyo-newest/solution.sql"),
    "file_missing": remove("exercises/02-tokyo-newest/en.md"),
    "stray_file": add("exercises/02-tokyo-newest/notes.txt"),
    "section_missing": edit("exercises/02-tokyo-newest/ja.md", "## idea", "## Idea"),
    "not_in_ja": edit("exercises/02-tokyo-newest/ja.md", "\"\" は列の名前、'' が文字です。", "Quotes."),
    "near_miss_without_hint": edit("exercises/04-newest/en.md", "## near-miss: ascending", "### near-miss: ascending"),
    "near_miss_without_table": add("exercises/04-newest/near-misses/new.sql", "SELECT 1"),
    "near_miss_without_file": remove("exercises/04-newest/near-misses/ascending.sql"),
    "unchanged_differs": edit("exercises/03-gold-casts/starter.sql", "gold", "silver"),
    "unchanged_missing": remove("exercises/03-gold-casts/near-misses/unchanged.sql"),
    "prediction_differs": edit("exercises/01-shape/solution.sql", "4.25", "4.5"),
    "belief_is_right": edit("exercises/01-shape/near-misses/null-is-zero.sql", "2.83", "4.25"),
    "not_literals": edit("exercises/05-grain/solution.sql", "'b' AS talks", "count(*) AS talks FROM talks"),
    "starter_without_blanks": edit("exercises/04-newest/starter.sql", "___", "5"),
    "piece_missing": edit("exercises/06-talkative/starter.sql", "FROM talks\n", ""),
    "chart_line_missing": edit("exercises/07-hours/starter.sql", "%chart ___ x=___ y=___", ""),
    "code_unknown": edit("exercises/02-tokyo-newest/exercise.toml", '"E14"', '"E99"'),
    "clause_unknown": edit("exercises/02-tokyo-newest/exercise.toml", 'clause = "ORDER BY"', 'clause = "ORDER"'),
    "finish_goal": edit("lesson.toml", 'goal = "L1-02"', 'goal = "L1-01"'),
    "finish_abilities": edit("lesson.toml", '[[finish.abilities]]\nja = "並べ替えられる"\nen = "sort"\n', ""),
    "place_unknown": edit("lesson.en.md", ":::exercise 04-newest", ":::exercise 04-oldest"),
    "place_missing": edit("lesson.ja.md", ":::exercise 04-newest\n", ""),
    "place_out_of_order": edit(
        "lesson.ja.md",
        ":::exercise 01-shape\n\n:::exercise 02-tokyo-newest",
        ":::exercise 02-tokyo-newest\n\n:::exercise 01-shape",
    ),
    "renumbered_unknown": edit("../../course.toml", LISTED, f'{LISTED}\n[[renumbered]]\n"L1-01" = "L1-99"'),
    "renumbered_twice": edit(
        "../../course.toml", LISTED, f'{LISTED}\n[[renumbered]]\n"L1-03" = "L1-01"\n"L1-09" = "L1-01"'
    ),
    "renumbered_abroad": edit("../../course.toml", LISTED, f'{LISTED}\n[[renumbered]]\n"L2-01" = "L1-01"'),
    "segment_differs": edit(
        "lesson.ja.md",
        ":::exercise 01-shape\n\n:::exercise 02-tokyo-newest",
        ":::exercise 02-tokyo-newest\n\n:::exercise 01-shape",
    ),
    "id_of_folder": edit("exercises/02-tokyo-newest/exercise.toml", '"L1-02"', '"L1-12"'),
    "query_fails": edit("lesson.en.md", "FROM guests\nORDER", "FROM gests\nORDER"),
    "not_utf8": lambda lesson: (lesson / "lesson.ja.md").write_bytes("# 東京\n".encode("cp932")) and None,
    "view_untold": add("views/seen.sql", "SELECT 1 AS n"),
    "view_columns": both(add("views/seen.sql", "SELECT 1 AS n"), append("lesson.toml", VIEW.replace("n.", "m."))),
    "view_named": both(add("views/Seen.sql", "SELECT 1 AS n"), append("lesson.toml", VIEW.replace('"seen"', '"Seen"'))),
    "view_twice": both(add("views/seen.sql", "SELECT 1 AS n"), append("lesson.toml", 2 * VIEW)),
    "words_without_action": edit("lesson.en.md", "First look", "word " * 151 + "First look"),
    "minutes_unfit": edit("lesson.toml", "minutes = 50", "minutes = 20"),
    "option_missing": edit("exercises/05-grain/en.md", "- b) ", "- "),
    "clicks_unread": edit("exercises/05-grain/starter.sql", ", '___' AS talks", ""),
    "stretch_long": edit("lesson.toml", 'last = "L1-07"', 'last = "L1-08"'),
    "stretch_ends_nowhere": edit("lesson.toml", 'last = "L1-06"', 'last = "L1-02"'),
    "stretch_missing": edit("lesson.toml", 'last = "L1-08"', 'last = "L1-09"'),
    "bracket_half_width": edit("lesson.ja.md", "\n\n", "\n\n担当者(営業)へ。\n\n"),
    "word_of_other_language": edit(
        "../../course.toml", 'lessons = ["L1"]', 'lessons = ["L1"]\n[wordings.en.words]\n"東京都" = "Tokyo"'
    ),
    "mark_shown": edit("lesson.ja.md", "\n\n", "\n\n大事なのは**「人」**です。\n\n"),
    "parameter_missing": append(
        "exercises/02-tokyo-newest/exercise.toml",
        '\n[parameters.n]\nkind = "number"\nlabel = {ja = "件数", en = "Rows"}\nvalues = [3, 5]\n',
    ),
    "picture_missing": edit("lesson.ja.md", "\n\n", "\n\n![図](figure.svg)\n\n"),
    "picture_unused": add("figure.svg", "<svg/>"),
    "near_misses_few": edit("exercises/04-newest/exercise.toml", 'kind = "B"', 'kind = "W"'),
    "level_differs": edit("lesson.toml", "level = 1", "level = 2"),
    "needs_unknown": edit("lesson.toml", "needs = []", 'needs = ["L0"]'),
}


@pytest.mark.parametrize(("column", "times"), [("SAFE_CAST(guest_id AS INT64)", 0), ("7 // 2", 1)])
def test_a_query_to_run_is_read_in_the_dialect_that_it_names(column: str, times: int, spoil: Spoil) -> None:
    there = "SELECT guest_id, registered_at"
    course = spoil(edit("lesson.en.md", there, f"-- dialect: bigquery\n{there}, {column} AS n"))
    assert [each.code for each in check_course(course)].count("query_fails") == times


@pytest.mark.parametrize("code", CASES)
def test_a_fault_is_found_with_its_place_and_remedy(code: str, spoil: Spoil) -> None:
    problems = check_course(spoil(CASES[code]))
    found = [each for each in problems if each.code == code]
    assert found, [each.code for each in problems]
    assert found[0].file.exists() or code in ("file_missing", "kind_needs_file")
    assert found[0].line >= 1
    assert found[0].problem
    assert found[0].remedy


def test_what_the_schema_loses_is_told_with_its_line(spoil: Spoil) -> None:
    (told,) = check_course(spoil(CASES["schema_left_out"]))
    assert (told.file.name, told.line) == ("schema.sql", 7)
    assert "cast_rnak" in told.problem


def test_a_solution_that_cannot_be_planned_is_told_with_its_line(spoil: Spoil) -> None:
    course = spoil(edit("exercises/02-tokyo-newest/solution.sql", "FROM guests", "FORM guests"))
    told = [each for each in check_course(course) if each.code == "query_fails"]
    assert [(each.file.name, each.line) for each in told] == [("solution.sql", 2)]


def test_no_file_outside_of_the_course_is_read(spoil: Spoil, tmp_path: Path) -> None:
    (tmp_path / "secret.sql").write_text("SELECT 1 AS secret", encoding="utf-8")
    predicted = edit("exercises/01-shape/exercise.toml", 'query = "query.sql"', 'query = "../../../../../secret.sql"')
    course = spoil(predicted)
    assert "outside_folder" in [each.code for each in check_course(course)]
    assert "secret" not in repr(course.lessons[0].exercises)
    for named in ('schema = "../secret.sql"', 'lessons = ["../../lessons"]'):
        (tmp_path / "course" / "course.toml").write_text(f"title = {{ja = 'a', en = 'a'}}\n{named}\n", encoding="utf-8")
        with pytest.raises(CourseError, match="outside"):
            load_course(tmp_path / "course")


CHECKS = [each for each in (*COURSE_CHECKS, *LESSON_CHECKS) if each is not starters_fit_kind]
"""Those with codes of their own; what a starter lacks is told by its kind."""


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: each.__name__)
def test_every_check_has_a_fault_here_that_it_finds(check: Callable[..., object]) -> None:
    module = inspect.getmodule(check)
    assert module is not None
    texts = {each.value for each in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(each, ast.Constant)}
    assert texts & CASES.keys()


def test_all_problems_are_found_at_once(spoil: Spoil) -> None:
    def several(lesson: Path) -> None:
        for code in ("stray_file", "prediction_differs", "unchanged_differs"):
            CASES[code](lesson)

    codes = {each.code for each in check_course(spoil(several))}
    assert {"stray_file", "prediction_differs", "unchanged_differs"} <= codes


def test_a_lesson_folder_that_is_not_listed_is_told(spoil: Spoil) -> None:
    course = spoil(lambda lesson: (lesson.parent / "02-more").mkdir())
    assert [each.code for each in check_course(course)] == ["lesson_not_listed"]


def test_a_query_proves_the_columns_it_names_and_no_others(spoil: Spoil) -> None:
    query = "exercises/01-shape/query.sql"
    assert check_course(spoil(edit(query, ",\n       AVG(score)   AS c", ""))) == []


def test_a_query_of_one_column_still_contradicts_a_wrong_solution(spoil: Spoil) -> None:
    def fewer_and_wrong(lesson: Path) -> None:
        edit("exercises/01-shape/query.sql", ",\n       AVG(score)   AS c", "")(lesson)
        edit("exercises/01-shape/query.sql", "COUNT(*) ", "COUNT(*) + 1 ")(lesson)

    assert [each.code for each in check_course(spoil(fewer_and_wrong))] == ["prediction_differs"]
