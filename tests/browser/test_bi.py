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
    page.wait_for_function("document.activeElement?.closest('.penguin-bi-sql')")  # one writes on where one was
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("SELECT prefecture FROM guests LIMIT 3")
    assert marked.count() == 0
    page.keyboard.press("Shift+Enter")
    page.locator(".penguin-bi .pg-table").first.wait_for(timeout=60_000)


def test_what_nobody_saved_is_there_when_the_page_is_loaded_anew(lab: Lab, editor: Locator) -> None:
    page = lab.page
    page.keyboard.insert_text("SELECT 1 AS kept")
    page.reload()
    page.locator(".penguin-home-page").wait_for(timeout=90_000)
    lab.press("bar.bi")
    page.locator("[data-bi-go^='query/']").last.click(timeout=60_000)
    assert page.locator(".penguin-bi-sql .cm-content").inner_text(timeout=30_000).strip() == "SELECT 1 AS kept"


def test_the_expos_fields_offer_what_the_bi_room_offers(lab: Lab) -> None:
    page = lab.page
    lab.open_home()
    lab.press("bar.expo")
    page.locator("nav [data-bi-go='step/checks']").click(timeout=60_000)
    page.locator(".penguin-bi:visible .cm-content").nth(1).click(timeout=30_000)
    page.wait_for_timeout(3_000)  # as above
    page.keyboard.insert_text("SELECT count(*) FROM gues")
    page.keyboard.press("Tab")
    page.locator(".jp-Completer-item", has_text="guests").first.wait_for(timeout=30_000)


def test_a_name_of_the_tables_is_written_into_the_query(lab: Lab, editor: Locator) -> None:
    page = lab.page
    page.keyboard.insert_text("SELECT * FROM ")
    lab.press("bar.tables")
    page.locator(
        ".penguin-tables .pg-entry", has=page.locator("summary code", has_text=re.compile("^guests$"))
    ).locator("summary").first.click(timeout=60_000)
    page.locator(".penguin-tables [data-penguin-insert='\"guests\"']").first.click(timeout=30_000)
    assert editor.inner_text().strip() == "SELECT * FROM guests"
