"""Two whole Expos lived in a real browser, from the first card to the certificate, with a picture of every step; then tampering.

    python bench/expo.py [--langs ja en] [--scale std] [--pictures FOLDER]

Japanese lives the first model of the course with a harmful effect, English the second with a small one. The cards are typed as the model
has them, so that what is seen is what a learner sees; only the draw is put in by hand, for else chance decides it.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))

from conftest import FLAGS, Lab, find_chromium, start
from evening import set_theme
from fortnight import write_into
from serving import stop, wait_for_url

from classroom.exchange.expo.certificate import read_page
from classroom.exchange.expo.grant import Grant
from classroom.exchange.expo.record import STEP_PARTS
from classroom.exchange.expo.seal import faults_of
from classroom.learner.expo.place import utc_now
from classroom.learner.expo.store import ExpoStore
from classroom.learner.progress import ProgressStore, Try
from classroom.learner.progress.rounds import ItemResult, RoundBook, RoundKind
from classroom.messages import say_in
from coursebook.course import course_root
from coursebook.expo import STEPS, ModelRecord, load_expo
from coursebook.practice import load_library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

LIVED = {"ja": ("no-reply", "harmful", 3), "en": ("one-timers", "small", 3)}
"""For each language: the model, the effect and the seed of its second month."""
PARTS = {**STEP_PARTS, "slide": ("slide",), "talk": ("talk",)}
_BUSY = "!document.querySelector('.penguin-bi[aria-busy]')"
_WAIT_MS = 180_000


class Evening:
    """One language's Expo in a page."""

    def __init__(self, lab: Lab, model: ModelRecord, pictures: Path | None) -> None:
        self.lab, self.model, self.pictures = lab, model, pictures
        self.texts = {each.place: each.text[lab.lang].strip() for each in model.cards}

    @property
    def room(self) -> Locator:
        """The page's own part."""
        return self.lab.page.locator("#penguin-expo")

    @property
    def store(self) -> ExpoStore:
        """What the room has kept."""
        return ExpoStore(self.lab.folder / ".penguin" / "expo.sqlite")

    def say(self, code: str) -> str:
        """A sentence of the Expo."""
        return say_in("classroom.exchange.expo", code, self.lab.lang)

    def settle(self) -> None:
        """Wait until the server has answered."""
        self.lab.page.wait_for_function(_BUSY, timeout=_WAIT_MS)

    def press(self, name: str, nth: int = 0) -> None:
        """Press a button of an action."""
        self.room.locator(f"[data-bi-do='{name}']").nth(nth).click()
        self.settle()

    def go(self, at: str) -> None:
        """Go to a page."""
        self.room.locator(f"nav [data-bi-go='{at}']").click()
        self.settle()

    def write(self, place: str, text: str) -> None:
        """Write into a field, or choose; a choice may draw the page anew."""
        field = self.room.locator(f"[name='{place}']").first
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(text)
            self.settle()
        else:
            write_into(field, text)

    def shoot(self, name: str) -> None:
        """Leave a picture of the whole page."""
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
            height = self.room.evaluate("each => each.scrollHeight") + 60
            self.lab.page.set_viewport_size({"width": 1366, "height": min(int(height), 6000)})
            self.lab.page.wait_for_timeout(800)
            self.lab.page.screenshot(path=self.pictures / f"{self.lab.lang}-{name}.png")
            self.lab.page.set_viewport_size({"width": 1366, "height": 900})

    def live(self, effect: str, seed: int) -> None:
        """From the first card to the report."""
        self.write_all()
        self.go("step/second")
        self.shoot("8a-ready")
        self.press("expo/seal")
        self.store.keep_fact("grant", Grant(self.store.expo().log[0].code, effect, seed).to_text())
        began = time.perf_counter()
        self.press("expo/month")
        print(f"{self.lab.lang}: the second data took {time.perf_counter() - began:.0f} s", flush=True)
        self.report()
        done = self.room.locator("nav small", has_text="✓").count()
        print(f"{self.lab.lang}: {done} of {len(STEPS)} steps whole", flush=True)

    def write_all(self) -> None:
        """From home through the cards of all steps before the last."""
        self.lab.open_home()
        self.lab.press("bar.expo")
        self.room.locator("h1").wait_for(timeout=60_000)
        self.shoot("0-empty")
        for number, step in enumerate(STEPS[:-1], start=1):
            self.step(step)
            self.shoot(f"{number}-{step}")
        self.go("step/measure")
        self.press("expo/try")
        self.shoot("6-tried")
        self.lab.page.on("dialog", lambda dialog: dialog.accept())

    def report(self) -> None:
        """Run the plan as it was written, and hand in the report."""
        self.press("expo/plan")
        for place in ("finding", "decision", "cannot", "deviations"):
            if text := self.texts.get(f"report.{place}"):
                self.write(f"report.{place}", text)
        self.shoot("8b-report")
        self.press("expo/report")
        self.shoot("8c-told")

    def step(self, step: str) -> None:
        """Write the cards of a step and run their queries."""
        self.go(f"step/{step}")
        mine = {place: text for place, text in self.texts.items() if place.rpartition(".")[0] in PARTS[step]}
        chosen = [place for place in mine if self.room.locator(f"select[name='{place}']").count()]
        for place in [*chosen, *(each for each in mine if each not in chosen)]:
            if place.startswith("check.") and not self.room.locator(f"[name='{place}']").count():
                self.press("expo/save")
            self.write(place, mine[place])
        queries = [place for place in mine if place.endswith(".sql") and place != "measure.sql"]
        for place in queries:
            self.room.locator(f"[data-bi-do='expo/run'][data-bi-fields*='\"{place}\"']").click()
            self.settle()
        if not queries:
            self.press("expo/save")

    def models_and_rubric(self) -> None:
        """The pages beside the steps."""
        self.go("rubric")
        self.shoot("9-rubric")
        self.go(f"model/{self.model.id}")
        self.shoot("9-model")

    def certificate(self) -> None:
        """Let the progress file hold a learner who knows everything and has passed the reviews, and take the certificate."""
        store, library = ProgressStore(self.lab.folder / ".penguin" / "progress.sqlite"), load_library()
        book, now = RoundBook(store), utc_now()
        for exercise in sorted({each for ability in library.abilities for each in ability.shown_by}):
            store.record(Try(exercise, now - timedelta(5), "SELECT 1", "accepted", 1.0))
        for days in (4, 2, 0):  # known skills are what rounds of several days have shown
            for skill, templates in library.by_skill.items():
                drill = f"P{templates[0].id}-{days + 1}"
                book.begin(RoundKind.PRACTICE, "", [(drill, skill)])
                store.record(Try(drill, now - timedelta(days), "SELECT 1", "accepted", 1.0))
        for review in library.reviews:
            taken = book.begin(RoundKind.REVIEW, review.id, [(f"P01a-{n}", "S01") for n in range(len(review.items))])
            for item in taken.items:
                book.close(taken.id, item.exercise_id, ItemResult.RIGHT)
        self.go("certificate")
        self.write("name", "佐藤 花子" if self.lab.lang == "ja" else "Hanako Sato")
        with self.lab.page.expect_download() as taken:
            self.press("expo/certificate")
        content = Path(taken.value.path()).read_bytes()
        signed = read_page(content)
        print(f"{self.lab.lang}: certificate {signed.code}, as written: {signed.is_signed('')}", flush=True)
        if self.pictures:
            shown = self.lab.page.context.new_page()
            shown.set_content(content.decode())
            shown.screenshot(path=self.pictures / f"{self.lab.lang}-9-certificate.png", full_page=True)
            shown.close()

    def dark(self) -> None:
        """Step 8 as it looks in the dark."""
        set_theme(self.lab, "JupyterLab Dark")
        self.go("step/second")
        self.shoot("8d-dark")

    def tamper(self) -> None:
        """Change the file by hand as somebody would who wants to have known it all along, and say what the page tells."""
        with sqlite3.connect(self.store.path) as file:
            file.execute("UPDATE log SET content = replace(content, '0', '9') WHERE kind = 'plan'")
            file.execute("UPDATE log SET at = '2020-01-01T00:00:00+00:00' WHERE kind = 'month'")
            file.execute(
                "INSERT INTO texts (place, window, text) VALUES ('measure.rule', 'x', 'We go on, whatever comes out')"
            )
        self.go("step/second")
        told = self.room.locator(".penguin-bi-warning").all_inner_texts()
        print(f"{self.lab.lang}: tampered with, the page says:", *told, sep="\n  ", flush=True)
        self.shoot("9-tampered")
        codes = [f"{each.code} {each.number}" for each in faults_of(self.store.expo(), utc_now())]
        print(f"{self.lab.lang}: {', '.join(codes)}", flush=True)


def play(chromium: Browser, lang: str, options: argparse.Namespace) -> None:
    """One language's Expo."""
    name, effect, seed = LIVED[lang]
    model = next(each for each in load_expo(course_root()).models if each.id == name)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "second-penguin"
        process = start(folder, lang, "--scale", options.scale)
        context = chromium.new_context(viewport={"width": 1366, "height": 900}, accept_downloads=True)
        lab = Lab(lang, folder, wait_for_url(process), context.new_page(), process)
        try:
            evening = Evening(lab, model, options.pictures)
            evening.live(effect, seed)
            evening.models_and_rubric()
            evening.certificate()
            evening.dark()
            evening.tamper()
        finally:
            context.close()
            stop(process)


def main() -> None:
    """Live both."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--langs", nargs="+", default=["ja", "en"], choices=["ja", "en"])
    parser.add_argument("--scale", default="std")
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        for lang in options.langs:
            play(chromium, lang, options)
        chromium.close()


if __name__ == "__main__":
    main()
