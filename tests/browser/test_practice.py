"""Home and a round of practice in JupyterLab, in Japanese and in English."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

import duckdb
import pytest

from classroom.folder import Folder
from classroom.learner.practice.cards import say
from classroom.learner.progress import ProgressStore
from classroom.learner.progress.rounds import RoundBook
from classroom.notebook_names import PRACTICE_NAMES
from coursebook import load_course
from coursebook.answer_cell import drill_of
from coursebook.location import course_root
from coursebook.practice import draw_drill, load_library
from coursebook.practice.spacing import business_day
from coursebook.practice.vague import load_questions, question_of

if TYPE_CHECKING:
    from conftest import Lab
    from playwright.sync_api import Locator

    from coursebook import LessonExercise

pytestmark = pytest.mark.browser

LIBRARY = load_library()


def notebook(lab: Lab) -> Locator:
    return lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")


def open_practice(lab: Lab) -> None:
    lab.page.goto(lab.address(f"doc/tree/{quote(PRACTICE_NAMES[lab.lang])}"))


def press(lab: Lab, line: str) -> None:
    notebook(lab).locator(f"[data-penguin-run='{line}']:visible").first.click(timeout=60_000)
    notebook(lab).locator(f"[data-penguin-run='{line}'][aria-busy]:visible").wait_for(state="detached", timeout=90_000)


def drills(lab: Lab) -> list[Locator]:
    return notebook(lab).locator(".jp-CodeCell[data-exercise^='P']").all()


def open_drill(lab: Lab, answered: set[str]) -> tuple[str, Locator]:
    """The drill whose cell has come last, and that cell."""
    for _ in range(240):
        for cell in drills(lab):
            found = cell.get_attribute("data-exercise") or ""
            if found not in answered:
                return found, cell
        lab.page.wait_for_timeout(250)
    raise AssertionError("no cell for the next drill")


def drawn(lab: Lab, drill: str) -> LessonExercise:
    named = drill_of(drill)
    assert named is not None
    with duckdb.connect(Folder(lab.folder).practice(lab.lang), read_only=True) as connection:
        template = LIBRARY.templates[named[0]]
        schema = load_course().schema
        made = draw_drill(template, named[1], lambda sql: connection.execute(sql).fetchall(), schema, lang=lab.lang)
    assert made is not None
    return made.exercise


def answer(lab: Lab, cell: Locator, sql: str) -> None:
    lab.write(cell, sql)
    lab.run(cell)


def drills_of_round(lab: Lab) -> int:
    return len(RoundBook(ProgressStore(Folder(lab.folder).progress)).rounds()[-1].items)


def test_a_round_is_worked_through_and_home_shows_it(lab: Lab) -> None:
    lab.begin_lessons()
    open_practice(lab)
    press(lab, "%practice")
    answered: set[str] = set()
    open_drill(lab, answered)
    count = drills_of_round(lab)
    for number in range(1, count + 1):
        drill, cell = open_drill(lab, answered)
        exercise = drawn(lab, drill)
        if number == 1:
            lab.shoot("practice-asked")
            answer(lab, cell, exercise.near_misses[0].text)
            assert cell.locator(".pg-right").count() == 0
        answer(lab, cell, exercise.solution)
        cell.locator(".pg-right:not(.old)").first.wait_for(timeout=60_000)
        answered.add(drill)
        if number == 1:
            lab.page.wait_for_timeout(1500)
            lab.shoot("practice-next")
    done = notebook(lab).locator(".pg-card", has_text=say("round_done_title", lab.lang))
    done.wait_for(timeout=60_000)
    assert say("round_done", lab.lang, right=count - 1, count=count) in done.inner_text()
    lab.shoot("practice-done", done)


def test_a_round_that_was_begun_goes_on_in_its_own_cell(lab: Lab) -> None:
    open_practice(lab)
    notebook(lab).locator(".jp-CodeCell[data-exercise^='P']").last.wait_for(state="attached", timeout=60_000)
    lab.wait_until_idle()  # all of the earlier round is there
    before = {each.get_attribute("data-exercise") or "" for each in drills(lab)}
    press(lab, "%practice")
    drill, cell = open_drill(lab, before)
    lab.write(cell, "SELECT 'half' AS word")
    press(lab, "%practice today")  # what stands there is folded
    lab.page.locator(".pg-card", has_text=say("today_title", lab.lang)).last.wait_for(timeout=60_000)
    cell.wait_for(state="hidden")
    lab.page.get_by_role("button", name=lab.say("bar.home"), exact=True).click()
    lab.page.get_by_role("button", name=lab.say("home.in_practice"), exact=True).click()
    cell.wait_for(timeout=60_000)
    assert "half" in cell.locator(".cm-content").inner_text()
    press(lab, "%practice")
    notebook(lab).locator("[data-penguin-run='%practice']:not([aria-busy])").first.wait_for(timeout=60_000)
    lab.wait_until_idle()
    assert [each.get_attribute("data-exercise") for each in drills(lab)].count(drill) == 1
    lab.shoot("practice-goes-on")


def test_the_question_of_the_day_is_asked_on_weekdays(lab: Lab) -> None:
    open_practice(lab)
    press(lab, "%practice today")
    asked = question_of(load_questions(course_root()), business_day(datetime.now(UTC)))
    told = say(
        "today_none" if asked is None else "today_note", lab.lang
    )  # whoever tests at the weekend sees no question
    card = notebook(lab).locator(".pg-card:visible", has_text=told).last  # an earlier one may be folded
    card.wait_for(timeout=60_000)
    lab.shoot("today", card)


def test_home_shows_the_practice_by_itself_and_leads_back_to_it(lab: Lab) -> None:
    lab.open_home()
    home = lab.page.locator(".penguin-home")
    home.get_by_text(lab.say("home.week", count=1), exact=True).wait_for(timeout=60_000)
    home.locator(
        ".penguin-coming", has_text=lab.say("home.coming", days="")
    ).wait_for()  # what was practised comes back
    lab.shoot("home-after-practice")
    begun = home.get_by_role("button", name=lab.say("home.in_practice"), exact=True)  # by the test before this one
    begun.or_(home.get_by_role("button", name=lab.say("home.practice"), exact=True)).first.click()
    notebook(lab).locator("[data-penguin-run='%practice']").first.wait_for(timeout=60_000)
    assert not notebook(lab).get_by_text("%practice").first.is_visible()


def test_who_has_written_sql_before_finds_out_where_to_begin_and_keeps_the_button(lab: Lab) -> None:
    open_practice(lab)
    press(lab, "%placement")
    notebook(lab).locator(".pg-card:visible", has_text=say("placement_ask", lab.lang)).last.wait_for(timeout=60_000)
    lab.shoot("placement-asks")
    press(lab, "%placement start list")
    placed = notebook(lab).locator(".pg-card", has_text=say("placed_title", lab.lang))
    asked = notebook(lab).locator(".pg-card:visible", has_text=say("title_placement", lab.lang))
    unknown = asked.locator("[data-penguin-run='%placement unknown']:visible:not([aria-busy])")  # what waits for one
    over = notebook(lab).get_by_text(lab.say("practice.over"), exact=True)
    before, answered = over.count(), 0
    while True:
        placed.or_(unknown).last.wait_for(timeout=90_000)  # the next question, or the end
        if placed.count():
            break
        lab.shoot(f"placement-{answered + 1}")
        unknown.last.click()
        answered += 1
        over.nth(before + answered - 1).wait_for(state="attached", timeout=60_000)  # what was answered loses its button
        lab.wait_until_idle()
    placed = placed.last
    assert 2 <= answered <= 10
    lab.shoot("placed")
    assert placed.locator("a.pg-go[data-penguin-lesson='L1']").count() == 1
    over = over.locator("visible=true")  # not of folded rounds
    over.nth(1).wait_for(timeout=30_000)
    assert notebook(lab).locator("[data-penguin-run='%placement unknown']").count() == 0
    lab.page.reload()
    lab.page.goto(lab.address(f"doc/tree/{quote(PRACTICE_NAMES[lab.lang])}"))
    over.nth(1).wait_for(timeout=60_000)
    assert notebook(lab).locator("[data-penguin-run='%placement unknown']").count() == 0


LANGS = ("ja",)
