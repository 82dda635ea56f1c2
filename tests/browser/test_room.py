"""What must not break a learner's evening: no mouse, copied cells, two tabs, a killed kernel, too much, too slow."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import psutil
import pytest

from classroom.messages import say, say_in
from coursebook import load_course
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from conftest import Lab
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

ENDLESS = "SELECT count(*) FROM range(10000000) a, range(10000000) b"
TOKYO = {"ja": "東京都", "en": "Tokyo"}
NEWEST = """SELECT guest_id, registered_at_utc
FROM guests
WHERE prefecture = '{}'{}
ORDER BY registered_at_utc DESC, guest_id
LIMIT 10"""
FOCUSED = "document.activeElement.matches('summary, button') ? document.activeElement.innerText : ''"
SELECTED = "document.querySelector('.jp-Notebook:not(.lm-mod-hidden) .jp-Cell.jp-mod-active')?.dataset.exercise || ''"
ROLE = "document.querySelector('.jp-Cell.jp-mod-active')?.classList.contains('penguin-answer') || false"
ON_THE_WAY_ON = "document.activeElement.matches('.penguin-end .penguin-primary')"
ACTIVE = "document.querySelector('.jp-Cell.jp-mod-active .penguin-card-name')?.innerText || ''"


def newest(lab: Lab, more: str = "") -> str:
    return NEWEST.format(TOKYO[lab.lang], more)


def lesson_address(lab: Lab) -> str:
    return lab.address(f"doc/tree/{quote(next(lab.folder.glob('01 *.ipynb')).name)}")


@pytest.fixture(scope="module", autouse=True)
def opened(lab: Lab) -> None:
    """Lesson 1, alone in the page."""
    lab.page.goto(lesson_address(lab))
    lab.answer_cell("L1-07").wait_for(timeout=60_000)
    lab.wait_until_idle()


def run_text(lab: Lab, text: str) -> Locator:
    """Run a text that is no answer, always in the same cell, and give the cell."""
    cell = lab.scratch()
    lab.write(cell, text)
    lab.page.keyboard.press("Control+Enter")
    return cell


def press_until(page: Page, key: str, expression: str, pattern: str, most: int = 90) -> None:
    """Press a key until what has the focus fits."""
    for _ in range(most):
        if re.search(pattern, page.evaluate(expression)):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {pattern}: {page.evaluate(expression)}")


def test_an_exercise_is_worked_without_a_mouse(lab: Lab) -> None:
    page = lab.page
    cell = lab.answer_cell("L1-07")
    page.locator(".jp-Notebook").focus()
    for more, tone in (("", ".pg-wrong"), (" AND NOT is_test", ".pg-right")):
        press_until(page, "ArrowDown", ACTIVE, "L1-07$")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(newest(lab, more))
        page.keyboard.press("Control+Enter")
        cell.locator(tone).first.wait_for(timeout=60_000)
        if not more:
            cell.locator(".pg-panel button.pg-next").wait_for(timeout=30_000)  # it comes after the verdict
            press_until(page, "Tab", FOCUSED, r"1/\d")
            page.keyboard.press("Space")
            cell.locator(".pg-rung .pg-hint-idea").wait_for(timeout=30_000)
            press_until(page, "Tab", FOCUSED, say_in("classroom.learner.panel", "button.steps", lab.lang))
            page.keyboard.press("Space")
            cell.locator(".pg-drawer pre").first.wait_for(timeout=30_000)
            lab.shoot("keyboard", cell)
            press_until(page, "Shift+Tab", "document.activeElement.className", "jp-CodeCell")
    cell.locator(".penguin-next:focus").wait_for(timeout=20_000)
    page.keyboard.press("Enter")
    assert cell.get_attribute("class") != page.locator(".jp-Cell.jp-mod-active").get_attribute("class")


def test_a_copied_answer_cell_answers_the_same_exercise_in_jupyterlab_too(lab: Lab) -> None:
    page = lab.page
    lab.press("bar.more")
    lab.press("menu.jupyter")
    line = page.locator(".cm-line", has_text=re.compile(rf"^-- {lab.word} L1-07"))
    copies = page.locator(".jp-CodeCell", has=line)
    copies.first.locator(".jp-InputPrompt").click()
    for key in ("c", "v"):
        page.keyboard.press(key)
    copies.nth(1).wait_for(timeout=20_000)
    copies.nth(1).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    copies.nth(1).locator(".pg-right").first.wait_for(timeout=60_000)
    assert copies.count() == 2
    copies.nth(1).locator(".jp-InputPrompt").click()
    page.keyboard.press("Control+Shift+Z")
    lab.press("menu.back")
    lab.answer_cell("L1-07").wait_for(timeout=20_000)


def test_a_statement_that_takes_long_says_so_and_is_stopped_there(lab: Lab) -> None:
    cell = run_text(lab, ENDLESS)
    told = say("slow.cause", lab.lang, slow=lab.slow_seconds, seconds=60)
    cell.get_by_text(told).first.wait_for(timeout=30_000)
    lab.shoot("slow", cell)
    assert cell.locator(".penguin-stop:visible, [data-penguin-stop]:visible").count() == 1
    cell.locator(".penguin-stop").click()
    cell.get_by_text(say("stopped.title", lab.lang)).first.wait_for(timeout=10_000)
    cell.get_by_text(told).wait_for(state="detached", timeout=10_000)
    lab.shoot("stopped", cell)


def test_a_large_result_leaves_the_page_quick(lab: Lab) -> None:
    many = "SELECT a.range AS row_number, repeat('長い text ', 50) AS text FROM range(300000) a"
    cell = run_text(lab, many)
    cell.locator(".pg-table th", has_text="row_number").wait_for(timeout=60_000)
    assert cell.locator("tr").count() < 100
    run_text(lab, "SELECT 1 AS quick")
    cell.locator(".pg-table th", has_text="quick").wait_for(timeout=20_000)


def test_after_the_kernel_was_killed_in_mid_query_the_next_answer_is_judged(lab: Lab) -> None:
    cell = run_text(lab, ENDLESS)
    cell.locator(".pg-slow").wait_for(timeout=30_000)
    for process in psutil.process_iter(["cmdline", "cwd"]):
        if "classroom.kernel" in (process.info["cmdline"] or []) and process.info["cwd"] == str(lab.folder):
            process.kill()
    lab.page.locator(".penguin-banner", has_text=lab.say("lost.died")).wait_for(timeout=30_000)
    lab.shoot("killed")
    assert lab.page.locator(".jp-Dialog").count() == 0
    assert ENDLESS in cell.locator(".cm-content").inner_text()
    # not waited for: the server's record may say "busy" of a kernel that it restarted until the next statement has run,
    # as the new kernel's first word can come before the server listens to it
    cell = lab.answer("L1-07", newest(lab))
    assert say("verdict.refuted", lab.lang) in cell.locator(".pg-wrong").first.inner_text()
    lab.shoot("after-kill")


def test_two_tabs_on_one_notebook_show_the_same_and_both_judge(lab: Lab) -> None:
    first, second = lab.page, lab.page.context.new_page()
    second.goto(lesson_address(lab))
    other = replace(lab, page=second)
    other.answer_cell("L1-05").wait_for(timeout=60_000)
    cell = other.answer("L1-05", "SELECT cast_id\nFROM casts")
    assert cell.locator(".pg-wrong").count()
    first.bring_to_front()
    cell = lab.answer("L1-07", newest(lab, " AND NOT is_test"))
    assert cell.locator(".pg-right").count()
    lab.save()
    assert first.locator(".jp-Dialog").count() == 0  # each has written in a cell of its own, and nobody has to choose
    lab.shoot("two-tabs")
    second.close()


def test_lines_for_steps_and_bigquery_show_what_the_buttons_show(lab: Lab) -> None:
    cell = run_text(lab, f"{newest(lab)}\n%steps\n%bigquery")
    cell.locator("pre", has_text="`guests`").first.wait_for(timeout=60_000)
    assert "LIMIT 10" in cell.inner_text()
    lab.shoot("lines", cell)


LANGS = ("en",)


def test_on_a_telephone_nothing_of_the_bar_is_cut(lab: Lab) -> None:
    page = lab.page
    page.set_viewport_size({"width": 390, "height": 844})
    try:
        lab.shoot("bar-390")
        ends = page.locator(".penguin-bar > button, .penguin-bar-name, .penguin-bar-count").evaluate_all(
            """all => all.map(each => {
              const {left, right} = each.getBoundingClientRect();
              return {what: each.textContent, left, right, cut: each.scrollWidth > each.clientWidth};
            })"""
        )
        assert [each for each in ends if each["left"] < 0 or each["right"] > 390 or each["cut"]] == []
        assert len(ends) == 10
        lab.press("bar.help")
        page.locator(".penguin-help:visible").wait_for(timeout=20_000)
        page.keyboard.press("Escape")
    finally:
        page.set_viewport_size({"width": 1440, "height": 1500})


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
        if lab.page.evaluate(SELECTED) == exercise and lab.page.evaluate(ROLE):
            return
        lab.page.keyboard.press("ArrowDown")
    raise AssertionError(f"the down arrow does not lead to {exercise}")
