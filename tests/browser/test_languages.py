"""No word of the other language stands on a learner's page, whatever it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil
import pytest
from foreign import foreign

from classroom.messages import say
from coursebook import load_course
from marketplace import dictionary

if TYPE_CHECKING:
    from conftest import Lab

pytestmark = pytest.mark.browser

KNOWN = frozenset(
    name for table in dictionary("en") for name in (table.name, *(column.name for column in table.columns))
)
"""Tables and columns, which are called the same in both languages."""


def leftovers(lab: Lab) -> list[str]:
    lab.page.wait_for_timeout(500)
    return foreign(lab.page, lab.lang, KNOWN)


def wrong(lab: Lab, name: str = "L1-07") -> str:
    return load_course().exercise(name).in_language(lab.lang).near_misses[0].text


def right(lab: Lab, name: str = "L1-07") -> str:
    return load_course().exercise(name).in_language(lab.lang).solution


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
    lab.page.locator(".penguin-tables [data-penguin-open]").click()
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


def test_practice_with_a_round_begun(lab: Lab) -> None:
    lab.open_practice()
    assert leftovers(lab) == []


def test_a_restarted_kernel(lab: Lab) -> None:
    lab.open_lesson()
    for process in psutil.process_iter(["cmdline", "cwd"]):
        if "classroom.kernel" in (process.info["cmdline"] or []) and process.info["cwd"] == str(lab.folder):
            process.kill()
    lab.page.locator(".penguin-banner", has_text=lab.say("lost.died")).wait_for(timeout=30_000)
    assert leftovers(lab) == []
    assert lab.answer("L1-07", right(lab)).locator(".pg-right").count()


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
