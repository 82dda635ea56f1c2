"""Draws the learner's pictures of the documents anew: home, a wrong answer, practice, a dashboard.

    python bench/pictures.py [--langs ja en] [--out docs]

Three right answers, a wrong one with its first hint, a round of practice that was begun, and a dashboard that has lived
two weeks of nights: each picture is of the page as it is, in a window of the size that it had before. Look at each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from conftest import FLAGS, Lab, find_chromium, start
from fortnight import Room
from serving import stop, wait_for_url

from classroom.folder import Folder
from classroom.learner.bi.markup import plain
from classroom.learner.bi.records import Card, Dashboard, Query, Schedule, Visual
from classroom.learner.bi.sample import PARTS
from classroom.learner.bi.store import NAME, BiStore
from coursebook import load_course

if TYPE_CHECKING:
    from playwright.sync_api import Locator

DOCS = Path(__file__).resolve().parents[1] / "docs"
RIGHT, WRONG, ITS_MISTAKE = ("L1-01", "L1-02", "L1-03"), "L1-07", "tests-included"
NIGHTS = 14
BOARD = {"ja": "朝会", "en": "Morning meeting"}


def main() -> None:
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        for lang in options.langs:
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place) / "second-penguin"
                process = start(folder, lang)
                lab = Lab(lang, folder, wait_for_url(process), chromium.new_page(), process)
                try:
                    draw(lab, options.out)
                finally:
                    stop(process)
        chromium.close()


def draw(lab: Lab, out: Path) -> None:
    """All pictures of one language."""
    wrong_answer(lab)
    shoot(lab, out / f"wrong.{lab.lang}.png", 1366, 768, lab.answer_cell(WRONG))
    lab.open_practice()
    lab.wait_until_idle()
    shoot(lab, out / f"practice.{lab.lang}.png", 1366, 768, lab.page.locator(".pg-card:visible").last)
    lab.open_home()
    shoot(lab, out / f"home.{lab.lang}.png", 1200, 760)
    dashboard(lab)
    shoot(lab, out / f"bi.{lab.lang}.png", 1280, 960)


def wrong_answer(lab: Lab) -> None:
    """Three right answers, and a wrong one with its first hint."""
    lab.page.set_viewport_size({"width": 1366, "height": 1400})
    lab.open_lesson()
    course = load_course()
    for name in RIGHT:
        lab.answer(name, course.exercise(name).in_language(lab.lang).solution)
    misses = course.exercise(WRONG).in_language(lab.lang).near_misses
    cell = lab.answer(WRONG, next(each.text for each in misses if each.stem == ITS_MISTAKE))
    cell.locator(".pg-panel button.pg-next:not([aria-busy])").click(timeout=60_000)
    cell.locator(".pg-rung").first.wait_for(timeout=60_000)
    lab.page.mouse.move(2, 2)


def dashboard(lab: Lab) -> None:
    """Four visualisations side by side, refreshed after two weeks of nights."""
    store = BiStore(Folder(lab.folder).hidden / NAME)
    cards = []
    for part in PARTS:
        name = plain(f"sample.{part.name}", lab.lang)
        query = store.keep_query(Query(0, name, part.sql(lab.lang), schedule=Schedule.DAILY))
        cards.append(Card(store.keep_visual(Visual(0, query, name, part.kind, part.options))))
    board = store.keep_dashboard(Dashboard(0, BOARD[lab.lang], tuple(cards)))
    room = Room(lab, lab.page)
    room.open()
    room.let_pass(NIGHTS)
    room.go("dashboards")
    room.go(f"dashboard/{board}")
    room.press("board/refresh")
    lab.page.locator(".penguin-bi-card svg").first.wait_for(timeout=60_000)
    lab.page.evaluate("document.querySelector('.penguin-bi').scrollTop = 0")


def shoot(lab: Lab, file: Path, width: int, height: int, what: Locator | None = None) -> None:
    """A picture of the window, with something at its top if it is named."""
    lab.page.set_viewport_size({"width": width, "height": height})
    lab.page.wait_for_timeout(1_000)  # what stands around has moved
    if what:
        what.evaluate("element => element.scrollIntoView({block: 'start'})")
        lab.page.wait_for_timeout(500)
    lab.page.screenshot(path=file)
    print(file, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--langs", nargs="+", choices=("ja", "en"), default=["ja", "en"])
    parser.add_argument("--out", type=Path, default=DOCS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
