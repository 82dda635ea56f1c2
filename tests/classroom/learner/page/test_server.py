"""What the page is told by the server: typed records as JSON, for those who hold the token alone."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_server.serverapp import ServerApp
from nbformat.v4 import new_code_cell, new_notebook, new_output
from servers import closed
from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from classroom.folder import Folder
from classroom.language import LANGS
from classroom.learner.page.extension import load
from classroom.learner.page.handlers import Room
from classroom.learner.page.records import StandingOnPage
from classroom.learner.progress import ProgressStore, Try
from classroom.learner.progress.rounds import ItemResult, RoundBook, RoundKind
from classroom.learner.progress.runs import RunHistory
from coursebook.messages import sentences_in


@pytest.fixture
def room(tmp_path: Path) -> Room:
    folder = Folder(tmp_path)
    folder.hidden.mkdir()
    return Room(folder, "ja")


def test_the_standing_is_one_record_that_json_can_carry(room: Room) -> None:
    told = json.loads(json.dumps(room.standing()))
    assert set(told) == {each.name for each in fields(StandingOnPage)}
    assert (told["here"], told["begun"]) == ("L1", False)
    first = told["levels"][0]["lessons"][0]
    assert (first["id"], first["path"], first["exercises"][0]["state"]) == ("L1", None, "untouched")


def test_an_answered_exercise_changes_its_state_at_once(room: Room) -> None:
    ProgressStore(room.folder.progress).record(Try("L1-07", datetime.now(UTC), "SELECT 1", "accepted", 1.0))
    exercises = room.standing()["levels"][0]["lessons"][0]["exercises"]
    assert {each["id"]: each["state"] for each in exercises}["L1-07"] == "passed"


def test_a_round_that_was_begun_is_told_with_its_open_drill(room: Room) -> None:
    assert room.standing()["round_item"] == ""
    book = RoundBook(ProgressStore(room.folder.progress))
    begun = book.begin(RoundKind.PRACTICE, "", [("P01a-1", "filter"), ("P02a-1", "sort")])
    book.close(begun.id, "P01a-1", ItemResult.RIGHT)
    told = room.standing()
    assert (told["round"], told["round_line"], told["round_item"]) == ("practice", "practice", "P02a-1")


def test_earlier_tries_come_latest_first_and_once_each(room: Room) -> None:
    store = ProgressStore(room.folder.progress)
    for minute, answer in enumerate(["SELECT 1", "SELECT 2", "SELECT 1"]):
        store.record(Try("L1-07", datetime(2026, 1, 1, 20, minute, tzinfo=UTC), answer, "refuted", 0.5))
    assert [each["answer"] for each in room.tries("l1-7")] == ["SELECT 1", "SELECT 2"]


def test_what_was_run_in_a_lesson_is_kept_once_each_the_latest_first(room: Room) -> None:
    assert room.runs("L1") == []
    for exercise, text in (
        ("L1-07", "SELECT 1"),
        ("", "SELECT 2"),
        ("", " "),
        ("L1-07", "SELECT 1"),
        ("", "x" * 30_000),
    ):
        room.keep_run("L1", exercise, text)
    room.keep_run("L2", "", "SELECT 3")
    kept = [(each["exercise_id"], each["text"]) for each in room.runs("L1")]
    assert kept == [("L1-07", "SELECT 1"), ("", "SELECT 2")]
    assert datetime.fromisoformat(room.runs("L2")[0]["at"]).tzinfo is not None


def test_a_history_that_cannot_be_read_costs_nothing_else(room: Room) -> None:
    room.folder.runs.parent.mkdir(parents=True, exist_ok=True)
    room.folder.runs.mkdir()
    assert room.keep_run("L1", "", "SELECT 1") == {}
    assert room.runs("L1") == []


def test_a_broken_history_is_put_aside_and_begun_anew(room: Room) -> None:
    room.folder.runs.write_text("no database", encoding="utf-8")
    room.keep_run("L1", "", "SELECT 1")
    assert [each["text"] for each in room.runs("L1")] == ["SELECT 1"]
    (aside,) = room.folder.runs.parent.glob("*-broken-*")
    assert aside.read_text(encoding="utf-8") == "no database"


def test_only_so_much_of_a_lesson_is_kept(tmp_path: Path) -> None:
    history = RunHistory(tmp_path / "runs.sqlite")
    for number in range(305):
        history.keep("L1", "", f"SELECT {number}")
    kept = history.runs("L1")
    assert (len(kept), kept[0].text, kept[-1].text) == (300, "SELECT 304", "SELECT 5")


def test_a_lesson_tells_what_its_answers_began_with(room: Room) -> None:
    assert room.lesson("L1")["starters"]["L1-07"].startswith("-- 解答 L1-07\n")


def test_a_practice_notebook_that_is_missing_is_laid_out_anew_and_one_that_is_there_is_left_alone(room: Room) -> None:
    place = room.folder.root / room.open_practice()["path"]
    assert "%practice menu" in place.read_text(encoding="utf-8")
    place.write_text("mine", encoding="utf-8")
    assert room.open_practice() == {"path": place.name}
    assert place.read_text(encoding="utf-8") == "mine"


def test_the_page_s_sentences_are_the_same_in_both_languages() -> None:
    ja, en = (sentences_in("classroom.learner.page", lang) for lang in LANGS)
    assert ja.keys() == en.keys()


def test_every_sentence_of_the_page_is_said_somewhere(room: Room) -> None:
    """By its whole code, or by one that is put together from how it begins."""
    root = Path(__file__).parents[4] / "jupyter_config"
    places = [*(root / "labextension" / "src").rglob("*.ts"), root / "lab" / "templates" / "index.html"]
    source = "".join(each.read_text(encoding="utf-8") for each in places)
    beginnings = tuple(re.findall(r"`([a-z]+\.[a-z_]*)\$\{", source))
    codes = sentences_in("classroom.learner.page", "en")
    assert [each for each in codes if f"'{each}'" not in source and not each.startswith(beginnings)] == []


class _Server:
    """A real Jupyter server on one folder, without its command line."""

    def __init__(self, root: Path) -> None:
        self.app = ServerApp(root_dir=str(root), open_browser=False, port=0, token="secret", allow_root=True)  # noqa: S106
        self.app.initialize(argv=[], find_extensions=False, new_httpserver=True)
        load(self.app)

    async def fetch(self, path: str, **how: Any) -> Any:
        url = f"http://127.0.0.1:{self.app.port}{path}"
        return await AsyncHTTPClient().fetch(url, **how)


def test_only_who_holds_the_token_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENGUIN_LANG", "ja")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    (tmp_path / ".penguin").mkdir()

    async def ask() -> tuple[int, Any, int]:
        server = _Server(tmp_path)
        try:
            with pytest.raises(HTTPClientError) as refused:
                await server.fetch("/penguin/standing")
            header = {"Authorization": "token secret"}
            told = await server.fetch("/penguin/standing", headers=header)
            with pytest.raises(HTTPClientError) as unknown:
                await server.fetch("/penguin/lessons/L99", headers=header)
            with pytest.raises(HTTPClientError) as shut:
                await server.fetch("/penguin/bi")
            assert shut.value.code == 403
            assert "query/new" in json.loads((await server.fetch("/penguin/bi", headers=header)).body)["html"]
            for body, code in ((b"{}", 400), (b'{"do": "drop", "at": "queries", "fields": {}}', 404)):
                with pytest.raises(HTTPClientError) as wrong:
                    await server.fetch("/penguin/bi", method="POST", headers=header, body=body)
                assert wrong.value.code == code
            await _a_page_is_closed(server, header, tmp_path)
            return refused.value.code, json.loads(told.body), unknown.value.code
        finally:
            await closed(server.app.http_server)

    refused, told, unknown = asyncio.run(ask())
    assert refused == 403
    assert told["lang"] == "ja"
    assert unknown == 404


async def _a_page_is_closed(server: _Server, header: dict[str, str], root: Path) -> None:
    """What it had not saved is put into its cells; a cell or a file that is not there costs nothing else."""
    cells = [new_code_cell("SELECT 0", id=name, outputs=[new_output("stream", text="0")]) for name in ("one", "two")]
    place = root / "01 名簿.ipynb"
    nbformat.write(new_notebook(cells=cells), place)
    written = {"path": place.name, "cells": {"two": "SELECT 'kept'", "gone": "SELECT 2"}}
    for body, code in ((b"{}", 400), (b'{"path": "not here.ipynb", "cells": {}}', 404)):
        with pytest.raises(HTTPClientError) as wrong:
            await server.fetch("/penguin/written", method="POST", headers=header, body=body)
        assert wrong.value.code == code
    await server.fetch("/penguin/written", method="POST", headers=header, body=json.dumps(written))
    kept = nbformat.read(place, 4).cells
    assert [(each.id, each.source, len(each.outputs)) for each in kept] == [
        ("one", "SELECT 0", 1),
        ("two", "SELECT 'kept'", 1),
    ]
