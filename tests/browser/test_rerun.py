"""The text that stands in a cell is the one that is judged; what stands under it and is about an earlier text says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from serving import notebook_in

from coursebook import load_course

if TYPE_CHECKING:
    from conftest import Lab
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser

LANGS = ("ja",)
SLOW = "SELECT count(*) FROM range(10000000) a, range(10000000) b"
GRADED = ".pg-verdict .pg-title"


@pytest.fixture(scope="module", autouse=True)
def opened(lab: Lab) -> None:
    lab.open_lesson()


def texts(lab: Lab) -> tuple[str, str]:
    """A wrong answer to L1-07 and a right one."""
    exercise = load_course().exercise("L1-07").in_language(lab.lang)
    return exercise.near_misses[0].text, exercise.solution


def mark(cell: Locator, sign: str) -> Locator:
    return cell.locator(GRADED, has_text=sign)


def status(lab: Lab, cell: Locator, code: str) -> Locator:
    return cell.locator(".penguin-card-status", has_text=lab.say(code, button=lab.say("cell.grade")))


@pytest.mark.parametrize("how", ["key", "button"])
def test_what_is_written_and_asked_for_while_an_answer_is_judged_is_judged_next(lab: Lab, how: str) -> None:
    wrong, right = texts(lab)
    cell = lab.answer("L1-07", wrong)
    mark(cell, "✗").wait_for()
    for number in range(3):
        before, after, sign = (wrong, right, "✓") if number % 2 == 0 else (right, wrong, "✗")
        lab.write(cell, f"{before} -- {number}")
        lab.page.keyboard.press("Shift+Enter")
        lab.write(cell, after)
        if how == "key":
            lab.page.keyboard.press("Shift+Enter")
        else:
            cell.locator(".penguin-run").click()
        cell.locator(".penguin-run:not([aria-busy])").wait_for(timeout=60_000)
        mark(cell, sign).wait_for(timeout=20_000)
        assert "penguin-older" not in (cell.get_attribute("class") or "")
        assert cell.locator(".penguin-card-status").inner_text() == ""


def test_a_slow_answer_makes_way_for_the_newer_one(lab: Lab) -> None:
    _, right = texts(lab)
    cell = lab.answer_cell("L1-07")
    lab.write(cell, SLOW)
    lab.page.keyboard.press("Shift+Enter")
    status(lab, cell, "cell.grading").wait_for(timeout=20_000)
    lab.write(cell, right)
    status(lab, cell, "cell.grading_older").wait_for(timeout=20_000)
    lab.page.keyboard.press("Shift+Enter")
    status(lab, cell, "cell.grading_next").wait_for(timeout=20_000)
    lab.shoot("grading-next", cell)
    mark(cell, "✓").wait_for(timeout=30_000)  # the slow one would take a minute
    cell.locator(".penguin-run:not([aria-busy])").wait_for(timeout=30_000)
    assert "penguin-older" not in (cell.get_attribute("class") or "")


def test_a_verdict_on_an_earlier_text_says_so_and_still_does_after_a_reload(lab: Lab) -> None:
    wrong, right = texts(lab)
    cell = lab.answer("L1-07", wrong)
    lab.save()
    lab.write(cell, f"{right} -- newer")
    status(lab, cell, "cell.older").wait_for(timeout=5_000)
    lab.shoot("older", cell)
    lab.wait_until_saved(next(lab.folder.glob("01 *.ipynb")), "-- newer")
    lab.page.reload()
    lab.open_lesson()
    cell = lab.answer_cell("L1-07")
    cell.scroll_into_view_if_needed()
    mark(cell, "✗").wait_for(timeout=20_000)
    status(lab, cell, "cell.older").wait_for(timeout=20_000)
    cell.locator(".penguin-run").click()
    mark(cell, "✓").wait_for(timeout=60_000)
    cell.locator(".penguin-run:not([aria-busy])").wait_for(timeout=60_000)
    assert cell.locator(".penguin-card-status").inner_text() == ""


def test_an_answer_whose_page_is_reloaded_while_it_is_judged_says_that_it_was_not(lab: Lab) -> None:
    cell = lab.answer_cell("L1-07")
    lab.write(cell, SLOW)
    lab.page.keyboard.press("Shift+Enter")
    cell.locator(".pg-slow, .pg-grading").first.wait_for(timeout=20_000)
    lab.page.wait_for_timeout(2500)  # the page saves by itself
    lab.page.reload()
    lab.open_home()
    lab.page.locator(".penguin-home .penguin-map-lesson", has_text="L1 ").first.click()
    cell = lab.answer_cell("L1-07")
    cell.scroll_into_view_if_needed(timeout=60_000)
    status(lab, cell, "cell.unfinished").wait_for(timeout=30_000)
    assert cell.locator(".pg-grading:visible, .pg-slow:visible").count() == 0
    lab.shoot("unfinished", cell)
    _, right = texts(lab)
    lab.write(cell, right)
    lab.page.keyboard.press("Shift+Enter")
    mark(cell, "✓").wait_for(timeout=120_000)


def test_whoever_writes_on_while_an_answer_is_judged_is_left_at_it(lab: Lab) -> None:
    """The button for what comes next would take the keys that are typed."""
    _, right = texts(lab)
    cell = lab.answer_cell("L1-07")
    lab.write(cell, f"{right} -- ")
    lab.page.keyboard.press("Shift+Enter")
    cell.locator(".cm-line").last.click()
    lab.page.keyboard.press("Control+End")
    typed = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
    lab.page.keyboard.type(typed, delay=60)
    cell.locator(".penguin-run:not([aria-busy])").wait_for(timeout=60_000)
    assert typed in cell.locator(".cm-content").inner_text()
    status(lab, cell, "cell.older").wait_for(timeout=5_000)


def test_the_result_of_an_example_is_held_against_its_text_as_well(lab: Lab) -> None:
    cell = lab.scratch()
    lab.write(cell, "SELECT 41 AS found")
    lab.page.keyboard.press("Shift+Enter")
    cell.locator("td", has_text=re.compile("^41$")).wait_for(timeout=20_000)
    lab.write(cell, "SELECT 42 AS found")
    status(lab, cell, "cell.older_result").wait_for(timeout=5_000)
    lab.page.keyboard.press("Shift+Enter")
    cell.locator("td", has_text=re.compile("^42$")).wait_for(timeout=20_000)
    cell.locator(".penguin-run:not([aria-busy])").wait_for(timeout=20_000)
    assert cell.locator(".penguin-card-status").inner_text() == ""


def test_two_windows_show_each_its_own_text_judged(lab: Lab) -> None:
    wrong, right = texts(lab)
    first = lab.answer("L1-07", wrong)
    lab.save()
    page, other = lab.page, lab.page.context.new_page()
    try:
        lab.page = other
        lab.open_lesson()
        second = lab.answer_cell("L1-07")
        lab.write(second, right)
        lab.page.keyboard.press("Shift+Enter")
        lab.page = page
        lab.write(first, f"{wrong} -- again")
        lab.page.keyboard.press("Shift+Enter")
        for cell, sign in ((first, "✗"), (second, "✓")):
            cell.locator(".penguin-run:not([aria-busy])").wait_for(timeout=60_000)
            mark(cell, sign).wait_for(timeout=30_000)
            assert "penguin-older" not in (cell.get_attribute("class") or "")
    finally:
        lab.page = page
        other.close()


def test_every_output_in_the_file_says_which_text_it_is_about(lab: Lab) -> None:
    _, right = texts(lab)
    lab.page.reload()
    lab.open_lesson()
    lab.answer("L1-07", right)
    lab.save()
    cells = notebook_in(next(lab.folder.glob("01 *.ipynb")))["cells"]
    outputs = next(each["outputs"] for each in cells if each["id"] == "answer-L1-07")
    told = {output["metadata"]["penguin"]["text"] for output in outputs}
    assert len(told) == 1
