"""The learners' edition: the same lessons to read and write in, and nothing to copy an answer from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coursebook import compile_lesson, load_course
from coursebook.edition import write_learners_edition
from coursebook.laid_out import compiled_path, learners_notebook
from coursebook.messages import LANGUAGES
from coursebook.metrics import load_metrics
from coursebook.practice import load_library
from coursebook.practice.vague import load_questions
from coursebook.told import told_of, with_told

if TYPE_CHECKING:
    from coursebook import Course

SECOND = Path(__file__).parents[1] / "second_course"


@pytest.fixture(scope="module")
def whole() -> Course:
    return load_course()


@pytest.fixture(scope="module")
def sealed(whole: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    place = tmp_path_factory.mktemp("edition") / "course"
    write_learners_edition(whole, place)
    return load_course(place)


def test_its_notebooks_are_those_of_the_whole_course_and_compiled_already(whole: Course, sealed: Course) -> None:
    assert sealed.problems == ()
    for mine, theirs in zip(whole.lessons, sealed.lessons, strict=True):
        for lang in LANGUAGES:
            assert compile_lesson(mine, lang, "learner") == learners_notebook(theirs, lang)
            assert compiled_path(theirs, lang).is_file()
            assert not compiled_path(mine, lang).exists()


def test_it_holds_no_answer_in_any_file(whole: Course, sealed: Course) -> None:
    files = "\n".join(each.read_text(encoding="utf-8") for each in sealed.root.rglob("*") if each.is_file())
    exercises = [each for lesson in whole.lessons for each in lesson.exercises]
    given = "\n".join([*(each.starter for each in exercises), *(each.predict_query for each in exercises)])
    shown = "\n".join(each.content for lesson in whole.lessons for each in lesson.segments["ja"])
    shown += "\n".join(each.sql for each in load_metrics(whole.root).metrics)  # everybody may look it up
    answers = [file.text for each in exercises for file in (*each.solutions, *each.also_right, *each.near_misses)]
    answers += [body for each in exercises for body in each.model_answers.values()]
    answers += [hint for each in exercises for text in each.text.values() for hint in text.hints.values()]
    secret = [each for each in answers if len(each) > 40 and each not in given and each not in shown]
    assert len(secret) > 500
    assert [each for each in secret if each in files] == []


def test_practice_is_there_to_choose_from_and_not_to_copy_from(whole: Course, sealed: Course) -> None:
    mine, theirs = load_library(whole.root), load_library(sealed.root)
    assert theirs.problems == ()
    assert [(each.id, each.skill, each.title) for each in mine.templates.values()] == [
        (each.id, each.skill, each.title) for each in theirs.templates.values()
    ]
    assert {(each.solution, each.wrong, each.also_right) for each in theirs.templates.values()} == {("", (), ())}
    assert mine.placement == theirs.placement
    questions = load_questions(sealed.root)
    assert len(questions) == len(load_questions(whole.root))
    assert {reading.sql for each in questions for reading in each.readings} == {""}


def test_what_is_told_later_makes_an_exercise_whole_again(whole: Course, sealed: Course) -> None:
    for lesson in whole.lessons:
        for mine in lesson.exercises:
            theirs = with_told(sealed.exercise(mine.id), told_of(mine, "ja"), "ja")
            text = mine.text["ja"]
            assert [each.text for each in theirs.solutions] == [each.text for each in mine.solutions]
            assert (theirs.text["ja"].success, theirs.text["ja"].explanation) == (text.success, text.explanation)
            assert theirs.rubric == mine.rubric


def test_writing_it_again_leaves_nothing_of_the_one_before(whole: Course, tmp_path: Path) -> None:
    place = tmp_path / "course"
    write_learners_edition(whole, place)
    before = sorted(each.relative_to(place) for each in place.rglob("*"))
    (place / "left.sql").write_text("SELECT 1", encoding="utf-8")
    write_learners_edition(whole, place)
    assert sorted(each.relative_to(place) for each in place.rglob("*")) == before


def test_a_course_on_tables_of_its_own_has_the_same_data_and_dictionary(tmp_path: Path) -> None:
    whole = load_course(SECOND)
    write_learners_edition(whole, tmp_path / "edition")
    sealed = load_course(tmp_path / "edition")
    assert sealed.data.version == whole.data.version
    for lang in LANGUAGES:
        assert sealed.data.dictionary(lang) == whole.data.dictionary(lang)
