"""Each page of the learner's room in windows from a telephone's to a large screen's: pictures, and what is out of reach is counted.

    python bench/windows.py [--langs ja en] [--themes light dark] [--pages home lesson …] [--widths 390 …] [--out FOLDER]

A room that has been used a little (three right answers, a wrong one with a hint, a drill that was begun, a dashboard) is
looked at page by page. Counted are pages that are broader than their window, what can be pressed or written into and stands
outside it where nothing scrolls, and buttons whose words are cut off. Look at the pictures too: what is ugly is not counted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import Error, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from conftest import FLAGS, Lab, find_chromium, start
from evening import set_theme
from fortnight import Room
from pictures import dashboard, wrong_answer
from reach import out_of_reach
from serving import stop, wait_for_url

from classroom.notebook_names import PRACTICE_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

WINDOWS = ((390, 844), (820, 1180), (1366, 768), (1920, 1080))
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
SETTLED_MS = 900


def to_top(what: Locator) -> None:
    what.evaluate("element => element.scrollIntoView({block: 'start'})", timeout=60_000)


def home(lab: Lab) -> None:
    lab.open_home()


def lesson(lab: Lab) -> None:
    lab.open_lesson()
    lab.page.locator(".jp-WindowedPanel-outer").first.evaluate("element => element.scrollTop = 0")


def answer(lab: Lab) -> None:
    lab.open_lesson()
    to_top(lab.answer_cell("L1-07"))
    to_top(lab.answer_cell("L1-07").locator(".pg-card:visible").first)


def clicks(lab: Lab) -> None:
    lab.open_lesson()
    to_top(lab.answer_cell("L1-09"))


def lesson_end(lab: Lab) -> None:
    lab.open_lesson()
    to_top(lab.page.locator(".penguin-end:visible").first)


def tables(lab: Lab) -> None:
    lab.open_lesson()
    search = lab.page.locator(".penguin-tables [data-penguin-search]")
    if not search.is_visible():  # a window before this one may have left it open
        lab.press("bar.tables")
    search.wait_for(timeout=30_000)


def drawn_map(lab: Lab) -> None:
    lab.open_lesson()
    lab.page.locator(".penguin-bar-map").click()


def history(lab: Lab) -> None:
    lab.open_lesson()
    lab.press("bar.history")


def help_popup(lab: Lab) -> None:
    lab.open_home()
    lab.press("bar.help")


def more(lab: Lab) -> None:
    lab.open_home()
    lab.press("bar.more")


def practice(line: str) -> Callable[[Lab], None]:
    def opened(lab: Lab) -> None:
        lab.page.goto(lab.address(f"doc/tree/{quote(PRACTICE_NAMES[lab.lang])}"))
        lab.page.locator(f"[data-penguin-run='{line}']").first.click(timeout=60_000)
        lab.page.wait_for_timeout(2_000)
        lab.wait_until_idle()
        to_top(lab.page.locator(".pg-card:visible").last)

    return opened


def bi(place: str) -> Callable[[Lab], None]:
    def opened(lab: Lab) -> None:
        room = Room(lab, lab.page)
        room.open()
        first, *rest = place.split("/")
        if first != "queries":
            room.go(first)
        for each in rest:
            lab.page.locator(f".penguin-bi-page [data-bi-{each}]:not(nav *)").first.click()
            room.settle()
        lab.page.wait_for_timeout(SETTLED_MS)

    return opened


def expo(lab: Lab) -> None:
    lab.open_home()
    lab.press("bar.expo")
    lab.page.locator(".penguin-bi:visible").last.wait_for(timeout=90_000)


def exam(lab: Lab) -> None:
    lab.open_home()
    lab.press("bar.more")
    lab.press("menu.exam")
    lab.page.locator(".penguin-bi:visible").last.wait_for(timeout=90_000)


PAGES: dict[str, Callable[[Lab], None]] = {
    "home": home,
    "lesson": lesson,
    "answer": answer,
    "clicks": clicks,
    "end": lesson_end,
    "tables": tables,
    "map": drawn_map,
    "history": history,
    "help": help_popup,
    "more": more,
    "drill": practice("%practice"),
    "question": practice("%practice today"),
    "queries": bi("queries"),
    "query": bi("queries/go^='query'"),
    "dashboards": bi("dashboards"),
    "dashboard": bi("dashboards/go^='dashboard'"),
    "alerts": bi("alerts"),
    "log": bi("log"),
    "expo": expo,
    "exam": exam,
}


def main() -> None:
    options = _options()
    count = 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        for lang in options.langs:
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place) / "second-penguin"
                process = start(folder, lang)
                lab = Lab(lang, folder, wait_for_url(process), chromium.new_page(), process)
                try:
                    count += look(lab, options)
                finally:
                    stop(process)
        chromium.close()
    print(f"{count} out of reach")


def look(lab: Lab, options: argparse.Namespace) -> int:
    """All pages of one language; how much was out of reach."""
    count = 0
    lab.page.set_viewport_size({"width": 1366, "height": 768})
    count += (
        sum(seen(lab, "first", "light", size, options.out) for size in sizes(options)) if first(lab, options) else 0
    )
    wrong_answer(lab)
    dashboard(lab)
    for theme in options.themes:
        lab.page.set_viewport_size({"width": 1366, "height": 768})
        lab.open_home()
        set_theme(lab, THEMES[theme])
        for name in options.pages:
            for size in sizes(options):
                lab.page.set_viewport_size({"width": size[0], "height": size[1]})
                try:
                    PAGES[name](lab)
                except Error as fault:  # the others are looked at all the same
                    print(
                        f"{lab.lang} {theme:5} {size[0]:4} {name}: could not be opened: {fault.message.splitlines()[0]}"
                    )
                    count += 1
                count += seen(lab, name, theme, size, options.out)
    return count


def first(lab: Lab, options: argparse.Namespace) -> bool:
    """Home as it is on the first day, if it is asked for."""
    if "home" in options.pages:
        lab.open_home()
    return "home" in options.pages


def sizes(options: argparse.Namespace) -> list[tuple[int, int]]:
    return [each for each in WINDOWS if each[0] in options.widths]


def seen(lab: Lab, name: str, theme: str, size: tuple[int, int], out: Path) -> int:
    """A picture of what is open, and how much of it is out of reach."""
    lab.page.set_viewport_size({"width": size[0], "height": size[1]})
    lab.page.wait_for_timeout(SETTLED_MS)
    file = out / f"{name}.{lab.lang}.{theme}.{size[0]}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    lab.page.screenshot(path=file)
    found = out_of_reach(lab.page)
    print(f"{lab.lang} {theme:5} {size[0]:4}×{size[1]:<4} {name:10} {len(found)}", *found, sep="\n    ", flush=True)
    return len(found)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--langs", nargs="+", choices=("ja", "en"), default=["ja", "en"])
    parser.add_argument("--themes", nargs="+", choices=tuple(THEMES), default=list(THEMES))
    parser.add_argument("--pages", nargs="+", choices=tuple(PAGES), default=list(PAGES))
    parser.add_argument("--widths", nargs="+", type=int, default=[each for each, _ in WINDOWS])
    parser.add_argument("--out", type=Path, default=Path("shots/windows"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
