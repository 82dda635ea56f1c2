"""What a learner wrote is safe: files renamed and deleted, the server killed, the page closed and opened again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe import violations
from serving import notebook_in

from classroom.exchange.expo.words import plain
from classroom.learner.expo.store import ExpoStore
from classroom.learner.panel.offer import sentence
from classroom.messages import say_in
from coursebook import load_course

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Lab

pytestmark = pytest.mark.browser
MAKES_ROOM = """() => {
    const said = document.querySelector('.penguin-banner').getBoundingClientRect();
    const lesson = document.querySelector('.jp-NotebookPanel .jp-WindowedPanel-outer').getBoundingClientRect();
    return said.height > 0 && lesson.top >= said.bottom;
}"""


def source_of(lab: Lab, exercise: str) -> str:
    return lab.answer_cell(exercise).locator(".cm-content").first.inner_text()


def lesson_files(lab: Lab) -> list[Path]:
    """The notebooks of lesson 1, by what their metadata says; home and practice name lessons too."""
    # Jupyter keeps what was there under a name with a dot until the new file is whole
    read = {each: notebook_in(each) for each in lab.folder.glob("[!.]*.ipynb")}
    return [each for each, book in read.items() if book["metadata"].get("penguin", {}).get("lesson") == "L1"]


def test_what_is_written_is_saved_by_itself_and_the_page_may_be_closed_at_once(lab: Lab) -> None:
    lab.open_lesson()
    lab.write(lab.answer_cell("L1-10"), "SELECT 'kept' AS word")
    lab.page.goto("about:blank")
    lab.open_lesson()
    assert "kept" in source_of(lab, "L1-10")


def test_a_renamed_lesson_is_opened_from_home(lab: Lab) -> None:
    lab.save()
    lab.page.goto("about:blank")
    (before,) = lesson_files(lab)
    renamed = before.rename(lab.folder / "mine.ipynb")
    lab.open_lesson()
    assert "kept" in source_of(lab, "L1-10")
    assert lesson_files(lab) == [renamed]


def test_a_deleted_lesson_comes_back_with_its_answers(lab: Lab) -> None:
    lab.open_lesson()
    right = load_course().exercise("L1-07").in_language(lab.lang).solution
    lab.answer("L1-07", right)
    lab.save()  # one that is under way would write the file anew
    lab.page.goto("about:blank")
    for each in lesson_files(lab):
        each.unlink()
    lab.open_home()
    lesson = lab.page.locator(".penguin-home .penguin-map-lesson", has_text="L1 ").first
    assert lab.say("map.missing") in lesson.inner_text()
    lesson.click()
    lab.page.locator(".penguin-banner", has_text="L1 ").wait_for(timeout=30_000)
    lab.shoot("made-anew")
    lab.answer_cell("L1-07").wait_for(timeout=60_000)
    lab.page.wait_for_timeout(1000)
    assert right.strip() in source_of(lab, "L1-07").replace("\xa0", " ")


def test_hints_can_be_read_on_another_evening_and_their_buttons_come_back_with_a_run(lab: Lab) -> None:
    lab.open_lesson()
    wrong = load_course().exercise("L1-05").in_language(lab.lang).near_misses[0].text
    lab.answer("L1-05", wrong).locator(".pg-panel").wait_for(timeout=30_000)
    lab.wait_until_saved(lesson_files(lab)[0], "widget-view")
    lab.page.goto("about:blank")
    for kernel in lab.page.request.get(lab.address("api/kernels")).json():
        lab.page.request.delete(lab.address(f"api/kernels/{kernel['id']}"))
    lab.open_lesson()
    cell = lab.answer_cell("L1-05")
    again = say_in("classroom.learner.panel", "rerun", lab.lang)
    cell.get_by_text(again).wait_for(timeout=60_000)
    hint = cell.locator("summary", has_text=sentence("button.idea", lab.lang))
    hint.click()
    assert cell.get_by_text("%hint").first.is_hidden()
    lab.shoot("another-evening", cell)
    cell.locator(".cm-content").first.click()
    lab.run(cell)
    cell.locator(".pg-panel button.pg-next").wait_for(timeout=30_000)
    assert cell.get_by_text(again).count() == 0


def test_a_killed_server_is_told_and_all_goes_on_once_it_is_back(lab: Lab) -> None:
    page = lab.page
    lab.open_lesson()
    lab.write(lab.answer_cell("L1-05"), "SELECT 'before' AS word")
    lab.lose_server()
    page.keyboard.press("End")
    page.keyboard.insert_text(" -- and after")
    page.locator(".penguin-banner", has_text=lab.say("lost.title")).wait_for(timeout=30_000)
    page.wait_for_function(MAKES_ROOM, timeout=30_000)  # the lesson's first line is not behind what is said
    page.keyboard.press("Control+S")
    page.wait_for_timeout(1500)
    lab.shoot("lost")
    assert page.locator(".jp-Dialog").count() == 0
    lab.bring_server_back()
    page.locator(".penguin-banner", has_text=lab.say("lost.back")).wait_for(timeout=60_000)
    lab.shoot("back")
    lab.wait_until_saved(lesson_files(lab)[0], "and after")
    lab.wait_until_idle()
    cell = lab.answer("L1-07", load_course().exercise("L1-07").in_language(lab.lang).solution)
    assert cell.locator(".pg-right").count()


def test_the_home_page_needs_no_kernel(lab: Lab) -> None:
    for kernel in lab.page.request.get(lab.address("api/kernels")).json():
        lab.page.request.delete(lab.address(f"api/kernels/{kernel['id']}"))
    lab.open_home()
    lab.page.wait_for_timeout(2000)
    assert lab.page.request.get(lab.address("api/kernels")).json() == []


def test_only_one_lesson_keeps_a_kernel(lab: Lab) -> None:
    lab.open_lesson("L1")
    lab.page.get_by_role("button", name=lab.say("bar.map")).click()
    lab.page.locator(".penguin-drawer .penguin-map-lesson", has_text="L2 ").click()
    lab.page.locator(".penguin-card-name", has_text=re.compile("L2-")).first.wait_for(timeout=60_000)
    lab.wait_until_idle()
    assert _comes_to_one_kernel(lab)


def test_a_page_that_was_closed_leaves_its_kernel_only_until_the_next_lesson(lab: Lab) -> None:
    lab.open_lesson("L2")
    lab.page.goto("about:blank")
    lab.open_lesson("L1")
    assert _comes_to_one_kernel(lab)


def _comes_to_one_kernel(lab: Lab) -> bool:
    """Whether the server is left with a single kernel; one that is shut down takes as long as the machine lets it.

    A kernel that its page left while it started is known as left a minute later.
    """
    for _ in range(400):
        if len(lab.page.request.get(lab.address("api/kernels")).json()) == 1:
            return True
        lab.page.wait_for_timeout(250)
    return False


def test_what_is_typed_into_the_expo_is_kept_without_a_press_and_when_the_server_answers_again(lab: Lab) -> None:
    page, kept = lab.page, ExpoStore(lab.folder / ".penguin" / "expo.sqlite")
    lab.open_home()
    lab.press("bar.expo")
    page.locator("[data-bi-go='step/issue'].penguin-primary").click(timeout=60_000)
    field, following = page.locator("[name='issue.name']"), page.locator("[data-bi-live='next']")
    field.wait_for(timeout=60_000)
    page.route("**/penguin/expo?*", lambda route: route.abort())
    field.fill("1時間の壁")
    page.locator("#penguin-expo > .penguin-bi-warning").wait_for(timeout=30_000)
    page.unroute("**/penguin/expo?*")
    page.locator("#penguin-expo > .penguin-bi-warning").wait_for(state="detached", timeout=60_000)
    assert kept.expo().issue.name == "1時間の壁"
    assert plain("field.issue.name", lab.lang) not in following.inner_text()  # nothing was pressed

    page.locator("[data-bi-go='step/checks']").first.click()
    page.locator("form", has=page.locator("[name='check.1.sql']")).locator(".cm-content").click()
    page.keyboard.insert_text("SELECT COUNT(*) = COUNT(DISTINCT talk_id) FROM talks")
    page.locator("[data-bi-do='expo/run'][data-bi-fields*='check.1']").click()
    page.locator("#penguin-expo article li").first.wait_for(timeout=90_000)
    assert violations(page) == []


def test_a_lesson_is_opened_without_asking_for_what_is_shut(lab: Lab) -> None:
    refused: list[str] = []
    lab.page.on("response", lambda each: refused.append(each.url) if each.status >= 400 else None)
    lab.page.goto("about:blank")
    lab.open_lesson("L1")
    lab.page.wait_for_timeout(3000)
    assert refused == []


LANGS = ("ja",)
