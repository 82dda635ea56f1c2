"""Home and a round of practice in JupyterLab, in Japanese and in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb
import pytest

from classroom.folder import Folder
from classroom.home.view import say_in
from classroom.practice.cards import say
from coursebook import load_course
from coursebook.answer_cell import drill_of
from coursebook.practice import draw_drill, load_library

if TYPE_CHECKING:
    from conftest import Lab
    from playwright.sync_api import Locator

    from coursebook import LessonExercise

pytestmark = pytest.mark.browser

LIBRARY = load_library()
DRILL = re.compile(r"-- (?:練習|Practice) (P\d\d[a-z]-\d+)")
ROUND = 6


def notebook(lab: Lab) -> Locator:
    return lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")


def open_practice(lab: Lab) -> None:
    lab.open_home()
    lab.page.locator(".pg-home a", has_text="%practice").first.click()
    notebook(lab).locator(".jp-CodeCell", has_text="%practice").first.wait_for(timeout=60_000)
    lab.page.wait_for_timeout(2000)


def run_line(lab: Lab, line: str) -> None:
    cell = (
        notebook(lab).locator(".jp-CodeCell").filter(has=lab.page.locator(".cm-line", has_text=re.compile(f"^{line}$")))
    )
    cell.first.locator(".cm-content").click()
    lab.page.keyboard.press("Shift+Enter")


def open_drill(lab: Lab, answered: set[str]) -> tuple[str, Locator]:
    """The drill whose cell has come last, and that cell."""
    for _ in range(240):
        for cell in notebook(lab).locator(".jp-CodeCell", has_text=DRILL).all():
            found = DRILL.search(cell.inner_text())
            if found and found[1] not in answered:
                return found[1], cell
        lab.page.wait_for_timeout(250)
    raise AssertionError("no cell for the next drill")


def drawn(lab: Lab, drill: str) -> LessonExercise:
    named = drill_of(drill)
    assert named is not None
    with duckdb.connect(Folder(lab.folder).practice(lab.lang), read_only=True) as connection:
        template = LIBRARY.templates[named[0]]
        schema = load_course().schema
        made = draw_drill(template, named[1], lambda sql: connection.execute(sql).fetchall(), schema, lang=lab.lang)
    assert made is not None
    return made.exercise


def answer(lab: Lab, cell: Locator, drill: str, sql: str) -> None:
    word = "練習" if lab.lang == "ja" else "Practice"
    lab.write(cell, f"-- {word} {drill}\n{sql}")
    for old in cell.locator(".pg-card").all():
        old.evaluate("element => element.classList.add('old')")
    lab.page.keyboard.press("Shift+Enter")
    cell.locator(".pg-card:not(.old)").first.wait_for(timeout=90_000)


def test_a_round_of_six_is_worked_through_and_home_shows_it(lab: Lab) -> None:
    open_practice(lab)
    run_line(lab, "%practice")
    answered: set[str] = set()
    for number in range(1, ROUND + 1):
        drill, cell = open_drill(lab, answered)
        exercise = drawn(lab, drill)
        if number == 1:
            lab.shoot("practice-asked")
            answer(lab, cell, drill, exercise.near_misses[0].text)
            assert cell.locator(".pg-right").count() == 0
        answer(lab, cell, drill, exercise.solution)
        cell.locator(".pg-right:not(.old)").first.wait_for(timeout=60_000)
        answered.add(drill)
        if number == 1:
            lab.page.wait_for_timeout(1500)
            lab.shoot("practice-next")
    done = notebook(lab).locator(".pg-card", has_text=say("round_done_title", lab.lang))
    done.wait_for(timeout=60_000)
    assert say("round_done", lab.lang, right=ROUND - 1, count=ROUND) in done.inner_text()
    lab.shoot("practice-done", done)


def test_the_question_of_the_day_is_answered_with_a_number(lab: Lab) -> None:
    open_practice(lab)
    run_line(lab, "%practice today")
    card = notebook(lab).locator(".pg-card", has_text=say("today_title", lab.lang)).first
    card.wait_for(timeout=60_000)
    lab.shoot("today", card)


def test_home_is_refreshed_by_running_it(lab: Lab) -> None:
    lab.open_home()
    lab.page.wait_for_timeout(1500)
    cell = (
        notebook(lab)
        .locator(".jp-CodeCell")
        .filter(has=lab.page.locator(".cm-line", has_text=re.compile("^%home$")))
        .first
    )
    cell.locator(".cm-content").click()
    lab.page.keyboard.press("Control+Enter")
    days = say_in("classroom.home", "days", lab.lang, days=1)
    cell.locator(".pg-home", has_text=days).wait_for(timeout=60_000)
    lab.page.wait_for_timeout(500)
    lab.shoot("home-after-practice")
    assert cell.locator(".pg-chip").count() > 38
