"""Exercises get other numbers, and what a learner did stays with the exercise it was done for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from classroom.folder import Folder
from classroom.learner.kernel.kernel import lesson_of_notebook
from classroom.learner.progress import ProgressStore, Try
from classroom.learner.progress.opening import open_progress
from classroom.learner.start.lay_out import Fate, Ledger, lay_out
from classroom.learner.start.renumber import renumber_notebooks
from classroom.learner.state.desk import Desk
from classroom.mentor.classpage.progress_files import read_file
from classroom.mentor.collecting.reading import in_numbering, read_paper
from classroom.mentor.place.folder import MentorFolder
from coursebook import compile_lesson, load_course

if TYPE_CHECKING:
    from pathlib import Path

COURSE = load_course()
FIRST = COURSE.in_numbering(0)
NOW = datetime(2025, 2, 1, 23, 30, tzinfo=UTC)


def a_try(exercise_id: str) -> Try:
    return Try(exercise_id, NOW, f"answer to {exercise_id}", "accepted", 1.0)


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A progress file from before the change: L8-09 and L8-10 exchanged their numbers, L7-02b got one of its own."""
    path = tmp_path / ".penguin" / "progress.sqlite"
    store = ProgressStore(path)
    for exercise_id in ("L1-01", "L7-02b", "L8-09", "L8-10"):
        store.record(a_try(exercise_id))
        store.open_rung(exercise_id, 1 if exercise_id == "L8-09" else 3)
        store.ask(exercise_id, "?", "", "", "", "")
    store.visit("08.ipynb", "L8-09")
    return path


def test_progress_stays_with_its_exercise(earlier: Path) -> None:
    store = open_progress(earlier, COURSE)
    assert store is not None
    kept = {each.exercise_id: each.answer for each in store.tries()}
    assert kept == {
        "L1-01": "answer to L1-01",
        "L7-06": "answer to L7-02b",
        "L8-10": "answer to L8-09",
        "L8-09": "answer to L8-10",
    }
    assert (store.rung("L8-10"), store.rung("L8-09"), store.rung("L7-06")) == (1, 3, 3)
    assert store.last_place() == ("08.ipynb", "L8-10")


def test_numbers_are_changed_once_however_often_the_file_is_opened(earlier: Path) -> None:
    for _ in range(3):
        store = open_progress(earlier, COURSE)
    assert store is not None
    assert store.tries("L8-10")[0].answer == "answer to L8-09"


def test_a_new_file_is_in_the_latest_numbering(tmp_path: Path) -> None:
    store = open_progress(tmp_path / "progress.sqlite", COURSE)
    assert store is not None
    store.record(a_try("L8-09"))
    again = open_progress(tmp_path / "progress.sqlite", COURSE)
    assert again is not None
    assert len(again.tries("L8-09")) == 1


def test_a_kernel_of_an_earlier_notebook_keeps_its_answers_for_the_right_exercise(earlier: Path) -> None:
    old, new = open_progress(earlier, FIRST), open_progress(earlier, COURSE)
    assert old is not None
    assert new is not None
    old.record(a_try("L8-10"))
    old.open_rung("L8-10", 4)
    assert {each.answer for each in new.tries("L8-09")} == {"answer to L8-10"}
    assert (old.rung("L8-10"), new.rung("L8-09")) == (4, 4)
    assert set(old.progress()) == {"L1-01", "L7-02b", "L8-09", "L8-10"}


def laid_out(folder: Folder, ledger: Ledger) -> dict[str, Any]:
    folder.hidden.mkdir(parents=True, exist_ok=True)
    made = json.loads(compile_lesson(FIRST.lesson("L8"), "ja", "learner"))
    del made["metadata"]["penguin"]["numbering"]  # as the first edition was
    lay_out(folder, "08.ipynb", json.dumps(made).encode(), ledger)
    return dict(made)


def put_today(folder: Folder, ledger: Ledger) -> Fate:
    return lay_out(folder, "08.ipynb", compile_lesson(COURSE.lesson("L8"), "ja", "learner"), ledger).fate


def test_an_earlier_notebook_gets_the_numbers_of_today_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    ledger = Ledger(folder.laid_out)
    laid_out(folder, ledger)
    assert [each.name for each in renumber_notebooks(folder, COURSE, ledger)] == ["08.ipynb"]
    assert renumber_notebooks(folder, COURSE, ledger) == []
    assert put_today(folder, ledger) is Fate.SAME


