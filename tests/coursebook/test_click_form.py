"""Where nothing is to be written, an answer is given by clicks: the form is read from the task and the kind of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coursebook import load_course
from coursebook.click_form import ClickForm, Sort, click_form
from coursebook.edition import write_learners_edition
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from pathlib import Path

    from coursebook import LessonExercise

COURSE = load_course()


def form(exercise: str, lang: str = "ja") -> ClickForm:
    found = click_form(COURSE.exercise(exercise).in_language(lang), lang)
    assert found is not None
    return found


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_answer_of_values_or_lines_has_a_form_and_no_other_one_has(lang: str) -> None:
    for exercise in (each for lesson in COURSE.lessons for each in lesson.exercises):
        clicked = exercise.kind.answer is AnswerForm.VALUES or exercise.kind.is_read_by_lines
        assert (click_form(exercise.in_language(lang), lang) is not None) == clicked, exercise.id


def test_columns_that_share_a_list_have_its_options_each() -> None:
    fields = form("L1-09").fields
    assert [each.name for each in fields] == ["guests", "talks", "messages", "appointments"]
    assert {"".join(option.letter for option in each.options) for each in fields} == {"abcdef"}
    assert fields[0].options[1].text == "ゲスト1人"


@pytest.mark.parametrize(
    ("exercise", "firsts"), [("L10-03", ["時間には", "トークの"]), ("L10-12", ["一覧の表", "率は分子", "客足が半"])]
)
def test_columns_with_options_of_their_own_have_these(exercise: str, firsts: list[str]) -> None:
    assert [each.options[0].text[:4] for each in form(exercise).fields] == firsts


def test_a_value_is_asked_for_as_what_it_is() -> None:
    assert [each.sort for each in form("L2-07").fields] == [Sort.TRUTH, Sort.NUMBER]
    assert [each.sort for each in form("L5-01").fields] == [Sort.DATE, Sort.DATE]
    assert form("L7-02").fields[1].label == "b: 行の数"


def test_lines_are_those_of_the_starter() -> None:
    assert len(form("L4-03").lines) == len(set(form("L4-03").lines)) == 9


def test_the_learners_edition_has_the_same_forms_without_its_solutions(tmp_path: Path) -> None:
    write_learners_edition(COURSE, tmp_path / "edition")
    edition = load_course(tmp_path / "edition")
    for name in ("L1-01", "L1-09", "L2-07", "L4-03", "L5-01", "L15-01"):
        exercise = edition.exercise(name).in_language("en")
        assert not exercise.solutions
        assert click_form(exercise, "en") == form(name, "en")


def test_a_field_is_named_in_the_words_that_the_task_has_for_its_column() -> None:
    exercise = load_course().exercise("L15-01")
    labels = {lang: [each.label for each in _form(exercise, lang).fields] for lang in ("ja", "en")}
    assert labels["ja"] == ["verdict: どうするか", "mistake: 何が起きているか", "witness: 証拠の番号"]
    assert labels["en"] == ["verdict: what to do", "mistake: what goes on in it", "witness: the id that shows it"]


def _form(exercise: LessonExercise, lang: str) -> ClickForm:
    form = click_form(exercise, lang)
    assert form is not None
    return form
