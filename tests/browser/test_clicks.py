"""Answers that are chosen or put in order: by the mouse or by keys, over a text that stays the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe import violations

from coursebook import load_course

if TYPE_CHECKING:
    from conftest import Lab
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser

LANGS = ("en",)


def opened(lab: Lab, exercise: str) -> Locator:
    lab.open_lesson(exercise.split("-", 1)[0])
    cell = lab.answer_cell(exercise)
    cell.locator(".penguin-clicks").wait_for(timeout=30_000)
    cell.scroll_into_view_if_needed()
    return cell


def lines(cell: Locator) -> list[str]:
    return [each.strip() for each in cell.locator(".penguin-order ol code").all_inner_texts()]


def test_pairs_are_chosen_and_run_without_leaving_them(lab: Lab) -> None:
    cell = opened(lab, "L1-09")
    for at, letter in enumerate("bdac"):
        cell.locator(".penguin-clicks select").nth(at).select_option(letter)
    assert (
        "'b' AS guests, 'd' AS talks, 'a' AS messages, 'c' AS appointments" in cell.locator(".cm-content").inner_text()
    )
    cell.locator(".penguin-clicks select").last.focus()
    lab.page.keyboard.press("Shift+Enter")
    cell.locator(".pg-right").first.wait_for(timeout=90_000)
    lab.shoot("clicks-pairs")


def test_the_form_follows_what_is_written_in_the_text(lab: Lab) -> None:
    cell = opened(lab, "L1-01")
    lab.write(cell, "SELECT 12 AS n_columns, ___ AS n_rows")
    fields = cell.locator(".penguin-clicks input")
    assert fields.evaluate_all("all => all.map(each => each.value)") == ["12", ""]
    fields.last.click()
    lab.page.keyboard.insert_text("３")
    assert "12 AS n_columns, 3 AS n_rows" in cell.locator(".cm-content").inner_text()
    lab.write(cell, "SELECT 12, 3")
    cell.locator(".penguin-clicks").wait_for(state="hidden", timeout=10_000)


def test_one_of_a_few_is_chosen_by_the_arrows(lab: Lab) -> None:
    cell = opened(lab, "L3-01")
    cell.locator("input[type=radio]").first.check()
    lab.page.keyboard.press("ArrowDown")
    assert "'b' AS answer" in cell.locator(".cm-content").inner_text()
    assert violations(lab.page) == []


def test_lines_are_put_in_order_by_keys_alone_and_by_dragging(lab: Lab) -> None:
    cell = opened(lab, "L4-03")
    solution = load_course().exercise("L4-03").in_language(lab.lang).solution
    right = [each.strip() for each in solution.splitlines() if each.strip()]
    for line in [each for each in lines(cell) if each not in right]:
        cell.locator(".penguin-order ol li").nth(lines(cell).index(line)).locator("button").last.press("Enter")
    for to, line in enumerate(right):
        at = lines(cell).index(line)
        cell.locator(".penguin-order ol li").nth(at).locator("button").last.focus()
        for _ in range(at - to):
            lab.page.keyboard.press("Alt+ArrowUp")
    assert lines(cell) == right
    rows = cell.locator(".penguin-order ol li")
    rows.nth(0).drag_to(rows.nth(2))
    assert lines(cell) == [*right[1:3], right[0], *right[3:]]
    rows.nth(2).drag_to(rows.nth(0))
    assert lines(cell) == right
    assert violations(lab.page) == []
    cell.locator(".penguin-run").click()
    cell.locator(".pg-right").first.wait_for(timeout=90_000)
    lab.shoot("clicks-order")


def test_what_is_sought_is_replaced_in_ones_own_cells_alone(lab: Lab) -> None:
    lab.open_lesson("L1")
    cell = lab.answer_cell("L1-01")
    answer = lab.answer_cell("L1-02")
    lab.write(answer, "SELECT guest_id FROM guests")
    text = lab.page.locator(".jp-MarkdownCell .jp-RenderedMarkdown").all_inner_texts()
    lab.page.keyboard.press("Control+F")
    bar = lab.page.get_by_role("search", name=lab.say("find.title"))
    lab.page.keyboard.insert_text("guests")
    assert bar.get_by_role("status").inner_text().split()[0].isdigit()
    bar.get_by_label(lab.say("find.by")).fill("casts")
    bar.get_by_role("button", name=lab.say("find.all"), exact=True).click()
    assert "FROM casts" in answer.locator(".cm-content").inner_text()
    assert lab.page.locator(".jp-MarkdownCell .jp-RenderedMarkdown").all_inner_texts() == text
    assert lab.page.locator(".jp-CodeCell.penguin-example", has_text="FROM guests").count() >= 1
    lab.shoot("find")
    assert violations(lab.page) == []
    lab.page.keyboard.press("Escape")
    assert bar.count() == 0
    assert cell.locator(".penguin-card-name").count() == 1


def test_what_a_replacement_holds_itself_is_not_replaced_again(lab: Lab) -> None:
    lab.open_lesson("L1")
    answer = lab.answer_cell("L1-02")
    lab.write(answer, "SELECT zzz, zzz FROM guests")
    lab.page.keyboard.press("Control+F")
    bar = lab.page.get_by_role("search", name=lab.say("find.title"))
    lab.page.keyboard.insert_text("zzz")
    bar.get_by_label(lab.say("find.by")).fill("zzz_id")
    for _ in range(3):  # the first finds, the others replace
        bar.get_by_role("button", name=lab.say("find.one"), exact=True).click()
    assert "SELECT zzz_id, zzz_id FROM" in answer.locator(".cm-content").inner_text()


def test_what_was_run_is_found_again_and_put_back_where_it_came_from(lab: Lab) -> None:
    lab.open_lesson("L1")
    lab.answer("L1-02", "SELECT guest_id, registered_at_utc FROM guests ORDER BY guest_id LIMIT 5 -- first")
    lab.answer("L1-02", "SELECT 2 AS second")
    lab.press("bar.history")
    sheet = lab.page.get_by_role("dialog", name=lab.say("history.title"))
    sheet.get_by_label(lab.say("history.search")).fill("GUESTS first")
    assert sheet.locator("section:visible").count() == 1
    lab.shoot("history")
    assert violations(lab.page) == []
    sheet.locator("section:visible").get_by_role("button").click()
    assert "-- first" in lab.answer_cell("L1-02").locator(".cm-content").inner_text()
    assert sheet.count() == 0
