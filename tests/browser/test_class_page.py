"""The class page in a browser: what to do today, done from there, and the class as one table; in both languages and themes, by keys, without a barrier."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe import violations
from serving import SHOTS, free_port, stop, wait_for_url
from term import Mentor

sys.path.append(str(Path(__file__).parents[1] / "classroom" / "mentor"))  # behind this folder, whose conftest is meant

from class_of_six import class_of_six
from road import shared

from classroom.language import chosen_language
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.place.wording import told
from classroom.messages import say_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from classroom.mentor.place.folder import MentorFolder

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")]
PLACES = ("today", "learners", "teams", "answers", "questions", "lessons")


def say(code: str, lang: str, **params: object) -> str:
    return say_in("classroom.mentor.page", code, lang, **params)


@pytest.fixture(params=[chosen_language()] if chosen_language() else ["ja", "en"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> MentorFolder:
    """The class of six, in each language."""
    made = class_of_six(tmp_path / "course", str(request.param))
    return shared(made, tmp_path / "share")


def test_a_mentors_day_on_the_class_page(folder: MentorFolder, browser: Browser) -> None:
    lang = folder.lang
    process = Mentor(folder.root, folder.root, lang).start(free_port())
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(150_000)  # a machine may be busy
    try:
        page = context.new_page()
        page.goto(wait_for_url(process))
        todays(page, lang)
        for name in PLACES[1:]:
            looked_at(page, lang, name)
        dark_and_narrow(page, lang)
        if lang == "ja" or "PENGUIN_TEST_BOTH" in os.environ:  # what it does is seen in one language
            by_keys(page, lang)
            done_from_today(page, folder)
        a_learners_page(page, lang)
        assert "owned" not in page.title()
        assert page.evaluate("document.querySelectorAll('#penguin-class script, #penguin-class img').length") == 0
    finally:
        context.close()
        stop(process)


def shoot(page: Page, lang: str, name: str) -> None:
    place = SHOTS / lang / f"class-page-{name}.png"
    place.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=place)


def go(page: Page, lang: str, name: str) -> None:
    page.locator("#penguin-class nav").get_by_role("button", name=say(f"bar.{name}", lang), exact=True).click()
    page.locator("#penguin-class main h1").wait_for()


def todays(page: Page, lang: str) -> None:
    """The page opens on today: no file browser, no cell, a line for each thing to do."""
    lines = page.locator(".penguin-desk-today > li")
    lines.first.wait_for()
    kinds = lines.evaluate_all("found => found.map(each => each.dataset.kind)")
    assert kinds == ["stuck", "question", "grade", "comment", "give_back"]
    assert told("today.stuck", lang, count=1) in lines.nth(0).inner_text()
    for hidden in (".jp-Cell", ".jp-FileBrowser", "#jp-menu-panel", ".jp-SideBar"):
        assert not any(each.is_visible() for each in page.locator(hidden).all()), hidden
    shoot(page, lang, "today")
    assert violations(page) == []


def looked_at(page: Page, lang: str, name: str) -> None:
    go(page, lang, name)
    if name == "learners":
        rows = page.locator(".penguin-matrix tbody tr:not(.penguin-matrix-team)")
        assert rows.count() == 6
        assert page.locator(".penguin-matrix-team").all_inner_texts() == ["企画", "営業", say("learners.none", lang)]
        assert page.locator(".penguin-square-to_grade").count() == 2  # the legend's, and endo's
        baba = page.locator(".penguin-matrix tr", has=page.locator("[data-key=learner-baba]")).locator("td").first
        drawn = baba.locator(".penguin-stretches > i").evaluate_all("found => found.map(each => each.className)")
        assert drawn == [f"penguin-stretch-{each}" for each in ("open", "open", "open", "begun", "open")]
        assert say("stretch.begun_of", lang, numbers="4") in (baba.locator(".penguin-heard").text_content() or "")
    if name == "teams":
        a_managers_page(page, lang)
    shoot(page, lang, name)
    assert violations(page) == [], name


def a_managers_page(page: Page, lang: str) -> None:
    """A file that stands alone: opened from the disk it asks nothing of anybody, and has no barrier."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=say("teams.managers_one", lang, name="営業")).click()
    file = SHOTS / lang / "managers.html"
    coming.value.save_as(file)
    opened = page.context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(file.as_uri())
    assert opened.get_by_role("heading", level=2).all_inner_texts() == [
        told("managers.of_team", lang, team="営業", count=2)
    ]
    assert asked == [file.as_uri()]
    shoot(opened, lang, "managers")
    assert violations(opened) == []
    opened.close()


