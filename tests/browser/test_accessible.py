"""The room for everybody: what axe-core checks, in both themes, and lesson 1 from beginning to end without a mouse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe import pale, violations

from classroom.messages import say_in
from coursebook import load_course
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from conftest import Lab

pytestmark = pytest.mark.browser

ACTIVE = "document.querySelector('.jp-Notebook:not(.lm-mod-hidden) .jp-Cell.jp-mod-active')?.dataset.exercise || ''"
ROLE = "document.querySelector('.jp-Cell.jp-mod-active')?.classList.contains('penguin-answer') || false"
ON_THE_WAY_ON = "document.activeElement.matches('.penguin-end .penguin-primary')"


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, lab: Lab) -> str:
    """The room in one of its two themes."""
    if not lab.page.locator(".penguin-bar").count():
        lab.open_home()
    lab.press("bar.more")
    lab.press(f"menu.{request.param}")
    dark = str(request.param == "light").lower()
    lab.page.wait_for_function("light => document.body.dataset.jpThemeLight === light", arg=dark, timeout=20_000)
    lab.page.keyboard.press("Escape")
    return str(request.param)


def test_home_has_no_barrier(lab: Lab, theme: str) -> None:
    lab.open_home()
    assert violations(lab.page) == []


def test_a_lesson_has_no_barrier_whatever_was_answered(lab: Lab, theme: str) -> None:
    lab.open_lesson()
    exercise = load_course().exercise("L1-07").in_language(lab.lang)
    cell = lab.answer("L1-07", exercise.near_misses[0].text)
    lab.climb(cell, ".pg-hint-idea")
    lab.answer("L1-05", "SELECT cast_id, display_nam\nFROM casts")
    assert violations(lab.page) + pale(lab.page) == []
    lab.answer("L1-07", exercise.solution)
    lab.page.get_by_role("button", name=lab.say("bar.tables"), exact=True).click()
    lab.page.locator(".penguin-tables [data-penguin-search]").wait_for(timeout=30_000)
    lab.press("bar.more")
    assert violations(lab.page) == []
    lab.page.keyboard.press("Escape")
    lab.page.get_by_role("button", name=lab.say("bar.tables"), exact=True).click()


def test_practice_has_no_barrier(lab: Lab, theme: str) -> None:
    lab.open_practice()
    assert violations(lab.page) == []


def test_the_whole_of_lesson_one_is_worked_without_a_mouse(lab: Lab) -> None:
    page = lab.page
    lab.open_home()
    page.locator(".penguin-home .penguin-map-lesson", has_text="L1 ").first.focus()
    page.keyboard.press("Enter")
    lab.answer_cell("L1-01").wait_for(timeout=60_000)
    lab.wait_until_idle()
    page.locator(".jp-Notebook").first.focus()
    for each in load_course().lesson("L1").placed_exercises(lab.lang):
        exercise = each.in_language(lab.lang)
        down_to(lab, exercise.id)
        page.keyboard.press("Enter")
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(exercise.solution)
        if exercise.kind.answer is AnswerForm.WORDS:
            page.keyboard.press("Escape")
            continue
        page.keyboard.press("Shift+Enter")
        lab.answer_cell(exercise.id).locator(".pg-right").first.wait_for(timeout=90_000)
        page.locator(".penguin-next:focus").wait_for(timeout=30_000)
        page.keyboard.press("Enter")
    reply = page.locator(".penguin-finish blockquote.pg-reply")
    reply.wait_for(timeout=60_000)
    assert say_in("classroom.learner.panel", "finish.title", lab.lang) in page.locator(".penguin-finish").inner_text()
    assert page.locator(".penguin-dot.penguin-passed").count() == page.locator(".penguin-dot").count()
    for _ in range(40):
        if page.evaluate(ON_THE_WAY_ON):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".penguin-bar-name", has_text=re.compile("^L2 ")).wait_for(timeout=60_000)


def down_to(lab: Lab, exercise: str) -> None:
    """Press the down arrow until an exercise's answer is selected."""
    for _ in range(60):
        if lab.page.evaluate(ACTIVE) == exercise and lab.page.evaluate(ROLE):
            return
        lab.page.keyboard.press("ArrowDown")
    raise AssertionError(f"the down arrow does not lead to {exercise}")
