"""The views that lessons give: answers that have them written out are judged as before, and an edition has them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sqlgrade
from coursebook import Outcome, judge_answer, load_course
from coursebook.edition import write_learners_edition
from coursebook.given_views import mentions_given
from coursebook.messages import LANGUAGES
from coursebook.packs import pack_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coursebook import Course

WRITTEN_OUT = sorted((Path(__file__).parent / "written_out").glob("*.sql"))
"""Answers from before there were such views, by the exercise's id."""


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course()


@pytest.fixture(scope="module")
def grader() -> Iterator[sqlgrade.Grader]:
    with sqlgrade.Grader(workers=1) as grader:
        yield grader


@pytest.mark.parametrize("path", WRITTEN_OUT, ids=lambda each: each.stem)
def test_an_answer_from_before_is_still_right(path: Path, course: Course, grader: sqlgrade.Grader) -> None:
    exercise, text = course.exercise(path.stem), path.read_text(encoding="utf-8")
    assert "WITH" in text
    assert "lesson." not in text
    assert judge_answer(exercise, text, grader, "ja", pack=pack_of(exercise)).outcome is Outcome.ACCEPTED


def test_an_exercise_has_the_views_of_a_session_in_its_language(course: Course) -> None:
    exercise = course.exercise("L11-05")
    assert exercise.sqlgrade.given == course.given_queries("ja")
    assert exercise.in_language("en").sqlgrade.given == course.given_queries("en")
    assert "'Tokyo'" in course.given_queries("en")["lesson.shown"]


def test_an_answer_may_read_the_view_of_another_lesson(course: Course, grader: sqlgrade.Grader) -> None:
    exercise = course.exercise("L1-06")
    judged = judge_answer(exercise, "SELECT segment FROM lesson.shown", grader, "ja", pack=pack_of(exercise))
    assert judged.outcome is Outcome.REFUTED


def test_a_view_that_is_not_read_makes_no_second_variant(course: Course) -> None:
    assert course.exercise("L12-04").in_language("en") is course.exercise("L12-04")


def test_a_view_stands_behind_those_that_it_reads(course: Course) -> None:
    names = list(course.given_queries("ja"))
    assert names.index("lesson.signs") < names.index("lesson.scored")
    assert set(names) == {each.name for each in course.views}


@pytest.mark.parametrize("name", ["lesson.scored", '"lesson"."scored"', "`lesson.scored`", "LESSON . Scored"])
def test_a_text_speaks_of_one_however_it_is_quoted(name: str) -> None:
    assert mentions_given(f"SELECT 1 FROM {name}")


def test_a_lesson_shows_what_its_views_do(course: Course) -> None:
    for lesson in course.lessons:
        for view in lesson.views:
            for lang in LANGUAGES:
                text = "\n".join(each.content for each in lesson.segments[lang])
                shown = course.schema.wording(lang).sql(view.query)
                assert "".join(shown.split()) in "".join(text.split()), (view.name, lang)


def test_a_learners_edition_has_them_without_solutions(course: Course, tmp_path: Path) -> None:
    write_learners_edition(course, tmp_path / "course")
    edition = load_course(tmp_path / "course")
    assert edition.given_queries("en") == course.given_queries("en")
    assert edition.exercise("L12-04").solutions == ()
    assert edition.exercise("L12-04").record.reads == ("lesson.scored",)
