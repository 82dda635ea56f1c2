"""A real Chromium, JupyterLab started by `penguin start`, and screenshots in shots/ for a person to look at."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote, urlsplit

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # what the tests of this folder share
sys.path.append(
    str(Path(__file__).parents[1] / "classroom" / "mentor")
)  # and a class, behind this folder, whose conftest is meant

from serving import SHOTS, free_port, stop, wait_for_url

from classroom.folder import Folder
from classroom.learner.progress import ProgressStore, Try
from classroom.messages import say_in
from classroom.notebook_names import PRACTICE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request

LOCAL = {"localhost", "127.0.0.1"}
BOTH = ("ja", "en")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
NO_BROWSER = "No Chromium on this machine; get one with: uv run playwright install chromium"


def find_chromium() -> str | None:
    """The browser to drive: named by PENGUIN_CHROMIUM, the system's, or the one Playwright has installed."""
    named = os.environ.get("PENGUIN_CHROMIUM")
    system = (shutil.which(each) for each in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
    return named or next(filter(None, system), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window; closed with its file, for an open session of Playwright is a running loop to whatever comes after."""
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
    process: subprocess.Popen[str] | None
    """The server's; None for one that was running already."""
    slow_seconds: ClassVar[int] = 2
    """When a statement says that it still runs; 30 where no test waits for it."""

    @property
    def word(self) -> str:
        """The word that an answer cell begins with."""
        return "解答" if self.lang == "ja" else "Answer"

    def address(self, path: str) -> str:
        """A page of the server, with its token."""
        base, token = self.url.split("/doc", 1)[0], self.url.rsplit("token=", 1)[1]
        return f"{base}/{path}?token={token}"

    def say(self, code: str, **params: object) -> str:
        """A sentence of the page itself."""
        return say_in("classroom.learner.page", code, self.lang, **params)

    def open_home(self) -> None:
        self.page.goto(self.url)
        self.page.locator(".penguin-home-page").wait_for(timeout=90_000)

    def open_lesson(self, lesson: str = "L1") -> None:
        """Bring a lesson to the front, by way of home the first time."""
        if not self.page.locator(".penguin-bar-name", has_text=re.compile(rf"^{lesson} ")).count():
            self.open_home()
            self.page.locator(".penguin-home .penguin-map-lesson", has_text=f"{lesson} ").first.click()
        self.page.locator(".penguin-card-name", has_text=f"{lesson}-").first.wait_for(timeout=60_000)
        self.wait_until_idle()

    def begin_lessons(self) -> None:
        """Give the learner a past: practice asks only what a lesson that was begun has taught."""
        store = ProgressStore(Folder(self.folder).progress)
        for lesson in ("L1", "L2", "L3", "L4"):
            store.record(Try(f"{lesson}-99", datetime.now(UTC), "", "invalid", 0.0))

    def open_practice(self, line: str = "%practice") -> None:
        """Bring the practice page of someone with a past to the front, and press the button of a line there."""
        self.begin_lessons()
        self.page.goto(self.address(f"doc/tree/{quote(PRACTICE_NAMES[self.lang])}"))
        self.page.locator(f"[data-penguin-run='{line}']").first.click(timeout=60_000)
        self.page.locator(".jp-CodeCell[data-exercise^='P']:visible").last.wait_for(timeout=90_000)

    def wait_until_idle(self) -> None:
        """Wait until each kernel that a page is connected to has nothing to do, and at least one is there.

        One whose page went away while it started says "starting" for good: nobody asks it anything. After a page has
        come and gone quickly the server may count no connection to a kernel that the next page is at work with.
        """
        for _ in range(600):  # a machine may be busy
            kernels = self.page.request.get(self.address("api/kernels")).json()
            there = kernels if isinstance(kernels, list) else []
            used = [each for each in there if each["connections"] > 0]
            used = used or [each for each in there if each["execution_state"] != "starting"]
            if used and all(each["execution_state"] == "idle" for each in used):
                return
            self.page.wait_for_timeout(250)
        raise AssertionError(f"no kernel came to rest: {kernels}")

    def save(self) -> None:
        """Save the lesson by its keys, and wait until the page has nothing more to write and is writing nothing."""
        self.wait_until_idle()
        # saves come one after the other, and only this one asks for a checkpoint when it is done
        with self.page.expect_response(
            lambda response: "checkpoints" in response.url and response.status == 201, timeout=60_000
        ):
            self.page.keyboard.press("Control+S")

    def wait_until_saved(self, file: Path, text: str) -> None:
        """Wait until the page has written a text into a lesson's file."""
        for _ in range(240):
            if text in file.read_text(encoding="utf-8"):
                return
            self.page.wait_for_timeout(250)
        raise AssertionError(f"{text} was not saved")

    def press(self, code: str, within: Locator | None = None) -> None:
        """Press the page's button of that name; one that only holds it, such as "▶ …", where none is called just so."""
        place, name = within or self.page.locator("body"), self.say(code)
        exact = place.get_by_role("button", name=name, exact=True)
        (exact if exact.count() else place.get_by_role("button", name=name)).first.click()

    def answer_cell(self, exercise: str) -> Locator:
        name = self.page.locator(".penguin-card-name", has_text=re.compile(rf"{exercise}$"))
        return self.page.locator(".jp-CodeCell", has=name).first

    def scratch(self) -> Locator:
        """A cell for trying things; the same one each time."""
        cell = self.page.locator(".jp-CodeCell.penguin-scratch")
        if not cell.count():
            self.press("cell.try_here", self.answer_cell("L1-02"))
            cell.wait_for(timeout=20_000)
        return cell.first

    def write(self, cell: Locator, text: str) -> None:
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").first.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def answer(self, exercise: str, sql: str) -> Locator:
        """Write an answer, run it, and give its cell once the card is there."""
        cell = self.answer_cell(exercise)
        self.write(cell, sql)
        self.run(cell)
        return cell

    def run(self, cell: Locator) -> None:
        """Run a cell that is being written, and wait for its card."""
        for old in cell.locator(".pg-card").all():
            old.evaluate("element => element.classList.add('old')")
        self.page.keyboard.press("Shift+Enter")
        cell.locator(".pg-card:not(.old, .pg-grading, .pg-slow)").first.wait_for(timeout=90_000)
        cell.locator(".penguin-run:not([disabled])").wait_for(timeout=90_000)

    def climb(self, cell: Locator, rung: str) -> Locator:
        """Press the one button of the hints until this rung is open."""
        button, opened = cell.locator(".pg-panel button.pg-next:not([aria-busy])"), cell.locator(f".pg-rung {rung}")
        for _ in range(6):
            if opened.count():
                break
            button.click(timeout=30_000)
            self.page.wait_for_timeout(1000)
        opened.first.wait_for(timeout=30_000)
        return opened.first

    def help_aside(self, cell: Locator) -> None:
        """Bring out what stands behind the button for what is needed less."""
        cell.locator(".pg-panel button", has_text=say_in("classroom.learner.panel", "button.aside", self.lang)).click()

    def lose_server(self) -> None:
        """End the server as a crash does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def bring_server_back(self) -> None:
        """Start it again in the same folder, as a learner would."""
        self.process = start(self.folder, self.lang, "--port", str(urlsplit(self.url).port))
        assert wait_for_url(self.process) == self.url

    def shoot(self, name: str, what: Locator | None = None) -> None:
        """Leave a picture."""
        place = SHOTS / self.lang / f"{name}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        (what or self.page).screenshot(path=place)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Plays a file in the languages that it names as LANGS, in both if it names none or PENGUIN_TEST_BOTH is set.

    What the page says is held by the files that are played in both; what it does is seen in one: a third of CI saved.
    """
    if "lang" in metafunc.fixturenames:
        both = "PENGUIN_TEST_BOTH" in os.environ
        langs = BOTH if both else getattr(metafunc.module, "LANGS", BOTH)
        metafunc.parametrize("lang", langs, indirect=True, scope="module")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Plays a browser test that failed once more: on a busy machine a browser loses races; the report names each that did."""
    for each in items:
        if each.get_closest_marker("browser"):
            each.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="module")
def lang(request: pytest.FixtureRequest) -> str:
    """The room's language."""
    return str(request.param)


@pytest.fixture(scope="module")
def lab(lang: str, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A learner's first evening; the browser reaches this machine and asks for nothing elsewhere."""
    folder = tmp_path_factory.mktemp(lang) / "second-penguin"
    process = start(folder, lang)
    made: list[Lab] = []
    context = browser.new_context(viewport={"width": 1440, "height": 1500})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    elsewhere = asked_elsewhere(context)
    try:
        made.append(Lab(lang, folder, wait_for_url(process), context.new_page(), process))
        yield made[0]
        assert elsewhere == []
    finally:
        context.close()
        stop(made[0].process if made else process)


def asked_elsewhere(context: BrowserContext) -> list[str]:
    """The addresses on other machines that pages ask for from now on; none is found, see FLAGS.

    They are only listened to: with a route of ours the browser would keep nothing, and compile JupyterLab at every start.
    """
    found: list[str] = []

    def note(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme.startswith("http") and parts.hostname not in LOCAL:
            found.append(request.url)

    context.on("request", note)
    return found


def start(folder: Path, lang: str, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "classroom", "start", "--dir", str(folder), "--lang", lang, "--scale", "small"]
    environment = {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
        "PENGUIN_SLOW_SECONDS": str(Lab.slow_seconds),
    }
    return subprocess.Popen(
        [*command, "--no-browser", "--port", str(free_port()), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment,
    )
