"""A learner with nobody to ask: the ladder alone leads through, and the room's tools work with a mouse and offline."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from serving import notebook_in

from classroom.learner.panel.offer import sentence
from classroom.messages import say
from coursebook import load_course

if TYPE_CHECKING:
    from conftest import Lab
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser

TOKYO = {"ja": "東京都", "en": "Tokyo"}
NEWEST = """SELECT guest_id, registered_at_utc
FROM guests
WHERE prefecture = '{}'
ORDER BY registered_at_utc DESC, guest_id
LIMIT 10"""


def label(name: str, lang: str) -> str:
    return sentence(name, lang)


def press(cell: Locator, lab: Lab, name: str) -> None:
    cell.locator(".pg-panel button", has_text=label(name, lab.lang)).first.click()


def solution_of(cell: Locator, lab: Lab) -> str:
    """The solution, at the top of the ladder; the button asks once whether one is sure."""
    count = re.search(r"/(\d)", cell.locator("button.pg-next").inner_text())
    assert count is not None
    head = label("button.solution", lab.lang)
    lab.climb(cell, f"h5:has-text('{count[1]}/{count[1]}'):has-text('{head}')")
    return cell.locator(".pg-rung", has_text=head).locator("pre").first.inner_text()


def letters(text: str) -> str:
    return re.sub(r"[\s`*_]", "", text)


def source_of(cell: Locator) -> str:
    return cell.locator(".cm-content").first.inner_text()


def test_a_forgotten_condition_is_found_by_climbing_the_ladder(lab: Lab) -> None:
    lab.open_lesson()
    cell = lab.answer("L1-07", NEWEST.format(TOKYO[lab.lang]))
    lab.climb(cell, ".pg-hint-idea")
    assert "WHERE" in lab.climb(cell, ".pg-hint-place").inner_text()
    lab.climb(cell, "input[type=text]")
    told = cell.locator(".pg-rung:not(:has(input))")
    assert told.evaluate_all("all => all.filter(each => each.scrollWidth > each.clientWidth).length") == 0
    blanks = cell.locator(".pg-panel input[type=text]")
    for number, word in enumerate(["AND", "NOT", "nickname"]):
        blanks.nth(number).fill(word)
        blanks.nth(number).press("Tab")
    press(cell, lab, "simpler.check")
    cell.locator(".pg-panel .pg-wrong", has_text="[3]").wait_for(timeout=60_000)
    lab.shoot("simpler-wrong", cell)
    blanks.nth(2).fill("is_test")
    blanks.nth(2).press("Tab")
    press(cell, lab, "simpler.check")
    cell.locator(".pg-panel .pg-right").wait_for(timeout=60_000)
    lab.shoot("simpler-right", cell)
    cell.locator(".pg-panel [data-penguin-source]", has_text=label("simpler.take", lab.lang)).click()
    cell = lab.answer_cell("L1-07")
    assert "NOT is_test" in source_of(cell)
    cell = lab.answer("L1-07", source_of(cell))
    assert say("verdict.accepted", lab.lang) in cell.locator(".pg-right").first.inner_text()


def test_a_misspelt_column_is_overcome_with_the_solution(lab: Lab) -> None:
    lab.open_lesson()
    cell = lab.answer("L1-05", "SELECT cast_id, display_nam\nFROM casts")
    assert say("error.title", lab.lang) in cell.inner_text()
    cell = lab.answer("L1-05", "SELECT cast_id\nFROM casts")
    cell = lab.answer("L1-05", solution_of(cell, lab))
    assert say("verdict.accepted", lab.lang) in cell.locator(".pg-right").first.inner_text()


def test_the_commonest_mistakes_of_lesson_one_are_got_over_with_the_ladder_alone(lab: Lab) -> None:
    lab.open_lesson()
    lesson = load_course().lessons[0]
    written = [each.in_language(lab.lang) for each in lesson.placed_exercises(lab.lang) if each.kind.letter in "WFB"]
    assert len(written) == 7
    for exercise in written[::2]:  # a minute of CI saved
        for mistake in exercise.near_misses[:2]:
            cell = lab.answer(exercise.id, mistake.text)
            assert cell.locator(".pg-right").count() == 0, mistake.stem
        if cell.locator(".pg-verdict").count():  # a text that does not run gets an error card instead
            idea = lab.climb(cell, ".pg-hint-idea").inner_text()
            assert letters(exercise.hint(mistake.stem, lab.lang))[:12] in letters(idea)
        cell = lab.answer(exercise.id, solution_of(cell, lab))
        assert say("verdict.accepted", lab.lang) in cell.locator(".pg-right").first.inner_text(), exercise.id


def test_an_earlier_try_can_be_put_back(lab: Lab) -> None:
    lab.open_lesson()
    lab.answer("L1-10", "SELECT 1 AS first_try")
    cell = lab.answer("L1-10", "SELECT 2 AS second_try")
    lab.press("cell.tries", cell)
    tries = lab.page.locator(".penguin-tries details")
    tries.first.wait_for(timeout=30_000)
    assert tries.count() >= 2
    tries.nth(1).locator("summary").click()
    lab.shoot("tries")
    tries.nth(1).get_by_role("button", name=lab.say("cell.tries_use")).click()
    assert "first_try" in source_of(lab.answer_cell("L1-10"))
    assert tries.count() == 0


def test_a_right_answer_is_stepped_through_checked_and_taken_to_bigquery(lab: Lab) -> None:
    lab.open_lesson()
    right = NEWEST.format(TOKYO[lab.lang]).replace("\nORDER", " AND NOT is_test\nORDER")
    cell = lab.answer("L1-07", right)
    cell.locator(".pg-right").first.wait_for(timeout=30_000)
    lab.help_aside(cell)
    for name, shows in (("steps", "LIMIT 10"), ("check", "DISTINCT guest_id"), ("bigquery", "`guests`")):
        press(cell, lab, f"button.{name}")
        cell.locator(".pg-drawer pre", has_text=shows).first.wait_for(timeout=30_000)
        lab.shoot(name, cell)
    assert (
        cell.locator(".pg-panel button", has_text=label("button.chart", lab.lang)).count() == 0
    )  # nothing is measured


def test_a_drawing_is_chosen_and_its_line_written_into_the_cell(lab: Lab) -> None:
    lab.open_lesson()
    cell = lab.answer_cell("L1-02")
    lab.write(cell, "SELECT prefecture, COUNT(*) AS guests FROM guests GROUP BY prefecture\n%chart")
    cell = lab.page.locator(".jp-CodeCell", has_text="COUNT(*) AS guests").first
    lab.page.keyboard.press("Control+Enter")
    cell.locator(".vega-embed").first.wait_for(timeout=90_000)
    lab.shoot("chart-picker", cell)
    cell.locator("[data-penguin-append]").click()
    assert "%chart bar x=prefecture y=guests" in source_of(cell)
    lab.write(cell, f"-- {lab.word} L1-02\n")


def test_full_width_signs_are_mended_with_one_button(lab: Lab) -> None:
    lab.open_lesson()
    cell = lab.answer("L1-04", "SELECT guest_id， nickname\nFROM guests")
    lab.shoot("mend", cell)
    cell.locator(".pg-wrong [data-penguin-source]").click()
    cell.locator(".pg-verdict").wait_for(timeout=60_000)
    assert "guest_id, nickname" in source_of(cell)
    assert cell.get_by_text(say("error.title", lab.lang)).count() == 0


def test_a_lesson_ends_with_its_list_handed_over(lab: Lab) -> None:
    lab.open_lesson()
    lab.answer("L1-07", NEWEST.format(TOKYO[lab.lang]).replace("\nORDER", " AND NOT is_test\nORDER"))
    cell = lab.page.locator(".penguin-finish")
    assert not cell.locator(".cm-content").is_visible()
    lab.press("cell.hand_over", cell)
    cell.locator("blockquote.pg-reply").wait_for(timeout=30_000)
    lab.shoot("finish", cell)
    with lab.page.expect_download(timeout=30_000) as download:
        cell.locator("[data-penguin-file*='xlsx']").first.click()
    assert download.value.suggested_filename.endswith(".xlsx")
    assert cell.locator("a.pg-go").count() == 1


def test_a_result_goes_to_a_spreadsheet(lab: Lab) -> None:
    lab.open_lesson()
    cell = lab.answer("L1-07", NEWEST.format(TOKYO[lab.lang]))
    for kind in ("csv", "xlsx"):
        with lab.page.expect_download(timeout=30_000) as download:
            cell.locator(f"[data-penguin-file*='{kind}']").first.click()
        assert download.value.suggested_filename.endswith(f".{kind}")
    cell.locator("[data-penguin-copy]").first.click()
    lab.page.wait_for_timeout(300)
    copied = lab.page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0] == "guest_id\tregistered_at_utc"
    assert len(copied) == 11


def test_the_tables_at_the_side_are_searched_and_write_a_name(lab: Lab) -> None:
    lab.open_lesson()
    lab.page.get_by_role("button", name=lab.say("bar.tables"), exact=True).click()
    field = lab.page.locator(".penguin-tables [data-penguin-search]")
    field.wait_for(timeout=30_000)
    cell = lab.answer_cell("L1-02")
    lab.write(cell, "SELECT ")
    field.fill("都道府県" if lab.lang == "ja" else "prefecture")
    name = lab.page.locator(".penguin-tables .pg-name:visible", has_text="prefecture").first
    name.wait_for(timeout=30_000)
    lab.page.wait_for_timeout(1500)
    lab.shoot("tables")
    lab.page.locator(".penguin-tables .pg-name:visible", has_text="prefecture").first.click()
    assert "SELECT prefecture" in source_of(lab.answer_cell("L1-02"))
    lab.page.locator(".penguin-tables [data-penguin-open='%schema er']").click()
    lab.page.locator(".penguin-page img").wait_for(timeout=30_000)
    lab.shoot("er")
    lab.press("bar.back")
    assert lab.answer_cell("L1-02").is_visible()
    lab.page.get_by_role("button", name=lab.say("bar.tables"), exact=True).click()


def test_an_untrusted_notebook_still_shows_results_and_verdicts(lab: Lab) -> None:
    lab.open_lesson()
    lab.answer("L1-07", NEWEST.format(TOKYO[lab.lang]))
    lab.page.wait_for_timeout(1500)
    lab.page.keyboard.press("Escape")
    lab.page.keyboard.press("Control+S")
    lab.page.wait_for_timeout(2500)
    notebook = notebook_in(next(lab.folder.glob("01 *.ipynb")))
    kept = [each for each in notebook["cells"] if "L1-07" in "".join(each["source"])]
    (lab.folder / "copy.ipynb").write_text(json.dumps({**notebook, "cells": kept}), encoding="utf-8")
    page = lab.page.context.new_page()
    page.goto(lab.address("doc/tree/copy.ipynb"))
    card = page.locator(".pg-card", has_text=say("verdict.refuted", lab.lang)).first
    card.wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    lab.shoot("untrusted", page.locator(".jp-NotebookPanel").first)
    assert "guest_id" in page.locator(".jp-OutputArea").first.inner_text()
    assert "Error displaying widget" not in page.locator("body").inner_text()
    page.close()


LANGS = ("en",)
