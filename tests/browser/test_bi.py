"""The BI room's query page is the lessons' editor: it offers, shows where an error is, and has the tables beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Lab
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser
LANGS = ("en",)


@pytest.fixture
def editor(lab: Lab) -> Locator:
    """A new query, empty."""
    page = lab.page
    lab.open_home()
    lab.press("bar.bi")
    page.locator("[data-bi-do='query/new']").click(timeout=60_000)
    written = page.locator(".penguin-bi-sql .cm-content")
    written.click(timeout=30_000)
    page.wait_for_timeout(3_000)  # what answers Tab begins with the first click
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    return written


def test_tab_offers_tables_and_enter_takes_one(lab: Lab, editor: Locator) -> None:
    page = lab.page
    page.keyboard.insert_text("SELECT count(*) FROM gues")
    page.keyboard.press("Tab")
    page.locator(".jp-Completer-item", has_text="guests").click(timeout=30_000, trial=True)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert editor.inner_text().strip() == "SELECT count(*) FROM guests"


def test_an_error_is_marked_at_its_place_until_it_is_changed(lab: Lab, editor: Locator) -> None:
    page = lab.page
    page.keyboard.insert_text("-- 🐧\nSELECT prefectur FROM guests")
    page.keyboard.press("Shift+Enter")
    marked = page.locator(".penguin-bi-error-at")
    marked.wait_for(timeout=60_000)
    assert marked.all_inner_texts() == ["prefectur"]
    page.locator(".penguin-bi-sql .cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("SELECT prefecture FROM guests LIMIT 3")
    assert marked.count() == 0
    page.keyboard.press("Shift+Enter")
    page.locator(".penguin-bi .pg-table").first.wait_for(timeout=60_000)


def test_a_name_of_the_tables_is_written_into_the_query(lab: Lab, editor: Locator) -> None:
    page = lab.page
    page.keyboard.insert_text("SELECT * FROM ")
    lab.press("bar.tables")
    page.locator(
        ".penguin-tables .pg-entry", has=page.locator("summary code", has_text=re.compile("^guests$"))
    ).locator("summary").first.click(timeout=60_000)
    page.locator(".penguin-tables [data-penguin-insert='\"guests\"']").first.click(timeout=30_000)
    assert editor.inner_text().strip() == "SELECT * FROM guests"
