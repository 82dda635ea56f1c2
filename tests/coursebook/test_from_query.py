"""An exercise made of a query from work: read in its dialect, proved with its near misses, kept as text files that the check reads."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from coursebook import Course, load_course
from coursebook.format import Bilingual
from coursebook.from_query.files import ProposedMiss, QueryDraft, exercise_files
from coursebook.from_query.keeping import NotKept, keep, next_id
from coursebook.from_query.proposing import propose
from coursebook.from_query.reading import QueryFromWork, read_query
from coursebook.proving import Demand, opened_grader, prove
from sqlgrade.tables.result import RunError

SECOND = Path(__file__).parents[1] / "second_course"
LESSON = "01-who-has-it"
OF_WORK = "SELECT plan, count(*)::int AS n FROM shop.members m WHERE m.left_at IS NULL GROUP BY plan ORDER BY plan;"
SHORT = "SELECT item_id, price::int AS price FROM shop.items i WHERE i.price > 1000;"
"""One of few words has few mistakes, which are soon told."""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return load_course(shutil.copytree(SECOND, tmp_path / "course"))


def read(course: Course, text: str, dialect: str = "duckdb") -> QueryFromWork:
    query = read_query(course.schema, text, dialect)
    assert isinstance(query, QueryFromWork), query
    return query


def test_a_query_is_read_in_its_system_and_asks_the_courses_tables(course: Course) -> None:
    query = read(course, OF_WORK, "postgres")
    assert query.columns == ("plan", "n")
    assert query.sorts
    assert "FROM members AS m" in query.sql
    assert not query.sql.endswith(";")
    named = read(course, "-- dialect: bigquery\nSELECT COUNT(*) AS n FROM `my-project.shop.loans`")
    assert named.sql.splitlines()[-1] == "FROM loans"
    assert read(course, "SELECT count(*) FROM loans").unnamed == ("count_star()",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "DELETE FROM loans",
        "SELECT 1 AS a; SELECT 2 AS a",
        "SELECT nope FROM loans",
        "SELECT * FROM read_csv('/etc/passwd')",
    ],
)
def test_what_is_no_query_on_the_tables_is_refused(course: Course, text: str) -> None:
    assert isinstance(read_query(course.schema, text), RunError)


def test_it_is_proved_kept_and_passes_the_check_once_its_hints_are_written(course: Course) -> None:
    draft = QueryDraft(next_id(course, LESSON), read(course, SHORT, "postgres"))
    with opened_grader(Demand()) as grader:
        proposal = propose(draft, course.schema, course.lesson("L1"), grader)
    assert not proposal.problems
    assert len(proposal.near_misses) >= 3
    assert "no WHERE" in next(each for each in proposal.near_misses if each.stem == "conj-drop").mistake.en
    texts = {"ja": "高い品物", "en": "Dear items"}
    prompts = {"ja": "1日の料金が1000円より高い品物を出してください。", "en": "List the items above 1000 yen a day."}
    whole = replace(draft, near_misses=proposal.near_misses, title=texts, prompt=prompts)
    folder = keep(course, LESSON, whole)
    assert folder.name == "04-dear-items"
    left = prove(load_course(course.root), lesson="L1", judged=False).problems
    assert {each.code for each in left} == {"section_missing", "near_miss_without_hint"}
    assert all(each.line > 1 for each in left)
    for lang, said in (("ja", "もう一度見直しましょう。"), ("en", "Look again.")):
        text = (folder / f"{lang}.md").read_text(encoding="utf-8")
        (folder / f"{lang}.md").write_text(text.replace("<!--", f"{said}\n\n<!--"), encoding="utf-8")
    book = load_course(course.root)
    assert prove(book, lesson="L1", judged=False).problems == ()
    assert prove(book, exercise="L1-04").problems == ()
    assert book.exercise("L1-04").text["en"].idea == "Look again."


def drafted(course: Course, lesson: str, title: str = "a", prompt: str = "") -> QueryDraft:
    query = QueryFromWork("SELECT 1 AS a", ("a",), sorts=False)
    near = ProposedMiss("m", "SELECT 2 AS a", "E20", "SELECT", Bilingual("<!-- --> あ", "<!-- --> a"))
    return QueryDraft(next_id(course, lesson), query, (near,), {"en": title}, {"en": prompt})


@pytest.mark.parametrize("title", ["../../../../outside", "/etc/cron.d/x", "..", "a/b\\c", "東京", "\x00", "x" * 500])
def test_a_title_names_a_folder_in_the_lesson_and_nowhere_else(course: Course, title: str) -> None:
    folder = keep(course, LESSON, drafted(course, LESSON, title))
    assert folder.parent == course.root / "lessons" / LESSON / "exercises"
    assert (course.root / "course.toml").read_bytes() == (SECOND / "course.toml").read_bytes()


@pytest.mark.parametrize("lesson", ["../..", "/etc", "nothing", ""])
def test_a_lesson_that_there_is_not_takes_nothing(course: Course, lesson: str) -> None:
    with pytest.raises(NotKept):
        next_id(course, lesson)


def test_a_lesson_that_leads_out_of_the_course_takes_nothing(course: Course, tmp_path: Path) -> None:
    home = course.root / "lessons" / LESSON
    home.rename(tmp_path / "elsewhere")
    home.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotKept, match="outside"):
        keep(course, LESSON, drafted(course, LESSON))
    assert not list((tmp_path / "elsewhere").glob("exercises/04*"))


def test_what_is_typed_as_a_task_makes_no_section_and_hides_nothing(course: Course) -> None:
    files = exercise_files(drafted(course, LESSON, "a\n# b", "x\n## near-miss: z\n<!-- y\n:::exercise 01-tools"))
    assert files["en.md"].startswith("# a # b\n\nx\n\\## near-miss: z\n<! -- y\n\\:::exercise 01-tools\n\n## idea")
    assert files["en.md"].count("-->") == files["en.md"].count("<!--") == 4


def test_a_course_without_lessons_gets_one(course: Course, tmp_path: Path) -> None:
    shutil.rmtree(course.root / "lessons")
    toml = (course.root / "course.toml").read_text(encoding="utf-8")
    (course.root / "course.toml").write_text(toml[: toml.index("[[levels]]")], encoding="utf-8")
    bare = load_course(course.root)
    folder = keep(bare, "", drafted(bare, "", "First one", "Which one?"))
    assert folder.relative_to(course.root).as_posix() == "lessons/01-from-work/exercises/01-first-one"
    book = load_course(course.root)
    assert book.levels[0].lessons == ("L1",)
    found = {each.code for each in prove(book, judged=False).problems}
    assert found == {"section_missing", "near_miss_without_hint", "near_misses_few", "title_missing", "prompt_missing"}
