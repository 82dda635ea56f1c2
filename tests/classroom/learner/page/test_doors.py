"""No door of a room's server runs or installs anything but the lessons' kernel; here are all that a Jupyter server has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import NoSuchKernel
from jupyter_server.base.handlers import JupyterHandler

from classroom.folder import Folder
from classroom.learner.page.doors import OPEN, is_open, shut_doors
from classroom.learner.page.handlers import StandingHandler
from classroom.learner.page.kernels import OURS, OneKernel
from classroom.session.lab import LabPlan, arguments, environment, prepare_settings, token_of
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOMEBODY = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class Server:
    """A running room."""

    url: str
    token: str
    root: Path

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        data = None if body is None else json.dumps(body).encode()
        head = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        asked = urllib.request.Request(self.url + path, data, head, method=method)  # noqa: S310  (our own server)
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
                return answer.status, answer.read()
        except HTTPError as fault:
            return fault.code, fault.read()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab as `penguin start` has it, with all that is installed beside it."""
    folder = Folder(tmp_path_factory.mktemp("room"))
    for name in ("config/labconfig", "config/custom"):
        (folder.jupyter / name).mkdir(parents=True)
    plan = LabPlan(folder, "ja", 0, browser=False)
    prepare_settings(plan)
    # what a learner can put into the folder that would run if anybody loaded it
    for name in (
        "jupyter_server_config.py",
        "jupyter_lab_config.py",
        "ipython_kernel_config.py",
        "pyarrow.py",
        "six.py",
    ):
        write_whole(folder.root / name, b"from pathlib import Path\nPath(__file__).with_suffix('.ran').touch()\n")
    environment_ = {**os.environ, **environment(plan)}
    command = [sys.executable, "-P", "-c", "from jupyterlab.labapp import main; main()", *arguments(plan)]
    with (folder.root / "log").open("wb") as log:
        running = subprocess.Popen(command, cwd=folder.root, env=environment_, stdout=log, stderr=log)
    try:
        yield Server(_address(folder, running), token_of(folder), folder.root)
    finally:
        running.kill()  # its kernels were ended by the tests
        running.wait(60)


