"""Lesson 1's first stretch, an answer and the BI room in Firefox, by its own WebDriver BiDi: what is seen, and pictures.

    python bench/firefox.py [--lang ja] [--out FOLDER]

Firefox (Debian's ESR will do) is driven by a mouse and keys of its own, at 1366×768. Each line says what was done and whether the
page showed what Chromium shows there; errors of the page are printed. The last line counts what differed.
"""

from __future__ import annotations

import argparse
import base64
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import websocket

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from conftest import start
from serving import free_port, stop, wait_for_url

from classroom.messages import say_in
from coursebook import load_course

CONTROL, SHIFT, ENTER, TAB = "\ue009", "\ue008", "\ue007", "\ue004"
WINDOW = {"width": 1366, "height": 768}


class Firefox:
    """One page of Firefox.

    Args:
        profile: An empty folder.

    Raises:
        TimeoutError: something that should be seen does not come.
    """

    def __init__(self, profile: Path) -> None:
        port = free_port()
        command = [str(shutil.which("firefox-esr") or shutil.which("firefox")), "--headless", "--no-remote"]
        self._process = subprocess.Popen(
            [*command, "--profile", str(profile), "--remote-debugging-port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._line = self._connected(f"ws://127.0.0.1:{port}/session")
        self._sent = 0
        self.faults: list[str] = []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self._page = self.ask("browsingContext.create", type="tab")["context"]
        self.ask("browsingContext.setViewport", context=self._page, viewport=WINDOW)

    @staticmethod
    def _connected(address: str) -> websocket.WebSocket:
        for _ in range(240):
            try:
                return websocket.create_connection(address, timeout=180, suppress_origin=True)
            except OSError:
                time.sleep(0.5)
        raise TimeoutError(address)

    def ask(self, method: str, **params: object) -> Any:
        """Send a command and wait for its answer; errors of the page that come meanwhile are kept."""
        self._sent += 1
        self._line.send(json.dumps({"id": self._sent, "method": method, "params": params}))
        while True:
            told = json.loads(self._line.recv())
            if told.get("method") == "log.entryAdded" and told["params"]["level"] == "error":
                self.faults.append(str(told["params"]["text"]))
            if told.get("id") == self._sent:
                if told["type"] == "error":
                    raise RuntimeError(f"{method}: {told['message']}")
                return told["result"]

    def go(self, url: str) -> None:
        """Open an address."""
        self.ask("browsingContext.navigate", context=self._page, url=url, wait="complete")

    def run(self, script: str) -> Any:
        """What an expression of JavaScript gives: a text, a number, a truth value."""
        target = {"context": self._page}
        told = self.ask("script.evaluate", expression=script, target=target, awaitPromise=True)
        if told["type"] == "exception":
            raise RuntimeError(told["exceptionDetails"]["text"])
        return told["result"].get("value")

    def wait(self, script: str, seconds: float = 120) -> Any:
        """Wait until an expression is true."""
        until = time.monotonic() + seconds
        while not (found := self.run(script)):
            if time.monotonic() > until:
                raise TimeoutError(script)
            time.sleep(0.3)
        return found

    def click(self, element: str) -> None:
        """Click on what an expression names, in its middle."""
        self.wait(f"Boolean({element}?.checkVisibility())")
        for _ in range(20):  # a page that scrolls by itself meanwhile is waited for
            self.run(f"{element}.scrollIntoView({{block: 'center'}})")
            time.sleep(0.5)
            place = f"(() => {{ const at = {element}.getBoundingClientRect();"
            middles = ("at.x + at.width / 2", "at.y + at.height / 2")
            x, y = (int(self.run(f"{place} return Math.round({each}); }})()")) for each in middles)
            if 0 < x < WINDOW["width"] and 0 < y < WINDOW["height"]:
                break
        mouse = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "mouse", "actions": mouse})

    def press(self, *keys: str) -> None:
        """Press keys together."""
        down = [{"type": "keyDown", "value": each} for each in keys]
        self._act(
            {
                "type": "key",
                "id": "keys",
                "actions": [*down, *({"type": "keyUp", "value": each} for each in reversed(keys))],
            }
        )

    def write(self, text: str) -> None:
        """Write a text, key by key."""
        keys = [{"type": kind, "value": each} for each in text for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": keys})

    def _act(self, source: dict[str, Any]) -> None:
        self.ask("input.performActions", context=self._page, actions=[source])

    def shoot(self, file: Path) -> None:
        """A picture of the window."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(self.ask("browsingContext.captureScreenshot", context=self._page)["data"]))

    def end(self) -> None:
        """Close it."""
        self._line.close()
        self._process.terminate()
        self._process.wait(30)


def cell(exercise: str, inside: str = "") -> str:
    """The answer of an exercise, or what is inside it."""
    return f"document.querySelector(\"[data-exercise='{exercise}'].penguin-answer {inside}\".trim())"


def steps(fox: Firefox, url: str, lang: str, out: Path) -> None:
    """Each raises TimeoutError or RuntimeError where the page does not show what it should."""
    course = load_course()

    def told(step: str) -> None:
        fox.shoot(out / f"{step.replace(' ', '-')}.{lang}.png")
        print(f"seen: {step}", flush=True)

    def written(at: str, text: str) -> None:
        fox.click(at)
        fox.press(CONTROL, "a")
        fox.write(text)

    fox.go(url)
    fox.wait("document.querySelectorAll('.penguin-home .penguin-map-lesson').length > 10")
    told("home")
    fox.click("document.querySelector('.penguin-home .penguin-big')")
    fox.wait(f"Boolean({cell('L1-01', '.penguin-clicks input')})")
    told("lesson 1 by the big button")
    fox.click("document.querySelector('.penguin-example .penguin-run')")
    fox.wait("Boolean(document.querySelector('.penguin-example .pg-table'))")
    told("an example that was run")
    right = course.exercise("L1-01").in_language(lang).solution
    for at, value in enumerate(word for word in right.replace(",", " ").split() if word.isdigit()):
        written(f"{cell('L1-01')}.querySelectorAll('.penguin-clicks input')[{at}]", value)
    fox.press(SHIFT, ENTER)
    fox.wait(f"Boolean({cell('L1-01', '.pg-right')})")
    told("a prediction given by its fields")
    near = course.exercise("L1-02").in_language(lang)
    for text, card in ((near.near_misses[0].text, ".pg-wrong, .pg-partly"), (near.solution, ".pg-right")):
        written(cell("L1-02", ".cm-content"), " ".join(text.split()))
        fox.press(SHIFT, ENTER)
        first, *others = card.split(", ")
        seen = " || ".join(cell("L1-02", each) for each in (first, *others))
        fox.wait(f"Boolean({seen})")
        inside = f"(() => {{ const at = {cell('L1-02', '.pg-title')}.getBoundingClientRect(); return at.top >= 48 && at.bottom <= innerHeight; }})()"
        fox.wait(inside, 10)
        told(f"verdict in the window {card.split('.')[1].split(',')[0]}")
    fox.wait("Boolean(document.querySelector('.penguin-stretch-end')?.checkVisibility())")
    told("end of the first stretch")
    name = say_in("classroom.learner.page", "bar.bi", lang)
    fox.click(f"[...document.querySelectorAll('.penguin-bar button')].find(each => each.textContent === '{name}')")
    fox.click("document.querySelector(\"[data-bi-do='sample/make']\")")
    fox.wait("document.querySelectorAll('.penguin-bi-card svg').length >= 2")
    told("sample dashboard")
    fox.click("document.querySelector(\".penguin-bi nav [data-bi-go='queries']\")")
    fox.click("document.querySelector(\"[data-bi-do='query/new']\")")
    written("document.querySelector('.penguin-bi-sql .cm-content')", "SELECT count(*) AS n FROM gues")
    time.sleep(4)  # what answers Tab begins with the first click
    fox.press(TAB)
    fox.wait("Boolean(document.querySelector('.jp-Completer-item'))", 30)
    fox.press("\ue015")
    fox.press(ENTER)
    fox.wait("document.querySelector('.penguin-bi-sql .cm-content').textContent.includes('guests')", 20)
    fox.press(SHIFT, ENTER)
    fox.wait("Boolean(document.querySelector('.penguin-bi .pg-table'))")
    told("a query of the BI room by Tab and Shift Enter")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", choices=("ja", "en"), default="ja")
    parser.add_argument("--out", type=Path, default=Path("shots/firefox"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        process = start(Path(place) / "second-penguin", options.lang)
        profile = Path(place) / "profile"
        profile.mkdir()
        fox = Firefox(profile)
        try:
            steps(fox, wait_for_url(process), options.lang, options.out)
            differed = 0
        except (TimeoutError, RuntimeError) as fault:
            fox.shoot(options.out / f"differs.{options.lang}.png")
            print(f"DIFFERS: {fault}")
            differed = 1
        finally:
            print(*dict.fromkeys(f"error of the page: {each}" for each in fox.faults), sep="\n")
            fox.end()
            stop(process)
    print(f"{differed} differed")


if __name__ == "__main__":
    main()
