"""A telephone shows the whole of a page: nothing is outside the window, and drawers lie over what they would squeeze."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reach import out_of_reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Lab

pytestmark = pytest.mark.browser
LANGS = ("ja",)


@pytest.fixture
def phone(lab: Lab) -> Iterator[Lab]:
    """The room in a telephone's window."""
    before = lab.page.viewport_size
    lab.page.set_viewport_size({"width": 390, "height": 844})
    yield lab
    if before:
        lab.page.set_viewport_size(before)


def test_home_and_its_sheets_are_inside_the_window(phone: Lab) -> None:
    phone.open_home()
    assert phone.page.locator(".penguin-bar").evaluate("each => each.offsetHeight") == 48
    for code in ("bar.help", "bar.more"):
        phone.press(code)
        phone.page.locator(".penguin-popup").wait_for(timeout=20_000)
        assert out_of_reach(phone.page) == []
        phone.page.keyboard.press("Escape")


def test_a_lesson_stays_as_broad_as_it_was_under_a_drawer(phone: Lab) -> None:
    phone.open_lesson()
    page = phone.page
    lesson = page.locator(".jp-WindowedPanel-outer").first
    broad = lesson.evaluate("each => each.offsetWidth")
    cell = page.locator(".jp-Notebook .jp-Cell").first.bounding_box()
    assert cell
    assert abs(cell["x"] - (390 - cell["x"] - cell["width"])) <= 1  # the same at both sides
    assert out_of_reach(page) == []
    for button, drawer in ((".penguin-bar-map", "#penguin-map"), (None, ".penguin-tables")):
        if button:
            page.locator(button).click()
        else:
            phone.press("bar.tables")
        page.locator(drawer).wait_for(timeout=30_000)
        page.wait_for_timeout(500)
        box = page.locator(drawer).bounding_box()
        assert box
        assert box["x"] <= 1
        assert box["width"] >= 388  # a handle of one pixel stands beside it
        page.wait_for_function(
            "broad => document.querySelector('.jp-WindowedPanel-outer').offsetWidth === broad",
            arg=broad,
            timeout=10_000,
        )
        if button:
            page.locator(f"{drawer} .penguin-drawer-close").click()
    page.locator(".penguin-bar-map").click()  # one drawer covers a narrow window: the other goes
    page.locator(".penguin-tables").wait_for(state="hidden", timeout=30_000)
    page.wait_for_timeout(500)
    assert out_of_reach(page) == []
    page.locator("#penguin-map .penguin-drawer-close").click()


def test_the_ways_to_practise_stand_under_each_other(phone: Lab) -> None:
    phone.open_practice()
    phone.page.locator("[data-penguin-run='%practice']").first.wait_for(timeout=60_000)
    assert out_of_reach(phone.page) == []


def test_a_window_that_grows_gives_the_bar_its_one_line_back(phone: Lab) -> None:
    phone.open_lesson()
    assert phone.page.locator(".penguin-bar").evaluate("each => each.offsetHeight") == 84
    phone.page.set_viewport_size({"width": 1366, "height": 768})
    phone.page.wait_for_function("document.querySelector('.penguin-bar').offsetHeight === 48", timeout=10_000)
    phone.page.wait_for_function(
        "document.querySelector('#jp-main-content-panel').getBoundingClientRect().top === 48", timeout=10_000
    )


def test_nothing_stands_beside_the_first_text_until_keys_lead_to_it(phone: Lab) -> None:
    page = phone.page
    phone.open_home()
    phone.open_lesson()
    beside = "getComputedStyle(document.querySelector('.jp-Cell.jp-mod-active')).boxShadow"
    assert page.evaluate(beside) == "none"
    page.locator(".jp-MarkdownCell").first.click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(beside) != "none"
