"""`penguin hand-in` says why something waits: a place that is full is not one that can't be reached."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from classroom.commands.handin import app
from classroom.exchange.invitation import BY_FOLDER, Invitation, join
from classroom.folder import Folder
from classroom.learner.start.lay_out import Ledger, lay_out
from classroom.learner.start.renumber import renumber_notebooks
from classroom.messages import say, say_in
from classroom.notebook_names import notebook_name
from coursebook import load_course
from coursebook.compile import compile_lesson

if TYPE_CHECKING:
    from pathlib import Path

NO_ROOM = [errno.EDQUOT, errno.ENOSPC]


@pytest.fixture(params=["ja", "en"])
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PENGUIN_LANG", request.param)
    return str(request.param)


@pytest.fixture
def folder(tmp_path: Path, lang: str) -> Folder:
    """A learner's folder in a class whose share is there, with lesson 1."""
    made = Folder(tmp_path / "room")
    (tmp_path / "share").mkdir()
    join(made.hidden, Invitation("sql", "sato", BY_FOLDER, folder=str(tmp_path / "share"), learner="hanako"))
    lesson = load_course().lesson("L1")
    lay_out(made, notebook_name(lesson, lang), compile_lesson(lesson, lang, "learner"), Ledger(made.laid_out))
    return made


def fails_with(number: int) -> Any:
    def write(*_: object, **__: object) -> None:
        raise OSError(number, "no")

    return write


def said_by(folder: Folder) -> str:
    done = CliRunner().invoke(app, ["L1", "--dir", str(folder.root)])
    assert done.exit_code == 2
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.output


@pytest.mark.parametrize("number", [*NO_ROOM, errno.EACCES])
def test_a_full_place_for_hand_ins_is_told_as_full(
    folder: Folder, lang: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classroom.exchange.shared_folder.write_whole", fails_with(number))
    code = "handin.full" if number in NO_ROOM else "handin.closed"
    place = folder.root.parent / "share"
    assert say_in("classroom.learner.page", code, lang, place=place, count=1) in said_by(folder)


@pytest.mark.parametrize("number", NO_ROOM)
def test_a_full_disk_of_ones_own_is_told_as_that(
    folder: Folder, lang: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classroom.exchange.outbox.write_whole", fails_with(number))
    assert say("unwritten.full", lang, place=folder.hidden) in said_by(folder)


def test_a_file_of_brackets_in_ones_folder_stops_nothing(folder: Folder, lang: str) -> None:
    (folder.root / "0 deep.ipynb").write_text("[" * 100_000, encoding="utf-8")
    (folder.hidden / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    assert Ledger(folder.hidden / "deep.json").known("x") is None
    assert renumber_notebooks(folder, load_course(), Ledger(folder.laid_out)) == []
    done = CliRunner().invoke(app, ["L1", "--dir", str(folder.root)])
    assert (done.exit_code, done.exception) == (0, None)
    (notebook,) = (each for each in folder.root.glob("*.ipynb") if "deep" not in each.name)
    notebook.write_text("[" * 100_000, encoding="utf-8")
    assert say("handin.no_lesson", lang, lesson="L1") in said_by(folder)
