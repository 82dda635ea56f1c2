"""A file that is dropped on the page, as the browser itself drops one, becomes a table of the learner's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from classroom.folder import Folder
from classroom.learner.progress import ProgressStore, Try
from classroom.messages import say_in

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Lab
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser
LANGS = ("en",)


def drop(lab: Lab, file: Path, target: Locator) -> None:
    """Drag a file over an element and let it go, by the browser's own events."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box
    line = lab.page.context.new_cdp_session(lab.page)
    data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + min(box["height"] / 2, 40)}
    for step in ("dragEnter", "dragOver", "drop"):
        line.send("Input.dispatchDragEvent", {"type": step, **at, "data": data})


def begin(lab: Lab) -> None:
    """Give the learner a past: on the first day home has nothing but the way to begin."""
    ProgressStore(Folder(lab.folder).progress).record(Try("L1-99", datetime.now(UTC), "", "invalid", 0.0))
    lab.open_home()
    lab.page.locator(".penguin-home .penguin-ownfile").wait_for(timeout=60_000)


def made(lab: Lab, name: str, rows: int) -> str:
    return say_in("classroom", "own_file.made", lab.lang, name=name, rows=f"{rows:,}")


def test_a_file_dropped_anywhere_on_home_becomes_a_table_that_a_lesson_asks(lab: Lab, tmp_path: Path) -> None:
    file = tmp_path / "branches.csv"
    file.write_bytes("店,売上\n渋谷,1200\n新宿,980\n".encode("cp932"))
    begin(lab)
    drop(lab, file, lab.page.locator(".penguin-home"))
    place = lab.page.locator(".penguin-home .penguin-ownfile")
    place.get_by_text(made(lab, "branches", 2)).wait_for(timeout=90_000)
    assert "売上" in place.inner_text()
    lab.open_lesson()
    cell = lab.scratch()
    lab.write(cell, 'SELECT sum("売上") AS total FROM my.branches')
    lab.page.keyboard.press("Shift+Enter")
    cell.locator(".pg-table", has_text="2,180").or_(cell.locator(".pg-table", has_text="2180")).wait_for(timeout=60_000)


def test_a_file_dropped_on_an_answer_is_read_and_not_written_into_it(lab: Lab, tmp_path: Path) -> None:
    file = tmp_path / "dropped.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    lab.open_lesson()
    answer = lab.answer_cell("L1-02").locator(".cm-content")
    before = answer.inner_text()
    drop(lab, file, answer)
    lab.page.locator(".penguin-tables .penguin-ownfile").get_by_text(made(lab, "dropped", 1)).wait_for(timeout=90_000)
    assert answer.inner_text() == before


def test_homes_button_chooses_a_file(lab: Lab, tmp_path: Path) -> None:
    file = tmp_path / "chosen.csv"
    file.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    begin(lab)
    place = lab.page.locator(".penguin-home .penguin-ownfile")
    with lab.page.expect_file_chooser() as chooser:
        lab.press("own.button", place)
    chooser.value.set_files(file)
    place.get_by_text(made(lab, "chosen", 2)).wait_for(timeout=90_000)
