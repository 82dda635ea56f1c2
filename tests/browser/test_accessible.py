"""The room for everybody: what axe-core checks, in both themes and both languages."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from axe import pale, violations

from coursebook import load_course

if TYPE_CHECKING:
    from conftest import Lab

pytestmark = pytest.mark.browser

THEMES = {"ja": "light", "en": "dark"}


@pytest.fixture(params=["light", "dark"] if "PENGUIN_TEST_BOTH" in os.environ else [""])
def theme(request: pytest.FixtureRequest, lab: Lab) -> str:
    """The room in one of its two themes: which colours are pale does not hang on the words, nor on colours what has a name."""
    chosen = str(request.param or THEMES[lab.lang])
    if not lab.page.locator(".penguin-bar").count():
        lab.open_home()
    lab.press("bar.more")
    lab.press(f"menu.{chosen}")
    light = str(chosen == "light").lower()
    lab.page.wait_for_function("light => document.body.dataset.jpThemeLight === light", arg=light, timeout=20_000)
    lab.page.keyboard.press("Escape")
    return chosen


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
