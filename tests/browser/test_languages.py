"""No word of the other language stands on a learner's page, whatever it shows."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import psutil
import pytest
from foreign import foreign

from classroom.learner.bi.pages import TABS
from classroom.messages import say
from coursebook import load_course
from marketplace import dictionary

if TYPE_CHECKING:
    from conftest import Lab
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

KNOWN = frozenset(
    name for table in dictionary("en") for name in (table.name, *(column.name for column in table.columns))
)
"""Tables and columns, which are called the same in both languages."""


JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


def leftovers(lab: Lab) -> list[str]:
    lab.page.wait_for_timeout(500)
    return foreign(lab.page, lab.lang, KNOWN)


def text_of(page: Page, selector: str) -> str:
    return " ".join(page.locator(selector).all_inner_texts())


def wrong(lab: Lab, name: str = "L1-07") -> str:
    return load_course().exercise(name).in_language(lab.lang).near_misses[0].text


def right(lab: Lab, name: str = "L1-07") -> str:
    return load_course().exercise(name).in_language(lab.lang).solution


def refuse_to_write(route: Route, told: str) -> None:
    """Answer as the server does when a file cannot be written."""
    if route.request.method == "PUT":
        route.fulfill(status=500, json={"message": told, "reason": None})
    else:
        route.fallback()


def test_home_on_the_first_day(lab: Lab) -> None:
    lab.open_home()
    assert leftovers(lab) == []


def test_a_lesson(lab: Lab) -> None:
    lab.open_lesson()
    assert leftovers(lab) == []


def test_a_wrong_answer_with_all_its_hints(lab: Lab) -> None:
    lab.open_lesson()
    cell = lab.answer("L1-07", wrong(lab))
    assert leftovers(lab) == []
    lab.climb(cell, ".pg-hint-place")
    lab.help_aside(cell)
    for details in cell.locator(".pg-card details:not([open]) > summary:visible").all():
        details.click()
    assert leftovers(lab) == []


def test_a_right_answer_with_all_that_it_offers(lab: Lab) -> None:
    lab.open_lesson()
    cell = lab.answer("L1-07", right(lab))
    lab.help_aside(cell)
    assert leftovers(lab) == []


def test_an_error_card(lab: Lab) -> None:
    lab.open_lesson()
    lab.answer("L1-05", "SELECT cast_id, display_nam\nFROM casts")
    assert leftovers(lab) == []


def test_the_tables_and_their_diagram(lab: Lab) -> None:
    lab.open_lesson()
    tables = lab.page.get_by_role("button", name=lab.say("bar.tables"), exact=True)
    tables.click()
    lab.page.locator(".penguin-tables [data-penguin-search]").wait_for(timeout=30_000)
    lab.page.locator(".penguin-tables .pg-entry > summary").first.click()
    assert leftovers(lab) == []
    lab.page.locator(".penguin-tables [data-penguin-open='%schema er']").click()
    lab.page.locator(".penguin-page img").wait_for(timeout=30_000)
    assert leftovers(lab) == []
    lab.press("bar.back")
    tables.click()


def test_the_sheets_under_the_bar_and_the_map(lab: Lab) -> None:
    lab.open_lesson()
    for code in ("bar.more", "bar.help", "bar.map"):
        lab.press(code)
        assert leftovers(lab) == []
        lab.page.keyboard.press("Escape")
    lab.press("cell.tries", lab.answer_cell("L1-07"))
    assert leftovers(lab) == []
    lab.page.keyboard.press("Escape")


def test_jupyterlab_can_be_shown_and_left_again_and_offers_nothing_but_sql(lab: Lab) -> None:
    lab.open_lesson()
    lab.press("bar.more")
    lab.press("menu.jupyter")
    labels = lab.page.locator(".lm-MenuBar-itemLabel")
    labels.first.wait_for(timeout=20_000)
    assert bool(JAPANESE.search(text_of(lab.page, ".lm-MenuBar-itemLabel"))) is (lab.lang == "ja")
    lab.page.locator(".lm-TabBar-addButton:visible").first.click()
    lab.page.locator(".jp-LauncherCard").first.wait_for(timeout=20_000)
    cards = text_of(lab.page, ".jp-LauncherCard")
    lab.shoot("launcher")
    assert "SQL" in cards
    assert not re.search("Python|Terminal|ターミナル", cards)
    lab.page.locator(".lm-TabBar-tab.lm-mod-current .lm-TabBar-tabCloseIcon").first.click()
    lab.page.reload()
    lab.press("menu.back")
    lab.page.locator(".penguin-bar").wait_for(timeout=20_000)
    assert not labels.first.is_visible()
    assert lab.page.locator(".jp-FileBrowser:visible, .jp-NotebookPanel-toolbar:visible").count() == 0


def test_the_bi_room(lab: Lab) -> None:
    lab.open_lesson()
    lab.press("bar.bi")
    for tab in TABS:
        lab.page.locator(f".penguin-bi nav [data-bi-go='{tab}']").click(timeout=30_000)
        lab.page.locator(f".penguin-bi nav [data-bi-go='{tab}'][aria-current]").wait_for(timeout=30_000)
        assert leftovers(lab) == []


def test_practice_with_a_round_begun(lab: Lab) -> None:
    lab.open_practice()
    assert leftovers(lab) == []


def test_a_restarted_kernel(lab: Lab) -> None:
    lab.open_lesson()
    lab.answer("L1-07", right(lab))  # a kernel that dies before the page knows it is started again without a word
    for process in psutil.process_iter(["cmdline", "cwd"]):
        if "classroom.kernel" in (process.info["cmdline"] or []) and process.info["cwd"] == str(lab.folder):
            process.kill()
    lab.page.locator(".penguin-banner", has_text=lab.say("lost.died")).wait_for(timeout=30_000)
    assert leftovers(lab) == []
    assert lab.answer("L1-07", right(lab)).locator(".pg-right").count()


def test_a_lesson_that_was_changed_by_another_page(lab: Lab) -> None:
    lab.open_lesson()
    cell = lab.answer_cell("L1-05")
    lab.write(cell, "SELECT 'of this page' AS word")
    # the page asks for the file's new state once it is written; what the other page writes before, it takes for its own
    lab.save()
    (file,) = lab.folder.glob("01 *.ipynb")
    lab.wait_until_saved(file, "of this page")
    file.write_text(file.read_text(encoding="utf-8").replace("of this page", "of the other"), encoding="utf-8")
    later = file.stat().st_mtime + 5
    os.utime(file, (later, later))
    lab.write(cell, "SELECT 'of this page again' AS word")
    dialog = lab.page.locator(".jp-Dialog", has_text=lab.say("changed.title"))
    dialog.wait_for(timeout=30_000)
    assert leftovers(lab) == []
    dialog.get_by_role("button", name=lab.say("changed.mine")).click()
    lab.wait_until_saved(file, "of this page again")


def test_what_another_page_wrote_in_another_cell_is_taken_over_without_a_question(lab: Lab) -> None:
    """A second window, or the page before a reload whose saving came late."""
    lab.open_lesson()
    lab.write(lab.answer_cell("L1-07"), "SELECT 'seen by both' AS word")
    lab.save()
    (file,) = lab.folder.glob("01 *.ipynb")
    lab.wait_until_saved(file, "seen by both")
    file.write_text(file.read_text(encoding="utf-8").replace("seen by both", "of there"), encoding="utf-8")
    later = file.stat().st_mtime + 5
    os.utime(file, (later, later))
    lab.write(lab.answer_cell("L1-05"), "SELECT 'of here' AS word")
    lab.wait_until_saved(file, "of here")
    lab.answer_cell("L1-07").locator(".cm-content", has_text="of there").wait_for(timeout=30_000)
    lab.wait_until_saved(file, "of there")
    assert lab.page.locator(".jp-Dialog").count() == 0


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Unexpected error while saving file: 01.ipynb [Errno 28] No space left on device", "unsaved.full"),
        ("Permission denied: 01.ipynb", "unsaved.locked"),
        ("Internal Server Error", "unsaved.other"),
    ],
)
def test_a_lesson_that_could_not_be_saved(lab: Lab, told: str, said: str) -> None:
    lab.open_lesson()
    lab.page.route("**/api/contents/**", lambda route: refuse_to_write(route, told))
    try:
        lab.write(lab.answer_cell("L1-05"), f"SELECT '{said}' AS word")
        lab.page.locator(".penguin-banner", has_text=lab.say(said)).wait_for(timeout=30_000)
        assert leftovers(lab) == []
    finally:
        lab.page.unroute("**/api/contents/**")
    lab.press("missing.save_again", lab.page.locator(".penguin-banner"))
    (file,) = lab.folder.glob("01 *.ipynb")
    lab.wait_until_saved(file, said)


def test_a_lost_connection(lab: Lab) -> None:
    lab.open_lesson()
    lab.lose_server()
    lab.page.locator(".penguin-banner", has_text=lab.say("lost.title")).wait_for(timeout=30_000)
    assert leftovers(lab) == []
    lab.bring_server_back()
    lab.page.locator(".penguin-banner", has_text=lab.say("lost.back")).wait_for(timeout=60_000)
    assert leftovers(lab) == []


def test_the_words_that_were_looked_for_can_be_found(lab: Lab) -> None:
    """The walk itself: a sentence of the other language put on the page is on the list."""
    lab.open_home()
    other = say("verdict.refuted", "en" if lab.lang == "ja" else "ja")
    lab.page.evaluate("text => document.body.append(text)", other)
    assert leftovers(lab) == [other]
