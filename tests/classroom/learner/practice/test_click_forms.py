"""A drill in which nothing is to be written is clicked as a lesson's exercise is: its form comes with its task."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from classroom.learner.state.drills import DrillBook
from classroom.session.connection import Session
from coursebook import load_course
from coursebook.click_form import click_form
from coursebook.kind import AnswerForm
from coursebook.practice import ShownDrill, draw_drill, drill_as_shown, load_library, shown_drill
from sqlgrade.tables.values import from_plain

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Learner

    from coursebook.practice import TemplateRecord


def test_a_drill_in_which_nothing_is_written_brings_the_form_by_which_it_is_clicked(learner: Learner) -> None:
    learner.run("%practice")  # the templates of these tests ask for values alone
    assert learner.form["exercise"] == learner.exercise.id
    starter = learner.exercise.starter
    assert [each["name"] for each in learner.form["fields"]] == re.findall(r"AS (\w+)", starter)
    json.dumps(learner.form)  # it travels


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_form_is_the_same_where_the_drill_came_without_its_solution(learner: Learner, lang: str) -> None:
    book, schema = learner.desk.drills, learner.desk.marker.course.schema
    whole = load_library()
    clicked = [each for each in whole.templates.values() if is_clicked(each)]
    assert len(clicked) > 10
    for template in clicked:
        drill = draw_drill(template, 1, book._run, schema)
        assert drill is not None
        shown = from_plain(ShownDrill, json.loads(json.dumps(asdict(shown_drill(drill, lang)))))
        again = drill_as_shown(template, shown, schema, whole.paths[template.id], lang)
        form = click_form(drill.exercise.in_language(lang), lang)
        assert form is not None, template.id
        assert click_form(again.exercise, lang) == form


def is_clicked(template: TemplateRecord) -> bool:
    return template.kind.answer is AnswerForm.VALUES or template.kind.is_read_by_lines


def test_drills_are_drawn_beside_the_views_of_lessons_and_ones_own_schema(practice: Path) -> None:
    session = Session(
        practice, own=True, given=lambda: {"lesson.newest": "SELECT max(guest_id) AS guest_id FROM guests"}
    )
    try:
        book = DrillBook(load_course(), session, "ja")
        assert book.drawn("02a", 1) is not None
    finally:
        session.close()
