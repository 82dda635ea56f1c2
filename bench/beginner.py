"""Plays a beginner in Chromium: runs a lesson's examples, then takes every near miss and the right answer of each exercise.

    python bench/beginner.py [--lang ja] [--course FOLDER] [--lesson L1 --lesson L2 ...] [--near N] [--url URL] [--shots FOLDER [--every]]

Every wrong answer must be refused with its own hint, one that does not run must get an error card, every right one must be
accepted, every example must show something, and the page must report no error, as a learner sees it. A free-form task gets
its model answer, which waits for a mentor. One line a lesson: exercises, answers, examples and how many of these end in an
error card, what went wrong, seconds. Pictures: each lesson's start, one wrong and one right query, hints open; with --every
the cell of every answer.
For a slow machine, --near takes no more than N near misses an exercise, and --url a JupyterLab that is running already.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, ViewportSize, sync_playwright
from playwright.sync_api import TimeoutError as Slow

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from conftest import FLAGS, Lab, find_chromium, start, wait_for_url

from classroom.messages import say
from coursebook import load_course
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from coursebook import Lesson, LessonExercise

_IN_FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden)"
"""The notebook in front."""

VERDICT = ".pg-verdict:not(.old), .pg-card[role=alert]:not(.old)"
"""A verdict or an error card; a notice, as that a view was made, comes before the verdict."""

_WINDOW: ViewportSize = {"width": 1440, "height": 1500}
_AROUND = 300
"""Height in pixels of what stands above and below a notebook's cells."""

_WRITES = 3
"""So often an answer is written until the cell holds it."""

_TELLING = 12
"""So many characters of a text tell it from the others."""

_SAID = 200
"""So much of a card that tells another hint is printed."""

_SENTENCE = re.compile(r"(?<=。)|(?<=[.!?]) ")
"""Where a sentence ends: a card says a hint's first one, and its first rung goes on from there."""


def main() -> int:
    options = _options()
    wrong, said = 0, list[str]()
    lessons = [each for each in load_course(options.course).lessons if not options.lesson or each.id in options.lesson]
    with _running(options) as (url, place, process), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        page = chromium.new_page(viewport=_WINDOW)
        page.on("pageerror", lambda fault: said.append(f"the page: {fault}"))
        page.on("console", lambda line: said.append(f"the console: {line.text}") if line.type == "error" else None)
        lab = Lab(options.lang, place, url, page, process)
        for lesson in lessons:
            wrong += play(lab, lesson, options.shots, said, every=options.every, near=options.near)
        chromium.close()
    return min(wrong, 1)


@contextmanager
def _running(options: argparse.Namespace) -> Iterator[tuple[str, Path, subprocess.Popen[str] | None]]:
    """Address, folder and process of the JupyterLab that is named (no process of ours), else of one that is started and stopped here."""
    with tempfile.TemporaryDirectory() as place:
        if options.url:
            yield options.url, Path(place), None
            return
        more = ("--course", str(options.course.resolve())) if options.course else ()
        process = start(Path(place) / "second-penguin", options.lang, *more)
        try:
            yield wait_for_url(process, 600), Path(place), process
        finally:
            process.terminate()
            process.wait(120)


def play(
    lab: Lab, lesson: Lesson, shots: Path | None, said: list[str], *, every: bool = False, near: int | None = None
) -> int:
    """Work through one lesson and tell how it went; returns the number of things that were not as they should be.

    Args:
        lab: JupyterLab with a page open.
        lesson: The lesson to play.
        shots: Folder for pictures.
        said: Errors that the page has reported; emptied here.
        every: Whether each answer's cell is pictured.
        near: How many near misses an exercise are taken; all if None.
    """
    began, faults, shown = time.perf_counter(), list[str](), set[str]()
    said.clear()
    lab.open_lesson(lesson.id)
    _shoot(lab.page, shots, f"{lesson.id}-{lab.lang}-start")
    faults += [
        f"{each.id}: {fault}" for each in lesson.placed_exercises(lab.lang) if (fault := _write_freely(lab, each))
    ]
    examples, failing, silent = _run_examples(lab)
    faults += [f"an example that shows nothing: {each}" for each in silent]
    exercises = [each.in_language(lab.lang) for each in lesson.placed_exercises(lab.lang) if each.solutions]
    tries = [[(exercise, *each) for each in _attempts(exercise, lab.lang, near)] for exercise in exercises]
    for together in zip_longest(*tries):  # one try of each is queued, so that page and kernel work side by side
        handed_in = [(_hand_in(lab, each[0].id, each[2]), *each) for each in together if each]
        for cell, exercise, name, _, hint in handed_in:
            try:
                cell.locator(VERDICT).first.wait_for(timeout=120_000)
            except Slow:
                faults.append(f"{exercise.id} {name}: no verdict")
                _shoot(lab.page, shots, f"{exercise.id}-{lab.lang}-{name}")
                continue
            kind, fault = _judge(cell, hint, lab.lang)
            faults += [f"{exercise.id} {name}: {fault}"] if fault else []
            if every or (kind not in shown and exercise.kind.counts_as_written and kind != "unrun"):
                shown.add(kind)
                cell.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
                _shoot(cell, shots, f"{exercise.id}-{lab.lang}-{name}")
    answers = sum(map(len, tries))
    faults += dict.fromkeys(said)
    seconds = time.perf_counter() - began
    print(
        f"{lesson.id} {lab.lang}: {len(exercises)} exercises, {answers} answers, {examples} examples ({failing} with an "
        f"error card), {len(faults)} faults, {seconds:.0f} s"
    )
    for each in faults:
        print(f"  {each}")
    sys.stdout.flush()
    return len(faults)


