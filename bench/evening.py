"""A first evening in a real browser: is each verdict's first line in the window, and is anything lost by a mishap?

    python bench/evening.py [--langs ja en] [--answers 60] [--no-mishaps] [--out FILE]

Two of three answers are wrong (authored near misses), the others right, over all lessons; from one to the next the window
(from a telephone's 390×844 to 1920×1080), the zoom (100, 125 %: a browser's zoom gives the page fewer pixels of its own)
and the theme change, so that each of the 24 combinations comes up. Positions are pixels of the page, from the window's top.
Then the mishaps, each with the word that the page says about it and what was there afterwards.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))

from conftest import FLAGS, Lab, find_chromium, start
from mishaps import MISHAPS
from serving import stop, wait_for_url

from coursebook import load_course
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator

    from coursebook import LessonExercise

WINDOWS = ((1366, 768), (1280, 720), (1024, 768), (820, 1180), (390, 844), (1920, 1080))
ZOOMS = (100, 125)
THEMES = ("JupyterLab Light", "JupyterLab Dark")
SEEN = """cell => {
  const scroller = cell.closest('.jp-WindowedPanel-outer').getBoundingClientRect();
  const line = cell.querySelector('.jp-OutputArea .pg-title').getBoundingClientRect();
  return {top: Math.round(line.top), bottom: Math.round(line.bottom), from: Math.round(scroller.top),
          to: Math.round(Math.min(scroller.bottom, window.innerHeight)),
          selected: cell.classList.contains('jp-mod-active')};
}"""
SETTLED_MS = 1_800
"""After this nothing scrolls by itself any more."""


@dataclass(frozen=True)
class Answer:
    """One answer of the evening."""

    exercise: LessonExercise
    text: str
    right: bool


@dataclass(frozen=True)
class Position:
    """Where a verdict's first line stands, in pixels of the page."""

    lang: str
    answer: Answer
    window: str
    top: int
    bottom: int
    visible_from: int
    visible_to: int
    selected: bool

    @property
    def is_inside(self) -> bool:
        """Whether the whole line is in the window and the answer is selected still."""
        return self.selected and self.visible_from <= self.top and self.bottom <= self.visible_to

    def __str__(self) -> str:
        kind = "right" if self.answer.right else "wrong"
        where = f"{self.top:5}–{self.bottom:<5} in {self.visible_from:3}–{self.visible_to:<5}"
        selected = "selected" if self.selected else "NOT SELECTED"
        return f"{self.lang} {self.answer.exercise.id:7} {kind}  {self.window:26} {where} {selected:9} {'in' if self.is_inside else 'OUT'}"


def main() -> None:
    from playwright.sync_api import sync_playwright

    options = read_options()
    told: list[str] = []

    def tell(line: str) -> None:
        print(line, flush=True)
        told.append(line)

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        for lang in options.langs:
            play(chromium, lang, options, tell)
        chromium.close()
    if options.out:
        options.out.write_text("\n".join(told) + "\n", encoding="utf-8")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--langs", nargs="+", default=["ja", "en"], choices=["ja", "en"])
    parser.add_argument("--answers", type=int, default=60)
    parser.add_argument("--no-mishaps", dest="mishaps", action="store_false")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def play(chromium: Browser, lang: str, options: argparse.Namespace, tell: Tell) -> None:
    """One language's evening."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "second-penguin"
        process = start(folder, lang)
        context = chromium.new_context(viewport={"width": 1366, "height": 768})
        lab = Lab(lang, folder, wait_for_url(process), context.new_page(), process)
        try:
            positions = []
            for position in positions_of(lab, options.answers):
                tell(str(position))
                positions.append(position)
            outside = sum(not each.is_inside for each in positions)
            wrong = sum(not each.answer.right for each in positions)
            tell(f"{lang}: {outside} of {len(positions)} outside ({wrong} wrong, {len(positions) - wrong} right)")
            if options.mishaps:
                lab.page.set_viewport_size({"width": 1366, "height": 768})
                lab.open_lesson()
                for mishap in MISHAPS:
                    tell(f"{lang} {mishap(lab)}")
        finally:
            context.close()
            stop(lab.process)


def positions_of(lab: Lab, count: int) -> Iterator[Position]:
    """Give the answers one after the other, each in another window, and look where its verdict stands."""
    ways = list(product(WINDOWS, ZOOMS, THEMES))
    lab.open_home()
    for number, answer in enumerate(evening(lab.lang, count)):
        size, zoom, theme = ways[number * 5 % len(ways)]  # 5 and 24 have no common factor: all come up
        lab.page.set_viewport_size({"width": size[0] * 100 // zoom, "height": size[1] * 100 // zoom})
        set_theme(lab, theme)
        lab.open_lesson(answer.exercise.id.partition("-")[0])
        cell = lab.answer(answer.exercise.id, answer.text)
        lab.page.wait_for_timeout(SETTLED_MS)
        window = f"{size[0]}×{size[1]} {zoom} % {theme.partition(' ')[2].lower()}"
        yield look(lab, cell, answer, window)


def evening(lang: str, count: int) -> list[Answer]:
    """Two wrong answers, then a right one, through the lessons in order."""
    by_lesson = [
        [each.in_language(lang) for each in lesson.placed_exercises(lang) if each.kind.answer is AnswerForm.QUERY]
        for lesson in load_course().lessons
    ]
    answers: list[Answer] = []
    for number, exercises in enumerate(by_lesson):
        share = count * (number + 1) // len(by_lesson) - len(answers)
        given = [answer for each in exercises for answer in answers_to(each)]
        answers += given[:share]
    return answers


def answers_to(exercise: LessonExercise) -> Iterator[Answer]:
    for near_miss in exercise.near_misses[:2]:
        yield Answer(exercise, near_miss.text, right=False)
    yield Answer(exercise, exercise.solution, right=True)


def look(lab: Lab, cell: Locator, answer: Answer, window: str) -> Position:
    found = cell.evaluate(SEEN)
    place = (found["top"], found["bottom"], found["from"], found["to"])
    return Position(lab.lang, answer, window, *place, selected=found["selected"])


def set_theme(lab: Lab, theme: str) -> None:
    """Choose a theme as a learner does, under ⋯."""
    if lab.page.evaluate("document.body.dataset.jpThemeName") == theme:
        return
    if not lab.page.locator(".penguin-popup").count():
        lab.press("bar.more")
    lab.press(f"menu.{theme.partition(' ')[2].lower()}")
    lab.page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=theme, timeout=20_000)
    lab.page.keyboard.press("Escape")


if TYPE_CHECKING:
    from collections.abc import Callable

    Tell = Callable[[str], None]


if __name__ == "__main__":
    main()
