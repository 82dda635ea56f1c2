"""Plays a beginner in Chromium: each lesson's near misses one after the other, then the right answer, exercise by exercise.

    python bench/beginner.py [--lang ja] [--lesson L1 --lesson L2 ...] [--shots FOLDER [--every]]

Every wrong answer must be refused with its own hint and every right one accepted, as a learner sees it on the page. One
line a lesson: exercises, answers, what went wrong, seconds. Pictures: each lesson's start, one wrong and one right answer;
with --every the cell of every answer as well, hints open.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import TimeoutError as Slow
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from conftest import FLAGS, Lab, find_chromium, start, wait_for_url

from classroom.messages import say
from classroom.start.lay_out import notebook_name
from coursebook import load_course

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from coursebook import Lesson, LessonExercise


def main() -> int:
    options = _options()
    wrong = 0
    lessons = [each for each in load_course().lessons if not options.lesson or each.id in options.lesson]
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        process = start(Path(place) / "second-penguin", options.lang)
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        try:
            page = chromium.new_page(viewport={"width": 1440, "height": 1500})
            lab = Lab(options.lang, Path(place), wait_for_url(process), page)
            for lesson in lessons:
                wrong += play(lab, lesson, options.shots, every=options.every)
        finally:
            chromium.close()
            stop(process)
    return min(wrong, 1)


def play(lab: Lab, lesson: Lesson, shots: Path | None, *, every: bool = False) -> int:
    """Work through one lesson and tell how it went; returns the number of answers that were not treated as they should be."""
    began, answers, faults = time.perf_counter(), 0, list[str]()
    unrun = _plain(say("error.title", lab.lang))  # a query that does not run has a card of its own
    lab.page.goto(re.sub(r"/lab/tree/[^?]*", f"/lab/tree/{quote(notebook_name(lesson, lab.lang))}", lab.url))
    lab.page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=90_000)
    lab.page.locator(".jp-Spinner:visible").first.wait_for(state="hidden", timeout=90_000)
    shown = {"start": False, "wrong": False, "right": False}
    _shoot(lab, lesson, "start", shots, shown)
    exercises = [each.in_language(lab.lang) for each in lesson.placed_exercises(lab.lang) if each.solutions]
    for exercise in exercises:
        for name, sql, hint in _attempts(exercise, lab.lang):
            answers += 1
            try:
                cell = lab.answer(exercise.id, sql)
                accepted = cell.locator(".pg-card.pg-right:not(.old)").count() > 0
                said = cell.locator(".jp-OutputArea").first.inner_html()
            except Slow:
                faults.append(f"{exercise.id} {name}: no verdict")
                continue
            if accepted != (not hint):
                faults.append(f"{exercise.id} {name}: {'accepted' if accepted else 'not accepted'}")
            elif hint and not any(each in _plain(said) for each in (_plain(hint)[:12], unrun)):
                faults.append(f"{exercise.id} {name}: not its hint")
            cell.scroll_into_view_if_needed()
            _shoot(lab, lesson, "right" if accepted else "wrong", shots, shown)
            if every and shots is not None:
                cell.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
                cell.screenshot(path=shots / f"{exercise.id}-{lab.lang}-{name}.png")
    seconds = time.perf_counter() - began
    print(
        f"{lesson.id} {lab.lang}: {len(exercises)} exercises, {answers} answers, {len(faults)} faults, {seconds:.0f} s"
    )
    for each in faults:
        print(f"  {each}", flush=True)
    return len(faults)


def _attempts(exercise: LessonExercise, lang: str) -> Iterator[tuple[str, str, str]]:
    """Name, text and expected hint of each answer a beginner tries; the right one last, without a hint."""
    for each in exercise.near_misses:
        yield each.stem, each.text, exercise.hint(each.stem, lang)
    yield "solution", exercise.solutions[0].text, ""


def _plain(text: str) -> str:
    return re.sub(r"<[^>]+>|[\s`*_\\]|&\w+;", "", text)


def _shoot(lab: Lab, lesson: Lesson, what: str, shots: Path | None, shown: dict[str, bool]) -> None:
    if shots is not None and not shown[what]:
        shown[what] = True
        shots.mkdir(parents=True, exist_ok=True)
        lab.page.screenshot(path=shots / f"{lesson.id}-{lab.lang}-{what}.png")


def stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait(30)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lang", choices=("ja", "en"), default="ja")
    parser.add_argument("--lesson", action="append")
    parser.add_argument("--shots", type=Path)
    parser.add_argument("--every", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
