"""The mentor's JupyterLab, with nbgrader's formgrader on the course folder."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from classroom.cohort.page import write_page
from classroom.folder import Folder
from classroom.mentor.gradebook import put_tools_on_path
from classroom.settings import settings_root
from classroom.start.lab import places_of, token_of, write_overrides

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.mentor.place import MentorFolder

_OFFLINE = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
"""Settings with which JupyterLab asks for nothing on the network."""


def arguments(folder: MentorFolder, page: str, port: int, *, browser: bool) -> list[str]:
    """The command line of `jupyter lab`; `page` is the path of the page to open."""
    given = [
        f"--ServerApp.root_dir={folder.root}",
        f"--ServerApp.port={port}",
        f"--ServerApp.open_browser={browser}",
        "--KernelManager.transport_encryption=auto",
        f"--LabApp.extra_labextensions_path={settings_root() / 'lab' / 'labextensions'}",
        f"--LabApp.default_url={page}",
    ]
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*given, "--ServerApp.allow_root=True"] if is_root else given


def serve(folder: MentorFolder, port: int, *, browser: bool, ready: Callable[[str], None]) -> None:
    """Run JupyterLab until it is stopped; nbgrader reads nbgrader_config.py from the working directory."""
    here = Folder(folder.root)
    for name in ("config", "runtime", "workspaces", "user-settings"):
        (here.jupyter / name).mkdir(parents=True, exist_ok=True)
    write_overrides(here, folder.lang, _OFFLINE)
    os.environ.update(places_of(here, folder.lang))
    # formgrader's page without a script from the network
    own = [str(settings_root() / "lab" / "mentor"), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(own)
    put_tools_on_path()
    os.chdir(folder.root)
    page = f"/lab/tree/{quote(write_page(folder).name)}"
    lab: Any = import_module("jupyterlab.labapp")
    server = lab.LabApp.initialize_server(argv=arguments(folder, page, port, browser=browser))
    address = f"http://localhost:{server.port}{page}?token={token_of(here)}"
    server.io_loop.add_callback(ready, address)  # the loop binds the port first
    server.start()
