"""The mentor's JupyterLab, with nbgrader's formgrader on the course folder."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any

from classroom.folder import Folder
from classroom.mentor.classpage.page import write_page
from classroom.mentor.place.gradebook import put_tools_on_path
from classroom.session.lab import lab_app, places_of, settings_arguments, token_of, write_overrides
from classroom.settings import settings_root

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.mentor.place.folder import MentorFolder

DESK_PAGE = "/doc/workspaces/class"
"""A workspace of its own: no notebook that was open in JupyterLab is opened under the page."""
_OFFLINE = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
"""Settings with which JupyterLab asks for nothing on the network."""

_MOST_AHEAD = 2.0
"""Seconds; a class that takes longer is read on while the page loads."""


def arguments(folder: MentorFolder, page: str, port: int, *, browser: bool) -> list[str]:
    """The command line of `jupyter lab`; `page` is the path of the page to open."""
    return [
        *desk_arguments(folder),
        f"--ServerApp.port={port}",
        f"--ServerApp.open_browser={browser}",
        "--KernelManager.transport_encryption=auto",
        f"--LabApp.default_url={page}",
    ]


def desk_arguments(folder: MentorFolder) -> tuple[str, ...]:
    """The part of a command line that a mentor's JupyterLab has everywhere: the folder, the page, and what answers it."""
    return (*settings_arguments(folder.root), f"--config={settings_root() / 'mentor_config.py'}")


def prepare_desk(folder: MentorFolder) -> dict[str, str]:
    """Make the folder's own Jupyter settings; gives the variables that a JupyterLab on it needs."""
    here = Folder(folder.root)
    for name in ("config", "runtime", "workspaces", "user-settings"):
        (here.jupyter / name).mkdir(parents=True, exist_ok=True)
    write_overrides(here, folder.lang, _OFFLINE)
    put_tools_on_path()
    # formgrader's page without a script from the network
    own = [str(settings_root() / "lab" / "mentor"), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    return {**places_of(here, folder.lang), "JUPYTER_PATH": os.pathsep.join(own), "PATH": os.environ["PATH"]}


def desk_page(folder: MentorFolder) -> str:
    """The class page's path below the server's root; the notebook for those who want to work on the numbers is written beside it."""
    write_page(folder)
    return DESK_PAGE


def serve(folder: MentorFolder, port: int, *, browser: bool, ready: Callable[[str], None]) -> None:
    """Run JupyterLab until it is stopped; nbgrader reads nbgrader_config.py from the working directory."""
    os.environ.update(prepare_desk(folder))
    os.chdir(folder.root)
    page = desk_page(folder)
    server = lab_app().initialize_server(argv=arguments(folder, page, port, browser=browser))
    _look_ahead(server.web_app.settings.get("penguin_desk"))
    address = f"http://localhost:{server.port}{page}?token={token_of(Folder(folder.root))}"
    server.io_loop.add_callback(ready, address)  # the loop binds the port first
    server.start()


def _look_ahead(room: Any) -> None:
    """Read the class before anybody is told the address: read while the page is loaded, each waits for the other, and both take longer."""
    if room is None:  # the server says why
        return
    reading = threading.Thread(target=room.look_ahead, daemon=True, name="look-ahead")
    reading.start()
    reading.join(_MOST_AHEAD)
