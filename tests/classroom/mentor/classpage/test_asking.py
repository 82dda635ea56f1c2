"""A learner asks from the cell, and every sentence of the class page stands in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from classroom.folder import CARRIED, HIDDEN
from classroom.learner.panel.ask_view import show_ask
from classroom.learner.state.desk import Desk
from classroom.mentor.classpage.progress_files import read_file
from coursebook.messages import sentences_in

if TYPE_CHECKING:
    from pathlib import Path

FIELD = re.compile(r"\{(\w+)")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_question_is_kept_in_the_learners_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    (tmp_path / HIDDEN).mkdir()
    monkeypatch.chdir(tmp_path)
    desk = Desk(lang=lang, practice=tmp_path / HIDDEN / "none.duckdb")
    shown = show_ask(desk, "L1-07 新しい順にしたい")
    assert "L1-07" in shown.data["text/plain"]
    (asked,) = read_file("hanako", tmp_path / HIDDEN / "progress.sqlite").asked
    assert (asked.exercise, asked.wanted) == ("L1-07", "新しい順にしたい")


def test_progress_goes_along_with_a_notebook_outside_of_any_learners_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, assignment = tmp_path / "home", tmp_path / "course" / "L1"
    (home / HIDDEN).mkdir(parents=True)
    assignment.mkdir(parents=True)
    (assignment / "01.ipynb").touch()
    monkeypatch.chdir(assignment)
    desk = Desk(lang="ja", practice=home / HIDDEN / "none.duckdb")
    show_ask(desk, "L1-07 並び順")
    assert [each.wanted for each in read_file("hanako", assignment / CARRIED).asked] == ["並び順"]


def test_without_a_place_the_learner_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = show_ask(Desk(lang="en", practice=tmp_path / "none.duckdb"), "L1-07 order")
    assert "no place" in shown.data["text/plain"]


def test_the_page_speaks_both_languages_alike() -> None:
    japanese, english = (sentences_in("classroom.mentor.classpage", lang) for lang in ("ja", "en"))
    assert japanese.keys() == english.keys()
    for key, sentence in japanese.items():
        assert set(FIELD.findall(sentence)) == set(FIELD.findall(english[key])), key
