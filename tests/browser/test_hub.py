"""A real JupyterHub with its proxy: a learner signs in and gets a verdict, a mentor gets the desk, all on one practice file."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError

import psutil
import pytest
from serving import SHOTS
from term import Desk

from classroom.cohort.wording import told
from classroom.messages import say_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

SETTINGS = Path(__file__).parents[2] / "jupyter_config" / "hub" / "jupyterhub_config.py"
PROXY = shutil.which("configurable-http-proxy")
SECRET = "one-secret-for-all"  # noqa: S105  (a hub that lives as long as this test)
WRONG = "-- 解答 L1-02\nSELECT guest_id, verified_at_utc FROM guests ORDER BY guest_id LIMIT 5"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(importlib.util.find_spec("jupyterhub") is None, reason="no JupyterHub: uv sync --extra hub"),
    pytest.mark.skipif(PROXY is None, reason="no proxy: npm install --global configurable-http-proxy"),
]


@dataclass
class Hub:
    """A running hub, and where its users' folders and its log lie."""

    url: str
    place: Path
    process: int
    signed_up: set[str] = field(default_factory=set)

    def sign_in(self, browser: Browser, name: str) -> Page:
        """A page on which somebody has signed in; it waits for the hub to start their server."""
        page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        page.set_default_timeout(150_000)  # a machine may be busy
        if name not in self.signed_up:
            self.sign_up(page, name)
        page.goto(f"{self.url}/hub/login")
        page.fill("#username_input", name)
        page.fill("#password_input", SECRET)
        page.click("#login_submit")
        page.wait_for_url(f"**/user/{name}/**", timeout=180_000)
        return page

    def sign_up(self, page: Page, name: str) -> None:
        """Choose a name and a password, which the hub's own sign-in asks for once."""
        page.goto(f"{self.url}/hub/signup")
        page.fill("#username_input", name)
        for each in page.locator("input[type=password]").all():
            each.fill(SECRET)
        page.click("#signup_submit")
        page.locator(".alert-success").wait_for()
        self.signed_up.add(name)


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """The hub as docs/operators.md has it, but for ports and accounts of the machine, which a test can't make."""
    place = tmp_path_factory.mktemp("hub")
    front, inner, api, judge = free_ports(4)
    penguin = [sys.executable, "-m", "classroom"]
    subprocess.run([*penguin, "hub", "prepare", str(place / "data"), "--scale", "small", "--nights", "1"], check=True)
    (place / "roster.csv").write_text("id,first_name,last_name\ntanaka,花子,田中\n", encoding="utf-8")
    enrolled = ["--roster", str(place / "roster.csv")]
    subprocess.run([*penguin, "mentor", "init", str(place / "course"), "--hub", "--lang", "ja", *enrolled], check=True)
    (place / "config.py").write_text(
        f"load_subconfig({str(SETTINGS)!r})\n"
        "c = get_config()\n"
        "c.NativeAuthenticator.open_signup = True\n"  # no admin has to let them in
        "c.JupyterHub.spawner_class = 'simple'\n"
        f"c.SimpleLocalProcessSpawner.home_dir_template = {str(place / 'home' / '{username}')!r}\n"
        f"c.JupyterHub.bind_url = 'http://127.0.0.1:{front}'\n"
        f"c.JupyterHub.hub_port = {inner}\n"
        f"c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{api}'\n"
        f"c.ConfigurableHTTPProxy.command = {PROXY!r}\n"
    )
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")},
        "PENGUIN_DATA": str(place / "data"),
        "PENGUIN_LANG": "ja",
        "PENGUIN_SIGN_IN": "native",
        "PENGUIN_MENTORS": "sato",
        "PENGUIN_COURSE_FOLDER": str(place / "course"),
        "PENGUIN_SERVICE_ADDRESS": f"http://127.0.0.1:{judge}",
        "PENGUIN_EXCHANGE": str(place / "exchange"),
    }
    with (place / "hub.log").open("wb") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", "config.py"], cwd=place, env=variables, stdout=log, stderr=log
        )
    try:
        wait_for(f"http://127.0.0.1:{front}/hub/login", running, place / "hub.log")
        yield Hub(f"http://127.0.0.1:{front}", place, running.pid)
    finally:
        running.terminate()  # ends the rooms and the proxy too
        running.wait(60)


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url):  # noqa: S310  (our own hub)
                return
        except (URLError, ConnectionError):
            time.sleep(0.5)
    raise AssertionError(log.read_text(errors="replace")[-4000:])


def written_and_run(page: Page, exercise: str, text: str) -> Locator:
    """An exercise's cell of the lesson that is open, after this text was run in it."""
    cell = page.locator(
        ".jp-CodeCell", has=page.locator(".penguin-card-name", has_text=re.compile(f"{exercise}$"))
    ).first
    cell.locator(".cm-content").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)
    page.keyboard.press("Shift+Enter")
    return cell


def press_step(desk: Desk, name: str, said: re.Pattern[str] | str) -> None:
    """Press a step of the week on the class page, and wait for what comes of it."""
    tab = desk.tab("week")
    tab.get_by_role("button", name=told(f"week.{name}", desk.lang), exact=True).click()
    tab.get_by_text(said).first.wait_for()


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
        page.get_by_role("button", name=say_in("classroom.room", code, "ja"), exact=True).first.click()
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
    mentor, page = Desk(hub.sign_in(browser, "sato"), "", "ja", SHOTS), hub.sign_in(browser, "tanaka")
    mentor.page.locator(".jp-Notebook .vega-embed").first.wait_for()
    press_step(mentor, "release", told("week.is_released", "ja", lesson="L1"))
    page.reload()
    row = page.locator(".penguin-class-lessons li[data-lesson=L1]")
    row.locator(".penguin-handin-go").click()
    row.get_by_text(say_in("classroom.room", "handin.sent", "ja")).wait_for()
    page.screenshot(path=SHOTS / "hub-handed-in.png")

    # the page collects by itself, too, so it may have been before
    collected = re.compile(told("week.collected", "ja", count=r"\d", questions=r"\d"))
    press_step(mentor, "collect", collected)
    press_step(mentor, "grade", told("week.graded", "ja", graded=1, refused=0, skipped=0))
    mentor.comment_on_group("L1-02", 1, "並びはよい", "4")
    press_step(mentor, "give_back", told("week.given_back", "ja", count=1))
    page.reload()  # it would look within a minute
    row.get_by_role("button", name=re.compile("^L1 ")).click()
    note = page.locator(".penguin-back-note[data-exercise='L1-02']", has_text="並びはよい")
    note.wait_for()
    note.scroll_into_view_if_needed()
    page.screenshot(path=SHOTS / "hub-feedback.png")

    cell = written_and_run(page, "L1-02", "%ask L1-02 どちらが新しい順ですか")
    cell.locator(".pg-card", has_text=say_in("classroom.panel", "ask.title", "ja")).wait_for()
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
