"""A course on tables of its own, opened in the browser: what it has not is not offered, its tables are at the side."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import free_port, stop, wait_for_url

from classroom.messages import say_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
COURSE = Path(__file__).parents[1] / "second_course"


def test_the_course_opens(browser: Browser, lang: str, tmp_path: Path) -> None:
    def said(code: str) -> str:
        return say_in("classroom.learner.page", code, lang)

    command = [sys.executable, "-m", "classroom", "start", "--course", str(COURSE), "--dir", str(tmp_path / "room")]
    server = subprocess.Popen(
        [*command, "--lang", lang, "--no-browser", "--port", str(free_port())],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    try:
        page = context.new_page()
        page.goto(wait_for_url(server))
        page.locator(".penguin-home .penguin-map-lesson", has_text="L1 ").wait_for(timeout=90_000)
        offered = page.locator(".penguin-bar button:visible").all_inner_texts()
        assert said("bar.home") in [each.strip() for each in offered]
        assert not {said("bar.bi"), said("bar.expo")} & {each.strip() for each in offered}
        page.locator(".penguin-home").get_by_role("button", name=said("home.free")).click()
        page.locator(".jp-CodeCell .cm-content", has_text="LIMIT 10").first.click(timeout=90_000)
        page.keyboard.press("Shift+Enter")
        page.locator(".jp-CodeCell .jp-OutputArea table").first.wait_for(timeout=90_000)
        page.get_by_role("button", name=said("bar.tables")).first.click()
        page.locator(".penguin-tables-body summary", has_text="loans").wait_for(timeout=90_000)
        assert not page.locator(".penguin-tables-body summary", has_text="guests").count()
    finally:
        context.close()
        stop(server)
