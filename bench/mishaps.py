"""What goes wrong on an evening, each with the word that the page says and what was there afterwards; for evening.py."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import psutil

from coursebook import load_course

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Lab

MARK = "SELECT 'kept' AS word"
EXERCISE = "L1-10"


@dataclass(frozen=True)
class Mishap:
    """What happened, what the page said about it (nothing, where nothing is to be said), and whether all is there."""

    what: str
    said: str
    kept: bool

    def __str__(self) -> str:
        return f"{'kept' if self.kept else 'LOST'}  {self.what:44} {self.said or '–'}"


def double_click(lab: Lab) -> Mishap:
    before = texts(lab)
    for cell in (lab.page.locator(".penguin-text").first, lab.page.locator(".penguin-task").first):
        cell.dblclick()
    kept = texts(lab) == before and not lab.page.locator(".penguin-text .cm-content:visible").count()
    return Mishap("double click on text", "", kept)


def keys(lab: Lab) -> Mishap:
    before = texts(lab)
    lab.page.locator(".penguin-text").first.click()
    lab.page.keyboard.press("Escape")
    for key in "aaaddxm":
        lab.page.keyboard.press(key)
    lab.page.wait_for_timeout(500)
    return Mishap("aaa, dd, x, m on a cell", "", texts(lab) == before)


def leave_at_once(lab: Lab) -> Mishap:
    lab.write(lab.answer_cell(EXERCISE), MARK)
    lab.page.goto("about:blank")
    lab.open_lesson()
    return Mishap("the page closed at once and opened again", "", is_there(lab))


def rename(lab: Lab) -> Mishap:
    lab.page.goto("about:blank")
    lesson_file(lab).rename(lab.folder / "my own name.ipynb")
    lab.open_lesson()
    return Mishap("the lesson's file renamed", "", is_there(lab))


def delete(lab: Lab) -> Mishap:
    lab.answer(EXERCISE, MARK)
    lab.page.goto("about:blank")
    lesson_file(lab).unlink()
    lab.open_lesson()
    return Mishap("the lesson's file deleted", banner(lab, "L1"), is_there(lab))


def kill_server(lab: Lab) -> Mishap:
    lab.write(lab.answer_cell(EXERCISE), MARK)
    lab.lose_server()
    said = banner(lab, lab.say("lost.title"))
    lab.bring_server_back()
    said += " … " + banner(lab, lab.say("lost.back"))
    kept = is_there(lab) and "kept" in lesson_file(lab).read_text(encoding="utf-8")
    return Mishap("the server killed and started again", said, kept and judges(lab))


def kill_kernel(lab: Lab) -> Mishap:
    for process in psutil.process_iter(["cmdline", "cwd"]):
        if "classroom.kernel" in (process.info["cmdline"] or []) and process.info["cwd"] == str(lab.folder):
            process.kill()
    said = banner(lab, lab.say("lost.died"))
    return Mishap("the kernel killed", said, is_there(lab) and judges(lab))


def two_tabs(lab: Lab) -> Mishap:
    lab.page.wait_for_timeout(3000)
    other = replace(lab, page=lab.page.context.new_page())
    other.open_lesson()
    other.write(other.answer_cell("L1-05"), "SELECT 'of the other tab' AS word")
    other.page.wait_for_timeout(3000)
    lab.page.bring_to_front()
    lab.write(lab.answer_cell(EXERCISE), f"{MARK}, 2 AS tab")
    dialog = lab.page.locator(".jp-Dialog", has_text=lab.say("changed.title"))
    dialog.wait_for(timeout=30_000)
    said = dialog.locator(".jp-Dialog-header:visible").inner_text()
    dialog.get_by_role("button", name=lab.say("changed.mine")).click()
    lab.page.wait_for_timeout(3000)
    kept = "2 AS tab" in lesson_file(lab).read_text(encoding="utf-8") and judges(lab)
    other.page.close()
    return Mishap("two tabs on one lesson, both written in", said, kept)


MISHAPS: tuple[Callable[[Lab], Mishap], ...] = (
    leave_at_once,
    double_click,
    keys,
    rename,
    delete,
    kill_kernel,
    kill_server,
    two_tabs,
)


def texts(lab: Lab) -> list[str]:
    """How the lesson's cells begin."""
    read: Any = lab.page.evaluate("[...document.querySelectorAll('.jp-Cell')].map(each => each.innerText.slice(0, 60))")
    return [str(each) for each in read]


def is_there(lab: Lab) -> bool:
    """Whether what was written is on the page still."""
    lab.answer_cell(EXERCISE).wait_for(timeout=60_000)
    lab.page.wait_for_timeout(1000)
    return "kept" in lab.answer_cell(EXERCISE).locator(".cm-content").inner_text()


def judges(lab: Lab) -> bool:
    """Whether a right answer is accepted now."""
    cell = lab.answer("L1-07", load_course().exercise("L1-07").in_language(lab.lang).solution)
    return cell.locator(".pg-right").count() > 0


def banner(lab: Lab, words: str) -> str:
    """What the banner says, once it holds these words."""
    found = lab.page.locator(".penguin-banner", has_text=words)
    found.wait_for(timeout=60_000)
    return found.locator("strong").inner_text()


def lesson_file(lab: Lab) -> Path:
    """The notebook of lesson 1, by what its metadata says."""
    for each in lab.folder.glob("*.ipynb"):
        if json.loads(each.read_text(encoding="utf-8"))["metadata"].get("penguin", {}).get("lesson") == "L1":
            return each
    raise FileNotFoundError(lab.folder)
