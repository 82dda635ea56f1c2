"""A lesson is found by what is inside its notebook, and a missing one comes back with its answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from classroom.folder import Folder
from classroom.learner.page.notebooks import find_lesson
from classroom.learner.page.restoring import open_lesson, with_answers
from classroom.learner.progress import ProgressStore, Try
from classroom.learner.start.lay_out import Fate, Ledger, lay_out
from classroom.notebook_names import notebook_name
from coursebook import Course, compile_lesson, load_course

if TYPE_CHECKING:
    from pathlib import Path

NAME = "01 名簿を引く.ipynb"
AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "desk")
    made.hidden.mkdir(parents=True)
    return made


@pytest.fixture
def lesson_file(folder: Folder, course: Course) -> Path:
    place = folder.root / NAME
    place.write_bytes(compile_lesson(course.lesson("L1"), "ja", "learner"))
    return place


def answered(store: ProgressStore, exercise: str, answer: str, status: str = "refuted") -> None:
    store.record(Try(exercise, AT, answer, status, float(status == "accepted")))


def sources(place: Path) -> dict[str, str]:
    read = json.loads(place.read_text(encoding="utf-8"))
    return {each["id"]: "".join(each["source"]) for each in read["cells"]}


def test_a_renamed_lesson_is_found(folder: Folder, lesson_file: Path) -> None:
    renamed = lesson_file.rename(folder.root / "佐藤 練習1.ipynb")
    assert find_lesson(folder.root, "L1", "ja", NAME) == renamed


def test_a_lesson_in_a_folder_below_is_found(folder: Folder, lesson_file: Path) -> None:
    below = folder.root / "old"
    below.mkdir()
    moved = lesson_file.rename(below / "a.ipynb")
    assert find_lesson(folder.root, "L1", "ja", NAME) == moved


def test_of_two_copies_the_one_with_the_lesson_s_own_name_counts(folder: Folder, lesson_file: Path) -> None:
    (folder.root / "copy.ipynb").write_bytes(lesson_file.read_bytes())
    assert find_lesson(folder.root, "L1", "ja", NAME) == lesson_file


def test_another_language_and_a_broken_file_are_no_find(folder: Folder, lesson_file: Path) -> None:
    assert find_lesson(folder.root, "L1", "en", "01 Pull the list.ipynb") is None
    lesson_file.write_text("half a file", encoding="utf-8")
    assert find_lesson(folder.root, "L1", "ja", NAME) is None


def test_a_missing_lesson_comes_back_with_the_answers_on_record(folder: Folder, course: Course) -> None:
    store = ProgressStore(folder.progress)
    lay_out(folder, NAME, compile_lesson(course.lesson("L1"), "ja", "learner"), Ledger(folder.laid_out)).path.unlink()
    answered(store, "L1-07", "SELECT right_one", "accepted")
    answered(store, "L1-07", "SELECT later_and_wrong")
    answered(store, "L1-05", "SELECT last_try")
    opened = open_lesson(folder, course.lesson("L1"), "ja", store)
    assert (opened.path, opened.made, opened.answers) == (folder.root / NAME, True, 2)
    written = sources(opened.path)
    assert written["answer-L1-07"] == "-- 解答 L1-07\nSELECT right_one\n"
    assert written["answer-L1-05"] == "-- 解答 L1-05\nSELECT last_try\n"
    assert "SELECT" not in written["answer-L1-02"]


def test_a_lesson_that_was_never_there_in_this_language_begins_empty(folder: Folder, course: Course) -> None:
    store = ProgressStore(folder.progress)
    answered(store, "L1-07", "SELECT 'Tokyo'", "accepted")
    assert open_lesson(folder, course.lesson("L1"), "ja", store).answers == 0


def test_a_lesson_that_is_there_is_opened_as_it_is(folder: Folder, course: Course, lesson_file: Path) -> None:
    before = lesson_file.read_bytes()
    opened = open_lesson(folder, course.lesson("L1"), "ja", None)
    assert (opened.path, opened.made) == (lesson_file, False)
    assert lesson_file.read_bytes() == before


def test_a_file_that_is_no_lesson_any_more_is_left_where_it_lies(folder: Folder, course: Course) -> None:
    (folder.root / NAME).write_text("something else", encoding="utf-8")
    opened = open_lesson(folder, course.lesson("L1"), "ja", None)
    assert opened.path.name == "01 名簿を引く (2).ipynb"
    assert (folder.root / NAME).read_text(encoding="utf-8") == "something else"


def test_no_new_notebook_is_laid_beside_a_renamed_one(folder: Folder, course: Course) -> None:
    lesson = course.lesson("L1")
    compiled, ledger = compile_lesson(lesson, "ja", "learner"), Ledger(folder.laid_out)
    laid = lay_out(folder, notebook_name(lesson, "ja"), compiled, ledger)
    renamed = laid.path.rename(folder.root / "mine.ipynb")
    renamed.write_bytes(with_answers(compiled, {"L1-07": "SELECT mine"}, "ja"))
    again = lay_out(folder, NAME, compiled, ledger, found=renamed)
    assert (again.path, again.fate) == (renamed, Fate.KEPT)
    assert [each.name for each in folder.root.glob("*.ipynb")] == ["mine.ipynb"]
