"""`penguin start`: the folder is made ready, and nobody's work is written over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from classroom.folder import Folder, find_folder, find_practice
from classroom.learner.practice.menu import menu_card
from classroom.learner.start.lay_out import Fate, Ledger, lay_out
from classroom.learner.start.practice_notebook import practice_notebook
from classroom.notebook_names import notebook_name
from classroom.session.lab import LabPlan, arguments, environment, prepare_settings, token_of
from coursebook import load_course
from coursebook.course_of_tables import write_course_of_tables
from coursebook.practice import load_library

if TYPE_CHECKING:
    from pathlib import Path


def notebook(*sources: str) -> bytes:
    cells = [
        {"cell_type": "code", "id": f"c{at}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for at, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "desk")
    made.hidden.mkdir(parents=True)
    return made


def put(folder: Folder, content: bytes) -> Fate:
    return lay_out(folder, "a.ipynb", content, Ledger(folder.laid_out)).fate


def edit(folder: Folder, **changes: Any) -> None:
    place = folder.root / "a.ipynb"
    read = json.loads(place.read_text())
    read["cells"][0].update(changes)
    place.write_text(json.dumps(read, indent=4))


def test_a_notebook_is_laid_out_once(folder: Folder) -> None:
    assert put(folder, notebook("a")) == Fate.NEW
    assert put(folder, notebook("a")) == Fate.SAME


def test_an_untouched_notebook_follows_the_course(folder: Folder) -> None:
    put(folder, notebook("a"))
    assert put(folder, notebook("b")) == Fate.UPDATED
    assert json.loads((folder.root / "a.ipynb").read_text())["cells"][0]["source"] == "b"


def test_saving_alone_is_no_work(folder: Folder) -> None:
    put(folder, notebook("a"))
    edit(folder, metadata={"trusted": True})
    assert put(folder, notebook("b")) == Fate.UPDATED


@pytest.mark.parametrize(
    "changes", [{"source": "my answer"}, {"outputs": [{"output_type": "display_data", "data": {}}]}]
)
def test_work_is_kept_and_the_new_version_lies_beside_it(folder: Folder, changes: dict[str, Any]) -> None:
    put(folder, notebook("a"))
    edit(folder, **changes)
    before = (folder.root / "a.ipynb").read_bytes()
    assert put(folder, notebook("b")) == Fate.BESIDE
    assert put(folder, notebook("b")) == Fate.KEPT
    assert (folder.root / "a.ipynb").read_bytes() == before
    assert sorted(each.name for each in folder.root.glob("*.ipynb")) == ["a (2).ipynb", "a.ipynb"]


def test_a_lost_ledger_costs_no_work(folder: Folder) -> None:
    put(folder, notebook("a"))
    edit(folder, source="mine")
    folder.laid_out.write_text("{broken")
    assert put(folder, notebook("b")) == Fate.BESIDE
    assert "mine" in (folder.root / "a.ipynb").read_text()


def test_work_on_the_same_version_is_left_alone_and_nothing_is_laid_beside_it(folder: Folder) -> None:
    put(folder, notebook("a"))
    edit(folder, source="mine")
    assert put(folder, notebook("a")) == Fate.KEPT
    assert len(list(folder.root.glob("*.ipynb"))) == 1


def test_an_unreadable_notebook_is_not_written_over(folder: Folder) -> None:
    put(folder, notebook("a"))
    (folder.root / "a.ipynb").write_text("half a file")
    assert put(folder, notebook("b")) == Fate.BESIDE


def test_practice_shows_itself_without_a_kernel_and_without_its_text() -> None:
    written = practice_notebook(load_library(), load_course(), "en")
    (hidden,) = [each for each in json.loads(written)["cells"] if each["cell_type"] == "code"]
    assert hidden["metadata"]["jupyter"]["source_hidden"] is True
    shown = hidden["outputs"][0]["data"]
    assert {"text/html", "text/plain"} <= shown.keys()
    assert "%placement" in shown["text/html"]


def test_practice_offers_what_the_course_has_something_for(tmp_path: Path) -> None:
    library, script = load_library(), tmp_path / "shop.sql"
    script.write_text("CREATE TABLE orders (order_id INTEGER PRIMARY KEY);", encoding="utf-8")
    write_course_of_tables(tmp_path / "course", script)
    drills = replace(library, placement=None, reviews=(), templates={"01a": library.templates["01a"]})
    told = str(menu_card(drills, load_course(tmp_path / "course"), "en").data["text/plain"])
    assert "%practice 5 " in told
    assert not [each for each in ("lesson", "today", "break", "%placement") if each in told]
    whole = str(menu_card(library, load_course(), "en").data["text/plain"])
    assert all(each in whole for each in ("lesson", "today", "break", "%placement"))


def test_notebooks_are_named_in_the_learner_s_language() -> None:
    lesson = load_course().lesson("L1")
    assert notebook_name(lesson, "ja") == "01 名簿を引く.ipynb"
    assert notebook_name(lesson, "en") == "01 Pull the list.ipynb"


def test_the_token_is_kept_and_private(folder: Folder) -> None:
    assert token_of(folder) == token_of(folder)
    if os.name == "posix":
        assert (folder.jupyter / "token").stat().st_mode & 0o077 == 0


def test_everything_of_jupyter_stays_in_the_folder(folder: Folder) -> None:
    plan = LabPlan(folder, "ja", 8888, browser=False)
    prepare_settings(plan)
    places = [value for name, value in environment(plan).items() if name.endswith("_DIR")]
    assert places
    assert all(place.startswith(str(folder.hidden)) for place in places)
    assert any("root_dir" in each and str(folder.root) in each for each in arguments(plan))


@pytest.mark.parametrize(("lang", "locale"), [("ja", "ja_JP"), ("en", "default")])
def test_jupyterlab_speaks_the_learner_s_language(folder: Folder, lang: Any, locale: str) -> None:
    prepare_settings(LabPlan(folder, lang, 8888, browser=False))
    written = folder.jupyter / "config" / "labconfig" / "default_setting_overrides.json"
    assert json.loads(written.read_text())["@jupyterlab/translation-extension:plugin"] == {"locale": locale}


def test_the_practice_data_is_found_from_inside_the_folder(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PENGUIN_DATA", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "nobody"))
    folder.practice("ja").write_bytes(b"")
    deep = folder.root / "autograded" / "someone"
    deep.mkdir(parents=True)
    assert find_folder(deep) == Folder(folder.root.resolve())
    assert find_practice("ja", deep) == folder.root.resolve() / ".penguin" / "marketplace-ja.duckdb"
    assert find_practice("ja", tmp_path) is None


def penguin(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "classroom", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)


def test_start_builds_lays_out_and_starts_again_where_it_was(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    options = ("start", "--dir", str(desk), "--lang", "en", "--scale", "tiny", "--prepare-only")
    first = penguin(*options)
    assert first.returncode == 0, first.stderr
    assert (desk / "01 Pull the list.ipynb").is_file()
    made = (desk / ".penguin" / "marketplace-en.duckdb").stat().st_mtime_ns
    second = penguin(*options)
    assert "The practice data is there" in second.stdout
    assert (desk / ".penguin" / "marketplace-en.duckdb").stat().st_mtime_ns == made


def test_help_lists_every_command() -> None:
    shown = penguin("--help").stdout
    assert all(name in shown for name in ("start", "data", "check", "build", "judge"))


def test_an_unknown_command_is_an_error() -> None:
    assert penguin("strat").returncode == 2


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    assert penguin("start", "--lang", "fr", "--dir", str(tmp_path), "--prepare-only").returncode == 2
