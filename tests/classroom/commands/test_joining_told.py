"""Whoever joins a class is told where their work will be laid: the invitation says so, and anybody can have written it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from classroom.commands.start import _join
from classroom.exchange.invitation import BY_FOLDER, BY_HAND, BY_HUB, Invitation, as_link
from classroom.folder import Folder
from classroom.messages import say

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("there", [True, False])
def test_the_folder_of_the_class_is_named_and_whether_it_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, there: bool
) -> None:
    place = tmp_path / "somewhere"
    if there:
        place.mkdir()
    link = as_link(Invitation("sql", "sato", BY_FOLDER, folder=str(place), learner="hanako"))
    _join(Folder(tmp_path / "room"), "ja" if lang == "ja" else "en", link, "", "")
    said = capsys.readouterr().out
    assert say("start.joined_folder", lang, place=place) in said
    assert (say("start.joined_no_folder", lang) in said) is not there


@pytest.mark.parametrize(("way", "code"), [(BY_HUB, "start.joined_hub"), (BY_HAND, "start.joined_file")])
def test_the_other_ways_are_told_too(tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str, code: str) -> None:
    _join(Folder(tmp_path / "room"), "en", as_link(Invitation("sql", "sato", way, learner="hanako")), "", "")
    said = capsys.readouterr().out
    assert say(code, "en", place=tmp_path / "room" / "Hand-in files") in said


def test_all_pages_write_the_command_in_the_one_form_that_works_in_every_folder() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "uv tool install --editable ." in readme
    pages = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"]
    found = [each.name for each in pages if re.search(r"(?<!&& )uv run penguin", each.read_text(encoding="utf-8"))]
    assert found == []
