"""A real Chromium, JupyterLab started by `penguin start`, and screenshots in shots/ for a person to look at."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # what the tests of this folder share

from serving import SHOTS, stop, wait_for_url

from classroom.messages import say_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page, Route

LOCAL = {"localhost", "127.0.0.1"}
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NO_BROWSER = "No Chromium on this machine; get one with: uv run playwright install chromium"


def find_chromium() -> str | None:
    """The browser to drive: named by PENGUIN_CHROMIUM, the system's, or the one Playwright has installed."""
    named = os.environ.get("PENGUIN_CHROMIUM")
    system = (shutil.which(each) for each in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
    return named or next(filter(None, system), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            running = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        except Error:
            pytest.skip(NO_BROWSER)
        yield running
        running.close()


@dataclass
class Lab:
    """JupyterLab on one learner's folder, with a page open in it."""

    lang: str
    folder: Path
    url: str
    page: Page
    slow_seconds: ClassVar[int] = 2
    """When a statement says that it still runs; 30 where no test waits for it."""

    @property
    def word(self) -> str:
        """The word that an answer cell begins with."""
        return "解答" if self.lang == "ja" else "Answer"

    def address(self, path: str) -> str:
        """A page of the server, with its token."""
        base, token = self.url.split("/lab", 1)[0], self.url.rsplit("token=", 1)[1]
        return f"{base}/{path}?token={token}"

    def open_home(self) -> None:
        self.page.goto(self.url)
        self.page.locator(".jp-Notebook h2 a").first.wait_for(timeout=90_000)

    def open_lesson(self) -> None:
        """Bring lesson 1 to the front, by way of the home notebook the first time."""
        tab = self.page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text=re.compile(r"^01 "))
        if tab.count():
            tab.first.click()
        else:
            self.open_home()
            self.page.locator(".jp-Notebook h2 a:not(.jp-InternalAnchorLink)").first.click()
        self.answer_cell("L1-07").wait_for(timeout=60_000)
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        """Wait for the kernel of the notebook in front; JupyterLab asks which kernel to take if a cell is run before."""
        self.page.get_by_text(re.compile(r"SQL \| (Idle|アイドル)")).first.wait_for(timeout=60_000)

    def answer_cell(self, exercise: str) -> Locator:
        line = self.page.locator(".cm-line", has_text=re.compile(rf"^-- (解答|Answer) {exercise}"))
        return self.page.locator(".jp-CodeCell", has=line).first

    def write(self, cell: Locator, text: str) -> None:
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").first.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def answer(self, exercise: str, sql: str) -> Locator:
        """Write an answer, run it, and give its cell once the card is there."""
        cell = self.answer_cell(exercise)
        self.write(cell, f"-- {self.word} {exercise}\n{sql}")
        for old in cell.locator(".pg-card").all():
            old.evaluate("element => element.classList.add('old')")
        self.page.keyboard.press("Control+Enter")
        cell.locator(".pg-card:not(.old, .pg-grading, .pg-slow)").first.wait_for(timeout=90_000)
        return cell

    def climb(self, cell: Locator, rung: str) -> Locator:
        """Press the one button of the hints until this rung is open."""
        button, opened = cell.locator(".pg-panel button.pg-next"), cell.locator(f".pg-rung {rung}")
        for _ in range(6):
            if opened.count():
                break
            button.click(timeout=30_000)
            self.page.wait_for_timeout(1000)
        opened.first.wait_for(timeout=30_000)
        return opened.first

    def help_aside(self, cell: Locator) -> None:
        """Bring out what stands behind the button for what is needed less."""
        cell.locator(".pg-panel button", has_text=say_in("classroom.panel", "button.aside", self.lang)).click()

    def shoot(self, name: str, what: Locator | None = None) -> None:
        """Leave a picture."""
        place = SHOTS / self.lang / f"{name}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        (what or self.page).screenshot(path=place)


@pytest.fixture(scope="module", params=["ja", "en"])
def lab(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A learner's first evening, in each language; the browser reaches this machine and asks for nothing elsewhere."""
    lang = str(request.param)
    folder = tmp_path_factory.mktemp(lang) / "second-penguin"
    process = start(folder, lang)
    context = browser.new_context(viewport={"width": 1440, "height": 1500})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    refused: list[str] = []
    context.route("http*://**", lambda route: only_here(route, refused))
    try:
        yield Lab(lang, folder, wait_for_url(process), context.new_page())
        assert refused == []
    finally:
        context.close()
        stop(process)


def only_here(route: Route, refused: list[str]) -> None:
    if urlsplit(route.request.url).hostname in LOCAL:
        route.continue_()
    else:
        refused.append(route.request.url)
        route.abort()


def start(folder: Path, lang: str, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "classroom", "start", "--dir", str(folder), "--lang", lang, "--scale", "small"]
    environment = {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
        "PENGUIN_SLOW_SECONDS": str(Lab.slow_seconds),
    }
    return subprocess.Popen(
        [*command, "--no-browser", "--port", "8940", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment,
    )
