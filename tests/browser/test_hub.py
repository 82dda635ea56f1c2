"""A real JupyterHub with its proxy: a learner signs in and gets a verdict, a mentor gets the desk, all on one practice file."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import psutil
import pytest
from company import Hub, press_step, running_hub, written_and_run
from serving import SHOTS
from term import Desk

from classroom.mentor.place.wording import told
from classroom.messages import say_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

WRONG = "-- 解答 L1-02\nSELECT guest_id, verified_at_utc FROM guests ORDER BY guest_id LIMIT 5"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform == "win32", reason="JupyterHub needs a Unix system"),
]


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with running_hub(tmp_path_factory.mktemp("hub"), "ja") as running:
        yield running


def test_a_learner_signs_in_lands_on_home_and_is_judged(hub: Hub, browser: Browser) -> None:
    page = hub.sign_in(browser, "tanaka")
    page.locator(".penguin-home-page").wait_for()
    assert 'id="penguin-splash"' in page.request.get(page.url).text()
    page.screenshot(path=SHOTS / "hub-home.png")
    page.locator(".penguin-home .penguin-map-lesson", has_text="L1 ").first.click()
    cell = written_and_run(page, "L1-02", WRONG)
    cell.locator(".pg-card:not(.pg-grading, .pg-slow)", has_text="registered_at_utc").wait_for()
    page.screenshot(path=SHOTS / "hub-verdict.png")
    for code in ("bar.more", "menu.leave"):
        page.get_by_role("button", name=say_in("classroom.learner.page", code, "ja"), exact=True).first.click()
    page.wait_for_url("**/hub/**")
    page.context.close()


def test_one_service_judges_and_no_room_has_a_judge_or_a_solution(hub: Hub) -> None:
    processes = psutil.Process(hub.process).children(recursive=True)
    (room,) = (each for each in processes if "classroom.hub.singleuser" in each.cmdline())
    (service,) = (each for each in processes if "serve" in each.cmdline())
    commands = [" ".join(each.cmdline()) for each in room.children(recursive=True)]
    assert any("classroom.kernel" in each for each in commands)
    assert not any("multiprocessing" in each for each in commands)
    assert any("multiprocessing" in " ".join(each.cmdline()) for each in service.children(recursive=True))
    edition = hub.place / "data" / "course"
    assert room.environ()["PENGUIN_COURSE"] == str(edition)
    assert not list(edition.rglob("solution*.sql"))
    assert not list(edition.rglob("near-misses"))


def test_all_read_one_practice_file_that_nobody_can_change(hub: Hub) -> None:
    folder = hub.place / "home" / "tanaka" / "second-penguin"
    assert not list(folder.rglob("*.duckdb"))
    files = [each for each in (hub.place / "data").rglob("*") if each.is_file()]
    assert {each.stat().st_mode & 0o777 for each in files} == {0o444, 0o400}
    assert {each.name.split(".", 1)[1] for each in files if each.stat().st_mode & 0o777 == 0o400} == {"manifest.json"}


def test_a_learners_folder_is_theirs_alone(hub: Hub) -> None:
    folder = hub.place / "home" / "tanaka" / "second-penguin"
    assert [each for each in (folder, *folder.rglob("*")) if each.stat().st_mode & 0o077] == []


def test_a_week_between_a_learner_and_a_mentor_goes_through_the_hub(hub: Hub, browser: Browser) -> None:
    """The learner's room opened before the class was out; what is handed in, graded, commented and asked comes and goes by buttons."""
    at_desk, page = hub.sign_in(browser, "sato"), hub.sign_in(browser, "tanaka")
    at_desk.get_by_text(say_in("classroom.mentor.page", "today.not_out", "ja")).wait_for()
    mentor = Desk(at_desk, at_desk.url, "ja", SHOTS)
    mentor.open_class()
    press_step(mentor, "release", told("week.is_released", "ja", lesson="L1"))
    page.reload()
    row = page.locator(".penguin-class-lessons li[data-lesson=L1]")
    row.locator(".penguin-handin-go").click()
    row.get_by_text(say_in("classroom.learner.page", "handin.sent", "ja")).wait_for()
    page.screenshot(path=SHOTS / "hub-handed-in.png")

    # the page collects by itself, too, so it may have been before
    collected = re.compile(told("week.collected", "ja", count=r"\d", questions=r"\d"))
    press_step(mentor, "collect", collected)
    press_step(mentor, "grade", told("week.graded", "ja", graded=1, skipped=0))
    mentor.comment_on_group("L1-02", 1, "並びはよい", "4")
    press_step(mentor, "give_back", told("week.given_back", "ja", count=1))
    page.reload()  # it would look within a minute
    row.get_by_role("button", name=re.compile("^L1 ")).click()
    note = page.locator(".penguin-back-note[data-exercise='L1-02']", has_text="並びはよい")
    note.wait_for()
    note.scroll_into_view_if_needed()
    page.screenshot(path=SHOTS / "hub-feedback.png")

    cell = written_and_run(page, "L1-02", "%ask L1-02 どちらが新しい順ですか")
    cell.locator(".pg-card", has_text=say_in("classroom.learner.panel", "ask.title", "ja")).wait_for()
    for _ in range(40):
        press_step(mentor, "collect", collected)
        if mentor.tab("questions").locator("textarea").count():
            break
        page.wait_for_timeout(1000)
    mentor.answer_question("DESC を付けます", told("question.on_its_way", "ja"))
    page.goto(f"{hub.url}/user/tanaka/doc")
    answered = page.locator(".penguin-question", has_text="どちらが新しい順ですか")
    answered.locator("blockquote", has_text="DESC を付けます").nth(1).wait_for(state="attached")
    for each in answered.all():  # their own, and everybody's without a name
        each.locator("summary").click()
    page.screenshot(path=SHOTS / "hub-answered.png")
    for each in (page, mentor.page):
        each.context.close()
