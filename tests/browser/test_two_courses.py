"""Two courses on one hub: a learner opens the second beside the marketplace, is judged, hands in, and gets it back graded."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from company import press_step, running_hub, written_and_run
from serving import SHOTS
from term import Desk

from classroom.mentor.grading.marks import read_marks
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.wording import told
from classroom.messages import say, say_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COURSE = Path(__file__).parents[1] / "second_course"
SOLUTION = (COURSE / "lessons" / "01-who-has-it" / "exercises" / "01-tools" / "solution.sql").read_text(
    encoding="utf-8"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform == "win32", reason="JupyterHub needs a Unix system"),
]


def test_a_second_course_is_learned_beside_the_first(browser: Browser, tmp_path: Path) -> None:
    with running_hub(tmp_path, "ja", beside=COURSE) as hub:
        at_desk, page = hub.sign_in(browser, "sato"), hub.sign_in(browser, "tanaka")
        page.locator(".penguin-home .penguin-map-lesson", has_text="L12 ").first.wait_for()
        hub.open_course(at_desk, "lending", "sato")
        mentor = Desk(at_desk, at_desk.url, "ja", SHOTS)
        mentor.open_class()
        press_step(mentor, "release", told("week.is_released", "ja", lesson="L1"))

        hub.open_course(page, "lending", "tanaka")
        page.locator(".penguin-home .penguin-map-lesson", has_text="L1 ").wait_for()
        assert page.locator(".penguin-home .penguin-map-lesson", has_text="L12 ").count() == 0
        page.screenshot(path=SHOTS / "hub-second-home.png")
        page.locator(".penguin-home .penguin-map-lesson", has_text="L1 ").first.click()
        cell = written_and_run(page, "L1-01", f"-- 解答 L1-01\n{SOLUTION}")
        cell.locator(
            ".pg-card:not(.pg-grading, .pg-slow)", has_text="工具だけを、決まった順に並べられました"
        ).wait_for()
        page.screenshot(path=SHOTS / "hub-second-verdict.png")
        page.goto(f"{hub.url}/user/tanaka/lending/doc")
        row = page.locator(".penguin-class-lessons li[data-lesson=L1]")
        row.locator(".penguin-handin-go").click()
        row.get_by_text(say_in("classroom.learner.page", "handin.sent", "ja")).wait_for()

        press_step(mentor, "collect", re.compile(told("week.collected", "ja", count=r"\d", questions=r"\d")))
        press_step(mentor, "grade", told("week.graded", "ja", graded=1, skipped=0))
        press_step(mentor, "give_back", told("week.given_back", "ja", count=1))
        assert read_marks(MentorFolder(tmp_path / "lending" / "desk"), "L1", "tanaka").exercises["L1-01"].points == 10
        assert (tmp_path / "home" / "tanaka" / "second-penguin" / ".penguin").is_dir()
        assert (tmp_path / "home" / "tanaka" / "second-penguin-lending" / ".penguin").is_dir()
        page.goto(f"{hub.url}/hub/course/no-such-one")
        page.get_by_text(say("hub.no_such_course", "ja", name="no-such-one")).wait_for()