def _address(folder: Folder, running: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + 120
    while time.monotonic() < until and running.poll() is None:
        for each in (folder.jupyter / "runtime").glob("jpserver-*.json"):
            told = json.loads(each.read_text(encoding="utf-8"))
            try:
                with urllib.request.urlopen(f"{told['url']}api", timeout=30):  # noqa: S310
                    return str(told["url"]).rstrip("/")
            except OSError:
                pass
        time.sleep(0.3)
    raise AssertionError((folder.root / "log").read_text(errors="replace"))


SHUT = (
    ("POST", "/api/terminals", {}),
    ("GET", "/api/terminals", None),
    ("GET", "/terminals/websocket/1", None),
    ("GET", "/lab/api/build", None),
    ("POST", "/lab/api/build", {}),
    ("DELETE", "/lab/api/build", None),
    ("GET", "/lab/api/extensions", None),
    ("POST", "/lab/api/extensions", {"cmd": "install", "extension_name": "jupyterlab-git"}),
    ("POST", "/lab/api/extensions", {"cmd": "enable", "extension_name": "@jupyterlab/terminal-extension"}),
    ("POST", "/lab/api/plugins", {"cmd": "enable", "plugin_name": "@jupyterlab/terminal-extension:plugin"}),
    ("GET", "/lab/api/update", None),
    ("GET", "/lab/api/news", None),
    ("GET", "/api/nbconvert", None),
    ("GET", "/nbconvert/html/x.ipynb", None),
    ("GET", "/nbconvert/webpdf/x.ipynb", None),
    ("POST", "/nbconvert/script", {"type": "notebook", "content": {"cells": [], "metadata": {}}}),
    ("PUT", "/api/config/jupyter_server_config", {"ServerApp": {"terminals_enabled": True}}),
    ("PATCH", "/api/config/notebook", {"load_extensions": {"x": True}}),
    ("GET", "/api/config/notebook", None),
    ("PATCH", "/api/me", {"name": "mentor"}),
    ("GET", "/api/resolvePath?path=/etc/passwd", None),
    ("GET", "/api/spec.yaml", None),
    ("POST", "/api/events", {"schema_id": "x", "version": "1", "data": {}}),
    ("POST", "/api/contents/x.ipynb/trust", {}),
    ("GET", "/view/x.html", None),
    ("GET", "/metrics", None),
    ("GET", "/lsp/status", None),
    ("GET", "/lsp/ws/pylsp", None),
    ("GET", "/formgrader", None),
    ("GET", "/assignments", None),
    ("POST", "/assignments/submit", {}),
    ("GET", "/courses", None),
    ("POST", "/assignments/validate", {}),
    ("GET", "/tree", None),
    ("GET", "/notebooks/x.ipynb", None),
    ("GET", "/consoles/x", None),
    ("GET", "/edit/x", None),
    ("GET", "/proxy/8787/status", None),
    ("GET", "/dask/dashboard-link", None),
)


@pytest.mark.parametrize(("method", "path", "body"), SHUT)
def test_a_door_that_no_lesson_needs_is_shut(server: Server, method: str, path: str, body: object) -> None:
    assert server.ask(method, path, body)[0] == 404


@pytest.mark.parametrize("name", ["python3", "python", "Python3", "bash", "../python3", "penguin-sql/../python3"])
def test_no_kernel_but_ours_starts_by_any_name(server: Server, name: str) -> None:
    assert server.ask("POST", "/api/kernels", {"name": name})[0] == 404
    assert server.ask("POST", "/api/sessions", _session(name))[0] == 404
    assert json.loads(server.ask("GET", "/api/kernels")[1]) == []


ASKED_WRONGLY = (
    "penguin-sql",
    ["penguin-sql"],
    7,
    True,
    {"name": 7},
    {"name": ["penguin-sql"]},
    {"path": {"a": 1}},
    {"kernel_id": 5},
)


@pytest.mark.parametrize("body", ASKED_WRONGLY)
def test_a_kernel_that_is_asked_for_in_no_known_form_is_the_requests_fault(server: Server, body: object) -> None:
    assert server.ask("POST", "/api/kernels", body)[0] == 400


@pytest.mark.parametrize("change", [{"kernel": "penguin-sql"}, {"kernel": [1]}, {"kernel": {"name": 1}}, {"path": 1}])
def test_a_session_that_is_asked_for_in_no_known_form_is_the_requests_fault(
    server: Server, change: dict[str, object]
) -> None:
    assert server.ask("POST", "/api/sessions", {**_session(OURS), **change})[0] == 400
    assert server.ask("POST", "/api/sessions", "x")[0] == 400
    for wrong in (change, {"notebook": "x"}):
        assert server.ask("PATCH", f"/api/sessions/{SOMEBODY}", wrong)[0] == 400


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/contents"),
        ("PUT", "/api/contents/a.txt"),
        ("PATCH", "/api/contents/a.txt"),
        ("POST", "/penguin/written"),
        ("POST", "/penguin/bi"),
        ("POST", "/penguin/expo"),
    ],
)
def test_a_bare_text_or_list_is_the_requests_fault_at_each_door_that_is_open(
    server: Server, method: str, path: str
) -> None:
    assert {body: server.ask(method, path, json.loads(body))[0] for body in ('"x"', "[1]", "5")} == {
        '"x"': 400,
        "[1]": 400,
        "5": 400,
    }


def test_our_kernel_starts_and_becomes_no_other(server: Server) -> None:
    assert list(json.loads(server.ask("GET", "/api/kernelspecs")[1])["kernelspecs"]) == [OURS]
    status, made = server.ask("POST", "/api/sessions", _session(OURS))
    session = json.loads(made)
    assert (status, session["kernel"]["name"]) == (201, OURS)
    where = f"/api/sessions/{session['id']}"
    assert server.ask("PATCH", where, {"kernel": {"name": "python3"}})[0] == 404
    # What a page asks for whenever it opens a notebook: the session's own name, which is no kernel's.
    assert server.ask("PATCH", where, {"name": "01 名簿を引く.ipynb"})[0] == 200
    assert {each["name"] for each in json.loads(server.ask("GET", "/api/kernels")[1])} == {OURS}
    assert server.ask("DELETE", where)[0] == 204
    assert server.ask("GET", "/api/kernelspecs/python3")[0] == 404