def dark_and_narrow(page: Page, lang: str) -> None:
    """The other theme, and the smallest window: nothing is cut off."""
    go(page, lang, "learners")
    page.get_by_role("button", name=say("bar.more", lang), exact=True).click()
    page.get_by_role("button", name=say("menu.dark", lang), exact=True).click()
    page.wait_for_function("document.body.dataset.jpThemeLight === 'false'")
    assert page.get_by_role("link", name=say("menu.formgrader", lang)).is_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 1024, "height": 768})
    for name in PLACES:
        go(page, lang, name)
        assert violations(page) == [], name
        assert page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.querySelector('#penguin-class'))") <= 0, (
            name
        )
    go(page, lang, "learners")
    shoot(page, lang, "dark")
    page.set_viewport_size({"width": 1366, "height": 768})


def by_keys(page: Page, lang: str) -> None:
    """From the bar to a line's button with Tab and Enter alone."""
    page.locator("#penguin-class nav button").first.focus()
    page.keyboard.press("Enter")
    page.locator(".penguin-desk-today > li").first.wait_for()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.key") == "question-":
            break
    page.keyboard.press("Enter")
    page.locator("article .penguin-desk-wanted").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


def done_from_today(page: Page, folder: MentorFolder) -> None:
    """Answered, graded, commented and given back, until nothing is left."""
    lang, status = folder.lang, page.locator(".penguin-desk-said")
    page.locator("article textarea").fill("DESC")
    page.get_by_role("button", name=say("questions.send", lang)).click()
    status.get_by_text(told("question.on_its_way", lang)).wait_for()
    go(page, lang, "today")
    page.locator("[data-kind=grade] .penguin-primary").click()
    status.get_by_text(told("week.graded", lang, graded=1, skipped=4)).wait_for()
    page.locator("[data-kind=comment] .penguin-primary").click()
    group = page.locator(".penguin-desk-group", has_text="SELECT guest_id").first
    group.locator("textarea").fill("WHERE?")
    group.locator(".penguin-primary").click()
    status.get_by_text(told("group.applied", lang, count=2)).wait_for()
    assert read_marks(folder, "L1", "baba").exercises["L1-07"].comment == "WHERE?"
    go(page, lang, "today")
    stuck = page.locator("[data-kind=stuck]")
    stuck.locator("summary").click()
    stuck.locator("textarea").fill("一緒に / together")
    stuck.get_by_role("button", name=say("today.send", lang)).click()
    status.get_by_text(re.compile("土井")).wait_for()
    page.locator("[data-kind=give_back] .penguin-primary").click()
    status.get_by_text(told("week.given_back", lang, count=5)).wait_for()
    page.get_by_text(say("today.nothing", lang)).wait_for()
    shoot(page, lang, "nothing")


def a_learners_page(page: Page, lang: str) -> None:
    go(page, lang, "learners")
    page.locator("[data-key=learner-doi]").click()
    page.get_by_role("heading", name=re.compile("doi")).wait_for()
    page.locator("details[data-key^=try-] summary").first.click()
    assert page.get_by_text("SELECT 2 AS n").is_visible()
    shoot(page, lang, "learner")
    assert violations(page) == []