def _hand_in(lab: Lab, exercise: str, sql: str) -> Locator:
    """Write an answer and have it run, without waiting for what it gets."""
    cell = lab.answer_cell(exercise)
    cell.locator(".pg-card").evaluate_all("all => all.forEach(each => each.classList.add('old'))")
    for _ in range(_WRITES):
        lab.write(cell, sql)  # the line that names the exercise is the page's own
        if "".join(cell.locator(".cm-content").first.inner_text().split()).endswith("".join(sql.split())):
            break  # a verdict above that comes just now moves the cell away from under the click
    lab.page.keyboard.press("Control+Enter")
    return cell


def _run_examples(lab: Lab) -> tuple[int, int, list[str]]:
    """Run every cell that is no answer: how many there are, how many end in an error card, and those that show nothing."""
    cells = lab.page.locator(f"{_IN_FRONT} .jp-CodeCell.penguin-example")
    failing, silent, ran = 0, list[str](), 0
    for cell in cells.all():
        text = cell.locator(".cm-content").first.inner_text()
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").first.click()
        lab.page.keyboard.press("Control+Enter")
        ran += 1
        try:
            cell.locator(".jp-OutputArea-output").first.wait_for(timeout=60_000)
        except Slow:
            silent.append(text.split("\n", 1)[0])
            continue
        failing += _plain(say("error.title", lab.lang)) in _plain(cell.locator(".jp-OutputArea").first.inner_html())
    return ran, failing, silent


def _write_freely(lab: Lab, exercise: LessonExercise) -> str:
    """Write the model answer of a free-form task over its cell of text; what is wrong if it is not shown then."""
    model = exercise.model_answers.get(("good", lab.lang), "")
    if exercise.kind.answer is not AnswerForm.WORDS or not model:
        return ""
    heading = _lines(exercise.text[lab.lang].body("starter"), heading=True)[0]
    cells = lab.page.locator(f"{_IN_FRONT} .jp-MarkdownCell")
    cell = cells.filter(has=lab.page.locator("h3", has_text=heading)).first
    cell.scroll_into_view_if_needed()
    cell.click()
    lab.page.keyboard.press("Enter")
    editor = lab.page.locator(f"{_IN_FRONT} .jp-MarkdownCell.jp-mod-active .cm-content")
    editor.wait_for(timeout=30_000)
    editor.click()
    lab.page.keyboard.press("Control+A")
    lab.page.keyboard.insert_text(f"<!-- {lab.word} {exercise.id} -->\n{model}")
    lab.page.keyboard.press("Control+Enter")
    written = _lines(model, heading=False)[0][:_TELLING]
    try:
        cell.locator(".jp-RenderedMarkdown", has_text=written).wait_for(timeout=30_000)
    except Slow:
        return "the answer is not shown"
    return ""


def _lines(markdown: str, *, heading: bool) -> list[str]:
    """The headings, or the other lines."""
    return [line.lstrip("# ") for line in markdown.splitlines() if line and line.startswith("#") is heading]


def _judge(cell: Locator, hint: str, lang: str) -> tuple[str, str]:
    """What an answer got (right, wrong or unrun), and what is wrong with that."""
    cards = cell.locator(VERDICT)
    accepted = cards.and_(cell.locator(".pg-right")).count() > 0
    climb = cell.locator("button.pg-next")
    if not accepted and climb.count():
        climb.first.click()
        rung = cell.locator(".pg-rung").first.locator(
            "> *"
        )  # its head, then the hint, which comes with a message of its own
        rung.nth(1).wait_for(timeout=300_000)  # behind all answers that are queued
    said = _plain(cell.locator(".jp-OutputArea").first.inner_html())
    kind = "right" if accepted else "unrun" if _plain(say("error.title", lang)) in said else "wrong"
    if accepted != (not hint):
        return kind, "accepted" if accepted else "not accepted"
    is_told = kind != "wrong" or _plain(_SENTENCE.split(hint)[0])[:_TELLING] in said
    return kind, "" if is_told else f"not its hint but: {' '.join(cards.first.inner_text().split())[:_SAID]}"


def _attempts(exercise: LessonExercise, lang: str, near: int | None) -> Iterator[tuple[str, str, str]]:
    """Name, text and expected hint of each answer a beginner tries; the right one last, without a hint."""
    for each in exercise.near_misses[:near]:
        yield each.stem, each.text, exercise.hint(each.stem, lang)
    yield "solution", exercise.solutions[0].text, ""


def _plain(text: str) -> str:
    return re.sub(r"<[^>]+>|[\s`*_\\<>]|&#?\w+;", "", text)


def _shoot(what: Page | Locator, shots: Path | None, name: str) -> None:
    """Leave a picture; a cell gets a window in which it fits, and the whole page stands in for one that never rests."""
    if shots is None:
        return
    shots.mkdir(parents=True, exist_ok=True)
    path = shots / f"{name}.png"
    if not isinstance(what, Locator):
        what.screenshot(path=path)
        return
    page, box = what.page, what.bounding_box()
    page.set_viewport_size(_WINDOW | {"height": max(_WINDOW["height"], int(box["height"] if box else 0) + _AROUND)})
    try:
        what.screenshot(path=path, timeout=10_000)
    except Slow:
        page.screenshot(path=path)
    page.set_viewport_size(_WINDOW)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lang", choices=("ja", "en"), default="ja")
    parser.add_argument("--course", type=Path, help="another course than the built-in one")
    parser.add_argument("--lesson", action="append")
    parser.add_argument("--shots", type=Path)
    parser.add_argument("--every", action="store_true")
    parser.add_argument("--near", type=int)
    parser.add_argument("--url")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