def test_nothing_in_the_learners_folder_is_run(server: Server) -> None:
    made = json.loads(server.ask("POST", "/api/kernels", {"name": OURS, "path": "x.ipynb"})[1])
    runtime = Folder(server.root).jupyter / "runtime"
    kernel = BlockingKernelClient(connection_file=str(runtime / f"kernel-{made['id']}.json"))
    kernel.load_connection_file()
    kernel.start_channels()
    try:
        kernel.kernel_info(reply=True, timeout=60)  # the server itself asks it nothing while no page is there
    finally:
        kernel.stop_channels()
    time.sleep(2)  # it imports what the first query needs while the learner reads
    server.ask("DELETE", f"/api/kernels/{made['id']}")
    assert [each.name for each in server.root.glob("*.ran")] == []


@pytest.mark.parametrize("place", [".penguin/jupyter/token", ".penguin/jupyter/config/x.py", "../x.py", "%2e%2e/x.py"])
def test_what_is_hidden_or_outside_of_the_folder_is_not_reached(server: Server, place: str) -> None:
    assert server.ask("GET", f"/api/contents/{place}?content=1")[0] >= 400
    assert server.ask("GET", f"/files/{place}")[0] >= 400
    assert server.ask("PUT", f"/api/contents/{place}", {"type": "file", "format": "text", "content": "1"})[0] >= 400
    assert server.ask("POST", "/api/contents", {"copy_from": place})[0] >= 400
    server.ask("PUT", "/api/contents/a.txt", {"type": "file", "format": "text", "content": "1"})
    assert server.ask("PATCH", "/api/contents/a.txt", {"path": place})[0] >= 400


@pytest.mark.parametrize(
    "path",
    [
        "/doc",
        "/lab",
        "/penguin/standing",
        "/api/status",
        "/api/contents",
        "/api/kernelspecs",
        "/lab/api/settings",
        "/api/me",
    ],
)
def test_what_the_page_needs_is_open(server: Server, path: str) -> None:
    assert server.ask("GET", path)[0] == 200


def test_nobody_is_answered_without_the_token(server: Server) -> None:
    stranger = Server(server.url, "wrong", server.root)
    assert {stranger.ask("GET", path)[0] for path in ("/api/contents", "/api/kernels", "/penguin/standing")} == {403}


def test_each_door_that_is_open_is_one_of_the_servers() -> None:
    for name in OPEN:
        module, _, own = name.rpartition(".")
        assert isinstance(getattr(import_module(module), own), type), name


def test_what_is_added_by_whatever_is_installed_and_whenever_is_shut(tmp_path: Path) -> None:
    class Installed(JupyterHandler):
        pass

    assert not is_open(Installed, "GET")
    asked = []

    class Application:
        def get_handler_delegate(self, _: Any, handler: type[Any], target_kwargs: Any = None) -> None:
            asked.append((handler.__name__, target_kwargs or {}))

    application: Any = Application()
    shut_doors(application)
    application.get_handler_delegate(type("Request", (), {"method": "GET"})(), Installed, {"x": 1})
    application.get_handler_delegate(type("Request", (), {"method": "GET"})(), StandingHandler, target_kwargs={"x": 1})
    assert asked == [("ShutHandler", {}), ("StandingHandler", {"x": 1})]


def test_whoever_asks_for_another_kernel_gets_none() -> None:
    found = OneKernel()
    assert set(found.find_kernel_specs()) == {OURS} == set(found.get_all_specs())
    for name in ("python3", "Penguin-SQL", "bash"):
        with pytest.raises(NoSuchKernel):
            found.get_kernel_spec(name)


def _session(name: str) -> dict[str, object]:
    return {"path": "x.ipynb", "name": "x", "type": "notebook", "kernel": {"name": name}}
