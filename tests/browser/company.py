"""A company's JupyterHub with its proxy as docs/operators.md has it: who signs in, what a learner writes, what a mentor presses."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError

from serving import free_ports

sys.path.append(str(Path(__file__).parents[1] / "classroom" / "mentor"))  # behind this folder, whose conftest is meant

from cohort import seeded

from classroom.mentor.place.wording import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page
    from term import Desk

SETTINGS = Path(__file__).parents[2] / "jupyter_config" / "hub" / "jupyterhub_config.py"


def find_proxy(environment: Path) -> str:
    """The proxy that operators install with Node; on a machine without it the one in Python that comes with the tests."""
    elsewhere = [each for each in os.environ["PATH"].split(os.pathsep) if Path(each) != environment]
    own = environment / "configurable-http-proxy"
    return shutil.which(own.name, path=os.pathsep.join(elsewhere)) or str(own)


PROXY = find_proxy(Path(sys.executable).parent)
SECRET = "one-secret-for-all"  # noqa: S105  (a hub that lives as long as a test)


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

    def open_course(self, page: Page, name: str, who: str) -> None:
        """Follow the link to a course beside the first; it waits for the hub to start that server."""
        page.goto(f"{self.url}/hub/course/{name}")
        page.wait_for_url(f"**/user/{who}/{name}/**", timeout=180_000)

    def sign_up(self, page: Page, name: str) -> None:
        """Choose a name and a password, which the hub's own sign-in asks for once."""
        page.goto(f"{self.url}/hub/signup")
        page.fill("#username_input", name)
        for each in page.locator("input[type=password]").all():
            each.fill(SECRET)
        page.click("#signup_submit")
        page.locator(".alert-success").wait_for()
        self.signed_up.add(name)


@contextmanager
def running_hub(place: Path, lang: str, *, scale: str = "small", beside: Path | None = None) -> Iterator[Hub]:
    """The hub as the operators' page has it, but for ports and accounts of the machine, which a test can't make.

    `beside` is the folder of a course that is taught beside the first, under the name "lending".
    """
    front, inner, api, judge, second = free_ports(5)
    penguin = [sys.executable, "-m", "classroom"]
    subprocess.run([*penguin, "hub", "prepare", str(place / "data"), "--scale", scale, "--nights", "1"], check=True)
    (place / "roster.csv").write_text("id,first_name,last_name\ntanaka,花子,田中\n", encoding="utf-8")
    enrolled = ["--roster", str(place / "roster.csv")]
    subprocess.run(
        [*penguin, "mentor", "init", str(seeded(place / "course")), "--hub", "--lang", lang, *enrolled], check=True
    )
    if beside is not None:
        add_course(place, lang, beside, f"http://127.0.0.1:{second}")
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
        "PENGUIN_LANG": lang,
        "PENGUIN_SIGN_IN": "native",
        "PENGUIN_MENTORS": "sato",
        "PENGUIN_COURSE_FOLDER": str(place / "course"),
        "PENGUIN_SERVICE_ADDRESS": f"http://127.0.0.1:{judge}",
        "PENGUIN_EXCHANGE": str(place / "exchange"),
        "PENGUIN_COURSES": str(place / "courses.toml") if beside is not None else "",
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


def add_course(place: Path, lang: str, lessons: Path, address: str) -> None:
    """What operators do for a course beside the first: prepare it, make its class, name it to the hub."""
    penguin, own = [sys.executable, "-m", "classroom"], place / "lending"
    subprocess.run([*penguin, "hub", "prepare", str(own / "data"), "--course", str(lessons)], check=True)
    at_desk = [str(seeded(own / "desk")), "--hub", "--lang", lang, "--lessons", str(lessons)]
    subprocess.run([*penguin, "mentor", "init", *at_desk, "--roster", str(place / "roster.csv")], check=True)
    (place / "courses.toml").write_text(
        f"""[lending]
data = "{own / "data"}"
lessons = "{lessons}"
desk = "{own / "desk"}"
exchange = "{own / "exchange"}"
address = "{address}"
mentors = ["sato"]
""",
        encoding="utf-8",
    )


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
