"""The class page's addresses: only on a mentor's folder, only for who holds the token, and nothing that the page never asks."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from desk_server import DeskServer
from servers import closed

from classroom.learner.page.doors import is_open
from classroom.mentor.classpage import lab
from classroom.mentor.page.handlers import HANDLERS
from classroom.mentor.place.class_store import class_file

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

NEVER_ASKED = (
    ("shell", {}, 404),
    ("__class__", {}, 404),
    ("grade", ["L1"], 400),
    ("grade", {}, 400),
    ("grade", {"lesson": "../../etc"}, 400),
    ("release", {"lesson": ["L1"]}, 400),
    ("extend", {"lesson": "L1", "student": "doi", "days": -1}, 400),
    ("extend", {"lesson": "L1", "student": "doi", "days": "many"}, 400),
    ("comment", {"lesson": "L1", "exercise": "L1-07", "group": "none", "text": "x"}, 400),
    ("comment", {"lesson": "L1", "exercise": "L1-07", "group": "none"}, 400),
    ("reply", {"student": "doi", "key": "none", "text": "x"}, 400),
    ("word", {"student": "doi", "exercise": "L1-05", "text": "  "}, 400),
    ("word", {"student": "doi", "exercise": "B", "text": "x"}, 400),
    ("remind", {"lesson": "L1", "students": ["nobody"]}, 400),
    ("remind", {"lesson": "L1", "students": "fujii"}, 400),
    ("word", {"student": "nobody", "exercise": "L1-05", "text": "x"}, 400),
)
PARTS = ("today", "learners", "teams", "questions", "learner?id=doi", "answers/L1", "working")


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_only_who_holds_the_token_is_answered_and_only_what_the_page_asks(folder: MentorFolder) -> None:
    async def play() -> None:
        server = DeskServer(folder.root)
        try:
            for part in PARTS:
                assert (await server.ask(part))[0] == 403, part
                assert (await server.ask(part, token="wrong"))[0] == 403, part  # noqa: S106
                assert (await server.ask(part, token="secret"))[0] == 200, part  # noqa: S106
            word = {"student": "doi", "exercise": "L1-05", "text": "x"}
            assert (await server.ask("steps/word", word))[0] == 403
            assert (await server.ask("fetch", {}))[0] == 403
            for name, body, status in NEVER_ASKED:
                assert (await server.ask(f"steps/{name}", body, "secret"))[0] == status, (name, body)
            assert class_file(folder).replies() == ()
            for path in ("learner?id=nobody", "answers/L99", "answers/..%2F..", "nothing"):
                assert (await server.ask(path, token="secret"))[0] == 404, path  # noqa: S106
            assert (await server.ask("fetch", {}, "secret"))[0] == 200
            (folder.root / "gradebook.db").unlink()
            status, told = await server.ask("steps/grade", {"lesson": "L1"}, "secret")
            assert status == 409
            assert "gradebook.db" in told["fault"]
            page = server.app.web_app.settings["page_config_data"]["penguinDesk"]
            assert (page["lang"], page["words"]["bar.today"]) == ("ja", "今日")
        finally:
            await closed(server.app.http_server)

    asyncio.run(play())


def test_what_a_part_meets_late_is_told_and_a_fault_of_ours_is_logged(
    folder: MentorFolder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def held(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    def ours(*_: object) -> None:
        raise KeyError("ours")

    async def play() -> None:
        server = DeskServer(folder.root)
        try:
            monkeypatch.setattr("classroom.mentor.page.desk.today", held)
            status, told = await server.ask("today", token="secret")  # noqa: S106
            assert status == 409
            assert "成績簿" in told["fault"]
            monkeypatch.setattr("classroom.mentor.page.desk.teams", ours)
            assert (await server.ask("teams", token="secret"))[0] == 500  # noqa: S106
        finally:
            await closed(server.app.http_server)

    asyncio.run(play())
    assert "the desk could not answer /penguin/desk/teams" in caplog.text


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_the_class_page_is_opened_without_what_notebooks_need_and_read_ahead(
    folder: MentorFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = threading.Event()
    monkeypatch.setattr("classroom.mentor.page.desk.DeskRoom.look_ahead", lambda _: read.set())
    fetched = [
        {"name": each, "load": "code.js"} for each in ("second-penguin", "@jupyter/nbgrader", "jupyterlab_pygments")
    ]
    given: dict[str, Any] = {"disabledExtensions": ["off"], "federated_extensions": fetched, "buildCheck": True}
    pages: list[dict[str, Any]] = []

    async def play() -> None:
        server = DeskServer(folder.root)
        try:
            for mode in ("", "doc"):
                assert not read.is_set()
                asked = SimpleNamespace(path_kwargs={"mode": mode})
                pages.append(server.app.web_app.settings["page_config_hook"](asked, given))
            assert read.wait(10)
        finally:
            await closed(server.app.http_server)

    asyncio.run(play())
    jupyterlab, page = pages
    assert jupyterlab == given  # with the notebook view
    assert {"off", "@jupyterlab/notebook-extension", "@jupyterlab/terminal-extension"} < set(page["disabledExtensions"])
    kept = ("application", "apputils", "translation", "theme-light", "theme-dark")
    assert not {f"@jupyterlab/{each}-extension" for each in kept} & set(page["disabledExtensions"])
    assert page["buildCheck"] is False
    assert [each["name"] for each in page["federated_extensions"]] == ["second-penguin"], (
        "the code of no other is fetched"
    )


def test_the_class_is_read_before_the_address_is_told_but_for_one_that_takes_long(
    folder: MentorFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, done, is_slow = list[str](), threading.Event(), threading.Event()

    def look_ahead() -> None:
        if is_slow.is_set():
            done.wait(10)
        told.append("read")

    room = SimpleNamespace(look_ahead=look_ahead)
    loop = SimpleNamespace(add_callback=lambda ready, address: ready(address))
    server = SimpleNamespace(port=1, io_loop=loop, start=lambda: told.append("served"), web_app=SimpleNamespace())
    monkeypatch.setattr(lab, "lab_app", lambda: SimpleNamespace(initialize_server=lambda argv: server))  # noqa: ARG005
    monkeypatch.setattr(lab, "_MOST_AHEAD", 0.2)
    monkeypatch.setattr(lab.os, "environ", dict(lab.os.environ))
    monkeypatch.chdir(folder.root)

    def serve(settings: dict[str, object]) -> list[str]:
        told.clear()
        server.web_app.settings = settings
        lab.serve(folder, 0, browser=False, ready=lambda _: told.append("told"))
        return list(told)

    assert serve({"penguin_desk": room}) == ["read", "told", "served"]
    assert serve({}) == ["told", "served"]  # no mentor's folder any more: the server says so
    is_slow.set()
    assert serve({"penguin_desk": room}) == ["told", "served"]
    done.set()


def test_a_folder_that_is_no_mentors_has_none_of_it(tmp_path: Path) -> None:
    async def play() -> None:
        (tmp_path / "learner").mkdir()
        server = DeskServer(tmp_path / "learner")
        try:
            for part in PARTS:
                assert (await server.ask(part, token="secret"))[0] == 404, part  # noqa: S106
            assert "penguinDesk" not in server.app.web_app.settings.get("page_config_data", {})
        finally:
            await closed(server.app.http_server)

    asyncio.run(play())


def test_a_learners_room_shuts_every_door_of_the_desk() -> None:
    assert not any(is_open(each, method) for _, each in HANDLERS for method in ("GET", "POST"))