def test_an_answer_in_an_earlier_notebook_is_kept_under_its_exercises_new_number(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    ledger = Ledger(folder.laid_out)
    made = laid_out(folder, ledger)
    answer = next(each for each in made["cells"] if each["id"] == "answer-L8-10")
    answer["source"] = "-- 解答 L8-10\nSELECT 'mine, L8-10'"
    answer["outputs"] = [{"output_type": "display_data", "data": {"text/plain": "✓ L8-10"}, "metadata": {}}]
    (tmp_path / "08.ipynb").write_text(json.dumps(made), encoding="utf-8")
    renumber_notebooks(folder, COURSE, ledger)
    assert put_today(folder, ledger) is Fate.KEPT  # only numbers changed: there is nothing to lay beside it
    cells = json.loads((tmp_path / "08.ipynb").read_text(encoding="utf-8"))["cells"]
    kept = next(each for each in cells if each["id"] == "answer-L8-09")
    assert kept["source"] == "-- 解答 L8-09\nSELECT 'mine, L8-10'"
    assert kept["outputs"][0]["data"]["text/plain"] == "✓ L8-09"
    assert kept["metadata"]["nbgrader"]["grade_id"] == "answer-L8-09"


def test_notebooks_of_a_class_and_of_others_keep_their_numbers(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.hidden.mkdir()
    released = compile_lesson(FIRST.lesson("L8"), "ja", "source")
    (tmp_path / "class.ipynb").write_bytes(released)
    (tmp_path / "own.ipynb").write_text('{"cells": [], "metadata": {}}')
    assert renumber_notebooks(folder, COURSE, Ledger(folder.laid_out)) == []
    assert (tmp_path / "class.ipynb").read_bytes() == released


def test_a_kernel_judges_an_earlier_notebook_by_the_numbers_of_then(
    tmp_path: Path, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "08.ipynb").write_bytes(compile_lesson(FIRST.lesson("L8"), "ja", "source"))
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "08.ipynb"))
    lesson, edition = lesson_of_notebook()
    desk = Desk(lang="ja", practice=practice, edition=edition)
    try:
        assert lesson == "L8"
        assert desk.marker.exercise("L8-10").folder == COURSE.exercise("L8-09").folder
        assert desk.marker.exercise("L8-10").id == "L8-10"
    finally:
        desk.close()


def test_a_class_begun_earlier_keeps_its_numbers_and_a_hand_in_made_elsewhere_is_brought_to_them(
    tmp_path: Path,
) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "settings.toml").write_text('lang = "ja"\n', encoding="utf-8")
    course = MentorFolder(tmp_path).course
    assert course.exercise("L8-10").folder == COURSE.exercise("L8-09").folder
    (tmp_path / "08.ipynb").write_bytes(compile_lesson(COURSE.lesson("L8"), "ja", "learner"))
    paper = in_numbering(read_paper(tmp_path / "08.ipynb"), course)
    cell = next(each for each in paper.cells if each.cell_id == "answer-L8-10")
    assert (cell.grade_id, cell.source.split("\n")[0]) == ("answer-L8-10", "-- 解答 L8-10")
    assert cell.source.split("\n", 1)[1].strip() == COURSE.exercise("L8-09").starter.strip()


def test_a_hand_in_that_says_nothing_of_its_numbering_is_read_as_it_is(tmp_path: Path) -> None:
    made = json.loads(compile_lesson(COURSE.lesson("L8"), "ja", "learner"))
    made["metadata"] = {}
    (tmp_path / "08.ipynb").write_text(json.dumps(made), encoding="utf-8")
    paper = read_paper(tmp_path / "08.ipynb")
    assert in_numbering(paper, COURSE) == paper


def test_a_mentor_reads_an_earlier_progress_file_under_the_numbers_of_the_class(earlier: Path) -> None:
    def under(course: Any) -> dict[str, str]:
        return {each.exercise: each.answer for each in read_file("hanako", earlier, course).attempts}

    assert under(COURSE)["L8-09"] == "answer to L8-10"
    assert under(FIRST)["L8-09"] == "answer to L8-09"
    open_progress(earlier, COURSE)
    assert under(COURSE)["L8-09"] == "answer to L8-10"
    assert under(FIRST)["L8-09"] == "answer to L8-09"
